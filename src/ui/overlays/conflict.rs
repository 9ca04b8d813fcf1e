//! What I wanted to write and what somebody else wrote meanwhile, side by side.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

mod told;

use super::Step;
use crate::protocol::command::{
    Command, DossierNews, FlagAgain, RequestCommand, Revision, ScheduleCommand, TodoCommand,
};
use crate::protocol::reply::ConflictField;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, popup, put};
use crate::ui::width;

/// A conflict to be decided.
#[derive(Debug)]
pub struct Conflict {
    command: Command,
    now: Revision,
    fields: Vec<ConflictField>,
}

impl Conflict {
    pub(super) fn new(command: Command, now: Revision, fields: Vec<ConflictField>) -> Self {
        Self { command, now, fields }
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        match action {
            Action::KeepMine => {
                Step::close(vec![Action::apply(having_seen(self.command.clone(), self.now))])
            }
            Action::KeepTheirs => Step::close(vec![Action::Refresh]),
            Action::Back | Action::Cancel => Step::close(Vec::new()),
            _ => Step::stay(),
        }
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.overlays, ctx.theme);
        let inner = popup(frame, centered(area, 76, 20), text.conflict, ctx);
        let column = usize::from(inner.width).saturating_sub(2) / 2;
        let heading = theme.style(Meaning::Heading);
        put(
            frame,
            inner,
            1,
            Line::from(vec![
                Span::styled(theme.fit(text.conflict_mine, column), heading),
                Span::styled(format!("  {}", text.conflict_theirs), heading),
            ]),
        );
        let mut row = 2;
        for field in &self.fields {
            let name = told::name(&field.field, ctx);
            let who = format!("{name}  {}", field.by);
            put(
                frame,
                inner,
                row,
                Line::styled(theme.cut(&who, column * 2), theme.style(Meaning::Muted)),
            );
            row += 1;
            let said = |value: &str| {
                width::wrap(&theme.clean(&told::value(&field.field, value, ctx)), column)
            };
            let mine = said(&field.mine);
            let theirs = said(&field.theirs);
            for index in 0..mine.len().max(theirs.len()).min(6) {
                let left = mine.get(index).map_or("", String::as_str);
                let right = theirs.get(index).map_or("", String::as_str);
                put(
                    frame,
                    inner,
                    row,
                    Line::from(vec![
                        Span::raw(theme.fit(left, column)),
                        Span::styled(format!("  {right}"), theme.style(Meaning::Yellow)),
                    ]),
                );
                row += 1;
            }
        }
    }
}

/// The same command, made by somebody who has seen the revision that is there now.
fn having_seen(mut command: Command, now: Revision) -> Command {
    match &mut command {
        Command::Answer { seen, .. }
        | Command::SetVisit { seen, .. }
        | Command::Submit { seen, .. }
        | Command::Withdraw { seen, .. }
        | Command::Discard { seen, .. }
        | Command::Approve { seen, .. }
        | Command::Return { seen, .. }
        | Command::DecideFlag { seen, .. }
        | Command::UpdateFlag { seen, .. }
        | Command::ReopenFlag(FlagAgain { seen, .. })
        | Command::MoveFlag { seen, .. }
        | Command::Todo(TodoCommand::Set { seen, .. } | TodoCommand::End { seen, .. })
        | Command::UpdateDossier(DossierNews { seen, .. })
        | Command::Schedule(
            ScheduleCommand::Cancel { seen, .. }
            | ScheduleCommand::Pause { seen, .. }
            | ScheduleCommand::Resume { seen, .. },
        )
        | Command::Request(RequestCommand::Decide { seen, .. }) => *seen = now,
        Command::KeepStatement(it) => it.seen = now,
        Command::Schedule(ScheduleCommand::Appoint(it)) => it.seen = now,
        Command::Schedule(ScheduleCommand::Fix(days)) => {
            // Of several days the conflict names one only: the others are as they were seen.
            if let [day] = days.as_mut_slice() {
                day.seen = now;
            }
        }
        _ => {}
    }
    command
}

#[cfg(test)]
mod tests;
