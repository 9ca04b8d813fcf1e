use super::due::urgency;
use super::duties::encode_duties;
use super::*;
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
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
fn the_cadence_dates_follow_a_change_for_the_worse() {
    let mut desk = desk();
    let packs = std::sync::Arc::clone(desk.store.packs());
    let tx = desk.store.begin().unwrap();
    let id = CustomerId::from("C001");
    let load = || portfolio::load(&tx, &packs, &id).unwrap().unwrap();
    let change = |then: &CustomerFile| cadence_change(&tx, &packs, then, &load(), today()).unwrap();
    let first = load();
    assert_eq!(change(&first), None, "nothing has changed");
    tx.execute("UPDATE loans SET tier = 'special_mention' WHERE loan_id = 'L001'", []).unwrap();
    assert!(change(&first).unwrap().extra);
    let both = CadenceDates { since: true, extra: true };
    assert_eq!(set_cadence(&tx, &id, today(), both).unwrap(), [None, None]);
    let second = load();
    assert_eq!(second.customer.cadence_since, Some(today()));
    assert_eq!(second.customer.extra_visit_from, Some(today()));
    assert_eq!(change(&second), None);
    tx.execute("UPDATE loans SET tier = 'normal' WHERE loan_id = 'L001'", []).unwrap();
    assert!(!change(&second).unwrap().extra, "for the better, and nothing is overdue any more");
    let neither = CadenceDates { since: false, extra: false };
    set_cadence(&tx, &id, today().succ_opt().unwrap(), neither).unwrap();
    assert_eq!(load().customer.cadence_since, Some(today()), "the import's own column stands");
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
fn a_version_of_the_policy_is_written_without_moving_a_row() {
    let mut desk = desk();
    let packs = std::sync::Arc::clone(desk.store.packs());
    let tx = desk.store.begin().unwrap();
    project_book(&tx, &packs, today()).unwrap();
    let mut policy = packs.policy.clone();
    policy.version = "other@1".to_owned();
    let packs = packs.with_policy(policy);
    let before = tx.total_changes();
    project_book(&tx, &packs, today()).unwrap();
    // The rows that name it, one statement each and no trigger, and the mark that the book stands.
    let named = "SELECT (SELECT count(*) FROM due_visits WHERE duties LIKE '%other@1%')
        + (SELECT count(*) FROM customer_facts WHERE cell LIKE '%other@1') + 1";
    let named: i64 = tx.query_row(named, [], |row| row.get(0)).unwrap();
    let named = u64::try_from(named).unwrap();
    assert!(named > 2);
    assert_eq!(tx.total_changes() - before, named);
    assert_eq!(project_book(&tx, &packs, today()).unwrap(), 0);
}
