//! 财务: ratios with their change and limits, figures with the year before, sparklines.

use chrono::{Datelike, NaiveDate};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::sections::{heading, label_width, muted};
use crate::domain::money::{Decimal4, Fen};
use crate::i18n::format;
use crate::protocol::page::{DossierPage, Statement};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;

/// A ratio of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ratio {
    Debt,
    Current,
    Quick,
    Margin,
}

/// The ratio of a statement, 1 = 100 %; `None` where a figure is unknown or the base is not
/// positive. The single place where the screen computes one.
fn ratio(which: Ratio, statement: &Statement) -> Option<Decimal4> {
    let get = |name: &str| statement.amounts.get(name).map(|fen| fen.0);
    let (over, base) = match which {
        Ratio::Debt => (get("total_liabilities")?, get("total_assets")?),
        Ratio::Current => (get("current_assets")?, get("current_liabilities")?),
        Ratio::Quick => (get("current_assets")? - get("inventory")?, get("current_liabilities")?),
        Ratio::Margin => (get("net_profit")?, get("revenue")?),
    };
    if base <= 0 {
        return None;
    }
    let scaled = i128::from(over) * 10_000 / i128::from(base);
    i64::try_from(scaled).ok().map(Decimal4)
}

/// Warning and breach; above or below which it worries (`domain.md`: three limits of seed 002).
const fn limits(which: Ratio) -> Option<(Decimal4, Decimal4, bool)> {
    match which {
        Ratio::Debt => Some((Decimal4(6_000), Decimal4(7_000), true)),
        Ratio::Current => Some((Decimal4(15_000), Decimal4(10_000), false)),
        Ratio::Quick => Some((Decimal4(10_000), Decimal4(5_000), false)),
        Ratio::Margin => None,
    }
}

fn judge(which: Ratio, value: Decimal4) -> Meaning {
    let Some((warn, breach, above)) = limits(which) else { return Meaning::Text };
    let beyond = |limit: Decimal4| if above { value > limit } else { value < limit };
    if beyond(breach) {
        Meaning::Red
    } else if beyond(warn) {
        Meaning::Yellow
    } else {
        Meaning::Text
    }
}

/// The section.
pub(super) fn lines(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.dossier;
    let mut lines = Vec::new();
    if let Some(now) = page.statements.first() {
        let before = year_before(page, now.period_end);
        lines.push(as_of(now, before, ctx));
        for which in [Ratio::Debt, Ratio::Current, Ratio::Quick, Ratio::Margin] {
            lines.push(ratio_line(which, now, before, ctx));
        }
        lines.push(Line::default());
        for (name, label) in [
            ("revenue", text.revenue),
            ("net_profit", text.net_profit),
            ("operating_cash_flow", text.cash_flow),
            ("total_assets", text.total_assets),
        ] {
            lines.push(figure_line(page, name, label, now, before, ctx));
        }
    } else {
        lines.push(muted(text.no_statements, ctx));
    }
    lines.push(Line::default());
    let room = width.saturating_sub(label_width(ctx) + 12).clamp(6, 24);
    let inflow: Vec<Option<i64>> = page.flows.iter().map(|f| f.1.map(|fen| fen.0)).collect();
    if inflow.iter().any(Option::is_some) {
        let latest = page.flows.last().and_then(|f| f.1);
        let latest = format::maybe_amount(ctx.lang, latest);
        lines.push(trend(text.inflow, &latest, &inflow, room, ctx));
    } else {
        lines.push(muted(text.no_flows, ctx));
    }
    let power: Vec<Option<i64>> = page.power.iter().map(|p| p.1.map(|d| d.0)).collect();
    if power.iter().any(Option::is_some) {
        let latest = page.power.last().and_then(|p| p.1);
        let latest = latest.map_or_else(
            || "-".to_owned(),
            |d| format::grouped(u64::try_from(d.0 / 10_000).unwrap_or(0)),
        );
        lines.push(trend(text.power, &latest, &power, room, ctx));
    }
    lines
}

fn as_of(now: &Statement, before: Option<&Statement>, ctx: &Ctx<'_>) -> Line<'static> {
    let text = &ctx.text.dossier;
    let months = now.months.map(|m| format!(" {m} {}", text.per_months)).unwrap_or_default();
    let against = before.map(|b| format!("  {} {}", text.yoy, b.period_end)).unwrap_or_default();
    let mut line = heading(&format!("{} {}", text.as_of, now.period_end), ctx);
    line.push_span(Span::styled(format!("{months}{against}"), ctx.theme.style(Meaning::Muted)));
    line
}

/// The statement of the same day one year before.
fn year_before(page: &DossierPage, day: NaiveDate) -> Option<&Statement> {
    page.statements
        .iter()
        .find(|s| s.period_end.year() == day.year() - 1 && s.period_end.month() == day.month())
}

fn shown(which: Ratio, value: Decimal4) -> String {
    match which {
        Ratio::Debt | Ratio::Margin => format::percent(value),
        Ratio::Current | Ratio::Quick => format::two_decimals(value),
    }
}

/// A limit, short: `60` percent, `1.5` times.
fn limit(which: Ratio, value: Decimal4) -> String {
    match which {
        Ratio::Debt | Ratio::Margin => (value.0 / 100).to_string(),
        Ratio::Current | Ratio::Quick => format::one_decimal(value),
    }
}

fn change(which: Ratio, now: Decimal4, before: Decimal4) -> String {
    let difference = Decimal4(now.0 - before.0);
    let text = match which {
        Ratio::Debt | Ratio::Margin => format::one_decimal(Decimal4(difference.0 * 100)),
        Ratio::Current | Ratio::Quick => format::two_decimals(difference),
    };
    format::signed(&text)
}

fn ratio_line(
    which: Ratio,
    now: &Statement,
    before: Option<&Statement>,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let label = match which {
        Ratio::Debt => text.debt_ratio,
        Ratio::Current => text.current_ratio,
        Ratio::Quick => text.quick_ratio,
        Ratio::Margin => text.margin,
    };
    let value = ratio(which, now);
    let muted = theme.style(Meaning::Muted);
    let style = value.map_or(muted, |v| theme.style(judge(which, v)));
    let figure = value.map_or_else(|| "-".to_owned(), |v| shown(which, v));
    let mut spans = vec![
        Span::styled(theme.fit(label, label_width(ctx)), muted),
        Span::styled(theme.fit_right(&figure, 9), style),
    ];
    let earlier = before.and_then(|s| ratio(which, s));
    let delta = match (value, earlier) {
        (Some(now), Some(then)) => {
            let mark = match now.cmp(&then) {
                std::cmp::Ordering::Greater => theme.glyphs.up,
                std::cmp::Ordering::Less => theme.glyphs.down,
                std::cmp::Ordering::Equal => " ",
            };
            format!("{mark} {}", change(which, now, then))
        }
        _ => String::new(),
    };
    spans.push(Span::styled(format!("  {}", theme.fit(&delta, 8)), muted));
    if let Some((warn, breach, _)) = limits(which) {
        let limits =
            format!("  {} {} / {}", text.warning, limit(which, warn), limit(which, breach));
        spans.push(Span::styled(limits, muted));
    }
    Line::from(spans)
}

fn figure_line(
    page: &DossierPage,
    name: &'static str,
    label: &str,
    now: &Statement,
    before: Option<&Statement>,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let value = now.amounts.get(name).copied();
    let earlier = before.and_then(|s| s.amounts.get(name).copied());
    let yoy = yoy(value, earlier);
    let style = match yoy {
        Some(change) if change.0 <= -2_000 => theme.style(Meaning::Yellow),
        _ => muted,
    };
    let yoy = yoy.map(|c| format::signed(&format::percent(c))).unwrap_or_default();
    let history: Vec<Option<i64>> =
        page.statements.iter().rev().map(|s| s.amounts.get(name).map(|f| f.0)).collect();
    Line::from(vec![
        Span::styled(theme.fit(label, label_width(ctx)), muted),
        Span::raw(theme.fit_right(&format::maybe_amount(ctx.lang, value), 9)),
        Span::styled(format!("  {}", theme.fit(&yoy, 8)), style),
        Span::styled(format!("  {}", spark(&history, 8, ctx)), accent(ctx)),
    ])
}

/// Change against the year before, 1 = 100 %; only against a positive base.
fn yoy(now: Option<Fen>, before: Option<Fen>) -> Option<Decimal4> {
    let (now, before) = (now?, before.filter(|f| f.0 > 0)?);
    let scaled = i128::from(now.0 - before.0) * 10_000 / i128::from(before.0);
    i64::try_from(scaled).ok().map(Decimal4)
}

fn accent(ctx: &Ctx<'_>) -> Style {
    ctx.theme.style(Meaning::Accent)
}

fn trend(
    label: &str,
    latest: &str,
    values: &[Option<i64>],
    room: usize,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let muted = ctx.theme.style(Meaning::Muted);
    Line::from(vec![
        Span::styled(ctx.theme.fit(label, label_width(ctx)), muted),
        Span::raw(ctx.theme.fit_right(latest, 9)),
        Span::styled(format!("  {}", spark(values, room, ctx)), accent(ctx)),
    ])
}

/// The last values as bars between zero (or the least, if below) and the greatest; unknown = blank.
fn spark(values: &[Option<i64>], room: usize, ctx: &Ctx<'_>) -> String {
    let values: Vec<Option<i64>> =
        values.iter().skip(values.len().saturating_sub(room)).copied().collect();
    let known = || values.iter().flatten().copied();
    let low = known().min().unwrap_or(0).min(0);
    let high = known().max().unwrap_or(0).max(low + 1);
    let bars = &ctx.theme.glyphs.bars;
    values
        .iter()
        .map(|value| match value {
            None => " ",
            Some(v) => {
                let share = (i128::from(*v) - i128::from(low)) * 7
                    / (i128::from(high) - i128::from(low)).max(1);
                bars.get(usize::try_from(share).unwrap_or(0)).copied().unwrap_or(" ")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
