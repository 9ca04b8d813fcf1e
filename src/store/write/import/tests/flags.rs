//! Flags of the bank's system.

use super::*;
use crate::domain::flag::{FlagState, FlagStep};
use crate::protocol::page::Page;
use crate::protocol::query::Query;

/// A file of flags of C1; the first row has the names of the columns.
pub(super) fn bring(branch: &mut Branch, file: &[&[&str]]) -> ImportReport {
    let table = Table::named("flags").unwrap();
    let [names, rows @ ..] = file else { panic!("no columns") };
    let at = |name: &&str| table.columns.iter().position(|c| c.name == *name).unwrap();
    let present: Vec<usize> = names.iter().map(at).collect();
    let mut intake = begin(branch);
    let mut staging = intake.table(table, &present, "flags.csv").unwrap();
    for (line, row) in (2..).zip(rows) {
        let cells = row.iter().map(|text| Cell::Text((*text).to_owned())).collect();
        let mut row = RowIn { line, cells, ..RowIn::default() };
        staging.push(&mut row, None, &mut NoFaults).unwrap();
    }
    let mut waiting = staging.wait(&mut NoFaults).unwrap();
    let mut session = intake.compare([&mut waiting].into_iter()).unwrap().lock().unwrap();
    session.apply(waiting, &mut NoFaults).unwrap();
    session.finish().unwrap()
}

const NEW: [&str; 7] =
    ["flag_id", "customer_id", "signal", "level", "raised_on", "confirmed_on", "measure"];

#[test]
fn a_grave_flag_that_was_confirmed_elsewhere_waits_to_be_seen() {
    const CARE: &str = "
        SELECT group_concat(flag_id || step || substr(step_due, 6, 11), ' ')
        FROM (SELECT * FROM flag_care ORDER BY flag_id)";
    let mut branch = Branch::new();
    let day = "2026-11-02";
    let row = |id, level| [id, "C1", id, level, day, day, "查封"];
    bring(&mut branch, &[&NEW, &row("F1", "yellow"), &row("F2", "orange"), &row("F3", "red")]);
    // A workday for the orange one, half of it for the red one.
    assert_eq!(branch.text(CARE), "F2open11-23T09:00 F3open11-23T05:00");
    // What becomes graver has less time; what was acknowledged here is left alone.
    bring(&mut branch, &[&["flag_id", "level"], &["F1", "orange"], &["F2", "red"]]);
    assert_eq!(branch.text(CARE), "F1open11-23T09:00 F2open11-23T05:00 F3open11-23T05:00");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn a_flag_whose_change_was_taken_back_is_the_banks_again() {
    let mut branch = Branch::new();
    let day = "2026-11-02";
    bring(&mut branch, &[&NEW, &["F1", "C1", "F1", "yellow", day, day, "查封"]]);
    let change = Command::MoveFlag {
        flag: "F1".into(),
        seen: 1,
        step: FlagStep::Acting,
        note: String::new(),
        measure: String::new(),
        left: None,
    };
    branch.run("zhang", change).unwrap();
    assert_eq!(branch.text("SELECT origin FROM flags"), "here");
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT origin FROM flags"), "import");
    // The night's file may change it, and is not refused as a whole.
    let report = bring(&mut branch, &[&["flag_id", "closed_on"], &["F1", "2026-11-23"]]);
    assert!(report.committed && report.faulty() == 0, "{report:?}");
    let query = Query::FlagHistory { flag: "F1".into() };
    let Page::FlagHistory(page) =
        branch.store.query(&actor("zhang"), crate::store::tests::day(0), &query).unwrap()
    else {
        panic!()
    };
    assert_eq!((page.flag.state, page.flag.step), (FlagState::Closed, FlagStep::Cleared));
    let brought: Vec<_> = page.brought.iter().map(|(_, what)| *what).collect();
    assert_eq!(brought, ["raised", "confirmed", "closed"]);
}
