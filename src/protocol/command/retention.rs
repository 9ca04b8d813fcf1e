//! The end of what is kept: who puts it forward, who agrees, and what holds it up.

use crate::domain::ids::{CustomerId, ErasureId};

/// A write about data whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RetentionCommand {
    /// Puts the erasure of all customers forward whose time is over and that nothing holds up.
    Propose {
        /// Why now.
        reason: String,
    },
    /// Agrees to an erasure that somebody else has put forward, which does it, or refuses it.
    Decide {
        /// Which.
        erasure: ErasureId,
        /// Whether it is done.
        agree: bool,
        /// Opinion; required to refuse.
        note: String,
    },
    /// Takes an own proposal back.
    Withdraw {
        /// Which.
        erasure: ErasureId,
    },
    /// Holds the erasure of a customer up: a lawsuit, an inspection.
    Hold {
        /// Whose.
        customer: CustomerId,
        /// Why.
        reason: String,
    },
    /// Nothing holds it up any more.
    Release {
        /// Whose.
        customer: CustomerId,
        /// Why.
        reason: String,
    },
}

impl RetentionCommand {
    /// The code under which the journal keeps it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose_erasure",
            Self::Decide { .. } => "decide_erasure",
            Self::Withdraw { .. } => "withdraw_erasure",
            Self::Hold { .. } => "hold",
            Self::Release { .. } => "release_hold",
        }
    }
}
