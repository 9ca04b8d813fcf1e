//! Orders of superiors: inspections, and customers that change hands.

use chrono::NaiveDate;

use super::Revision;
use crate::domain::duty::DutyClass;
use crate::domain::ids::{CustomerId, PacketId, TaskId, UserId};
use crate::protocol::query::CustomerFilter;

/// Which customers an order is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// These.
    These(Vec<CustomerId>),
    /// All that a filter finds now; refused if these are not as many as the writer saw.
    Filter {
        /// Which.
        filter: CustomerFilter,
        /// How many she saw; `None` = she did not count.
        total: Option<u32>,
    },
}

/// What is ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderCommand {
    /// Orders the same inspection at each of these customers.
    Issue {
        /// At whom.
        whom: Whom,
        /// On site or not.
        class: DutyClass,
        /// Until when.
        due_on: NaiveDate,
        /// What to check: each becomes a question that must be answered.
        points: Vec<String>,
    },
    /// Calls inspections off that nobody has made yet.
    Cancel {
        /// Which, with the revision that the writer saw.
        tasks: Vec<(TaskId, Revision)>,
        /// Why.
        reason: String,
    },
    /// Puts a packet together: customers of one officer that another is to take over.
    StartPacket(Box<NewPacket>),
    /// Notes what no table says of a customer in a packet. Whoever has signed signs anew.
    NoteOddity {
        /// In which.
        packet: PacketId,
        /// Of whom.
        customer: CustomerId,
        /// What; empty takes it away.
        text: String,
        /// Revision of the row that the writer saw.
        seen: Revision,
    },
    /// Signs a packet as the one that one is in it. With the third the customers change hands.
    Sign {
        /// Which.
        packet: PacketId,
        /// Hash of the content that was read.
        content_hash: String,
    },
    /// Takes a packet back that not everybody has signed.
    WithdrawPacket {
        /// Which.
        packet: PacketId,
        /// Revision that the writer saw.
        seen: Revision,
        /// Why.
        reason: String,
    },
}

/// A packet that is to be put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPacket {
    /// 移交人
    pub giver: UserId,
    /// 接收人
    pub receiver: UserId,
    /// 监交人
    pub witness: UserId,
    /// From which day on; not before the last signature.
    pub on: NaiveDate,
    /// Whom.
    pub whom: Whom,
    /// Why.
    pub reason: String,
}

impl OrderCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Issue { .. } => "issue_tasks",
            Self::Cancel { .. } => "cancel_tasks",
            Self::StartPacket(_) => "start_handover",
            Self::NoteOddity { .. } => "note_oddity",
            Self::Sign { .. } => "sign_handover",
            Self::WithdrawPacket { .. } => "withdraw_handover",
        }
    }
}
