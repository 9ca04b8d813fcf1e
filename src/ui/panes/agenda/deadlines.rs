//! Deadlines beside visits at the foot of the due list: lines of their own kind.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::i18n::format;
use crate::protocol::page::{AgendaPage, DeadlineRow};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::put;
use crate::ui::width;

/// So many lines at the most beside a list that needs the room; what is beyond is counted.
const MOST: usize = 3;

/// Draws them, more where the list leaves room; gives the room that is left.
pub(super) fn render(page: &AgendaPage, frame: &mut Frame<'_>, inner: Rect, ctx: &Ctx<'_>) -> Rect {
    let free = usize::from(inner.height).saturating_sub(page.total as usize + page.plans.len() + 1);
    let room = usize::from(inner.height / 4).min(MOST).max(free / 2);
    let shown = page.deadlines.len().min(room);
    let top = inner.height.saturating_sub(u16::try_from(shown).unwrap_or(0));
    for (at, (row, one)) in (top..inner.height).zip(&page.deadlines).enumerate() {
        let counted = usize::try_from(page.deadlines_counted).unwrap_or(usize::MAX);
        let beyond = counted.saturating_sub(shown);
        let more = if at + 1 == shown && beyond > 0 { beyond } else { 0 };
        put(frame, inner, row, line(one, more, usize::from(inner.width), ctx));
    }
    Rect { height: top, ..inner }
}

fn line(row: &DeadlineRow, more: usize, cells: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.deadlines, ctx.theme);
    let late = row.late_days > 0;
    let when = if late {
        text.late_days(row.late_days)
    } else {
        format::near_day(row.deadline.due, ctx.today)
    };
    let head = format!(" {} {} ", theme.glyphs.open_box, text.of(row.deadline.kind));
    let tail = if more > 0 { format!(" +{more} {}", text.more) } else { format!(" {when}") };
    let used = width::cells(&head) + width::cells(&tail);
    let tone = theme.style(if late { Meaning::Overdue } else { Meaning::Accent });
    Line::from(vec![
        Span::styled(head, tone),
        Span::styled(theme.fit(&row.name, cells.saturating_sub(used)), theme.style(Meaning::Muted)),
        Span::styled(tail, if more > 0 { theme.style(Meaning::Muted) } else { tone }),
    ])
}
