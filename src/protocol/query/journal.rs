//! Which rows of the journal are wanted.

use chrono::NaiveDate;

use crate::domain::ids::UserId;

/// Conditions on rows of the journal; those given must all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFilter {
    /// Only what this person did.
    pub person: Option<UserId>,
    /// Only commands with one of these codes; empty = all.
    pub kinds: Vec<String>,
    /// Only about this customer with her visits and flags, or this very object.
    pub about: Option<String>,
    /// From this day on.
    pub since: Option<NaiveDate>,
    /// Up to and including this day.
    pub until: Option<NaiveDate>,
    /// How many at the most, the latest.
    pub limit: u32,
}

impl Default for JournalFilter {
    fn default() -> Self {
        Self { person: None, kinds: Vec::new(), about: None, since: None, until: None, limit: 300 }
    }
}
