//! The rows, and everything about the selected customer.

use ratatui::text::{Line, Span};

use crate::i18n::{format, words};
use crate::protocol::page::{StepRow, StrategyDecision, StrategyRow};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, fact_styled, muted};

/// Cells of a strategy.
const STRATEGY: usize = 9;
/// Cells of a balance.
const BALANCE: usize = 12;
/// Cells of the next step.
const NEXT: usize = 26;

fn name_width(width: usize) -> usize {
    width.saturating_sub(BALANCE + 2 * STRATEGY + NEXT + 4).clamp(12, 40)
}

/// The heads of the columns.
pub(super) fn titles(width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.strategies, ctx.theme);
    let name = theme.fit(&format!(" {}", text.customer), name_width(width));
    let balance = theme.fit_right(text.balance, BALANCE);
    let strategies = [text.in_force, text.waiting].map(|title| theme.fit(title, STRATEGY));
    muted(&format!("{name}{balance}  {}  {}", strategies.concat(), text.next), ctx)
}

/// A row of the list.
pub(super) fn line(row: &StrategyRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.strategies, ctx.theme);
    let in_force = words::strategy(ctx.lang, row.in_force());
    let open = row.open.as_ref().map_or("-", |open| words::strategy(ctx.lang, open.strategy));
    let waits = if row.open.is_some() { Meaning::Accent } else { Meaning::Muted };
    let (next, meaning) = row.next().map_or((String::new(), Meaning::Muted), |step| {
        let days = (step.plan.due - ctx.today).num_days();
        let target = format::amount(ctx.lang, step.plan.target);
        let day = format::near_day(step.plan.due, ctx.today);
        let meaning = if days < 0 { Meaning::Overdue } else { Meaning::Text };
        (format!("{day} {target}  {}", text.left(days)), meaning)
    });
    Line::from(vec![
        Span::raw(theme.fit(&format!(" {}", row.name), name_width(width))),
        Span::raw(theme.fit_right(&format::maybe_amount(ctx.lang, row.balance), BALANCE)),
        Span::raw(format!("  {}", theme.fit(in_force, STRATEGY))),
        Span::styled(theme.fit(open, STRATEGY), theme.style(waits)),
        Span::styled(format!("  {}", theme.fit(&next, NEXT)), theme.style(meaning)),
    ])
}

/// Everything about a customer.
pub(super) fn told(row: &StrategyRow, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.strategies;
    let balance = format::maybe_amount(ctx.lang, row.balance);
    let mut lines = fact(text.balance, &balance, width, ctx);
    lines.extend(fact(text.in_force, &text.holds(row), width, ctx));
    if let Some(current) = &row.current {
        lines.extend(fact("", &text.put_forward(current), width, ctx));
        lines.extend(fact("", &text.outcome(current), width, ctx));
        lines.extend(fact(text.reason, &current.reason, width, ctx));
        lines.extend(plan(current, true, width, ctx));
    }
    if let Some(open) = &row.open {
        lines.push(Line::default());
        let change = text.change_of(open, ctx.theme.glyphs.becomes);
        let accent = ctx.theme.style(Meaning::Accent);
        lines.extend(fact_styled(text.waiting, &change, accent, width, ctx));
        lines.extend(fact("", &text.put_forward(open), width, ctx));
        lines.extend(fact(text.reason, &open.reason, width, ctx));
        lines.extend(plan(open, true, width, ctx));
    }
    if !row.is_told() {
        lines.push(muted(text.none_yet, ctx));
    }
    let mut label = text.history;
    for past in &row.past {
        if label == text.history {
            lines.push(Line::default());
        }
        let change = text.change_of(past, ctx.theme.glyphs.becomes);
        let head = format!("{change}  {}", text.put_forward(past));
        lines.extend(fact(label, &head, width, ctx));
        lines.extend(fact("", &text.outcome(past), width, ctx));
        lines.extend(fact("", &past.reason, width, ctx));
        lines.extend(plan(past, false, width, ctx));
        label = "";
    }
    lines
}

/// The steps of a plan; of one that is over, what was still open has ended with it.
fn plan(one: &StrategyDecision, live: bool, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.strategies;
    if one.strategy.has_plan() && one.steps.is_empty() && live {
        let style = ctx.theme.style(Meaning::Yellow);
        return fact_styled(text.plan, text.no_plan, style, width, ctx);
    }
    let mut label = text.plan;
    let mut lines = Vec::new();
    for step in &one.steps {
        let state = if step.is_open() && !live {
            text.ended.to_owned()
        } else {
            text.step_state(step, ctx.today)
        };
        let meaning = if live { meaning_of(step, ctx) } else { Meaning::Muted };
        let said = format!("{}  {state}", text.step(step));
        lines.extend(fact_styled(label, &said, ctx.theme.style(meaning), width, ctx));
        label = "";
    }
    lines
}

fn meaning_of(step: &StepRow, ctx: &Ctx<'_>) -> Meaning {
    if !step.is_open() {
        Meaning::Muted
    } else if step.plan.due < ctx.today {
        Meaning::Overdue
    } else {
        Meaning::Text
    }
}
