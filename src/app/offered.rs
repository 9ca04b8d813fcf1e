//! What a role does by keys: what only others may is neither named in the hints nor begun. The store
//! asks again.

use super::App;
use crate::domain::user::Work;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::{Binding, KeyContext};
use crate::ui::screen::PaneId;

/// Whose work an action is in a place; `None` = anybody's.
pub(super) const fn work(context: KeyContext, action: &Action) -> Option<Work> {
    use {Action as A, KeyContext as C};
    Some(match (context, action) {
        (C::Requests | C::Tiers | C::Strategies, A::Approve | A::ReturnRecord)
        | (C::Deadlines, A::Waive)
        | (C::Agenda, A::Pause)
        | (C::Customers, A::IssueTask)
        | (C::Cockpit, A::CloseMonth)
        | (C::Record, A::ReturnRecord) => Work::Decisions,
        (C::Record, A::Approve) => Work::Opinions,
        (C::Events, A::AddEvent | A::CloseEvent) => Work::Events,
        (_, A::Flag | A::Todo)
        | (C::Flags, A::ConfirmFlag | A::RejectFlag | A::Advance | A::CloseFlag)
        | (C::Flags | C::Todos | C::Tiers | C::Strategies, A::Edit)
        | (C::Todos, A::Finish | A::Abandon)
        | (C::Tiers, A::Note | A::Finish)
        | (C::Tiers | C::Strategies, A::Withdraw)
        | (C::Deadlines, A::Receive) => Work::Flags,
        (
            _,
            A::Visit
            | A::Delay
            | A::Amend
            | A::Appoint
            | A::AcceptDay
            | A::AcceptAll
            | A::MoveTo
            | A::Earlier
            | A::Later
            | A::Release
            | A::Meet
            | A::NewStatement,
        )
        | (C::Day | C::LookUps | C::Statements, A::Edit)
        | (C::Requests | C::Statements, A::Withdraw) => Work::Visits,
        _ => return None,
    })
}

/// Whether a pane or box tells itself, in words of its own, why this is not done by others.
const fn tells_itself(context: KeyContext, action: &Action) -> bool {
    use {Action as A, KeyContext as C};
    matches!(
        (context, action),
        (_, A::Waive | A::Pause | A::IssueTask | A::CloseMonth | A::AddEvent | A::CloseEvent)
            | (C::Requests | C::Tiers | C::Strategies | C::Record, A::Approve | A::ReturnRecord)
    )
}

impl App {
    /// Whether the box on top, else the record in focus, has anything that the action could act on.
    pub(super) fn offers(&self, action: &Action, ctx: &Ctx<'_>) -> bool {
        match self.overlays.last() {
            Some(overlay) => overlay.offers(action),
            None if self.place.focused() == PaneId::Record => self.panes.record.offers(action, ctx),
            None if self.place.focused() == PaneId::Flags => self.panes.flags.offers(action, ctx),
            None if self.place.focused() == PaneId::Checklist => {
                self.panes.checklist.offers(action)
            }
            None => true,
        }
    }

    /// What a row of the keymap does here.
    pub(super) fn named<'a>(&self, row: &Binding, ctx: &Ctx<'a>) -> &'a str {
        let opinion = (row.context == KeyContext::Record && row.action == Action::Approve)
            .then(|| self.panes.record.approving(ctx.text))
            .flatten();
        let of_flags = (row.context == KeyContext::Flags && self.overlays.is_empty())
            .then(|| self.panes.flags.called(row, ctx))
            .flatten();
        opinion.or(of_flags).unwrap_or_else(|| row.label(ctx.text))
    }

    /// Whose work an action is here, if it is not that of who sits here.
    pub(super) fn work_of_others(&mut self, action: &Action) -> Option<Work> {
        let context = self.key_context();
        let work = work(context, action).filter(|_| !tells_itself(context, action))?;
        let role = self.home.as_ref()?.role;
        (!role.does(work)).then_some(work)
    }
}
