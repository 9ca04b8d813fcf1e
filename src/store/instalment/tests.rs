use crate::store::tests::Branch;

/// Of an instalment of the 20th of August: what is said of it, and on which day it was paid in full.
#[test]
fn paid_in_full_is_what_the_amount_says_and_else_the_day() {
    let branch = Branch::new();
    for (principal, interest, paid_on, amount, wanted) in [
        // Amounts as given.
        ("100", "20", "'2026-08-20'", "120", "2026-08-20"),
        ("100", "20", "'2026-08-28'", "120", "2026-08-28"),
        ("100", "20", "'2026-08-20'", "20", ""),
        ("100", "NULL", "'2026-08-20'", "99", ""),
        ("NULL", "20", "NULL", "20", "2026-08-20"),
        ("100", "20", "NULL", "120", "2026-08-20"),
        ("100", "20", "NULL", "119", ""),
        ("100", "20", "NULL", "NULL", ""),
        ("100", "20", "'2026-08-21'", "NULL", "2026-08-21"),
        // What was due is not told: any payment is one.
        ("NULL", "NULL", "'2026-08-20'", "NULL", "2026-08-20"),
        ("NULL", "NULL", "NULL", "5", "2026-08-20"),
        ("NULL", "NULL", "NULL", "NULL", ""),
        // Nothing was due.
        ("0", "0", "NULL", "NULL", "2026-08-20"),
        ("0", "NULL", "NULL", "0", "2026-08-20"),
    ] {
        let row = format!("'L1', '2026-08-20', {principal}, {interest}, {paid_on}, {amount}");
        branch
            .store
            .conn()
            .execute_batch(&format!(
                "DELETE FROM repayments;
                 INSERT INTO repayments (loan_id, due_on, principal, interest, paid_on, paid_amount)
                    VALUES ({row})"
            ))
            .unwrap();
        let found = |what: &str| {
            let from = "FROM repayments r JOIN loans l ON l.loan_id = r.loan_id";
            branch.text(&format!("SELECT coalesce({what}, '') {from}"))
        };
        assert_eq!(found(paid_on!()), wanted, "{row}");
        assert_eq!(found(in_full!()), if wanted.is_empty() { "0" } else { "1" }, "{row}");
        assert_eq!(found(late!()), if wanted == "2026-08-20" { "0" } else { "1" }, "{row}");
        let open = branch.text(&format!("SELECT coalesce({}, '') FROM loans l", oldest_open!()));
        assert_eq!(open, if wanted.is_empty() { "2026-08-20" } else { "" }, "{row}");
    }
}

#[test]
fn what_fell_due_after_the_end_of_its_loan_is_not_owed() {
    let branch = Branch::new();
    let rows = |ended: &str| {
        branch
            .store
            .conn()
            .execute_batch(&format!(
                "DELETE FROM repayments;
                 INSERT INTO repayments (loan_id, due_on, principal) VALUES
                    ('L1', '2026-07-20', 100), ('L1', '2026-08-20', 100), ('L1', '2026-09-20', 100);
                 UPDATE loans SET {ended} WHERE loan_id = 'L1'"
            ))
            .unwrap();
        branch.text(&format!(
            "SELECT group_concat(due_on || ' ' || coalesce(paid, '-'), ';') FROM (
             SELECT r.due_on, {} AS paid FROM repayments r JOIN loans l ON l.loan_id = r.loan_id
             WHERE {} ORDER BY 1)",
            paid_on!(),
            owed!()
        ))
    };
    let all = "2026-07-20 -;2026-08-20 -;2026-09-20 -";
    assert_eq!(rows("status = 'active'"), all);
    let two = "2026-07-20 2026-08-25;2026-08-20 2026-08-25";
    assert_eq!(rows("status = 'settled', settled_on = '2026-08-25'"), two);
    // Without the day of the settlement its last day counts.
    assert_eq!(rows("settled_on = NULL, matures_on = '2026-08-25'"), two);
    let lost = "2026-07-20 -;2026-08-20 -";
    assert_eq!(rows("status = 'written_off', settled_on = '2026-08-25'"), lost);
}
