//! Drives the rows of a file into the store (`exchange.md` section 1).

use std::path::Path;

use encoding_rs::Encoding;

use super::cell::{self, Said, Unit};
use super::faults::Faults;
use super::fold::visible;
use super::header::{self, Header};
use super::rows::{Raw, ReadFault, Rows, text_of};
use super::source::{Part, Source, SourceFault};
use crate::protocol::import::{Fault, FaultSink, ImportReport, RowIn, RowText, Why};
use crate::protocol::tables::{Cell, Column, Need, Table};
use crate::store;
use crate::store::write::import::{Session, Staging};

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
}

/// Called now and then with the number of rows read so far,
/// and how much of the present file that is, from 0 to 1, where it can be told.
pub type Progress<'p> = &'p mut dyn FnMut(u64, Option<f64>);

/// Imports a workbook, a file or a folder in the transaction of `session`, and ends it.
pub fn import(
    path: &Path,
    reading: Reading,
    mut session: Session<'_>,
    faults: &mut Faults,
    progress: Progress<'_>,
) -> Result<(ImportReport, Ignored), ImportFault> {
    let mut source = Source::open(path, reading.kind, reading.encoding, reading.ignore_unknown)?;
    if session.options().complete_loans && !source.parts.iter().any(|p| p.table.name == "loans") {
        return Err(ImportFault::NoLoans);
    }
    let mut ignored = Ignored { parts: source.ignored.clone(), ..Ignored::default() };
    let mut read = 0;
    for part in source.parts.clone() {
        let at = |fault| SourceFault { name: part.name.clone(), fault };
        let mut rows = source.rows(&part).map_err(at)?;
        if rows.advance().map_err(at)?.is_none() {
            continue;
        }
        let header = header::read(part.table, rows.as_ref(), reading.ignore_unknown).map_err(at)?;
        if !header.ignored.is_empty() {
            let names = header.ignored.iter().map(|n| visible(n)).collect();
            ignored.columns.push((part.name.clone(), names));
        }
        faults.begin(part.table, &header.present(), reading.unit);
        let mut reader = PartReader::new(&part, header, reading.unit);
        let present = reader.header.present();
        let rising = if rows.can_be_read_twice() {
            let rising = reader.rising(rows.as_mut()).map_err(at)?;
            drop(rows);
            rows = source.rows(&part).map_err(at)?;
            rows.advance().map_err(at)?;
            rising
        } else {
            None
        };
        let mut staging = session.table(part.table, &present, &part.name, rising)?;
        let mut first = true;
        while let Some(line) = rows.advance().map_err(at)? {
            if first && header::is_repeated(part.table, &reader.header, rows.as_ref()) {
                first = false;
                continue;
            }
            first = false;
            reader.stage(line, rows.as_ref(), &mut staging, faults)?;
            read += 1;
            if read % 10_000 == 0 {
                progress(read, rows.done());
            }
        }
        drop(rows);
        staging.apply(faults)?;
    }
    Ok((session.finish()?, ignored))
}

/// Reads the rows of one part.
struct PartReader<'p> {
    part: &'p Part,
    header: Header,
    unit: Unit,
    row: RowIn,
    /// Where `customer_id`, `visited_on`, `class` and `visit_id` of visits stand among the cells.
    derive: Option<Derive>,
    faults: Vec<(Option<&'static Column>, String, Why)>,
}

/// Places among the present cells from which a visit id is derived.
#[derive(Debug, Clone, Copy)]
struct Derive {
    visit_id: Option<usize>,
    customer_id: Option<usize>,
    visited_on: Option<usize>,
    class: Option<usize>,
}

impl<'p> PartReader<'p> {
    fn new(part: &'p Part, header: Header, unit: Unit) -> Self {
        let present = header.present();
        let place = |name: &str| {
            let index = part.table.columns.iter().position(|c| c.name == name)?;
            present.iter().position(|p| *p == index)
        };
        let derive = (part.table.name == "visits").then(|| Derive {
            visit_id: place("visit_id"),
            customer_id: place("customer_id"),
            visited_on: place("visited_on"),
            class: place("class"),
        });
        Self { part, header, unit, row: RowIn::default(), derive, faults: Vec::new() }
    }

    /// Reads the rest of the rows for their keys alone: how many rows there are, if their keys rise
    /// from row to row and all of them can be read.
    fn rising(&self, rows: &mut dyn Rows) -> Result<Option<u64>, ReadFault> {
        let columns = self.part.table.columns;
        let at = |index: usize| self.header.columns.iter().position(|c| *c == Some(index));
        let keys = columns.iter().enumerate().filter(|(_, c)| c.need == Need::Key);
        let Some(keys) = keys.map(|(index, c)| Some((at(index)?, c))).collect::<Option<Vec<_>>>()
        else {
            return Ok(None);
        };
        let (mut last, mut key) = (Vec::new(), Vec::new());
        let (mut count, mut first) = (0, true);
        while rows.advance()?.is_some() {
            if std::mem::take(&mut first)
                && header::is_repeated(self.part.table, &self.header, rows)
            {
                continue;
            }
            key.clear();
            for (at, column) in &keys {
                match cell::read(column, rows.cell(*at), self.unit) {
                    Ok(Said::Value(Cell::Text(text))) => key.push(text),
                    _ => return Ok(None),
                }
            }
            if count > 0 && key <= last {
                return Ok(None);
            }
            std::mem::swap(&mut key, &mut last);
            count += 1;
        }
        Ok(Some(count))
    }

    fn stage(
        &mut self,
        line: u64,
        rows: &dyn Rows,
        staging: &mut Staging<'_, '_>,
        faults: &mut Faults,
    ) -> Result<(), store::Error> {
        self.row.cells.clear();
        self.row.line = line;
        self.row.masked = 0;
        self.row.bad = false;
        self.read_cells(rows);
        if rows.is_ragged_a_fault() {
            self.forget_lost_cells();
        }
        let (key, derived) = self.key();
        if matches!(key, Key::Masked) {
            self.faults.clear();
            staging.skip_masked();
            return Ok(());
        }
        if !self.faults.is_empty() {
            self.row.bad = true;
            staging.count_faulty();
            let named = self.header.columns.len();
            let whole: Vec<String> = (0..rows.width().max(named))
                .filter(|at| self.header.columns.get(*at).is_none_or(Option::is_some))
                .map(|at| text_of(rows.cell(at)))
                .collect();
            for (column, value, why) in self.faults.drain(..) {
                let (table, sheet) = (self.part.table, self.part.name.clone());
                let fault = Fault { table, column, sheet, line, value, why };
                faults.fault(fault, RowText::Raw(&whole));
            }
        }
        if matches!(key, Key::Readable) {
            staging.push(&mut self.row, derived, faults)
        } else {
            staging.key_unreadable();
            Ok(())
        }
    }

    fn read_cells(&mut self, rows: &dyn Rows) {
        let named = self.header.columns.len();
        if rows.is_ragged_a_fault() && rows.width() != named {
            let surplus = (named..rows.width()).any(|at| holds_something(rows.cell(at)));
            if rows.width() < named || surplus {
                self.faults.push((None, String::new(), Why::Ragged(named, rows.width())));
            }
        } else if (named..rows.width()).any(|at| holds_something(rows.cell(at))) {
            self.faults.push((None, String::new(), Why::Ragged(named, rows.width())));
        }
        for (at, column) in self.header.columns.iter().enumerate() {
            let raw = rows.cell(at);
            let Some(column) = column.and_then(|i| self.part.table.columns.get(i)) else {
                let nameless = self.header.named.get(at).is_some_and(|named| !named);
                if nameless && holds_something(raw) {
                    self.faults.push((None, text_of(raw), Why::Ragged(named, rows.width())));
                }
                continue;
            };
            let place = self.row.cells.len();
            match cell::read(column, raw, self.unit) {
                Ok(Said::Masked) => {
                    self.row.masked |= 1 << place;
                    self.row.cells.push(Cell::Empty);
                }
                Ok(Said::Value(value)) => {
                    if value == Cell::Empty {
                        let why = match column.need {
                            Need::Key if column.name == "visit_id" => None,
                            Need::Key => Some(Why::KeyEmpty),
                            Need::Required => Some(Why::RequiredEmpty),
                            Need::Optional => None,
                        };
                        if let Some(why) = why {
                            self.faults.push((Some(column), String::new(), why));
                        }
                    }
                    self.row.cells.push(value);
                }
                Err(why) => {
                    self.faults.push((Some(column), text_of(raw), why));
                    self.row.cells.push(Cell::Empty);
                }
            }
        }
    }

    /// A row that is cut off says nothing about the cells that it lacks.
    fn forget_lost_cells(&mut self) {
        let cut = self
            .faults
            .iter()
            .position(|(_, _, why)| matches!(why, Why::Ragged(wanted, found) if found < wanted));
        if let Some(at) = cut {
            self.faults.swap(0, at);
            self.faults.truncate(1);
        }
    }

    /// Whether the key is there, and the visit id where it is derived.
    fn key(&mut self) -> (Key, Option<String>) {
        let masked = |row: &RowIn, place: usize| row.masked & (1 << place) != 0;
        if let Some(derive) = self.derive {
            if derive.visit_id.is_some_and(|place| masked(&self.row, place)) {
                return (Key::Masked, None);
            }
            let given = derive.visit_id.and_then(|place| self.row.cells.get(place));
            if given.is_some_and(|cell| *cell != Cell::Empty) {
                return (Key::Readable, None);
            }
            let visit_id = Some(0).and_then(|i: usize| self.part.table.columns.get(i));
            if self.faults.iter().any(|(column, ..)| *column == visit_id) {
                return (Key::Unreadable, None);
            }
            let parts = [derive.customer_id, derive.visited_on, derive.class];
            if parts.iter().flatten().any(|place| masked(&self.row, *place)) {
                return (Key::Masked, None);
            }
            let text = |place: Option<usize>| match place.and_then(|p| self.row.cells.get(p)) {
                Some(Cell::Text(text)) => Some(text.as_str()),
                _ => None,
            };
            if let (Some(customer), Some(day), Some(class)) =
                (text(derive.customer_id), text(derive.visited_on), text(derive.class))
            {
                let mark = if class == "onsite" { 'X' } else { 'F' };
                let id = format!("V-{customer}-{}-{mark}", day.replace('-', ""));
                if id.chars().count() <= cell::TEXT_LIMIT {
                    return (Key::Readable, Some(id));
                }
            }
            if self.faults.is_empty() {
                self.faults.push((visit_id, String::new(), Why::KeyEmpty));
            }
            return (Key::Unreadable, None);
        }
        let mut key = Key::Readable;
        let present = self.header.columns.iter().flatten();
        for (place, index) in present.enumerate() {
            let is_key = self.part.table.columns.get(*index).is_some_and(|c| c.need == Need::Key);
            if is_key && masked(&self.row, place) {
                key = Key::Masked;
            } else if is_key && self.row.cells.get(place) == Some(&Cell::Empty) {
                return (Key::Unreadable, None);
            }
        }
        (key, None)
    }
}

/// What can be said of a row's key.
enum Key {
    Readable,
    Masked,
    Unreadable,
}

fn holds_something(raw: Raw<'_>) -> bool {
    match raw {
        Raw::Empty => false,
        Raw::Text(text) => !super::fold::trim(text).is_empty(),
        _ => true,
    }
}

impl From<ReadFault> for ImportFault {
    fn from(fault: ReadFault) -> Self {
        Self::Source(SourceFault { name: String::new(), fault })
    }
}

#[cfg(test)]
mod tests;
