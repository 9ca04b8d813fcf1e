//! Messages: what they warn of may be settled meanwhile.

use super::*;

fn zhang() -> Actor {
    actor("zhang", Role::Officer, "城东")
}

fn told(desk: &Desk) -> (u32, Vec<(String, bool, bool)>) {
    let page = page!(Inbox, desk, zhang(), Query::Inbox);
    let rows = page.rows.iter().map(|row| (row.kind.clone(), row.stands, row.unread));
    let home = page!(Home, desk, zhang(), Query::Home);
    (home.unread, rows.collect())
}

#[test]
fn what_is_settled_needs_no_reading_and_stands_again_when_it_comes_back() {
    let desk = desk();
    let due = "SELECT due FROM due_visits WHERE customer_id = 'C002' ORDER BY n LIMIT 1";
    let due: String = desk.store.conn().query_row(due, [], |row| row.get(0)).unwrap();
    let tell = |kind: &str, flag: Option<&str>, visit: Option<&str>, subject: &str| {
        let sql = "INSERT INTO notices \
            (to_user, kind, customer_id, visit_id, flag_id, subject, business_date, created_at) \
            VALUES ('zhang', ?1, 'C002', ?3, ?2, ?4, '2026-11-20', '2026-11-20T02:30:00.000Z')";
        desk.store.conn().execute(sql, (kind, flag, visit, subject)).unwrap();
    };
    desk.store.conn().execute("DELETE FROM notices", []).unwrap();
    tell("visit_overdue", None, None, &format!("C002@{due}"));
    tell("flag_no_action", Some("F2"), None, "F2@");
    tell("visit_overdue", None, None, "C002@2026-01-01");
    tell("flag_overdue", Some("F4"), None, "F4@2026-01-31");
    tell("review_late", None, Some("V1"), "V1#1@x");
    tell("record_approved", None, Some("V2"), "V2#2@1");
    let (unread, rows) = told(&desk);
    let shown: Vec<_> = rows.iter().map(|(kind, stands, _)| (kind.as_str(), *stands)).collect();
    assert_eq!(
        shown,
        [
            ("flag_no_action", true),
            ("visit_overdue", true),
            ("review_late", false),
            ("flag_overdue", false),
            ("visit_overdue", false),
            ("record_approved", false),
        ]
    );
    assert_eq!(unread, 2, "only what stands waits to be read");
    assert!(rows.iter().all(|(_, stands, unread)| stands == unread));
    let moved = "UPDATE due_visits SET due = '2027-03-01' WHERE customer_id = 'C002'";
    desk.store.conn().execute(moved, []).unwrap();
    assert_eq!(told(&desk).0, 1, "the visit was moved");
    let back = "UPDATE due_visits SET due = ?1 WHERE customer_id = 'C002' AND n = 0";
    desk.store.conn().execute(back, [&due]).unwrap();
    assert_eq!(told(&desk).0, 2, "and back");
    // A deadline tells its days and stands while it does; a step and a tier that are settled are gone.
    desk.store
        .conn()
        .execute_batch(
            "INSERT OR REPLACE INTO deadlines (customer_id, kind, ref, due, officer, opens, about, in_a_row)
             VALUES ('C002', 'valuation', 'Y1', '2026-01-10', 'zhang', '2026-01-01', '', 1)",
        )
        .unwrap();
    tell("deadline_late", None, None, "valuation:Y1@2026-01-10");
    tell("deadline_late", None, None, "valuation:Y2@2026-01-10");
    tell("flag_step_late", Some("F2"), None, "F2#open@2026-01-01T00:00:00.000Z");
    tell("tier_late", None, None, "C002@2026-01-01");
    let page = page!(Inbox, desk, zhang(), Query::Inbox);
    let of = |kind: &str| -> Vec<(bool, bool)> {
        let rows = page.rows.iter().filter(|row| row.kind == kind);
        rows.map(|row| (row.stands, row.days > 0)).collect()
    };
    assert_eq!(of("deadline_late"), [(true, true), (false, true)]);
    assert_eq!(
        (of("flag_step_late"), of("tier_late")),
        (vec![(false, false)], vec![(false, false)])
    );
    // A tier that somebody has proposed is late, whatever the machine sees; every kind is counted as
    // it is shown, and nobody else's.
    desk.store
        .conn()
        .execute_batch(
            "INSERT INTO tier_decisions (customer_id, n, state, before, tier, machine, machine_reasons, pack, reason, \
                proposed_by, proposed_at) \
             VALUES ('C002', 1, 'proposed', 'normal', 'loss', 'normal', '', 'tiers@1', 'x', 'zhang', '2026-11-20T02:30:00.000Z'); \
             INSERT INTO notices (to_user, kind, customer_id, subject, business_date, created_at) \
             VALUES ('wang', 'tier_late', 'C002', 'C002@2026-01-01', '2026-11-20', '2026-11-20T02:30:00.000Z')",
        )
        .unwrap();
    for kind in ["tier_open", "strategy_late", "todo_overdue", "rules_branch", "co_signed"] {
        tell(kind, None, None, &format!("{kind}@2026-01-10"));
    }
    let (unread, rows) = told(&desk);
    assert_eq!(unread as usize, rows.iter().filter(|(_, _, unread)| *unread).count());
    let late = |rows: &[(String, bool, bool)]| rows.iter().any(|row| row.0 == "tier_late" && row.1);
    assert!(late(&rows) && rows.iter().any(|row| row.0 == "co_signed" && row.2));
    for n in 0..200 {
        tell("flag_no_action", Some("F2"), None, &format!("F2@{n}"));
    }
    assert_eq!(told(&desk).0, 100, "a hundred and more are many");
}
