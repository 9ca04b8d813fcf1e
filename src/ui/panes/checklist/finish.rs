//! Handing a record in: the list of gaps, the last question, and what follows a write.

use super::ChecklistPane;
use super::dialogs::SUBMIT;
use super::session::Session;
use crate::protocol::command::Command;
use crate::protocol::reply::Outcome;
use crate::ui::action::Action;
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::widgets::scroll::Scroll;

impl ChecklistPane {
    /// Asks before handing in; shows the gaps instead while hard ones are open.
    pub(super) fn ask_submit(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let Some(session) = &self.session else { return Vec::new() };
        if !session.page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        if session.is_saving() {
            return vec![Action::warn(text.unsaved_wait)];
        }
        if !session.state.is_complete() || !session.undecided().is_empty() {
            self.gaps = Some(Scroll::default());
            return vec![Action::warn(text.submit_blocked)];
        }
        let progress = &session.state.progress;
        let confirmed = |flag: &&crate::protocol::page::FlagRow| {
            flag.state == crate::domain::flag::FlagState::Confirmed
        };
        let flags = session.page.flags.iter().filter(confirmed).count();
        let mut ask = Ask::confirm(
            SUBMIT,
            text.submit_title,
            vec![text.submit_summary(progress.answered, progress.wanted, flags)],
        );
        // Late is a visit after the due date, not a record after the visit; an amendment is of a
        // visit that has been counted already.
        let late = |d: &crate::domain::duty::Duty| {
            let served = session.page.purposes.iter().any(|p| p.covers(d.code, &d.reference));
            served && d.due < session.page.visited_on
        };
        if session.page.version == 1 && session.page.duties.iter().any(late) {
            ask.fields.push(Field::text(text.lateness, "").required());
        }
        vec![Action::ask(ask)]
    }

    pub(super) fn submit(&self, lateness: String) -> Vec<Action> {
        let lateness_reason = Some(lateness).filter(|l| !l.trim().is_empty());
        let seen_answers = self.session.as_ref().map_or(0, |session| session.page.seen_answers);
        self.on_record(|visit, seen| Command::Submit { visit, seen, seen_answers, lateness_reason })
    }

    /// What an action means in the list of gaps.
    pub(super) fn on_gap_action(&mut self, action: &Action) -> Vec<Action> {
        let (Some(session), Some(scroll)) = (&self.session, &mut self.gaps) else {
            return Vec::new();
        };
        let gaps = session.gaps();
        if scroll.on_action(action, gaps.len()) {
            return Vec::new();
        }
        match action {
            Action::Open | Action::Accept | Action::Edit => {
                let item = gaps.get(scroll.selected()).map(|gap| gap.item.clone());
                self.gaps = None;
                let row = item.and_then(|item| {
                    let rows = &self.session.as_ref()?.state.rows;
                    rows.iter().position(|r| *r.path == *item)
                });
                row.map(|row| self.go_to(row)).unwrap_or_default()
            }
            Action::Back | Action::Gaps | Action::Left => {
                self.gaps = None;
                Vec::new()
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
            (Command::RemoveRow { row, .. }, _) => {
                vec![Action::say(ctx.text.checklist.row_removed(*row + 1))]
            }
            (Command::SetVisit { .. }, _) => vec![Action::say(ctx.text.checklist.visit_changed)],
            (Command::AddTodo { .. }, _) => vec![Action::say(ctx.text.todos.added)],
            (Command::Withdraw { .. }, _) => vec![Action::say(ctx.text.checklist.withdrawn)],
            _ => Vec::new(),
        }
    }
}
