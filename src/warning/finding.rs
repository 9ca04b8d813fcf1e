//! What a rule found, with all that it saw: so that a proposal explains itself, and the next run knows
//! whether anything is new.

use chrono::NaiveDate;

use crate::domain::answer::Value;
use crate::domain::flag::Level;
use crate::risk::is_limit;

/// A signal that a rule proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of the signal.
    pub signal: String,
    /// How severe.
    pub level: Level,
    /// What was seen, in the order of the rule.
    pub inputs: Vec<Input>,
    /// The same in one text: as long as it is the same, nothing is new.
    pub stamp: String,
    /// The rule as the pack has it.
    pub rule: String,
}

/// What a rule saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name of the fact, or code of another signal.
    pub fact: String,
    /// What it was.
    pub value: Value,
    /// The day that it is of.
    pub day: Option<NaiveDate>,
}

impl Input {
    /// Whether it is a limit and no fact.
    pub fn is_limit(&self) -> bool {
        is_limit(&self.fact)
    }
}
