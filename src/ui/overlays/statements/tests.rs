use super::*;

fn page(ends: &[&str]) -> StatementsPage {
    StatementsPage {
        customer: "C1".into(),
        name: String::new(),
        industry: None,
        unfinished: false,
        statements: ends.iter().map(|end| Statement::empty(end.parse().unwrap())).collect(),
        revisions: Vec::new(),
        disbursed_on: None,
        exposure: None,
        secured: None,
        collateral: Vec::new(),
        inflows: Vec::new(),
    }
}

#[test]
fn the_next_statement_is_one_that_is_not_on_file() {
    let today: NaiveDate = "2026-11-23".parse().unwrap();
    let cases: [(&[&str], &str, i64); 6] = [
        (&[], "2026-09-30", 9),
        (&["2026-03-31"], "2026-06-30", 6),
        (&["2025-12-31", "2025-06-30"], "2026-03-31", 3),
        // The quarter that runs is not over: its last month is.
        (&["2026-09-30"], "2026-10-31", 10),
        // What is on file is never proposed.
        (&["2026-10-31", "2026-09-30", "2026-03-31"], "2026-06-30", 6),
        (&["2026-11-20", "2026-09-30"], "2026-06-30", 6),
    ];
    for (known, end, months) in cases {
        let next = next_statement(&page(known), today);
        assert_eq!((next.period_end.to_string().as_str(), next.months), (end, Some(months)));
    }
}
