//! 待办.

use chrono::NaiveDate;

use crate::domain::ids::{CustomerId, TodoId, UserId, VisitId};
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::protocol::command::Revision;

/// Open ones within the scope, the earliest due first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodosPage {
    /// How many there are in all.
    pub total: u32,
    /// Index of the first row here.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<TodoRow>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodoRow {
    /// Id.
    pub todo: TodoId,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// What kind of thing.
    pub kind: TodoKind,
    /// What.
    pub text: String,
    /// The same in English, where it comes from a checklist.
    pub text_en: Option<String>,
    /// Who sees to it: login name.
    pub owner: UserId,
    /// Who sees to it: name for people.
    pub owner_name: String,
    /// Who is to do it.
    pub promised_by: Promiser,
    /// Until when.
    pub due_on: NaiveDate,
    /// How far it has come.
    pub state: TodoState,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// What proves it, or why it was dropped: the bank's words, or a code of ours.
    pub note: Option<String>,
    /// Days past `due_on` while open; 0 when not overdue.
    pub overdue_days: i64,
    /// During which visit it was noted.
    pub visit: Option<VisitId>,
    /// At which item.
    pub item: Option<String>,
    /// Revision to name in a change.
    pub revision: Revision,
}
