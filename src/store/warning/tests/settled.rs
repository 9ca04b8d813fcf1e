//! Customers who have paid everything back.

use super::*;

#[test]
fn of_whom_nothing_is_lent_any_more_nothing_is_proposed() {
    let mut branch = neighbours();
    let conn = branch.store.conn();
    conn.execute_batch(
        "INSERT INTO statements (customer_id, period_end, period_months, total_assets, total_liabilities)
            SELECT customer_id, '2026-09-30', 9, 100000, 90000 FROM customers WHERE customer_id IN ('C1', 'C3');
         INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on)
            VALUES ('F9', 'C3', 'MGT-03', 'yellow', 'confirmed', '2026-11-01', '2026-11-01');
         UPDATE loans SET status = 'settled', settled_on = '2026-11-20' WHERE customer_id = 'C3'",
    )
    .unwrap();
    branch.store.run_jobs(day(0), "s");
    let of = |customer: &str| {
        branch.text(&format!(
            "SELECT group_concat(signal || ':' || state, ' ') FROM (SELECT * FROM flags
             WHERE customer_id = '{customer}' ORDER BY signal)"
        ))
    };
    assert_eq!(of("C1"), "EXT-08:proposed EXT-11:proposed FIN-01:proposed");
    assert_eq!(of("C3"), "MGT-03:confirmed");
}
