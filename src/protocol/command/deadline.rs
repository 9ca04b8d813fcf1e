//! What is done about deadlines beside visits.

use chrono::NaiveDate;

use super::Revision;
use crate::domain::deadline::{DeadlineKey, DeadlineMark};
use crate::domain::money::Fen;

/// Says that a deadline was met, or lets it off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkDeadline {
    /// Which.
    pub key: DeadlineKey,
    /// What was done. Only a supervisor lets off.
    pub mark: DeadlineMark,
    /// Why, required to let off; what proves it, required where a paper decides.
    pub reason: String,
    /// The day on which it was met; `None` = today.
    pub done_on: Option<NaiveDate>,
    /// What a revaluation came to.
    pub value: Option<Fen>,
    /// Revision of the mark that the writer saw; 0 = none.
    pub seen: Revision,
}
