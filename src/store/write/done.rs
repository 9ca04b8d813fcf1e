//! What a write has done: what its journal row will tell, and how it is taken back.

use super::inverse::Undoable;
use crate::domain::ids::CustomerId;
use crate::protocol::reply::Outcome;

/// What a write has done.
pub(super) enum Done {
    /// Nothing had to be changed.
    Quiet(Outcome),
    /// Something was changed.
    Written(Box<Written>),
}

/// A change that is to be journalled.
pub(super) struct Written {
    pub(super) outcome: Outcome,
    pub(super) subject: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// Whom it is about; `None` = as the subject tells.
    pub(super) about: Option<Vec<CustomerId>>,
    pub(super) undo: Option<Undoable>,
}

impl Written {
    /// A change that tells nothing and can't be taken back.
    pub(super) fn plain(subject: &str, before: Option<String>, after: Option<String>) -> Self {
        let subject = subject.to_owned();
        Self { outcome: Outcome::Plain, subject, before, after, about: None, undo: None }
    }

    pub(super) fn outcome(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }
}

impl From<Written> for Done {
    fn from(written: Written) -> Self {
        Self::Written(Box::new(written))
    }
}
