//! Commands as people use them: who may, what is refused, what comes twice, what is taken back.

use std::sync::Arc;

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::flag::{FlagStep, Level};
use crate::domain::user::Role;
use crate::domain::visit::{Purpose, VisitClass};
use crate::store::tests::{Branch, actor, day};
use chrono::Days;

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
        customer: CustomerId::from("C1"),
        visit: None,
        item: None,
        signal: "OPS-01".to_owned(),
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
    Command::MoveFlag { flag: flag.clone(), seen, step, note: note.to_owned() }
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
fn the_role_matrix() {
    type Case = (&'static str, fn() -> Command, Result<(), Refusal>);
    let cases: &[Case] = &[
        ("zhang", || start("C1"), Ok(())),
        ("wang", || start("C1"), Ok(())),
        // Out of scope looks like not there.
        ("li", || start("C1"), Err(Refusal::NotFound)),
        ("far", || start("C1"), Err(Refusal::NotFound)),
        ("zhang", || start("C9"), Err(Refusal::NotFound)),
        ("risk", || start("C1"), Err(Refusal::NotAllowed)),
        ("audit", || start("C1"), Err(Refusal::NotAllowed)),
        ("admin", || start("C1"), Err(Refusal::NotAllowed)),
        ("risk", || flag(Level::Red, false), Ok(())),
        ("audit", || flag(Level::Red, false), Err(Refusal::NotAllowed)),
        ("admin", || flag(Level::Red, false), Err(Refusal::NotAllowed)),
        ("li", || flag(Level::Red, false), Err(Refusal::NotFound)),
    ];
    for (who, command, wanted) in cases {
        let mut branch = Branch::new();
        assert_eq!(branch.run(who, command()).map(|_| ()), *wanted, "{who} {:?}", command());
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
fn a_discarded_draft_is_in_the_journal() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    branch.run("zhang", answer(&visit, "note", "电话13800138000", 0)).unwrap();
    branch.run("zhang", Command::Discard { visit: visit.clone(), seen: 1 }).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM visits"), "0");
    let kept = branch.text("SELECT before FROM journal WHERE command = 'discard'");
    assert!(kept.contains("138****8000") && !kept.contains("13800138000"), "{kept}");
}

#[test]
fn stale_answers_are_conflicts_with_both_values() {
    let mut branch = Branch::new();
    let visit = shared(&mut branch);
    let saved = branch.run("zhang", answer(&visit, "note", "甲", 0)).unwrap();
    let Outcome::Saved { revision, at, .. } = saved else { panic!("{saved:?}") };
    assert_eq!(at, "09:00:00");
    let why = branch.run("wang", answer(&visit, "note", "乙", 0)).unwrap_err();
    let field = ConflictField {
        field: "note".to_owned(),
        mine: "t:乙".to_owned(),
        theirs: "t:甲".to_owned(),
        by: "zhang".to_owned(),
    };
    assert_eq!(why, Refusal::Conflict { now: revision, fields: vec![field] });
    // The same value is no conflict.
    branch.run("wang", answer(&visit, "note", "甲", 0)).unwrap();
    // A cleared answer's revision never comes again.
    let clear = Command::Answer {
        visit: visit.clone(),
        item: "note".to_owned(),
        answer: None,
        seen: revision,
    };
    branch.run("zhang", clear).unwrap();
    branch.run("zhang", answer(&visit, "note", "丙", 0)).unwrap();
    let why = branch.run("wang", answer(&visit, "note", "丁", revision)).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }));
}

#[test]
fn answers_that_cant_be_kept_are_refused() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    for text in ["\u{1b}[2J", "a\u{7}"] {
        let why = branch.run("zhang", answer(&visit, "note", text, 0)).unwrap_err();
        assert!(matches!(why, Refusal::Invalid { field: "value", .. }), "{why:?}");
    }
    let codes = Value::Multi(vec!["a;b".to_owned()]);
    let multi = Answer { value: codes, evidence: None, note: String::new(), unchanged: false };
    let command = Command::Answer {
        visit: visit.clone(),
        item: "kinds".to_owned(),
        answer: Some(multi),
        seen: 0,
    };
    let malformed = Refusal::Invalid { field: "value", why: "malformed" };
    assert_eq!(branch.run("zhang", command), Err(malformed));
}

#[test]
fn the_same_op_writes_once_and_says_the_same() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let commands = [
        start("C1"),
        answer(&visit, "note", "甲", 0),
        flag(Level::Orange, false),
        submit(&visit, 1),
        Command::NoteCopy { customer: None, what: "name".to_owned() },
    ];
    for (i, command) in commands.iter().enumerate() {
        let op = OpId(format!("same-{i}"));
        let who = actor("zhang");
        let first = branch.store.apply(&who, day(0), &op, command).unwrap();
        let rows = branch.text("SELECT count(*) FROM journal");
        // Another session, after a lost line.
        let again = branch.second().apply(&who, day(0), &op, command).unwrap();
        assert_eq!(first, again);
        assert_eq!(branch.text("SELECT count(*) FROM journal"), rows, "{}", command.code());
    }
    let op = OpId::from("same-4");
    let stolen = branch.store.apply(&actor("li"), day(0), &op, &commands[4]).unwrap_err();
    assert_eq!(stolen, Refusal::Invalid { field: "op", why: "used" });
}

#[test]
fn grave_flags_are_closed_by_somebody_else_with_proof() {
    for level in [Level::Yellow, Level::Orange, Level::Red] {
        let mut branch = Branch::new();
        let id = raised(&mut branch, level, false);
        let own = branch.run("zhang", go(&id, 1, FlagStep::Cleared, "已还清"));
        if level == Level::Yellow {
            own.unwrap();
        } else {
            assert_eq!(own, Err(Refusal::OwnRecord));
            assert_eq!(
                branch.run("wang", go(&id, 1, FlagStep::Cleared, " ")),
                Err(Refusal::Invalid { field: "note", why: "missing" })
            );
            branch.run("wang", go(&id, 1, FlagStep::Cleared, "见凭证")).unwrap();
            assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind LIKE 'flag_%'"), "2");
        }
        assert_eq!(branch.text("SELECT state || closed_on FROM flags"), "closed2026-11-23");
    }
}

#[test]
fn handing_a_grave_flag_on_does_not_open_the_way_out() {
    let mut branch = Branch::new();
    let id = match branch.run("wang", flag(Level::Orange, false)).unwrap() {
        Outcome::FlagRaised(id) => id,
        other => panic!("{other:?}"),
    };
    let update = |seen, level, owner: &str, note: &str| Command::UpdateFlag {
        flag: id.clone(),
        seen,
        level,
        owner: UserId::from(owner),
        measure: "续查".to_owned(),
        due_on: today() + Days::new(9),
        note: note.to_owned(),
    };
    // The owner gives it away: she still was its owner.
    branch.run("zhang", update(1, Level::Orange, "li", "")).unwrap();
    let closed = branch.run("zhang", go(&id, 2, FlagStep::Cleared, "证明"));
    assert_eq!(closed, Err(Refusal::OwnRecord));
    let lowered = branch.run("zhang", update(2, Level::Yellow, "li", "好转"));
    assert_eq!(lowered, Err(Refusal::OwnRecord));
    branch.run("zhao", update(2, Level::Red, "li", "恶化")).unwrap();
    let why = branch.run("zhao", update(2, Level::Orange, "li", "好转")).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { now: 3, .. }), "{why:?}");
    branch.run("zhao", update(3, Level::Yellow, "li", "好转")).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM flag_history"), "4");
}

#[test]
fn proposals_must_be_decided_before_handing_in() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let Command::RaiseFlag { customer, signal, level, note, .. } = flag(Level::Red, true) else {
        panic!()
    };
    let propose = Command::RaiseFlag {
        customer,
        visit: Some(visit.clone()),
        item: Some("turnover".to_owned()),
        signal,
        level,
        proposed: true,
        owner: None,
        measure: String::new(),
        due_on: None,
        note,
    };
    let first = branch.run("zhang", propose.clone()).unwrap();
    assert_eq!(branch.run("zhang", propose).unwrap(), first);
    let Outcome::FlagRaised(id) = first else { panic!() };
    let why = branch.run("zhang", submit(&visit, 1)).unwrap_err();
    let gap = crate::domain::gap::Gap {
        item: "turnover".to_owned(),
        kind: crate::domain::gap::GapKind::OpenProposal,
    };
    // A red flag, even a proposed one, needs a second pair of eyes as well.
    let unsigned = crate::domain::gap::Gap {
        item: "co_inspector".to_owned(),
        kind: crate::domain::gap::GapKind::Unsigned,
    };
    assert_eq!(why, Refusal::Incomplete(vec![gap, unsigned]));
    let decide = |confirm, reason: &str| Command::DecideFlag {
        flag: id.clone(),
        seen: 1,
        confirm,
        owner: Some(UserId::from("nobody")),
        measure: "查".to_owned(),
        due_on: Some(today()),
        reason: reason.to_owned(),
    };
    let unknown = Refusal::Invalid { field: "owner", why: "unknown_user" };
    assert_eq!(branch.run("zhang", decide(true, "")), Err(unknown));
    let missing = Refusal::Invalid { field: "reason", why: "missing" };
    assert_eq!(branch.run("zhang", decide(false, "")), Err(missing));
    branch.run("zhang", decide(false, "误报")).unwrap();
    branch.run("zhang", submit(&visit, 1)).unwrap();
}

#[test]
fn undo_goes_back_step_by_step() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let value = |branch: &Branch| branch.text("SELECT value FROM answers WHERE item = 'note'");
    branch.run("zhang", answer(&visit, "note", "电话13800138000", 0)).unwrap();
    let seen: i64 = branch.text("SELECT revision FROM answers").parse().unwrap();
    branch.run("zhang", answer(&visit, "note", "乙", seen)).unwrap();
    let id = raised(&mut branch, Level::Yellow, false);
    branch.run("zhang", go(&id, 1, FlagStep::Acting, "")).unwrap();
    let undo = |branch: &mut Branch| branch.run("zhang", Command::Undo);
    undo(&mut branch).unwrap();
    assert_eq!(branch.text("SELECT step FROM flag_care"), "open");
    undo(&mut branch).unwrap();
    assert_eq!(branch.text("SELECT state FROM flags"), "rejected");
    // The journal masks the number; what comes back is the text itself.
    let undone = undo(&mut branch).unwrap();
    assert_eq!(undone, Outcome::Undone { command: "answer".to_owned() });
    assert_eq!(value(&branch), "t:电话13800138000");
    undo(&mut branch).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM answers"), "0");
    assert_eq!(undo(&mut branch), Err(Refusal::NothingToUndo));
    assert_eq!(branch.run("li", Command::Undo), Err(Refusal::NothingToUndo));
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn undo_never_reaches_over_somebody_elses_change() {
    let mut branch = Branch::new();
    let visit = shared(&mut branch);
    branch.run("zhang", answer(&visit, "other", "先", 0)).unwrap();
    branch.run("zhang", answer(&visit, "note", "甲", 0)).unwrap();
    let seen: i64 =
        branch.text("SELECT revision FROM answers WHERE item = 'note'").parse().unwrap();
    branch.run("wang", answer(&visit, "note", "乙", seen)).unwrap();
    let why = branch.run("zhang", Command::Undo).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }));
    assert_eq!(branch.run("zhang", Command::Undo), Err(Refusal::NothingToUndo));
}

#[test]
fn undo_of_visit_and_comment() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let before = branch.text(
        "SELECT visited_on || class || channel || facts FROM visits JOIN records USING (visit_id)",
    );
    let set = Command::SetVisit {
        visit: visit.clone(),
        visited_on: today() - Days::new(1),
        class: VisitClass::Offsite,
        channel: "电话".to_owned(),
        purposes: vec![Purpose {
            code: crate::domain::duty::DutyCode::Directed,
            reference: Some("T1".to_owned()),
        }],
        seen: 1,
    };
    branch.run("zhang", set).unwrap();
    assert_eq!(branch.text("SELECT purposes FROM visits"), "directed:T1");
    let comment =
        Command::Comment { visit: visit.clone(), item: None, text: "请补充".to_owned() };
    branch.run("zhang", comment).unwrap();
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM comments"), "0");
    branch.run("zhang", Command::Undo).unwrap();
    let after = branch.text(
        "SELECT visited_on || class || channel || facts FROM visits JOIN records USING (visit_id)",
    );
    assert_eq!(before, after);
}

#[test]
fn the_number_of_a_discarded_draft_never_comes_again() {
    let mut branch = Branch::new();
    let first = started(&mut branch);
    branch.run("zhang", Command::Discard { visit: first.clone(), seen: 1 }).unwrap();
    let second = started(&mut branch);
    assert_eq!((first.as_str(), second.as_str()), ("V-C1-20261123-X", "V-C1-20261123-X-2"));
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

#[test]
fn drafts_and_places_are_kept_without_a_journal_row() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let rows = branch.text("SELECT count(*) FROM journal");
    let draft = |text: &str| Command::KeepDraft {
        visit: visit.clone(),
        item: "note".to_owned(),
        text: text.to_owned(),
        caret: 1,
    };
    branch.run("zhang", draft("半句")).unwrap();
    branch
        .run("zhang", Command::KeepPlace { visit: visit.clone(), item: "note".to_owned() })
        .unwrap();
    assert_eq!(
        branch.text("SELECT text || cursor FROM field_drafts JOIN records USING (visit_id)"),
        "半句note"
    );
    assert_eq!(branch.text("SELECT count(*) FROM journal"), rows);
    assert_eq!(branch.run("li", draft("偷")), Err(Refusal::NotFound));
    branch.run("zhang", answer(&visit, "note", "整句", 0)).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM field_drafts"), "0");
    branch.run("zhang", submit(&visit, 1)).unwrap();
    assert!(matches!(branch.run("zhang", draft("晚")), Err(Refusal::WrongState { .. })));
}

#[test]
fn people_and_messages() {
    let mut branch = Branch::new();
    let set = |user: &str, role, disabled| Command::SetUser {
        user: UserId::from(user),
        name: "新人".to_owned(),
        role,
        branch: "B1".to_owned(),
        disabled,
    };
    assert_eq!(branch.run("wang", set("new", Role::Officer, false)), Err(Refusal::NotAllowed));
    branch.run("admin", set("new", Role::Officer, false)).unwrap();
    let me = Refusal::Invalid { field: "user", why: "self" };
    assert_eq!(branch.run("admin", set("admin", Role::Supervisor, false)), Err(me));
    // Who is disabled while logged in writes nothing more.
    branch.run("admin", set("zhang", Role::Officer, true)).unwrap();
    assert_eq!(branch.run("zhang", start("C1")), Err(Refusal::NotAllowed));
    branch.run("risk", flag_for("wang")).unwrap();
    let id: i64 =
        branch.text("SELECT notice_id FROM notices WHERE to_user = 'wang'").parse().unwrap();
    assert_eq!(branch.run("zhao", Command::Acknowledge { notice: id }), Err(Refusal::NotFound));
    branch.run("wang", Command::Acknowledge { notice: id }).unwrap();
    branch.run("wang", Command::Acknowledge { notice: id }).unwrap();
}

fn flag_for(owner: &str) -> Command {
    let mut command = flag(Level::Red, false);
    if let Command::RaiseFlag { owner: who, .. } = &mut command {
        *who = Some(UserId::from(owner));
    }
    command
}

#[test]
fn two_sessions_write_in_turn() {
    let mut branch = Branch::new();
    let visit = shared(&mut branch);
    let path = branch.store.path().to_owned();
    let packs = Arc::clone(&branch.packs);
    std::thread::scope(|scope| {
        for who in ["zhang", "wang"] {
            let (visit, path, packs) = (visit.clone(), path.clone(), Arc::clone(&packs));
            scope.spawn(move || {
                let mut store = Store::open(&path, packs, crate::store::Mode::Existing).unwrap();
                for n in 0..30 {
                    let op = OpId(format!("{who}-{n}"));
                    let write = answer(&visit, &format!("{who}_{n}"), "x", 0);
                    store.apply(&actor(who), day(0), &op, &write).unwrap();
                }
            });
        }
    });
    assert_eq!(branch.text("SELECT count(*) FROM answers"), "60");
    branch.store.check().unwrap();
}

#[test]
fn the_shipped_checklist_is_asked() {
    let mut branch = Branch::with(Arc::new(crate::assets::packs().unwrap()));
    let visit = started(&mut branch);
    assert!(!branch.text("SELECT sections FROM records").is_empty());
    assert!(branch.text("SELECT pack FROM records").starts_with("checklists@"));
    let Err(Refusal::Incomplete(gaps)) = branch.run("zhang", submit(&visit, 1)) else {
        panic!("an empty record was handed in")
    };
    assert!(gaps.iter().all(|gap| gap.kind != crate::domain::gap::GapKind::Wanted));
    // A value of another kind than the question's is refused.
    let library = Arc::clone(&branch.packs.library);
    let money = library
        .sections()
        .iter()
        .flat_map(|section| &section.items)
        .find(|item| item.kind == crate::form::Kind::Money && !item.computed)
        .unwrap();
    let wrong = Refusal::Invalid { field: "value", why: "wrong_kind" };
    assert_eq!(branch.run("zhang", answer(&visit, &money.code, "一百万", 0)), Err(wrong));
}

#[test]
fn a_new_role_branch_or_leave_is_felt_at_once() {
    for change in ["role = 'risk'", "branch = 'B2'", "disabled = 1"] {
        let mut branch = Branch::new();
        let visit = started(&mut branch);
        let home = crate::protocol::query::Query::Home;
        branch.store.query(&actor("zhang"), day(0), &home).unwrap();
        let sql = format!("UPDATE users SET {change} WHERE user = 'zhang'");
        branch.store.conn().execute_batch(&sql).unwrap();
        let draft = Command::KeepDraft {
            visit: visit.clone(),
            item: "note".to_owned(),
            text: "半".to_owned(),
            caret: 0,
        };
        for command in [answer(&visit, "note", "甲", 0), draft] {
            assert_eq!(branch.run("zhang", command), Err(Refusal::NotAllowed), "{change}");
        }
        let read = branch.store.query(&actor("zhang"), day(0), &home);
        assert_eq!(read.map(|_| ()), Err(Refusal::NotAllowed), "{change}");
    }
    // The owner of the file keeps house without being a user.
    let mut branch = Branch::new();
    let mut owner = actor("nobody");
    let home = crate::protocol::query::Query::Home;
    assert!(branch.store.query(&owner, day(0), &home).is_err());
    owner.operator = true;
    owner.role = Role::Auditor;
    branch.store.query(&owner, day(0), &home).unwrap();
    let op = OpId::from("house");
    let copy = Command::NoteCopy { customer: None, what: "a".to_owned() };
    branch.store.apply(&owner, day(0), &op, &copy).unwrap();
}

#[test]
fn four_eyes_on_flags_count_every_hand() {
    // Imported with an owner, handed on by the next import: both owned it.
    let mut branch = Branch::new();
    branch.store.conn().execute_batch(
        "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on, owner)
         VALUES ('F1', 'C1', 'x', 'red', 'confirmed', '2026-11-01', '2026-11-01', 'wang');
         UPDATE flags SET owner = 'zhang' WHERE flag_id = 'F1'").unwrap();
    let id = FlagId::from("F1");
    let close = |seen| go(&id, seen, FlagStep::Cleared, "证明");
    assert_eq!(branch.run("wang", close(1)), Err(Refusal::OwnRecord));
    assert!(branch.store.conn().execute_batch("DELETE FROM flag_owners").is_err());
    branch.run("zhao", close(1)).unwrap();
    // Who confirmed a flag does not end it.
    let id = raised(&mut branch, Level::Red, true);
    let confirm = Command::DecideFlag {
        flag: id.clone(),
        seen: 1,
        confirm: true,
        owner: Some(UserId::from("zhang")),
        measure: "查".to_owned(),
        due_on: Some(today()),
        reason: String::new(),
    };
    branch.run("wang", confirm).unwrap();
    assert_eq!(branch.run("wang", go(&id, 2, FlagStep::Cleared, "证明")), Err(Refusal::OwnRecord));
    // Nor is confirming, or raising a grave one, taken back.
    assert_eq!(branch.run("wang", Command::Undo), Err(Refusal::OwnRecord));
    assert_eq!(branch.run("wang", Command::Undo), Err(Refusal::NothingToUndo));
    raised(&mut branch, Level::Orange, false);
    assert_eq!(branch.run("zhang", Command::Undo), Err(Refusal::NothingToUndo));
}
