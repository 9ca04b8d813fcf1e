//! Whether a signal whose flag has ended is news again: at once where what its rule sees has got
//! worse, otherwise after a time of the pack of care.

use chrono::NaiveDate;

use super::facts::{self, LIGHTS};
use super::finding::{Finding, Input};
use super::rules::Rules;
use crate::domain::answer::Value;
use crate::domain::money::Decimal4;
use crate::risk::EVENT;

/// How the flag of a signal ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub on: NaiveDate,
    /// Until when it stays quiet on facts that are no worse.
    pub quiet_until: NaiveDate,
    /// By how many percent of itself a figure must have moved to be worse.
    pub moved: u32,
    /// Whether the rule held then; `None` = nobody looked, as with a flag that came by import.
    pub held: Option<bool>,
    /// What the rule saw then.
    pub inputs: Vec<Input>,
}

impl Ended {
    /// Whether a finding is nothing new after this end.
    pub(super) fn covers(&self, finding: &Finding, rules: &Rules, today: NaiveDate) -> bool {
        today < self.quiet_until
            && match self.held {
                Some(false) => false,
                Some(true) => !finding.inputs.iter().any(|input| self.is_worse(input, rules)),
                None => true,
            }
    }

    fn is_worse(&self, input: &Input, rules: &Rules) -> bool {
        // Which event it was explains what is held against the last time, and is no figure itself.
        if input.is_limit() || input.fact == EVENT {
            return false;
        }
        let of_fact = || self.inputs.iter().filter(|old| old.fact == input.fact);
        if facts::counts_days(&input.fact) {
            // The same day from which it counts is the same trouble, however long it has lasted;
            // where no day is known, fewer days mean that it began anew.
            return of_fact().next().is_none_or(|old| match (old.day, input.day) {
                (Some(old), Some(new)) => old != new,
                _ => number(&input.value) < number(&old.value),
            });
        }
        if let (Value::Choice(new), true) = (&input.value, input.fact.starts_with("light.")) {
            let rank = |code: &str| LIGHTS.iter().position(|light| *light == code);
            return of_fact().next().is_none_or(|old| match &old.value {
                Value::Choice(old) => rank(new) > rank(old),
                _ => true,
            });
        }
        let side = rules.side(&input.fact);
        match (number(&input.value), side, of_fact().next()) {
            (Some(new), Some(side), Some(old)) => {
                let percent = Decimal4(i64::from(self.moved) * 10_000);
                number(&old.value).is_none_or(|old| side.worse_by(new, old, percent))
            }
            // Which way is worse is not known: whatever was not there is news.
            _ => !of_fact().any(|old| old.value == input.value),
        }
    }
}

fn number(value: &Value) -> Option<Decimal4> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Money(fen) => Some(Decimal4(fen.0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
