use crate::store::tests::Branch;

/// Of a piece of C1: whether it is held, and whether its value counts.
#[test]
fn a_piece_counts_as_long_as_what_it_secures_runs() {
    let branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status,
                guarantee_mode) VALUES ('S1', 'C1', 9, 9, '2026-01-01', 'active', 'mortgage'),
                ('S2', 'C1', 9, 0, '2026-01-01', 'settled', 'mortgage'),
                ('S3', 'C1', 9, 9, '2026-01-01', 'active', 'credit'),
                ('X1', 'C2', 9, 9, '2026-01-01', 'active', 'mortgage');
             INSERT INTO collateral (collateral_id, customer_id, loan_id, kind, value)
                VALUES ('P', 'C1', NULL, 'x', 1)",
        )
        .unwrap();
    let found = |sql: &str| {
        branch.store.conn().execute_batch(sql).unwrap();
        branch.text(concat!("SELECT ", held!(), " || '/' || ", counts!(), " FROM collateral k"))
    };
    let of = |loan: &str| found(&format!("UPDATE collateral SET loan_id = {loan}"));
    assert_eq!(of("'S1'"), "1/1");
    assert_eq!(of("'S2'"), "0/0");
    assert_eq!(of("'S3'"), "1/0");
    // One that names no loan of hers stands for all that are secured.
    assert_eq!((of("NULL"), of("'X1'")), ("1/1".to_owned(), "1/1".to_owned()));
    assert_eq!(found("UPDATE loans SET guarantee_mode = NULL WHERE loan_id = 'S1'"), "1/0");
    assert_eq!(found("UPDATE loans SET status = 'settled' WHERE customer_id = 'C1'"), "0/0");
}
