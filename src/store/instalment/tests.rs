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
        let open = branch
            .text(&format!("SELECT coalesce({}, '') FROM loans l", oldest_open!("'2026-11-23'")));
        assert_eq!(open, if wanted.is_empty() { "2026-08-20" } else { "" }, "{row}");
    }
}

/// Until its day has come a payment has not been made, whatever its amount.
#[test]
fn a_payment_counts_from_its_day_on() {
    let branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO repayments (loan_id, due_on, principal, paid_on, paid_amount)
                VALUES ('L1', '2026-08-20', 100, '2027-08-28', 100)",
        )
        .unwrap();
    let by = |condition: &str| {
        let from = "FROM repayments r JOIN loans l ON l.loan_id = r.loan_id";
        branch.text(&format!("SELECT {condition} {from}"))
    };
    assert_eq!(by(in_full!("'2027-08-27'")), "0");
    assert_eq!((by(in_full!("'2027-08-28'")), by(in_full!())), ("1".to_owned(), "1".to_owned()));
    let open = |sql: &str| branch.text(&format!("SELECT coalesce({sql}, '') FROM loans l"));
    assert_eq!(open(oldest_open!("'2026-11-23'")), "2026-08-20");
    branch.store.conn().execute_batch("UPDATE loans SET matures_on = NULL").unwrap();
    assert_eq!(open(oldest_open!("'2027-11-23'")), "");
}

/// The maturity is the due day of the principal; one to come tells nothing.
#[test]
fn a_balance_is_open_since_the_maturity() {
    let branch = Branch::new();
    let open = |set: &str| {
        let sql = format!("UPDATE loans SET {set} WHERE loan_id = 'L1'");
        branch.store.conn().execute_batch(&sql).unwrap();
        let day = oldest_open!("'2026-11-23'");
        branch.text(&format!("SELECT coalesce({day}, '') FROM loans l WHERE loan_id = 'L1'"))
    };
    assert_eq!(open("balance = 5, matures_on = '2026-11-22'"), "2026-11-22");
    assert_eq!(open("matures_on = '2026-11-23'"), "");
    assert_eq!(open("matures_on = NULL"), "");
    assert_eq!(open("matures_on = '2026-05-01', balance = 0"), "");
    assert_eq!(open("balance = 5, days_past_due = 0"), "");
    assert_eq!(open("days_past_due = NULL, status = 'settled'"), "");
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
