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

    /// Finished, with these actions.
    pub(super) fn close(actions: Vec<Action>) -> Self {
        Self { close: true, actions }
    }
}
