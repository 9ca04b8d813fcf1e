use super::*;
use crate::store::tests::{Branch, actor};

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
    let today = "2026-11-23".parse().unwrap();
    let read = |user: &str| branch.store.backtest(&actor(user), today, 8);
    let wanted: Vec<NaiveDate> =
        ["2026-08-28", "2026-09-28"].iter().map(|day| day.parse().unwrap()).collect();
    assert_eq!(read("zhang").unwrap().events.get("C1"), Some(&wanted));
    // Who does not see the customer counts nothing of her.
    assert!(read("li").unwrap().events.is_empty());
    assert!(read("admin").is_err());
}
