//! Drives the rows of a file into the store (`exchange.md` section 1).

mod part;

use std::path::Path;

use encoding_rs::Encoding;

use super::cell::Unit;
use super::faults::Faults;
use super::fold::visible;
use super::header;
use super::rows::{ReadFault, Rows};
use super::source::{Source, SourceFault};
use crate::protocol::import::ImportReport;
use crate::protocol::tables::{Column, Need, Table};
use crate::store;
use crate::store::write::import::{Intake, Staging, Waiting};
use part::PartReader;

/// How a file is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// The table of a file whose name does not tell.
    pub kind: Option<&'static Table>,
    /// Unknown columns, sheets and files are passed over.
    pub ignore_unknown: bool,
    /// Of CSV files; found out when `None`.
    pub encoding: Option<&'static Encoding>,
    /// What amounts are counted in.
    pub unit: Unit,
}

/// Why an import came to nothing as a whole.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// A file or sheet can't be read.
    #[error(transparent)]
    Source(#[from] SourceFault),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// `--complete loans` with a file that has no table `loans`.
    #[error("no table loans")]
    NoLoans,
}

/// What was read besides the rows, for the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ignored {
    /// Sheet or file, and the columns that were passed over there.
    pub columns: Vec<(String, Vec<String>)>,
    /// Sheets and files without a table.
    pub parts: Vec<String>,
    /// Sheets and files with a header and no row, that lack columns which a row would need.
    pub bare: Vec<(String, Vec<&'static Column>)>,
    /// Rows below the headers, all together.
    pub rows: u64,
}

impl Ignored {
    fn note_bare(&mut self, rows: u64, part: &str, lacks: Vec<&'static Column>) {
        if rows == 0 && !lacks.is_empty() {
            self.bare.push((part.to_owned(), lacks));
        }
    }
}

/// Called now and then with the number of rows read so far,
/// and how much of the present file that is, from 0 to 1, where it can be told.
pub type Progress<'p> = &'p mut dyn FnMut(u64, Option<f64>);

/// Imports a workbook, a file or a folder in one transaction, and ends `intake`.
///
/// Everything is read first, and the write lock taken when only the writing is left; rows of an
/// empty table whose keys rise are the exception: they are read twice, and written as they come.
pub fn import(
    path: &Path,
    reading: Reading,
    mut intake: Intake<'_>,
    faults: &mut Faults,
    progress: Progress<'_>,
) -> Result<(ImportReport, Ignored), ImportFault> {
    let mut source = Source::open(path, reading.kind, reading.encoding, reading.ignore_unknown)?;
    if intake.options().complete_loans && !source.parts.iter().any(|p| p.table.name == "loans") {
        return Err(ImportFault::NoLoans);
    }
    let mut ignored = Ignored { parts: source.ignored.clone(), ..Ignored::default() };
    let (parts, mut read) = (source.parts.clone(), Read { rows: 0, progress });
    let mut wait = Vec::new();
    for part in &parts {
        let at = |fault| SourceFault { name: part.name.clone(), fault };
        let mut rows = source.rows(part).map_err(at)?;
        if rows.advance().map_err(at)?.is_none() {
            continue;
        }
        let header = header::read(part.table, rows.as_ref(), reading.ignore_unknown).map_err(at)?;
        if !header.ignored.is_empty() {
            let names = header.ignored.iter().map(|n| visible(n)).collect();
            ignored.columns.push((part.name.clone(), names));
        }
        let present = header.present();
        faults.begin(part.table, &present, reading.unit);
        let lacks = part
            .table
            .columns
            .iter()
            .enumerate()
            .filter(|(at, column)| column.need == Need::Required && !present.contains(at));
        let lacks: Vec<&'static Column> = lacks.map(|(_, column)| column).collect();
        let mut reader = PartReader::new(part, header, reading.unit);
        if rows.can_be_read_twice() && intake.suits_direct(part.table)? {
            let rising = reader.rising(rows.as_mut()).map_err(at)?;
            if let Some(rows) = rising {
                ignored.rows += rows;
                ignored.note_bare(rows, &part.name, lacks);
                wait.push(Wait::Unread(reader, rows));
                continue;
            }
            drop(rows);
            rows = source.rows(part).map_err(at)?;
            rows.advance().map_err(at)?;
        }
        let mut staging = intake.table(part.table, &present, &part.name)?;
        let before = read.rows;
        read.all(&mut reader, rows.as_mut(), &mut staging, faults)?;
        ignored.rows += read.rows - before;
        ignored.note_bare(read.rows - before, &part.name, lacks);
        wait.push(Wait::Read(staging.wait(faults)?));
    }
    let staged = wait.iter_mut().filter_map(|part| match part {
        Wait::Read(rows) => Some(rows),
        Wait::Unread(..) => None,
    });
    let mut session = intake.compare(staged)?.lock()?;
    for (n, part) in wait.into_iter().enumerate() {
        faults.resume(n);
        match part {
            Wait::Read(rows) => session.apply(rows, faults)?,
            Wait::Unread(mut reader, count) => {
                let part = reader.part;
                let at = |fault| SourceFault { name: part.name.clone(), fault };
                let mut rows = source.rows(part).map_err(at)?;
                rows.advance().map_err(at)?;
                let present = reader.header.present();
                let mut staging = session.direct(part.table, &present, &part.name, count)?;
                read.all(&mut reader, rows.as_mut(), &mut staging, faults)?;
                staging.end()?;
            }
        }
    }
    faults.by_table();
    Ok((session.finish()?, ignored))
}

/// A part until everything is read.
enum Wait<'p> {
    Read(Waiting),
    /// With the number of its rows.
    Unread(PartReader<'p>, u64),
}

/// Counts the rows that were read, and tells of it.
struct Read<'p> {
    rows: u64,
    progress: Progress<'p>,
}

impl Read<'_> {
    /// Reads all rows below the header.
    fn all(
        &mut self,
        reader: &mut PartReader<'_>,
        rows: &mut dyn Rows,
        staging: &mut Staging<'_, '_>,
        faults: &mut Faults,
    ) -> Result<(), ImportFault> {
        let part = reader.part;
        let at = |fault| SourceFault { name: part.name.clone(), fault };
        let mut first = true;
        while let Some(line) = rows.advance().map_err(at)? {
            if std::mem::take(&mut first) && header::is_repeated(part.table, &reader.header, rows) {
                continue;
            }
            reader.stage(line, rows, staging, faults)?;
            self.rows += 1;
            if self.rows.is_multiple_of(10_000) {
                (self.progress)(self.rows, rows.done());
            }
        }
        Ok(())
    }
}

impl From<ReadFault> for ImportFault {
    fn from(fault: ReadFault) -> Self {
        Self::Source(SourceFault { name: String::new(), fault })
    }
}

#[cfg(test)]
mod tests;
