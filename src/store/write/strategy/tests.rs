//! One puts a strategy forward, another approves it; its steps are met, missed, noted by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, FixedOffset};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::deadline::{DeadlineKey, DeadlineKind, DeadlineMark};
use crate::domain::ids::OpId;
use crate::domain::money::Fen;
use crate::domain::sample::day as date;
use crate::domain::visit::VisitClass;
use crate::protocol::command::{Command, MarkDeadline};
use crate::protocol::page::{Page, StrategyRow};
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day as at};

mod records;

fn c1() -> CustomerId {
    CustomerId::from("C1")
}

fn run(branch: &mut Branch, user: &str, command: StrategyCommand) -> Result<Outcome, Refusal> {
    branch.run(user, Command::Strategy(command))
}

fn step(due: &str, yuan: i64) -> PlanStep {
    PlanStep {
        due: date(due), target: Fen::from_yuan(yuan), measure: "处置存货还款".to_owned()
    }
}

fn propose(strategy: Strategy, steps: &[PlanStep], seen: Revision) -> StrategyCommand {
    let (reason, steps) = ("经营恶化".to_owned(), steps.to_vec());
    StrategyCommand::Propose { customer: c1(), strategy, reason, steps, seen }
}

fn decide(n: i64, seen: Revision, approve: bool, note: &str) -> StrategyCommand {
    StrategyCommand::Decide { customer: c1(), n, seen, approve, note: note.to_owned() }
}

fn row(branch: &Branch, user: &str) -> StrategyRow {
    let query = Query::Strategies { customer: Some(c1()), officer: None };
    match branch.store.query(&actor(user), at(0), &query).unwrap() {
        Page::Strategies(page) => page.rows[0].clone(),
        other => panic!("{other:?}"),
    }
}

fn why(found: Result<Outcome, Refusal>) -> &'static str {
    match found {
        Err(Refusal::Invalid { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

/// A branch in which a plan of two steps is in force.
fn reducing() -> Branch {
    let mut branch = Branch::new();
    branch.store.plan_book(at(0).date_naive()).unwrap();
    let steps = [step("2026-12-15", 500_000), step("2027-02-28", 200_000)];
    run(&mut branch, "zhang", propose(Strategy::Reduce, &steps, 0)).unwrap();
    run(&mut branch, "wang", decide(1, 1, true, "同意")).unwrap();
    branch
}

/// Jobs up to a day, week by week: a clock that leaps is not believed.
fn jobs(branch: &mut Branch, until: i64) {
    let last = branch.text("SELECT max(business_date) FROM job_runs").parse::<chrono::NaiveDate>();
    let mut n = last.map_or(0, |last| (last - at(0).date_naive()).num_days());
    while n < until {
        n = (n + 7).min(until);
        night(branch, at(n));
    }
}

fn night(branch: &mut Branch, now: DateTime<FixedOffset>) {
    let ran = branch.store.run_jobs(now, "s");
    assert!(ran.iter().all(|job| job.error.is_none()), "{ran:?}");
}

fn flags(branch: &Branch) -> String {
    branch.text("SELECT count(*) FROM flags WHERE signal = 'ACC-22' AND state = 'proposed'")
}

fn steps_due(branch: &Branch) -> String {
    branch.text("SELECT group_concat(ref || '@' || due || '/' || in_a_row, ' ') FROM deadlines WHERE kind = 'plan_step'")
}

#[test]
fn a_strategy_is_approved_by_somebody_else_and_its_steps_fall_due() {
    let mut branch = Branch::new();
    branch.store.plan_book(at(0).date_naive()).unwrap();
    assert_eq!(row(&branch, "zhang").in_force(), Strategy::Keep, "assumed");
    let steps = [step("2026-12-15", 500_000), step("2027-02-28", 200_000)];
    run(&mut branch, "zhang", propose(Strategy::Reduce, &steps, 0)).unwrap();
    assert_eq!(steps_due(&branch), "", "what waits is owed by nobody");
    let open = row(&branch, "wang").open.unwrap();
    assert_eq!((open.n, open.revision, open.strategy, open.own), (1, 1, Strategy::Reduce, false));
    assert_eq!(open.steps.iter().map(|row| row.plan.clone()).collect::<Vec<_>>(), steps);
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'strategy_open'"), "2");
    // One at a time.
    let other = run(&mut branch, "wang", propose(Strategy::Exit, &[], 0));
    assert_eq!(why(other), "asked_already");
    let mine = run(&mut branch, "zhang", decide(1, 1, true, ""));
    assert_eq!(mine.unwrap_err(), Refusal::NotAllowed);
    run(&mut branch, "wang", decide(1, 1, true, "同意")).unwrap();
    let shown = row(&branch, "zhang");
    assert_eq!((shown.in_force(), shown.open), (Strategy::Reduce, None));
    assert_eq!(steps_due(&branch), "1-1@2026-12-15/0 1-2@2027-02-28/0");
    let late = run(&mut branch, "zhao", decide(1, 2, false, "x")).unwrap_err();
    assert!(matches!(late, Refusal::WrongState { .. }), "{late:?}");
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command LIKE '%_strategy'"), "2");
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'strategy_decided'"), "1");
    // Whoever writes past the commands is refused by the table itself.
    for sql in [
        "UPDATE strategies SET decided_by = proposed_by",
        "UPDATE strategies SET reason = 'x'",
        "UPDATE strategies SET state = 'refused'",
        "INSERT INTO strategies (customer_id, n, state, in_force, before, strategy, reason, pack, \
         proposed_by, proposed_at) VALUES ('C1', 9, 'noted', 1, 'keep', 'keep', 'x', 'p', 'a', 'b')",
    ] {
        assert!(branch.store.conn().execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn nobody_approves_her_own_nor_what_has_no_plan() {
    let mut branch = Branch::new();
    run(&mut branch, "wang", propose(Strategy::Exit, &[], 0)).unwrap();
    assert_eq!(run(&mut branch, "wang", decide(1, 1, true, "")).unwrap_err(), Refusal::OwnRecord);
    assert_eq!(why(run(&mut branch, "zhao", decide(1, 1, true, ""))), "no_steps");
    let refused = run(&mut branch, "zhao", decide(1, 1, false, " "));
    assert!(matches!(refused, Err(Refusal::Invalid { field: "note", .. })), "{refused:?}");
    run(&mut branch, "zhao", decide(1, 1, false, "依据不足")).unwrap();
    assert_eq!(row(&branch, "zhao").in_force(), Strategy::Keep);
    for user in ["li", "far"] {
        let refused = run(&mut branch, user, propose(Strategy::Exit, &[], 0)).unwrap_err();
        assert_eq!(refused, Refusal::NotFound, "{user}");
    }
    for user in ["audit", "admin"] {
        let refused = run(&mut branch, user, propose(Strategy::Exit, &[], 0)).unwrap_err();
        assert_eq!(refused, Refusal::NotAllowed, "{user}");
    }
    assert_eq!(why(run(&mut branch, "zhang", propose(Strategy::Keep, &[], 0))), "in_force_already");
}

#[test]
fn a_plan_that_does_not_go_down_is_refused_with_the_reason() {
    let mut branch = Branch::new();
    for (strategy, steps, expected) in [
        (Strategy::Increase, vec![step("2026-12-15", 1)], "no_plan"),
        (Strategy::Reduce, vec![step("2026-12-15", 800_000)], "step_targets"),
        (Strategy::Reduce, vec![step("2026-11-23", 1)], "step_days"),
        (Strategy::Reduce, vec![step("2029-11-23", 1)], "too_far"),
        (Strategy::Exit, vec![step("2026-12-15", 1)], "not_nothing"),
    ] {
        let found = run(&mut branch, "zhang", propose(strategy, &steps, 0));
        assert_eq!(why(found), expected, "{steps:?}");
    }
    let silent = StrategyCommand::Propose {
        customer: c1(),
        strategy: Strategy::Increase,
        reason: " ".to_owned(),
        steps: Vec::new(),
        seen: 0,
    };
    assert_eq!(why(run(&mut branch, "zhang", silent)), "missing");
}

#[test]
fn a_proposal_is_changed_and_taken_back_by_its_author_and_a_stale_decision_is_a_conflict() {
    let mut branch = Branch::new();
    run(&mut branch, "zhang", propose(Strategy::Reduce, &[], 0)).unwrap();
    run(&mut branch, "zhang", propose(Strategy::Exit, &[step("2026-12-15", 0)], 1)).unwrap();
    let stale = run(&mut branch, "wang", decide(1, 1, true, "")).unwrap_err();
    assert!(matches!(stale, Refusal::Conflict { now: 2, .. }), "{stale:?}");
    let stale = run(&mut branch, "zhang", propose(Strategy::Reduce, &[], 1)).unwrap_err();
    assert!(matches!(stale, Refusal::Conflict { now: 2, .. }), "{stale:?}");
    let back = |seen| StrategyCommand::Withdraw { customer: c1(), n: 1, seen };
    assert_eq!(run(&mut branch, "wang", back(2)).unwrap_err(), Refusal::NotAllowed);
    run(&mut branch, "zhang", back(2)).unwrap();
    let shown = row(&branch, "zhang");
    assert_eq!((shown.open, shown.past.len()), (None, 1));
    assert_eq!(branch.text("SELECT strategy || state FROM strategies"), "exitwithdrawn");
    // The history stays, and the next has the next number.
    run(&mut branch, "zhang", propose(Strategy::Increase, &[], 0)).unwrap();
    assert_eq!(row(&branch, "zhang").open.unwrap().n, 2);
}

#[test]
fn leaving_a_plan_is_approved_and_keeping_needs_nobody() {
    let mut branch = reducing();
    run(&mut branch, "zhang", propose(Strategy::Keep, &[], 0)).unwrap();
    assert_eq!(row(&branch, "zhang").in_force(), Strategy::Reduce, "it still waits");
    run(&mut branch, "wang", decide(2, 1, true, "")).unwrap();
    assert_eq!(steps_due(&branch), "", "a plan that is over asks for nothing");
    let shown = row(&branch, "zhang");
    assert_eq!((shown.in_force(), shown.past.len()), (Strategy::Keep, 1));
    run(&mut branch, "zhang", propose(Strategy::Increase, &[], 0)).unwrap();
    run(&mut branch, "wang", decide(3, 1, true, "")).unwrap();
    // From growing back to keeping takes no second person.
    run(&mut branch, "zhang", propose(Strategy::Keep, &[], 0)).unwrap();
    let shown = row(&branch, "zhang");
    assert_eq!(
        (shown.in_force(), shown.open.is_none(), shown.past.len()),
        (Strategy::Keep, true, 3)
    );
    assert_eq!(shown.current.unwrap().state, StrategyState::Noted);
}

#[test]
fn a_step_is_met_by_the_balance_and_missed_after_its_grace() {
    let mut branch = reducing();
    jobs(&mut branch, 23);
    assert_eq!(steps_due(&branch), "1-1@2026-12-15/0 1-2@2027-02-28/0", "within the grace");
    assert_eq!(flags(&branch), "0");
    jobs(&mut branch, 28);
    assert_eq!(flags(&branch), "1");
    assert_eq!(
        branch.text("SELECT level || note FROM flags WHERE signal = 'ACC-22'"),
        "orange处置存货还款 · 1-1 · 2026-12-15"
    );
    jobs(&mut branch, 29);
    assert_eq!(flags(&branch), "1", "once");
    branch.store.conn().execute("UPDATE loans SET balance = 50000000", []).unwrap();
    jobs(&mut branch, 30);
    assert_eq!(steps_due(&branch), "1-2@2027-02-28/0");
    assert_eq!(
        branch.text("SELECT group_concat(coalesce(met_on, '-') || coalesce(met_balance, ''), ' ') FROM strategy_steps"),
        "2026-12-2350000000 -"
    );
    // Met is met, whatever the balance does afterwards.
    branch.store.conn().execute("UPDATE loans SET balance = 70000000", []).unwrap();
    jobs(&mut branch, 31);
    assert_eq!(steps_due(&branch), "1-2@2027-02-28/0");
    // An unknown balance meets nothing.
    branch.store.conn().execute("UPDATE loans SET balance = NULL", []).unwrap();
    jobs(&mut branch, 32);
    assert_eq!(steps_due(&branch), "1-2@2027-02-28/0");
}

#[test]
fn a_step_is_noted_by_hand_with_proof_and_taken_back() {
    let mut branch = reducing();
    let mark = |mark, reason: &str| {
        let key = DeadlineKey {
            customer: c1(),
            kind: DeadlineKind::Step,
            reference: "1-1".to_owned(),
            due: date("2026-12-15"),
        };
        let (reason, done_on, value) = (reason.to_owned(), None, None);
        Command::MarkDeadline(Box::new(MarkDeadline { key, mark, reason, done_on, value, seen: 0 }))
    };
    assert_eq!(why(branch.run("zhang", mark(DeadlineMark::Received, " "))), "missing");
    let waived = branch.run("zhang", mark(DeadlineMark::Waived, "展期"));
    assert_eq!(waived.unwrap_err(), Refusal::NotAllowed);
    branch.run("zhang", mark(DeadlineMark::Received, "还款凭证 12 号")).unwrap();
    assert_eq!(steps_due(&branch), "1-2@2027-02-28/0");
    let other = branch.run("wang", mark(DeadlineMark::Waived, "展期")).unwrap_err();
    assert!(matches!(other, Refusal::Conflict { .. }), "{other:?}");
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(steps_due(&branch), "1-1@2026-12-15/0 1-2@2027-02-28/0");
    branch.run("wang", mark(DeadlineMark::Waived, "展期一个月")).unwrap();
    let current = row(&branch, "zhang").current.unwrap();
    let marked = current.steps[0].marked.clone().unwrap();
    assert_eq!((marked.0, marked.3.as_str()), (DeadlineMark::Waived, "展期一个月"));
    assert_eq!(current.next().unwrap().step, 2);
}

#[test]
fn the_same_command_twice_writes_once() {
    let mut branch = Branch::new();
    let (op, command) = (OpId::from("once"), propose(Strategy::Increase, &[], 0));
    for _ in 0..2 {
        branch
            .store
            .apply(&actor("zhang"), at(0), &op, &Command::Strategy(command.clone()))
            .unwrap();
    }
    assert_eq!(branch.text("SELECT count(*) FROM strategies"), "1");
}

#[test]
fn what_nobody_decides_on_is_told_and_no_longer_once_it_is_decided() {
    let mut branch = Branch::new();
    run(&mut branch, "zhang", propose(Strategy::Increase, &[], 0)).unwrap();
    jobs(&mut branch, 10);
    let told = "SELECT count(*) FROM notices WHERE kind = 'strategy_late'";
    assert_eq!(branch.text(told), "0");
    jobs(&mut branch, 11);
    assert_eq!(branch.text(told), "3", "her officer and both supervisors");
    let unread = |branch: &Branch| match branch.store.query(&actor("wang"), at(11), &Query::Inbox) {
        Ok(Page::Inbox(page)) => {
            page.rows.iter().filter(|row| row.unread && row.kind.starts_with("strategy")).count()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(unread(&branch), 2);
    run(&mut branch, "wang", decide(1, 1, false, "暂不增持")).unwrap();
    assert_eq!(unread(&branch), 0);
}

/// How many queries the list makes, and how many rows and strategies it gives.
fn asked(branch: &mut Branch) -> (usize, usize, usize) {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    let conn = &mut branch.store.opened.conn;
    // Nothing is kept, so that each statement is prepared anew, and counted then.
    conn.set_prepared_statement_cache_capacity(0);
    let count_it = move |asked: AuthContext<'_>| {
        if matches!(asked.action, AuthAction::Select) {
            seen.fetch_add(1, Ordering::Relaxed);
        }
        Authorization::Allow
    };
    conn.authorizer(Some(count_it)).unwrap();
    let query = Query::Strategies { customer: None, officer: None };
    let Page::Strategies(page) = branch.store.query(&actor("wang"), at(0), &query).unwrap() else {
        panic!("another page");
    };
    let rows = page.rows.iter();
    let told = rows.map(|row| usize::from(row.open.is_some()) + row.past.len()).sum();
    (count.load(Ordering::Relaxed), page.rows.len(), told)
}

#[test]
fn the_list_asks_as_often_for_many_as_for_one() {
    let mut branch = Branch::new();
    run(&mut branch, "zhang", propose(Strategy::Exit, &[step("2026-12-15", 0)], 0)).unwrap();
    let (one, rows, told) = asked(&mut branch);
    assert_eq!((rows, told), (1, 1));
    branch
        .store
        .conn()
        .execute_batch(
            "WITH RECURSIVE k(n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM k WHERE n < 40)
             INSERT INTO customers (customer_id, name, line, officer, onboarded_on)
             SELECT 'C' || n, '客户' || n, 'corporate', 'zhang', '2025-01-01' FROM k;
             INSERT INTO strategies (customer_id, n, state, before, strategy, reason, pack, proposed_by,
                 proposed_at)
             SELECT c.customer_id, k.n, iif(k.n = 1, 'withdrawn', 'proposed'), 'keep', 'exit', 'x', 'p',
                 'zhang', '2026-11-23T01:00:00Z'
             FROM customers c, (SELECT 1 AS n UNION ALL SELECT 2) k WHERE length(c.customer_id) = 3;
             INSERT INTO strategy_steps (customer_id, n, step, due_on, target, measure)
             SELECT customer_id, n, 1, '2026-12-15', n, 'x' FROM strategies WHERE n = 2;",
        )
        .unwrap();
    let (many, rows, told) = asked(&mut branch);
    assert_eq!((rows, told), (32, 63));
    assert_eq!(many, one);
    let query = Query::Strategies { customer: None, officer: None };
    let Page::Strategies(page) = branch.store.query(&actor("wang"), at(0), &query).unwrap() else {
        panic!("another page");
    };
    // Each has her own: what waits with its step, what was taken back without.
    for row in page.rows.iter().filter(|row| row.customer != c1()) {
        let open = row.open.as_ref().unwrap();
        assert_eq!((open.n, open.steps[0].plan.target), (2, Fen(2)), "{row:?}");
        assert_eq!((row.past[0].n, row.past[0].steps.len()), (1, 0), "{row:?}");
    }
}
