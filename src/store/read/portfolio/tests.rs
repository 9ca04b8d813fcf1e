use chrono::Datelike as _;

use super::*;
use crate::protocol::page::{GroupSum, Page};
use crate::protocol::query::Query;
use crate::store::project;
use crate::store::tests::{Branch, actor, day as on};

fn book() -> Branch {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE customers SET industry = '制造' WHERE customer_id = 'C1';
             UPDATE customers SET group_id = 'G1' WHERE customer_id IN ('C1', 'C3');
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status, tier, days_past_due)
             VALUES ('L2', 'C2', 100, 20000000, '2026-06-01', '2027-06-01', 'active', 'substandard', 120),
                    ('L3', 'C3', 100, 500, '2026-06-01', '2027-06-01', 'active', 'normal', 0);
             INSERT INTO relations (customer_id, related_name, related_customer_id, kind)
             VALUES ('C1', '张记', 'C2', 'mutual_guarantee'), ('C2', '远方', 'C3', 'upstream');",
        )
        .unwrap();
    let packs = std::sync::Arc::clone(&branch.packs);
    let tx = branch.store.begin().unwrap();
    project::project_book(&tx, &packs, on(0).date_naive()).unwrap();
    tx.commit().unwrap();
    branch
}

fn page(branch: &Branch, user: &str, by: PortfolioBy) -> PortfolioPage {
    match branch.store.query(&actor(user), on(0), &Query::Portfolio { by, whole: false }).unwrap() {
        Page::Portfolio(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

fn rows(page: &PortfolioPage) -> Vec<String> {
    let told = |row: &PortfolioRow| {
        format!("{} {} {} {}", row.key, row.customers, row.exposure.0, row.bad.0)
    };
    page.rows.iter().map(told).collect()
}

#[test]
fn every_view_sums_what_is_in_sight_and_nothing_else() {
    let branch = book();
    // Of the supervisor's branch: C1 with 800,000 and C2 with 200,000 yuan; C3 is elsewhere.
    let cases: [(PortfolioBy, &[&str]); 5] = [
        (PortfolioBy::Tier, &["normal 1 80000000 0", "substandard 1 20000000 20000000"]),
        (PortfolioBy::Industry, &["制造 1 80000000 0", " 1 20000000 20000000"]),
        (PortfolioBy::Officer, &["zhang 1 80000000 0", "li 1 20000000 20000000"]),
        (PortfolioBy::Single, &["C1 1 80000000 0", "C2 1 20000000 20000000"]),
        (PortfolioBy::Group, &["C1 2 100000000 20000000"]),
    ];
    for (by, expected) in cases {
        let page = page(&branch, "wang", by);
        assert_eq!(rows(&page), expected, "{by:?}");
        assert_eq!((page.total.exposure.0, page.ten.0), (100_000_000, 100_000_000), "{by:?}");
        assert_eq!(page.total.past_due, 1, "{by:?}");
    }
    // An officer sees her own: of her group what others look after is counted, and not summed.
    let of_group = |user: &str| {
        let page = page(&branch, user, PortfolioBy::Group);
        (rows(&page), page.rows[0].hidden)
    };
    assert_eq!(of_group("zhang"), (vec!["C1 1 80000000 0".to_owned()], 2));
    assert_eq!(of_group("wang").1, 1);
    assert_eq!(of_group("audit").1, 0);
    assert_eq!(rows(&page(&branch, "li", PortfolioBy::Tier)).len(), 1);
    // Who sees all sees the group by its number as well.
    assert_eq!(rows(&page(&branch, "audit", PortfolioBy::Group)), ["C1 3 100000500 20000000"]);
}

#[test]
fn below_a_row_are_its_customers() {
    let branch = book();
    let part = |user: &str, by, key: &str| {
        let query = Query::PortfolioPart { by, key: key.to_owned(), whole: false };
        match branch.store.query(&actor(user), on(0), &query).unwrap() {
            Page::PortfolioPart(page) => {
                page.rows.iter().map(|row| row.customer.to_string()).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(part("wang", PortfolioBy::Tier, "substandard"), ["C2"]);
    assert_eq!(part("wang", PortfolioBy::Industry, ""), ["C2"]);
    assert_eq!(part("wang", PortfolioBy::Group, "C1"), ["C1", "C2"]);
    assert_eq!(part("wang", PortfolioBy::Single, "C3"), Vec::<String>::new(), "out of sight");
    assert_eq!(part("zhang", PortfolioBy::Officer, "li"), Vec::<String>::new());
}

#[test]
fn the_night_keeps_a_point_once_a_day() {
    let mut branch = book();
    for day in [0, 0, 1] {
        let tx = branch.store.begin().unwrap();
        crate::store::nights::keep(&tx, on(day).date_naive()).unwrap();
        tx.commit().unwrap();
    }
    let trend = page(&branch, "wang", PortfolioBy::Tier).trend;
    assert_eq!(trend.len(), 2);
    assert_eq!(trend[0].0.day(), 23);
    assert_eq!((trend[1].1.0, trend[1].2.0), (100_000_000, 20_000_000));
}

/// The group of a customer as the dossier tells it.
fn group_sum(branch: &Branch, user: &str, customer: &str) -> Option<GroupSum> {
    let query = Query::Dossier { customer: customer.into() };
    match branch.store.query(&actor(user), on(0), &query).unwrap() {
        Page::Dossier(page) => page.group_sum,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_dossier_and_the_portfolio_know_one_group() {
    let branch = book();
    for user in ["zhang", "wang", "audit"] {
        let page = page(&branch, user, PortfolioBy::Group);
        let row = &page.rows[0];
        let told = GroupSum {
            customers: row.customers,
            exposure: row.exposure,
            unknown: row.unknown,
            hidden: row.hidden,
        };
        assert_eq!(group_sum(&branch, user, "C1"), Some(told), "{user}");
    }
}

#[test]
fn who_has_paid_back_everything_is_no_member() {
    let mut branch = book();
    let settle = |branch: &mut Branch, loan: &str| {
        let packs = std::sync::Arc::clone(&branch.packs);
        let tx = branch.store.begin().unwrap();
        let sql = "UPDATE loans SET status = 'settled', balance = 0 WHERE loan_id = ?1";
        tx.execute(sql, [loan]).unwrap();
        project::project_book(&tx, &packs, on(0).date_naive()).unwrap();
        tx.commit().unwrap();
    };
    settle(&mut branch, "L3");
    let all = page(&branch, "audit", PortfolioBy::Group);
    assert_eq!(rows(&all), ["C1 2 100000000 20000000"]);
    let query = Query::PortfolioPart { by: PortfolioBy::Group, key: "C1".into(), whole: false };
    let Page::PortfolioPart(part) = branch.store.query(&actor("audit"), on(0), &query).unwrap()
    else {
        panic!("not a part");
    };
    assert_eq!(part.rows.len(), 2, "as many as the row above it says");
    // Of whom one alone is left, there is no group.
    settle(&mut branch, "L2");
    assert_eq!(rows(&page(&branch, "audit", PortfolioBy::Group)), Vec::<String>::new());
    assert_eq!(group_sum(&branch, "audit", "C1"), None);
}

#[test]
fn a_screen_has_some_rows_and_says_of_how_many_and_a_file_has_all() {
    let mut branch = book();
    let packs = std::sync::Arc::clone(&branch.packs);
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "WITH RECURSIVE n (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM n WHERE n < 259)
         INSERT INTO customers (customer_id, name, line, officer, onboarded_on)
         SELECT 'C' || n, '户', 'micro_shop', 'zhang', '2025-01-01' FROM n;
         INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status)
         SELECT 'L' || customer_id, customer_id, 100, 100, '2026-06-01', '2027-06-01', 'active'
         FROM customers WHERE name = '户'",
    )
    .unwrap();
    project::project_book(&tx, &packs, on(0).date_naive()).unwrap();
    tx.commit().unwrap();
    for (whole, shown) in [(false, 200), (true, 253)] {
        let query = Query::Portfolio { by: PortfolioBy::Single, whole };
        let Page::Portfolio(page) = branch.store.query(&actor("audit"), on(0), &query).unwrap()
        else {
            panic!("not a portfolio");
        };
        assert_eq!((page.rows.len(), page.all), (shown, 253), "{whole}");
        let query = Query::PortfolioPart { by: PortfolioBy::Officer, key: "zhang".into(), whole };
        let Page::PortfolioPart(part) = branch.store.query(&actor("audit"), on(0), &query).unwrap()
        else {
            panic!("not a part");
        };
        assert_eq!(part.all, 251, "{whole}");
        assert_eq!(part.rows.len(), shown.min(251), "{whole}");
    }
}
