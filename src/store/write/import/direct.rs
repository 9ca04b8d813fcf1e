//! Rows whose keys rise are written as they come.

use rusqlite::Statement;

use super::apply::Writer;
use super::bulk::Bulk;
use super::compare::{known, known_columns};
use super::stage::{Staged, Staging};
use crate::protocol::import::{FaultSink, Why};
use crate::protocol::tables::Column;
use crate::store::Error;

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
