//! Deciding a customer's tier.

use chrono::NaiveDate;

use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::tier::TierEvent;

/// What is done about a customer's tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TierCommand {
    /// Puts a tier forward; somebody else confirms it.
    Propose {
        /// Whose.
        customer: CustomerId,
        /// Which.
        tier: Tier,
        /// 子级: the bank's own grade within the tier; empty where it has none.
        subgrade: String,
        /// Why; required where it is not what the machine proposes.
        reason: String,
    },
    /// Confirms or refuses a tier that somebody else has put forward.
    Decide {
        /// Whose.
        customer: CustomerId,
        /// The decision that is meant.
        n: i64,
        /// Confirmed or refused.
        confirm: bool,
        /// Opinion; required to refuse.
        note: String,
    },
    /// Takes an own open proposal back.
    Withdraw {
        /// Whose.
        customer: CustomerId,
        /// Which.
        n: i64,
    },
    /// Notes that something happened that binds the debtor to a tier, or that it has ended.
    Note {
        /// Whose.
        customer: CustomerId,
        /// What.
        event: TierEvent,
        /// When; for a restructuring, the first new due date.
        since: NaiveDate,
        /// It has ended today.
        ended: bool,
        /// How that is known.
        note: String,
    },
}

impl TierCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose_tier",
            Self::Decide { .. } => "decide_tier",
            Self::Withdraw { .. } => "withdraw_tier",
            Self::Note { .. } => "note_tier_event",
        }
    }
}
