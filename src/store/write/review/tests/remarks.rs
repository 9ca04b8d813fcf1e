//! What is said about a record is heard: whose word it was, about which record, and once.

use super::*;
use crate::domain::ids::FlagId;
use crate::protocol::page::FlagHistoryPage;

/// Signals of the customer with their states, in the order in which they came.
fn flags(branch: &Branch) -> String {
    branch.text("SELECT coalesce(group_concat(signal || ' ' || state), '') FROM flags")
}

fn history(branch: &Branch, signal: &str) -> Arc<FlagHistoryPage> {
    let sql = format!("SELECT flag_id FROM flags WHERE signal = '{signal}'");
    let query = Query::FlagHistory { flag: FlagId(branch.text(&sql)) };
    match branch.store.query(&actor("zhang"), day(0), &query).unwrap() {
        Page::FlagHistory(page) => page,
        other => panic!("{other:?}"),
    }
}

fn approve_with(branch: &mut Branch, visit: &VisitId, note: &str) {
    let page = record_of(branch, "wang", visit);
    let command = Command::Approve {
        visit: visit.clone(),
        seen: page.visit.revision,
        content_hash: page.content_hash.clone().unwrap_or_default(),
        note: note.to_owned(),
    };
    branch.run("wang", command).unwrap();
}

#[test]
fn each_remark_tells_whose_it_was_and_about_which_record() {
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    let first = comment(&mut branch, &visit, "staff", "听工人说已拖欠工资三个月，请补充");
    give_back(&mut branch, "wang", &visit, "基本户被法院冻结，记录里没有写").unwrap();
    let text = "已核，会计离职后无人做账".to_owned();
    let reply = Command::ReplyComment { comment: first, text, seen: 0 };
    branch.run("zhang", reply).unwrap();
    submit(&mut branch, &visit);
    approve_with(&mut branch, &visit, "同意；保险已脱保，须补办");
    let (conditions, text) = (Verdict::Conditions, "实控人参与赌博，压降后再放款");
    opine(&mut branch, "zhao", &visit, OpinionLevel::Second, conditions, text).unwrap();
    let cases = [
        ("MGT-11", "heard.comment", "wang", "[拖欠工资]"),
        ("ACC-10", "heard.return", "wang", "基本户[被法院冻结]"),
        ("MGT-03", "heard.reply", "zhang", "[会计离职]"),
        ("COL-05", "heard.review", "wang", "[脱保]"),
        ("MGT-07", "heard.opinion", "zhao", "[赌博]"),
    ];
    for (signal, place, who, words) in cases {
        let page = history(&branch, signal);
        let [input] = page.inputs.as_slice() else { panic!("{signal}: {:?}", page.inputs) };
        let Value::Text(told) = &input.value else { panic!("{input:?}") };
        assert_eq!(input.fact, place);
        assert!(told.starts_with(&format!("{visit} {who} ")), "{told}");
        assert!(told.contains(words), "{told}");
        let note = branch.text(&format!("SELECT note FROM flags WHERE signal = '{signal}'"));
        assert_eq!(format!("{visit} {note}"), *told);
        for lang in [crate::i18n::Lang::Zh, crate::i18n::Lang::En] {
            assert!(crate::i18n::scan::place(lang, place).is_some(), "{place} has no words");
        }
    }
    assert_eq!(branch.text("SELECT count(*) FROM flags WHERE state = 'proposed'"), "5");
    // The record itself went its way.
    assert_eq!(branch.text("SELECT state FROM records"), "approved");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn what_is_asked_or_denied_proposes_nothing_and_a_rejected_remark_stays_rejected() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    for quiet in ["是否拖欠工资，请核实", "停产了吗？", "未见停产，可以", "请核实停产传闻"]
    {
        comment(&mut branch, &visit, "staff", quiet);
        assert_eq!(flags(&branch), "", "{quiet}");
    }
    comment(&mut branch, &visit, "staff", "路过看到已停产");
    assert_eq!(flags(&branch), "OPS-01 proposed");
    let reject = Command::DecideFlag {
        flag: FlagId(branch.text("SELECT flag_id FROM flags")),
        seen: 1,
        confirm: false,
        owner: None,
        measure: String::new(),
        due_on: None,
        reason: "当日停电".to_owned(),
    };
    branch.run("zhang", reject).unwrap();
    comment(&mut branch, &visit, "turnover", "路过看到已停产");
    assert_eq!(flags(&branch), "OPS-01 rejected");
    // Another remark is another observation.
    give_back(&mut branch, "wang", &visit, "今日再去，仍停产").unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM flags WHERE state = 'proposed'"), "1");
}

#[test]
fn a_remark_that_is_taken_back_leaves_the_proposal_to_people() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    comment(&mut branch, &visit, "staff", "路过看到已停产");
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM comments"), "0");
    assert_eq!(flags(&branch), "OPS-01 proposed");
    // A decision can be taken back although its words proposed something.
    give_back(&mut branch, "wang", &visit, "账户被冻结，补写").unwrap();
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT state FROM records"), "submitted");
    branch.store.verify_journal(&[]).unwrap();
}
