//! 授信策略 in the dossier: what was decided when.

use chrono::NaiveDate;

use crate::protocol::page::{DossierPage, StrategyDecision};
use crate::ui::ctx::Ctx;

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
