//! Orders of superiors: inspections with their progress, packets of customers that change hands.

use chrono::NaiveDate;

use super::{AgendaRow, FlagRow, TodoRow, VisitRow};
use crate::domain::duty::DutyClass;
use crate::domain::ids::{BatchId, CustomerId, PacketId, TaskId, UserId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::order::{PacketState, Party};
use crate::domain::user::Role;
use crate::protocol::command::Revision;

/// Inspections that were ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TasksPage {
    /// Orders with something open first, the earliest due first; then the others, latest first.
    pub batches: Vec<BatchRow>,
}

/// Inspections that were ordered together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Which.
    pub batch: BatchId,
    /// Day of the order.
    pub issued_on: NaiveDate,
    /// Until when.
    pub due_on: NaiveDate,
    /// On site or not.
    pub class: DutyClass,
    /// What to check.
    pub points: Vec<String>,
    /// Who ordered it: name for people.
    pub by: String,
    /// One inspection a customer: overdue ones first, then open ones, done ones, ended ones.
    pub tasks: Vec<TaskRow>,
}

/// How far an inspection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskFate {
    /// Still to be made; days past its date if positive.
    Open(i64),
    /// Made.
    Done {
        /// On which day.
        on: NaiveDate,
        /// After its date.
        late: bool,
    },
    /// Closed by the bank's system, or its duty was terminated.
    Ended,
    /// Called off.
    Cancelled,
}

/// An inspection at one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// Which.
    pub task: TaskId,
    /// At whom.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Whose customer: name for people.
    pub officer_name: String,
    /// Until when, delays counted.
    pub due: NaiveDate,
    /// How far.
    pub fate: TaskFate,
    /// The visit that made it.
    pub visit: Option<VisitId>,
    /// Why it was called off.
    pub reason: Option<String>,
    /// Ordered in this program: one that came by an import is called off where it came from.
    pub here: bool,
    /// Revision.
    pub revision: Revision,
}

impl BatchRow {
    /// How many are made.
    pub fn done(&self) -> usize {
        self.tasks.iter().filter(|task| matches!(task.fate, TaskFate::Done { .. })).count()
    }

    /// How many are still to be made.
    pub fn open(&self) -> usize {
        self.tasks.iter().filter(|task| matches!(task.fate, TaskFate::Open(_))).count()
    }

    /// How many are past their date.
    pub fn overdue(&self) -> usize {
        self.tasks
            .iter()
            .filter(|task| matches!(task.fate, TaskFate::Open(days) if days > 0))
            .count()
    }
}

/// Packets in sight, and those in which I have a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketsPage {
    /// Open ones first, then those that ended last. At most two hundred.
    pub rows: Vec<PacketHead>,
}

/// Somebody with a part in a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// As what.
    pub party: Party,
    /// Login name.
    pub user: UserId,
    /// Name for people.
    pub name: String,
    /// When she signed the content as it is now, in the branch.
    pub signed_at: Option<String>,
    /// Name of the supervisor who signed in the place of a giver who has left.
    pub stand_in: Option<String>,
}

impl Partner {
    /// Whom the signature is of: the partner, with who stood in for her.
    pub fn signer(&self) -> String {
        match &self.stand_in {
            Some(stand_in) => format!("{} / {stand_in}", self.name),
            None => self.name.clone(),
        }
    }
}

/// A packet as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketHead {
    /// Which.
    pub packet: PacketId,
    /// Giver, receiver, witness.
    pub partners: [Partner; 3],
    /// From which day on.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
    /// How far.
    pub state: PacketState,
    /// How many customers.
    pub customers: u32,
    /// Who put it together: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
    /// Why it was taken back.
    pub end_reason: Option<String>,
    /// As what I can still sign.
    pub mine: Option<Party>,
    /// I may note oddities.
    pub notes: bool,
    /// I may take it back.
    pub withdraws: bool,
    /// Revision.
    pub revision: Revision,
}

/// A packet with its customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketPage {
    /// The packet.
    pub head: PacketHead,
    /// Hash of the content that one signs.
    pub content_hash: String,
    /// Its customers, in order of their ids.
    pub rows: Vec<PacketRow>,
    /// More about one of them.
    pub detail: Option<PacketDetail>,
}

/// A customer in a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketRow {
    /// Who.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Tier.
    pub tier: Tier,
    /// Exposure.
    pub exposure: Option<Fen>,
    /// Open flags by level: yellow, orange, red.
    pub flags: [u32; 3],
    /// Open 待办.
    pub todos: u32,
    /// Day of the last done visit.
    pub last_visit: Option<NaiveDate>,
    /// Next due date.
    pub next_due: Option<NaiveDate>,
    /// What no table says.
    pub oddity: String,
    /// Revision of that.
    pub revision: Revision,
}

/// More about one customer of a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketDetail {
    /// Who.
    pub customer: CustomerId,
    /// Live flags.
    pub flags: Vec<FlagRow>,
    /// Open 待办.
    pub todos: Vec<TodoRow>,
    /// Contacts: masked name, role code, masked phone.
    pub contacts: Vec<(String, Option<String>, Option<String>)>,
    /// The last done visit.
    pub last: Option<VisitRow>,
    /// Due visits, in order.
    pub due: Vec<AgendaRow>,
}

/// People who can take part in a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffPage {
    /// Login name, name for people, role; in order of the login names.
    pub people: Vec<(UserId, String, Role)>,
}
