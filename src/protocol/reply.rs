//! Requests to the worker and its answers.

use chrono::NaiveDate;

use super::command::{Command, Revision};
use super::page::{FirstUse, Page};
use super::query::{Query, Slot};
use crate::domain::gap::Gap;
use crate::domain::ids::{EventId, FlagId, OpId, VisitId};
use crate::domain::reveal::RevealedField;

/// What the screen asks of the worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// From now on this slot looks at this; `seq` rises with each change of the slot.
    Watch {
        /// Where.
        slot: Slot,
        /// Number of this watch.
        seq: u64,
        /// At what.
        query: Query,
    },
    /// The slot looks at nothing.
    Unwatch {
        /// Where.
        slot: Slot,
    },
    /// One write.
    Apply {
        /// Made by the client; a second try with the same id writes nothing twice.
        op: OpId,
        /// What.
        command: Command,
    },
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// What a slot looks at now.
    Loaded {
        /// Where.
        slot: Slot,
        /// Of which watch; an older one is dropped.
        seq: u64,
        /// The content. A clone is cheap.
        page: Page,
    },
    /// A read was refused or failed.
    Unread {
        /// Where.
        slot: Slot,
        /// Of which watch.
        seq: u64,
        /// Why.
        why: Refusal,
    },
    /// A write is on disk.
    Done {
        /// Which.
        op: OpId,
        /// What came of it.
        outcome: Outcome,
    },
    /// A write did not happen; nothing was changed.
    Refused {
        /// Which.
        op: OpId,
        /// Why.
        why: Refusal,
    },
    /// Jobs ran.
    JobsRan {
        /// Which, with a summary of counts.
        summary: Vec<JobResult>,
    },
    /// The worker is gone; leave cleanly.
    Down {
        /// Error code or panic place, without personal data.
        what: String,
    },
}

/// What one job did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobResult {
    /// Name of the job.
    pub job: String,
    /// For which business date.
    pub business_date: NaiveDate,
    /// How much it did: rows changed, notices made, bytes backed up.
    pub count: i64,
    /// Why it failed, in the store's words.
    pub error: Option<String>,
}

/// Personal data of a customer in clear.
#[derive(Clone, PartialEq, Eq)]
pub struct Revealed {
    /// Name of the customer.
    pub name: String,
    /// What it is, whose (empty = her own), and the value.
    pub lines: Vec<(RevealedField, String, String)>,
}

/// Never in a log.
impl std::fmt::Debug for Revealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Revealed({} lines)", self.lines.len())
    }
}

/// What came of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to tell.
    Plain,
    /// The visit that was started or taken up.
    VisitStarted(VisitId),
    /// An answer is on disk.
    Saved {
        /// Item.
        item: String,
        /// Its new revision.
        revision: Revision,
        /// Time of day in the branch: `09:12:31`.
        at: String,
    },
    /// A record was handed in; with the next duty that is now planned.
    Submitted {
        /// Which.
        visit: VisitId,
        /// Due date of the customer's next due visit.
        next_due: Option<NaiveDate>,
    },
    /// A record was approved, or an approval or opinion is kept that waits for others.
    Reviewed {
        /// Whether it is approved now.
        approved: bool,
    },
    /// Personal data in clear, to be shown for a moment.
    Revealed(Box<Revealed>),
    /// A PIN was looked at; a wrong one is counted.
    Pin {
        /// It was the right one.
        right: bool,
        /// How many wrong ones more until the session ends.
        left: u32,
    },
    /// A flag was raised.
    FlagRaised(FlagId),
    /// An event outside was entered.
    EventEntered(EventId),
    /// A report lies at this place.
    ReportMade {
        /// The whole path, to be said.
        path: String,
    },
    /// A file is registered.
    Attached {
        /// With which item.
        item: String,
        /// What it is called.
        name: String,
        /// It was registered with this visit before.
        known: bool,
    },
    /// A file was not taken, because it belongs to another visit; the attempt is kept.
    Reused {
        /// What it is called.
        name: String,
        /// Where it was used first; `None` = in a record out of the actor's scope.
        first: Option<FirstUse>,
    },
    /// A command was taken back.
    Undone {
        /// Code of the command that was taken back.
        command: String,
    },
}

/// One field of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictField {
    /// Field or item.
    pub field: String,
    /// What I wanted to write.
    pub mine: String,
    /// What is there now.
    pub theirs: String,
    /// Who wrote it.
    pub by: String,
}

/// Why something was not done. Codes and numbers only: the screen makes the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not there, or not in scope: the same on purpose.
    NotFound,
    /// The role may not do this.
    NotAllowed,
    /// Somebody changed it meanwhile.
    Conflict {
        /// Revision that is there now.
        now: Revision,
        /// Both values of each field concerned.
        fields: Vec<ConflictField>,
    },
    /// Hard gaps.
    Incomplete(Vec<Gap>),
    /// Nobody approves a record that she wrote.
    OwnRecord,
    /// Nobody gives two opinions on the same record.
    SpokenAlready,
    /// The thing is not in a state in which this can be done.
    WrongState {
        /// Its state now, as code.
        state: String,
    },
    /// A needed value is missing or wrong: field and what was expected, as codes.
    Invalid {
        /// Which.
        field: &'static str,
        /// Why.
        why: &'static str,
    },
    /// A day is further away than it may be.
    TooFar {
        /// Which.
        field: &'static str,
        /// The last day that may be.
        last: NaiveDate,
    },
    /// Nothing to take back.
    NothingToUndo,
    /// What was done last weighs: whether it is to be taken back is asked first.
    AskFirst {
        /// Code of what was done.
        command: &'static str,
    },
    /// What was done last can't be taken back.
    Stays {
        /// Code of what was done.
        command: &'static str,
    },
    /// Another process held the lock for too long.
    Busy,
    /// Disk or quota full: nothing written, reads go on.
    DiskFull,
    /// The file can't be written.
    ReadOnly,
    /// The file was made by a newer program: log in again.
    NewerSchema,
    /// Another file was put in its place (a backup came back): log in again.
    Moved,
    /// The file is damaged: nothing more is written.
    Damaged {
        /// SQLite's extended code.
        code: i32,
    },
    /// The outcome of the commit is not known even after asking again.
    Unknown,
    /// Anything else from the engine.
    Engine {
        /// SQLite's extended code.
        code: i32,
    },
}

impl Refusal {
    /// Whether the machine failed rather than the command: the same may be tried again later.
    pub const fn is_of_the_machine(&self) -> bool {
        matches!(
            self,
            Self::Busy
                | Self::DiskFull
                | Self::ReadOnly
                | Self::NewerSchema
                | Self::Moved
                | Self::Damaged { .. }
                | Self::Unknown
                | Self::Engine { .. }
        )
    }
}
