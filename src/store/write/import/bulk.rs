//! Very many rows into an empty table: its indices and checks stand aside while they are written.

use rusqlite::Connection;

use crate::protocol::tables::Table;
use crate::store::Error;
use crate::store::checks::Waiting;

/// From how many rows on an unsorted file is sorted before it is written; from then on, indices and
/// checks stand aside in an empty table.
pub(super) const SORT_FROM: u64 = 20_000;

/// What stands aside while very many rows are written into an empty table. Those of a few rows stay:
/// to look through all rows for these few would cost more.
pub(super) struct Bulk<'s> {
    waiting: Option<Waiting<'s>>,
    /// The statements that make the indices anew: sorted once, they are several times as fast.
    indices: String,
}

impl<'s> Bulk<'s> {
    pub(super) fn begin(tx: &'s Connection, table: &Table, rows: u64) -> Result<Self, Error> {
        if rows < SORT_FROM || !is_empty(tx, table)? {
            return Ok(Self { waiting: None, indices: String::new() });
        }
        let indices = take_indices_away(tx, table)?;
        Ok(Self { waiting: Some(Waiting::begin(tx)?), indices })
    }

    /// Puts everything back.
    pub(super) fn end(self, tx: &Connection, table: &'static Table) -> Result<(), Error> {
        if let Some(waiting) = self.waiting {
            waiting.make_good(std::slice::from_ref(table))?;
        }
        Ok(tx.execute_batch(&self.indices)?)
    }
}

fn take_indices_away(tx: &Connection, table: &Table) -> Result<String, Error> {
    let mut statement = tx.prepare(
        "SELECT name, sql FROM sqlite_master
         WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL AND sql NOT LIKE '% WHERE %'
         ORDER BY name",
    )?;
    let found = statement
        .query_map([table.name], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    drop(statement);
    let mut anew = String::new();
    for (name, sql) in found {
        tx.execute_batch(&format!("DROP INDEX \"{name}\""))?;
        anew.push_str(&sql);
        anew.push_str(";\n");
    }
    Ok(anew)
}

/// Whether a table has no row.
pub(super) fn is_empty(tx: &Connection, table: &Table) -> Result<bool, Error> {
    let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {})", table.name);
    Ok(tx.query_row(&sql, [], |r| r.get(0))?)
}
