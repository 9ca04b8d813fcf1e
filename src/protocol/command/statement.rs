//! Entering a financial statement.

use super::Revision;
use crate::domain::ids::CustomerId;
use crate::domain::statement::Statement;

/// A statement as it is to stand on file: lines that it does not have are taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepStatement {
    /// Whose.
    pub customer: CustomerId,
    /// What.
    pub statement: Statement,
    /// Revision that the writer saw; 0 = there was none of this day.
    pub seen: Revision,
}
