//! The table of figures, and what the selected one means.

use std::cmp::Ordering;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::cockpit::{Figure, Grouping};
use crate::protocol::page::{CockpitPage, CockpitRow, CustomersPage};
use crate::ui::ctx::Ctx;
use crate::ui::customer_row;
use crate::ui::theme::Meaning;
use crate::ui::widgets::bar::bar;
use crate::ui::widgets::frame::{highlight, put, rule};
use crate::ui::widgets::scroll::Scroll;

/// Cells of a name at the least, and of a column at the least and the most.
const NAME: usize = 11;
const CELL: (usize, usize) = (6, 11);
/// Lines at the foot: a rule and two lines.
const TOLD: u16 = 3;
/// Fewer lines of customers than this show nothing that Enter does not show better.
const LEAST: u16 = 3;
/// Lines of a screen around the table: its header, hints and rules, and the title of the pane.
pub(super) const AROUND: u16 = 5;

/// Cells of the bars beside the table, at the least and the most.
const BAR: (usize, usize) = (16, 40);

/// Cells of a row of customers at the most: names and what belongs to them stay together.
const ROLL: usize = 150;

/// What is shown.
pub(super) struct At<'a> {
    pub(super) page: &'a CockpitPage,
    pub(super) rows: &'a [CockpitRow],
    pub(super) figure: Figure,
    pub(super) sorted: Option<Figure>,
    /// The first customers behind the selected figure of the selected row, once they are read.
    pub(super) behind: Option<&'a CustomersPage>,
}

/// Lines for customers behind a figure below so many rows, with what is told of it, in a table of
/// `height` lines; `None` = too few to say anything.
pub(super) fn room(height: u16, rows: usize) -> Option<u16> {
    let rows = u16::try_from(rows).ok()?;
    // The head of the table, what is told, a line of air, the heads of the customers.
    height.checked_sub(1 + rows + TOLD + 2).filter(|room| *room >= LEAST)
}

/// Draws head, rows and foot.
pub(super) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    at: &At<'_>,
    scroll: &mut Scroll,
    focused: bool,
    ctx: &Ctx<'_>,
) {
    let width = usize::from(area.width).saturating_sub(1);
    let cell = (width.saturating_sub(NAME + 5) / Figure::ALL.len()).clamp(CELL.0, CELL.1);
    let name = width.saturating_sub(cell * Figure::ALL.len()).clamp(NAME, 24);
    let bars = bars(width.saturating_sub(name + cell * Figure::ALL.len()), at);
    head(frame, area, at, (name, cell), bars.is_some(), ctx);
    let told = TOLD.min(area.height.saturating_sub(3));
    let below = room(area.height, at.rows.len());
    let lines = match below {
        Some(_) => u16::try_from(at.rows.len()).unwrap_or(u16::MAX),
        None => area.height.saturating_sub(1 + told),
    };
    let list = Rect { y: area.y + 1, height: lines, ..area };
    let view = scroll.view(usize::from(list.height), at.rows.len());
    for (line, index) in (0_u16..).zip(view) {
        let Some(row) = at.rows.get(index) else { continue };
        let here = index == scroll.selected();
        let mut told = figures(at, row, (name, cell), (index, here, focused), ctx);
        if let Some(scale) = bars.filter(|_| index > 0) {
            let bar = bar(amount(at, row, index), scale, ctx);
            told.push_span(Span::styled(format!("  {bar}"), ctx.theme.style(Meaning::Muted)));
        }
        put(frame, list, line, told);
        if here {
            let left = Rect { width: u16::try_from(name + 1).unwrap_or(0).min(list.width), ..list };
            let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
            highlight(frame, left, line, ctx.theme.style(meaning));
        }
    }
    if told > 1
        && let Some(row) = at.rows.get(scroll.selected())
    {
        let foot = Rect { y: list.bottom(), height: told, ..area };
        rule(frame.buffer_mut(), Rect { height: 1, ..foot }, ctx);
        tell(frame, foot, at, (row, scroll.selected()), ctx);
        if let (Some(room), Some(page)) = (below, at.behind) {
            customers(frame, Rect { y: foot.bottom() + 1, height: room + 1, ..area }, page, ctx);
        }
    }
}

/// The first customers behind the figure, so that whoever only wants to know whom it is about need not
/// leave.
fn customers(frame: &mut Frame<'_>, area: Rect, page: &CustomersPage, ctx: &Ctx<'_>) {
    let width = usize::from(area.width).min(ROLL);
    let muted = ctx.theme.style(Meaning::Muted);
    put(frame, area, 0, Line::styled(customer_row::head(width, ctx), muted));
    let room = usize::from(area.height.saturating_sub(1));
    let total = page.total as usize;
    // One line for how many more there are is no loss where one more would not fit anyway.
    let shown = if total > room { room.saturating_sub(1) } else { room };
    for (line, row) in (1_u16..).zip(page.rows.iter().take(shown)) {
        put(frame, area, line, customer_row::line(row, width, false, ctx));
    }
    if total > room {
        let more = format!(" {}", ctx.text.cockpit.more(total - shown));
        put(frame, area, area.height - 1, Line::styled(more, muted));
    }
}

/// Where there is room, officers or districts are held against each other in the selected figure:
/// the amount that fills a bar, and its cells.
fn bars(room: usize, at: &At<'_>) -> Option<(i64, usize)> {
    let cells = room.checked_sub(2).filter(|cells| *cells >= BAR.0)?.min(BAR.1);
    let amounts = || {
        let each = at.rows.iter().enumerate().skip(1);
        each.map(|(index, row)| amount(at, row, index))
    };
    let largest = if at.figure == Figure::OnTime { Some(100) } else { amounts().max() };
    // One alone has nobody beside her.
    (amounts().count() > 1).then_some((largest.unwrap_or(0).max(1), cells))
}

/// What a bar is as long as: the percentage, else the count, of a closed month as it was closed.
fn amount(at: &At<'_>, row: &CockpitRow, index: usize) -> i64 {
    let then = frozen(at, row, index);
    let row = then.as_ref().unwrap_or(row);
    match at.figure {
        Figure::OnTime => row.rate().unwrap_or(0).into(),
        figure => row.count(figure).into(),
    }
}

fn head(
    frame: &mut Frame<'_>,
    area: Rect,
    at: &At<'_>,
    (name, cell): (usize, usize),
    bars: bool,
    ctx: &Ctx<'_>,
) {
    let (text, theme) = (&ctx.text.cockpit, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let mut spans =
        vec![Span::styled(format!(" {}", theme.fit(text.grouping(at.page.by), name)), muted)];
    for figure in Figure::ALL.iter().copied() {
        let rule = &at.page.rule;
        let roomy = cell >= 9;
        let mut short = if roomy { text.medium(figure, rule) } else { text.short(figure, rule) };
        if at.sorted == Some(figure) {
            short.push_str(theme.glyphs.down);
        }
        let style = if figure == at.figure { theme.style(Meaning::Heading) } else { muted };
        spans.push(Span::styled(theme.fit_right(&short, cell), style));
    }
    if bars {
        let name = text.name(at.figure, &at.page.rule);
        spans.push(Span::styled(format!("  {name}"), theme.style(Meaning::Heading)));
    }
    put(frame, area, 0, Line::from(spans));
}

/// What a row is called.
fn name_of(at: &At<'_>, row: &CockpitRow, index: usize, ctx: &Ctx<'_>) -> String {
    let text = &ctx.text.cockpit;
    if index == 0 {
        return text.total.to_owned();
    }
    if row.name.is_empty() && at.page.by == Grouping::District {
        return text.no_district.to_owned();
    }
    ctx.theme.clean(&row.name)
}

/// A figure as it is shown.
fn shown(row: &CockpitRow, figure: Figure) -> String {
    match figure {
        Figure::OnTime => row.rate().map_or_else(|| "-".to_owned(), |rate| format!("{rate}%")),
        figure => row.count(figure).to_string(),
    }
}

fn figures(
    at: &At<'_>,
    row: &CockpitRow,
    (name, cell): (usize, usize),
    (index, here, focused): (usize, bool, bool),
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let theme = ctx.theme;
    // A month that was closed is told as it was closed.
    let then = frozen(at, row, index);
    let row_then = then.as_ref().unwrap_or(row);
    let mut spans = vec![Span::raw(format!(" {}", theme.fit(&name_of(at, row, index, ctx), name)))];
    for figure in Figure::ALL.iter().copied() {
        let n = row_then.count(figure);
        let meaning = match figure {
            Figure::Late3 | Figure::Late4 | Figure::Unplanned | Figure::Gaps if n > 0 => {
                Meaning::Overdue
            }
            figure if figure.is_burden() && n == 0 => Meaning::Muted,
            _ => Meaning::Text,
        };
        let mut style = theme.style(meaning);
        let figure_text = if figure.is_burden() && n == 0 {
            theme.glyphs.dot.to_owned()
        } else {
            shown(row_then, figure)
        };
        let fitted = theme.fit_right(&figure_text, cell);
        if here && figure == at.figure {
            let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
            style = style.patch(theme.style(meaning));
            // One blank stays outside, so that only the figure itself is marked.
            let rest = fitted.strip_prefix(' ');
            spans.push(Span::raw(if rest.is_some() { " " } else { "" }));
            spans.push(Span::styled(rest.unwrap_or(&fitted).to_owned(), style));
        } else {
            spans.push(Span::styled(fitted, style));
        }
    }
    Line::from(spans)
}

/// The row of the closed month; of all together the sum of its rows.
fn frozen(at: &At<'_>, row: &CockpitRow, index: usize) -> Option<CockpitRow> {
    let closed = at.page.closed.as_ref().filter(|closed| !closed.rows.is_empty())?;
    if index > 0 {
        return at.page.at_closing(row).cloned();
    }
    let mut sum = CockpitRow::default();
    for one in &closed.rows {
        sum.add(one);
    }
    Some(sum)
}

/// The selected figure in words, how it changed since the month was closed, and what it means.
fn tell(
    frame: &mut Frame<'_>,
    foot: Rect,
    at: &At<'_>,
    (row, index): (&CockpitRow, usize),
    ctx: &Ctx<'_>,
) {
    let (text, theme) = (&ctx.text.cockpit, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let name = name_of(at, row, index, ctx);
    let figure = text.name(at.figure, &at.page.rule);
    let mut said = format!(" {name} {} {figure} {}", theme.glyphs.dot, shown(row, at.figure));
    if at.figure == Figure::OnTime {
        said.push_str(&ctx.lang.aside(&format!("{}/{}", row.met, row.asked)));
    }
    let mut spans = vec![Span::styled(said, theme.style(Meaning::Heading))];
    if let Some(then) = frozen(at, row, index) {
        let (before, now) = (then.count(at.figure), row.count(at.figure));
        let change = match now.cmp(&before) {
            Ordering::Greater => format!("+{}", now - before),
            Ordering::Less => format!("-{}", before - now),
            Ordering::Equal => "0".to_owned(),
        };
        let since = if at.figure == Figure::OnTime {
            text.since(&shown(&then, at.figure), &shown(row, at.figure))
        } else {
            text.since(&shown(&then, at.figure), &change)
        };
        spans.push(Span::styled(format!("  {since}"), theme.style(Meaning::Accent)));
    }
    put(frame, foot, 1, Line::from(spans));
    let mut notes = vec![text.meaning(at.figure).to_owned()];
    if at.figure.age().is_some() && !at.page.rule.verified {
        notes.push(text.unverified.to_owned());
    }
    if at.figure == Figure::Unplanned && at.page.exempt > 0 {
        notes.push(text.exempt(at.page.exempt));
    }
    let width = usize::from(foot.width).saturating_sub(2);
    let note = theme.cut(&notes.join(&format!(" {} ", theme.glyphs.dot)), width);
    put(frame, foot, 2, Line::styled(format!(" {note}"), muted));
}
