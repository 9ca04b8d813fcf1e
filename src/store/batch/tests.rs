use super::*;
use crate::protocol::tables::Table;
use crate::store::tests::Branch;

fn row(n: usize, state: &str) -> Vec<Cell> {
    let table = Table::named("visits").unwrap();
    let text = |text: &str| Cell::Text(text.to_owned());
    let cell = |name: &str| match name {
        "visit_id" => text(&format!("V{n:04}")),
        "customer_id" => text("C1"),
        "visited_on" => text("2026-01-02"),
        "class" => text("onsite"),
        "officer" => text("zhang"),
        "state" => text(state),
        _ => Cell::Empty,
    };
    table.columns.iter().map(|column| cell(column.name)).collect()
}

fn fill(count: usize, state: &str) -> (Result<(), Error>, Vec<String>) {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    let mut batch = Batch::new(&tx, Table::named("visits").unwrap());
    let outcome = (0..count)
        .try_for_each(|n| batch.push(row(n, if n + 1 == count { state } else { "approved" })))
        .and_then(|()| batch.flush());
    let mut ids = tx.prepare("SELECT visit_id FROM visits ORDER BY visit_id").unwrap();
    let ids = ids.query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    (outcome, ids)
}

#[test]
fn every_row_is_written_once_whatever_their_number() {
    for count in [0, 1, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS, 3 * ROWS + 5] {
        let (outcome, ids) = fill(count, "approved");
        assert!(outcome.is_ok(), "{count}: {outcome:?}");
        let wanted: Vec<String> = (0..count).map(|n| format!("V{n:04}")).collect();
        assert_eq!(ids, wanted, "{count}");
    }
}

#[test]
fn what_the_file_may_not_hold_is_refused_in_a_full_statement_and_in_the_rest() {
    for count in [1, ROWS, ROWS + 1] {
        let (outcome, _) = fill(count, "dreamt");
        assert!(outcome.is_err(), "{count}");
    }
}
