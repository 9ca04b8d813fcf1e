//! Writes about the co-inspector of a visit and about a customer's questionnaire.

use chrono::NaiveDate;

use super::Revision;
use crate::domain::answer::Value;
use crate::domain::conduct::Stand;
use crate::domain::ids::{UserId, VisitId};

/// A write about how a visit is conducted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conduct {
    /// Asks a colleague to inspect beside the lead, or takes that back.
    AskSecond {
        /// Which record.
        visit: VisitId,
        /// Whom; `None` = nobody any more.
        user: Option<UserId>,
        /// Revision of the request that the writer saw; 0 = there was none.
        seen: Revision,
    },
    /// The co-inspector's own opinion, signed in her own session.
    SignSecond {
        /// Which record.
        visit: VisitId,
        /// What she says.
        stand: Stand,
        /// In her own words.
        opinion: String,
        /// Hash of the content that she read.
        content_hash: String,
        /// Revision of the request that she saw.
        seen: Revision,
    },
    /// Takes a customer's questionnaire in: whole or not at all, never over an officer's answer.
    TakeQuestionnaire {
        /// Which record.
        visit: VisitId,
        /// Version for which the form was made.
        version: i64,
        /// Checklist pack for which the form was made.
        pack: String,
        /// Who filled it in.
        by: String,
        /// When she did.
        on: NaiveDate,
        /// Answers by item.
        answers: Vec<(String, Value)>,
    },
    /// Decides between a customer's answer and the officer's own.
    DecideDeclared {
        /// Which record.
        visit: VisitId,
        /// Which item.
        item: String,
        /// The customer's answer is taken; otherwise the officer's own stays.
        take: bool,
        /// Revision of the answer that the writer saw.
        seen: Revision,
    },
}

impl Conduct {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AskSecond { .. } => "ask_second",
            Self::SignSecond { .. } => "sign_second",
            Self::TakeQuestionnaire { .. } => "take_questionnaire",
            Self::DecideDeclared { .. } => "decide_declared",
        }
    }
}
