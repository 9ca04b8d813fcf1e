//! Rows of repeat groups.

use super::Revision;
use crate::domain::ids::VisitId;

/// Takes a row out of a repeat group; the rows below it move up, as one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveRow {
    /// Which record.
    pub visit: VisitId,
    /// Which group: `suppliers`.
    pub group: String,
    /// Which row, from 0.
    pub row: u32,
    /// Every answer of the group that the writer saw, with its revision.
    pub seen: Vec<(String, Revision)>,
}
