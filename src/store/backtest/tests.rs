use super::*;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
use crate::store::tests::{Branch, actor, day as at};

fn seen(branch: &Branch, user: &str) -> std::result::Result<BacktestPage, Refusal> {
    match branch.store.query(&actor(user), at(0), &Query::Backtest)? {
        Page::Backtest(page) => Ok((*page).clone()),
        other => panic!("{other:?}"),
    }
}

fn events_of(branch: &Branch, user: &str) -> Events {
    let sight = Sight::of(&actor(user));
    events(branch.store.conn(), &sight, "2026-11-23".parse().unwrap(), 8).unwrap()
}

fn late(on: &str) -> Event {
    let on: NaiveDate = on.parse().unwrap();
    Event { on, kind: Kind::Late, since: on - Days::new(8) }
}

/// What became of the only signal of the branch, by 23 November 2026.
fn outcome(branch: &Branch) -> BacktestSignal {
    let mut page = seen(branch, "wang").unwrap();
    page.signals.retain(|one| one.signal == "ACC-03");
    page.signals.remove(0)
}

#[test]
fn an_instalment_is_an_event_on_the_day_on_which_it_is_late_enough() {
    let branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO repayments (loan_id, due_on, paid_on) VALUES \
             ('L1', '2026-07-20', '2026-07-27'), ('L1', '2026-08-20', '2026-08-28'), \
             ('L1', '2026-09-20', NULL), ('L1', '2026-11-20', NULL)",
        )
        .unwrap();
    let wanted = vec![late("2026-08-28"), late("2026-09-28")];
    assert_eq!(events_of(&branch, "zhang").get("C1"), Some(&wanted));
    // Who does not see the customer counts nothing of her.
    assert!(events_of(&branch, "li").is_empty());
    assert_eq!(seen(&branch, "admin"), Err(Refusal::NotFound));
}

#[test]
fn what_a_prepaid_loan_leaves_in_the_schedule_never_came_true() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    conn.execute_batch(
        "UPDATE loans SET status = 'settled', settled_on = '2026-07-24' WHERE loan_id = 'L1'; \
         INSERT INTO repayments (loan_id, due_on, principal) VALUES \
         ('L1', '2026-06-20', 100), ('L1', '2026-07-20', 100), ('L1', '2026-08-20', 100), \
         ('L1', '2026-09-20', 100)",
    )
    .unwrap();
    // That of June was late; that of July was paid with all the rest, four days after.
    assert_eq!(events_of(&branch, "zhang").get("C1"), Some(&vec![late("2026-06-28")]));
}

#[test]
fn a_part_of_an_instalment_is_none() {
    let branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO repayments (loan_id, due_on, principal, interest, paid_on, paid_amount) \
             VALUES ('L1', '2026-07-20', 100, 20, '2026-07-20', 20), \
             ('L1', '2026-08-20', 100, 20, NULL, 120)",
        )
        .unwrap();
    assert_eq!(events_of(&branch, "zhang").get("C1"), Some(&vec![late("2026-07-28")]));
}

#[test]
fn a_tier_that_two_people_lowered_is_an_event_on_its_day_here() {
    let branch = Branch::new();
    let decided = |n: i64, state: &str, before: &str, tier: &str, at: &str| {
        format!(
            "INSERT INTO tier_decisions (customer_id, n, state, before, tier, machine, \
             machine_reasons, pack, reason, proposed_by, proposed_at, decided_by, decided_at) \
             VALUES ('C1', {n}, '{state}', '{before}', '{tier}', 'normal', '', 't@1', 'x', \
             'zhang', '{at}', 'wang', '{at}');"
        )
    };
    // 17:00 in Greenwich is the next day here.
    let rows = [
        decided(1, "confirmed", "normal", "special_mention", "2026-03-01T17:00:00Z"),
        decided(2, "confirmed", "special_mention", "normal", "2026-04-01T02:00:00Z"),
        decided(3, "refused", "normal", "loss", "2026-05-01T02:00:00Z"),
        decided(4, "confirmed", "substandard", "doubtful", "2026-06-01T02:00:00Z"),
        decided(5, "confirmed", "doubtful", "substandard", "2026-07-01T02:00:00Z"),
    ];
    branch.store.conn().execute_batch(&rows.concat()).unwrap();
    let lowered = |on: &str| {
        let on = on.parse().unwrap();
        Event { on, kind: Kind::Downgrade, since: on }
    };
    let wanted = vec![lowered("2026-03-02"), lowered("2026-06-01")];
    assert_eq!(events_of(&branch, "zhang").get("C1"), Some(&wanted));
}

#[test]
fn the_overdue_that_raised_a_signal_does_not_prove_it() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    // Open since January, forty days late when the signal was raised; the tier was lowered for it.
    conn.execute_batch(
        "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on) \
         VALUES ('FX', 'C1', 'ACC-03', 'red', 'confirmed', '2026-03-01'); \
         INSERT INTO repayments (loan_id, due_on, paid_on) VALUES \
         ('L1', '2026-01-20', '2026-03-20'), ('L1', '2026-02-20', '2026-03-20'), \
         ('L1', '2026-03-20', '2026-03-20'), ('L1', '2026-04-20', '2026-04-22'); \
         INSERT INTO tier_decisions (customer_id, n, state, before, tier, machine, \
         machine_reasons, pack, reason, proposed_by, proposed_at, decided_by, decided_at) \
         VALUES ('C1', 1, 'confirmed', 'normal', 'special_mention', 'special_mention', \
         'overdue:43:7:L1\nevent:refinanced', 't@1', 'x', 'zhang', '2026-03-04T02:00:00Z', \
         'wang', '2026-03-05T02:00:00Z')",
    )
    .unwrap();
    let one = outcome(&branch);
    assert_eq!((one.raised, one.ripe, one.came_true, one.downgraded), (1, 1, 0, 0));
    // Lowered anew for something else.
    conn.execute_batch(
        "INSERT INTO tier_decisions SELECT customer_id, 2, state, tier, 'substandard', \
         'substandard', 'event:impaired\noverdue:80:7:L1', pack, reason, proposed_by, \
         '2026-04-10T02:00:00Z', decided_by, '2026-04-11T02:00:00Z' , note, subgrade \
         FROM tier_decisions",
    )
    .unwrap();
    assert_eq!((outcome(&branch).came_true, outcome(&branch).downgraded), (1, 1));
    // An instalment that fell due afterwards was late.
    conn.execute_batch(
        "DELETE FROM tier_decisions; \
         UPDATE repayments SET paid_on = '2026-04-28' WHERE due_on = '2026-04-20'",
    )
    .unwrap();
    let one = outcome(&branch);
    assert_eq!((one.came_true, one.downgraded), (1, 0));
}

#[test]
fn with_too_few_outcomes_nothing_is_told_of_scores() {
    let branch = Branch::new();
    let page = seen(&branch, "wang").unwrap();
    assert!(page.grades.is_empty() && page.quarters.is_empty());
    assert!(page.outcomes < page.least_outcomes);
    assert!(page.signals.iter().all(|one| one.precision.is_none()), "{:?}", page.signals);
}

#[test]
fn a_customer_is_watched_from_loan_to_loan() {
    let branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE loans SET disbursed_on = '2024-01-01', status = 'settled', \
             settled_on = '2024-12-31' WHERE customer_id = 'C1'; \
             INSERT INTO loans (loan_id, customer_id, amount, disbursed_on, matures_on, status) \
             VALUES ('S2', 'C1', 1, '2025-02-01', '2025-08-01', 'settled'), \
                 ('S3', 'C1', 1, '2026-01-01', '2027-01-01', 'active')",
        )
        .unwrap();
    let mut owed = owed(branch.store.conn(), &Sight::of(&actor("zhang"))).unwrap();
    let of = owed.get_mut("C1").unwrap();
    of.sort_unstable();
    of.dedup();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let wanted = [
        (day("2024-01-01"), Some(day("2024-12-31"))),
        // Nobody says when it was settled: on its last day.
        (day("2025-02-01"), Some(day("2025-08-01"))),
        (day("2026-01-01"), None),
    ];
    assert_eq!(*of, wanted);
}
