//! Deciding a customer's financing strategy.

use super::Revision;
use crate::domain::ids::CustomerId;
use crate::domain::strategy::{PlanStep, Strategy};

/// What is done about a customer's strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StrategyCommand {
    /// Puts a strategy forward, or changes the own one that waits; somebody else approves it.
    Propose {
        /// Whose.
        customer: CustomerId,
        /// Which.
        strategy: Strategy,
        /// Why.
        reason: String,
        /// Of a reduction or an exit: the plan; nothing is approved without one.
        steps: Vec<PlanStep>,
        /// Revision of the waiting proposal that the writer saw; 0 = none waits.
        seen: Revision,
    },
    /// Approves or refuses a strategy that somebody else has put forward.
    Decide {
        /// Whose.
        customer: CustomerId,
        /// The proposal that is meant.
        n: i64,
        /// Revision that the writer saw.
        seen: Revision,
        /// Approved or refused.
        approve: bool,
        /// Opinion; required to refuse.
        note: String,
    },
    /// Takes an own proposal back that waits.
    Withdraw {
        /// Whose.
        customer: CustomerId,
        /// Which.
        n: i64,
        /// Revision that the writer saw.
        seen: Revision,
    },
}

impl StrategyCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose_strategy",
            Self::Decide { .. } => "decide_strategy",
            Self::Withdraw { .. } => "withdraw_strategy",
        }
    }
}
