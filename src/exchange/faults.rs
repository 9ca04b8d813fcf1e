//! What was refused: the first faults for the screen, all of them in the rejects file.

use std::path::Path;

use super::cell::Unit;
use super::rejects::Rejects;
use crate::protocol::import::{Fault, FaultSink, RowText, Why};
use crate::protocol::tables::{TABLES, Table};

/// How many faults are kept for the report; all are counted.
pub const KEPT: usize = 1_000;

/// Says in a person's words what was expected.
pub type Explain = fn(&Why) -> String;

/// Collects faults.
pub struct Faults {
    /// The first [`KEPT`] faults, in the order found.
    pub kept: Vec<Fault>,
    /// How many there were.
    pub count: u64,
    rejects: Option<Rejects>,
    explain: Explain,
    /// The rejects file could not be written.
    pub broken: Option<std::io::Error>,
}

impl Faults {
    /// Collects without a rejects file.
    pub fn new(explain: Explain) -> Self {
        Self { kept: Vec::new(), count: 0, rejects: None, explain, broken: None }
    }

    /// Collects and writes each faulty row to a CSV file as well.
    pub fn with_rejects(path: &Path, explain: Explain) -> std::io::Result<Self> {
        Ok(Self { rejects: Some(Rejects::create(path)?), ..Self::new(explain) })
    }

    /// Rows of another part are read, with these columns of the table.
    pub fn begin(&mut self, table: &'static Table, columns: &[usize], unit: Unit) {
        if let Some(rejects) = &mut self.rejects {
            let done = rejects.begin(table, columns, unit);
            self.note(done);
        }
    }

    /// The rows of a part, counted from 0 as they were begun, are written.
    pub fn resume(&mut self, part: usize) {
        if let Some(rejects) = &mut self.rejects {
            let done = rejects.resume(part);
            self.note(done);
        }
    }

    /// Puts the faults of each table together, and in the order of their lines: some are found while
    /// it is read, some later.
    pub fn by_table(&mut self) {
        let place = |fault: &Fault| TABLES.iter().position(|t| t.name == fault.table.name);
        self.kept.sort_by_key(|fault| (place(fault), fault.line));
    }

    /// Brings the rejects file to its end.
    pub fn finish(&mut self) -> std::io::Result<()> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        self.rejects.as_mut().map_or(Ok(()), Rejects::finish)
    }

    fn note(&mut self, done: std::io::Result<()>) {
        if let Err(error) = done
            && self.broken.is_none()
        {
            self.broken = Some(error);
        }
    }
}

impl FaultSink for Faults {
    fn fault(&mut self, fault: Fault, row: RowText<'_>) {
        self.count += 1;
        if let Some(rejects) = &mut self.rejects {
            let done = rejects.take(&fault, (self.explain)(&fault.why), row);
            self.note(done);
        }
        if self.kept.len() < KEPT {
            self.kept.push(fault);
        }
    }
}
