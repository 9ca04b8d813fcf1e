//! Projects that are still being built.

use super::*;
use crate::domain::answer::Value;

#[test]
fn a_project_is_being_built_until_a_record_that_was_handed_in_says_otherwise() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    // Whose, line, state of the record, item, answer; and whether she is being built.
    let yes = Value::Bool(true);
    let cases = [
        ("D1", "project", "submitted", "completed", yes.clone(), false),
        ("D2", "project", "approved", "completed", yes.clone(), false),
        ("D3", "project", "draft", "completed", yes.clone(), true),
        ("D4", "project", "returned", "completed", yes.clone(), true),
        ("D5", "project", "approved", "completed", Value::Bool(false), true),
        ("D6", "project", "approved", "other", yes.clone(), true),
        ("D7", "corporate", "draft", "completed", yes.clone(), false),
        ("D8", "corporate", "approved", "completed", yes, false),
    ];
    for (customer, line, state, item, value, _) in &cases {
        conn.execute(
            "INSERT INTO customers (customer_id, name, line, officer) VALUES (?1, ?1, ?2, 'zhang')",
            [customer, line],
        )
        .unwrap();
        // Two visits of each: whoever says it twice is no other for that.
        for visit in ["a", "b"].map(|visit| format!("{customer}{visit}")) {
            conn.execute(
                "INSERT INTO visits (visit_id, customer_id, visited_on, class)
                 VALUES (?1, ?2, '2026-11-01', 'onsite')",
                [visit.as_str(), customer],
            )
            .unwrap();
            conn.execute(
                "INSERT INTO records (visit_id, version, state, pack, sections, facts, author, started_at)
                 VALUES (?1, 1, ?2, 'x', '', '', 'zhang', 'x')",
                [visit.as_str(), state],
            )
            .unwrap();
            conn.execute(
                "INSERT INTO answers (visit_id, version, item, value, answered_by, answered_at)
                 VALUES (?1, 1, ?2, ?3, 'zhang', 'x')",
                [visit.as_str(), item, &value.encode()],
            )
            .unwrap();
        }
    }
    let today = instant::business_date(day(0));
    let packs = branch.store.packs();
    let around = Around::read(conn, packs, None, today).unwrap();
    let (first, last) = (CustomerId::from("C1"), CustomerId::from("D9"));
    let ends = (&first, &last);
    let all = material::between(conn, (packs, &around), ends, today, false).unwrap();
    for (customer, .., unfinished) in cases {
        let found = all.iter().find(|material| material.customer.as_str() == customer).unwrap();
        assert_eq!(found.unfinished, unfinished, "{customer}");
    }
}
