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
    /// Why it is taken from the file instead, of which the end of its period names the one; `None` = it
    /// is kept.
    pub withdrawn: Option<String>,
}
