//! Which keys have anything to act on, by the state of the selected flag: only those are hints.

use super::FlagsPane;
use super::act::{ask_discuss, ask_edit, ask_reopen, ways};
use super::ending::ask_close;
use crate::domain::flag::FlagState;
use crate::protocol::page::FlagRow;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::Binding;

impl FlagsPane {
    /// Whether an action has anything to act on here.
    pub fn offers(&self, action: &Action, ctx: &Ctx<'_>) -> bool {
        if self.todo().is_some() {
            return true;
        }
        match action {
            Action::Flag | Action::Todo => self.customer().is_some(),
            Action::Weakened => self.of_all(),
            _ => match self.row() {
                Some(row) => offered(row, action, ctx),
                None => !is_about_a_flag(action),
            },
        }
    }

    /// What a row of the keymap is called here, if not as everywhere.
    pub fn called<'a>(&self, row: &Binding, ctx: &Ctx<'a>) -> Option<&'a str> {
        (row.action == Action::Weakened && self.is_weakened()).then_some(ctx.text.flags.live_list)
    }
}

/// Whether an action needs a flag.
pub(super) const fn is_about_a_flag(action: &Action) -> bool {
    matches!(
        action,
        Action::ConfirmFlag
            | Action::RejectFlag
            | Action::ReopenFlag
            | Action::Edit
            | Action::Advance
            | Action::CloseFlag
            | Action::Comment
            | Action::Attach
            | Action::Photos
            | Action::History
    )
}

fn offered(row: &FlagRow, action: &Action, ctx: &Ctx<'_>) -> bool {
    match action {
        Action::ConfirmFlag | Action::RejectFlag => row.state == FlagState::Proposed,
        Action::ReopenFlag => ask_reopen(row, ctx).is_ok(),
        Action::Edit => ask_edit(row, ctx).is_ok(),
        Action::Advance => row.state == FlagState::Confirmed && !ways(row, ctx).is_empty(),
        Action::CloseFlag => ask_close(row, ctx).is_ok(),
        Action::Comment | Action::Attach => ask_discuss(row, ctx).is_ok(),
        Action::Photos => !row.proofs.is_empty(),
        _ => true,
    }
}
