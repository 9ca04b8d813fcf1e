//! Handing a record in: the list of gaps, the last question, and what follows a write.

use super::ChecklistPane;
use super::session::Session;
use crate::domain::answer::Value;
use crate::domain::facts;
use crate::domain::gap::GapKind;
use crate::form::Kind;
use crate::protocol::command::{Command, Conduct, RemoveRow, TodoCommand};
use crate::protocol::reply::Outcome;
use crate::ui::action::{Action, HandIn};
use crate::ui::ctx::Ctx;
use crate::ui::value::pick;
use crate::ui::widgets::scroll::Scroll;

impl ChecklistPane {
    /// Asks before handing in; shows the gaps instead while hard ones are open.
    pub(super) fn ask_submit(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let read_only = self.why_read_only(ctx);
        let Some(session) = &mut self.session else { return Vec::new() };
        if !session.page.writable {
            return vec![Action::warn(read_only)];
        }
        if session.is_saving() {
            return vec![Action::warn(text.unsaved_wait)];
        }
        session.look_at_clock(ctx.now.naive_local());
        if !session.is_ready() {
            let first = session.gaps().iter().filter(|gap| gap.kind.is_hard()).count();
            self.gaps = Some(Scroll::default());
            return vec![Action::warn(text.submit_blocked(first))];
        }
        let confirmed = |flag: &&crate::protocol::page::FlagRow| {
            flag.state == crate::domain::flag::FlagState::Confirmed
        };
        let flags = session.page.flags.iter().filter(confirmed).count();
        let mut summary =
            text.submit_summary(session.state.progress.answered, session.state.short(), flags);
        let carried = session.carried();
        if carried.all > 0 {
            summary.push(' ');
            summary.push_str(&text.carried(carried));
        }
        let news = session.open_news().len();
        if news > 0 {
            summary.push(' ');
            summary.push_str(&text.dossier_waits(news));
        }
        if let Some(Value::Multi(open)) = session.page.facts.get(facts::NOT_QUERIED)
            && !open.is_empty()
        {
            summary.push(' ');
            summary.push_str(&text.not_queried_yet(open.len()));
        }
        let long = session.state.rows.iter().filter(|row| matches!(row.item.kind, Kind::LongText));
        let titles = long.map(|row| (row.path.to_string(), pick(&row.title, ctx.lang).to_owned()));
        vec![Action::HandIn(Box::new(HandIn {
            visit: session.page.visit.clone(),
            seen: session.page.revision,
            seen_answers: session.page.seen_answers,
            summary,
            comments: session.comments_open(),
            titles: titles.collect(),
            asks_next: session.state.rows.iter().any(|row| &*row.path == "next_visit"),
        }))]
    }

    /// The list of gaps, from the next one on: who mends them one after another goes on where she
    /// was. What is missing comes before what is merely weak.
    pub(super) fn next_gap(&self) -> Scroll {
        let mut list = Scroll::default();
        let Some(session) = &self.session else { return list };
        let (here, gaps) = (self.scroll.selected(), session.gaps());
        let missing = gaps.iter().any(|gap| gap.kind.is_missing());
        let next = gaps.iter().position(|gap| {
            let row = session.state.rows.iter().position(|row| *row.path == *gap.item);
            gap.kind.is_missing() == missing && row.is_some_and(|row| row >= here)
        });
        list.select(next.unwrap_or(0));
        list
    }

    /// What an action means in the list of gaps.
    pub(super) fn on_gap_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let (Some(session), Some(scroll)) = (&self.session, &mut self.gaps) else {
            return Vec::new();
        };
        let gaps = session.gaps();
        if scroll.on_action(action, gaps.len()) {
            return Vec::new();
        }
        match action {
            Action::Open | Action::Accept | Action::Edit => {
                let gap = gaps.get(scroll.selected());
                let item = gap.map(|gap| gap.item.clone());
                let signature = gap.is_some_and(|gap| gap.kind == GapKind::Unsigned);
                let tier = gap.is_some_and(|gap| gap.kind == GapKind::Unclassified);
                self.gaps = None;
                if tier {
                    return vec![Action::Tiers];
                }
                if signature {
                    return self.ask_second(ctx);
                }
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
                let decided = matches!(command, Command::Conduct(Conduct::DecideDeclared { .. }));
                let said = decided.then(|| Action::say(ctx.text.conduct.declared_decided));
                next.map(Action::apply).into_iter().chain(said).collect()
            }
            (Command::Conduct(Conduct::DecideDeclared { .. }), _) => {
                vec![Action::say(ctx.text.conduct.declared_decided)]
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
            (Command::Conduct(Conduct::AskSecond { user, .. }), _) => {
                let text = &ctx.text.conduct;
                let said = if user.is_some() { text.second_asked } else { text.second_none };
                vec![Action::say(said)]
            }
            (Command::Conduct(Conduct::SignSecond { .. }), _) => {
                vec![Action::say(ctx.text.conduct.second_signed)]
            }
            (Command::RemoveRow(RemoveRow { row, .. }), _) => {
                vec![Action::say(ctx.text.checklist.row_removed(*row + 1))]
            }
            (Command::UpdateDossier(_), _) => vec![Action::say(ctx.text.checklist.dossier_done)],
            (Command::SetVisit { .. }, _) => vec![Action::say(ctx.text.checklist.visit_changed)],
            (Command::Todo(TodoCommand::Add { .. }), _) => vec![Action::say(ctx.text.todos.added)],
            (Command::Withdraw { .. }, _) => vec![Action::say(ctx.text.checklist.withdrawn)],
            _ => Vec::new(),
        }
    }
}
