//! Lists: order, windows, counts.

use super::*;
use crate::domain::cockpit::{Figure, Grouping};

#[test]
fn the_agenda_is_in_the_order_of_planning_and_windows_fit_together() {
    let desk = desk();
    let auditor = actor("audit", Role::Auditor, "");
    let filter = AgendaFilter::Until(NaiveDate::from_ymd_opt(2027, 3, 1).unwrap());
    let ask = |offset, limit| {
        let window = Window { offset, limit };
        page!(Agenda, desk, auditor, Query::Agenda { filter, class: None, officer: None, window })
    };
    let whole = ask(0, 500);
    assert_eq!(whole.total as usize, whole.rows.len());
    assert!(whole.total > 6, "{}", whole.total);
    let parts: Vec<_> = (0..whole.total).flat_map(|at| ask(at, 1).rows.clone()).collect();
    assert_eq!(parts, whole.rows);
    let mut planned = Vec::new();
    let packs = Arc::clone(desk.store.packs());
    desk.store
        .each_file(&auditor, None, |file| {
            let to = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
            let plan = crate::planning::plan(&file, &packs.policy, &packs.workdays, today(), to);
            planned.extend(plan.visits.into_iter().map(|visit| (visit, plan.level)));
        })
        .unwrap();
    planned.sort_by(|(a, x), (b, y)| {
        crate::planning::urgency(a, *x).cmp(&crate::planning::urgency(b, *y))
    });
    let shown: Vec<_> = whole.rows.iter().map(|r| (r.customer.clone(), r.due, r.level)).collect();
    let owed: Vec<_> = planned.iter().map(|(v, l)| (v.customer.clone(), v.due, *l)).collect();
    assert_eq!(shown, owed);
    let red = whole.rows.iter().find(|row| row.customer.as_str() == "C001").unwrap();
    assert_eq!(red.level, Some(Level::Red));
}

#[test]
fn the_month_counts_agree_with_the_agenda_of_each_day() {
    let desk = desk();
    let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    let month = page!(Month, desk, boss(), Query::Month { first, officer: None });
    assert_eq!(month.days.len(), 30);
    for day in month.days.iter().filter(|day| day.date != today()) {
        let filter = AgendaFilter::Day(day.date);
        let query = Query::Agenda { filter, class: None, officer: None, window: ALL };
        assert_eq!(page!(Agenda, desk, boss(), query).total, day.due, "{}", day.date);
        assert_eq!(day.overdue, if day.date < today() { day.due } else { 0 });
    }
    let done: u32 = month.days.iter().map(|day| day.done).sum();
    assert_eq!(done, 2, "V2 and V4; the draft is not done");
}

#[test]
fn the_queue_has_red_flags_first() {
    let desk = desk();
    let queue = page!(Queue, desk, boss(), Query::Queue);
    let shown: Vec<_> =
        queue.rows.iter().map(|r| (r.visit.as_str(), r.version, r.changes, r.flags)).collect();
    // Of questions that no pack has, none is known to differ.
    assert_eq!(shown, [("V2", 2, 0, [0, 0, 1]), ("V4", 1, 0, [0, 0, 0])]);
    assert_eq!(queue.rows[0].submitted_at, "11-20 12:00");
    assert_eq!(queue.rows[0].waiting_workdays, 1);
}

#[test]
fn live_flags_without_owner_come_first() {
    let desk = desk();
    let live = page!(Flags, desk, boss(), Query::Flags { scope: FlagScope::Live, window: ALL });
    let shown: Vec<_> = live.rows.iter().map(|row| row.flag.as_str()).collect();
    assert_eq!((live.total, shown), (3, vec!["F3", "F2", "F1"]));
    // A proposal that nobody owns lies there as a confirmed one does; the cockpit counts both.
    let rots: Vec<_> = live.rows.iter().map(|row| row.rots).collect();
    assert_eq!(rots, [true, true, false]);
    let (by, month) = (Grouping::Officer, today());
    let cockpit = page!(Cockpit, desk, boss(), Query::Cockpit { by, month });
    assert_eq!(cockpit.total.count(Figure::Flags), 2);
    // Each of those behind the figure shows what it counts.
    let filter = CustomerFilter { figure: Some(Figure::Flags), ..CustomerFilter::default() };
    let query = Query::Customers { filter, sort: CustomerSort::Id, window: ALL };
    let behind = page!(Customers, desk, boss(), query);
    let behind: Vec<_> =
        behind.rows.iter().map(|row| (row.customer.as_str(), row.flags, row.proposed)).collect();
    assert_eq!(behind, [("C002", [1, 0, 0], [0; 3]), ("C003", [0; 3], [0, 1, 0])]);
    let scope = FlagScope::Customer("C001".into());
    let all = page!(Flags, desk, zhang(), Query::Flags { scope, window: ALL });
    let shown: Vec<_> = all.rows.iter().map(|row| row.flag.as_str()).collect();
    assert_eq!(shown, ["F1", "F4"], "ended ones last");
    assert!(all.rows.iter().all(|row| !row.rots));
    let history = page!(FlagHistory, desk, zhang(), Query::FlagHistory { flag: "F1".into() });
    assert_eq!(history.changes[0].0, "11-20 09:02");
}

#[test]
fn customers_are_filtered_and_sorted() {
    let desk = desk();
    let ids = |filter: CustomerFilter, sort| {
        let page = page!(Customers, desk, boss(), Query::Customers { filter, sort, window: ALL });
        assert_eq!(page.total as usize, page.rows.len());
        page.rows.iter().map(|row| row.customer.0.clone()).collect::<Vec<_>>()
    };
    let none = CustomerFilter::default;
    desk.store
        .conn()
        .execute_batch(
            "INSERT INTO scores (customer_id, scored_on, card, score, probability, grade, known) VALUES
                ('C001', '2026-11-01', 'k', 400, 900, 'E', 9), ('C001', '2026-11-20', 'k', 100, 90, 'B', 9),
                ('C002', '2026-11-20', 'k', 425, 2000, 'E', 9)",
        )
        .unwrap();
    assert_eq!(ids(none(), CustomerSort::Id), ["C001", "C002", "C003"]);
    assert_eq!(ids(none(), CustomerSort::Score), ["C002", "C001", "C003"]);
    assert_eq!(ids(none(), CustomerSort::Exposure), ["C001", "C002", "C003"]);
    assert_eq!(ids(none(), CustomerSort::Tier), ["C002", "C001", "C003"]);
    assert_eq!(ids(none(), CustomerSort::Flags), ["C001", "C002", "C003"]);
    assert_eq!(ids(none(), CustomerSort::NextDue).len(), 3);
    for (filter, expected) in [
        (CustomerFilter { text: "cq".into(), ..none() }, vec!["C002"]),
        (CustomerFilter { officer: Some("li".into()), ..none() }, vec!["C003"]),
        (CustomerFilter { officer: Some("wang".into()), ..none() }, vec![]),
        (
            CustomerFilter { tier: Some(crate::domain::loan::Tier::SpecialMention), ..none() },
            vec!["C002"],
        ),
        (
            CustomerFilter { min_exposure: Some(crate::domain::money::Fen(400_000_000)), ..none() },
            vec!["C001", "C002"],
        ),
        (CustomerFilter { level: Some(Level::Yellow), ..none() }, vec!["C001", "C002"]),
        (CustomerFilter { level: Some(Level::Red), ..none() }, vec!["C001"]),
        (
            CustomerFilter { line: Some(crate::domain::customer::Line::Corporate), ..none() },
            vec!["C001", "C003"],
        ),
        (CustomerFilter { gaps: true, ..none() }, vec!["C003"]),
        // The last night counts.
        (CustomerFilter { min_score: Some(300), ..none() }, vec!["C002"]),
        (CustomerFilter { min_score: Some(100), ..none() }, vec!["C001", "C002"]),
        (CustomerFilter { grade: Some("E".into()), ..none() }, vec!["C002"]),
    ] {
        assert_eq!(ids(filter.clone(), CustomerSort::Id), expected, "{filter:?}");
    }
}

#[test]
fn beside_the_due_list_stand_the_first_deadlines_and_all_are_counted() {
    let desk = desk();
    let page = |as_whom: &Actor| {
        let filter = AgendaFilter::Overdue;
        let window = Window { offset: 0, limit: 9 };
        page!(Agenda, desk, as_whom, Query::Agenda { filter, class: None, officer: None, window })
    };
    let tell = |customer: &str, officer: &str, n: u32| {
        let sql = "INSERT INTO deadlines (customer_id, kind, ref, due, officer, opens, about, in_a_row)
            VALUES (?1, 'valuation', 'Y' || ?3, date('2026-01-01', ?3 || ' days'), ?2, '2026-01-01', '', 1)";
        desk.store.conn().execute(sql, rusqlite::params![customer, officer, n]).unwrap();
    };
    desk.store.conn().execute("DELETE FROM deadlines", []).unwrap();
    assert_eq!((page(&zhang()).deadlines.len(), page(&zhang()).deadlines_counted), (0, 0));
    (0..9).rev().for_each(|n| tell("C002", "zhang", n));
    tell("C003", "li", 0);
    let shown = page(&zhang());
    let days: Vec<_> = shown.deadlines.iter().map(|row| row.deadline.due.to_string()).collect();
    let first: Vec<_> = (1..=8).map(|n| format!("2026-01-{n:02}")).collect();
    assert_eq!(days, first);
    assert_eq!(shown.deadlines_counted, 9, "another officer's is not among them");
    (9..80).for_each(|n| tell("C002", "zhang", n));
    assert_eq!(page(&zhang()).deadlines_counted, 50, "beyond that nobody counts");
}
