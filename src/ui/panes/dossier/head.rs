//! The two lines above the sections: who the customer is and how she stands, and what comes next.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr as _;

use crate::domain::flag::Level;
use crate::i18n::{format, words};
use crate::protocol::page::DossierPage;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;

/// `法人 · 制造业  关注  敞口 5,200万  逾期 0天`, with marks of open flags, and of proposed ones
/// (`?红1`). Where there is no room for all of it the industry goes first, then the names of the
/// levels, then the word before the exposure, then the line; days past due and flags never do.
pub(super) fn facts(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let fuller = (0..=4).rev().map(|ease| facts_at(page, ease, ctx));
    let fits = fuller.into_iter().find(|line| line.width() <= width);
    fits.unwrap_or_else(|| facts_at(page, 0, ctx))
}

/// The line with more or less said: 4 = all, 0 = the least.
fn facts_at(page: &DossierPage, ease: u8, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let mut kind = page.line.map_or(text.unknown, |l| words::line(ctx.lang, l)).to_owned();
    if ease == 0 {
        kind.clear();
    }
    if let Some(industry) = page.industry.as_ref().filter(|_| ease > 3) {
        kind = format!("{kind} {} {}", theme.glyphs.dot, theme.cut(industry, 12));
    }
    let exposure = if ease > 1 { format!("  {} ", text.exposure) } else { "  ".to_owned() };
    let mut spans = vec![
        Span::raw(if kind.is_empty() { kind } else { format!("{kind}  ") }),
        Span::styled(words::tier(ctx.lang, page.tier).to_owned(), theme.tier(page.tier)),
        Span::styled(exposure, muted),
        Span::raw(page.exposure.map_or(text.unknown.to_owned(), |f| format::amount(ctx.lang, f))),
    ];
    if page.days_past_due > 0 {
        let days = text.days(page.days_past_due);
        let words = if ease > 1 { text.past_due } else { theme.glyphs.overdue };
        let late = format!("  {words} {days}");
        spans.push(Span::styled(late, theme.style(Meaning::Overdue)));
    }
    // The name of a level goes where there is no room; its mark and its colour stay.
    let name = |level| {
        if ease > 2 { format!(" {}", words::level(ctx.lang, level)) } else { String::new() }
    };
    let air = if ease > 1 { "  " } else { " " };
    for (level, count) in Level::ALL.iter().zip(page.flags).rev() {
        if count > 0 {
            let mark = format!("{air}{}{}{count}", theme.level_mark(*level), name(*level));
            spans.push(Span::styled(mark, theme.level(*level)));
        }
    }
    // What nobody has decided on is no less red for that.
    for (level, count) in Level::ALL.iter().zip(page.proposed).rev() {
        if count > 0 {
            let named = words::level(ctx.lang, *level);
            let named = if ease > 2 { named } else { theme.level_mark(*level) };
            let mark = format!("{air}?{named}{count}");
            spans.push(Span::styled(mark, theme.level(*level)));
        }
    }
    Line::from(spans)
}

/// `下次 11-27 现场(用途检查 定期)  管户 张伟`.
pub(super) fn next(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let officer = format!("  {} {}", text.officer, theme.cut(&page.officer_name, 12));
    let room = width.saturating_sub(officer.width() + text.next.width() + 1);
    let mut spans = vec![Span::styled(format!("{} ", text.next), muted)];
    match page.due.first() {
        Some(due) => {
            let codes: Vec<&str> =
                due.codes.iter().map(|c| words::duty_short(ctx.lang, *c)).collect();
            let what = format!(
                "{} {}{}",
                format::near_day(due.due, ctx.today),
                words::duty_class(ctx.lang, due.class),
                ctx.lang.aside(&codes.join(" "))
            );
            let meaning = if due.overdue_days > 0 { Meaning::Overdue } else { Meaning::Text };
            spans.push(Span::styled(theme.cut(&what, room), theme.style(meaning)));
        }
        None => spans.push(Span::raw(theme.cut(text.none_planned, room))),
    }
    spans.push(Span::styled(officer, muted));
    Line::from(spans)
}
