//! The rejects file: refused rows with what was wrong, in the columns in which they came, so that
//! the file can be put right and imported itself.
//!
//! Each table has a block of its own: a heading of [`NOTES`] and the columns of the refused file,
//! then one line a row. The import knows the heading and passes over the notes.
//!
//! A table's rows are refused in two goes, while all tables are read and while they are written. What
//! the first finds waits in a file without a name, so that the block holds both and memory stays flat.

use std::fs::{File, OpenOptions, remove_file};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use encoding_rs::UTF_8;

use super::cell::{FREE_TEXT_LIMIT, MASK, Unit};
use super::csv_file::CsvRows;
use super::fold::{is_dangerous, mark};
use super::print::guarded;
use super::rows::{Raw, ReadFault, Rows, text_of};
use crate::outgoing::needs_guard;
use crate::protocol::import::{Fault, RowText};
use crate::protocol::tables::{Cell, Kind, TABLES, Table};

/// What stands before the columns of a row.
pub const NOTES: [&str; 6] = ["table", "sheet", "line", "column", "value", "expected"];

/// Writes a rejects file.
pub struct Rejects {
    path: PathBuf,
    file: BufWriter<File>,
    /// What was found while reading; made when something is.
    spool: Option<BufWriter<File>>,
    spooled: u64,
    blocks: Vec<Block>,
    /// Which block is being filled.
    at: usize,
    /// Rows are being written: faults go to the file itself.
    writing: bool,
    /// The row whose faults are being collected.
    row: Option<Row>,
}

/// The refused rows of one table.
struct Block {
    table: &'static Table,
    columns: Vec<usize>,
    unit: Unit,
    /// Its heading is written.
    headed: bool,
    /// Where in the spool its first part lies.
    spooled: Range<u64>,
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
        let private =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        let mut file = BufWriter::new(private);
        file.write_all(b"\xEF\xBB\xBF")?;
        let path = path.to_owned();
        let (blocks, row) = (Vec::new(), None);
        Ok(Self { path, file, spool: None, spooled: 0, blocks, at: 0, writing: false, row })
    }

    /// Rows of another part are read.
    pub fn begin(
        &mut self,
        table: &'static Table,
        columns: &[usize],
        unit: Unit,
    ) -> io::Result<()> {
        self.end_row()?;
        self.at = self.blocks.len();
        let (columns, spooled) = (columns.to_vec(), self.spooled..self.spooled);
        self.blocks.push(Block { table, columns, unit, headed: false, spooled });
        Ok(())
    }

    /// The rows of a part, counted from 0 as they were begun, are written.
    pub fn resume(&mut self, part: usize) -> io::Result<()> {
        self.end_row()?;
        self.at = part;
        self.writing = true;
        let (Some(spool), Some(block)) = (&mut self.spool, self.blocks.get(part)) else {
            return Ok(());
        };
        spool.flush()?;
        let spool = spool.get_mut();
        spool.seek(SeekFrom::Start(block.spooled.start))?;
        let length = block.spooled.end - block.spooled.start;
        io::copy(&mut spool.take(length), &mut self.file)?;
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
        if self.blocks.is_empty() {
            self.file.write_all(&line(NOTES)?)?;
        }
        self.file.flush()
    }

    fn cells(&self, table: &'static Table, row: RowText<'_>) -> Vec<String> {
        let (columns, unit) = match self.blocks.get(self.at) {
            Some(block) => (block.columns.as_slice(), block.unit),
            None => (&[][..], Unit::Yuan),
        };
        let column = |at: usize| columns.get(at).and_then(|i| table.columns.get(*i));
        match row {
            RowText::Raw(texts) => texts.iter().map(|text| safe(text)).collect(),
            RowText::Read(cells, masked) => cells
                .iter()
                .take(columns.len())
                .enumerate()
                .map(|(at, cell)| match column(at) {
                    _ if masked & (1 << at) != 0 => MASK.to_owned(),
                    Some(column) if column.kind == Kind::Amount && unit == Unit::Wan => wan(cell),
                    Some(column) => guarded(column, cell),
                    None => String::new(),
                })
                .collect(),
        }
    }

    fn end_row(&mut self) -> io::Result<()> {
        let (Some(row), Some(block)) = (self.row.take(), self.blocks.get_mut(self.at)) else {
            return Ok(());
        };
        let mut text = Vec::new();
        if !std::mem::replace(&mut block.headed, true) {
            let names =
                block.columns.iter().filter_map(|i| Some(block.table.columns.get(*i)?.name));
            text.extend(line(NOTES.into_iter().chain(names))?);
        }
        let at = row.line.to_string();
        let (columns, expected) = (row.columns.join("; "), row.expected.join("; "));
        let (sheet, value) = (safe(&row.sheet), safe(&row.values.join("; ")));
        let notes = [block.table.name, &sheet, &at, &columns, &value, &expected];
        text.extend(line(notes.into_iter().chain(row.cells.iter().map(String::as_str)))?);
        if self.writing {
            return self.file.write_all(&text);
        }
        self.spooled += text.len() as u64;
        block.spooled.end = self.spooled;
        let spool = match &mut self.spool {
            Some(spool) => spool,
            none => none.insert(BufWriter::new(nameless(&self.path)?)),
        };
        spool.write_all(&text)
    }
}

/// One line of the file.
fn line<'t>(cells: impl IntoIterator<Item = &'t str>) -> io::Result<Vec<u8>> {
    let mut line = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .buffer_capacity(512)
        .from_writer(Vec::new());
    line.write_record(cells).map_err(io::Error::other)?;
    line.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// A file beside another that nobody sees and that is gone when it is closed, however this ends.
fn nameless(beside: &Path) -> io::Result<File> {
    let mut name = beside.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    let file = OpenOptions::new().read(true).write(true).create_new(true).open(&name)?;
    remove_file(&name)?;
    Ok(file)
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
