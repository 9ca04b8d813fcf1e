//! The customer table and what a search finds.

use chrono::NaiveDate;

use crate::domain::customer::Line;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;

/// A part of the customer table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomersPage {
    /// How many match in all.
    pub total: u32,
    /// Index of the first row here.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<CustomerRow>,
}

/// A customer in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Id.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Line.
    pub line: Option<Line>,
    /// District.
    pub district: Option<String>,
    /// Officer: login name.
    pub officer: UserId,
    /// Officer: name for people.
    pub officer_name: String,
    /// Tier.
    pub tier: Tier,
    /// Exposure.
    pub exposure: Option<Fen>,
    /// Greatest days past due.
    pub days_past_due: i64,
    /// Open flags by level: yellow, orange, red.
    pub flags: [u32; 3],
    /// Proposed flags that nobody has decided about, by level: yellow, orange, red.
    pub proposed: [u32; 3],
    /// Early-warning score and its grade, of the last night that scored her.
    pub score: Option<(i64, String)>,
    /// Next due date.
    pub next_due: Option<NaiveDate>,
    /// Day of the last done visit.
    pub last_visit: Option<NaiveDate>,
    /// Gaps in the plan.
    pub gaps: u32,
}

/// Search results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPage {
    /// What was searched.
    pub text: String,
    /// Best first.
    pub hits: Vec<Hit>,
}

/// A customer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The customer.
    pub row: CustomerRow,
    /// Byte range of the match in the name, if the name matched.
    pub span: Option<(usize, usize)>,
}
