//! Where the officer is in the checklist, and what the store acknowledges.

use std::sync::Arc;

use super::ChecklistPane;
use super::session::Session;
use crate::protocol::command::Command;
use crate::protocol::reply::Outcome;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;

impl ChecklistPane {
    /// Moves by rows and tells the store where the officer is now.
    pub(super) fn go(&mut self, by: isize) -> Vec<Action> {
        let last = self.session.as_ref().map_or(0, |s| s.state.rows.len().saturating_sub(1));
        let row = self.scroll.selected().saturating_add_signed(by).min(last);
        self.go_to(row)
    }

    /// Selects a row.
    pub(super) fn go_to(&mut self, row: usize) -> Vec<Action> {
        self.scroll.select(row);
        self.explained = false;
        let path = self.row().map(|row| Arc::clone(&row.path));
        self.at.clone_from(&path);
        match (&self.session, path, &self.visit) {
            (Some(session), Some(path), Some(visit)) if session.page.writable => {
                let item = path.to_string();
                vec![Action::apply(Command::KeepPlace { visit: visit.clone(), item })]
            }
            _ => Vec::new(),
        }
    }

    /// A command of this pane is on disk.
    pub(super) fn acknowledged(
        &mut self,
        command: &Command,
        outcome: &Outcome,
        ctx: &Ctx<'_>,
    ) -> Vec<Action> {
        match (command, outcome) {
            (_, Outcome::Saved { item, revision, at }) => {
                let next = self.session.as_mut().and_then(|s| s.saved(item, *revision, at));
                next.map(Action::apply).into_iter().collect()
            }
            // The disk takes writes again: what it refused before is tried again.
            (Command::KeepPlace { .. } | Command::KeepDraft { .. }, _) => {
                let held = self.session.as_mut().and_then(Session::send_held);
                held.map(Action::apply).into_iter().collect()
            }
            (Command::RaiseFlag { proposed: true, .. }, Outcome::FlagRaised(flag)) => {
                self.reject_flag(flag.clone(), 1)
            }
            (Command::Discard { .. }, _) => {
                *self = Self::default();
                vec![Action::ScreenToday]
            }
            (Command::Submit { .. }, _) => {
                self.gaps = None;
                Vec::new()
            }
            (Command::DecideFlag { confirm, .. }, _) => {
                let text = &ctx.text.checklist;
                vec![Action::say(if *confirm { text.confirmed } else { text.rejected })]
            }
            (Command::Withdraw { .. }, _) => vec![Action::say(ctx.text.checklist.withdrawn)],
            _ => Vec::new(),
        }
    }
}
