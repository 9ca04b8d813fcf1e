//! Writes about 待办: what a customer promised or what was agreed with her.

use chrono::NaiveDate;

use super::Revision;
use crate::domain::ids::{CustomerId, TodoId, UserId, VisitId};
use crate::domain::todo::{Promiser, TodoKind};

/// A write about a 待办.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TodoCommand {
    /// Notes what somebody promised or will do. Documents promised in a record are noted by
    /// themselves when it is handed in.
    Add {
        /// For whom.
        customer: CustomerId,
        /// During which visit.
        visit: Option<VisitId>,
        /// At which item.
        item: Option<String>,
        /// What kind of thing.
        kind: TodoKind,
        /// What.
        text: String,
        /// Who sees to it.
        owner: UserId,
        /// Who is to do it.
        promised_by: Promiser,
        /// Until when.
        due_on: NaiveDate,
    },
    /// Changes an open one.
    Set {
        /// Which.
        todo: TodoId,
        /// Revision that the writer saw.
        seen: Revision,
        /// What.
        text: String,
        /// Who sees to it.
        owner: UserId,
        /// Until when.
        due_on: NaiveDate,
    },
    /// Ends an open one.
    End {
        /// Which.
        todo: TodoId,
        /// Revision that the writer saw.
        seen: Revision,
        /// Done, or dropped.
        done: bool,
        /// What proves it, or why it is dropped.
        note: String,
    },
}
