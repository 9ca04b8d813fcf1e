use super::*;
use crate::store::tests::{Branch, day as on};

fn book(rows: &str) -> Branch {
    let mut branch = Branch::new();
    branch.store.conn().execute_batch(rows).unwrap();
    let packs = std::sync::Arc::clone(&branch.packs);
    let tx = branch.store.begin().unwrap();
    crate::store::project::project_book(&tx, &packs, on(0).date_naive()).unwrap();
    tx.commit().unwrap();
    branch
}

fn listed(branch: &Branch) -> Vec<String> {
    let sql = "SELECT customer_id || ' ' || tier || ' ' || reasons || ' ' || since FROM tier_proposals ORDER BY 1";
    let mut statement = branch.store.conn().prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_>>().unwrap()
}

#[test]
fn the_night_lists_whom_the_machine_sees_elsewhere_and_keeps_since_when() {
    let branch = book("UPDATE loans SET days_past_due = 91 WHERE loan_id = 'L1';");
    let today = on(0).date_naive();
    assert_eq!(classify_book(branch.store.conn(), today).unwrap(), 1);
    let first = "C1 substandard overdue:91:90:L1\nbad_share:100 2026-11-23";
    assert_eq!(listed(&branch), [first]);
    // The next night finds the same: since when does not move.
    classify_book(branch.store.conn(), on(1).date_naive()).unwrap();
    assert_eq!(listed(&branch), [first]);
    branch.store.conn().execute_batch("UPDATE loans SET days_past_due = 3;").unwrap();
    assert_eq!(classify_book(branch.store.conn(), on(2).date_naive()).unwrap(), 0);
}

#[test]
fn events_and_flags_bind_while_they_are_open() {
    let branch = book("
        INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status)
            VALUES ('X2', 'C2', 1, 1, '2026-06-01', 'active');
        INSERT INTO tier_events (customer_id, event, since, note, by, at)
            VALUES ('C2', 'evades_debt', '2026-10-01', 'x', 'zhang', 'x');
        INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on)
            VALUES ('F1', 'C1', 'ACC-17 三次展期', 'orange', 'confirmed', '2026-10-01', '2026-10-01');");
    let today = on(0).date_naive();
    classify_book(branch.store.conn(), today).unwrap();
    assert_eq!(
        listed(&branch),
        [
            "C1 special_mention event:refinanced 2026-11-23",
            "C2 doubtful event:evades_debt 2026-11-23"
        ]
    );
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE tier_events SET ended_on = '2026-11-23';
             UPDATE flags SET state = 'closed', closed_on = '2026-11-23';",
        )
        .unwrap();
    assert_eq!(classify_book(branch.store.conn(), today).unwrap(), 0);
}

#[test]
fn what_the_core_system_books_worse_than_the_machine_stays_until_she_is_cured() {
    let branch = book("UPDATE loans SET tier = 'doubtful' WHERE loan_id = 'L1';");
    classify_book(branch.store.conn(), on(0).date_naive()).unwrap();
    assert_eq!(listed(&branch), [] as [&str; 0], "nothing tells how she pays");
}

#[test]
fn of_whom_nothing_is_lent_nothing_is_classified() {
    // Bad without a running loan, whatever happened and whatever stood in the list.
    let ended = |status: &str| {
        format!(
            "UPDATE customers SET tier = 'loss' WHERE customer_id = 'C1';
             UPDATE loans SET status = '{status}', settled_on = '2026-06-01' WHERE loan_id = 'L1';
             INSERT INTO tier_events (customer_id, event, since, note, by, at)
                VALUES ('C1', 'evades_debt', '2026-10-01', 'x', 'zhang', 'x');
             INSERT INTO tier_proposals (customer_id, tier, reasons, since)
                VALUES ('C1', 'substandard', 'no_schedule', '2026-11-01');"
        )
    };
    for status in ["settled", "written_off"] {
        assert_eq!(found(&ended(status)), [] as [&str; 0], "{status}");
    }
}

#[test]
fn a_balance_past_its_maturity_is_past_due_since_that_day() {
    // 25 May: 182 days.
    let matured = "UPDATE loans SET matures_on = '2026-05-25' WHERE loan_id = 'L1';";
    let overdue = ["C1 substandard overdue:182:90:L1\nbad_share:100 2026-11-23"];
    assert_eq!(found(matured), overdue);
    // Also where everything that is scheduled was paid; what is open longer counts from its own day.
    let paid = "INSERT INTO repayments (loan_id, due_on, principal, paid_on)
        VALUES ('L1', '2026-04-20', 100, '2026-04-20');";
    assert_eq!(found(&format!("{matured}{paid}")), overdue);
    let open =
        "INSERT INTO repayments (loan_id, due_on, principal) VALUES ('L1', '2026-01-01', 9);";
    let longer = ["C1 doubtful overdue:326:270:L1\nbad_share:100 2026-11-23"];
    assert_eq!(found(&format!("{matured}{open}")), longer);
    let facts = "SELECT days_past_due FROM customer_facts WHERE customer_id = 'C1'";
    assert_eq!(book(matured).text(facts), "182");
    // The bank's own days win, and where nothing is owed nothing is late.
    let none = [] as [&str; 0];
    for other in ["days_past_due = 0", "balance = 0", "matures_on = '2026-11-23'"] {
        let sql = format!("{matured} UPDATE loans SET {other} WHERE loan_id = 'L1';");
        assert_eq!(found(&sql), none, "{other}");
    }
}

#[test]
fn a_payment_dated_later_pays_nothing_today() {
    let rows = |paid: &str| {
        format!(
            "INSERT INTO repayments (loan_id, due_on, principal, paid_on)
                VALUES ('L1', '2026-08-15', 100, '{paid}');"
        )
    };
    let hundred = ["C1 substandard overdue:100:90:L1\nbad_share:100 2026-11-23"];
    assert_eq!(found(&rows("2027-08-20")), hundred);
    assert_eq!(found(&rows("2026-11-23")), [] as [&str; 0]);
}

/// What the night finds of C1.
fn found(rows: &str) -> Vec<String> {
    let branch = book(rows);
    classify_book(branch.store.conn(), on(0).date_naive()).unwrap();
    listed(&branch)
}

#[test]
fn where_no_days_are_reported_the_schedule_counts_them() {
    // Due on 15 August, open on 23 November: a hundred days.
    let open =
        "INSERT INTO repayments (loan_id, due_on, principal) VALUES ('L1', '2026-08-15', 100);";
    let hundred = ["C1 substandard overdue:100:90:L1\nbad_share:100 2026-11-23"];
    assert_eq!(found(open), hundred);
    // Another loan, which the bank reports on, hides none of them.
    let second = "INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status,
        days_past_due) VALUES ('L2', 'C1', 1, 0, '2026-06-01', 'active', 0);";
    assert_eq!(found(&format!("{open}{second}")), hundred);
    // What the bank reports of the loan itself counts.
    let reported = "UPDATE loans SET days_past_due = 0 WHERE loan_id = 'L1';";
    assert_eq!(found(&format!("{open}{reported}")), [] as [&str; 0]);
    let branch = book(&format!("{open}{second}"));
    let facts = "SELECT days_past_due FROM customer_facts WHERE customer_id = 'C1'";
    assert_eq!(branch.text(facts), "100");
}

#[test]
fn interest_alone_cures_nobody() {
    let rows = |amount: i64| -> String {
        let months = ["05", "06", "07", "08", "09", "10", "11"];
        let row = |month: &str| {
            format!("('L1', '2026-{month}-20', 100, 20, '2026-{month}-20', {amount})")
        };
        let rows = months.map(row).join(", ");
        format!(
            "UPDATE loans SET tier = 'substandard', days_past_due = 0 WHERE loan_id = 'L1';
             INSERT INTO repayments (loan_id, due_on, principal, interest, paid_on, paid_amount)
             VALUES {rows};"
        )
    };
    assert_eq!(found(&rows(120)), ["C1 normal cured:7:6 2026-11-23"]);
    assert_eq!(found(&rows(20)), [] as [&str; 0], "not cured: as it is in force");
}

#[test]
fn arrears_of_a_loan_that_was_settled_were_paid_with_it() {
    let rows = |settled: &str| {
        let months = ["03", "04", "05", "06", "07", "08", "09", "10", "11"];
        let row = |month: &str| format!("('L1', '2026-{month}-20', 100, '2026-{month}-20')");
        let rows = months.map(row).join(", ");
        format!(
            "UPDATE loans SET tier = 'substandard', days_past_due = 0 WHERE loan_id = 'L1';
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status,
                settled_on) VALUES ('L2', 'C1', 1, 0, '2025-06-01', 'settled', '{settled}');
             INSERT INTO repayments (loan_id, due_on, principal, paid_on) VALUES {rows},
                ('L2', '2026-02-15', 100, NULL);"
        )
    };
    assert_eq!(found(&rows("2026-11-18")), [] as [&str; 0]);
    assert_eq!(found(&rows("2026-05-18")), ["C1 normal cured:7:6 2026-11-23"]);
}

/// A flag that is such an event classifies at once: its days begin on its day, not in the next night.
#[test]
fn confirming_ending_and_taking_back_a_flag_of_an_event_classify_at_once() {
    use crate::protocol::command::Command;
    let mut branch = Branch::new();
    let raise = |signal: &str, owner: &str| Command::RaiseFlag {
        customer: CustomerId::from("C1"),
        visit: None,
        item: None,
        signal: signal.to_owned(),
        level: crate::domain::flag::Level::Yellow,
        proposed: false,
        owner: Some(owner.into()),
        measure: "核实续贷".to_owned(),
        due_on: Some(on(5).date_naive()),
        note: String::new(),
        lowered: Some(Box::new(crate::domain::flag::Lowered {
            from: crate::domain::flag::Level::Orange,
            why: "金额很小，已核实资金来源".to_owned(),
        })),
    };
    branch.run("zhang", raise("ACC-17", "zhang")).unwrap();
    assert_eq!(listed(&branch), ["C1 special_mention event:refinanced 2026-11-23"]);
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(listed(&branch), [] as [&str; 0]);
}
