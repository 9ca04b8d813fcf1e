//! Who may speak, with whom a flag lies, and who is told.

use super::*;
use crate::access::Actor;
use crate::domain::flag::Level;
use crate::domain::ids::{FlagId, OpId, UserId};
use crate::domain::user::Role;
use crate::protocol::command::Command;
use crate::protocol::page::{FlagRow, NoticeRow, Page};
use crate::protocol::query::{FlagScope, Query, Window};
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day};

/// A red and a yellow flag of C1; the id of the yellow one.
fn raised(branch: &mut Branch) -> FlagId {
    let mut raise = |signal: &str, level| {
        let command = Command::RaiseFlag {
            lowered: None,
            customer: "C1".into(),
            visit: None,
            item: None,
            signal: signal.to_owned(),
            level,
            proposed: false,
            owner: Some(UserId::from("zhang")),
            measure: "续查".to_owned(),
            due_on: Some(day(0).date_naive() + chrono::Days::new(7)),
            note: String::new(),
        };
        match branch.run("zhang", command).unwrap() {
            Outcome::FlagRaised(flag) => flag,
            other => panic!("{other:?}"),
        }
    };
    raise("ACC-03", Level::Red);
    raise("押品待核", Level::Yellow)
}

fn say(flag: &FlagId, asks: Option<Department>, words: &str) -> Command {
    Command::DiscussFlag(FlagWord { flag: flag.clone(), asks, words: words.to_owned() })
}

fn flags(branch: &Branch, who: &str) -> Vec<FlagRow> {
    let query = Query::Flags { scope: FlagScope::Live, window: Window { offset: 0, limit: 50 } };
    match branch.store.query(&actor(who), day(0), &query).unwrap() {
        Page::Flags(page) => page.rows.clone(),
        other => panic!("{other:?}"),
    }
}

fn told(branch: &Branch, who: &str, kind: &str) -> Vec<NoticeRow> {
    match branch.store.query(&actor(who), day(0), &Query::Inbox).unwrap() {
        Page::Inbox(page) => page.rows.iter().filter(|row| row.kind == kind).cloned().collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_department_is_asked_has_it_first_answers_and_who_asked_is_told() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch);
    assert_ne!(flags(&branch, "risk")[0].flag, flag, "the red one comes first");
    branch.run("zhang", say(&flag, Some(Department::Risk), "抵押物权属有争议？")).unwrap();
    let first = &flags(&branch, "risk")[0];
    assert_eq!((&first.flag, first.lies_with), (&flag, Some(Department::Risk)));
    assert_ne!(flags(&branch, "wang")[0].flag, flag, "it is not the supervisors' turn");
    assert!(told(&branch, "risk", "flag_asked").iter().any(|row| row.unread));
    // A word of somebody else leaves it where it lies.
    branch.run("wang", say(&flag, None, "请尽快")).unwrap();
    assert_eq!(flags(&branch, "risk")[0].flag, flag);
    branch.run("risk", say(&flag, None, "已核对登记，权属清楚")).unwrap();
    assert!(flags(&branch, "risk").iter().all(|row| row.lies_with.is_none()));
    assert_eq!(told(&branch, "zhang", "flag_answered").len(), 1);
    let asked = told(&branch, "risk", "flag_asked");
    assert!(asked.iter().all(|row| !row.unread), "what is answered counts no more: {asked:?}");
    let history = Query::FlagHistory { flag };
    let Page::FlagHistory(page) = branch.store.query(&actor("wang"), day(0), &history).unwrap()
    else {
        panic!();
    };
    let talk: Vec<_> = page.changes.iter().map(|(_, _, what, note)| (&**what, &**note)).collect();
    let wanted = [
        ("asked_risk", "抵押物权属有争议？"),
        ("comment", "请尽快"),
        ("comment", "已核对登记，权属清楚"),
    ];
    assert!(talk.ends_with(&wanted), "{talk:?}");
}

#[test]
fn an_answer_that_asks_on_passes_it_on() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch);
    branch.run("zhang", say(&flag, Some(Department::Risk), "请看")).unwrap();
    branch.run("risk", say(&flag, Some(Department::Supervisor), "请主管定")).unwrap();
    assert_eq!(flags(&branch, "wang")[0].lies_with, Some(Department::Supervisor));
    assert_eq!(told(&branch, "wang", "flag_asked").len(), 1);
}

#[test]
fn compliance_may_speak_and_an_auditor_not() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch);
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "INSERT INTO users (user, name, role, branch) VALUES ('law', '法规', 'compliance', 'B1')",
    )
    .unwrap();
    tx.commit().unwrap();
    let law = Actor { role: Role::Compliance, ..actor("law") };
    branch.store.apply(&law, day(0), &OpId::from("1"), &say(&flag, None, "已阅")).unwrap();
    assert_eq!(branch.run("audit", say(&flag, None, "已阅")), Err(Refusal::NotAllowed));
    assert_eq!(branch.run("far", say(&flag, None, "看看")), Err(Refusal::NotFound));
}

#[test]
fn what_is_refused_says_why() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch);
    let empty = Err(Refusal::Invalid { field: "words", why: "missing" });
    assert_eq!(branch.run("zhang", say(&flag, None, " ")), empty);
    let own = Err(Refusal::Invalid { field: "asks", why: "own_department" });
    assert_eq!(branch.run("wang", say(&flag, Some(Department::Supervisor), "?")), own);
}
