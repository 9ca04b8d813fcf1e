//! How often the file is asked for what is put off.

use rusqlite::StatementStatus;

use super::*;
use crate::access::Scope;
use crate::domain::ids::UserId;
use crate::domain::sample::day as date;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::store::tests::{Branch, actor, day};

#[test]
fn a_month_asks_once_for_the_requests_of_all_its_customers() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    for n in 0..20 {
        tx.execute_batch(&format!(
            "INSERT INTO customers (customer_id, name, line, officer, onboarded_on)
             VALUES ('D{n}', '客户{n}', 'corporate', 'zhang', '2025-01-01');
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status)
             VALUES ('D{n}', 'D{n}', 100000000, 80000000, '2026-06-01', '2026-12-20', 'active')"
        ))
        .unwrap();
    }
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    // Of each second one the first duty is to be put off; what was decided is not open any more.
    let duties = |n: u32| -> Duty {
        let text = branch.text(&format!(
            "SELECT duties FROM due_visits WHERE customer_id = 'D{n}' ORDER BY due LIMIT 1"
        ));
        decode_duties(&text).unwrap().remove(0)
    };
    let conn = branch.store.conn();
    for n in 0..20 {
        let duty = duties(n);
        let sql =
            "INSERT INTO requests (request_id, customer_id, code, ref, raw_due, kind, new_due,
                requested_by, reason, decided_on, decision)
            VALUES (?1, ?2, ?3, ?4, ?5, 'delay', '2026-12-30', 'zhang', 'x', ?6, ?7)";
        let refused = (n % 2 == 1).then_some(("2026-11-20", "refused")).unzip();
        let (code, raw_due) = (duty.code.as_code(), duty.raw_due.to_string());
        let (id, customer) = (format!("R{n}"), format!("D{n}"));
        let row = (id, customer, code, duty.reference, raw_due, refused.0, refused.1);
        conn.execute(sql, row).unwrap();
    }
    let query = Query::MonthPlan { first: date("2026-12-01"), officer: UserId::from("zhang") };
    let Page::MonthPlan(page) = branch.store.query(&actor("wang"), day(0), &query).unwrap() else {
        panic!("another page")
    };
    let mut asked: Vec<&str> = page
        .visits
        .iter()
        .filter(|visit| visit.asked.is_some_and(|one| one.new_due == Some(date("2026-12-30"))))
        .map(|visit| visit.customer.as_str())
        .collect();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), 10, "{asked:?}");
    let runs = |sql: &str| conn.prepare_cached(sql).unwrap().get_status(StatementStatus::Run);
    let sight = Sight::within(Scope::Own(UserId::from("zhang")));
    assert_eq!((runs(&Requests::of_all(&sight)), runs(&Requests::of_one())), (1, 0));
}
