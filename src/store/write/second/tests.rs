//! Two persons at a visit: who may be asked, who may sign, what a signature is worth.

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::ids::CustomerId;
use crate::domain::visit::VisitClass;
use crate::protocol::command::{Command, Conduct};
use crate::protocol::page::{Page, Second};
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day};

fn start(branch: &mut Branch) -> VisitId {
    let command = Command::StartVisit {
        customer: CustomerId::from("C1"),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    match branch.run("zhang", command).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

fn answer(visit: &VisitId, text: &str, seen: Revision) -> Command {
    let value = Value::Text(text.to_owned());
    let answer = Answer { value, evidence: None, note: String::new(), unchanged: false };
    let item = "conclusion".to_owned();
    Command::Answer { visit: visit.clone(), item, answer: Some(answer), seen }
}

fn submit(branch: &Branch, visit: &VisitId) -> Command {
    let seen = branch.text("SELECT revision FROM records").parse().unwrap();
    Command::Submit {
        visit: visit.clone(),
        seen,
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: None,
    }
}

fn ask_for(visit: &VisitId, user: Option<&str>, seen: Revision) -> Command {
    Command::Conduct(Conduct::AskSecond {
        visit: visit.clone(),
        user: user.map(UserId::from),
        seen,
    })
}

/// What this person sees of the co-inspection; `None` = no such record.
fn seen_by(branch: &Branch, who: &str, visit: &VisitId) -> Option<Second> {
    match branch.store.query(&actor(who), day(0), &Query::Visit { visit: visit.clone() }) {
        Ok(Page::Visit(page)) => Some(page.second.clone()),
        Err(Refusal::NotFound) => None,
        other => panic!("{other:?}"),
    }
}

fn signature(branch: &Branch, who: &str, visit: &VisitId) -> Command {
    let row = seen_by(branch, who, visit).unwrap().asked.unwrap();
    Command::Conduct(Conduct::SignSecond {
        visit: visit.clone(),
        stand: Stand::Agree,
        opinion: "到场核对一致".to_owned(),
        content_hash: row.content_hash,
        seen: row.revision,
    })
}

fn red_flag(branch: &Branch) {
    let sql = "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on, owner, measure, due_on)
        VALUES ('R1', 'C1', 'EXT-05', 'red', 'confirmed', '2026-11-01', '2026-11-01', 'zhang', '追加担保', '2026-12-01')";
    branch.store.conn().execute_batch(sql).unwrap();
}

#[test]
fn a_grave_visit_is_handed_in_only_with_her_signature() {
    let mut branch = Branch::new();
    red_flag(&branch);
    let visit = start(&mut branch);
    branch.run("zhang", answer(&visit, "正常", 0)).unwrap();
    let owed = vec![Gap { item: PLACE.to_owned(), kind: GapKind::Unsigned }];
    let hand_in = |branch: &Branch| submit(branch, &visit);
    let command = hand_in(&branch);
    assert_eq!(branch.run("zhang", command), Err(Refusal::Incomplete(owed.clone())));
    // Li does not see the customer, and not the record either, until she is asked.
    assert_eq!(seen_by(&branch, "li", &visit), None);
    branch.run("zhang", ask_for(&visit, Some("li"), 0)).unwrap();
    let seen = seen_by(&branch, "li", &visit).unwrap();
    assert!(seen.mine && seen.outside && seen.colleagues.is_empty());
    assert_eq!(branch.text("SELECT to_user FROM notices WHERE kind = 'co_inspect'"), "li");
    let Page::Inbox(inbox) = branch.store.query(&actor("li"), day(0), &Query::Inbox).unwrap()
    else {
        panic!()
    };
    assert_eq!(inbox.rows[0].name.as_deref(), Some("鼎盛新能源"));
    let dossier = Query::Dossier { customer: CustomerId::from("C1") };
    assert_eq!(branch.store.query(&actor("li"), day(0), &dossier), Err(Refusal::NotFound));
    let command = hand_in(&branch);
    assert_eq!(branch.run("zhang", command), Err(Refusal::Incomplete(owed.clone())));
    // She signs what she read; a change of an answer makes that void, and she signs again.
    let sign = signature(&branch, "li", &visit);
    branch.run("li", sign).unwrap();
    assert!(seen_by(&branch, "zhang", &visit).unwrap().asked.unwrap().holds);
    let revision = branch.text("SELECT revision FROM answers").parse().unwrap();
    branch.run("zhang", answer(&visit, "有改动", revision)).unwrap();
    assert!(!seen_by(&branch, "zhang", &visit).unwrap().asked.unwrap().holds);
    let command = hand_in(&branch);
    assert_eq!(branch.run("zhang", command), Err(Refusal::Incomplete(owed)));
    let sign = signature(&branch, "li", &visit);
    branch.run("li", sign).unwrap();
    let command = hand_in(&branch);
    branch.run("zhang", command).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'sign_second'"), "2");
    branch.store.check().unwrap();
}

#[test]
fn what_a_rule_only_proposes_asks_for_nobody() {
    let mut branch = Branch::new();
    red_flag(&branch);
    let visit = start(&mut branch);
    let reason = |branch: &Branch| seen_by(branch, "zhang", &visit).unwrap().reason;
    assert!(reason(&branch).is_some());
    let proposed = "UPDATE flags SET state = 'proposed', confirmed_on = NULL";
    branch.store.conn().execute_batch(proposed).unwrap();
    assert_eq!(reason(&branch), None);
}

#[test]
fn whose_signature_is_void_is_told_again() {
    let mut branch = Branch::new();
    let visit = start(&mut branch);
    let told = |branch: &Branch| {
        branch.text(
            "SELECT count(*) FROM notices
             WHERE kind = 'co_inspect' AND acknowledged_at IS NULL",
        )
    };
    let revision =
        |branch: &Branch| seen_by(branch, "zhang", &visit).unwrap().asked.unwrap().revision;
    let read = |branch: &Branch| {
        let sql = "UPDATE notices SET acknowledged_at = '2026-11-23T01:00:00Z'";
        branch.store.conn().execute_batch(sql).unwrap();
    };
    branch.run("zhang", ask_for(&visit, Some("li"), 0)).unwrap();
    // Read but not signed: the message is the only way to the record.
    read(&branch);
    let seen = revision(&branch);
    branch.run("zhang", ask_for(&visit, Some("li"), seen)).unwrap();
    assert_eq!(told(&branch), "1");
    let sign = signature(&branch, "li", &visit);
    branch.run("li", sign).unwrap();
    read(&branch);
    // What stands is not asked for twice.
    let seen = revision(&branch);
    branch.run("zhang", ask_for(&visit, Some("li"), seen)).unwrap();
    assert_eq!(told(&branch), "0");
    branch.run("zhang", answer(&visit, "后来写的", 0)).unwrap();
    let seen = revision(&branch);
    branch.run("zhang", ask_for(&visit, Some("li"), seen)).unwrap();
    assert_eq!(told(&branch), "1");
    let row = seen_by(&branch, "li", &visit).unwrap().asked.unwrap();
    assert_eq!((row.stand, row.holds), (None, false));
    branch.store.check().unwrap();
}

#[test]
fn nobody_signs_for_her() {
    let mut branch = Branch::new();
    let visit = start(&mut branch);
    branch.run("zhang", ask_for(&visit, Some("li"), 0)).unwrap();
    let good = signature(&branch, "li", &visit);
    for (who, wanted) in [
        ("zhang", Refusal::NotAllowed),
        ("wang", Refusal::NotAllowed),
        ("far", Refusal::NotFound),
        ("audit", Refusal::NotAllowed),
        ("admin", Refusal::NotFound),
    ] {
        assert_eq!(branch.run(who, good.clone()), Err(wanted), "{who}");
    }
    // The lead takes her own request back and tries to keep the signature under another name.
    branch.run("li", good).unwrap();
    let conn = branch.store.conn();
    for sql in [
        "UPDATE co_inspections SET user = 'zhao'",
        "INSERT INTO co_inspections (visit_id, version, user, asked_by, asked_at) SELECT visit_id, 2, 'zhang', 'zhang', '' FROM records",
        "DELETE FROM co_inspections; INSERT INTO co_inspections (visit_id, version, user, asked_by, asked_at) SELECT visit_id, 1, author, 'wang', '' FROM records",
        "UPDATE co_inspections SET signed_at = NULL",
    ] {
        conn.execute_batch("SAVEPOINT t").unwrap();
        assert!(conn.execute_batch(sql).is_err(), "{sql}");
        conn.execute_batch("ROLLBACK TO t; RELEASE t").unwrap();
    }
    // Taking back the last change does not reach a signature, the lead's no more than her own.
    for (who, command) in [("li", "sign_second"), ("zhang", "ask_second")] {
        assert_eq!(branch.run(who, Command::Undo), Err(Refusal::Stays { command }), "{who}");
    }
    let row = seen_by(&branch, "zhang", &visit).unwrap().asked.unwrap();
    assert_eq!((row.user.as_str(), row.stand, row.holds), ("li", Some(Stand::Agree), true));
}

#[test]
fn a_signature_is_of_what_she_read() {
    let mut branch = Branch::new();
    let visit = start(&mut branch);
    branch.run("zhang", ask_for(&visit, Some("li"), 0)).unwrap();
    let read = signature(&branch, "li", &visit);
    branch.run("zhang", answer(&visit, "后来写的", 0)).unwrap();
    assert!(matches!(branch.run("li", read), Err(Refusal::Conflict { .. })));
    // Asked again meanwhile: what she looked at is another request.
    let old = signature(&branch, "li", &visit);
    let seen = |branch: &Branch| seen_by(branch, "zhang", &visit).unwrap().asked.unwrap().revision;
    let first = seen(&branch);
    branch.run("zhang", ask_for(&visit, None, first)).unwrap();
    assert_eq!(branch.run("li", old.clone()), Err(Refusal::NotFound));
    branch.run("zhang", ask_for(&visit, Some("li"), 0)).unwrap();
    assert!(matches!(branch.run("li", old), Err(Refusal::Conflict { .. })));
    let mut empty = signature(&branch, "li", &visit);
    if let Command::Conduct(Conduct::SignSecond { opinion, .. }) = &mut empty {
        *opinion = "  ".to_owned();
    }
    let wanted = Refusal::Invalid { field: "opinion", why: "missing" };
    assert_eq!(branch.run("li", empty), Err(wanted));
}

#[test]
fn who_can_be_asked() {
    let mut branch = Branch::new();
    let visit = start(&mut branch);
    for (user, why) in [
        ("zhang", "self"),
        ("out", "unknown_user"),
        ("far", "unknown_user"),
        ("audit", "unknown_user"),
        ("admin", "unknown_user"),
        ("nobody", "unknown_user"),
    ] {
        let found = branch.run("zhang", ask_for(&visit, Some(user), 0));
        assert_eq!(found, Err(Refusal::Invalid { field: PLACE, why }), "{user}");
    }
    assert_eq!(branch.run("li", ask_for(&visit, Some("wang"), 0)), Err(Refusal::NotFound));
    assert_eq!(branch.run("wang", ask_for(&visit, Some("li"), 0)), Err(Refusal::NotAllowed));
    branch.run("zhang", ask_for(&visit, Some("li"), 0)).unwrap();
    assert!(matches!(
        branch.run("zhang", ask_for(&visit, Some("wang"), 0)),
        Err(Refusal::Conflict { .. })
    ));
}

#[test]
fn who_signed_reviews_nothing() {
    let mut branch = Branch::new();
    let visit = start(&mut branch);
    branch.run("zhang", ask_for(&visit, Some("wang"), 0)).unwrap();
    let sign = signature(&branch, "wang", &visit);
    branch.run("wang", sign).unwrap();
    let command = submit(&branch, &visit);
    branch.run("zhang", command).unwrap();
    let approve = |branch: &Branch| Command::Approve {
        visit: visit.clone(),
        seen: branch.text("SELECT revision FROM records").parse().unwrap(),
        content_hash: branch.text("SELECT content_hash FROM records"),
        note: String::new(),
    };
    let command = approve(&branch);
    assert_eq!(branch.run("wang", command.clone()), Err(Refusal::OwnRecord));
    // Nor past the command: the schema knows her too.
    let sql = "UPDATE records SET reviewed_by = 'wang'";
    assert!(branch.store.conn().execute_batch(sql).is_err());
    // After it was handed in nothing is signed or asked any more.
    let late = signature(&branch, "wang", &visit);
    assert!(matches!(branch.run("wang", late), Err(Refusal::WrongState { .. })));
    assert!(matches!(
        branch.run("zhang", ask_for(&visit, None, 0)),
        Err(Refusal::WrongState { .. })
    ));
    branch.run("zhao", command).unwrap();
}
