//! Checks, flags and findings that answers lead to.

use super::*;

#[test]
fn checks_compare_what_is_stated_with_what_is_known() {
    let facts =
        with_everything(facts(Some(Line::Corporate), VisitClass::Onsite, Tier::Normal, &[]));
    let form = form(facts, BTreeMap::new());
    let light = |answers: &[(&str, i64)], id: &str| {
        let answers = answers
            .iter()
            .map(|(item, yuan)| ((*item).to_owned(), answer(Value::Money(Fen::from_yuan(*yuan)))));
        let state = form.evaluate(&answers.collect());
        let check = state.checks.iter().find(|check| &*check.id == id).unwrap();
        (check.light, check.percent.map(|p| p.to_string()))
    };
    let text = |percent: &str| Some(percent.to_owned());
    assert_eq!(light(&[], "sales_inflow"), (Light::Unknown, None));
    assert_eq!(light(&[("sales_3m", 3_600_000)], "sales_inflow"), (Light::Ok, text("20")));
    assert_eq!(light(&[("sales_3m", 3_900_001)], "sales_inflow"), (Light::Watch, text("30")));
    assert_eq!(light(&[("sales_3m", 9_000_000)], "sales_inflow"), (Light::Alarm, text("200")));
    assert_eq!(light(&[("pledge[Y1].value_now", 0)], "loan_to_value"), (Light::Unknown, None));
    assert_eq!(
        light(
            &[("pledge[Y1].value_now", 3_000_000), ("pledge[Y2].value_now", 1_000_000)],
            "loan_to_value"
        ),
        (Light::Alarm, text("75"))
    );
    assert_eq!(
        light(&[("source_first", 3_000_000)], "sources_instalments"),
        (Light::Watch, text("100"))
    );
    let both = [("source_first", 3_000_000), ("source_second", 900_000)];
    assert_eq!(light(&both, "sources_instalments"), (Light::Ok, text("130")));
}

#[test]
fn answers_suggest_flags_with_their_figures() {
    let facts =
        with_everything(facts(Some(Line::Corporate), VisitClass::Onsite, Tier::Normal, &[]));
    let last = BTreeMap::from([(
        "power_kwh".to_owned(),
        (answer(Value::Number(Decimal4::from_int(10_000))), today()),
    )]);
    let form = form(facts, last);
    let answers = BTreeMap::from([
        ("power_kwh".to_owned(), answer(Value::Number(Decimal4::from_int(6_500)))),
        ("turnover_ytd".to_owned(), answer(Value::Money(Fen::from_yuan(7_500_000)))),
        ("turnover_ytd_before".to_owned(), answer(Value::Money(Fen::from_yuan(10_000_000)))),
        ("outside".to_owned(), answer(Value::Multi(vec!["accident".to_owned()]))),
    ]);
    let state = form.evaluate(&answers);
    let note = |signal: &str| {
        let proposal = state.proposals.iter().find(|p| p.signal == signal)?;
        Some((proposal.level, proposal.note.zh.as_str()))
    };
    assert_eq!(note("OPS-03"), Some((Level::Orange, "用电由 10,000 降至 6,500 千瓦时")));
    assert_eq!(
        note("FIN-05"),
        Some((Level::Orange, "营业额同比 -25%（10,000,000 → 7,500,000 元）"))
    );
    assert_eq!(note("OPS-11"), Some((Level::Red, "安全或质量事故")));
    assert_eq!(note("EXT-05"), Some((Level::Red, "查到被执行或失信记录")));
    assert_eq!(note("EXT-07"), None, "not queried is not found");
    assert_eq!(state.row("power_kwh").unwrap().problem, Some(Problem::Unexplained));
    assert_eq!(state.row("turnover_why").unwrap().needed, Needed::Hard);
}

#[test]
fn a_finding_asks_its_question_and_what_was_not_queried_stays_a_gap() {
    let facts =
        with_everything(facts(Some(Line::MicroShop), VisitClass::Onsite, Tier::Normal, &[]));
    let state = form(facts, BTreeMap::new()).evaluate(&BTreeMap::new());
    let asked = state.row("finding_answer[court_company]").unwrap();
    assert_eq!(asked.needed, Needed::Hard);
    let title = "查询发现「被执行信息（企业）：执行标的 80 万元」：客户如何解释，对还款有何影响";
    assert_eq!(asked.title.zh, title);
    assert!(asked.title.en.starts_with("Found: Enforcement (company): "), "{}", asked.title.en);
    let gap = state.gaps.iter().find(|gap| gap.item == "lookup_later[licence]").unwrap();
    assert_eq!(gap.kind, GapKind::Wanted);
    let row = state.row("lookup_later[licence]").unwrap();
    assert_eq!(row.title.zh, "未查询：营业执照状态：系统维护。何时补查");
}

/// Needs, satisfaction, renewal, attitude and the officer's own looking back never weigh as risk:
/// no rule of a flag, no check and no calculation of anything else may name them.
#[test]
fn what_a_customer_wants_is_no_risk() {
    const APART: [&str; 7] =
        ["needs", "renewal", "satisfaction", "shop_needs", "attitude", "gifts", "retrospective"];
    let judging = ["when = ", "calculation = ", "left = ", "right = ", "hard_if = ", "explain = "];
    let mut named = 0;
    for line in crate::assets::checklists::source().lines() {
        let code = line.strip_prefix("code = \"").and_then(|c| c.strip_suffix('"'));
        named += usize::from(code.is_some_and(|code| APART.contains(&code)));
        if judging.iter().any(|start| line.starts_with(start)) {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            for word in words {
                assert!(!APART.contains(&word), "{line}");
            }
        }
    }
    assert_eq!(named, APART.len(), "each is asked once");
}

#[test]
fn no_check_wants_an_answer_that_the_form_does_not_ask_for() {
    let asked_anywhere: BTreeSet<String> = LIBRARY
        .sections()
        .iter()
        .flat_map(|section| section.items.iter().map(|item| item.title.zh.clone()))
        .collect();
    let mut shown = 0;
    for line in Line::ALL {
        let facts = facts(Some(*line), VisitClass::Onsite, Tier::Normal, &["periodic_onsite"]);
        let state = form(facts, BTreeMap::new()).evaluate(&BTreeMap::new());
        let asked: BTreeSet<&str> = state.rows.iter().map(|row| &*row.item.title.zh).collect();
        for check in &state.checks {
            shown += 1;
            let missing = check.missing.iter().map(|name| name.zh.as_str());
            let strange: Vec<&str> = missing
                .filter(|name| asked_anywhere.contains(*name) && !asked.contains(name))
                .collect();
            assert!(strange.is_empty(), "{line:?} {}: {strange:?}", check.id);
        }
    }
    assert!(shown > 10, "{shown}");
}
