//! Financing strategy: which one takes two people, and what makes a plan.

use chrono::{Months, NaiveDate};

use crate::domain::money::Fen;
use crate::domain::strategy::{PlanStep, Strategy};

/// The numbers of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Id of the pack: `strategy@1`.
    pub id: String,
    /// What holds while nobody has decided anything.
    pub assumed: Strategy,
    /// Strategies that a second person approves.
    pub needs_approval: Vec<Strategy>,
    /// The last step of a reduction lies at most so many months ahead.
    pub reduce_months: u32,
    /// The same of an exit.
    pub exit_months: u32,
    /// Steps of a plan.
    pub most_steps: usize,
    /// Days within which a proposal is decided.
    pub decide_days: u64,
    /// Where the numbers come from.
    pub source: String,
    /// Whether the bank has confirmed them.
    pub verified: bool,
}

/// What a plan lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanFault {
    /// This strategy has no plan.
    NoPlan,
    /// More steps than the pack allows.
    TooMany,
    /// A step lies today or earlier, or not after the one before it.
    Days,
    /// The last step lies too far ahead.
    TooFar,
    /// A target is not below the one before it, or the first not below the balance.
    Targets,
    /// An exit that does not end at nothing.
    NotNothing,
    /// A step without a measure.
    Measure,
}

impl Rules {
    /// Whether it takes a second person to go from one strategy to another.
    pub fn takes_two(&self, from: Strategy, to: Strategy) -> bool {
        from.has_plan() || self.needs_approval.contains(&to)
    }

    /// What is wrong with the steps of a plan. None at all are no fault yet: a plan may follow, and
    /// nothing is approved without.
    pub fn fault_of(
        &self,
        strategy: Strategy,
        steps: &[PlanStep],
        balance: Option<Fen>,
        today: NaiveDate,
    ) -> Option<PlanFault> {
        let last = steps.last()?;
        let months = match strategy {
            Strategy::Reduce => self.reduce_months,
            Strategy::Exit => self.exit_months,
            Strategy::Increase | Strategy::Keep => return Some(PlanFault::NoPlan),
        };
        if steps.len() > self.most_steps {
            return Some(PlanFault::TooMany);
        }
        let (mut day, mut left) = (today, balance);
        for step in steps {
            if step.due <= day {
                return Some(PlanFault::Days);
            }
            if step.target < Fen::ZERO || left.is_some_and(|left| step.target >= left) {
                return Some(PlanFault::Targets);
            }
            if step.measure.trim().is_empty() {
                return Some(PlanFault::Measure);
            }
            (day, left) = (step.due, Some(step.target));
        }
        if today.checked_add_months(Months::new(months)).is_some_and(|end| last.due > end) {
            return Some(PlanFault::TooFar);
        }
        (strategy == Strategy::Exit && last.target != Fen::ZERO).then_some(PlanFault::NotNothing)
    }
}

#[cfg(test)]
mod tests;
