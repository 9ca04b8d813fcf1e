//! Who may write in a record, who may review it, and what becomes of it when the customer moves.

use super::*;
use crate::domain::answer::Answer;
use crate::protocol::command::Command;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day};

fn start(branch: &mut Branch, who: &str) -> VisitId {
    let command = Command::StartVisit {
        customer: CustomerId::from("C1"),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    match branch.run(who, command).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

fn answer(visit: &VisitId, item: &str, text: Option<&str>, seen: Revision) -> Command {
    let answer = text.map(|text| Answer {
        value: Value::Text(text.to_owned()),
        evidence: None,
        note: String::new(),
        unchanged: false,
    });
    Command::Answer { visit: visit.clone(), item: item.to_owned(), answer, seen }
}

fn set(visit: &VisitId, seen: Revision) -> Command {
    Command::SetVisit {
        visit: visit.clone(),
        visited_on: day(0).date_naive(),
        class: VisitClass::Onsite,
        channel: "现场".to_owned(),
        purposes: Vec::new(),
        seen,
    }
}

fn submit(visit: &VisitId, seen: Revision) -> Command {
    let lateness_reason = Some("出差".to_owned());
    Command::Submit {
        visit: visit.clone(),
        seen,
        seen_answers: i64::MAX,
        lateness_reason,
        likeness_reason: None,
    }
}

fn approve(branch: &Branch, visit: &VisitId) -> Command {
    let seen = branch.text("SELECT revision FROM records").parse().unwrap();
    let content_hash = branch.text("SELECT content_hash FROM records");
    Command::Approve { visit: visit.clone(), seen, content_hash, note: String::new() }
}

fn hand_over(branch: &Branch, to: &str) {
    let sql = format!("UPDATE customers SET officer = '{to}' WHERE customer_id = 'C1'");
    branch.store.conn().execute_batch(&sql).unwrap();
}

fn writable(branch: &Branch, who: &str, visit: &VisitId) -> Option<bool> {
    let query = Query::Visit { visit: visit.clone() };
    match branch.store.query(&actor(who), day(0), &query) {
        Ok(Page::Visit(page)) => Some(page.writable),
        _ => None,
    }
}

#[test]
fn everything_that_writes_asks_who_may() {
    let mut branch = Branch::new();
    let visit = start(&mut branch, "zhang");
    let all: Vec<Command> = vec![
        answer(&visit, "note", Some("甲"), 0),
        set(&visit, 1),
        Command::KeepDraft {
            visit: visit.clone(),
            item: "note".to_owned(),
            text: "半".to_owned(),
            caret: 0,
        },
        Command::KeepPlace { visit: visit.clone(), item: "note".to_owned() },
        Command::Discard { visit: visit.clone(), seen: 1 },
        submit(&visit, 1),
    ];
    for command in all {
        let code = command.code();
        // What the page shows and what is refused are one rule.
        assert_eq!(writable(&branch, "wang", &visit), Some(false));
        assert_eq!(branch.run("wang", command), Err(Refusal::NotAllowed), "{code}");
    }
    branch.run("zhang", submit(&visit, 1)).unwrap();
    let back = Command::Withdraw { visit: visit.clone(), seen: 2 };
    assert_eq!(branch.run("wang", back), Err(Refusal::NotAllowed));
    let approve = approve(&branch, &visit);
    branch.run("wang", approve).unwrap();
    let amend = Command::Amend { visit: visit.clone(), reason: "改".to_owned() };
    assert_eq!(branch.run("wang", amend.clone()), Err(Refusal::NotAllowed));
    branch.run("zhang", amend).unwrap();
}

#[test]
fn a_customer_handed_over_with_an_open_draft_is_not_blocked() {
    let mut branch = Branch::new();
    let visit = start(&mut branch, "zhang");
    branch.run("zhang", answer(&visit, "note", Some("甲"), 0)).unwrap();
    hand_over(&branch, "li");
    // It is hers now: she is given the draft, may write in it and hand it in.
    assert_eq!(writable(&branch, "li", &visit), Some(true));
    assert_eq!(start(&mut branch, "li"), visit);
    assert_eq!(branch.run("zhang", answer(&visit, "note", Some("乙"), 0)), Err(Refusal::NotFound));
    branch.run("li", answer(&visit, "turnover", Some("乙"), 0)).unwrap();
    branch.run("li", submit(&visit, 1)).unwrap();
    let approve = approve(&branch, &visit);
    branch.run("wang", approve).unwrap();
}

#[test]
fn a_supervisor_clears_away_only_what_nobody_can_finish() {
    let mut branch = Branch::new();
    let visit = start(&mut branch, "zhang");
    let discard = Command::Discard { visit: visit.clone(), seen: 1 };
    assert_eq!(branch.run("wang", discard.clone()), Err(Refusal::NotAllowed));
    hand_over(&branch, "li");
    assert_eq!(branch.run("far", discard.clone()), Err(Refusal::NotFound));
    branch.run("wang", discard).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM records"), "0");
    // Or whose author has left.
    hand_over(&branch, "zhang");
    let visit = start(&mut branch, "zhang");
    branch
        .store
        .conn()
        .execute_batch("UPDATE users SET disabled = 1 WHERE user = 'zhang'")
        .unwrap();
    branch.run("wang", Command::Discard { visit, seen: 1 }).unwrap();
}

#[test]
fn starting_never_hands_back_a_record_of_somebody_else() {
    let mut branch = Branch::new();
    let officers = start(&mut branch, "zhang");
    let own = start(&mut branch, "wang");
    assert_ne!(own, officers);
    assert_eq!(writable(&branch, "wang", &own), Some(true));
    assert_eq!(start(&mut branch, "wang"), own);
    assert_eq!(start(&mut branch, "zhao").as_str().matches("-3").count(), 1);
    assert_eq!(start(&mut branch, "zhang"), officers);
}

#[test]
fn an_answer_wiped_away_still_makes_an_author() {
    let mut branch = Branch::new();
    let visit = start(&mut branch, "wang");
    // Begun as her own, then the officer's in every column that could tell.
    branch.run("wang", answer(&visit, "note", Some("甲"), 0)).unwrap();
    let seen = branch.text("SELECT revision FROM answers").parse().unwrap();
    branch.run("wang", answer(&visit, "note", None, seen)).unwrap();
    branch.run("zhang", submit(&visit, 1)).unwrap();
    branch.store.conn().execute_batch("UPDATE records SET author = 'zhang'").unwrap();
    let command = approve(&branch, &visit);
    assert_eq!(branch.run("wang", command.clone()), Err(Refusal::OwnRecord));
    let Page::Home(home) = branch.store.query(&actor("wang"), day(0), &Query::Home).unwrap() else {
        panic!()
    };
    assert_eq!(home.to_review, 0);
    let bare = "UPDATE records SET reviewed_by = 'wang'";
    assert!(branch.store.conn().execute_batch(bare).is_err());
    for sql in ["DELETE FROM record_writers", "UPDATE record_writers SET user = 'x'"] {
        assert!(branch.store.conn().execute_batch(sql).is_err(), "{sql}");
    }
    branch.run("zhao", command).unwrap();
}

#[test]
fn the_officer_of_the_customer_reviews_nothing_of_hers() {
    for (then, now, allowed) in
        [("wang", "zhang", false), ("zhang", "wang", false), ("zhang", "zhang", true)]
    {
        let mut branch = Branch::new();
        let visit = start(&mut branch, "zhang");
        branch.run("zhang", submit(&visit, 1)).unwrap();
        let sql = format!("UPDATE visits SET officer = '{then}'");
        branch.store.conn().execute_batch(&sql).unwrap();
        hand_over(&branch, now);
        let command = approve(&branch, &visit);
        let done = branch.run("wang", command);
        if allowed {
            done.unwrap();
        } else {
            assert_eq!(done, Err(Refusal::OwnRecord), "{then} {now}");
            let bare = "UPDATE records SET reviewed_by = 'wang'";
            assert!(branch.store.conn().execute_batch(bare).is_err());
        }
    }
}

#[test]
fn who_wrote_in_a_version_wrote_in_its_amendment() {
    let mut branch = Branch::new();
    let visit = start(&mut branch, "wang");
    branch.run("wang", set(&visit, 1)).unwrap();
    branch.run("zhang", submit(&visit, 2)).unwrap();
    let command = approve(&branch, &visit);
    branch.run("zhao", command).unwrap();
    branch.run("zhang", Command::Amend { visit, reason: "改".to_owned() }).unwrap();
    let hands = "SELECT group_concat(user, ' ') FROM record_writers WHERE version = 2";
    assert_eq!(branch.text(hands), "wang zhang");
}

#[test]
fn nobody_hands_in_an_answer_she_has_not_seen() {
    let mut branch = Branch::new();
    let visit = start(&mut branch, "wang");
    let seen = |branch: &Branch| {
        let query = Query::Visit { visit: visit.clone() };
        match branch.store.query(&actor("zhang"), day(0), &query).unwrap() {
            Page::Visit(page) => page.seen_answers,
            other => panic!("{other:?}"),
        }
    };
    let hand_in = |seen_answers| Command::Submit {
        visit: visit.clone(),
        seen: 1,
        seen_answers,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: Some("同户同期".to_owned()),
    };
    let before = seen(&branch);
    branch.run("wang", answer(&visit, "note", Some("乙"), 0)).unwrap();
    let why = branch.run("zhang", hand_in(before)).unwrap_err();
    let Refusal::Conflict { fields, .. } = &why else { panic!("{why:?}") };
    assert_eq!((fields[0].field.as_str(), fields[0].theirs.as_str()), ("note", "t:乙"));
    // One that was taken away counts as well; an own one does not.
    let shown = seen(&branch);
    let revision = branch.text("SELECT revision FROM answers").parse().unwrap();
    branch.run("wang", answer(&visit, "note", None, revision)).unwrap();
    assert!(matches!(branch.run("zhang", hand_in(shown)), Err(Refusal::Conflict { .. })));
    let shown = seen(&branch);
    branch.run("zhang", answer(&visit, "other", Some("甲"), 0)).unwrap();
    let typing = Command::KeepDraft {
        visit: visit.clone(),
        item: "note".to_owned(),
        text: "半".to_owned(),
        caret: 0,
    };
    branch.run("wang", typing).unwrap();
    branch.run("zhang", hand_in(shown)).unwrap();
    assert_eq!(branch.text("SELECT user FROM field_drafts"), "wang");
}
