//! What comes of an action in an overlay.

use crate::ui::action::Action;

/// What an overlay did with an action.
#[derive(Debug, Default)]
pub struct Step {
    /// It is finished.
    pub close: bool,
    /// What is to be done now.
    pub actions: Vec<Action>,
}

impl Step {
    /// Stays open, nothing to do.
    pub(super) fn stay() -> Self {
        Self::default()
    }

    /// Stays open, with these actions.
    pub(super) fn only(actions: Vec<Action>) -> Self {
        Self { close: false, actions }
    }

    /// Of an empty list: what leaves closes it, what is done to a line finds none.
    pub(super) fn empty(action: &Action) -> Self {
        Self { close: matches!(action, Action::Back | Action::Cancel), actions: Vec::new() }
    }

    /// Finished, with these actions.
    pub(super) fn close(actions: Vec<Action>) -> Self {
        Self { close: true, actions }
    }
}
