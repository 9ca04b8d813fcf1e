//! The four columns: latest, year-end before, same day a year before, when the loan was paid out.

use super::super::gather;
use super::*;
use crate::assets::packs;
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::VisitClass;
use crate::store::tests::{Branch, day};

fn facts(rows: &str) -> Facts {
    let branch = Branch::new();
    let sql = format!(
        "INSERT INTO statements (customer_id, period_end, period_months, total_assets, revenue) VALUES {rows}"
    );
    branch.store.conn().execute_batch(&sql).unwrap();
    let (customer, visit) = (CustomerId::from("C1"), VisitId::from(""));
    let on = day(0).date_naive();
    gather(branch.store.conn(), &packs(), &customer, &visit, VisitClass::Onsite, on, &[]).unwrap()
}

/// Day of each column, empty where there is none.
fn days(facts: &Facts) -> Vec<String> {
    let day = |column: &&str| match facts.get(&format!("{column}.on")) {
        Some(Value::Date(day)) => day.to_string(),
        _ => String::new(),
    };
    COLUMNS.iter().map(day).collect()
}

#[test]
fn each_column_has_its_statement_or_none() {
    // The loan of C1 was paid out on 2026-06-01; the visit is on 2026-11-23.
    let all = "('C1', '2026-09-30', 9, 100, 1), ('C1', '2025-12-31', 12, 90, 2),
        ('C1', '2025-09-30', 9, 80, 3), ('C1', '2026-03-31', 3, 85, 4)";
    let cases = [
        (all, ["2026-09-30", "2025-12-31", "2025-09-30", "2026-03-31"]),
        // The year-end is that before the latest statement, not before the visit.
        (
            "('C1', '2025-12-31', 12, 90, 2), ('C1', '2024-12-31', 12, 80, 3)",
            ["2025-12-31", "2024-12-31", "2024-12-31", "2025-12-31"],
        ),
        ("('C1', '2026-09-30', 9, 100, 1)", ["2026-09-30", "", "", ""]),
        // Made after the visit, or without a balance sheet: not the latest.
        (
            "('C1', '2026-12-31', 12, 100, 1), ('C1', '2026-09-30', 9, NULL, 5), ('C1', '2026-06-30', 6, 70, 1)",
            ["2026-06-30", "", "", ""],
        ),
        ("('C2', '2026-09-30', 9, 100, 1)", ["", "", "", ""]),
    ];
    for (rows, expected) in cases {
        assert_eq!(days(&facts(rows)), expected, "{rows}");
    }
}

#[test]
fn figures_are_amounts_and_months_follow_from_the_day_where_nobody_says() {
    let facts = facts("('C1', '2026-09-30', NULL, 12300, NULL)");
    let of = |figure: &str| facts.get(&format!("now.{figure}")).cloned();
    assert_eq!(of("months"), Some(whole(9)));
    assert_eq!(of("total_assets"), Some(Value::Money(Fen(12_300))));
    assert_eq!(of("revenue"), None, "not known is absent, never zero");
}
