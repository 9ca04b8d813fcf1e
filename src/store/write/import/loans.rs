//! `--complete loans`: the file holds every running loan, so that the others have ended.

use rusqlite::{Connection, params};

use super::stage::Waiting;
use super::{CELL, INDEX, PLAN, State};
use crate::protocol::import::ImportReport;
use crate::store::Error;

/// Lists the active loans that the staged rows do not hold, and settles them if that is wanted.
/// Rejected rows count as present; while any loan id can't be read, nothing is settled.
pub(super) fn complete(tx: &Connection, state: &mut State, rows: &Waiting) -> Result<(), Error> {
    let Some(key) = rows.key.first() else { return Ok(()) };
    let (place, unreadable) = (rows.place, rows.unreadable_keys);
    let day = state.options.as_of_file.map(|d| d.to_string());
    let settle = state.options.settle_missing && day.is_some() && !unreadable;
    state.report.settling_held_back = state.options.settle_missing && unreadable;
    // Loans disbursed after the day of the file can't be in it.
    let sql = format!(
        "SELECT loan_id, customer_id FROM loans
         WHERE status = 'active' AND (?1 IS NULL OR disbursed_on <= ?1)
           AND loan_id NOT IN (SELECT c{key} FROM temp.stage_{place} WHERE c{key} IS NOT NULL)
         ORDER BY loan_id"
    );
    tx.execute_batch(
        "DROP TABLE IF EXISTS temp.missing;
         CREATE TEMP TABLE missing (loan_id TEXT PRIMARY KEY, customer_id TEXT) WITHOUT ROWID;",
    )?;
    tx.execute(&format!("INSERT INTO temp.missing {sql}"), params![day])?;
    let mut statement = tx.prepare("SELECT loan_id, customer_id FROM temp.missing")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (loan, customer): (String, String) = (row.get(0)?, row.get(1)?);
        state.report.missing_count += 1;
        if state.report.missing_loans.len() < ImportReport::LISTED {
            state.report.missing_loans.push(loan.clone());
        }
        if settle {
            tx.prepare_cached(
                "UPDATE loans SET status = 'settled', settled_on = ?2, revision = revision + 1
                 WHERE loan_id = ?1",
            )?
            .execute(params![loan, day])?;
            let after = format!(
                r#"{{"status":"settled","settled_on":"{}"}}"#,
                day.as_deref().unwrap_or_default()
            );
            let before = r#"{"status":"active"}"#;
            let subject = format!("loans:{loan}");
            state.journal(tx, "import_settle", &subject, Some(before), Some(&after))?;
            state.report.settled_count += 1;
            state.touch(tx, &customer, PLAN | INDEX | CELL)?;
        }
    }
    Ok(())
}
