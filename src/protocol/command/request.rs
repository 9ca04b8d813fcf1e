//! Requests for delay and termination.

use chrono::NaiveDate;

use super::Revision;
use crate::domain::ids::{CustomerId, RequestId};
use crate::domain::order::{RequestGround, RequestKind};

/// What is done about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestCommand {
    /// Asks that a due visit is put off or its duties end; somebody else decides.
    Ask {
        /// Whose.
        customer: CustomerId,
        /// Due date of the due visit that is meant.
        due: NaiveDate,
        /// Delay or termination.
        kind: RequestKind,
        /// The new date of a delay.
        new_due: Option<NaiveDate>,
        /// Why.
        reason: String,
        /// What is done meanwhile; the policy says when it is needed.
        interim: String,
        /// 理由分类
        ground: RequestGround,
    },
    /// Decides a request of somebody else.
    Decide {
        /// Which: the first id of its duties.
        bundle: RequestId,
        /// Revision that whoever decides saw.
        seen: Revision,
        /// Approved or refused.
        approve: bool,
        /// Opinion; required to refuse.
        note: String,
    },
    /// Takes an own request back that nobody has decided.
    Withdraw {
        /// Which: the first id of its duties.
        bundle: RequestId,
    },
}

impl RequestCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Ask { .. } => "ask_request",
            Self::Decide { .. } => "decide_request",
            Self::Withdraw { .. } => "withdraw_request",
        }
    }
}
