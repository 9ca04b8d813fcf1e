//! Deadlines beside visits.

use crate::domain::deadline::Deadline;
use crate::domain::ids::{CustomerId, UserId};

/// A part of the deadlines that nobody has met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlinesPage {
    /// How many there are in all.
    pub total: u32,
    /// Of these, how many have passed.
    pub late: u32,
    /// The rows: by day, customer, kind and number.
    pub rows: Vec<DeadlineRow>,
}

/// A deadline in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRow {
    /// Whose.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Responsible officer: login name.
    pub officer: UserId,
    /// The deadline.
    pub deadline: Deadline,
    /// Calendar days past due; 0 when it is not late.
    pub late_days: i64,
    /// Whether the numbers of its kind are confirmed by the bank.
    pub verified: bool,
}
