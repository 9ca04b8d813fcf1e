//! Look-ups and meetings: noted, refused, twice, taken back, and told to the open draft.

use std::sync::Arc;

use chrono::Days;

use crate::domain::answer::Value;
use crate::domain::facts::{self, Facts};
use crate::domain::ids::{CustomerId, OpId, VisitId};
use crate::domain::preparation::LookedUp;
use crate::domain::visit::VisitClass;
use crate::protocol::command::{Command, LookUpNote, Revision};
use crate::protocol::page::{BriefPage, LookUpRow, Page};
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::Store;
use crate::store::tests::{Branch, actor, day};

fn note(check: &str, option: &str, detail: &str, ago: u64, seen: Revision) -> Command {
    let today = Store::business_date(day(0));
    Command::NoteLookUp(LookUpNote {
        customer: CustomerId::from("C1"),
        check: check.to_owned(),
        option: option.to_owned(),
        detail: detail.to_owned(),
        place: "公示系统".to_owned(),
        on: (option != "not_queried").then(|| today - Days::new(ago)),
        seen,
    })
}

fn brief(branch: &Branch, user: &str) -> Result<Arc<BriefPage>, Refusal> {
    let query = Query::Brief { customer: CustomerId::from("C1") };
    match branch.store.query(&actor(user), day(0), &query)? {
        Page::Brief(page) => Ok(page),
        other => panic!("{other:?}"),
    }
}

fn row(branch: &Branch, code: &str) -> LookUpRow {
    let page = brief(branch, "zhang").unwrap();
    page.lookups.iter().find(|row| row.code == code).cloned().unwrap()
}

fn start(branch: &mut Branch) -> VisitId {
    let command = Command::StartVisit {
        customer: CustomerId::from("C1"),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: Store::business_date(day(0)),
        purposes: Vec::new(),
    };
    match branch.run("zhang", command).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

fn list(branch: &Branch, name: &str) -> Vec<String> {
    match Facts::decode(&branch.text("SELECT facts FROM records")).get(name) {
        Some(Value::Multi(entries)) => {
            entries.iter().map(|entry| entry.replace(facts::NOTE, "|")).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_look_up_is_noted_and_what_was_known_before_stays() {
    let mut branch = Branch::new();
    assert_eq!(row(&branch, "licence").result, LookedUp::NotQueried);
    branch.run("zhang", note("licence", "existing", "", 20, 0)).unwrap();
    branch.run("wang", note("licence", "revoked", "11-20 吊销", 0, 1)).unwrap();
    let now = row(&branch, "licence");
    assert_eq!((now.result, now.revision), (LookedUp::Found, 2));
    let last = now.last.unwrap();
    assert_eq!((last.option.as_str(), last.by.as_str()), ("revoked", "王芳"));
    assert_eq!(now.before.unwrap().option, "existing");
    let written = "SELECT count(*) FROM journal WHERE command = 'note_look_up' AND subject = 'C1'";
    assert_eq!(branch.text(written), "2");
    let told = "SELECT json_extract(after, '$.result') FROM journal ORDER BY seq DESC LIMIT 1";
    assert_eq!(branch.text(told), "found");
    branch.store.check().unwrap();
}

type Check<'a> = &'a dyn Fn(&Refusal) -> bool;

#[test]
fn what_a_look_up_may_not_be() {
    let mut branch = Branch::new();
    let invalid = |field| move |why: &Refusal| matches!(why, Refusal::Invalid { field: f, .. } if *f == field);
    let nobody = |why: &Refusal| *why == Refusal::NotFound;
    let not_allowed = |why: &Refusal| *why == Refusal::NotAllowed;
    let mut late = note("licence", "existing", "", 0, 0);
    if let Command::NoteLookUp(note) = &mut late {
        note.on = Some(Store::business_date(day(1)));
    }
    let mut undated = late.clone();
    if let Command::NoteLookUp(note) = &mut undated {
        note.on = None;
    }
    let cases: [(&str, Command, Check<'_>); 9] = [
        ("zhang", note("horoscope", "none", "", 0, 0), &invalid("check")),
        ("zhang", note("licence", "fine", "", 0, 0), &invalid("option")),
        ("zhang", note("court_company", "found", " ", 0, 0), &invalid("detail")),
        ("zhang", note("court_company", "not_queried", "", 0, 0), &invalid("detail")),
        ("zhang", late, &invalid("looked_up_on")),
        ("zhang", undated, &invalid("looked_up_on")),
        ("li", note("licence", "existing", "", 0, 0), &nobody),
        ("far", note("licence", "existing", "", 0, 0), &nobody),
        ("risk", note("licence", "existing", "", 0, 0), &not_allowed),
    ];
    for (user, command, expected) in cases {
        let why = branch.run(user, command.clone()).unwrap_err();
        assert!(expected(&why), "{user} {command:?}: {why:?}");
    }
    assert_eq!(branch.text("SELECT count(*) FROM prep_checks"), "0");
    assert_eq!(branch.text("SELECT count(*) FROM journal"), "0");
    assert_eq!(brief(&branch, "li").unwrap_err(), Refusal::NotFound);
    assert!(!brief(&branch, "risk").unwrap().writable);
}

#[test]
fn a_stale_look_up_is_a_conflict_and_a_second_try_writes_nothing() {
    let mut branch = Branch::new();
    branch.run("zhang", note("dishonest", "none", "", 0, 0)).unwrap();
    let why = branch.run("wang", note("dishonest", "found", "列入", 0, 0)).unwrap_err();
    let Refusal::Conflict { now: 1, fields } = why else { panic!("{why:?}") };
    assert_eq!((fields[0].theirs.as_str(), fields[0].by.as_str()), ("none", "张伟"));
    let op = OpId("same".to_owned());
    for _ in 0..2 {
        let command = note("dishonest", "found", "列入", 0, 1);
        branch.store.apply(&actor("wang"), day(0), &op, &command).unwrap();
    }
    assert_eq!(branch.text("SELECT max(n) FROM prep_checks"), "2");
}

#[test]
fn an_old_result_counts_as_not_queried() {
    let mut branch = Branch::new();
    branch.run("zhang", note("court_company", "none", "", 31, 0)).unwrap();
    branch.run("zhang", note("court_person", "none", "", 30, 0)).unwrap();
    let (old, new) = (row(&branch, "court_company"), row(&branch, "court_person"));
    assert_eq!((old.result, old.stale), (LookedUp::NotQueried, true));
    assert_eq!(old.last.unwrap().result, LookedUp::Nothing, "shown with its day all the same");
    assert_eq!((new.result, new.stale), (LookedUp::Nothing, false));
    start(&mut branch);
    let open = list(&branch, facts::NOT_QUERIED);
    assert!(open.contains(&"court_company|2026-10-23".to_owned()), "{open:?}");
    assert!(!open.iter().any(|entry| entry.starts_with("court_person")), "{open:?}");
}

#[test]
fn taking_back_lets_the_entry_before_count_again() {
    let mut branch = Branch::new();
    branch.run("zhang", note("licence", "existing", "", 9, 0)).unwrap();
    branch.run("zhang", note("licence", "abnormal", "地址失联", 0, 1)).unwrap();
    branch.run("zhang", Command::Undo).unwrap();
    let now = row(&branch, "licence");
    assert_eq!((now.result, now.revision), (LookedUp::Nothing, 3));
    assert_eq!(now.before, None, "what was taken back is not shown as known before");
    branch.run("zhang", Command::Undo).unwrap();
    let now = row(&branch, "licence");
    assert_eq!((now.result, now.last, now.revision), (LookedUp::NotQueried, None, 4));
    assert_eq!(branch.run("zhang", Command::Undo).unwrap_err(), Refusal::NothingToUndo);
    // Somebody else's entry since stands in the way.
    branch.run("zhang", note("licence", "existing", "", 0, 4)).unwrap();
    branch.run("wang", note("licence", "revoked", "吊销", 0, 5)).unwrap();
    let why = branch.run("zhang", Command::Undo).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { now: 6, .. }), "{why:?}");
    branch.store.check().unwrap();
}

#[test]
fn an_open_draft_is_told_what_was_found_and_no_other_record() {
    let mut branch = Branch::new();
    branch.run("zhang", note("court_person", "not_queried", "系统维护", 0, 0)).unwrap();
    start(&mut branch);
    assert!(list(&branch, facts::FINDINGS).is_empty());
    let open = list(&branch, facts::NOT_QUERIED);
    assert!(open.contains(&"court_person|系统维护".to_owned()), "{open:?}");
    branch.run("wang", note("court_company", "found", "执行标的 80 万; 已立案", 0, 0)).unwrap();
    assert_eq!(list(&branch, facts::FINDINGS), ["court_company|执行标的 80 万； 已立案"]);
    assert_eq!(list(&branch, facts::FINDING_KINDS), ["court_company:found"]);
    // Who changed what the form asks had a hand in the record.
    let writers = "SELECT group_concat(user) FROM (SELECT user FROM record_writers ORDER BY user)";
    assert_eq!(branch.text(writers), "wang,zhang");
    assert_eq!(branch.text("SELECT revision FROM records"), "2");
    branch.run("wang", Command::Undo).unwrap();
    assert!(list(&branch, facts::FINDINGS).is_empty());
    // A record that was handed in stays as it was made.
    let visit = VisitId(branch.text("SELECT visit_id FROM visits"));
    let submit = Command::Submit {
        visit,
        seen: 3,
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: None,
    };
    branch.run("zhang", submit).unwrap();
    branch.run("zhang", note("court_company", "found", "又一件", 0, 2)).unwrap();
    assert!(list(&branch, facts::FINDINGS).is_empty());
}

#[test]
fn people_are_chosen_by_key_and_only_for_the_next_visit() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "INSERT INTO contacts (customer_id, name, role, phone) VALUES
            ('C1', '刘会计', 'finance', '13987654321'), ('C1', '王总', NULL, NULL);
         UPDATE customers SET controller = '王总', legal_rep = '李法人' WHERE customer_id = 'C1';",
    )
    .unwrap();
    tx.commit().unwrap();
    let page = brief(&branch, "zhang").unwrap();
    let shown: Vec<_> =
        page.people.iter().map(|p| (p.name.as_str(), p.role.as_deref().unwrap_or(""))).collect();
    assert_eq!(shown, [("刘**", "finance"), ("王*", "controller"), ("李**", "legal_rep")]);
    assert!(page.must_meet.iter().all(|must| must.on_file && !must.chosen));
    let key = |name: &str| page.people.iter().find(|p| p.name == name).unwrap().key.clone();
    let plan = |people: Vec<String>, seen| Command::PlanMeeting {
        customer: CustomerId::from("C1"),
        people,
        seen,
    };
    branch.run("zhang", plan(vec![key("刘**"), key("王*")], 0)).unwrap();
    assert!(brief(&branch, "zhang").unwrap().must_meet.iter().all(|must| must.chosen));
    let why = branch.run("wang", plan(vec![key("李**")], 0)).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { now: 1, .. }), "{why:?}");
    let why = branch.run("zhang", plan(vec!["nobody".to_owned()], 1)).unwrap_err();
    assert!(matches!(why, Refusal::Invalid { field: "people", .. }), "{why:?}");
    let told = branch.text("SELECT group_concat(after) FROM journal");
    assert!(told.contains("刘**") && !told.contains("刘会计"), "{told}");
    let visit = start(&mut branch);
    assert_eq!(list(&branch, facts::PLANNED_TO_MEET), ["刘**", "王*"]);
    assert_eq!(list(&branch, facts::PLANNED_ROLES), ["finance", "controller"]);
    branch.run("zhang", plan(vec![key("李**")], 1)).unwrap();
    assert_eq!(list(&branch, facts::PLANNED_ROLES), ["borrower"]);
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(list(&branch, facts::PLANNED_ROLES), ["finance", "controller"]);
    let seen = branch.text("SELECT revision FROM records").parse().unwrap();
    let submit = Command::Submit {
        visit,
        seen,
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: None,
    };
    let later = |n| OpId(format!("later-{n}"));
    branch.store.apply(&actor("zhang"), day(1), &later(1), &submit).unwrap();
    let page = brief(&branch, "zhang").unwrap();
    assert!(page.people.iter().all(|person| !person.chosen), "a new visit, a new choice");
}
