use super::*;
use crate::domain::duty::{DutyClass, DutyCode};
use crate::store::read::tests::{desk, today};
use proptest::prelude::*;

#[test]
fn a_second_projection_changes_nothing_and_a_change_only_its_customer() {
    let mut desk = desk();
    let packs = std::sync::Arc::clone(desk.store.packs());
    assert_eq!(desk.store.plan_book(today()).unwrap(), 0);
    let tx = desk.store.begin().unwrap();
    tx.execute("UPDATE customers SET officer = 'li' WHERE customer_id = 'C001'", []).unwrap();
    let before = tx.total_changes();
    assert!(project_customer(&tx, &packs, &"C001".into(), today()).unwrap());
    assert!(tx.total_changes() > before);
    let stale: i64 = tx
        .query_row(
            "SELECT count(*) FROM due_visits WHERE customer_id = 'C001' AND officer <> 'li'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(stale, 0);
    assert!(!project_customer(&tx, &packs, &"nope".into(), today()).unwrap());
    assert_eq!(project_book(&tx, &packs, today()).unwrap(), 0);
}

#[test]
fn urgency_orders_as_planning_does() {
    let fen = |n| Some(Fen(n));
    let falling = [
        (Some(Level::Red), Tier::Normal, None),
        (Some(Level::Red), Tier::Normal, fen(i64::MIN)),
        (Some(Level::Orange), Tier::Loss, fen(i64::MAX)),
        (Some(Level::Orange), Tier::Loss, fen(5)),
        (Some(Level::Orange), Tier::Doubtful, fen(1_000_000_000_000)),
        (None, Tier::SpecialMention, fen(0)),
        (None, Tier::Normal, fen(7)),
        (None, Tier::Normal, fen(0)),
        (None, Tier::Normal, None),
    ];
    let numbers: Vec<i64> = falling.iter().map(|(l, t, e)| urgency(*l, *t, *e)).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    // The first two differ in exposure only; a missing one counts as less than any.
    sorted.swap(0, 1);
    assert_eq!(numbers, sorted);
}

proptest! {
    #[test]
    fn duties_survive_storage(reference in any::<String>(), rule in any::<String>(), days in 0u64..9999, delayed: bool) {
        let day = today() + chrono::Days::new(days);
        let duty = Duty {
            code: DutyCode::Handover, reference, class: DutyClass::Onsite, opens: day, raw_due: day,
            due: today(), delayed_from: delayed.then_some(day), rule, policy: "default@1".into(),
        };
        let duties = vec![duty.clone(), duty];
        prop_assert_eq!(decode_duties(&encode_duties(&duties)), Some(duties));
    }
}

#[test]
fn the_load_is_what_counting_the_due_visits_would_give() {
    let mut desk = desk();
    let packs = std::sync::Arc::clone(desk.store.packs());
    let tx = desk.store.begin().unwrap();
    let same = || {
        let differ: i64 = tx
            .query_row(
                "SELECT count(*) FROM (SELECT officer, due, class, visits FROM due_load) l \
                 FULL JOIN (SELECT officer, due, class, count(*) AS n FROM due_visits \
                   GROUP BY officer, due, class) d \
                 ON d.officer = l.officer AND d.due = l.due AND d.class = l.class \
                 WHERE l.visits IS NOT d.n",
                [],
                |row| row.get(0),
            )
            .unwrap();
        differ == 0
    };
    assert!(same());
    tx.execute("UPDATE customers SET officer = 'li' WHERE customer_id = 'C001'", []).unwrap();
    project_customer(&tx, &packs, &"C001".into(), today()).unwrap();
    assert!(same());
    project_book(&tx, &packs, today() + Days::new(40)).unwrap();
    assert!(same());
    let held: i64 = tx.query_row("SELECT count(*) FROM due_load", [], |row| row.get(0)).unwrap();
    assert!(held > 0);
}
