//! What an import was asked to do, what it did, and what was wrong with the rows (`exchange.md` 1).
//!
//! Codes and numbers only: the command line makes the sentences.

use chrono::NaiveDate;

use super::tables::{CodeName, Column, Table};
use crate::domain::ids::CustomerId;
use crate::domain::loan::LoanDoubt;
use crate::domain::statement::Doubt;

/// How rows are taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the command line, independent of the others"
)]
pub struct ImportOptions {
    /// Does everything, then takes it back.
    pub dry_run: bool,
    /// Imports the good rows although others are faulty.
    pub accept_valid: bool,
    /// Creates unknown users, disabled.
    pub create_users: bool,
    /// The file holds every running loan.
    pub complete_loans: bool,
    /// Settles active loans that the file does not hold.
    pub settle_missing: bool,
    /// The day of which the file tells; today when `None`.
    pub as_of_file: Option<NaiveDate>,
}

/// Counts of one table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TableCount {
    /// New rows.
    pub inserted: u64,
    /// Known rows with at least one new value.
    pub updated: u64,
    /// Known rows that hold the same values, and second equal rows of one file.
    pub unchanged: u64,
    /// Rows whose key is masked.
    pub skipped: u64,
    /// Rows that were refused.
    pub faulty: u64,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Per table in the order in which they were read.
    pub tables: Vec<(&'static str, TableCount)>,
    /// Users created by `--create-users`.
    pub created_users: Vec<String>,
    /// Active loans that the complete file does not hold; the first [`ImportReport::LISTED`].
    pub missing_loans: Vec<String>,
    /// How many they are.
    pub missing_count: u64,
    /// How many of them were settled.
    pub settled_count: u64,
    /// Loans were not settled, because the loan id of a row could not be read.
    pub settling_held_back: bool,
    /// Rows that were taken in though they hardly can be right; the first
    /// [`ImportReport::LISTED`].
    pub doubtful: Vec<Doubtful>,
    /// How many such doubts there are.
    pub doubtful_count: u64,
    /// Whether the changes are on disk.
    pub committed: bool,
    /// It was a rehearsal.
    pub dry_run: bool,
}

impl ImportReport {
    /// How many ids a list of the report holds at most.
    pub const LISTED: usize = 1_000;

    /// Faulty rows of all tables.
    pub fn faulty(&self) -> u64 {
        self.tables.iter().map(|(_, c)| c.faulty).sum()
    }
}

/// A doubt about a row that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// Sheet or file, as the user named it.
    pub sheet: String,
    /// Line of the file, row of the sheet; from 1.
    pub line: u64,
    /// Whose.
    pub customer: CustomerId,
    /// What else names the row: 报表日期, 借据号 or 月份.
    pub key: String,
    /// What.
    pub doubt: RowDoubt,
}

/// What is doubtful in a row that was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowDoubt {
    /// In a statement.
    Statement(Doubt),
    /// In a loan.
    Loan(LoanDoubt),
    /// Its month is to come.
    MonthToCome,
    /// Its number is that of another customer but for small letters or full width.
    Alike,
    /// Its number has full-width characters.
    FullWidth,
}

impl RowDoubt {
    /// The column that names such a row beside its customer.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Statement(_) => "period_end",
            Self::Loan(_) => "loan_id",
            Self::MonthToCome => "month",
            Self::Alike | Self::FullWidth => "customer_id",
        }
    }
}

/// Something wrong with a cell, or with a row as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which table.
    pub table: &'static Table,
    /// Which column; `None` = the row as a whole.
    pub column: Option<&'static Column>,
    /// Sheet or file, as the user named it.
    pub sheet: String,
    /// Line of the file, row of the sheet; from 1.
    pub line: u64,
    /// What the cell holds, raw: print it only sanitised.
    pub value: String,
    /// What was expected.
    pub why: Why,
}

/// Why a cell or row is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Control character, escape sequence, or a mark that turns the direction of writing.
    Control,
    /// A line feed where one line is expected.
    OneLine,
    /// More characters than this.
    TooLong(usize),
    /// No date in one of the forms.
    NotADate,
    /// No month in one of the forms.
    NotAMonth,
    /// No number.
    NotANumber,
    /// An amount with its unit in the cell: `1200万`.
    UnitInCell,
    /// More decimals than this.
    TooManyDecimals(u8),
    /// A comma that does not separate thousands.
    MisplacedComma,
    /// Negative where nothing negative is.
    Negative,
    /// Larger than can be stored.
    TooLarge,
    /// Neither yes nor no.
    NotYesNo,
    /// Not one of these.
    NotACode(&'static [CodeName]),
    /// A purpose that names no ref after its colon, or one that is not known.
    UnknownPurposeRef,
    /// A number cell of more than 15 digits in a text column: Excel has lost the rest.
    DigitsLost,
    /// A formula that failed.
    FormulaError,
    /// More or fewer cells than the header has: expected, found.
    Ragged(usize, usize),
    /// Part of the key is empty or its column absent.
    KeyEmpty,
    /// Empty where a value is required.
    RequiredEmpty,
    /// A new row, and the file has no such column.
    RequiredAbsent,
    /// A new row whose required field is masked.
    RequiredMasked,
    /// The key stands in the file with other values as well.
    KeyTwice,
    /// No such user; `--create-users` would create her.
    UnknownUser,
    /// The acting person herself, who would be created disabled and could do nothing more.
    OwnLogin,
    /// No such row in that table, neither here nor in the file.
    UnknownReference(&'static str),
    /// Recorded here, not imported: an import does not change it.
    RecordedHere,
    /// Before the date in that column.
    Before(&'static str),
    /// A day to come where it must have been.
    InTheFuture,
    /// A whole number from the first to the second.
    OutOfRange(i64, i64),
    /// More than this many percent a year.
    RateAbove(u8),
    /// Must be empty with this code in that column.
    MustBeEmpty(&'static str, &'static str),
    /// Is required with this code in that column.
    NeededWith(&'static str, &'static str),
    /// Must differ from that column.
    SameAs(&'static str),
    /// No login name: letters, digits and `.`, `_`, `-`, `@`, at most 64.
    NotALogin,
    /// Her own row: nobody changes her own role or disables herself.
    OwnRow,
}

/// A refused row as a whole, for the rejects file: the columns that the file has, in its order.
#[derive(Debug, Clone, Copy)]
pub enum RowText<'r> {
    /// As the file holds it, with whatever stands beyond the columns.
    Raw(&'r [String]),
    /// As it was read; bit `i` is set where cell `i` is masked.
    Read(&'r [super::tables::Cell], u32),
}

/// Takes faults as they are found; those of one row follow each other.
pub trait FaultSink {
    /// Takes one fault.
    fn fault(&mut self, fault: Fault, row: RowText<'_>);
}

/// A row on its way in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowIn {
    /// Line of the file, row of the sheet; from 1.
    pub line: u64,
    /// The cells of the columns that the file has, in the order of the file.
    pub cells: Vec<super::tables::Cell>,
    /// Bit `i` is set when cell `i` is masked: left as it is.
    pub masked: u32,
    /// A cell was refused: the row is kept only because its key counts as present.
    pub bad: bool,
}
