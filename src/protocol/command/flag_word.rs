//! Words about flags.

use super::Revision;
use crate::domain::flag::Department;
use crate::domain::ids::FlagId;

/// Adds a word to a live flag. With a department it asks for a word of theirs: the flag lies with
/// them until one of them speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagWord {
    /// Which.
    pub flag: FlagId,
    /// Whose word is asked for.
    pub asks: Option<Department>,
    /// What is said or asked.
    pub words: String,
}

/// Has a rejected flag decided again. Who rejected an orange or red one then confirms it, or leaves it
/// to a superior.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagAgain {
    /// Which.
    pub flag: FlagId,
    /// Revision that the writer saw.
    pub seen: Revision,
    /// Why.
    pub reason: String,
}
