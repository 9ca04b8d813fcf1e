//! How tiers are drawn: a line a customer, and everything about the selected one below.

use ratatui::text::{Line, Span};

use crate::domain::loan::Tier;
use crate::i18n::{format, words};
use crate::protocol::page::{TierHappened, TierRow, TiersPage};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, muted};
use crate::ui::widgets::frame::WIDE_FROM;

/// Cells of a tier, of an exposure, and of the day or what stands for it.
const TIER: usize = 10;
const EXPOSURE: usize = 12;
const DUE: usize = 14;
/// The same where there is room for whole words.
const WIDE_TIER: usize = 16;
/// Cells of an officer, where there is room for her.
const OFFICER: usize = 14;
/// Columns of the box on a screen that is not wide.
pub(super) const LEAST: u16 = 110;

/// Cells of a tier, and of the name: what the others leave.
fn cells(width: usize) -> (usize, usize) {
    let (tier, others) = if width >= WIDE_FROM {
        (WIDE_TIER, OFFICER + EXPOSURE + 2 + 5 * WIDE_TIER + DUE)
    } else {
        (TIER, EXPOSURE + 3 * TIER + DUE)
    };
    (tier, width.saturating_sub(others).clamp(12, 60))
}

pub(super) fn titles(width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.tiers, ctx.theme);
    let (tier, name) = cells(width);
    let wide = width >= WIDE_FROM;
    let tiers = [text.booked, text.confirmed, text.in_force, text.machine, text.put_forward];
    let shown = if wide { &tiers[..] } else { tiers.get(2..).unwrap_or_default() };
    let tiers: String = shown.iter().map(|title| theme.fit(title, tier)).collect();
    let officer = if wide { theme.fit(ctx.text.cli.officer, OFFICER) } else { String::new() };
    let name = theme.fit(&format!(" {}", text.customer), name);
    let exposure = theme.fit_right(text.exposure, EXPOSURE);
    muted(&format!("{name}{officer}{exposure}  {tiers}{}", text.due), ctx)
}

pub(super) fn line(row: &TierRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let (room, name) = cells(width);
    let wide = width >= WIDE_FROM;
    let tier = |tier: Option<Tier>| match tier {
        Some(tier) => Span::styled(theme.fit(words::tier(ctx.lang, tier), room), theme.tier(tier)),
        None => Span::raw(theme.fit("-", room)),
    };
    let late = row.due_on.is_some_and(|day| day < ctx.today);
    let due = match (&row.answered, row.due_on) {
        (Some(_), _) => ctx.text.tiers.decided.to_owned(),
        (None, day) => day.map(|day| format::near_day(day, ctx.today)).unwrap_or_default(),
    };
    let due = if late { format!("{due} {}", ctx.text.tiers.overdue) } else { due };
    let meaning = if late { Meaning::Overdue } else { Meaning::Muted };
    let mut spans = vec![Span::raw(theme.fit(&format!(" {}", row.name), name))];
    if wide {
        spans
            .push(Span::styled(theme.fit(&row.officer_name, OFFICER), theme.style(Meaning::Muted)));
    }
    spans.push(Span::raw(theme.fit_right(&format::maybe_amount(ctx.lang, row.exposure), EXPOSURE)));
    spans.push(Span::raw("  "));
    if wide {
        spans.extend([tier(row.booked), tier(row.confirmed)]);
    }
    spans.extend([
        tier(Some(row.in_force)),
        tier(Some(row.machine)),
        tier(row.open.as_ref().map(|open| open.tier)),
        Span::styled(theme.fit(&due, DUE), theme.style(meaning)),
    ]);
    Line::from(spans)
}

/// A tier with the bank's own grade within it.
pub(super) fn graded(tier: Tier, subgrade: Option<&str>, ctx: &Ctx<'_>) -> String {
    let tier = words::tier(ctx.lang, tier);
    subgrade.map_or_else(|| tier.to_owned(), |grade| format!("{tier}{}", ctx.lang.aside(grade)))
}

/// What happened, since when and until when, who says so and how it is known.
pub(super) fn happened(one: &TierHappened, ctx: &Ctx<'_>) -> String {
    let event = words::tier_event(ctx.lang, one.event);
    let until = one.ended_on.map(|day| format!(" {} {day}", ctx.theme.glyphs.becomes));
    let by = one.by.as_deref().unwrap_or(ctx.text.tiers.by_flag);
    let note = one.note.replace('\n', ctx.lang.semicolon());
    format!("{}{}  {event}  {by}  {note}", one.since, until.unwrap_or_default())
        .trim_end()
        .to_owned()
}

/// Everything about the selected customer.
pub(super) fn told(
    (page, row): (&TiersPage, &TierRow),
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let text = &ctx.text.tiers;
    let tier = |tier: Option<Tier>| tier.map_or("-", |tier| words::tier(ctx.lang, tier));
    let standing = format!(
        "{} {}  {} {}{}",
        text.booked,
        tier(row.booked),
        text.confirmed,
        tier(row.confirmed),
        ctx.lang.aside(text.which_wins)
    );
    let mut lines = fact(text.in_force, &standing, width, ctx);
    if let Some(answered) = &row.answered {
        // People decided as worked out: what stands apart is what the core system still books.
        let as_worked_out = row.confirmed == Some(row.machine) && row.booked != row.confirmed;
        let label = if as_worked_out { text.books_differ } else { text.differs };
        lines.extend(fact(label, &text.answered(answered), width, ctx));
    }
    let mut reasons = Vec::new();
    for reason in &row.reasons {
        reasons.push(text.said(reason));
        reasons.extend(text.asked_for(reason, page.spans, page.verified));
    }
    if reasons.is_empty() {
        reasons.push(text.nothing.to_owned());
    }
    let mut label = text.reasons;
    for reason in reasons {
        lines.extend(fact(label, &reason, width, ctx));
        label = "";
    }
    if let Some(open) = &row.open {
        let tier = graded(open.tier, open.subgrade.as_deref(), ctx);
        let said = format!("{} {tier}  {}  {}", open.at, open.by, open.reason);
        lines.extend(fact(text.put_forward, &said, width, ctx));
    }
    for (heading, all) in [(text.events, &row.events), (text.ended, &row.ended)] {
        label = heading;
        for one in all {
            lines.extend(fact(label, &happened(one, ctx), width, ctx));
            label = "";
        }
    }
    label = text.history;
    for past in &row.past {
        let said = format!(
            "{} {} {} {}  {}  {}  {}",
            past.at,
            words::tier(ctx.lang, past.before),
            ctx.theme.glyphs.becomes,
            graded(past.tier, past.subgrade.as_deref(), ctx),
            words::tier_state(ctx.lang, past.state),
            past.by,
            past.reason
        );
        lines.extend(fact(label, &said, width, ctx));
        label = "";
    }
    lines
}
