//! What is done about deadlines beside visits.

use super::Revision;
use crate::domain::deadline::{DeadlineKey, DeadlineMark};

/// Says that a deadline was met, or lets it off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkDeadline {
    /// Which.
    pub key: DeadlineKey,
    /// What was done. Only a supervisor lets off.
    pub mark: DeadlineMark,
    /// Why; required to let off.
    pub reason: String,
    /// Revision of the mark that the writer saw; 0 = none.
    pub seen: Revision,
}
