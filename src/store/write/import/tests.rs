//! Who waits for whom while an import is going on.

use super::*;
use crate::domain::ids::OpId;
use crate::protocol::command::Command;
use crate::protocol::import::{Fault, RowIn, RowText};
use crate::protocol::tables::Cell;
use crate::store::tests::{Branch, actor, day};

mod flags;

struct NoFaults;

impl FaultSink for NoFaults {
    fn fault(&mut self, fault: Fault, _row: RowText<'_>) {
        panic!("{fault:?}")
    }
}

fn operator() -> Actor {
    Actor { operator: true, ..actor("admin") }
}

fn customers() -> &'static Table {
    Table::named("customers").unwrap()
}

/// Customer, name and officer as a file of these three columns would say them.
fn rows(intake: &mut Intake<'_>, rows: &[(&str, &str, &str)]) -> Waiting {
    let table = customers();
    let at = |name: &str| table.columns.iter().position(|c| c.name == name).unwrap();
    let present = [at("customer_id"), at("name"), at("officer")];
    let mut staging = intake.table(table, &present, "customers.csv").unwrap();
    for (line, (id, name, officer)) in (2..).zip(rows) {
        let cells = [id, name, officer].map(|text| Cell::Text((*text).to_owned())).to_vec();
        let mut row = RowIn { line, cells, ..RowIn::default() };
        staging.push(&mut row, None, &mut NoFaults).unwrap();
    }
    staging.wait(&mut NoFaults).unwrap()
}

fn begin(branch: &mut Branch) -> Intake<'_> {
    branch.store.import(&operator(), day(0), ImportOptions::default()).unwrap()
}

/// Whether somebody else can write: a lock would be waited for in vain.
fn somebody_writes(other: &mut Store, op: &str) {
    let copy = Command::NoteCopy { customer: None, what: "name".to_owned() };
    other.apply(&actor("zhang"), day(0), &OpId(op.to_owned()), &copy).unwrap();
}

/// An import by somebody else in between.
fn somebody_imports(other: &mut Store, row: (&str, &str, &str)) {
    let mut intake = other.import(&operator(), day(0), ImportOptions::default()).unwrap();
    let mut waiting = rows(&mut intake, &[row]);
    let mut session = intake.compare([&mut waiting].into_iter()).unwrap().lock().unwrap();
    session.apply(waiting, &mut NoFaults).unwrap();
    assert!(session.finish().unwrap().committed);
}

const FILE: [(&str, &str, &str); 3] =
    [("C1", "鼎盛新能源", "zhang"), ("C2", "张记货栈改名", "li"), ("C7", "新客户", "li")];

fn count(inserted: u64, updated: u64, unchanged: u64) -> TableCount {
    TableCount { inserted, updated, unchanged, ..TableCount::default() }
}

#[test]
fn nobody_waits_while_a_file_is_read_and_compared() {
    let mut branch = Branch::new();
    let mut other = branch.second();
    let mut intake = begin(&mut branch);
    somebody_writes(&mut other, "1");
    let mut waiting = rows(&mut intake, &FILE);
    somebody_writes(&mut other, "2");
    let compared = intake.compare([&mut waiting].into_iter()).unwrap();
    somebody_writes(&mut other, "3");
    let mut session = compared.lock().unwrap();
    session.apply(waiting, &mut NoFaults).unwrap();
    let report = session.finish().unwrap();
    assert_eq!(report.tables, [("customers", count(1, 1, 1))]);
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'note_copy'"), "3");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn under_the_lock_only_what_is_new_is_looked_at() {
    let mut branch = Branch::new();
    let mut intake = begin(&mut branch);
    let mut waiting = rows(&mut intake, &FILE);
    let session = intake.compare([&mut waiting].into_iter()).unwrap().lock().unwrap();
    let left = compare::Left::of(&waiting, session.state.still);
    let sql = format!("SELECT count(*) FROM ({})", left.select(&waiting, true));
    let looked_at: i64 = session.tx.query_row(&sql, [], |r| r.get(0)).unwrap();
    assert_eq!(looked_at, 2);
}

#[test]
fn what_changed_between_comparison_and_lock_is_compared_again() {
    // (what the other import says, counts of ours)
    for (theirs, counts) in [
        // A row that said nothing new now does.
        (("C1", "别名", "zhang"), count(1, 2, 0)),
        // One that was new says nothing new any more.
        (("C2", "张记货栈改名", "li"), count(1, 0, 2)),
        (("C7", "新客户", "li"), count(0, 1, 2)),
        (("C9", "别的客户", "li"), count(1, 1, 1)),
    ] {
        let mut branch = Branch::new();
        let mut other = branch.second();
        let mut intake = begin(&mut branch);
        let mut waiting = rows(&mut intake, &FILE);
        let compared = intake.compare([&mut waiting].into_iter()).unwrap();
        somebody_imports(&mut other, theirs);
        let mut session = compared.lock().unwrap();
        session.apply(waiting, &mut NoFaults).unwrap();
        let report = session.finish().unwrap();
        assert_eq!(report.tables, [("customers", counts)], "{theirs:?}");
        let name = branch.text("SELECT name FROM customers WHERE customer_id = 'C1'");
        assert_eq!(name, "鼎盛新能源");
    }
}

#[test]
fn a_row_deleted_in_between_is_written_anew() {
    let mut branch = Branch::new();
    let mut other = branch.second();
    let mut intake = begin(&mut branch);
    let mut waiting = rows(&mut intake, &[("C3", "远方贸易", "out")]);
    let compared = intake.compare([&mut waiting].into_iter()).unwrap();
    let sql = "DELETE FROM customers WHERE customer_id = 'C3'";
    other.conn().execute_batch(sql).unwrap();
    somebody_writes(&mut other, "1");
    let mut session = compared.lock().unwrap();
    session.apply(waiting, &mut NoFaults).unwrap();
    assert_eq!(session.finish().unwrap().tables, [("customers", count(1, 0, 0))]);
}

/// Instalments of L1: when due, how much in fen, when paid and how much.
fn instalments(branch: &mut Branch, rows: &[(&str, i64, &str, i64)]) {
    let table = Table::named("repayments").unwrap();
    let at = |name: &str| table.columns.iter().position(|c| c.name == name).unwrap();
    let present = ["loan_id", "due_on", "principal", "paid_on", "paid_amount"].map(at);
    let text = |text: &str| match text {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    };
    let mut intake = begin(branch);
    let mut staging = intake.table(table, &present, "repayments.csv").unwrap();
    for (line, (due, principal, paid, amount)) in (2..).zip(rows) {
        let amount = if paid.is_empty() { Cell::Empty } else { Cell::Int(*amount) };
        let cells = vec![text("L1"), text(due), Cell::Int(*principal), text(paid), amount];
        let mut row = RowIn { line, cells, ..RowIn::default() };
        staging.push(&mut row, None, &mut NoFaults).unwrap();
    }
    let mut waiting = staging.wait(&mut NoFaults).unwrap();
    let mut session = intake.compare([&mut waiting].into_iter()).unwrap().lock().unwrap();
    session.apply(waiting, &mut NoFaults).unwrap();
    assert!(session.finish().unwrap().committed);
}

#[test]
fn instalments_move_days_past_due_tiers_and_signals() {
    let mut branch = Branch::new();
    let known = |branch: &Branch| {
        branch.text(
            "SELECT (SELECT days_past_due FROM customer_facts WHERE customer_id = 'C1')
                || coalesce((SELECT ' ' || tier FROM tier_proposals), '')",
        )
    };
    instalments(&mut branch, &[("2026-08-15", 100, "", 0), ("2026-12-15", 100, "", 0)]);
    assert_eq!(known(&branch), "100 substandard");
    branch.store.look_for_new_signals(day(0), "s").unwrap();
    assert_eq!(branch.text("SELECT group_concat(signal) FROM flags"), "ACC-03");
    // A part is none; the rest is.
    instalments(&mut branch, &[("2026-08-15", 100, "2026-11-20", 60)]);
    assert_eq!(known(&branch), "100 substandard");
    instalments(&mut branch, &[("2026-08-15", 100, "2026-11-22", 100)]);
    assert_eq!(known(&branch), "0");
}
