//! The record on the screen: who and when at the top, fixed; below it the list.

mod conduct;
mod head;
mod lines;
mod rounds;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::RecordPane;
use crate::i18n::words;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::blocks::Lines;
use crate::ui::widgets::frame::{empty, pane_with, put, rule};

pub(super) fn pane(
    pane: &mut RecordPane,
    frame: &mut Frame<'_>,
    area: Rect,
    focused: bool,
    ctx: &Ctx<'_>,
) {
    let text = &ctx.text.review;
    let (mut title, mut note) = (text.record_title.to_owned(), "");
    if let Some(sheet) = &pane.sheet {
        title = format!("{title}  {}", sheet.page.visit.name);
        note = words::visit_state(ctx.lang, sheet.page.visit.state);
    }
    let inner = pane_with(frame, area, &title, note, focused, ctx);
    if let Some(fault) = &pane.broken {
        let why = crate::i18n::pack::fault(ctx.lang, fault);
        empty(frame, inner, &format!("{}{why}", text.pack_broken), ctx);
        return;
    }
    let Some(sheet) = &pane.sheet else {
        let note = if pane.visit.is_some() { ctx.text.shell.loading } else { text.none_open };
        empty(frame, inner, note, ctx);
        return;
    };
    let mut heading = head::lines(sheet, pane.meanwhile, inner.width, ctx);
    heading.truncate(usize::from(inner.height / 3));
    let high = u16::try_from(heading.len()).unwrap_or(0);
    for (row, line) in (0_u16..).zip(heading) {
        put(frame, inner, row, line);
    }
    let ruled = u16::from(high < inner.height);
    let line = Rect { y: inner.y + high, height: ruled, ..inner };
    rule(frame.buffer_mut(), line, ctx);
    let list = Rect {
        y: inner.y + high + ruled,
        height: inner.height.saturating_sub(high + ruled),
        ..inner
    };
    let (mut shown, mut row) = (Lines::new(), 0);
    for entry in &pane.entries {
        let lines = lines::of(sheet, entry, &pane.unfolded, list.width, ctx);
        let of = entry.is_row().then_some(row);
        shown.extend(lines.into_iter().map(|line| (of, line)));
        row += usize::from(entry.is_row());
    }
    let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
    pane.scroll.view(usize::from(list.height), row);
    let style = ctx.theme.style(meaning);
    pane.blocks.render(frame, list, shown, pane.scroll.selected(), style);
}
