//! Calendar files: what was published of an officer's due visits, so that a client that reads the
//! next file moves what moved and strikes out what is no more.

use chrono::NaiveDate;

use super::report::{ReportLang, ReportMade};
use crate::domain::ids::UserId;

/// An event that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    /// Whose calendar.
    pub officer: UserId,
    /// Stays the same as long as it is the same due visit.
    pub uid: String,
    /// Its day.
    pub due: NaiveDate,
    /// Its title, needed when it is struck out.
    pub summary: String,
    /// Tells whether anything in it has changed.
    pub digest: String,
    /// Rises with every change.
    pub sequence: u32,
    /// Struck out since.
    pub cancelled_on: Option<NaiveDate>,
}

/// An order for a calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarOrder {
    /// Only this officer's; `None` = everybody's in sight.
    pub officer: Option<UserId>,
    /// Without names and places.
    pub private: bool,
    /// In which language.
    pub lang: ReportLang,
}

/// A calendar file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarMade {
    /// The file.
    pub file: ReportMade,
    /// What stands in it.
    pub events: Vec<CalendarEvent>,
}

/// Makes a calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarCommand {
    /// Which.
    pub order: CalendarOrder,
    /// The written file; `None` = still to be made.
    pub made: Option<Box<CalendarMade>>,
}
