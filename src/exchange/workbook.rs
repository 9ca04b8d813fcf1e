//! Workbooks: sheets are streamed cell by cell; dates are typed, formulas give their last value.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use calamine::{Cell, DataRef, Reader, Xlsx, XlsxCellReader, open_workbook};

use super::fold::trim;
use super::rows::{Raw, ReadFault, Rows};

/// What the parts that are held in memory (shared strings, styles) may unpack to.
const HELD_LIMIT: u64 = 512 << 20;
/// How many parts a workbook may have.
const PARTS_LIMIT: u64 = 10_000;

/// An open workbook.
pub struct Workbook {
    inner: Xlsx<BufReader<File>>,
}

impl Workbook {
    /// Opens a workbook after a look at what it would unpack to.
    pub fn open(path: &Path) -> Result<Self, ReadFault> {
        let mut file = File::open(path)?;
        let mut magic = [0; 4];
        let held = file.read(&mut magic)?;
        if held == 0 {
            return Err(ReadFault::Empty);
        }
        if &magic != b"PK\x03\x04" {
            return Err(ReadFault::Workbook("not an .xlsx file".to_owned()));
        }
        weigh(&mut file)?;
        let inner: Xlsx<_> = open_workbook(path).map_err(damaged)?;
        Ok(Self { inner })
    }

    /// Names of the worksheets, in order.
    pub fn sheets(&self) -> Vec<String> {
        self.inner.sheet_names().clone()
    }

    /// The rows of one sheet.
    pub fn rows(&mut self, sheet: &str) -> Result<SheetRows<'_>, ReadFault> {
        let reader = self.inner.worksheet_cells_reader(sheet).map_err(damaged)?;
        Ok(SheetRows { reader, row: Vec::new(), next: None, ended: false, line: 0, width: 0 })
    }
}

fn damaged(error: impl std::fmt::Display) -> ReadFault {
    ReadFault::Workbook(super::fold::visible(&error.to_string()))
}

/// The rows of a sheet.
pub struct SheetRows<'a> {
    reader: XlsxCellReader<'a, BufReader<File>>,
    /// Column and value of the present row's cells that hold anything, by column.
    row: Vec<(usize, Value<'a>)>,
    /// First cell of the next row.
    next: Option<Cell<DataRef<'a>>>,
    /// The end of the sheet was read: asking on would be an error.
    ended: bool,
    line: u64,
    width: usize,
}

/// A cell with a text that lives long enough.
enum Value<'a> {
    Data(DataRef<'a>),
    Words(String),
}

impl Rows for SheetRows<'_> {
    fn advance(&mut self) -> Result<Option<u64>, ReadFault> {
        loop {
            self.row.clear();
            self.width = 0;
            let first = match self.next.take() {
                Some(cell) => cell,
                None => match self.next_cell()? {
                    Some(cell) => cell,
                    None => return Ok(None),
                },
            };
            let line = u64::from(first.get_position().0) + 1;
            if line <= self.line {
                return Err(ReadFault::Workbook(format!("rows out of order at {line}")));
            }
            self.line = line;
            let mut cell = Some(first);
            while let Some(here) = cell {
                if u64::from(here.get_position().0) + 1 != line {
                    self.next = Some(here);
                    break;
                }
                self.take(&here)?;
                cell = self.next_cell()?;
            }
            if !self.row.is_empty() {
                return Ok(Some(line));
            }
        }
    }

    fn width(&self) -> usize {
        self.width
    }

    fn cell(&self, at: usize) -> Raw<'_> {
        let Ok(found) = self.row.binary_search_by_key(&at, |(column, _)| *column) else {
            return Raw::Empty;
        };
        match self.row.get(found).map(|(_, value)| value) {
            None => Raw::Empty,
            Some(Value::Words(words)) => Raw::Error(words),
            Some(Value::Data(data)) => match data {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "an Excel number is a float; 15 digits of it count"
                )]
                DataRef::Int(n) => Raw::Number(*n as f64),
                DataRef::Float(n) => Raw::Number(*n),
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    Raw::Text(text)
                }
                DataRef::SharedString(text) => Raw::Text(text),
                DataRef::Bool(yes) => Raw::Bool(*yes),
                DataRef::DateTime(at) => match at.as_datetime() {
                    Some(day) if at.is_datetime() => Raw::Date(day),
                    _ => Raw::Number(at.as_f64()),
                },
                DataRef::Error(_) | DataRef::Empty => Raw::Empty,
            },
        }
    }

    fn is_ragged_a_fault(&self) -> bool {
        false
    }
}

impl<'a> SheetRows<'a> {
    fn next_cell(&mut self) -> Result<Option<Cell<DataRef<'a>>>, ReadFault> {
        if self.ended {
            return Ok(None);
        }
        let cell = self.reader.next_cell().map_err(damaged)?;
        self.ended = cell.is_none();
        Ok(cell)
    }

    fn take(&mut self, cell: &Cell<DataRef<'a>>) -> Result<(), ReadFault> {
        let column = cell.get_position().1 as usize;
        let value = match cell.get_value() {
            DataRef::Empty => return Ok(()),
            DataRef::String(text) if trim(text).is_empty() => return Ok(()),
            DataRef::SharedString(text) if trim(text).is_empty() => return Ok(()),
            DataRef::Error(error) => Value::Words(error.to_string()),
            // A date typed as text (`t="d"`) comes with a time that nobody wrote.
            DataRef::DateTimeIso(text) => Value::Data(DataRef::String(
                text.split_once('T').map_or(text.as_str(), |(day, _)| day).to_owned(),
            )),
            other => Value::Data(other.clone()),
        };
        if self.row.last().is_some_and(|(before, _)| *before >= column) {
            return Err(ReadFault::Workbook(format!("cells out of order in row {}", self.line)));
        }
        self.row.push((column, value));
        self.width = column + 1;
        Ok(())
    }
}

/// Sums up what the parts that are held in memory say that they unpack to.
fn weigh(file: &mut File) -> Result<(), ReadFault> {
    const END_SIZE: u64 = 22;
    const ENTRY_SIZE: usize = 46;
    let broken = || ReadFault::Workbook("truncated".to_owned());
    let length = file.seek(SeekFrom::End(0))?;
    // The directory's end record stands last, before a comment of at most 64 KiB.
    let tail_from = length.saturating_sub(END_SIZE + 0xFFFF);
    file.seek(SeekFrom::Start(tail_from))?;
    let mut tail = Vec::new();
    file.take(END_SIZE + 0xFFFF).read_to_end(&mut tail)?;
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or_else(broken)?;
    let end = tail.get(at..).ok_or_else(broken)?;
    let count = little(end, 10, 2).ok_or_else(broken)?;
    let size = little(end, 12, 4).ok_or_else(broken)?;
    let from = little(end, 16, 4).ok_or_else(broken)?;
    if from == 0xFFFF_FFFF || size == 0xFFFF_FFFF {
        // A very large archive: no workbook of rows needs it.
        return Err(ReadFault::Bomb(u64::MAX));
    }
    if count > PARTS_LIMIT || size > length {
        return Err(ReadFault::Bomb(size));
    }
    file.seek(SeekFrom::Start(from))?;
    let mut directory = Vec::new();
    file.take(size).read_to_end(&mut directory)?;
    let mut rest: &[u8] = &directory;
    let mut held: u64 = 0;
    while rest.starts_with(b"PK\x01\x02") {
        let unpacked = little(rest, 24, 4).ok_or_else(broken)?;
        let name = to_size(little(rest, 28, 2).ok_or_else(broken)?);
        let extra = to_size(little(rest, 30, 2).ok_or_else(broken)?);
        let comment = to_size(little(rest, 32, 2).ok_or_else(broken)?);
        let path = rest.get(ENTRY_SIZE..ENTRY_SIZE + name).ok_or_else(broken)?;
        // Worksheets are streamed; whatever else is unpacked is held.
        if !path.starts_with(b"xl/worksheets/") && !path.starts_with(b"xl/media/") {
            held = held.saturating_add(unpacked);
        }
        rest = rest.get(ENTRY_SIZE + name + extra + comment..).ok_or_else(broken)?;
    }
    if held > HELD_LIMIT { Err(ReadFault::Bomb(held)) } else { Ok(()) }
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)))
}

fn to_size(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX >> 2)
}

#[cfg(test)]
mod tests;
