//! The rejects file: refused rows with what was wrong, in the columns in which they came, so that
//! the file can be put right and imported itself.
//!
//! Each table has a block of its own: a heading of [`NOTES`] and the columns of the refused file,
//! then one line a row. The import knows the heading and passes over the notes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use encoding_rs::UTF_8;

use super::cell::{FREE_TEXT_LIMIT, MASK, Unit, needs_guard};
use super::csv_file::CsvRows;
use super::fold::{is_dangerous, mark};
use super::print::guarded;
use super::rows::{Raw, ReadFault, Rows, text_of};
use crate::protocol::import::{Fault, RowText};
use crate::protocol::tables::{Cell, Kind, TABLES, Table};

/// What stands before the columns of a row.
pub const NOTES: [&str; 6] = ["table", "sheet", "line", "column", "value", "expected"];

/// Writes a rejects file.
pub struct Rejects {
    writer: csv::Writer<BufWriter<File>>,
    /// Table and columns of the present part.
    table: &'static str,
    columns: Vec<usize>,
    unit: Unit,
    /// A heading for these stands above.
    headed: bool,
    /// The row whose faults are being collected.
    row: Option<Row>,
}

/// A refused row.
struct Row {
    line: u64,
    sheet: String,
    columns: Vec<&'static str>,
    values: Vec<String>,
    expected: Vec<String>,
    cells: Vec<String>,
}

impl Rejects {
    /// Begins the file.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(b"\xEF\xBB\xBF")?;
        let writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(file);
        let (columns, unit) = (Vec::new(), Unit::Yuan);
        Ok(Self { writer, table: "", columns, unit, headed: false, row: None })
    }

    /// Rows of another part follow.
    pub fn begin(
        &mut self,
        table: &'static Table,
        columns: &[usize],
        unit: Unit,
    ) -> io::Result<()> {
        self.end_row()?;
        self.table = table.name;
        self.columns = columns.to_vec();
        self.unit = unit;
        self.headed = false;
        Ok(())
    }

    /// Takes a fault; those of one row follow each other.
    pub fn take(&mut self, fault: &Fault, expected: String, row: RowText<'_>) -> io::Result<()> {
        if self.row.as_ref().is_none_or(|r| r.line != fault.line || r.sheet != fault.sheet) {
            self.end_row()?;
            self.row = Some(Row {
                line: fault.line,
                sheet: fault.sheet.clone(),
                columns: Vec::new(),
                values: Vec::new(),
                expected: Vec::new(),
                cells: self.cells(fault.table, row),
            });
        }
        if let Some(row) = &mut self.row {
            row.columns.push(fault.column.map_or("", |c| c.name));
            row.values.push(fault.value.clone());
            row.expected.push(expected);
        }
        Ok(())
    }

    /// Brings the file to its end.
    pub fn finish(&mut self) -> io::Result<()> {
        self.end_row()?;
        if !self.headed && self.table.is_empty() {
            self.writer.write_record(NOTES).map_err(io::Error::other)?;
        }
        self.writer.flush()
    }

    fn cells(&self, table: &'static Table, row: RowText<'_>) -> Vec<String> {
        let column = |at: usize| self.columns.get(at).and_then(|i| table.columns.get(*i));
        match row {
            RowText::Raw(texts) => texts.iter().map(|text| safe(text)).collect(),
            RowText::Read(cells, masked) => cells
                .iter()
                .take(self.columns.len())
                .enumerate()
                .map(|(at, cell)| match column(at) {
                    _ if masked & (1 << at) != 0 => MASK.to_owned(),
                    Some(column) if column.kind == Kind::Amount && self.unit == Unit::Wan => {
                        wan(cell)
                    }
                    Some(column) => guarded(column, cell),
                    None => String::new(),
                })
                .collect(),
        }
    }

    fn end_row(&mut self) -> io::Result<()> {
        let Some(row) = self.row.take() else { return Ok(()) };
        if !self.headed {
            self.headed = true;
            let table = TABLES.iter().find(|t| t.name == self.table);
            let names = self.columns.iter().filter_map(|i| Some(table?.columns.get(*i)?.name));
            self.writer.write_record(NOTES.into_iter().chain(names)).map_err(io::Error::other)?;
        }
        let line = row.line.to_string();
        let (columns, expected) = (row.columns.join("; "), row.expected.join("; "));
        let (sheet, value) = (safe(&row.sheet), safe(&row.values.join("; ")));
        let notes = [self.table, &sheet, &line, &columns, &value, &expected];
        let cells = row.cells.iter().map(String::as_str);
        self.writer.write_record(notes.into_iter().chain(cells)).map_err(io::Error::other)
    }
}

/// An amount in the unit of the file.
fn wan(cell: &Cell) -> String {
    let Cell::Int(fen) = cell else { return String::new() };
    let sign = if *fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", fen.unsigned_abs() / 1_000_000, fen.unsigned_abs() % 1_000_000)
}

/// A raw cell that neither a terminal nor a spreadsheet obeys, and that reads as the same when it
/// is imported: a number stays a number, a text that has its guard keeps it.
fn safe(text: &str) -> String {
    let mut safe = String::new();
    let number =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',' | '%'));
    if needs_guard(text) && !text.starts_with('\'') && !number {
        safe.push('\'');
    }
    for c in text.chars().take(FREE_TEXT_LIMIT) {
        if is_dangerous(c) && c != '\n' {
            safe.push_str(&mark(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Whether the present row is the heading of a block.
fn is_heading(rows: &dyn Rows) -> bool {
    rows.width() > NOTES.len()
        && NOTES.iter().enumerate().all(|(at, name)| rows.cell(at) == Raw::Text(name))
}

/// The tables of the blocks of a rejects file, in order; `None` if the file is none.
pub fn blocks(path: &Path) -> Result<Option<Vec<&'static Table>>, ReadFault> {
    let Some(any) = TABLES.first() else { return Ok(None) };
    let mut rows = CsvRows::open(path, any, Some(UTF_8))?;
    // Whatever is wrong with another file is told by whoever reads it as such.
    if !matches!(rows.advance(), Ok(Some(_))) || !is_heading(&rows) {
        return Ok(None);
    }
    let (mut tables, mut new) = (Vec::new(), true);
    while rows.advance()?.is_some() {
        if is_heading(&rows) {
            new = true;
        } else if std::mem::take(&mut new) {
            let name = text_of(rows.cell(0));
            tables.push(Table::named(&name).ok_or(ReadFault::UnknownTable(name))?);
        }
    }
    Ok(Some(tables))
}

/// The rows of one block, without the notes.
pub struct BlockRows {
    inner: CsvRows,
    /// The heading is given as the first row.
    begun: bool,
    line: u64,
    ended: bool,
}

impl BlockRows {
    /// Goes to a block.
    pub fn open(path: &Path, table: &Table, block: usize) -> Result<Self, ReadFault> {
        let mut inner = CsvRows::open(path, table, Some(UTF_8))?;
        let (mut left, mut line) = (block + 1, 0);
        while left > 0
            && let Some(at) = inner.advance()?
        {
            left -= usize::from(is_heading(&inner));
            line = at;
        }
        Ok(Self { inner, begun: false, line, ended: left > 0 })
    }
}

impl Rows for BlockRows {
    fn advance(&mut self) -> Result<Option<u64>, ReadFault> {
        if self.ended {
            return Ok(None);
        }
        if !std::mem::replace(&mut self.begun, true) {
            return Ok(Some(self.line));
        }
        let line = self.inner.advance()?;
        self.ended = line.is_none() || is_heading(&self.inner);
        Ok(line.filter(|_| !self.ended))
    }

    fn width(&self) -> usize {
        self.inner.width().saturating_sub(NOTES.len())
    }

    fn cell(&self, at: usize) -> Raw<'_> {
        self.inner.cell(at + NOTES.len())
    }

    fn is_ragged_a_fault(&self) -> bool {
        true
    }
}
