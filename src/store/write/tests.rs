//! Commands as people use them: who may, what is refused, what comes twice, what is taken back.

use std::sync::Arc;

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::flag::{FlagStep, Level, Lowered};
use crate::domain::user::Role;
use crate::domain::visit::{Purpose, VisitClass};
use crate::protocol::command::{FileSource, ProofCommand, Revision};
use crate::protocol::reply::ConflictField;
use crate::store::tests::{Branch, actor, day};
use chrono::Days;

mod drafts;
mod flag_ends;
mod flag_raised;
mod flag_steps;
mod flag_weak;
mod flags;
mod look_at;
mod people;
mod tier;
mod undo;

fn today() -> NaiveDate {
    instant::business_date(day(0))
}

fn start(customer: &str) -> Command {
    Command::StartVisit {
        customer: CustomerId::from(customer),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: today(),
        purposes: Vec::new(),
    }
}

fn said(text: &str) -> Answer {
    let value = Value::Text(text.to_owned());
    Answer { value, evidence: None, note: String::new(), unchanged: false }
}

fn answer(visit: &VisitId, item: &str, text: &str, seen: Revision) -> Command {
    Command::Answer { visit: visit.clone(), item: item.to_owned(), answer: Some(said(text)), seen }
}

fn submit(visit: &VisitId, seen: Revision) -> Command {
    Command::Submit {
        visit: visit.clone(),
        seen,
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: Some("同户同期".to_owned()),
    }
}

fn started(branch: &mut Branch) -> VisitId {
    match branch.run("zhang", start("C1")).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

/// A draft in which both the supervisor who began it and the customer's officer may write.
fn shared(branch: &mut Branch) -> VisitId {
    match branch.run("wang", start("C1")).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

fn submitted(branch: &mut Branch) -> (VisitId, String) {
    let visit = started(branch);
    branch.run("zhang", answer(&visit, "conclusion", "正常", 0)).unwrap();
    branch.run("zhang", submit(&visit, 1)).unwrap();
    let hash = branch.text("SELECT content_hash FROM records");
    (visit, hash)
}

fn approve(visit: &VisitId, seen: Revision, hash: &str) -> Command {
    Command::Approve {
        visit: visit.clone(),
        seen,
        content_hash: hash.to_owned(),
        note: String::new(),
    }
}

fn flag(level: Level, proposed: bool) -> Command {
    Command::RaiseFlag {
        lowered: None,
        customer: CustomerId::from("C1"),
        visit: None,
        item: None,
        signal: "停工待查".to_owned(),
        level,
        proposed,
        owner: (!proposed).then(|| UserId::from("zhang")),
        measure: if proposed { String::new() } else { "续查".to_owned() },
        due_on: (!proposed).then(|| today() + Days::new(7)),
        note: "见流水".to_owned(),
    }
}

fn raised(branch: &mut Branch, level: Level, proposed: bool) -> FlagId {
    match branch.run("zhang", flag(level, proposed)).unwrap() {
        Outcome::FlagRaised(flag) => flag,
        other => panic!("{other:?}"),
    }
}

fn go(flag: &FlagId, seen: Revision, step: FlagStep, note: &str) -> Command {
    let (flag, note, measure) = (flag.clone(), note.to_owned(), String::new());
    Command::MoveFlag { flag, seen, step, note, measure, left: None }
}

/// Registers a file as proof of a flag; what its revision is then.
fn proved(branch: &mut Branch, id: &FlagId, seen: i64) -> i64 {
    let folder = branch.store.drop_dir().join("wang");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("证明.txt"), "已复工").unwrap();
    let source = FileSource::Dropped("证明.txt".to_owned());
    branch.run("wang", Command::Proof(ProofCommand::Add { flag: id.clone(), source })).unwrap();
    seen + 1
}

/// Takes a grave flag up to verification; what its revision is then.
fn verified(branch: &mut Branch, id: &FlagId, seen: i64) -> i64 {
    let path =
        [FlagStep::Acknowledged, FlagStep::MeasureDecided, FlagStep::Acting, FlagStep::Verify];
    for (seen, step) in (seen..).zip(path) {
        branch.run("wang", go(id, seen, step, "")).unwrap();
    }
    seen + 4
}

fn confirm(id: &FlagId) -> Command {
    Command::DecideFlag {
        flag: id.clone(),
        seen: 1,
        confirm: true,
        owner: Some(UserId::from("zhang")),
        measure: "查".to_owned(),
        due_on: Some(today() + Days::new(5)),
        reason: String::new(),
    }
}

fn update(id: &FlagId, seen: i64, level: Level) -> Command {
    Command::UpdateFlag {
        flag: id.clone(),
        seen,
        level,
        owner: UserId::from("zhang"),
        measure: "查".to_owned(),
        due_on: today() + Days::new(5),
        note: "情况恶化".to_owned(),
    }
}

#[test]
fn a_visit_from_start_to_approval() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    assert_eq!(visit.as_str(), "V-C1-20261123-X");
    // Starting again takes up the draft.
    assert_eq!(started(&mut branch), visit);
    assert_eq!(branch.text("SELECT count(*) FROM visits"), "1");
    let facts = branch.text("SELECT facts FROM records");
    assert!(facts.contains("exposure\tf:80000000"), "{facts}");
    branch.run("zhang", answer(&visit, "conclusion", "经营正常", 0)).unwrap();
    let outcome = branch.run("zhang", submit(&visit, 1)).unwrap();
    assert!(matches!(outcome, Outcome::Submitted { .. }));
    assert_eq!(
        branch.text("SELECT state || submitted_on || conclusion FROM visits"),
        "submitted2026-11-23经营正常"
    );
    let hash = branch.text("SELECT content_hash FROM records");
    let stale = branch.run("wang", approve(&visit, 2, "other")).unwrap_err();
    assert!(matches!(stale, Refusal::Conflict { .. }));
    branch.run("wang", approve(&visit, 2, &hash)).unwrap();
    assert_eq!(branch.text("SELECT state FROM visits"), "approved");
    // A second visit on the same day has its own id.
    assert_eq!(started(&mut branch).as_str(), "V-C1-20261123-X-2");
    branch.store.check().unwrap();
}

#[test]
fn open_duties_that_the_class_can_meet_are_taken_in() {
    let mut branch = Branch::new();
    started(&mut branch);
    let due = branch.text("SELECT group_concat(codes, ';') FROM due_visits WHERE customer_id = 'C1' AND opens <= '2026-11-23'");
    let purposes = branch.text("SELECT coalesce(purposes, '') FROM visits");
    assert!(!purposes.is_empty());
    for code in purposes.split(';') {
        assert!(due.contains(code), "{code} of {due}");
    }
}

#[test]
fn four_eyes_on_records() {
    let mut branch = Branch::new();
    // A supervisor who wrote one answer is an author.
    let visit = shared(&mut branch);
    branch.run("wang", answer(&visit, "turnover", "一般", 0)).unwrap();
    branch.run("zhang", submit(&visit, 1)).unwrap();
    let hash = branch.text("SELECT content_hash FROM records");
    let cases = [
        ("wang", Refusal::OwnRecord),
        ("zhang", Refusal::NotAllowed),
        ("risk", Refusal::NotAllowed),
        ("far", Refusal::NotFound),
        ("admin", Refusal::NotAllowed),
    ];
    for (who, why) in cases {
        assert_eq!(branch.run(who, approve(&visit, 2, &hash)), Err(why), "{who}");
    }
    // The schema refuses as well, should this program ever forget to ask.
    let bare = "UPDATE records SET reviewed_by = 'wang'";
    assert!(branch.store.conn().execute_batch(bare).is_err());
    branch.run("zhao", approve(&visit, 2, &hash)).unwrap();
}

#[test]
fn a_record_changed_behind_the_program_is_not_approved() {
    let mut branch = Branch::new();
    let (visit, hash) = submitted(&mut branch);
    branch.store.conn().execute_batch("UPDATE answers SET value = 't:改了'").unwrap();
    let why = branch.run("wang", approve(&visit, 2, &hash)).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }));
}

#[test]
fn return_amend_withdraw_discard() {
    let mut branch = Branch::new();
    let (visit, _) = submitted(&mut branch);
    let back = |seen, reason: &str| Command::Return {
        visit: visit.clone(),
        seen,
        reason: reason.to_owned(),
    };
    let missing = Refusal::Invalid { field: "reason", why: "missing" };
    assert_eq!(branch.run("wang", back(2, " ")), Err(missing));
    branch.run("wang", back(2, "缺照片")).unwrap();
    assert_eq!(branch.text("SELECT state FROM visits"), "returned");
    assert_eq!(branch.text("SELECT submitted_on FROM visits"), "");
    assert_eq!(branch.text("SELECT kind || to_user FROM notices"), "record_returnedzhang");
    branch.run("zhang", submit(&visit, 3)).unwrap();
    // Taken back before review, it is a draft again, but not one to throw away.
    branch.run("zhang", Command::Withdraw { visit: visit.clone(), seen: 4 }).unwrap();
    assert_eq!(branch.text("SELECT state FROM visits"), "draft");
    let discard = |seen| Command::Discard { visit: visit.clone(), seen };
    assert!(matches!(branch.run("zhang", discard(5)), Err(Refusal::WrongState { .. })));
    branch.run("zhang", submit(&visit, 5)).unwrap();
    let hash = branch.text("SELECT content_hash FROM records");
    branch.run("wang", approve(&visit, 6, &hash)).unwrap();
    // An amendment leaves the approved version in force until it is handed in.
    let amend = Command::Amend { visit: visit.clone(), reason: "更正金额".to_owned() };
    branch.run("zhang", amend.clone()).unwrap();
    assert_eq!(branch.text("SELECT state FROM visits"), "approved");
    assert_eq!(branch.text("SELECT count(*) FROM answers"), "2");
    branch.run("zhang", discard(1)).unwrap();
    assert_eq!(branch.text("SELECT max(version) || count(*) FROM records"), "11");
    branch.run("zhang", amend).unwrap();
    branch.run("zhang", submit(&visit, 1)).unwrap();
    // The approved version counts until its amendment is approved as well.
    assert_eq!(branch.text("SELECT state FROM visits"), "approved");
    branch.run("wang", back(2, "再核")).unwrap();
    assert_eq!(branch.text("SELECT state FROM visits"), "approved");
    branch.store.check().unwrap();
}

#[test]
fn late_visits_say_why() {
    let quiet = |visit: &VisitId| Command::Submit {
        visit: visit.clone(),
        seen: 1,
        seen_answers: i64::MAX,
        lateness_reason: None,
        likeness_reason: None,
    };
    // 30 days before its maturity the loan was to be visited: that day is past.
    let mut branch = Branch::new();
    let sql = "UPDATE loans SET matures_on = '2026-12-15'";
    branch.store.conn().execute_batch(sql).unwrap();
    let visit = started(&mut branch);
    assert_ne!(branch.text("SELECT count(*) FROM due_visits WHERE due < '2026-11-23'"), "0");
    let missing = Refusal::Invalid { field: "lateness_reason", why: "missing" };
    assert_eq!(branch.run("zhang", quiet(&visit)), Err(missing));
    branch.run("zhang", submit(&visit, 1)).unwrap();
    assert_eq!(branch.text("SELECT lateness_reason FROM records"), "出差");
    // A young loan has nothing behind it: nobody is asked.
    let mut branch = Branch::new();
    let sql = "UPDATE loans SET disbursed_on = '2026-11-02', matures_on = '2027-11-02'";
    branch.store.conn().execute_batch(sql).unwrap();
    let visit = started(&mut branch);
    assert_eq!(branch.text("SELECT count(*) FROM due_visits WHERE due < '2026-11-23'"), "0");
    branch.run("zhang", quiet(&visit)).unwrap();
}
