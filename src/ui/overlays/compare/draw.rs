//! Stacked on a narrow screen, in columns on a wide one, with the trend beside them on a huge one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Compare;
use super::model::{Cell, Row, Subject};
use crate::domain::answer::Value;
use crate::domain::facts;
use crate::domain::loan::Tier;
use crate::i18n::{format, words};
use crate::protocol::page::{ComparePage, CompareSide};
use crate::ui::ctx::Ctx;
use crate::ui::figures::moved;
use crate::ui::theme::Meaning;
use crate::ui::value::{pick, show};
use crate::ui::widgets::blocks::Lines;
use crate::ui::widgets::frame::{column, empty, popup, put, rule};
use crate::ui::width::{cells, wrap};

/// From this width on the sides stand in columns.
const COLUMNS_FROM: u16 = 100;
/// From this width on the trend of the selected number stands beside them.
const TREND_FROM: u16 = 150;
/// Width of the trend.
const TREND: u16 = 44;
/// At most so many lines of one answer.
const MOST: usize = 8;
/// Width of a change: `▲123.4%`.
const CHANGE: usize = 9;

/// Draws the whole overlay.
pub(super) fn overlay(it: &mut Compare, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
    let text = &ctx.text.compare;
    let Some(page) = it.page.clone() else {
        let inner = popup(frame, area, text.title, ctx);
        empty(frame, inner, ctx.text.shell.loading, ctx);
        return;
    };
    let title = format!("{}  {}", text.title, page.name);
    let inner = popup(frame, area, &title, ctx);
    for (row, (side, name)) in (0_u16..).zip([(&page.left, text.left), (&page.right, text.right)]) {
        let turned = usize::from(row) == it.turned;
        put(frame, inner, row, side_line(&page, side.as_ref(), name, turned, ctx));
    }
    put(frame, inner, 2, counts(it, usize::from(inner.width), ctx));
    if inner.height < 6 {
        return;
    }
    rule(frame.buffer_mut(), Rect { y: inner.y + 3, height: 1, ..inner }, ctx);
    let mut body = Rect { y: inner.y + 4, height: inner.height - 4, ..inner };
    let selected = it.model.shown(it.all).nth(it.scroll.selected());
    let trend = selected.and_then(|row| series(&page, row));
    if inner.width >= TREND_FROM {
        let beside = Rect { x: body.right() - TREND, width: TREND, ..body };
        body.width -= TREND + 1;
        column(frame.buffer_mut(), Rect { x: beside.x - 1, width: 1, ..beside }, ctx);
        if let (Some(row), Some(trend)) = (selected, &trend) {
            trend_pane(row, trend, frame, beside, ctx);
        }
    } else if let Some(trend) = &trend {
        // One line at the foot.
        body.height -= 1;
        let foot = Rect { y: body.bottom(), height: 1, ..body };
        put(frame, foot, 0, trend_line(trend, usize::from(foot.width), ctx));
    }
    if it.model.shown(it.all).next().is_none() {
        let note = if page.left.is_some() { text.same } else { text.nothing_before };
        empty(frame, body, note, ctx);
        return;
    }
    let lines = lines(it, body.width, ctx);
    let rows = it.model.shown(it.all).count();
    it.scroll.view(usize::from(body.height) / 2, rows);
    let style = ctx.theme.style(Meaning::Selected);
    it.blocks.render(frame, body, lines, it.scroll.selected(), style);
}

/// `左 2026-08-20 现场 实地  张伟  已复核  第 1 版`.
fn side_line(
    page: &ComparePage,
    side: Option<&CompareSide>,
    name: &str,
    turned: bool,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let (text, theme) = (&ctx.text.compare, ctx.theme);
    let mark = if turned { theme.glyphs.cursor } else { " " };
    let muted = theme.style(Meaning::Muted);
    let meaning = if turned { Meaning::Accent } else { Meaning::Muted };
    let mut spans = vec![Span::styled(format!("{mark}{name} "), theme.style(meaning))];
    let choice = side.and_then(|s| page.choices.iter().position(|c| c.id == s.id));
    let Some((side, at)) = side.zip(choice) else {
        spans.push(Span::styled(text.none, muted));
        return Line::from(spans);
    };
    let Some(choice) = page.choices.get(at) else { return Line::from(spans) };
    let day = format::full_day(choice.visited_on);
    let how = ctx.text.overlays.class_and_channel(choice.class, &side.channel);
    spans.push(Span::raw(format!("{day} {}", theme.clean(&how))));
    let version = side.id.1.map_or(text.imported.to_owned(), |n| ctx.text.review.version_n(n));
    let state = words::visit_state(ctx.lang, choice.state);
    let who = theme.clean(&choice.officer_name);
    let dot = theme.glyphs.dot;
    let rest = format!("  {who} {dot} {state} {dot} {version}   {}/{}", at + 1, page.choices.len());
    spans.push(Span::styled(rest, muted));
    Line::from(spans)
}

/// How much differs, and the keys.
fn counts(it: &Compare, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let text = &ctx.text.compare;
    if let Some(fault) = &it.model.fault {
        let why = crate::i18n::pack::fault(ctx.lang, fault);
        let said = format!(" {}{why}", ctx.text.review.pack_broken);
        return Line::styled(ctx.theme.cut(&said, width), ctx.theme.style(Meaning::Bad));
    }
    let shown = if it.all { text.showing_all } else { text.showing_changes };
    let page = it.page.as_ref();
    let two = page.is_some_and(|page| page.left.is_some() && page.right.is_some());
    let told = if two && !it.model.comparable {
        text.not_comparable.to_owned()
    } else {
        format!("{}  {shown}", text.differing(it.model.differing()))
    };
    let said = format!(" {told}");
    Line::styled(ctx.theme.cut(&said, width), ctx.theme.style(Meaning::Muted))
}

fn lines(it: &Compare, width: u16, ctx: &Ctx<'_>) -> Lines {
    let mut lines = Lines::new();
    let mut section = None;
    for (at, row) in it.model.shown(it.all).enumerate() {
        if section != Some(&row.section) {
            section = Some(&row.section);
            let title = pick(&row.section, ctx.lang);
            if !title.is_empty() {
                let line = format!(" {}", ctx.theme.clean(title));
                lines.push((None, Line::styled(line, ctx.theme.style(Meaning::Heading))));
            }
        }
        let differs = it.model.differs(row);
        let row = if width >= COLUMNS_FROM {
            in_columns(row, differs, usize::from(width), ctx)
        } else {
            stacked(row, differs, usize::from(width), ctx)
        };
        lines.extend(row.into_iter().map(|line| (Some(at), line)));
    }
    lines
}

fn name(row: &Row, ctx: &Ctx<'_>) -> String {
    let text = &ctx.text.compare;
    match &row.subject {
        Subject::Fact(facts::TIER) => text.tier.to_owned(),
        Subject::Fact(facts::EXPOSURE) => text.exposure.to_owned(),
        Subject::Fact(_) => text.days_past_due.to_owned(),
        Subject::Conclusion => text.conclusion.to_owned(),
        Subject::Note => text.note.to_owned(),
        Subject::Item(_, title) => pick(title, ctx.lang).to_owned(),
    }
}

fn said(cell: Option<&Cell>, ctx: &Ctx<'_>) -> String {
    match cell {
        None => "-".to_owned(),
        Some(Cell::Plain(Value::Choice(code))) => {
            let tier = Tier::from_code(code).map(|tier| words::tier(ctx.lang, tier));
            tier.map_or_else(|| code.clone(), str::to_owned)
        }
        Some(Cell::Plain(Value::Money(fen))) => format::amount(ctx.lang, *fen),
        Some(Cell::Plain(Value::Number(n))) => crate::form::entry::format_number(*n),
        Some(Cell::Plain(Value::Text(said))) => said.replace('\n', " "),
        Some(Cell::Plain(value)) => value.encode(),
        Some(Cell::Answer(item, value, note)) => {
            let shown = show(item, value, ctx);
            if note.is_empty() {
                shown
            } else {
                format!("{shown}{}", ctx.lang.aside(&note.replace('\n', " ")))
            }
        }
    }
}

fn change(row: &Row, ctx: &Ctx<'_>) -> String {
    let Some(tenths) = row.change() else { return String::new() };
    let far = tenths.unsigned_abs();
    moved(tenths < 0, &format!("{}.{}", far / 10, far % 10), ctx)
}

/// The question, then old and new below it.
fn stacked(row: &Row, differs: bool, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let mark = if differs { theme.glyphs.due } else { " " };
    let delta = change(row, ctx);
    let room = width.saturating_sub(4 + cells(&delta) + 1);
    let strong = theme.style(if differs { Meaning::Accent } else { Meaning::Text });
    let mut lines = vec![Line::from(vec![
        Span::styled(format!(" {mark} "), strong),
        Span::raw(theme.fit(&name(row, ctx), room)),
        Span::styled(format!(" {delta}"), strong),
    ])];
    let [then, now] =
        [0, 1].map(|side| theme.clean(&said(row.sides.get(side).and_then(Option::as_ref), ctx)));
    let arrow = theme.glyphs.becomes;
    let muted = theme.style(Meaning::Muted);
    if cells(&then) + cells(&now) + 8 <= width {
        lines.push(Line::from(vec![
            Span::styled(format!("     {then}"), muted),
            Span::styled(format!(" {arrow} "), theme.style(Meaning::Rule)),
            Span::styled(now, strong),
        ]));
        return lines;
    }
    for (said, lead, style) in [(then, " ", muted), (now, arrow, strong)] {
        for (at, part) in wrap(&said, width.saturating_sub(7)).into_iter().take(MOST).enumerate() {
            let lead = if at == 0 { lead } else { " " };
            lines.push(Line::from(vec![
                Span::styled(format!("   {lead} "), theme.style(Meaning::Rule)),
                Span::styled(part, style),
            ]));
        }
    }
    lines
}

/// Question, left, right, change.
fn in_columns(row: &Row, differs: bool, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let question = (width / 4).min(44);
    let side = (width.saturating_sub(question + CHANGE + 7) / 2).min(60);
    let strong = theme.style(if differs { Meaning::Accent } else { Meaning::Text });
    let broken = |said: &str, room: usize| {
        let mut lines = wrap(&theme.clean(said), room.max(2));
        lines.truncate(MOST);
        lines
    };
    let cell = |at: usize| said(row.sides.get(at).and_then(Option::as_ref), ctx);
    let columns =
        [broken(&name(row, ctx), question), broken(&cell(0), side), broken(&cell(1), side)];
    let high = columns.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let part = |column: &[String], at: usize| column.get(at).cloned().unwrap_or_default();
    let delta = change(row, ctx);
    let rule = || Span::styled(format!("{} ", theme.glyphs.vertical), theme.style(Meaning::Rule));
    let [question_lines, then, now] = columns;
    (0..high)
        .map(|at| {
            let mark = if differs && at == 0 { theme.glyphs.due } else { " " };
            let delta = if at == 0 { delta.as_str() } else { "" };
            Line::from(vec![
                Span::styled(format!(" {mark} "), strong),
                Span::raw(theme.fit(&part(&question_lines, at), question)),
                rule(),
                Span::styled(theme.fit(&part(&then, at), side), theme.style(Meaning::Muted)),
                rule(),
                Span::styled(theme.fit(&part(&now, at), side), strong),
                Span::styled(theme.fit_right(delta, CHANGE), strong),
            ])
        })
        .collect()
}

/// The numbers of all visits for the selected row, if there are at least two.
struct Trend {
    points: Vec<(NaiveDate, i64)>,
    shown: Vec<String>,
    row_title: Option<String>,
}

fn series(page: &ComparePage, row: &Row) -> Option<Vec<(NaiveDate, Value)>> {
    let path = row.path()?;
    let found = |(day, values): &(NaiveDate, BTreeMap<String, Value>)| {
        values.get(path).map(|value| (*day, value.clone()))
    };
    let series: Vec<_> = page.series.iter().filter_map(found).collect();
    (series.len() > 1).then_some(series)
}

fn trend_of(series: &[(NaiveDate, Value)], row: Option<&Row>, ctx: &Ctx<'_>) -> Trend {
    let number = |value: &Value| match value {
        Value::Number(number) => number.0,
        Value::Money(fen) => fen.0,
        _ => 0,
    };
    let item = row.and_then(|row| {
        row.sides.iter().flatten().find_map(|cell| match cell {
            Cell::Answer(item, ..) => Some(item.clone()),
            Cell::Plain(_) => None,
        })
    });
    let shown = |value: &Value| match (&item, value) {
        (_, Value::Money(fen)) => format::amount(ctx.lang, *fen),
        (Some(item), value) => show(item, value, ctx),
        (None, Value::Number(n)) => crate::form::entry::format_number(*n),
        (None, value) => value.encode(),
    };
    Trend {
        points: series.iter().map(|(day, value)| (*day, number(value))).collect(),
        shown: series.iter().map(|(_, value)| shown(value)).collect(),
        row_title: row.map(|row| name(row, ctx)),
    }
}

/// How high a number stands between the least and the greatest: 0 to `top`.
fn height(points: &[(NaiveDate, i64)], value: i64, top: usize) -> usize {
    let least = points.iter().map(|(_, n)| *n).min().unwrap_or(0);
    let most = points.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let span = i128::from(most) - i128::from(least);
    if span == 0 {
        return top / 2;
    }
    let share = (i128::from(value) - i128::from(least)) * i128::try_from(top).unwrap_or(0) / span;
    usize::try_from(share).unwrap_or(0)
}

fn trend_line(series: &[(NaiveDate, Value)], width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.compare, ctx.theme);
    let trend = trend_of(series, None, ctx);
    let bars = &theme.glyphs.bars;
    let spark: String = trend
        .points
        .iter()
        .map(|(_, n)| bars.get(height(&trend.points, *n, bars.len() - 1)).copied().unwrap_or(" "))
        .collect();
    let points = trend.points.iter().zip(&trend.shown);
    let told = points.map(|((day, _), n)| format!("{} {n}", format::near_day(*day, ctx.today)));
    let told: Vec<_> = told.collect();
    let said = format!(" {} {spark}  {}", text.trend, told.join("  "));
    Line::styled(theme.cut(&said, width), theme.style(Meaning::Muted))
}

fn trend_pane(
    row: &Row,
    series: &[(NaiveDate, Value)],
    frame: &mut Frame<'_>,
    area: Rect,
    ctx: &Ctx<'_>,
) {
    let (text, theme) = (&ctx.text.compare, ctx.theme);
    let trend = trend_of(series, Some(row), ctx);
    let title = trend.row_title.clone().unwrap_or_default();
    let head = theme.cut(&format!(" {}  {title}", text.trend), usize::from(area.width));
    put(frame, area, 0, Line::styled(head, theme.style(Meaning::Heading)));
    let (day_width, value) = (11, 14);
    let room = usize::from(area.width).saturating_sub(day_width + value + 3);
    let full = theme.glyphs.bars.last().copied().unwrap_or("#");
    for (at, ((day, n), shown)) in (1_u16..).zip(trend.points.iter().zip(&trend.shown)) {
        let long = height(&trend.points, *n, room.saturating_sub(1)) + 1;
        let line = Line::from(vec![
            Span::styled(
                format!(" {}", theme.fit(&format::full_day(*day), day_width)),
                theme.style(Meaning::Muted),
            ),
            Span::raw(theme.fit_right(shown, value)),
            Span::styled(format!(" {}", full.repeat(long)), theme.style(Meaning::Accent)),
        ]);
        put(frame, area, at, line);
    }
}
