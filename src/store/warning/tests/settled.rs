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

/// A tier that nobody took back tells of no default once everything is paid; what was written off does.
#[test]
fn a_tier_of_old_is_no_default_of_who_has_paid_back_everything() {
    let near = |status: &str| {
        let mut branch = neighbours();
        branch
            .store
            .conn()
            .execute_batch(&format!(
                "UPDATE customers SET tier = 'substandard' WHERE customer_id = 'C2';
                 UPDATE loans SET status = '{status}', settled_on = '2026-06-01', balance = 0,
                    days_past_due = NULL WHERE customer_id = 'C2'"
            ))
            .unwrap();
        branch.store.run_jobs(day(0), "s");
        let one = [CustomerId::from("P5")];
        let today = instant::business_date(day(0));
        let book = branch.store.rule_book().unwrap();
        // In a look at the whole book as in one at her alone.
        branch
            .store
            .conn()
            .execute_batch("UPDATE flags SET signal = 'x' WHERE customer_id = 'P5'")
            .unwrap();
        let of = |only: Option<&[CustomerId]>| {
            let found = branch.store.find_signals(&book, only, today).unwrap().found;
            let hers = found.into_iter().filter(|(customer, _)| *customer == one[0]);
            hers.map(|(_, finding)| finding.signal).collect::<Vec<_>>()
        };
        let (all, alone) = (of(None), of(Some(&one)));
        assert_eq!(all, alone);
        all
    };
    assert_eq!(near("settled"), [] as [&str; 0]);
    assert_eq!(near("written_off"), ["EXT-08"]);
}

/// Whoever renews is no punctual payer for it.
#[test]
fn what_was_late_of_a_settled_loan_counts_among_the_late_ones() {
    let found = |rows: &str| {
        let mut branch = Branch::new();
        branch.store.conn().execute_batch(rows).unwrap();
        look(&mut branch, 0);
        flags(&branch)
    };
    let loan = |status: &str| {
        format!(
            "INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status, settled_on)
                VALUES ('L2', 'C1', 1, 0, '2026-01-01', '{status}', '2026-11-10');
             INSERT INTO repayments (loan_id, due_on, principal, paid_on) VALUES
                ('L2', '2026-08-01', 9, '2026-08-16'), ('L2', '2026-09-01', 9, '2026-09-16'),
                ('L2', '2026-11-01', 9, NULL), ('L2', '2026-11-12', 9, NULL);"
        )
    };
    assert_eq!(found(&loan("settled")), "ACC-21:proposed");
    // What was written off has a tier of its own, and of no running loan it is known what is open.
    assert_eq!(found(&loan("written_off")), "");
}
