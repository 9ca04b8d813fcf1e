//! The questions, one a row: mark, question, answer, last time's answer with the change.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::domain::money::Decimal4;
use crate::form::definition::Needed;
use crate::form::{Problem, Row, entry};
use crate::ui::ctx::Ctx;
use crate::ui::figures::moved;
use crate::ui::panes::checklist::editor::{Editor, Way};
use crate::ui::panes::checklist::session::Session;
use crate::ui::theme::Meaning;
use crate::ui::value::{pick, show_answer, show_computed};
use crate::ui::widgets::frame::{highlight, put};
use crate::ui::widgets::scroll::Scroll;
use crate::ui::width::cells;

/// Ten percent, as changes are counted.
const TENTH: i64 = 100_000;

/// Widths of the columns.
struct Columns {
    question: usize,
    answer: usize,
    last: usize,
}

impl Columns {
    /// Half of the room is for the questions, and more where they are longer than that; never so much
    /// that answers have no room to be typed in. Where nothing is told of last time, the column of it
    /// is theirs. All of it depends on the form alone, so that nothing moves while answers are typed.
    fn of(width: u16, longest: usize, has_last: bool) -> Self {
        let room = usize::from(width).saturating_sub(5);
        let last = if width >= 64 && has_last { room / 4 } else { 0 };
        let rest = room - last;
        let question = longest.clamp(rest / 2, rest * 4 / 7);
        Self { question, answer: rest - question, last }
    }
}

/// Draws the rows in view; a field of one line is typed in its row.
pub(super) fn render(
    session: &Session,
    scroll: &mut Scroll,
    editor: Option<&Editor>,
    frame: &mut Frame<'_>,
    area: Rect,
    ctx: &Ctx<'_>,
) {
    let rows = &session.state.rows;
    let longest = rows.iter().map(|row| cells(&asked(row, ctx)) + star(row).len()).max();
    let has_last = rows.iter().any(|row| !last(row, ctx).is_empty());
    let columns = Columns::of(area.width, longest.unwrap_or(0), has_last);
    let visible = scroll.view(usize::from(area.height), rows.len());
    for (line, index) in (0_u16..).zip(visible) {
        let Some(row) = rows.get(index) else { break };
        put(frame, area, line, one(session, row, &columns, ctx));
        if index != scroll.selected() {
            continue;
        }
        let typing = editor.and_then(|editor| match &editor.way {
            Way::Line(input) => Some(input),
            _ => None,
        });
        if let Some(input) = typing {
            let x = area.x + u16::try_from(columns.question + 4).unwrap_or(0);
            let width = u16::try_from(columns.answer + columns.last).unwrap_or(0);
            input.render(frame, Rect { x, y: area.y + line, width, height: 1 }, true, ctx);
        } else {
            highlight(frame, area, line, ctx.theme.style(Meaning::Selected));
        }
    }
}

/// The question with the number of its repetition.
fn asked(row: &Row, ctx: &Ctx<'_>) -> String {
    let indent = if row.repeat.is_some() { "  " } else { "" };
    let number = row.repeat.map(|n| format!("{} ", n + 1)).unwrap_or_default();
    format!("{indent}{number}{}", pick(&row.title, ctx.lang))
}

const fn star(row: &Row) -> &'static str {
    if matches!(row.needed, Needed::Hard) { " *" } else { "" }
}

fn one(session: &Session, row: &Row, columns: &Columns, ctx: &Ctx<'_>) -> Line<'static> {
    let (mut mark, mut meaning) = mark(row, ctx);
    if session.comment_at(&row.path).is_some() {
        (mark, meaning) = (ctx.theme.glyphs.overdue, Meaning::Orange);
    }
    let star = star(row);
    let question = asked(row, ctx);
    let room = columns.question.saturating_sub(star.len());
    let answer = session.answer(&row.path);
    let (shown, style) = match (&row.computed, answer) {
        (Some(value), _) => (show_computed(&row.item, value, ctx), Meaning::Muted),
        (None, Some(answer)) => {
            let mut shown = super::files::counted(session, row, answer, ctx);
            if answer.unchanged {
                shown.insert_str(0, "= ");
            } else if session.page.is_declared(&row.path, answer) {
                shown.insert_str(0, "\" ");
            }
            (shown, Meaning::Text)
        }
        (None, None) => (String::new(), Meaning::Text),
    };
    let mut style = ctx.theme.style(style);
    if row.problem.as_ref().is_some_and(|p| !p.is_open()) {
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    Line::from(vec![
        Span::styled(format!(" {mark} "), ctx.theme.style(meaning)),
        Span::raw(ctx.theme.fit(&question, room)),
        Span::styled(format!("{star} "), ctx.theme.style(Meaning::Accent)),
        Span::styled(ctx.theme.fit(&shown, columns.answer), style),
        Span::styled(ctx.theme.fit(&last(row, ctx), columns.last), ctx.theme.style(Meaning::Muted)),
    ])
}

/// Open, answered, faulty.
pub(super) fn mark<'a>(row: &Row, ctx: &Ctx<'a>) -> (&'a str, Meaning) {
    match &row.problem {
        Some(Problem::Weak(_)) => (ctx.theme.glyphs.done_box, Meaning::Yellow),
        Some(Problem::Stale) => (ctx.theme.glyphs.open_box, Meaning::Orange),
        Some(problem) if problem.is_open() => (ctx.theme.glyphs.open_box, Meaning::Muted),
        Some(_) => (ctx.theme.glyphs.overdue, Meaning::Bad),
        None if row.item.computed => (" ", Meaning::Muted),
        None if row.answered => (ctx.theme.glyphs.done_box, Meaning::Good),
        None => (" ", Meaning::Muted),
    }
}

/// Last time's answer, with the change in percent once there is a new one.
fn last(row: &Row, ctx: &Ctx<'_>) -> String {
    let text = &ctx.text.checklist;
    if row.fresh {
        return format!(" {}", text.fresh);
    }
    if !row.lost.is_empty() {
        return format!(" {} {}", text.lost, row.lost.join(" "));
    }
    let Some(last) = &row.last else { return String::new() };
    let shown = show_answer(&row.item, &last.0, ctx);
    let delta = row.delta.and_then(|d| d.percent).map(|percent| {
        // Beside a tenth of last time's answer and more, tenths of a percent say nothing.
        let far = Decimal4(percent.0.saturating_abs());
        let step = if far.0 < TENTH { 1_000 } else { 10_000 };
        let told = entry::format_number(Decimal4((far.0 + step / 2) / step * step));
        moved(percent.0 < 0, &told, ctx)
    });
    format!(" {shown} {}", delta.unwrap_or_default()).trim_end().to_owned()
}

#[cfg(test)]
mod tests;
