//! What was looked up before a visit.

use chrono::NaiveDate;

use super::Revision;
use crate::domain::ids::CustomerId;

/// What a look-up gave, or why there was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUpNote {
    /// About whom.
    pub customer: CustomerId,
    /// Which look-up of the pack: `court_company`.
    pub check: String,
    /// Which of its results: `none`, `found`, `not_queried`, `revoked` …
    pub option: String,
    /// What was found, or why it was not queried; required then.
    pub detail: String,
    /// Where it was looked up; may be empty.
    pub place: String,
    /// On which day; required unless it was not queried.
    pub on: Option<NaiveDate>,
    /// Number of the last entry that the writer saw.
    pub seen: Revision,
}
