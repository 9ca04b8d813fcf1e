//! Figures of a visit's day.

use super::*;
use crate::domain::ids::VisitId;
use crate::store::tests::{Branch, day};

/// What is known of C1 on 23 November 2026 when flows and power begin in these months.
fn known(flows: &str, power: &str, more: &str) -> [Option<String>; 4] {
    let branch = Branch::new();
    let sql = format!(
        "WITH RECURSIVE m (day) AS (SELECT '2025-11-01' UNION ALL
            SELECT date(day, '+1 month') FROM m WHERE day < '2026-11-01')
         INSERT INTO account_flows (customer_id, month, inflow)
            SELECT 'C1', substr(day, 1, 7), 100 FROM m WHERE substr(day, 1, 7) >= '{flows}';
         WITH RECURSIVE m (day) AS (SELECT '2025-11-01' UNION ALL
            SELECT date(day, '+1 month') FROM m WHERE day < '2026-11-01')
         INSERT INTO utilities (customer_id, month, kind, quantity)
            SELECT 'C1', substr(day, 1, 7), 'power', 10000 FROM m WHERE substr(day, 1, 7) >= '{power}';
         {more}"
    );
    branch.store.conn().execute_batch(&sql).unwrap();
    let (customer, visit) = (CustomerId::from("C1"), VisitId::from(""));
    let on = day(0).date_naive();
    let facts = gather(
        branch.store.conn(),
        branch.store.packs(),
        &customer,
        &visit,
        VisitClass::Onsite,
        on,
        &[],
    )
    .unwrap();
    [facts::INFLOW_3M, facts::INFLOW_12M, facts::POWER_3M, facts::POWER_BEFORE_3M]
        .map(|name| facts.get(name).map(Value::encode))
}

#[test]
fn a_sum_of_months_is_known_only_with_every_month() {
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        known("2025-11", "2026-05", ""),
        [some("f:300"), some("f:1200"), some("n:30000"), some("n:30000")]
    );
    // One month of the twelve and of the six is not there.
    assert_eq!(known("2025-12", "2026-06", ""), [some("f:300"), None, some("n:30000"), None]);
    let gap = "DELETE FROM account_flows WHERE month = '2026-09'; \
        UPDATE utilities SET quantity = 0 WHERE month = '2026-09'";
    assert_eq!(
        known("2025-11", "2026-05", gap),
        [None, None, some("n:20000"), some("n:30000")],
        "nothing used is not the same as nothing known"
    );
    assert_eq!(known("2027-01", "2027-01", ""), [None, None, None, None]);
}
