//! Personal data in clear.

use crate::domain::ids::CustomerId;
use crate::domain::reveal::RevealReason;

/// What somebody wants to see, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// Whose.
    pub customer: CustomerId,
    /// Why.
    pub reason: RevealReason,
    /// In words; required where the reason says so.
    pub note: String,
}
