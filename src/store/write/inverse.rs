//! What a command leaves behind so that it can be taken back ([`super::undo`]). It is kept in memory in
//! full, because the journal masks personal numbers and must not give back a masked text as if somebody
//! had written it.

use super::{rows, schedule, tier};
use crate::domain::answer::Answer;
use crate::domain::customer::DossierField;
use crate::domain::deadline::DeadlineKey;
use crate::domain::ids::VisitId;
use crate::domain::statement::Statement;
use crate::protocol::command::Revision;

/// A command that can be taken back.
#[derive(Debug, Clone)]
pub(in crate::store) struct Undoable {
    /// Its code.
    pub(super) command: &'static str,
    /// What it changed.
    pub(super) subject: String,
    /// Which part of it: the item of an answer, otherwise empty.
    pub(super) part: String,
    /// Revision that was there before; 0 = nothing was.
    pub(super) from: Revision,
    /// Revision that the command left; it is taken back only from there.
    pub(super) to: Revision,
    /// How to get back.
    pub(super) inverse: Inverse,
}

/// The way back of a command.
#[derive(Debug, Clone)]
pub(super) enum Inverse {
    /// Put the answer back.
    Answer {
        /// Of which version.
        version: i64,
        /// What was there.
        before: Option<Answer>,
    },
    /// Take the registered file away and put the answer back.
    Attach {
        /// Of which version.
        version: i64,
        /// Which file.
        sha256: String,
        /// The answer that was there.
        before: Option<Answer>,
    },
    /// Register the file again.
    Detach {
        /// With which version.
        version: i64,
        /// JSON of the row.
        row: String,
    },
    /// Take the file away from the flag again, or register it again.
    Proof {
        /// Which file.
        sha256: String,
        /// JSON of the row that was taken away.
        row: Option<String>,
    },
    /// Put the rows of a group back: what was there, if what was left is still there.
    Rows {
        /// Of which version.
        version: i64,
        /// What was there.
        before: Vec<rows::Kept>,
        /// What the command left.
        after: Vec<rows::Kept>,
    },
    /// Put day, class, channel and purposes back: JSON of what was there.
    Visit(String),
    /// Take the comment with this id away.
    Comment(String),
    /// Let this entry of a look-up count again; `None` = none did.
    LookUp(Option<Revision>),
    /// Choose these people again, by their full names.
    Meeting(Vec<String>),
    /// Put the field of the dossier back as it was.
    Dossier {
        /// During which visit it was changed.
        visit: VisitId,
        /// Because of which answer.
        item: String,
        /// Which field.
        field: DossierField,
        /// What was there.
        before: Option<String>,
    },
    /// Put the statement back as it was.
    Statement {
        /// What the command left.
        kept: Box<Statement>,
        /// What was there.
        before: Option<Box<Statement>>,
        /// What only files bring and went with it.
        employees: Option<i64>,
    },
    /// The record was approved or returned by mistake.
    Decision,
    /// The flag was raised by mistake.
    Raise,
    /// Put the flag back: JSON of what was there.
    Flag(String),
    /// Put days, an appointment or a pause back.
    Schedule(Box<schedule::Back>),
    /// Take the mark of this deadline away.
    Deadline(DeadlineKey),
    /// Put an event that binds the tier back, or take it away.
    TierEvent(Box<tier::Back>),
    /// Put the 待办 back: JSON of what was there; `None` = it was noted by mistake.
    Todo(Option<String>),
}

/// What taking back has changed.
pub(super) struct Change {
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// Revision that is there now.
    pub(super) revision: Revision,
}
