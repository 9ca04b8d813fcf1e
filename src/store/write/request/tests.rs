//! Putting off and ending duties: who may, how far, and that the original date stays.

use chrono::NaiveDate;

use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, RequestId, UserId};
use crate::domain::order::{RequestGround, RequestKind};
use crate::protocol::command::{Command, RequestCommand};
use crate::protocol::page::{Page, RequestsPage};
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::tests::{Branch, actor, day};

fn date(text: &str) -> NaiveDate {
    crate::domain::sample::day(text)
}

/// What C1 owes that is not long past.
const NEXT: &str =
    "SELECT min(due) FROM due_visits WHERE customer_id = 'C1' AND due >= '2026-11-01'";

/// C1's loan matures on 2026-12-20: 30 days before that is a Friday, 2026-11-20, overdue by three
/// days. What was owed before, C1 was not yet in this system.
fn planned() -> (Branch, NaiveDate) {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    let since = "UPDATE customers SET onboarded_on = '2026-11-19' WHERE customer_id = 'C1'";
    tx.execute_batch(since).unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    let due = branch.text(NEXT);
    (branch, date(&due))
}

fn ask(due: NaiveDate, kind: RequestKind, new_due: Option<&str>) -> Command {
    Command::Request(RequestCommand::Ask {
        customer: CustomerId::from("C1"),
        due,
        kind,
        new_due: new_due.map(date),
        reason: "客户出差".to_owned(),
        interim: String::new(),
        ground: RequestGround::CustomerAway,
    })
}

fn page(branch: &Branch, who: &str) -> RequestsPage {
    match branch.store.query(&actor(who), day(0), &Query::Requests).unwrap() {
        Page::Requests(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

fn bundle(branch: &Branch) -> RequestId {
    page(branch, "wang").rows[0].bundle.clone()
}

fn decide(branch: &mut Branch, who: &str, approve: bool) -> Result<Outcome, Refusal> {
    let row = page(branch, "wang").rows[0].clone();
    branch.run(
        who,
        Command::Request(RequestCommand::Decide {
            bundle: row.bundle,
            seen: row.revision,
            approve,
            note: "请补电话回访".to_owned(),
        }),
    )
}

#[test]
fn an_approved_delay_moves_the_visit_and_keeps_the_original_date() {
    let (mut branch, due) = planned();
    branch.run("zhang", ask(due, RequestKind::Delay, Some("2026-12-10"))).unwrap();
    let asked = page(&branch, "wang");
    assert_eq!((asked.rows.len(), asked.rows[0].own), (1, false));
    assert_eq!(asked.rows[0].new_due, Some(date("2026-12-10")));
    assert!(page(&branch, "zhang").rows[0].own);
    decide(&mut branch, "wang", true).unwrap();
    let moved = "SELECT duties FROM due_visits WHERE customer_id = 'C1' AND due = '2026-12-10'";
    assert!(branch.text(moved).contains(&due.to_string()), "delayed_from stays");
    assert_eq!(branch.text("SELECT to_user FROM notices WHERE kind = 'request_decided'"), "zhang");
    let state = "decided".to_owned();
    assert_eq!(decide(&mut branch, "zhao", false), Err(Refusal::WrongState { state }));
}

#[test]
fn a_request_tells_the_working_day_that_the_plan_tells() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    // 30 days before that is Saturday, 2026-11-21: due on the Friday before.
    tx.execute_batch(
        "UPDATE customers SET onboarded_on = '2026-11-19' WHERE customer_id = 'C1';
         UPDATE loans SET matures_on = '2026-12-21' WHERE customer_id = 'C1'",
    )
    .unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    let due = date(&branch.text(NEXT));
    branch.run("zhang", ask(due, RequestKind::Delay, Some("2026-12-10"))).unwrap();
    let raw = date(&branch.text("SELECT min(raw_due) FROM requests"));
    assert_eq!((due, raw), (date("2026-11-20"), date("2026-11-21")));
    assert_eq!(page(&branch, "wang").rows[0].due, due, "while it waits");
    decide(&mut branch, "wang", true).unwrap();
    assert_eq!(page(&branch, "wang").rows[0].due, due, "put off: from its own day");
    let tx = branch.store.begin().unwrap();
    tx.execute_batch("DELETE FROM due_visits").unwrap();
    tx.commit().unwrap();
    assert_eq!(page(&branch, "wang").rows[0].due, due, "no longer in the plan");
}

#[test]
fn a_termination_ends_the_duty() {
    let (mut branch, due) = planned();
    let all = "SELECT count(*) FROM due_visits WHERE customer_id = 'C1' AND due = ";
    branch.run("zhang", ask(due, RequestKind::Termination, None)).unwrap();
    decide(&mut branch, "wang", true).unwrap();
    assert_eq!(branch.text(&format!("{all}'{due}'")), "0");
}

#[test]
fn what_the_policy_does_not_allow_is_refused_with_the_reason() {
    let (mut branch, due) = planned();
    let why = |why| Err(Refusal::Invalid { field: "new_due", why });
    let last = due.max(day(0).date_naive()) + chrono::Days::new(30);
    for (new_due, expected) in [
        (None, why("missing")),
        (Some("2026-11-22"), why("past")),
        (
            Some((last + chrono::Days::new(1)).to_string().as_str()),
            Err(Refusal::TooFar { field: "new_due", last }),
        ),
    ] {
        assert_eq!(branch.run("zhang", ask(due, RequestKind::Delay, new_due)), expected);
    }
    branch.run("zhang", ask(due, RequestKind::Delay, Some(&last.to_string()))).unwrap();
    let again = branch.run("zhang", ask(due, RequestKind::Termination, None));
    assert_eq!(again, Err(Refusal::Invalid { field: "request", why: "asked_already" }));
}

#[test]
fn what_is_very_late_gets_a_date_once_and_no_second_one_from_there() {
    let (mut branch, due) = planned();
    // Six weeks later nobody has been there.
    let now = day(42);
    branch.store.plan_book(now.date_naive()).unwrap();
    let last = now.date_naive() + chrono::Days::new(30);
    let at = |branch: &mut Branch, who: &str, n: u32, command: Command| {
        let op = crate::domain::ids::OpId(format!("late-{n}"));
        branch.store.apply(&actor(who), now, &op, &command)
    };
    let far = (last + chrono::Days::new(1)).to_string();
    let why = Err(Refusal::TooFar { field: "new_due", last });
    assert_eq!(at(&mut branch, "zhang", 1, ask(due, RequestKind::Delay, Some(&far))), why);
    let near = (now.date_naive() + chrono::Days::new(5)).to_string();
    at(&mut branch, "zhang", 2, ask(due, RequestKind::Delay, Some(&near))).unwrap();
    let bundle = branch.text("SELECT bundle FROM request_care").into();
    let note = String::new();
    let seen = branch.text("SELECT max(revision) FROM requests").parse().unwrap();
    let decide = RequestCommand::Decide { bundle, seen, approve: true, note };
    at(&mut branch, "wang", 3, Command::Request(decide)).unwrap();
    let second = ask(date(&near), RequestKind::Delay, Some(&last.to_string()));
    let why = Err(Refusal::Invalid { field: "new_due", why: "put_off_enough" });
    assert_eq!(at(&mut branch, "zhang", 4, second), why, "counted from the original date");
}

#[test]
fn a_second_delay_counts_from_the_original_date() {
    let (mut branch, due) = planned();
    let last = due + chrono::Days::new(30);
    branch.run("zhang", ask(due, RequestKind::Delay, Some("2026-12-05"))).unwrap();
    decide(&mut branch, "wang", true).unwrap();
    let far = (last + chrono::Days::new(1)).to_string();
    let why = Err(Refusal::TooFar { field: "new_due", last });
    let now = date("2026-12-05");
    assert_eq!(branch.run("zhang", ask(now, RequestKind::Delay, Some(&far))), why);
    branch.run("zhang", ask(now, RequestKind::Delay, Some(&last.to_string()))).unwrap();
}

#[test]
fn the_average_delay_counts_from_the_day_that_was_planned() {
    let (branch, _) = planned();
    // 2026-12-20 is a Sunday: due on Friday the 18th, put off by a week. The other, of a duty that is
    // over, by two days; what was refused or waits puts nothing off.
    let insert = |n: u32, raw: &str, new: &str, decision: &str| {
        branch.store.conn().execute_batch(&format!(
            "INSERT INTO requests (request_id, customer_id, code, ref, raw_due, kind, new_due, reason,
                 requested_by, decided_by, decided_on, decision)
             VALUES ('R{n}', 'C1', 'day90', 'L{n}', '{raw}', 'delay', '{new}', 'x', 'zhang',
                 iif({decision} IS NULL, NULL, 'wang'), iif({decision} IS NULL, NULL, '2026-11-23'),
                 {decision});
             INSERT INTO request_care (request_id, bundle, asked_at)
             VALUES ('R{n}', 'B{n}', '2026-11-2{n}T01:00:00Z')"
        ))
    };
    insert(1, "2026-12-20", "2026-12-25", "'approved'").unwrap();
    insert(2, "2026-12-16", "2026-12-18", "'approved'").unwrap();
    insert(3, "2026-12-16", "2027-01-20", "'refused'").unwrap();
    insert(4, "2026-12-16", "2027-01-20", "NULL").unwrap();
    let counts = page(&branch, "wang").counts;
    let [zhang] = counts.as_slice() else { panic!("{counts:?}") };
    assert_eq!((zhang.asked, zhang.approved, zhang.refused), (4, 2, 1));
    assert_eq!(zhang.tenths, Some(45));
}

#[test]
fn nobody_decides_her_own_and_nobody_elses_customer_is_seen() {
    let (mut branch, due) = planned();
    assert_eq!(branch.run("li", ask(due, RequestKind::Termination, None)), Err(Refusal::NotFound));
    assert_eq!(
        branch.run("risk", ask(due, RequestKind::Termination, None)),
        Err(Refusal::NotAllowed)
    );
    branch.run("wang", ask(due, RequestKind::Delay, Some("2026-12-10"))).unwrap();
    assert_eq!(decide(&mut branch, "wang", true), Err(Refusal::OwnRecord));
    assert_eq!(decide(&mut branch, "far", true), Err(Refusal::NotFound));
    assert_eq!(decide(&mut branch, "zhang", true), Err(Refusal::NotAllowed));
    assert!(page(&branch, "far").rows.is_empty() && page(&branch, "li").rows.is_empty());
    let open = bundle(&branch);
    let take = Command::Request(RequestCommand::Withdraw { bundle: open });
    assert_eq!(branch.run("zhang", take.clone()), Err(Refusal::NotAllowed));
    branch.run("wang", take).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM requests"), "0");
}

#[test]
fn a_grave_flag_asks_what_is_done_meanwhile() {
    let (mut branch, _) = planned();
    branch
        .run(
            "wang",
            Command::RaiseFlag {
                lowered: None,
                customer: CustomerId::from("C1"),
                visit: None,
                item: None,
                signal: "OPS-01".to_owned(),
                level: Level::Red,
                proposed: false,
                owner: Some(UserId::from("zhang")),
                measure: "现场核实".to_owned(),
                due_on: Some(date("2026-12-01")),
                note: String::new(),
            },
        )
        .unwrap();
    let due = date(&branch.text(NEXT));
    let command = ask(due, RequestKind::Delay, Some("2026-12-05"));
    let why = Err(Refusal::Invalid { field: "interim", why: "missing" });
    assert_eq!(branch.run("zhang", command.clone()), why);
    let Command::Request(RequestCommand::Ask {
        customer, due, kind, new_due, reason, ground, ..
    }) = command
    else {
        return;
    };
    let interim = "每周电话核实经营".to_owned();
    branch
        .run(
            "zhang",
            Command::Request(RequestCommand::Ask {
                customer,
                due,
                kind,
                new_due,
                reason,
                interim,
                ground,
            }),
        )
        .unwrap();
}

#[test]
fn an_id_is_never_used_again_and_a_decision_is_about_what_was_seen() {
    let (mut branch, due) = planned();
    branch.run("zhang", ask(due, RequestKind::Delay, Some("2026-12-02"))).unwrap();
    let read = page(&branch, "wang").rows[0].clone();
    let take = Command::Request(RequestCommand::Withdraw { bundle: read.bundle.clone() });
    branch.run("zhang", take).unwrap();
    branch.run("zhang", ask(due, RequestKind::Delay, Some("2026-12-10"))).unwrap();
    // What was read meanwhile is gone: its approval does not fall on the other request.
    let decide = |bundle: &RequestId, seen| {
        let (bundle, note) = (bundle.clone(), String::new());
        Command::Request(RequestCommand::Decide { bundle, seen, approve: true, note })
    };
    assert_eq!(branch.run("wang", decide(&read.bundle, read.revision)), Err(Refusal::NotFound));
    let now = bundle(&branch);
    assert_ne!(now, read.bundle);
    let told = "SELECT group_concat(subject) FROM notices WHERE kind = 'request_open' AND to_user = 'wang'";
    assert_eq!(branch.text(told), format!("{},{now}", read.bundle));
    let Page::Inbox(inbox) = branch.store.query(&actor("wang"), day(0), &Query::Inbox).unwrap()
    else {
        panic!()
    };
    let open = inbox.rows.iter().filter(|row| row.kind == "request_open" && row.stands).count();
    assert_eq!(open, 1, "the first one has nothing to be decided any more");
    // Changed since it was read.
    let change = "UPDATE requests SET reason = '改期', revision = revision + 1";
    branch.store.conn().execute_batch(change).unwrap();
    let changed = branch.run("wang", decide(&now, read.revision));
    assert!(matches!(changed, Err(Refusal::Conflict { .. })), "{changed:?}");
}

#[test]
fn supervisors_learn_of_a_request_of_an_officer_without_a_branch() {
    let (mut branch, due) = planned();
    // Who came by an import has none; the supervisors of the only branch see her customers.
    let sql = "UPDATE users SET branch = NULL WHERE user = 'zhang';
        UPDATE users SET branch = 'B1' WHERE branch = 'B2'";
    branch.store.conn().execute_batch(sql).unwrap();
    let officer = crate::access::Actor { branch: String::new(), ..actor("zhang") };
    let wish = ask(due, RequestKind::Termination, None);
    branch.store.apply(&officer, day(0), &"asked".into(), &wish).unwrap();
    let told = "SELECT count(*) FROM notices WHERE kind = 'request_open' AND to_user = 'wang'";
    assert_eq!(branch.text(told), "1");
}
