use super::*;
use crate::store::tests::Branch;

#[test]
fn both_tables_are_one_statement_and_either_alone_is_one() {
    let branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO statements (customer_id, period_end, period_months, total_assets) VALUES
               ('C1', '2026-06-30', 6, 7700), ('C1', '2025-12-31', 12, 0);
             INSERT INTO statement_details (customer_id, period_end, source, audited, income_tax, shares_pledged) VALUES
               ('C1', '2026-06-30', 'tax', 1, -5, 555000), ('C1', '2026-09-30', NULL, 0, 3, NULL);",
        )
        .unwrap();
    let all = of_customer(branch.store.conn(), &CustomerId::from("C1"), 8).unwrap();
    let ends: Vec<String> = all.iter().map(|s| s.period_end.to_string()).collect();
    assert_eq!(ends, ["2026-09-30", "2026-06-30", "2025-12-31"]);
    let both = &all[1];
    assert_eq!(both.get(StatementLine::TotalAssets), Some(Fen(7_700)));
    assert_eq!(both.get(StatementLine::IncomeTax), Some(Fen(-5)));
    assert_eq!((both.months, both.audited), (Some(6), true));
    assert_eq!((both.source, both.pledged), (Some(StatementSource::Tax), Some(Decimal4(555_000))));
    // Nothing is unknown, and 0 is a figure.
    assert_eq!(all[2].amounts.len(), 1);
    assert_eq!(of_customer(branch.store.conn(), &CustomerId::from("C1"), 1).unwrap().len(), 1);
}
