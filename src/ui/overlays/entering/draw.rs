//! The grid: what is typed, the period before, and the rules.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Entering, Row, Unit};
use crate::domain::money::Fen;
use crate::domain::statement::{Statement, StatementSource};
use crate::i18n::words;
use crate::risk::statements::{Balance, Verdict, balances};
use crate::ui::ctx::Ctx;
use crate::ui::overlays::statements::draw_check;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::muted;
use crate::ui::widgets::frame::{centered, place, popup, put};
use crate::ui::width;

/// Cells of a name, of the field, and of the period before.
const NAME: u16 = 22;
const FIELD: u16 = 19;
const BEFORE: usize = 17;
/// Cells of the grid, at the most.
const BODY: u16 = NAME + FIELD + 32;
/// From this width on the rules stand beside the grid.
const ROOMY: u16 = 104;

pub(super) fn grid(it: &mut Entering, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
    let (text, theme) = (&ctx.text.statements, ctx.theme);
    let height = area.height.saturating_sub(2).min(52);
    let inner = popup(frame, centered(area, 118, height), &it.wanted.name, ctx);
    let (statement, _) = it.read();
    let unit = match it.unit {
        Unit::Yuan => text.yuan,
        Unit::Wan => text.wan,
    };
    let before = it.wanted.before.as_ref().map_or_else(String::new, |s| s.period_end.to_string());
    let head = format!(
        "{}{}{}",
        theme.fit(text.enter, usize::from(NAME)),
        theme.fit_right(unit, usize::from(FIELD)),
        theme.fit_right(&before, BEFORE)
    );
    put(frame, inner, 0, Line::styled(head, theme.style(Meaning::Heading)));
    let wide = inner.width >= ROOMY;
    let rules_width = if wide { inner.width.saturating_sub(BODY + 2) } else { inner.width };
    let told = rules(&statement, usize::from(rules_width), ctx);
    let rules_height = if wide { 0 } else { u16::try_from(told.len().min(3)).unwrap_or(0) };
    // What is wrong is told whole, over as many lines as it takes.
    let foot: Vec<Line<'_>> = match it.told(ctx) {
        Some(told) => {
            let told = width::wrap(&theme.clean(&told), usize::from(inner.width));
            told.into_iter().map(|line| Line::styled(line, theme.style(Meaning::Bad))).collect()
        }
        None => vec![muted(&theme.cut(text.entering_note, usize::from(inner.width)), ctx)],
    };
    let foot_height = u16::try_from(foot.len()).unwrap_or(1);
    for (y, line) in (inner.height.saturating_sub(foot_height)..).zip(foot) {
        put(frame, inner, y, line);
    }
    let body = Rect {
        y: inner.y + 1.min(inner.height),
        height: inner.height.saturating_sub(1 + foot_height + rules_height),
        width: inner.width.min(BODY),
        ..inner
    };
    let view = it.scroll.view(usize::from(body.height), it.rows.len());
    place(frame, inner, it.scroll.place(it.rows.len()), ctx);
    let selected = it.scroll.selected();
    for (y, at) in (0_u16..).zip(view) {
        let row = Rect { y: body.y + y, height: 1, ..body };
        line(it, frame, row, (at, at == selected), ctx);
    }
    let place = if wide {
        let x = inner.x + body.width + 2;
        Rect { x, y: body.y, width: inner.right().saturating_sub(x), height: body.height }
    } else {
        Rect { y: body.bottom(), height: rules_height, ..inner }
    };
    for (y, line) in (0_u16..).zip(told) {
        put(frame, place, y, line);
    }
}

/// The rules, broken ones first; those that nothing is known of come last.
fn rules(statement: &Statement, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Off(_) => 0,
        Verdict::Unknown(_) => 2,
        Verdict::Holds => 1,
    };
    let mut all: Vec<(Balance, Verdict)> = balances(statement).collect();
    all.sort_by_key(|(_, verdict)| rank(verdict));
    all.into_iter().flat_map(|(rule, verdict)| draw_check(rule, verdict, width, ctx)).collect()
}

fn line(
    it: &Entering,
    frame: &mut Frame<'_>,
    area: Rect,
    (at, focused): (usize, bool),
    ctx: &Ctx<'_>,
) {
    let (text, theme) = (&ctx.text.statements, ctx.theme);
    let Some((row, input)) = it.rows.get(at) else { return };
    let (name, total) = match row {
        Row::End => (text.period_end, false),
        Row::Months => (text.months, false),
        Row::Source => (text.source, false),
        Row::Audited => (text.audited_question, false),
        Row::Pledged => (text.pledged, false),
        Row::Line(line) => (words::statement_line(ctx.lang, *line), line.is_total()),
    };
    let mark = if focused { theme.glyphs.cursor } else { " " };
    let meaning = match (focused, total) {
        (true, _) => Meaning::Accent,
        (false, true) => Meaning::Text,
        (false, false) => Meaning::Muted,
    };
    let name = theme.fit(&format!("{mark}{name}"), usize::from(NAME.saturating_sub(1)));
    put(frame, area, 0, Line::styled(name, theme.style(meaning)));
    let field = Rect { x: area.x + NAME.min(area.width), width: FIELD.min(area.width), ..area };
    let shown = match row {
        Row::Source => StatementSource::from_code(&input.text())
            .map(|source| words::statement_source(ctx.lang, source).to_owned()),
        Row::Audited => Some(if input.is_empty() { text.no } else { text.yes }.to_owned()),
        _ if focused => None,
        _ => Some(theme.fit_right(&input.text(), usize::from(FIELD))),
    };
    match shown {
        Some(shown) => {
            let wrong = matches!(row, Row::Line(_))
                && !input.text().trim().is_empty()
                && it.unit.read(&input.text()).is_none();
            let meaning = if wrong {
                Meaning::Bad
            } else if focused {
                Meaning::Input
            } else {
                Meaning::Text
            };
            let shown = theme.fit(&shown, usize::from(FIELD));
            put(frame, field, 0, Line::styled(shown, theme.style(meaning)));
        }
        None => input.render(frame, field, focused, ctx),
    }
    let Row::Line(line) = row else { return };
    let before = it.wanted.before.as_ref().and_then(|s| s.get(*line));
    let rest = Rect { x: field.right(), width: area.right().saturating_sub(field.right()), ..area };
    let shown = before.map_or_else(|| "-".to_owned(), |fen| it.unit.write(fen));
    let mut spans =
        vec![Span::styled(theme.fit_right(&shown, BEFORE), theme.style(Meaning::Muted))];
    if jumps(it.unit.read(&input.text()), before) {
        spans.push(Span::styled(format!(" {}", text.jump), theme.style(Meaning::Yellow)));
    }
    put(frame, rest, 0, Line::from(spans));
}

/// Small figures (fen) jump by themselves.
const LEAST: u64 = 1_000_000;

/// Whether a figure is ten times the one before or more, or a tenth of it or less: often the unit
/// is wrong.
fn jumps(now: Option<Fen>, before: Option<Fen>) -> bool {
    let (Some(now), Some(before)) = (now, before) else { return false };
    let (now, before) = (now.0.unsigned_abs(), before.0.unsigned_abs());
    let (less, more) = (now.min(before), now.max(before));
    more >= LEAST && less > 0 && more / 10 >= less
}
