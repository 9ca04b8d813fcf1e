//! What can be wrong with a table of holidays.

use chrono::NaiveDate;

/// Why a holiday table can't be used: file, line from 1, reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct HolidayFault {
    /// Which file.
    pub file: String,
    /// In which line.
    pub line: usize,
    /// What is wrong there.
    pub what: Wrong,
}

/// What is wrong with a holiday table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is not a holiday table in TOML; what the reader says.
    #[error("{0}")]
    Syntax(String),
    /// A text is not a date of the table's year.
    #[error("`{0}` is not a date of {1}")]
    NotOfYear(String, i32),
    /// A date stands twice.
    #[error("{0} stands twice")]
    Twice(String),
    /// A year stands in two tables.
    #[error("the year {0} is there already")]
    YearTwice(i32),
    /// A make-up workday on a weekday: work is done there anyway.
    #[error("{0} is a weekday: a make-up workday falls on a Saturday or Sunday")]
    WorkOnWeekday(String),
    /// A day that is off by law is missing.
    #[error("{0} is off by law ({1}) and missing")]
    LegalDayMissing(NaiveDate, String),
    /// A year of which there is no notice yet is not added.
    #[error("announced = false: only a year that the State Council has announced is added")]
    NotAnnounced,
    /// No year that the program plans in.
    #[error("{0} is no year from 2007 to 2199")]
    Year(i32),
}
