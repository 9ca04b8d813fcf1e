//! Which part of something long a query wants.

use chrono::NaiveDate;

use crate::domain::ids::CustomerId;

/// A part of a long list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First row.
    pub offset: u32,
    /// How many rows at the most.
    pub limit: u32,
}

/// Which due visits the agenda shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgendaFilter {
    /// Overdue, in order of urgency.
    Overdue,
    /// Due on this day; on the business date overdue ones come first.
    Day(NaiveDate),
    /// Overdue and due up to and including this day.
    Until(NaiveDate),
}

/// Which flags are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagScope {
    /// All of one customer, ended ones last.
    Customer(CustomerId),
    /// All live ones in scope: without owner or overdue first, then by level and age.
    Live,
    /// Orange and red signals in scope that were rejected, or are kept milder than a rule asks for:
    /// what was decided last first.
    Weakened,
}
