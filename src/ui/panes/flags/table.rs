//! The table of all flags: one line each.

use ratatui::text::{Line, Span};

use super::draw::{age, due, level, level_width};
use super::todos;
use crate::domain::flag::FlagState;
use crate::i18n::words;
use crate::protocol::page::{FlagRow, TodoRow};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::value::signal_line;

/// Widths of the table's columns.
pub(super) struct Columns {
    signal: usize,
    name: usize,
    owner: usize,
    /// 0 where there is no room for it.
    age: usize,
}

const AGE: usize = 6;
const STEP: usize = 9;
const DUE: usize = 12;

impl Columns {
    /// `owned`: whether anybody but who looks owns something in the list.
    pub(super) fn of(width: u16, owned: bool, ctx: &Ctx<'_>) -> Self {
        // Who looks through her own needs no column that says so, where there is little room.
        let owner = match width {
            100.. => 12,
            _ if owned => 9,
            _ => 0,
        };
        // Mark, level word and the blanks between the columns.
        let blanks = level_width(ctx) + 10;
        let age = if width >= 100 { AGE } else { 0 };
        let room = usize::from(width).saturating_sub(age + STEP + DUE + owner + blanks);
        let signal = (room * 3 / 5).min(56);
        Self { signal, name: (room - signal).min(44), owner, age }
    }

    pub(super) fn heading(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let (text, theme) = (&ctx.text.flags, ctx.theme);
        let width = level_width(ctx);
        let line = format!(
            "{}{} {} {} {} {} {}",
            " ".repeat(width + 4),
            theme.fit(text.signal_column, self.signal),
            theme.fit(text.customer_column, self.name),
            theme.fit_right(text.age_column, self.age),
            theme.fit(text.step_column, STEP),
            theme.fit(if self.owner > 0 { text.owner_column } else { "" }, self.owner),
            theme.fit(text.due_column, DUE),
        );
        Line::styled(line, theme.style(Meaning::Muted))
    }

    pub(super) fn todo(&self, row: &TodoRow, ctx: &Ctx<'_>) -> Line<'static> {
        let theme = ctx.theme;
        let cells = todos::TableCells::of(row, ctx);
        let (due, due_style) = cells.due;
        let mark = theme.fit(&format!(" {}", cells.mark), level_width(ctx) + 4);
        Line::from(vec![
            Span::styled(mark, theme.style(Meaning::Accent)),
            Span::raw(theme.fit(&cells.what, self.signal)),
            Span::raw(" "),
            Span::raw(theme.fit(&row.name, self.name)),
            Span::raw(" ".repeat(self.age + 2)),
            Span::styled(theme.fit(cells.kind, STEP), theme.style(Meaning::Muted)),
            Span::raw(" "),
            Span::raw(theme.fit(&row.owner_name, self.owner)),
            Span::raw(" "),
            Span::styled(theme.cut(&due, DUE), due_style),
        ])
    }

    pub(super) fn row(&self, row: &FlagRow, ctx: &Ctx<'_>) -> Line<'static> {
        let (text, theme) = (&ctx.text.flags, ctx.theme);
        let muted = theme.style(Meaning::Muted);
        let [mark, word] = level(row, ctx);
        let asked = row.lies_with.map(|department| text.asked_short(department));
        let (step, style) = match (&asked, row.state) {
            (Some(asked), _) => (asked.as_str(), Meaning::Accent),
            (None, FlagState::Confirmed) => (words::flag_step(ctx.lang, row.step), Meaning::Text),
            (None, state) => (words::flag_state(ctx.lang, state), Meaning::Accent),
        };
        let (owner, owner_style) = match &row.owner_name {
            Some(owner) => (owner.as_str(), Meaning::Text),
            None if row.state == FlagState::Confirmed => (text.no_owner, Meaning::Yellow),
            None => ("-", Meaning::Muted),
        };
        let due = due(row, ctx).unwrap_or_else(|| Span::styled("-", muted));
        Line::from(vec![
            mark,
            word,
            Span::raw(theme.fit(&signal_line(&row.signal, ctx.lang), self.signal)),
            Span::raw(" "),
            Span::raw(theme.fit(&row.name, self.name)),
            Span::styled(format!(" {} ", theme.fit_right(&age(row, ctx), self.age)), muted),
            Span::styled(theme.fit(step, STEP), theme.style(style)),
            Span::raw(" "),
            Span::styled(theme.fit(owner, self.owner), theme.style(owner_style)),
            Span::raw(" "),
            Span::styled(theme.cut(&due.content, DUE), due.style),
        ])
    }
}
