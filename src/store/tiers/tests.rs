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
fn what_the_core_system_books_worse_than_the_machine_is_told_as_not_cured() {
    let branch = book("UPDATE loans SET tier = 'doubtful' WHERE loan_id = 'L1';");
    classify_book(branch.store.conn(), on(0).date_naive()).unwrap();
    assert_eq!(listed(&branch), ["C1 substandard not_cured:0:0 2026-11-23"]);
}
