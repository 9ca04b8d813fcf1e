//! What the last visit with a record found, and where it differed from the one before.

use ratatui::text::Line;

use crate::assets;
use crate::form::entry::format_tenths;
use crate::i18n::format;
use crate::protocol::page::{BriefPage, Changed};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::value::{pick, show};
use crate::ui::widgets::facts::{fact, fact_styled, muted};

/// Changes beyond this are told in the compared view and on paper.
const MOST: usize = 12;

/// Conclusion, problems and strengths, then the answers that changed.
pub(super) fn lines(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    let Some(found) = &page.found else { return vec![muted(text.none_recorded, ctx)] };
    let day = format::near_day(found.day, ctx.today);
    let said = |text: &Option<String>| text.as_deref().unwrap_or("-").replace('\n', " ");
    let by = format!("{}  {}", found.by, said(&found.conclusion));
    let mut lines = fact(&day, &by, width, ctx);
    let library = assets::checklists::shared().ok();
    let title = |item: &str| {
        let found = library.as_ref().and_then(|library| library.item(item));
        found.map_or_else(|| item.to_owned(), |item| pick(&item.title, ctx.lang).to_owned())
    };
    for (item, said) in [("problems", &found.problems), ("strengths", &found.strengths)] {
        if let Some(said) = said {
            lines.extend(fact(&title(item), &said.replace('\n', " "), width, ctx));
        }
    }
    let Some(before) = found.before else {
        lines.push(muted(text.nothing_before, ctx));
        return lines;
    };
    if found.changes.is_empty() {
        lines.push(muted(&text.same_as(&before.to_string()), ctx));
    }
    for change in found.changes.iter().take(MOST) {
        let said = changed(change, ctx).unwrap_or_default();
        lines.extend(fact_styled(&title(&change.item), &said, accent(ctx), width, ctx));
    }
    let more = found.changes.len().saturating_sub(MOST);
    if more > 0 {
        lines.push(muted(&text.more_changes(more), ctx));
    }
    lines
}

fn accent(ctx: &Ctx<'_>) -> ratatui::style::Style {
    ctx.theme.style(Meaning::Accent)
}

/// `300万 → 330万  +10%  旺季前备货`.
fn changed(change: &Changed, ctx: &Ctx<'_>) -> Option<String> {
    let library = assets::checklists::shared().ok()?;
    let item = library.item(&change.item)?;
    let (then, now) = (show(item, &change.then, ctx), show(item, &change.now, ctx));
    let percent = change.percent.filter(|percent| percent.0 != 0).map(|percent| {
        let sign = if percent.0 > 0 { "+" } else { "" };
        format!("  {sign}{}%", format_tenths(percent))
    });
    let said = format!("{then} {} {now}", ctx.theme.glyphs.becomes);
    Some(format!("{said}{}  {}", percent.unwrap_or_default(), change.note).trim_end().to_owned())
}

#[cfg(test)]
mod tests;
