//! A stream of rows of raw cells, whatever the file.

use chrono::NaiveDateTime;

/// A cell as the file holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Raw<'a> {
    /// Nothing.
    Empty,
    /// Text.
    Text(&'a str),
    /// A number cell of a workbook.
    Number(f64),
    /// A date cell of a workbook.
    Date(NaiveDateTime),
    /// A yes/no cell of a workbook.
    Bool(bool),
    /// A formula that failed: `#N/A`.
    Error(&'a str),
}

/// Why a file can't be read on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// The operating system refused.
    #[error("{0}")]
    Io(String),
    /// It is not there.
    #[error("not found")]
    NotFound,
    /// It holds nothing.
    #[error("empty")]
    Empty,
    /// No such encoding, or its name is unknown.
    #[error("encoding {0}")]
    UnknownEncoding(String),
    /// UTF-16, as some programs save "Unicode text".
    #[error("UTF-16")]
    Utf16,
    /// Bytes that the encoding does not have, at this offset.
    #[error("bytes at {offset} are not {encoding}")]
    WrongEncoding {
        /// Which encoding was tried.
        encoding: &'static str,
        /// How many bytes stand before.
        offset: u64,
    },
    /// Bytes in this line, from 1, that neither UTF-8 nor GB18030 has.
    #[error("bytes in line {0} are neither UTF-8 nor GB18030")]
    NoEncoding(u64),
    /// A record that does not end.
    #[error("record at line {0} does not end")]
    EndlessRecord(u64),
    /// The workbook is damaged, or no workbook.
    #[error("workbook: {0}")]
    Workbook(String),
    /// The workbook unpacks to more than any portfolio holds.
    #[error("workbook unpacks to {0} bytes")]
    Bomb(u64),
    /// A kind of file that is not read.
    #[error("kind of file")]
    Extension,
    /// No table has the name of this file or sheet.
    #[error("no table {0}")]
    UnknownTable(String),
    /// Two files or sheets hold the same table.
    #[error("table {0} twice")]
    TableTwice(String),
    /// Columns that the table does not have.
    #[error("unknown columns {0:?}")]
    UnknownColumns(Vec<String>),
    /// The same column more than once.
    #[error("columns twice {0:?}")]
    ColumnsTwice(Vec<String>),
    /// A table without one of its key columns.
    #[error("key column {0} missing")]
    KeyColumnMissing(&'static str),
}

impl From<std::io::Error> for ReadFault {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::NotFound {
            Self::NotFound
        } else {
            Self::Io(error.to_string())
        }
    }
}

/// Rows, one at a time.
pub trait Rows {
    /// Goes to the next row that holds anything, and gives its line, from 1.
    fn advance(&mut self) -> Result<Option<u64>, ReadFault>;
    /// How many cells the present row has, empty ones included.
    fn width(&self) -> usize;
    /// A cell of the present row; empty beyond its end.
    fn cell(&self, at: usize) -> Raw<'_>;
    /// Whether a row of another width than the header is a fault (a text file), or just sparse.
    fn is_ragged_a_fault(&self) -> bool;
    /// Whether to read it twice costs little beside what is done with the rows.
    fn can_be_read_twice(&self) -> bool {
        false
    }
    /// How much of the file is read, from 0 to 1; `None` where it can't be told.
    fn done(&self) -> Option<f64> {
        None
    }
}

/// A raw cell as text, for reports and headers.
pub fn text_of(raw: Raw<'_>) -> String {
    match raw {
        Raw::Empty => String::new(),
        Raw::Text(text) | Raw::Error(text) => text.to_owned(),
        Raw::Number(n) => decimal_of(n),
        Raw::Date(at) => at.date().to_string(),
        Raw::Bool(yes) => if yes { "TRUE" } else { "FALSE" }.to_owned(),
    }
}

/// The decimal that Excel holds: 15 significant digits, written without exponent.
pub fn decimal_of(n: f64) -> String {
    if n == 0.0 {
        return "0".to_owned();
    }
    if !n.is_finite() {
        return n.to_string();
    }
    let scientific = format!("{:.14e}", n.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mut text = String::new();
    if n < 0.0 {
        text.push('-');
    }
    if let Ok(before) = usize::try_from(exponent) {
        let whole: String = digits.chars().chain(std::iter::repeat('0')).take(before + 1).collect();
        let fraction: String = digits.chars().skip(before + 1).collect();
        text.push_str(&whole);
        push_fraction(&mut text, &fraction);
    } else {
        let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
        text.push('0');
        push_fraction(&mut text, &format!("{}{digits}", "0".repeat(zeros)));
    }
    text
}

fn push_fraction(text: &mut String, fraction: &str) {
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
}
