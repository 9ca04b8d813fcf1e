//! A customer's questionnaire: whole or not at all, and never over the officer's own answer.

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

use super::*;
use crate::assets::checklists;
use crate::domain::ids::CustomerId;
use crate::domain::money::Decimal4;
use crate::domain::visit::VisitClass;
use crate::protocol::page::{Page, VisitPage};
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day};

const PACK: &str = r#"
pack = "own@1"

[[section]]
id = "own"
zh = "自述"
en = "Own"

[[section.item]]
code = "staff"
zh = "员工人数"
en = "Staff"
help_zh = "问"
help_en = "ask"
kind = "number"
unit_zh = "人"
unit_en = "people"
self = true

[[section.item]]
code = "plans"
zh = "打算"
en = "Plans"
help_zh = "问"
help_en = "ask"
kind = "text"
self = true

[[section.item]]
code = "verdict"
zh = "判断"
en = "Verdict"
help_zh = "问"
help_en = "ask"
kind = "text"
"#;

fn branch() -> Branch {
    let mut packs = crate::assets::packs();
    packs.library = Arc::new(LazyLock::new(|| Arc::new(checklists::parse(PACK).unwrap())));
    Branch::with(Arc::new(packs))
}

fn start(branch: &mut Branch) -> VisitId {
    let command = Command::StartVisit {
        customer: CustomerId::from("C1"),
        class: VisitClass::Offsite,
        channel: "问卷".to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    match branch.run("zhang", command).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

fn number(n: i64) -> Value {
    Value::Number(Decimal4::from_int(n))
}

fn form(visit: &VisitId, answers: &[(&str, Value)]) -> Command {
    Command::Conduct(Conduct::TakeQuestionnaire {
        visit: visit.clone(),
        version: 1,
        pack: "own@1".to_owned(),
        by: "王建国".to_owned(),
        on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        answers: answers.iter().map(|(item, value)| ((*item).to_owned(), value.clone())).collect(),
    })
}

fn page(branch: &Branch, visit: &VisitId) -> Arc<VisitPage> {
    match branch.store.query(&actor("zhang"), day(0), &Query::Visit { visit: visit.clone() }) {
        Ok(Page::Visit(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn own(visit: &VisitId, value: Value, seen: Revision) -> Command {
    let answer = Answer { value, evidence: None, note: String::new(), unchanged: false };
    let item = "staff".to_owned();
    Command::Answer { visit: visit.clone(), item, answer: Some(answer), seen }
}

fn is_declared(page: &VisitPage, item: &str) -> bool {
    page.is_declared(item, &page.answers[item].answer)
}

#[test]
fn what_the_officer_has_not_answered_is_taken_in_and_marked() {
    let mut branch = branch();
    let visit = start(&mut branch);
    let plans = Value::Text("明年扩产".to_owned());
    branch.run("zhang", form(&visit, &[("staff", number(12)), ("plans", plans)])).unwrap();
    let now = page(&branch, &visit);
    assert_eq!(now.answers["staff"].answer.value, number(12));
    assert!(is_declared(&now, "staff") && is_declared(&now, "plans"));
    // The same form again changes nothing; a newer one replaces what nobody has looked at.
    branch.run("zhang", form(&visit, &[("staff", number(13))])).unwrap();
    assert_eq!(page(&branch, &visit).answers["staff"].answer.value, number(13));
    // What the officer has seen is not hearsay any more.
    let mut seen = page(&branch, &visit).answers["staff"].answer.clone();
    seen.evidence = Some(Evidence::Original);
    let revision = page(&branch, &visit).answers["staff"].revision;
    let item = "staff".to_owned();
    let command =
        Command::Answer { visit: visit.clone(), item, answer: Some(seen), seen: revision };
    branch.run("zhang", command).unwrap();
    assert!(!is_declared(&page(&branch, &visit), "staff"));
    branch.store.check().unwrap();
}

#[test]
fn her_own_answer_stands_until_she_decides() {
    for take in [false, true] {
        let mut branch = branch();
        let visit = start(&mut branch);
        branch.run("zhang", own(&visit, number(9), 0)).unwrap();
        branch.run("zhang", form(&visit, &[("staff", number(12))])).unwrap();
        let now = page(&branch, &visit);
        assert_eq!(now.answers["staff"].answer.value, number(9));
        let submit = Command::Submit {
            visit: visit.clone(),
            seen: 1,
            seen_answers: i64::MAX,
            lateness_reason: Some("迟".to_owned()),
            likeness_reason: None,
        };
        let open = Gap { item: "staff".to_owned(), kind: GapKind::OpenProposal };
        assert_eq!(branch.run("zhang", submit.clone()), Err(Refusal::Incomplete(vec![open])));
        let seen = now.answers["staff"].revision;
        let item = "staff".to_owned();
        let decide =
            Command::Conduct(Conduct::DecideDeclared { visit: visit.clone(), item, take, seen });
        branch.run("zhang", decide).unwrap();
        let now = page(&branch, &visit);
        assert_eq!(now.answers["staff"].answer.value, number(if take { 12 } else { 9 }));
        assert_eq!(now.declared["staff"].kept_own, !take);
        branch.run("zhang", submit).unwrap();
    }
}

#[test]
fn all_or_nothing() {
    let mut branch = branch();
    let visit = start(&mut branch);
    let good = ("staff", number(12));
    let text = || Value::Text("甲".to_owned());
    let cases: Vec<(Command, Refusal)> = vec![
        (
            form(&visit, &[good.clone(), ("verdict", text())]),
            Refusal::Invalid { field: "item", why: "not_asked" },
        ),
        (
            form(&visit, &[good.clone(), ("unheard_of", text())]),
            Refusal::Invalid { field: "item", why: "not_asked" },
        ),
        (
            form(&visit, &[good.clone(), ("plans", number(1))]),
            Refusal::Invalid { field: "value", why: "wrong_kind" },
        ),
        (
            form(&visit, &[good.clone(), ("plans", Value::Text("a\u{1b}[2J".to_owned()))]),
            Refusal::Invalid { field: "value", why: "control_character" },
        ),
        (form(&visit, &[]), Refusal::Invalid { field: "questionnaire", why: "empty" }),
    ];
    for (command, wanted) in cases {
        assert_eq!(branch.run("zhang", command), Err(wanted));
        assert!(page(&branch, &visit).answers.is_empty());
    }
    let mut other = form(&visit, std::slice::from_ref(&good));
    if let Command::Conduct(Conduct::TakeQuestionnaire { version, .. }) = &mut other {
        *version = 2;
    }
    let wanted = Refusal::Invalid { field: "questionnaire", why: "other_form" };
    assert_eq!(branch.run("zhang", other), Err(wanted));
    for (who, wanted) in [("li", Refusal::NotFound), ("wang", Refusal::NotAllowed)] {
        assert_eq!(
            branch.run(who, form(&visit, std::slice::from_ref(&good))),
            Err(wanted),
            "{who}"
        );
    }
}
