//! What is known: why the visit, what changed, what is open, what falls due.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::assets;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::todo::TodoState;
use crate::i18n::{format, words};
use crate::protocol::page::{BriefPage, CovenantRow, FlagRow, Since, WhyDuty};
use crate::ui::ctx::Ctx;
use crate::ui::strategy;
use crate::ui::theme::Meaning;
use crate::ui::value::{pick, signal_line};
use crate::ui::widgets::facts::{fact, fact_styled, muted};
use crate::ui::width::cells;

/// The duties with their rules, and the focus that follows.
pub(super) fn duties(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    let names = page.duties.iter().map(|item| words::duty(ctx.lang, item.duty.code));
    let widest = names.map(cells).max().unwrap_or_default();
    let mut lines: Vec<Line<'static>> =
        page.duties.iter().flat_map(|item| duty(item, widest, width, ctx)).collect();
    if lines.is_empty() {
        lines.push(muted(text.no_duty, ctx));
    }
    lines.extend(page.occasions.iter().map(|occasion| {
        let day = format::near_day(occasion.on, ctx.today);
        let said = ctx.text.agenda.occasion(occasion, &day);
        muted(&ctx.theme.cut(&said, width), ctx)
    }));
    let rule = page.focus.as_ref().and_then(|(focus, id)| {
        let pack = assets::preparation::shared().ok()?;
        let rule = pack.focus_rule(id)?;
        let reason = pick(&rule.reason, ctx.lang).to_owned();
        let unsure = if rule.verified { String::new() } else { format!("  {}", text.unverified) };
        Some(format!("{}  {reason}{unsure}", text.focus_name(*focus)))
    });
    if let Some(rule) = rule {
        lines.extend(fact_styled(text.focus, &rule, accent(ctx), width, ctx));
    }
    lines
}

fn accent(ctx: &Ctx<'_>) -> Style {
    ctx.theme.style(Meaning::Accent)
}

/// A duty; its name padded to the `widest` of them.
fn duty(item: &WhyDuty, widest: usize, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let duty = &item.duty;
    let late = (ctx.today - duty.due).num_days();
    let (when, meaning) = if late > 0 {
        (format!("{} {}", duty.due, ctx.text.agenda.overdue_days(late)), Meaning::Overdue)
    } else {
        (duty.due.to_string(), Meaning::Text)
    };
    let class = words::duty_class(ctx.lang, duty.class);
    let value = format!("{when}  {class}  {}{}", duty.rule, ctx.lang.aside(&duty.policy));
    let name = ctx.theme.fit(words::duty(ctx.lang, duty.code), widest);
    fact_styled(&name, &value, ctx.theme.style(meaning), width, ctx)
}

/// What changed since the last visit; what was not kept then says so.
pub(super) fn since(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    let Some(since) = &page.since else { return vec![muted(text.first_visit, ctx)] };
    let last = page.dossier.visits.iter().find(|v| v.visited_on == since.day);
    let said = last.and_then(|visit| visit.conclusion.clone()).unwrap_or_default();
    let mut lines =
        fact(ctx.text.dossier.last_visit, &format!("{}  {said}", since.day), width, ctx);
    let tier = |tier: Tier| words::tier(ctx.lang, tier).to_owned();
    let worse = since.tier.is_some_and(|then| page.dossier.tier > then);
    let value = changed(since.tier.map(tier), Some(tier(page.dossier.tier)), ctx);
    lines.extend(fact_styled(text.tier, &value, mark(worse, ctx), width, ctx));
    let amount = |fen| format::amount(ctx.lang, fen);
    let value = changed(since.exposure.map(amount), page.dossier.exposure.map(amount), ctx);
    lines.extend(fact(text.exposure, &value, width, ctx));
    let worse = since.days_past_due.is_some_and(|then| page.dossier.days_past_due > then);
    let now = page.dossier.days_past_due.to_string();
    let value = changed(since.days_past_due.map(|days| days.to_string()), Some(now), ctx);
    lines.extend(fact_styled(text.past_due, &value, mark(worse, ctx), width, ctx));
    lines.extend(events(since, width, ctx));
    lines
}

fn mark(worse: bool, ctx: &Ctx<'_>) -> Style {
    ctx.theme.style(if worse { Meaning::Orange } else { Meaning::Text })
}

/// `由 正常 变为 关注`, or the value with "unchanged".
fn changed(then: Option<String>, now: Option<String>, ctx: &Ctx<'_>) -> String {
    let text = &ctx.text.prepare;
    let now = now.unwrap_or_else(|| ctx.text.dossier.unknown.to_owned());
    match then {
        None => format!("{now}{}", ctx.lang.aside(text.not_kept)),
        Some(then) if then == now => format!("{now}  {}", text.no_change),
        Some(then) => text.from_to(&then, &now),
    }
}

/// Flags, loans and statements that came or went; nothing is said of what did not happen.
fn events(since: &Since, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    let near = |day| format::near_day(day, ctx.today);
    let mut lines = Vec::new();
    for (label, rows) in
        [(text.flags_raised, &since.flags_raised), (text.flags_closed, &since.flags_closed)]
    {
        for (signal, day) in rows {
            let value = format!("{} {}", near(*day), signal_line(signal, ctx.lang));
            lines.extend(fact(label, &value, width, ctx));
        }
    }
    for (label, rows) in
        [(text.loans_new, &since.loans_new), (text.loans_settled, &since.loans_settled)]
    {
        for (loan, day, sum) in rows {
            let value = format!("{} {loan}  {}", near(*day), format::amount(ctx.lang, *sum));
            lines.extend(fact(label, &value, width, ctx));
        }
    }
    if !since.statements.is_empty() {
        let days: Vec<String> = since.statements.iter().map(ToString::to_string).collect();
        let value = days.join(ctx.lang.list_mark());
        lines.extend(fact(text.statements_new, &value, width, ctx));
    }
    lines
}

/// Open flags: level and signal, then who does what until when.
pub(super) fn flags(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    if page.flags.is_empty() {
        return vec![muted(ctx.text.prepare.no_flags, ctx)];
    }
    page.flags.iter().flat_map(|flag| flag_lines(flag, width, ctx)).collect()
}

fn flag_lines(flag: &FlagRow, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.prepare, ctx.theme);
    let level = words::level(ctx.lang, flag.level);
    let title = format!(
        "{} {level} {}  {}",
        theme.level_mark(flag.level),
        signal_line(&flag.signal, ctx.lang),
        words::flag_state(ctx.lang, flag.state)
    );
    let owner = flag.owner_name.as_deref().unwrap_or(text.no_owner);
    let measure = flag.measure.as_deref().filter(|m| !m.is_empty()).unwrap_or(text.no_measure);
    let due = flag.due_on.map(|day| format::near_day(day, ctx.today));
    let due = due.unwrap_or_else(|| text.no_day.to_owned());
    let dot = theme.glyphs.dot;
    let care = format!("{owner} {dot} {measure} {dot} {due}");
    let late = flag.overdue_days > 0;
    let style = theme.style(if late { Meaning::Overdue } else { Meaning::Muted });
    vec![
        Line::styled(theme.cut(&title, width), theme.level(flag.level)),
        Line::styled(format!("  {}", theme.cut(&care, width.saturating_sub(2))), style),
    ]
}

/// To-dos, conditions and covenants: what was promised and what the approval asks for.
pub(super) fn promises(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    let mut lines = Vec::new();
    let day = |day| format::near_day(day, ctx.today);
    let due = |late: bool| ctx.theme.style(if late { Meaning::Overdue } else { Meaning::Text });
    for row in page.dossier.todos.iter().filter(|row| row.state == TodoState::Open) {
        let kind = words::todo_kind(ctx.lang, row.kind);
        let value = format!("{}  {}", day(row.due_on), ctx.text.todos.text(row));
        lines.extend(fact_styled(kind, &value, due(row.overdue_days > 0), width, ctx));
    }
    for row in page.dossier.conditions.iter().filter(|row| row.done_on.is_none()) {
        let when = row.due_on.map_or_else(|| text.no_day.to_owned(), day);
        let late = row.due_on.is_some_and(|day| day < ctx.today);
        let value = format!("{when}  {}", row.text);
        lines.extend(fact_styled(text.condition, &value, due(late), width, ctx));
    }
    lines.extend(page.dossier.strategy.iter().flat_map(|row| strategy::lines(row, width, ctx)));
    for row in &page.covenants {
        lines.extend(fact(text.covenants, &covenant(row, ctx), width, ctx));
    }
    if lines.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    lines
}

/// The paper's name in the checklists, or its code.
pub(super) fn paper_name(item: &str, ctx: &Ctx<'_>) -> String {
    let library = assets::checklists::shared().ok();
    let found = library.as_ref().and_then(|library| library.item(item));
    found.map_or_else(|| item.to_owned(), |item| pick(&item.title, ctx.lang).to_owned())
}

fn covenant(row: &CovenantRow, ctx: &Ctx<'_>) -> String {
    let limit = row.limit.map(format::two_decimals).unwrap_or_default();
    let parts = [
        row.kind.as_deref().map(|kind| words::covenant_kind(ctx.lang, kind)),
        row.indicator.as_deref(),
        row.operator.as_deref(),
        Some(limit.as_str()),
        row.frequency.as_deref().map(|code| words::frequency(ctx.lang, code)),
    ];
    let told: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if told.is_empty() { row.id.clone() } else { told.join(" ") }
}

/// The next instalments.
pub(super) fn instalments(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    if page.instalments.is_empty() {
        return vec![muted(text.no_instalments, ctx)];
    }
    let lines = page.instalments.iter().flat_map(|one| {
        let amount = |fen| format::maybe_amount(ctx.lang, fen);
        let part = |name: &str, fen: Option<Fen>| match fen {
            Some(Fen(0)) => String::new(),
            fen => format!("{name} {}  ", amount(fen)),
        };
        let (principal, interest) =
            (part(text.principal, one.principal), part(text.interest, one.interest));
        let value = format!("{principal}{interest}{}", one.loan);
        let late = one.due_on < ctx.today;
        let meaning = if late { Meaning::Overdue } else { Meaning::Text };
        fact_styled(&one.due_on.to_string(), &value, ctx.theme.style(meaning), width, ctx)
    });
    lines.collect()
}
