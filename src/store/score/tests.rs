//! What is known becomes a score; only what differs is stored; who may not see is told nothing.

use super::*;
use crate::protocol::page::{Page, ScorePage};
use crate::protocol::query::Query;
use crate::store::tests::{Branch, actor, day};

fn page(branch: &Branch, user: &str) -> std::result::Result<ScorePage, Refusal> {
    let query = Query::Score { customer: CustomerId::from("C1") };
    match branch.store.query(&actor(user), day(0), &query)? {
        Page::Score(page) => Ok((*page).clone()),
        other => panic!("{other:?}"),
    }
}

fn known_to(branch: &Branch) -> Known {
    let today = "2026-11-23".parse().unwrap();
    known(branch.store.conn(), &CustomerId::from("C1"), today).unwrap()
}

fn flow(branch: &Branch, month: &str, inflow: i64, low: i64) {
    let sql = "INSERT INTO account_flows (customer_id, month, inflow, min_balance) \
        VALUES ('C1', ?1, ?2, ?3)";
    branch.store.conn().execute(sql, rusqlite::params![month, inflow, low]).unwrap();
}

#[test]
fn a_series_with_a_month_missing_is_no_series() {
    let branch = Branch::new();
    let months = ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"];
    for (at, month) in months.iter().enumerate().filter(|(at, _)| *at != 4) {
        flow(&branch, month, if at < 3 { 1_000 } else { 400 }, -1);
    }
    // This month is not over; the one before the six is too long ago.
    flow(&branch, "2026-11", 9_000_000, -5);
    flow(&branch, "2026-04", 9_000_000, -5);
    let conduct = known_to(&branch).conduct;
    assert!(conduct.contains(&(Given::Overdrawn, Decimal4::from_int(5))), "{conduct:?}");
    assert!(conduct.iter().all(|(given, _)| *given != Given::Inflow), "{conduct:?}");
    flow(&branch, "2026-09", 400, 7);
    let conduct = known_to(&branch).conduct;
    assert!(conduct.contains(&(Given::Inflow, Decimal4(-6_000))), "{conduct:?}");
    assert!(conduct.contains(&(Given::Overdrawn, Decimal4::from_int(5))), "{conduct:?}");
}

#[test]
fn only_what_differs_is_stored() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO statements (customer_id, period_end, period_months, total_assets, \
             total_liabilities, net_profit) VALUES ('C1', '2026-09-30', 9, 1000, 900, -10)",
        )
        .unwrap();
    branch.store.run_jobs(day(0), "s");
    let stored = || "SELECT count(*) FROM scores WHERE customer_id = 'C1'";
    assert_eq!(branch.text(stored()), "1");
    branch.store.run_jobs(day(1), "s");
    assert_eq!(branch.text(stored()), "1", "nothing has changed");
    branch.store.conn().execute("UPDATE loans SET days_past_due = 95", []).unwrap();
    branch.store.run_jobs(day(2), "s");
    assert_eq!(branch.text(stored()), "2");
    let shown = page(&branch, "zhang").unwrap();
    assert_eq!(shown.history.len(), 2);
    assert!(shown.history[0].score > shown.history[1].score, "{:?}", shown.history);
    let card = crate::assets::score::shared().unwrap();
    assert_eq!(shown.history[0].card, card.id);
    // What the page says adds up to what was stored.
    let scored = card.score(&known_to(&branch).taken("2026-11-25".parse().unwrap()));
    assert_eq!(scored.score, shown.history[0].score);
}

#[test]
fn who_does_not_see_the_customer_sees_no_score() {
    let branch = Branch::new();
    assert!(page(&branch, "zhang").is_ok());
    for user in ["admin", "li"] {
        assert_eq!(page(&branch, user).unwrap_err(), Refusal::NotFound, "{user}");
    }
    let nobody = Query::Score { customer: CustomerId::from("C999") };
    assert_eq!(branch.store.query(&actor("zhang"), day(0), &nobody), Err(Refusal::NotFound));
    let today = "2026-11-23".parse().unwrap();
    assert!(branch.store.score_book(&actor("admin"), today, None).is_err());
}

#[test]
fn an_invented_book_has_the_scores_of_the_quarters_behind_it() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE loans SET disbursed_on = '2025-08-01', days_past_due = 0 WHERE loan_id = 'L1';
             INSERT INTO repayments (loan_id, due_on, paid_on) VALUES
                ('L1', '2025-11-10', '2025-11-10'), ('L1', '2026-03-01', '2026-04-20')",
        )
        .unwrap();
    let card = crate::assets::score::shared().unwrap();
    let tx = branch.store.begin().unwrap();
    past::keep_past(&tx, &card, "2026-11-23".parse().unwrap()).unwrap();
    tx.commit().unwrap();
    // Nothing before the loan, and then what differs from the quarter before: late in March, paid
    // since.
    assert_eq!(
        branch.text(
            "SELECT group_concat(scored_on, ' ') FROM
             (SELECT * FROM scores WHERE customer_id = 'C1' ORDER BY scored_on)"
        ),
        "2025-09-30 2026-03-31 2026-06-30"
    );
    let at = |day: &str| -> i64 {
        let of = format!("customer_id = 'C1' AND scored_on = '{day}'");
        branch.text(&format!("SELECT score FROM scores WHERE {of}")).parse().unwrap()
    };
    assert!(at("2026-03-31") > at("2025-09-30"));
    assert_eq!(at("2026-06-30"), at("2025-09-30"));
}

#[test]
fn an_old_statement_is_dated_and_not_scored() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO statements (customer_id, period_end, period_months, total_assets, \
             total_liabilities) VALUES ('C1', '2020-12-31', 12, 1000, 100)",
        )
        .unwrap();
    let end: NaiveDate = "2020-12-31".parse().unwrap();
    let today = "2026-11-23".parse().unwrap();
    let of = |branch: &Branch, on| {
        let book = branch.store.score_book(&actor("zhang"), on, None).unwrap();
        let found = book.into_iter().find(|(who, _)| who.id.as_str() == "C1").unwrap();
        (found.0.statement_on, found.1.get(Given::Debt))
    };
    let old = crate::risk::score::Unknown::TooOld(end);
    assert_eq!(of(&branch, today), (Some(end), Err(old)));
    let soon = "2021-05-01".parse().unwrap();
    assert_eq!(of(&branch, soon), (Some(end), Ok(0.1)));
    // The night gives nothing for it either.
    branch.store.run_jobs(day(0), "s");
    assert_eq!(
        branch.text("SELECT coalesce(max(known), 0) FROM scores WHERE customer_id = 'C1'"),
        "0"
    );
}
