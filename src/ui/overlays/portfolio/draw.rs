//! Rows of the portfolio: figures, a bar, heat by the bad share, and whether a limit is passed.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::assets::portfolio as pack;
use crate::domain::loan::Tier;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::portfolio_by::PortfolioBy;
use crate::i18n::{format, words};
use crate::protocol::page::{PortfolioCustomer, PortfolioPage, PortfolioRow};
use crate::risk::portfolio::{Held, is_over, share};
use crate::ui::ctx::Ctx;
use crate::ui::figures::spark;
use crate::ui::theme::Meaning;
use crate::ui::widgets::bar::bar;
use crate::ui::widgets::facts::{fact, muted};
use crate::ui::widgets::frame::WIDE_FROM;

/// Cells of the columns: customers, exposure, a share.
const COUNT: usize = 10;
const MONEY: usize = 11;
const SHARE: usize = 8;
/// Cells of the bar, and of the words about a limit.
const BAR: usize = 10;
const LIMIT: usize = 7;
/// Cells of the heat beside the bad share.
const HEAT: usize = 2;

/// From this width on open flags stand at the end.
const FLAGS_FROM: usize = 100;

/// Narrower than this, names have the room of the bar.
const BAR_FROM: usize = 96;

/// Cells of a long bar; in a wide box those past due have a column, too.
const LONG_BAR: usize = 34;

/// Columns of the box on a screen that is not wide.
pub(super) const LEAST: u16 = 118;

/// Cells of the bar itself.
const fn bar_cells(width: usize) -> usize {
    if width >= WIDE_FROM { LONG_BAR } else { BAR }
}

/// Cells of the bar with the two before it.
const fn bar_width(width: usize) -> usize {
    if width < BAR_FROM { 0 } else { bar_cells(width) + 2 }
}

/// Cells of the number of those past due.
const fn late_width(width: usize) -> usize {
    if width >= WIDE_FROM { COUNT } else { 0 }
}

/// Cells of the number of customers: of a single one there is one.
const fn count_width(by: PortfolioBy) -> usize {
    if matches!(by, PortfolioBy::Single) { 0 } else { COUNT }
}

/// How many customers a row is of, and behind `+` how many of its group are out of sight: the foot says so.
fn members(row: &PortfolioRow) -> String {
    let seen = format::grouped(row.customers.into());
    if row.hidden > 0 { format!("{seen}+{}", row.hidden) } else { seen }
}

fn name_width(by: PortfolioBy, width: usize) -> usize {
    let others = count_width(by)
        + MONEY
        + 3 * SHARE
        + HEAT
        + bar_width(width)
        + late_width(width)
        + LIMIT
        + 4;
    let most = if width >= WIDE_FROM { 60 } else { 36 };
    width.saturating_sub(others).clamp(10, most)
}

/// What a row is called.
pub(super) fn name(by: PortfolioBy, row: &PortfolioRow, ctx: &Ctx<'_>) -> String {
    let strategy = ctx.text.portfolio.strategy(&row.key);
    if let (PortfolioBy::Strategy, Some(strategy)) = (by, strategy) {
        return strategy.to_owned();
    }
    if row.key.is_empty() {
        return ctx.text.portfolio.unknown.to_owned();
    }
    match by {
        PortfolioBy::Tier => Tier::from_code(&row.key)
            .map_or_else(|| row.key.clone(), |tier| words::tier(ctx.lang, tier).to_owned()),
        _ if row.name.is_empty() => row.key.clone(),
        _ => row.name.clone(),
    }
}

/// What a row is held against, where there is a limit for it.
fn held(page: &PortfolioPage, row: &PortfolioRow) -> Option<Held> {
    pack::shared().held(page.by, row.exposure, page.total.exposure)
}

fn percent(of: Option<Decimal4>) -> String {
    of.map_or_else(|| "-".to_owned(), |share| format!("{}%", format::one_decimal(share)))
}

pub(super) fn titles(by: PortfolioBy, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.portfolio, ctx.theme);
    let right = |words: &str, cells| theme.fit_right(words, cells);
    muted(
        &format!(
            "{}{}{}{}{}{}{}{}{}",
            theme.fit(&format!(" {}", text.by(by)), name_width(by, width)),
            right(text.customers, count_width(by)),
            right(text.exposure, MONEY),
            right(text.share, SHARE),
            theme.fit("", bar_width(width)),
            right(text.mention, SHARE),
            right(text.bad, SHARE),
            right(text.past_due, late_width(width)),
            if width >= FLAGS_FROM {
                let heat = if late_width(width) > 0 { 0 } else { HEAT };
                format!("{}{}", theme.fit("", heat + LIMIT + 2), text.flags)
            } else {
                String::new()
            },
        ),
        ctx,
    )
}

/// How hot a bad share is: warm from half of the limit on, hot beyond it. The glyph says it without
/// colours too.
fn heat(bad: Option<Decimal4>, ctx: &Ctx<'_>) -> (Style, &'static str) {
    let limit = pack::shared().bad;
    let [low, .., full] = ctx.theme.glyphs.bars;
    let half = ctx.theme.glyphs.bars[ctx.theme.glyphs.bars.len() / 2];
    let (meaning, glyph) = match bad {
        Some(bad) if bad > Decimal4::from_int(limit) => (Meaning::Red, full),
        Some(bad) if bad.0 * 2 > Decimal4::from_int(limit).0 => (Meaning::Yellow, half),
        Some(bad) if bad.0 > 0 => (Meaning::Text, low),
        _ => (Meaning::Muted, ""),
    };
    (ctx.theme.style(meaning), glyph)
}

/// The largest exposure of all rows: the whole bar.
pub(super) fn largest(page: &PortfolioPage) -> i64 {
    page.rows.iter().map(|row| row.exposure.0).max().unwrap_or(0).max(1)
}

pub(super) fn line(
    page: &PortfolioPage,
    row: &PortfolioRow,
    (largest, width): (i64, usize),
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let (text, theme) = (&ctx.text.portfolio, ctx.theme);
    let of_all = share(row.exposure, page.total.exposure);
    let (mention, bad) = (share(row.mention, row.exposure), share(row.bad, row.exposure));
    let (warmth, glyph) = heat(bad, ctx);
    let bar = bar(row.exposure.0, (largest, bar_cells(width)), ctx);
    let late = if row.past_due == 0 { String::new() } else { row.past_due.to_string() };
    let over = held(page, row).is_some_and(Held::is_over);
    let said = if over { format!("{} {}", theme.glyphs.overdue, text.over) } else { String::new() };
    let mut spans = vec![
        Span::raw(theme.fit(&format!(" {}", name(page.by, row, ctx)), name_width(page.by, width))),
        Span::raw(theme.fit_right(&members(row), count_width(page.by))),
        Span::raw(theme.fit_right(&format::amount(ctx.lang, row.exposure), MONEY)),
        Span::raw(theme.fit_right(&percent(of_all), SHARE)),
        Span::styled(
            theme.fit(&format!("  {bar}"), bar_width(width)),
            theme.style(Meaning::Accent),
        ),
        Span::styled(theme.fit_right(&percent(mention), SHARE), theme.style(Meaning::Muted)),
        Span::styled(theme.fit_right(&percent(bad), SHARE), warmth),
        Span::styled(theme.fit(&format!(" {glyph}"), HEAT), warmth),
        Span::styled(
            theme.fit_right(&late, late_width(width).saturating_sub(HEAT)),
            theme.style(Meaning::Overdue),
        ),
        Span::styled(theme.fit(&format!("  {said}"), LIMIT + 2), theme.style(Meaning::Red)),
    ];
    let [red, orange] = row.flags;
    let [_, orange_mark, red_mark] = theme.glyphs.levels;
    if width >= FLAGS_FROM && red > 0 {
        spans.push(Span::styled(format!("{red_mark}{red} "), theme.style(Meaning::Red)));
    }
    if width >= FLAGS_FROM && orange > 0 {
        spans.push(Span::styled(format!("{orange_mark}{orange}"), theme.style(Meaning::Orange)));
    }
    Line::from(spans)
}

/// The whole, concentration against its limits, and the course of the nights.
pub(super) fn foot(page: &PortfolioPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.portfolio, ctx.theme);
    let total = &page.total;
    let bad = share(total.bad, total.exposure);
    let mut lines = vec![
        Line::default(),
        Line::from(vec![
            Span::styled(theme.fit(&format!(" {}", text.total), 12), theme.style(Meaning::Heading)),
            Span::raw(format!(
                "{}  {}  {} {}  ",
                format::amount(ctx.lang, total.exposure),
                text.clients(&format::grouped(total.customers.into())),
                text.past_due,
                total.past_due
            )),
            Span::styled(format!("{} {}", text.bad, percent(bad)), heat(bad, ctx).0),
        ]),
    ];
    let limits = pack::shared();
    let ten = share(page.ten, total.exposure);
    let star = if limits.verified { "" } else { "*" };
    let mut said = format!("{}  {}{star}", percent(ten), text.limit(limits.ten));
    if is_over(ten, limits.ten) {
        said = format!("{said}  {} {}", theme.glyphs.overdue, text.over);
    }
    lines.extend(fact(&format!(" {}", text.ten), &said, width, ctx));
    let first = page.rows.first().map(|row| held(page, row));
    let unverified = if limits.verified { String::new() } else { format!("  {}", text.unverified) };
    match (page.by, first) {
        (PortfolioBy::Single | PortfolioBy::Group, Some(None)) => {
            let said = format!(" {}{unverified}", text.capital_unknown);
            lines.push(muted(&theme.cut(&said, width), ctx));
        }
        (PortfolioBy::Single | PortfolioBy::Group, Some(Some(first))) => {
            let of = text.of_capital(page.by, &percent(first.share));
            let mut said = format!(" {of}  {}{star}", text.limit(first.limit));
            let over = |row: &&PortfolioRow| held(page, row).is_some_and(Held::is_over);
            let overs = page.rows.iter().filter(over).count();
            if overs > 0 {
                said = format!("{said}  {} {}", theme.glyphs.overdue, text.overs(overs));
            }
            said.push_str(&unverified);
            let meaning = if overs > 0 { Meaning::Red } else { Meaning::Muted };
            lines.push(Line::styled(theme.cut(&said, width), theme.style(meaning)));
        }
        (_, Some(Some(first))) if !limits.verified => {
            let said = format!(" {}  {}", text.limit(first.limit), text.unverified);
            lines.push(muted(&theme.cut(&said, width), ctx));
        }
        _ => {}
    }
    let hidden: u32 = page.rows.iter().map(|row| row.hidden).sum();
    if hidden > 0 {
        let said = format!(" {}", text.hidden(hidden));
        lines.push(Line::styled(theme.cut(&said, width), theme.style(Meaning::Yellow)));
    }
    if usize::try_from(page.all).is_ok_and(|all| all > page.rows.len()) {
        let said = format!(" {}", text.shown(page.rows.len(), page.all));
        lines.push(muted(&theme.cut(&said, width), ctx));
    }
    if total.unknown > 0 {
        let said = format!(" {}", text.missing(total.unknown));
        lines.push(Line::styled(theme.cut(&said, width), theme.style(Meaning::Yellow)));
    }
    lines.push(trend(&page.trend, width, ctx));
    lines
}

/// The bad share of the nights as a sparkline.
fn trend(nights: &[(chrono::NaiveDate, Fen, Fen)], width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let text = &ctx.text.portfolio;
    if nights.len() < 2 {
        return muted(&ctx.theme.cut(&format!(" {}  {}", text.trend, text.no_trend), width), ctx);
    }
    let faint = ctx.theme.style(Meaning::Muted);
    let course: Vec<Option<i64>> =
        nights.iter().map(|(_, all, bad)| share(*bad, *all).map(|share| share.0)).collect();
    let label = ctx.theme.fit(&format!(" {} {}", text.trend, text.bad), 16);
    // From when to when, and from what to what.
    let end = |night: Option<&(chrono::NaiveDate, Fen, Fen)>| {
        night.map_or_else(String::new, |(day, all, bad)| {
            format!("{} {}", day.format("%m-%d"), percent(share(*bad, *all)))
        })
    };
    let room = width.saturating_sub(16 + 2 * 15).min(60);
    let first = nights.get(nights.len().saturating_sub(room)).or(nights.first());
    let (first, last) = (end(first), end(nights.last()));
    let mut spans = vec![Span::styled(format!("{label}{first}  "), faint)];
    spans.extend(spark(&course, room, ctx));
    spans.push(Span::raw(format!("  {last}")));
    Line::from(spans)
}

pub(super) fn customer(row: &PortfolioCustomer, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let [red, orange] = row.flags;
    let [_, orange_mark, red_mark] = theme.glyphs.levels;
    let late = if row.days_past_due > 0 {
        format!("{} {}", row.days_past_due, ctx.text.portfolio.days)
    } else {
        String::new()
    };
    let wide = width >= WIDE_FROM;
    let (names, officer, tier, gap) = if wide { (60, 18, 18, 4) } else { (40, 11, 9, 2) };
    let number = if wide { theme.fit(row.customer.as_str(), 20) } else { String::new() };
    let muted = theme.style(Meaning::Muted);
    let mut spans = vec![
        Span::raw(theme.fit(&format!(" {}", row.name), width.saturating_sub(52).clamp(14, names))),
        Span::styled(number, muted),
        Span::styled(theme.fit(&format!(" {}", row.officer_name), officer), muted),
        Span::raw(theme.fit_right(&format::maybe_amount(ctx.lang, row.exposure), MONEY)),
        Span::raw(" ".repeat(gap)),
        Span::styled(theme.fit(words::tier(ctx.lang, row.tier), tier), theme.tier(row.tier)),
        Span::styled(theme.fit_right(&late, 9), theme.style(Meaning::Overdue)),
    ];
    if red > 0 {
        spans.push(Span::styled(format!("  {red_mark}{red}"), theme.style(Meaning::Red)));
    }
    if orange > 0 {
        spans.push(Span::styled(format!("  {orange_mark}{orange}"), theme.style(Meaning::Orange)));
    }
    Line::from(spans)
}
