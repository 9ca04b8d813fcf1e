use super::*;
use crate::domain::duty::{DueVisit, DutyClass, DutyCode, Uncounted, Uncounting};
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::sample::day;
use crate::planning::{Explained, Gap, GapKind, Unplaced};

fn duty() -> Duty {
    Duty {
        code: DutyCode::UseOfFunds,
        reference: "L001#1".to_owned(),
        class: DutyClass::Any,
        opens: day("2026-10-31"),
        raw_due: day("2026-11-29"),
        due: day("2026-11-27"),
        delayed_from: None,
        rule: "node.use_of_funds".to_owned(),
        policy: "default@1".to_owned(),
    }
}

fn listed() -> Listed {
    Listed {
        name: "=甲\u{1b}公司".to_owned(),
        officer: "zhangwei".into(),
        district: Some("东区".to_owned()),
        trade_circle: None,
        level: Some(Level::Red),
        visit: DueVisit {
            customer: "C001".into(),
            class: DutyClass::Any,
            opens: day("2026-10-31"),
            due: day("2026-11-27"),
            tier: Tier::Normal,
            exposure: Some(Fen::from_yuan(52_000_000)),
            duties: vec![duty()],
        },
    }
}

fn plain(code: &str) -> String {
    code.to_owned()
}

fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn json_has_the_fields_of_section_9_in_order() {
    let mut listed = listed();
    listed.name = "甲公司".to_owned();
    let expected = "[\n{\"customer_id\":\"C001\",\"customer\":\"甲公司\",\"officer\":\"zhangwei\",\"district\":\"东区\",\
        \"class\":\"any\",\"opens\":\"2026-10-31\",\"due\":\"2026-11-27\",\"overdue_days\":0,\"tier\":\"normal\",\
        \"exposure\":\"52000000.00\",\"duties\":[{\"code\":\"use_of_funds\",\"ref\":\"L001#1\",\"class\":\"any\",\
        \"opens\":\"2026-10-31\",\"raw_due\":\"2026-11-29\",\"due\":\"2026-11-27\",\"delayed_from\":null,\
        \"rule\":\"node.use_of_funds\",\"policy\":\"default@1\"}]}\n]\n";
    assert_eq!(written(|out| plan_json(&[listed], day("2026-11-22"), out)), expected);
    assert_eq!(written(|out| plan_json(&[], day("2026-11-22"), out)), "[\n]\n");
}

#[test]
fn month_json_ends_with_day_and_reason() {
    let placed =
        Placed { listed: listed(), day: None, fixed: false, reason: Some(Unplaced::NoCapacity) };
    let text = written(|out| month_json(&[placed], &[], day("2026-11-28"), out));
    assert!(text.ends_with("\"day\":null,\"reason\":\"no_capacity\"}\n]\n"), "{text}");
    assert!(text.contains("\"overdue_days\":1"));
}

#[test]
fn gaps_json_is_exact() {
    let gap = Gap {
        field: "loans.matures_on",
        reference: "L001".to_owned(),
        kind: GapKind::Data,
        blocks: true,
    };
    let listed =
        ListedGap { customer: "C001".into(), name: "甲".to_owned(), officer: "z".into(), gap };
    assert_eq!(
        written(|out| gaps_json(&[listed], out)),
        "[\n{\"customer_id\":\"C001\",\"customer\":\"甲\",\"officer\":\"z\",\"kind\":\"data\",\
         \"field\":\"loans.matures_on\",\"ref\":\"L001\",\"blocks\":true}\n]\n"
    );
}

#[test]
fn csv_guards_formulas_and_table_aligns_wide_characters() {
    let csv = plan_csv(&[listed()], day("2026-11-30"));
    let mut lines = csv.lines();
    assert!(lines.next().unwrap().starts_with("customer_id,customer,officer,"));
    assert!(lines.next().unwrap().starts_with("C001,'=甲"), "{csv}");
    let headings =
        ["到期", "逾期", "客户号", "名称", "经理", "区域", "方式", "分类", "余额", "事由"];
    let words = TableWords { headings, word: plain, names: &Names::default() };
    let table = plan_table(&[listed()], day("2026-11-30"), &words);
    assert!(!table.contains('\u{1b}'));
    let widths: Vec<usize> = table
        .lines()
        .map(|line| line.split_once("zhangwei").or(line.split_once("经理")).unwrap().0.width())
        .collect();
    assert_eq!(widths[0], widths[1]);
}

#[test]
fn explanations_tell_every_fate() {
    let fates = [
        Fate::Open,
        Fate::Met { visit: "V1".into(), on: day("2026-11-30"), late_days: 3 },
        Fate::Terminated,
        Fate::NotOwed("row_exempt"),
    ];
    let explained = |fate| {
        let visit =
            Uncounted { visit: "V9".into(), on: day("2026-11-02"), why: Uncounting::Offsite };
        let uncounted = if fate == Fate::Open { vec![visit] } else { Vec::new() };
        let source = "S 002".to_owned();
        Explained { duty: duty(), fate, source, verified: true, uncounted }
    };
    let page = Explanation {
        customer: "C001".into(),
        name: "甲公司".to_owned(),
        as_of: day("2026-12-01"),
        policy: "default@1".to_owned(),
        row: Some("large".to_owned()),
        cell: None,
        tier: Tier::Normal,
        inputs: vec![("exposure".to_owned(), "1.00".to_owned())],
        duties: fates.map(explained).into(),
        gaps: Vec::new(),
    };
    let value: serde_json::Value = serde_json::from_str(&explain_json(&page)).unwrap();
    let fates: Vec<&str> =
        value["duties"].as_array().unwrap().iter().map(|d| d["fate"].as_str().unwrap()).collect();
    assert_eq!(fates, ["open", "met", "terminated", "not_owed"]);
    assert_eq!(value["duties"][1]["met_by"], "V1");
    assert_eq!(value["duties"][3]["reason"], "row_exempt");
    assert_eq!(
        value["duties"][0]["uncounted"],
        serde_json::json!([{"visit_id": "V9", "visited_on": "2026-11-02", "reason": "offsite"}])
    );
    assert_eq!(value["duties"][1]["uncounted"], serde_json::json!([]));
    let words = ExplainWords {
        parts: ["inputs", "duties", "gaps"],
        headings: ["a"; 9],
        word: plain,
        uncounted: crate::i18n::plan::uncounted_en,
    };
    let text = explain_text(&page, &words);
    assert!(text.contains("late 2026-11-30 V1 +3") && text.contains("row_exempt"), "{text}");
    assert!(text.contains("V9: The visit of 2026-11-02 doesn't count: off site"), "{text}");
}
