//! 授信策略 in a few lines, for the panes that tell of a customer.

use ratatui::text::Line;

use crate::protocol::page::StrategyRow;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, fact_styled};

/// The strategy in force with the step that its plan asks for next, and the one that waits.
pub fn lines(row: &StrategyRow, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.strategies;
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
