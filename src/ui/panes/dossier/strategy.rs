//! 授信策略 in the dossier: what is in force and comes next, and what was decided when.

use chrono::NaiveDate;
use ratatui::text::Line;

use crate::protocol::page::{DossierPage, StrategyDecision};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, fact_styled};

/// The strategy in force with its next step, and the one that waits; `n` has the rest.
pub(super) fn overview(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.strategies;
    let Some(row) = &page.strategy else { return Vec::new() };
    let since = row.current.as_ref().map(|one| text.outcome(one)).unwrap_or_default();
    let said = format!("{}  {since}", text.holds(row));
    let mut lines = fact(text.title, said.trim_end(), width, ctx);
    if let Some(step) = row.next() {
        let late = step.plan.due < ctx.today;
        let meaning = if late { Meaning::Overdue } else { Meaning::Text };
        let left = text.left((step.plan.due - ctx.today).num_days());
        let said = format!("{}  {left}", text.step(step));
        lines.extend(fact_styled(text.next, &said, ctx.theme.style(meaning), width, ctx));
    }
    if let Some(open) = &row.open {
        let change = text.change_of(open, ctx.theme.glyphs.becomes);
        let said = format!("{change}  {}", text.put_forward(open));
        let accent = ctx.theme.style(Meaning::Accent);
        lines.extend(fact_styled(text.waiting, &said, accent, width, ctx));
    }
    lines
}

/// What became of a strategy, by the day on which it did.
pub(super) fn changes(page: &DossierPage, ctx: &Ctx<'_>) -> Vec<(NaiveDate, String)> {
    let text = &ctx.text.strategies;
    let Some(row) = &page.strategy else { return Vec::new() };
    let day = |one: &StrategyDecision| one.decided.as_ref().map_or(one.on, |(_, day, _)| *day);
    let said = |one: &StrategyDecision| {
        let change = text.change_of(one, ctx.theme.glyphs.becomes);
        format!("{} {change}  {}", text.title, text.outcome(one))
    };
    let all = row.current.iter().chain(&row.open).chain(&row.past);
    all.map(|one| (day(one), said(one))).collect()
}
