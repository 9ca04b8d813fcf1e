//! Whose figures whoever runs the rules sees.

use super::*;
use crate::store::tests::actor;

#[test]
fn figures_are_for_those_who_see_the_customer() {
    let mut branch = neighbours();
    branch.store.run_jobs(day(0), "s");
    let conn = branch.store.conn();
    conn.execute_batch("UPDATE flags SET signal = 'x' WHERE origin = 'here'").unwrap();
    let made = branch
        .store
        .propose_signals(Some(&["C1", "P5"].map(CustomerId::from)), day(0), "s")
        .unwrap();
    let seen = |who: &str| {
        let seen = branch.store.seen_by(&actor(who), made.clone()).unwrap();
        let customers = seen.into_iter().map(|one| one.customer.0);
        customers.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(seen("zhang"), ["C1"]);
    assert_eq!(seen("audit"), ["C1", "P5"]);
    assert_eq!(seen("admin"), [] as [&str; 0]);
}
