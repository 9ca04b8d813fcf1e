//! 待办 below the flags: what is asked about them, and how they look.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::FlagsPane;
use crate::domain::ids::UserId;
use crate::i18n::{format, words};
use crate::protocol::command::{Command, TodoCommand};
use crate::protocol::page::TodoRow;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::todo;
use crate::ui::width::{cells, wrap};

pub(super) const ADD: &str = "todo-add";
const FINISH: &str = "todo-finish";
const ABANDON: &str = "todo-drop";
const EDIT: &str = "todo-edit";

impl FlagsPane {
    /// What an action means for the selected one.
    pub(super) fn act_on_todo(
        &mut self,
        row: &TodoRow,
        action: &Action,
        ctx: &Ctx<'_>,
    ) -> Vec<Action> {
        let text = &ctx.text.todos;
        let mut ask = match action {
            Action::Open | Action::Right => {
                return vec![Action::OpenCustomer(row.customer.clone())];
            }
            Action::Why => return vec![Action::OpenWhy(row.customer.clone())],
            Action::Copy => {
                let what = ctx.text.todos.text(row);
                return vec![Action::CopyText(format!("{} {what}", row.name))];
            }
            Action::Finish => {
                let proof = Field::text(text.proof, "").required();
                Ask::form(FINISH, text.finish_title, vec![proof])
            }
            Action::Abandon => {
                let reason = Field::text(text.reason, "").required();
                Ask::form(ABANDON, text.drop_title, vec![reason])
            }
            Action::Edit => Ask::form(
                EDIT,
                text.edit_title,
                vec![
                    Field::text(text.what, row.text.clone()).required(),
                    Field::text(text.owner, row.owner.to_string()).required(),
                    Field::date(text.due_on, row.due_on.to_string()).required(),
                ],
            ),
            _ => return Vec::new(),
        };
        ask.lines.push(format!("{}  {}", row.name, ctx.text.todos.text(row)));
        self.minding = Some(row.clone());
        vec![Action::ask(ask)]
    }

    /// Notes one for the customer in view.
    pub(super) fn ask_todo(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        self.raising = self.customer();
        let Some(customer) = &self.raising else {
            return vec![Action::warn(ctx.text.flags.no_customer)];
        };
        let mut ask = todo::ask(ADD, ctx);
        ask.lines.push(self.named(customer));
        vec![Action::ask(ask)]
    }

    /// What the answers to those dialogs write; `None` = the dialog was another one.
    pub(super) fn answer_todo(
        &mut self,
        answered: &Answered,
        ctx: &Ctx<'_>,
    ) -> Option<Vec<Action>> {
        let value = |i: usize| answered.values.get(i).map_or("", |v| v.trim()).to_owned();
        let row = self.minding.clone();
        let about = row.map(|row| (row.todo, row.revision));
        let command = match (answered.tag, about) {
            (ADD, _) => todo::add(self.raising.clone()?, None, &answered.values),
            (FINISH | ABANDON, Some((todo, seen))) => {
                let done = answered.tag == FINISH;
                Some(Command::Todo(TodoCommand::End { todo, seen, done, note: value(0) }))
            }
            (EDIT, Some((todo, seen))) => value(2).parse().ok().map(|due_on| {
                Command::Todo(TodoCommand::Set {
                    todo,
                    seen,
                    text: value(0),
                    owner: UserId(value(1)),
                    due_on,
                })
            }),
            _ => return None,
        };
        Some(vec![command.map_or_else(|| Action::fail(ctx.text.todos.needs), Action::apply)])
    }
}

/// `11-25`, or how late it is.
fn due(row: &TodoRow, ctx: &Ctx<'_>) -> (String, Style) {
    if row.overdue_days > 0 {
        let late = ctx.text.flags.overdue(row.overdue_days);
        let text = format!("{} {late}", ctx.theme.glyphs.overdue);
        return (text, ctx.theme.style(Meaning::Overdue));
    }
    (format::near_day(row.due_on, ctx.today), ctx.theme.style(Meaning::Text))
}

/// The heading above them.
pub(super) fn heading(rows: &[TodoRow], ctx: &Ctx<'_>) -> Line<'static> {
    let late = rows.iter().filter(|row| row.overdue_days > 0).count();
    let meaning = if late > 0 { Meaning::Overdue } else { Meaning::Heading };
    let text = format!(" {}", ctx.text.todos.heading(rows.len(), late));
    Line::from(Span::styled(text, ctx.theme.style(meaning)))
}

/// `□ 补交 9月报表   11-25`; where several customers are listed, whose it is below.
pub(super) fn card(row: &TodoRow, width: usize, named: bool, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let (due, due_style) = due(row, ctx);
    let mark = format!(" {} ", theme.glyphs.open_box);
    let used = cells(&mark) + cells(&due) + 2;
    let what = theme.fit(ctx.text.todos.text(row), width.saturating_sub(used));
    let mut lines = vec![Line::from(vec![
        Span::styled(mark, theme.style(Meaning::Accent)),
        Span::raw(what),
        Span::styled(format!(" {due} "), due_style),
    ])];
    if named {
        let whose = format!("{} {} {}", row.name, theme.glyphs.dot, row.owner_name);
        let whose = theme.cut(&whose, width.saturating_sub(5));
        lines.push(Line::styled(format!("    {whose}"), theme.style(Meaning::Muted)));
    }
    lines
}

/// The cells of one in the table of live flags: mark, what, whose, kind, owner, day.
pub(super) struct TableCells {
    pub(super) mark: &'static str,
    pub(super) what: String,
    pub(super) kind: &'static str,
    pub(super) due: (String, Style),
}

impl TableCells {
    pub(super) fn of(row: &TodoRow, ctx: &Ctx<'_>) -> Self {
        Self {
            mark: ctx.theme.glyphs.open_box,
            what: ctx.text.todos.text(row).to_owned(),
            kind: words::todo_kind(ctx.lang, row.kind),
            due: due(row, ctx),
        }
    }
}

/// The selected one in full.
pub(super) fn full(row: &TodoRow, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.todos, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let mut lines = vec![Line::from(vec![
        Span::raw(format!(" {} ", theme.glyphs.open_box)),
        Span::raw(words::todo_kind(ctx.lang, row.kind)),
        Span::styled(format!("  {} ", text.promised_by), muted),
        Span::raw(words::promiser(ctx.lang, row.promised_by)),
    ])];
    let mut whole = ctx.text.todos.text(row).to_owned();
    if let Some(visit) = &row.visit {
        whole = format!("{whole}   {} {visit}", text.at_visit);
    }
    let room = usize::from(width).saturating_sub(4);
    for line in wrap(&theme.clean(&whole), room) {
        lines.push(Line::raw(format!("   {line}")));
    }
    lines
}
