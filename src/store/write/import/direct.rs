//! Rows whose keys rise are written as they come; indices and checks stand aside while very many are.

use rusqlite::{Connection, Statement};

use super::apply::Writer;
use super::compare::{known, known_columns};
use super::stage::{Staged, Staging};
use crate::protocol::import::{FaultSink, Why};
use crate::protocol::tables::{Column, Table};
use crate::store::Error;
use crate::store::checks::Waiting;

/// From how many rows on an unsorted file is sorted before it is written; from then on, indices and
/// checks stand aside in an empty table.
pub(super) const SORT_FROM: u64 = 20_000;

/// Writes rows as they come, because their keys are known to rise: none stands twice.
pub(super) struct Direct<'s> {
    pub(super) writer: Writer<'s>,
    /// Finds the row of a key; `None` while the table was empty.
    seek: Option<Statement<'s>>,
    /// Places of the key among the columns of the file.
    key: Vec<usize>,
    pub(super) bulk: Bulk<'s>,
    faults: Vec<(Option<&'static Column>, String, Why)>,
}

impl<'s> Direct<'s> {
    pub(super) fn new(staging: &Staging<'s, '_>, rows: u64) -> Result<Self, Error> {
        let (tx, table) = (staging.tx, staging.rows.table);
        let bulk = Bulk::begin(tx, table, rows)?;
        let writer = Writer::new(tx, table)?;
        let seek = if writer.fresh {
            None
        } else {
            let on: Vec<String> = staging
                .rows
                .key
                .iter()
                .filter_map(|place| Some(format!("t.\"{}\" = ?", staging.column(*place)?.name)))
                .collect();
            Some(tx.prepare(&format!(
                "SELECT {} FROM {} AS t WHERE {}",
                known_columns(table),
                table.name,
                on.join(" AND ")
            ))?)
        };
        Ok(Self { writer, seek, key: staging.rows.key.clone(), bulk, faults: Vec::new() })
    }

    /// Writes a row that was read without a fault.
    pub(super) fn row(
        &mut self,
        staging: &mut Staging<'_, '_>,
        staged: &Staged,
        sink: &mut dyn FaultSink,
    ) -> Result<(), Error> {
        let (mut old, table) = (None, staging.rows.table);
        if let Some(seek) = &mut self.seek {
            for (n, place) in self.key.iter().enumerate() {
                seek.raw_bind_parameter(n + 1, staged.cells.get(*place))?;
            }
            let mut rows = seek.raw_query();
            if let Some(row) = rows.next()? {
                old = known(table, row, 0)?;
            }
        }
        staging.write(&mut self.writer, staged, old.as_ref(), &mut self.faults, sink)
    }
}

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

pub(super) fn is_empty(tx: &Connection, table: &Table) -> Result<bool, Error> {
    let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {})", table.name);
    Ok(tx.query_row(&sql, [], |r| r.get(0))?)
}
