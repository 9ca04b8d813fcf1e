//! Flags of the bank's system.

use super::*;

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
    let mut branch = Branch::new();
    let day = "2026-11-02";
    let row = |id, level| [id, "C1", id, level, day, day, "查封"];
    bring(&mut branch, &[&NEW, &row("F1", "yellow"), &row("F2", "orange"), &row("F3", "red")]);
    const CARE: &str = "
        SELECT group_concat(flag_id || step || substr(step_due, 6, 11), ' ')
        FROM (SELECT * FROM flag_care ORDER BY flag_id)";
    // A workday for the orange one, half of it for the red one.
    assert_eq!(branch.text(CARE), "F2open11-24T01:00 F3open11-23T05:00");
    // What becomes graver has less time; what was acknowledged here is left alone.
    bring(&mut branch, &[&["flag_id", "level"], &["F1", "orange"], &["F2", "red"]]);
    assert_eq!(branch.text(CARE), "F1open11-24T01:00 F2open11-23T05:00 F3open11-23T05:00");
    branch.store.verify_journal(&[]).unwrap();
}
