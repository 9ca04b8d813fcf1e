//! Writes about events outside.

use chrono::NaiveDate;

use super::Revision;
use crate::domain::event::EventKind;
use crate::domain::flag::Leftover;
use crate::domain::ids::EventId;
use crate::domain::money::Decimal4;

/// A write about an event outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventCommand {
    /// Enters one, and has the customers looked at whom it concerns.
    Add(Box<NewEvent>),
    /// Ends one with what came of it.
    Close {
        /// Which.
        event: EventId,
        /// Revision that the writer saw.
        seen: Revision,
        /// What came of it.
        finding: String,
        /// What becomes of look-ats that nobody has made; needed where there are some.
        left: Option<Leftover>,
    },
}

/// A new event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// What kind.
    pub kind: EventKind,
    /// What happened: `钢材`.
    pub title: String,
    /// By how many percent a price has changed.
    pub change: Option<Decimal4>,
    /// When.
    pub happened_on: NaiveDate,
    /// Words of industries.
    pub industries: Vec<String>,
    /// Districts.
    pub districts: Vec<String>,
    /// Drivers, by code or name.
    pub drivers: Vec<String>,
    /// What is to be looked at.
    pub points: String,
    /// Until when.
    pub due_on: NaiveDate,
}
