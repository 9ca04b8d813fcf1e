//! 财务: ratios with their change and limits, figures with the year before, sparklines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::assets::signals;
use crate::domain::flag::Level;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{self, Statement, StatementLine, years_before};
use crate::i18n::{Lang, format};
use crate::protocol::page::DossierPage;
use crate::risk::statements::{self, Period, period_of};
use crate::risk::{Beside, Ratio, RatioRule, Unit};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{heading, muted};

/// Ratios that are always shown, also as a dash: without them a statement says little.
const ALWAYS: [Ratio; 4] = [Ratio::Debt, Ratio::Current, Ratio::Quick, Ratio::NetMargin];
/// Ratios that are shown where their figures are known.
const IF_KNOWN: [Ratio; 5] = [
    Ratio::GrossMargin,
    Ratio::InterestCover,
    Ratio::ReceivableDays,
    Ratio::InventoryDays,
    Ratio::DebtToRevenue,
];
/// Cells of a figure.
const FIGURE: usize = 9;
/// Cells of a change.
const CHANGE: usize = 7;
/// Cells of a month: ` 26-10`.
const MONTH: usize = 6;
/// From this width on a ratio has its course beside its limits.
const ROOMY: usize = 66;
/// Steps of a course.
const COURSE: usize = 8;

/// Cells of the names, wide enough for the longest where there is room.
fn label_width(width: usize, ctx: &Ctx<'_>) -> usize {
    match ctx.lang {
        Lang::Zh if width < 50 => 14,
        Lang::Zh => 16,
        Lang::En => 18,
    }
}

/// The section.
pub fn lines(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.dossier;
    let label = label_width(width, ctx);
    let mut lines = Vec::new();
    if let Some(now) = page.statements.first() {
        let before = years_before(&page.statements, now.period_end, 1);
        lines.push(as_of(now, before, ctx));
        if statements::is_unbalanced(now) {
            let said = format!("{} {}", ctx.theme.glyphs.overdue, text.unbalanced);
            let said = ctx.theme.cut(&said, width);
            lines.push(Line::styled(said, ctx.theme.style(Meaning::Yellow)));
        }
        lines.extend(ratios(page, width, ctx));
        lines.push(Line::default());
        for (name, title) in [
            (StatementLine::Revenue, text.revenue),
            (StatementLine::NetProfit, text.net_profit),
            (StatementLine::OperatingCashFlow, text.cash_flow),
            (StatementLine::TotalAssets, text.total_assets),
        ] {
            lines.push(figure_line(page, name, &ctx.theme.fit(title, label), now, before, ctx));
        }
    } else {
        lines.push(muted(text.no_statements, ctx));
    }
    lines.push(Line::default());
    let room = width.saturating_sub(label + FIGURE + 3 + MONTH).clamp(6, 24);
    let inflow: Vec<Option<i64>> = page.flows.iter().map(|f| f.1.map(|fen| fen.0)).collect();
    if inflow.iter().any(Option::is_some) {
        let (month, latest) = latest_of(page.flows.iter().map(|f| (f.0.as_str(), f.1)));
        let latest = format::maybe_amount(ctx.lang, latest);
        lines.push(trend((text.inflow, label), &latest, month, &inflow, room, ctx));
    } else {
        lines.push(muted(text.no_flows, ctx));
    }
    let power: Vec<Option<i64>> = page.power.iter().map(|p| p.1.map(|d| d.0)).collect();
    if power.iter().any(Option::is_some) {
        let (month, latest) = latest_of(page.power.iter().map(|p| (p.0.as_str(), p.1)));
        let latest = latest.map_or_else(
            || "-".to_owned(),
            |d| format::grouped(u64::try_from(d.0 / 10_000).unwrap_or(0)),
        );
        lines.push(trend((text.power, label), &latest, month, &power, room, ctx));
    }
    lines
}

fn as_of(now: &Statement, before: Option<&Statement>, ctx: &Ctx<'_>) -> Line<'static> {
    let text = &ctx.text.dossier;
    let months = now.months.map(|m| format!("  {}", text.months(m))).unwrap_or_default();
    let against =
        before.map(|b| format!("  {} {}", text.compared, b.period_end)).unwrap_or_default();
    let mut line = heading(&format!("{} {}", text.as_of, now.period_end), ctx);
    line.push_span(Span::styled(format!("{months}{against}"), ctx.theme.style(Meaning::Muted)));
    line
}

/// One line for each ratio, with the name and the limits of the library of signals.
fn ratios(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let Ok(library) = signals::shared() else { return Vec::new() };
    let all = statements::periods(&page.statements, &Beside::default());
    let Some(now) = all.first() else { return Vec::new() };
    let before = now.same.and_then(|same| period_of(&all, same));
    let known = |of: &Ratio| now.value(*of).is_some();
    let shown = ALWAYS.into_iter().chain(IF_KNOWN.into_iter().filter(known));
    let industry = page.industry.as_deref();
    let judged = library.judges(industry, page.unfinished);
    let course = statement::course(&page.statements, COURSE);
    let mut lines: Vec<Line<'static>> = shown
        .filter_map(|of| {
            let rule = library.ratio(of)?;
            let level = statements::level(&library, now, of, industry, page.unfinished);
            let values = (now.value(of), before.and_then(|period| period.value(of)));
            let mut spans = ratio_spans((of, rule, level), values, judged, industry, width, ctx);
            if width >= ROOMY {
                spans.push(Span::raw("  "));
                spans.extend(spark(&course_of(&course, &all, of), COURSE, ctx));
            }
            Some(Line::from(spans))
        })
        .collect();
    if !judged {
        lines.push(muted(&ctx.theme.cut(ctx.text.statements.exempt(page.unfinished), width), ctx));
    }
    lines
}

/// A ratio in even steps of time, as it is written: what looks alike has one height.
pub fn course_of(course: &[Option<&Statement>], all: &[Period<'_>], of: Ratio) -> Vec<Option<i64>> {
    let value = |slot: Option<&Statement>| {
        let value = period_of(all, slot?)?.value(of)?;
        let step = match of.unit() {
            Unit::Percent | Unit::Days => 1_000,
            Unit::Times => 100,
        };
        Some(value.0.saturating_add(step / 2).div_euclid(step) * step)
    };
    course.iter().copied().map(value).collect()
}

/// Name, value with mark and colour of its judgement, change against the year before, limits.
fn ratio_spans(
    (of, rule, level): (Ratio, &RatioRule, Option<Level>),
    (value, earlier): (Option<Decimal4>, Option<Decimal4>),
    judged: bool,
    industry: Option<&str>,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let style = match (level, value) {
        (Some(level), _) => theme.level(level),
        (None, Some(_)) => theme.style(Meaning::Text),
        (None, None) => muted,
    };
    let figure = value.map_or_else(|| ctx.text.statements.none.to_owned(), |v| written(of, v));
    let mark = level.map_or_else(String::new, |level| format!("{} ", theme.level_mark(level)));
    let delta = match (value, earlier) {
        (Some(now), Some(then)) => change(of, now, then, ctx),
        _ => String::new(),
    };
    let name = theme.fit(ctx.lang.pick(&rule.en, &rule.zh), label_width(width, ctx));
    let limit = rule.limit(industry);
    let limits = if judged {
        let both = format!("{} / {}", bare(of, limit.watch), bare(of, limit.alarm));
        let named = format!("{} {both}", ctx.text.dossier.warning);
        // Where there is no room for the word, the figures must not go for it.
        let room = width.saturating_sub(label_width(width, ctx) + FIGURE + CHANGE + 4);
        if crate::ui::width::cells(&named) <= room { named } else { both }
    } else {
        String::new()
    };
    vec![
        Span::styled(name, muted),
        Span::styled(theme.fit_right(&format!("{mark}{figure}"), FIGURE), style),
        Span::styled(format!("  {}", theme.fit(&delta, CHANGE)), muted),
        Span::styled(format!("  {}", theme.fit(&limits, 15)), muted),
    ]
}

/// A value with its unit.
pub fn written(of: Ratio, value: Decimal4) -> String {
    match of.unit() {
        Unit::Percent => format!("{}%", format::one_decimal(value)),
        Unit::Times => format::two_decimals(value),
        Unit::Days => format::one_decimal(value),
    }
}

/// A limit without its unit and without a decimal that says nothing: `60`, `1.5`.
pub fn bare(of: Ratio, value: Decimal4) -> String {
    let text = match of.unit() {
        Unit::Percent | Unit::Times => format::one_decimal(value),
        Unit::Days => value.0.div_euclid(10_000).to_string(),
    };
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// How far something moved, in percent: an arrow and the distance, which `told` is without a sign.
/// What did not move has neither: `▼4%`, never `▼-4%` or `▲0%`.
pub fn moved(down: bool, told: &str, ctx: &Ctx<'_>) -> String {
    if told.chars().all(|c| matches!(c, '0' | '.')) {
        return String::new();
    }
    let glyphs = &ctx.theme.glyphs;
    format!("{}{told}%", if down { glyphs.down } else { glyphs.up })
}

fn change(of: Ratio, now: Decimal4, before: Decimal4, ctx: &Ctx<'_>) -> String {
    let difference = Decimal4(now.0 - before.0);
    let text = match of.unit() {
        Unit::Percent | Unit::Days => format::one_decimal(difference),
        Unit::Times => format::two_decimals(difference),
    };
    if text.chars().all(|c| matches!(c, '0' | '.')) {
        return "  0".to_owned();
    }
    let glyphs = &ctx.theme.glyphs;
    let mark = if difference.0 > 0 { glyphs.up } else { glyphs.down };
    format!("{mark} {}", format::signed(&text))
}

fn figure_line(
    page: &DossierPage,
    of: StatementLine,
    label: &str,
    now: &Statement,
    before: Option<&Statement>,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let value = now.get(of);
    let earlier = before.and_then(|s| s.get(of));
    let yoy = yoy(value, earlier);
    let style = match yoy {
        Some(change) if change.0 <= -2_000 => theme.style(Meaning::Yellow),
        _ => muted,
    };
    let yoy = yoy.map(|c| format::signed(&format::percent(c))).unwrap_or_default();
    let course = statement::course(&page.statements, COURSE);
    let history: Vec<Option<i64>> = course.iter().map(|s| Some((*s)?.paced(of)?.0)).collect();
    let mut spans = vec![
        Span::styled(label.to_owned(), muted),
        Span::raw(theme.fit_right(&format::maybe_amount(ctx.lang, value), FIGURE)),
        Span::styled(format!("  {}  ", theme.fit(&yoy, CHANGE)), style),
    ];
    spans.extend(spark(&history, COURSE, ctx));
    Line::from(spans)
}

/// Change against the year before, 1 = 100 %; only against a positive base.
pub fn yoy(now: Option<Fen>, before: Option<Fen>) -> Option<Decimal4> {
    let (now, before) = (now?, before.filter(|f| f.0 > 0)?);
    let scaled = i128::from(now.0 - before.0) * 10_000 / i128::from(before.0);
    i64::try_from(scaled).ok().map(Decimal4)
}

/// The last month, and what is known of it.
fn latest_of<'m, T>(months: impl Iterator<Item = (&'m str, Option<T>)>) -> (&'m str, Option<T>) {
    months.last().unwrap_or_default()
}

fn trend(
    (title, label): (&str, usize),
    latest: &str,
    month: &str,
    values: &[Option<i64>],
    room: usize,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let muted: Style = ctx.theme.style(Meaning::Muted);
    let month: String = month.chars().skip(2).collect();
    let mut spans = vec![
        Span::styled(ctx.theme.fit(title, label), muted),
        Span::raw(ctx.theme.fit_right(latest, FIGURE)),
        Span::styled(ctx.theme.fit_right(&month, MONTH), muted),
        Span::raw("  "),
    ];
    spans.extend(spark(values, room, ctx));
    Line::from(spans)
}

/// What moves by less than this part of its size is drawn as good as flat.
const CALM: i128 = 20;

/// The last values as bars between the least and the greatest, the latest in the accent colour;
/// unknown = blank. The highest bar leaves air above it, so that two lines never run together.
pub fn spark(values: &[Option<i64>], room: usize, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let values: Vec<Option<i64>> =
        values.iter().skip(values.len().saturating_sub(room)).copied().collect();
    let known = || values.iter().flatten().copied();
    let low = i128::from(known().min().unwrap_or(0));
    let high = i128::from(known().max().unwrap_or(0));
    // A hair's breadth must not look like a collapse: it stays in the middle of a wider scale.
    let scale = (high - low).max(low.abs().max(high.abs()) / CALM);
    let bottom = low - (scale - (high - low)) / 2;
    let bars = &ctx.theme.glyphs.bars;
    let top = bars.len().saturating_sub(2);
    let bar = |value: &Option<i64>| -> &'static str {
        let Some(value) = value else { return " " };
        let share = if high == low {
            top / 2
        } else {
            let steps = i128::try_from(top).unwrap_or(1);
            usize::try_from((i128::from(*value) - bottom) * steps / scale).unwrap_or(0)
        };
        bars.get(share).copied().unwrap_or(" ")
    };
    let (earlier, last) = values.split_at(values.len().saturating_sub(1));
    let text = |part: &[Option<i64>]| part.iter().map(bar).collect::<String>();
    vec![
        Span::styled(text(earlier), ctx.theme.style(Meaning::Muted)),
        Span::styled(text(last), ctx.theme.style(Meaning::Accent)),
    ]
}

#[cfg(test)]
mod tests;
