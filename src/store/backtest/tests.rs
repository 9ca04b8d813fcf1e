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
    Event { on: on.parse().unwrap(), kind: Kind::Late }
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
    let lowered = |on: &str| Event { on: on.parse().unwrap(), kind: Kind::Downgrade };
    let wanted = vec![lowered("2026-03-02"), lowered("2026-06-01")];
    assert_eq!(events_of(&branch, "zhang").get("C1"), Some(&wanted));
}

#[test]
fn with_too_few_outcomes_nothing_is_told_of_scores() {
    let branch = Branch::new();
    let page = seen(&branch, "wang").unwrap();
    assert!(page.grades.is_empty() && page.quarters.is_empty());
    assert!(page.outcomes < page.least_outcomes);
    assert!(page.signals.iter().all(|one| one.precision.is_none()), "{:?}", page.signals);
}
