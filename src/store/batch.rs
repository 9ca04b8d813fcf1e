//! New rows of one table, many to a statement: beginning and ending one costs as much as a row.

use rusqlite::{Connection, Statement};

use super::Error;
use super::cell::quoted;
use crate::protocol::tables::{Cell, Table};

/// Rows to a statement: enough that it vanishes beside them, and few pages to keep for taking it back.
const ROWS: usize = 64;

/// Rows on their way into a table.
pub(crate) struct Batch<'c> {
    db: &'c Connection,
    table: &'static Table,
    many: Option<Statement<'c>>,
    waiting: Vec<Vec<Cell>>,
}

impl<'c> Batch<'c> {
    pub(crate) fn new(db: &'c Connection, table: &'static Table) -> Self {
        Self { db, table, many: None, waiting: Vec::with_capacity(ROWS) }
    }

    /// Takes a row, with a cell for each column of the table. Written are only rows that were
    /// flushed; those that wait are not found by a query.
    pub(crate) fn push(&mut self, row: Vec<Cell>) -> Result<(), Error> {
        self.waiting.push(row);
        if self.waiting.len() < ROWS { Ok(()) } else { self.flush() }
    }

    /// Takes a row without writing it: the caller flushes when all parents are written.
    pub(crate) fn hold(&mut self, row: Vec<Cell>) {
        self.waiting.push(row);
    }

    /// Whether these are rows of that table.
    pub(crate) fn is_of(&self, table: &Table) -> bool {
        self.table.name == table.name
    }

    /// Writes the rows that wait.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        let mut rows = self.waiting.chunks_exact(ROWS);
        for full in rows.by_ref() {
            let many = match &mut self.many {
                Some(many) => many,
                none => none.insert(self.db.prepare(&insert(self.table, ROWS))?),
            };
            execute(many, full)?;
        }
        for row in rows.remainder() {
            let mut one = self.db.prepare_cached(&insert(self.table, 1))?;
            execute(&mut one, std::slice::from_ref(row))?;
        }
        self.waiting.clear();
        Ok(())
    }
}

fn execute(statement: &mut Statement<'_>, rows: &[Vec<Cell>]) -> Result<(), Error> {
    for (at, cell) in rows.iter().flatten().enumerate() {
        statement.raw_bind_parameter(at + 1, cell)?;
    }
    statement.raw_execute()?;
    Ok(())
}

fn insert(table: &Table, rows: usize) -> String {
    let columns = quoted(table.columns.iter().map(|c| c.name), "");
    let row = format!("({})", vec!["?"; table.columns.len()].join(", "));
    format!("INSERT INTO {} ({columns}) VALUES {}", table.name, vec![row; rows].join(", "))
}

#[cfg(test)]
mod tests;
