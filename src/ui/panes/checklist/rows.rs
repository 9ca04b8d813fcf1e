//! Rows of repeat groups: one more, one less; and what the visit itself is about.

use super::ChecklistPane;
use crate::domain::answer::Value;
use crate::form::definition::Kind;
use crate::protocol::command::{Command, RemoveRow};
use crate::ui::action::{Action, VisitPlan};
use crate::ui::ctx::Ctx;

impl ChecklistPane {
    /// Adds a row to the repeat group in focus and goes to its first cell.
    pub(super) fn add_row(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        if !session.page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        let Some(here) = self.row() else { return Vec::new() };
        let head = here.path.split('[').next().unwrap_or_default().to_owned();
        let Some(group) = session.state.row(&head).cloned() else { return Vec::new() };
        let Kind::Group(cells) = &group.item.kind else { return Vec::new() };
        let count = session.rows_of(&group.path);
        let first = cells.first().map(|c| format!("{}[{count}].{}", group.path, c.code));
        let mut actions = self.answer(&group, Value::Rows(count + 1));
        if let Some(path) = first {
            self.at = Some(path.as_str().into());
            self.restore_place();
            actions.extend(self.go(0));
        }
        actions
    }

    /// Takes out the row in focus, or the last one where the group itself is; elsewhere the answer
    /// is cleared.
    pub(super) fn remove_row(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let (Some(session), Some(here)) = (&self.session, self.row().cloned()) else {
            return Vec::new();
        };
        if !session.page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        let group = here.path.split('[').next().unwrap_or_default().to_owned();
        let row = match (here.repeat, &here.item.kind) {
            (Some(row), _) => row,
            (None, Kind::Group(_)) => match session.rows_of(&group).checked_sub(1) {
                Some(last) => last,
                None => return Vec::new(),
            },
            (None, _) => {
                let answered = session.answer(&here.path).is_some();
                return if answered { self.set(&here.path, None) } else { Vec::new() };
            }
        };
        // What is still on its way has no revision yet that could be named.
        if session.is_saving() {
            return vec![Action::warn(text.unsaved_wait)];
        }
        let (visit, seen) = (session.page.visit.clone(), session.seen_of(&group));
        self.at = Some(group.as_str().into());
        vec![Action::apply(Command::RemoveRow(RemoveRow { visit, group, row, seen }))]
    }

    /// Day, class, channel and duties of the visit, to be changed.
    pub(super) fn ask_visit(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        let page = &session.page;
        if !page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        if page.version > 1 {
            return vec![Action::warn(ctx.text.checklist.amendment_keeps)];
        }
        vec![Action::AskVisit(Box::new(VisitPlan {
            visit: page.visit.clone(),
            seen: page.revision,
            customer: page.customer.clone(),
            visited_on: page.visited_on,
            class: page.class,
            channel: page.channel.clone(),
            purposes: page.purposes.clone(),
        }))]
    }
}
