//! Closing a month: who may, what stands in the way, what stays as it was.

use crate::domain::cockpit::{Figure, Grouping};
use crate::domain::sample::day as date;
use crate::protocol::command::{CockpitCommand, Command};
use crate::protocol::page::{CockpitPage, Page};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::tests::{Branch, actor, day};

fn close(month: &str) -> Command {
    Command::Cockpit(CockpitCommand::CloseMonth { month: date(month) })
}

fn page(branch: &Branch, who: &str, by: Grouping, month: &str) -> CockpitPage {
    let query = Query::Cockpit { by, month: date(month) };
    match branch.store.query(&actor(who), day(0), &query).unwrap() {
        Page::Cockpit(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

fn replan(branch: &mut Branch, sql: &str) {
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(sql).unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
}

/// Officers `zhang` and `li` with a customer each, nothing missing.
fn whole() -> Branch {
    let mut branch = Branch::new();
    replan(
        &mut branch,
        "UPDATE customers SET district = '东区' WHERE customer_id = 'C1'; \
         UPDATE loans SET tier = 'normal'; \
         INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status, tier) \
         VALUES ('L2', 'C2', 20000000, 20000000, '2026-01-05', '2027-06-05', 'active', 'normal');",
    );
    branch
}

fn invalid(why: &'static str) -> Result<Outcome, Refusal> {
    Err(Refusal::Invalid { field: "month", why })
}

#[test]
fn a_month_is_closed_by_a_supervisor_once_it_is_over_and_whole() {
    let mut branch = whole();
    assert_eq!(branch.run("zhang", close("2026-10-01")), Err(Refusal::NotAllowed));
    assert_eq!(branch.run("risk", close("2026-10-01")), Err(Refusal::NotAllowed));
    assert_eq!(branch.run("wang", close("2026-11-01")), invalid("not_over"));
    assert_eq!(branch.run("wang", close("2026-07-01")), invalid("too_long_ago"));
    // The tier of an active loan is missing: a gap, and nothing is written.
    replan(&mut branch, "UPDATE loans SET tier = NULL WHERE loan_id = 'L1'");
    assert_eq!(branch.run("wang", close("2026-10-01")), invalid("open_gaps"));
    // Without its line and its balance nothing at all is planned for it.
    replan(
        &mut branch,
        "UPDATE loans SET tier = 'normal'; UPDATE customers SET line = NULL WHERE customer_id = 'C2'; \
         UPDATE loans SET balance = NULL, matures_on = NULL, disbursed_on = '2024-01-05' WHERE loan_id = 'L2'",
    );
    let before = page(&branch, "wang", Grouping::Officer, "2026-10-01");
    assert_eq!(before.total.count(Figure::Unplanned), 1, "{before:?}");
    assert_eq!(branch.run("wang", close("2026-10-01")), invalid("unplanned_loans"));
    // Another branch is not kept from closing by it.
    assert_eq!(branch.run("far", close("2026-10-01")), Ok(Outcome::Plain));
    assert_eq!(branch.text("SELECT group_concat(branch) FROM closed_months"), "B2");
    replan(
        &mut branch,
        "UPDATE customers SET line = 'micro_shop' WHERE customer_id = 'C2'; \
         UPDATE loans SET balance = 20000000, matures_on = '2027-06-05' WHERE loan_id = 'L2'",
    );
    assert_eq!(branch.run("wang", close("2026-10-15")), Ok(Outcome::Plain));
    let again = branch.run("zhao", close("2026-10-01"));
    assert_eq!(again, Err(Refusal::WrongState { state: "closed".to_owned() }));
    let journalled = "SELECT subject FROM journal WHERE command = 'close_month' AND actor = 'wang'";
    assert_eq!(branch.text(journalled), "month:2026-10");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn what_was_closed_stays_and_later_changes_stand_beside_it() {
    let mut branch = whole();
    branch.run("wang", close("2026-10-01")).unwrap();
    let then = page(&branch, "wang", Grouping::District, "2026-10-01");
    let closed = then.closed.clone().unwrap();
    assert_eq!((closed.by.as_str(), closed.at.as_str()), ("王芳", "11-23 09:00"));
    assert_eq!(closed.rows, then.rows);
    replan(&mut branch, "UPDATE loans SET tier = NULL WHERE loan_id = 'L1'");
    let now = page(&branch, "wang", Grouping::District, "2026-10-01");
    let east = now.rows.iter().find(|row| row.key == "东区").unwrap();
    assert_eq!(east.count(Figure::Gaps), 1);
    assert_eq!(now.at_closing(east).unwrap().count(Figure::Gaps), 0);
    // An officer sees her own line of it, and none of others.
    let own = page(&branch, "zhang", Grouping::Officer, "2026-10-01");
    let keys: Vec<_> = own.closed.unwrap().rows.iter().map(|row| row.key.clone()).collect();
    assert_eq!(keys, ["zhang"]);
    let district = page(&branch, "zhang", Grouping::District, "2026-10-01");
    assert!(district.closed.unwrap().rows.is_empty());
    assert!(page(&branch, "far", Grouping::Officer, "2026-10-01").closed.is_none());
    for sql in [
        "UPDATE closed_figures SET n = 9",
        "DELETE FROM closed_figures",
        "UPDATE closed_months SET closed_by = 'x'",
        "DELETE FROM closed_months",
    ] {
        let tx = branch.store.begin().unwrap();
        assert!(tx.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn the_list_behind_a_figure_is_what_the_figure_counts() {
    let mut branch = whole();
    replan(
        &mut branch,
        "UPDATE loans SET tier = NULL WHERE loan_id = 'L1'; \
         INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, owner) VALUES \
         ('F1', 'C1', 'FIN-05', 'orange', 'proposed', '2026-11-01', NULL), \
         ('F2', 'C2', 'FIN-05', 'yellow', 'proposed', '2026-11-01', NULL), \
         ('F3', 'C2', 'FIN-06', 'yellow', 'proposed', '2026-11-01', NULL); \
         INSERT INTO requests (request_id, customer_id, code, ref, raw_due, kind, new_due) VALUES \
         ('R1', 'C2', 'periodic_offsite', 'C2', '2026-07-05', 'delay', '2026-12-05')",
    );
    let mut seen = 0;
    for who in ["wang", "zhang", "audit"] {
        for by in [Grouping::Officer, Grouping::District] {
            for month in ["2026-08-01", "2026-11-01"] {
                let page = page(&branch, who, by, month);
                for figure in Figure::ALL.iter().copied() {
                    let sum: u32 = page.rows.iter().map(|row| row.count(figure)).sum();
                    assert_eq!(page.total.count(figure), sum, "{figure:?}");
                    for row in &page.rows {
                        let mut filter = CustomerFilter {
                            figure: Some(figure),
                            month: Some(date(month)),
                            ..CustomerFilter::default()
                        };
                        match by {
                            Grouping::Officer => filter.officer = Some(row.key.as_str().into()),
                            Grouping::District => filter.district = Some(row.key.clone()),
                        }
                        let window = Window { offset: 0, limit: 50 };
                        let query = Query::Customers { filter, sort: CustomerSort::Id, window };
                        let Page::Customers(list) =
                            branch.store.query(&actor(who), day(0), &query).unwrap()
                        else {
                            panic!()
                        };
                        assert_eq!(list.total as usize, list.rows.len());
                        let n = row.count(figure);
                        assert!(
                            list.total <= n && (n > 0) == (list.total > 0),
                            "{figure:?} {row:?}"
                        );
                        seen += n;
                    }
                }
            }
        }
    }
    assert!(seen > 40, "{seen}");
    let page = page(&branch, "wang", Grouping::Officer, "2026-11-01");
    let counts = |of| page.rows.iter().map(|row| row.count(of)).collect::<Vec<_>>();
    assert_eq!(page.rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["zhang", "li"]);
    assert_eq!(counts(Figure::Flags), [1, 2]);
    assert_eq!(counts(Figure::Requests), [0, 1]);
    assert_eq!(counts(Figure::Gaps), [1, 0]);
    let late: u32 = Figure::ALL
        .iter()
        .filter(|one| one.age().is_some())
        .map(|one| page.total.count(*one))
        .sum();
    let overdue = branch
        .text("SELECT count(*) FROM due_visits WHERE due < '2026-11-23' AND officer <> 'out'");
    assert_eq!(late.to_string(), overdue);
}

#[test]
fn the_sums_of_a_month_follow_every_change() {
    let mut branch = whole();
    let told = |branch: &Branch| {
        branch.text("SELECT group_concat(month || officer || district || on_time || late || open) FROM month_load")
    };
    let counted = |branch: &Branch| {
        branch.text(
            "SELECT group_concat(x) FROM (SELECT month || officer || district || sum(on_time) || sum(late) || sum(open) AS x \
             FROM month_duties GROUP BY month, officer, district ORDER BY month, officer, district)",
        )
    };
    assert!(!told(&branch).is_empty());
    for sql in [
        "UPDATE customers SET officer = 'li', district = NULL WHERE customer_id = 'C1'",
        "INSERT INTO visits (visit_id, customer_id, visited_on, class, state, purposes) VALUES \
         ('V1', 'C2', '2026-10-02', 'onsite', 'approved', 'periodic_onsite;periodic_offsite')",
        "UPDATE loans SET status = 'settled', settled_on = '2026-11-01'",
    ] {
        replan(&mut branch, sql);
        assert_eq!(told(&branch), counted(&branch), "{sql}");
    }
}
