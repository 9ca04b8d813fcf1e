//! The journal as an auditor reads it.

use chrono::NaiveDate;

use crate::domain::audit::Unusual;
use crate::domain::ids::{CustomerId, UserId};

/// Rows of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalPage {
    /// Latest first; at most as many as were asked for.
    pub rows: Vec<JournalEntry>,
    /// Whether there are more.
    pub more: bool,
    /// Number of the journal's last row.
    pub head: i64,
    /// The day of the last anchor outside, and up to which row it reaches.
    pub anchored: Option<(NaiveDate, i64)>,
}

/// A row of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Number.
    pub seq: i64,
    /// When, in the branch: `2026-11-23 09:12:31`.
    pub at: String,
    /// Who: name for people.
    pub actor: String,
    /// Her login name.
    pub user: UserId,
    /// Code of her role.
    pub role: String,
    /// Code of the command.
    pub command: String,
    /// About what.
    pub subject: String,
    /// The customer that this is about, if it is one, a visit or a flag of one.
    pub customer: Option<(CustomerId, String)>,
    /// What was there before and what came, as the journal keeps it.
    pub before: String,
    /// What came.
    pub after: String,
    /// Both went with the data of an erased customer.
    pub erased: bool,
}

/// Unusual reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusualPage {
    /// Latest day first.
    pub rows: Vec<UnusualRow>,
    /// How many days back.
    pub days: u32,
    /// The pack that the limits come from, and whether the bank has confirmed it.
    pub pack: (String, bool),
}

/// One person on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusualRow {
    /// The day in the branch.
    pub day: NaiveDate,
    /// Who: name for people.
    pub actor: String,
    /// Her login name.
    pub user: UserId,
    /// Why.
    pub what: Unusual,
    /// How many.
    pub count: u32,
    /// What is usual with her, in tenths a day; for looks at personal data.
    pub usual: Option<u32>,
    /// The first and the last of them: `21:40`.
    pub between: (String, String),
}
