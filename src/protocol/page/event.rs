//! Events outside.

use chrono::NaiveDate;

use crate::domain::event::EventKind;
use crate::domain::ids::{CustomerId, EventId, UserId};
use crate::domain::money::Decimal4;
use crate::domain::todo::TodoState;
use crate::protocol::command::Revision;

/// Events of the branch: open ones first, then the latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventsPage {
    /// The rows.
    pub rows: Vec<EventRow>,
    /// Whether the reader may enter and close events.
    pub may_enter: bool,
}

/// Who is looked at because of events: open ones first, the most urgent of these before the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAtsPage {
    /// The rows.
    pub rows: Vec<LookAtRow>,
}

/// A customer that is looked at because of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAtRow {
    /// Because of which.
    pub event: EventId,
    /// What happened.
    pub title: String,
    /// Whom.
    pub customer: CustomerId,
    /// Name for people.
    pub name: String,
    /// 行业
    pub industry: Option<String>,
    /// 区域
    pub district: Option<String>,
    /// Why: the districts and words of industries that meet hers.
    pub why: Vec<String>,
    /// Who looks.
    pub owner: UserId,
    /// Her name for people.
    pub owner_name: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// How far it has come.
    pub state: TodoState,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// What proves it, or why it was dropped.
    pub result: Option<String>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Id.
    pub event: EventId,
    /// What kind.
    pub kind: EventKind,
    /// What happened.
    pub title: String,
    /// By how many percent a price has changed.
    pub change: Option<Decimal4>,
    /// When.
    pub happened_on: NaiveDate,
    /// Words of industries, districts, codes of drivers.
    pub reach: [Vec<String>; 3],
    /// What is to be looked at.
    pub points: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// Customers in sight that are looked at because of it.
    pub customers: u32,
    /// Of these, those that have been.
    pub done: u32,
    /// Of these, those past the day.
    pub late: u32,
    /// When it ended.
    pub closed_on: Option<NaiveDate>,
    /// What came of it.
    pub finding: Option<String>,
    /// Who entered it: name for people.
    pub entered_by: String,
    /// Revision to name in a change.
    pub revision: Revision,
}
