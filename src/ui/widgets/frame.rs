//! Headings, rules and boxes.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::ui::ctx::Ctx;
use crate::ui::theme::{Meaning, Theme};
use crate::ui::widgets::scroll::Scroll;

/// Draws a pane's heading (reversed when in focus) in the first line and gives back what is below.
pub fn pane(frame: &mut Frame<'_>, area: Rect, title: &str, focused: bool, ctx: &Ctx<'_>) -> Rect {
    pane_with(frame, area, title, "", focused, ctx)
}

/// Like [`pane`], with a note at the right end of the heading.
pub fn pane_with(
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    note: &str,
    focused: bool,
    ctx: &Ctx<'_>,
) -> Rect {
    if area.height == 0 || area.width < 4 {
        return Rect { height: 0, ..area };
    }
    let width = usize::from(area.width);
    let heading = if focused { Meaning::Focused } else { Meaning::Heading };
    let title = ctx.theme.cut(title, width.saturating_sub(2));
    let left = title.width() + 2;
    let note = ctx.theme.cut(note, width.saturating_sub(left + 2));
    let gap = width.saturating_sub(left + note.width() + 1);
    let line = Line::from(vec![
        Span::styled(format!(" {title} "), ctx.theme.style(heading)),
        Span::raw(" ".repeat(gap)),
        Span::styled(note, ctx.theme.style(Meaning::Muted)),
    ]);
    frame.render_widget(line, Rect { height: 1, ..area });
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// A horizontal line over the whole width of an area's first row.
pub fn rule(buf: &mut Buffer, area: Rect, ctx: &Ctx<'_>) {
    let style = ctx.theme.style(Meaning::Rule);
    for x in area.left()..area.right() {
        if area.height > 0 {
            buf[(x, area.y)].set_symbol(ctx.theme.glyphs.horizontal).set_style(style);
        }
    }
}

/// A vertical line down an area's first column.
pub fn column(buf: &mut Buffer, area: Rect, ctx: &Ctx<'_>) {
    let style = ctx.theme.style(Meaning::Rule);
    for y in area.top()..area.bottom() {
        if area.width > 0 {
            buf[(area.x, y)].set_symbol(ctx.theme.glyphs.vertical).set_style(style);
        }
    }
}

/// Empties an area for something that lies above; a wide character that would reach over its left
/// or right edge goes as well, because the terminal would draw it across the border.
pub fn clear(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        if area.left() > buf.area.left() && buf[(area.left() - 1, y)].symbol().width() > 1 {
            buf[(area.left() - 1, y)].set_symbol(" ");
        }
        if area.width > 0
            && area.right() < buf.area.right()
            && buf[(area.right() - 1, y)].symbol().width() > 1
        {
            buf[(area.right(), y)].set_symbol(" ");
        }
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
    }
}

/// A box above everything: cleared, bordered, with a title; gives back the inside, one cell of air
/// at both sides.
pub fn popup(frame: &mut Frame<'_>, area: Rect, title: &str, ctx: &Ctx<'_>) -> Rect {
    let buf = frame.buffer_mut();
    let area = area.intersection(buf.area);
    clear(buf, area);
    if area.width < 4 || area.height < 3 {
        return Rect { width: 0, height: 0, ..area };
    }
    let (g, style) = (&ctx.theme.glyphs, ctx.theme.style(Meaning::Rule));
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    for x in area.left()..area.right() {
        buf[(x, area.y)].set_symbol(g.horizontal).set_style(style);
        buf[(x, bottom)].set_symbol(g.horizontal).set_style(style);
    }
    for y in area.top()..area.bottom() {
        buf[(area.x, y)].set_symbol(g.vertical).set_style(style);
        buf[(right, y)].set_symbol(g.vertical).set_style(style);
    }
    let [tl, tr, bl, br] = g.corners;
    for (x, y, corner) in
        [(area.x, area.y, tl), (right, area.y, tr), (area.x, bottom, bl), (right, bottom, br)]
    {
        buf[(x, y)].set_symbol(corner);
    }
    let title = ctx.theme.cut(title, usize::from(area.width).saturating_sub(6));
    if !title.is_empty() {
        let heading = ctx.theme.style(Meaning::Focused);
        buf.set_string(area.x + 2, area.y, format!(" {title} "), heading);
    }
    inside(area)
}

/// Where one stands in a list that is longer than its box, in the lower border: `3/25`. `inner` is
/// the inside that [`popup`] gave back.
pub fn place(frame: &mut Frame<'_>, inner: Rect, place: Option<(usize, usize)>, ctx: &Ctx<'_>) {
    let Some((at, of)) = place else { return };
    let told = format!(" {at}/{of} ");
    let cells = u16::try_from(told.len()).unwrap_or(u16::MAX);
    let buf = frame.buffer_mut();
    if cells < inner.width && inner.bottom() < buf.area.bottom() {
        let accent = ctx.theme.style(Meaning::Accent);
        buf.set_string(inner.right() - cells, inner.bottom(), told, accent);
    }
}

/// From so many cells of its inside on a wide box has whole words and columns of its own.
pub const WIDE_FROM: usize = 150;

/// Columns of a box on a screen of so many: nearly all of a wide one, else the least it needs.
pub const fn wide_box(screen: u16, least: u16) -> u16 {
    if screen >= 160 { screen.saturating_sub(8) } else { least }
}

/// Where a list's box lies: of nothing it is no larger than the words that say so.
pub fn listing(area: Rect, (width, height): (u16, u16), is_empty: bool) -> Rect {
    centered(area, width, if is_empty { outside(3).min(height) } else { height })
}

/// Rows of a box around so many of its inside.
const fn outside(rows: u16) -> u16 {
    rows.saturating_add(2)
}

/// Rows of a box so wide, in the middle of an area, for all that is told in it and not more than `most`;
/// `rows` says how many lines there are in so many cells.
pub fn fitting(area: Rect, wide: u16, most: u16, rows: impl FnOnce(usize) -> u16) -> u16 {
    outside(rows(usize::from(inside(centered(area, wide, most)).width))).min(most)
}

/// The inside of a box, as [`popup`] gives it back.
const fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(2),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// Fewer columns or rows than these beside a box are covered by it: the frayed edge of what lies below
/// would read as a part of it.
const FRAYED_COLUMNS: u16 = 14;
const FRAYED_ROWS: u16 = 6;

/// A box of this size in the middle, at an even column so that wide characters below keep their halves;
/// one that covers nearly everything covers all.
pub fn centered(area: Rect, width: u16, height: u16) -> Rect {
    let width = if area.width.saturating_sub(width) < FRAYED_COLUMNS { area.width } else { width };
    let frayed = area.height.saturating_sub(height) < FRAYED_ROWS;
    let height = if width == area.width && frayed { area.height } else { height.min(area.height) };
    let x = area.x + ((area.width - width) / 2) / 2 * 2;
    Rect { x, y: area.y + (area.height - height) / 3, width, height }
}

/// Writes one line of spans at a row of an area, cut at its right edge.
pub fn put(frame: &mut Frame<'_>, area: Rect, row: u16, line: Line<'_>) {
    if row < area.height && area.width > 0 {
        frame.render_widget(line, Rect { y: area.y + row, height: 1, ..area });
    }
}

/// Colours a whole row of an area, keeping the colours of its text; grey text takes the ordinary
/// colour there, because it would be lost on the ground of a selected row.
pub fn highlight(frame: &mut Frame<'_>, area: Rect, row: u16, style: Style) {
    if row >= area.height {
        return;
    }
    let line = Rect { y: area.y + row, height: 1, ..area };
    let buf = frame.buffer_mut();
    buf.set_style(line, style);
    let reversed = style.add_modifier.contains(Modifier::REVERSED);
    let loud = style.bg.is_some() || reversed;
    for x in line.left()..line.right().min(buf.area.right()) {
        let cell = &mut buf[(x, line.y)];
        // On a reversed row a colour would become the ground of its word.
        if reversed || loud && Theme::is_faint(cell.fg) {
            cell.set_fg(Color::Reset);
        }
        if loud {
            cell.modifier.remove(Modifier::DIM);
        }
    }
}

/// A list that scrolls: the rows in view, a line each, the selected one marked.
pub fn list_of<T>(
    frame: &mut Frame<'_>,
    area: Rect,
    (scroll, rows): (&mut Scroll, &[T]),
    ctx: &Ctx<'_>,
    line: impl Fn(&T) -> Line<'static>,
) {
    let view = scroll.view(usize::from(area.height), rows.len());
    for (at, index) in (0_u16..).zip(view) {
        let Some(row) = rows.get(index) else { continue };
        put(frame, area, at, line(row));
        if index == scroll.selected() {
            highlight(frame, area, at, ctx.theme.style(Meaning::Selected));
        }
    }
}

/// Titles side by side, the one in view marked.
pub fn tabs(titles: impl Iterator<Item = (&'static str, bool)>, ctx: &Ctx<'_>) -> Line<'static> {
    let mut spans = Vec::new();
    for (title, in_view) in titles {
        let style = if in_view {
            let accent = ctx.theme.style(Meaning::Accent);
            accent.add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)
        } else {
            ctx.theme.style(Meaning::Muted)
        };
        spans.push(Span::styled(title, style));
        spans.push(Span::raw("  "));
    }
    Line::from(spans)
}

/// A muted note in the middle of an area that has nothing to show.
pub fn empty(frame: &mut Frame<'_>, area: Rect, note: &str, ctx: &Ctx<'_>) {
    let width = usize::from(area.width);
    let lines = crate::ui::width::wrap(note, width.saturating_sub(4));
    for (row, text) in (1_u16..).zip(lines) {
        let line = Line::styled(format!("  {text}"), ctx.theme.style(Meaning::Muted));
        put(frame, area, row, line);
    }
}
