//! The lines of how a visit was prepared and conducted.

use ratatui::text::{Line, Span};

use super::lines::long;
use crate::domain::conduct::Stand;
use crate::i18n::{format, words};
use crate::ui::ctx::Ctx;
use crate::ui::panes::review::record::sheet::{Entry, Sheet};
use crate::ui::theme::Meaning;
use crate::ui::value::{item_title, pick};
use crate::ui::width::cells;

/// The lines of an entry of this kind.
pub(super) fn of(sheet: &Sheet, entry: &Entry, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    match entry {
        Entry::Second => second(sheet, width, ctx),
        Entry::Like(at, _) => like(sheet, *at, width, ctx),
        Entry::LikeWhy => {
            let why = sheet.page.handing.likeness_reason.as_deref();
            let none = ctx.text.review.no_why;
            let meaning = if why.is_some() { Meaning::Text } else { Meaning::Muted };
            let said =
                format!("{}{}{}", ctx.text.conduct.like_why, ctx.lang.colon(), why.unwrap_or(none));
            long(&said, width, ctx.theme.style(meaning), ctx)
        }
        Entry::Finding(at) => {
            let [_, _, red] = ctx.theme.glyphs.levels;
            let row = sheet.finding(*at).map(|(code, said)| (code, said.to_owned()));
            look_up(row, red, Meaning::Red, width, ctx)
        }
        Entry::NotQueried(at) => {
            let open = ctx.theme.glyphs.open_box;
            let row = sheet.not_queried(*at);
            let later = row.and_then(|(code, _)| sheet.looked_up_later(code));
            let told = later.map(|later| format!("{}{later}", ctx.text.review.lookup_later));
            let said = |why: &str| match (why, &told) {
                ("", Some(later)) => later.clone(),
                (why, Some(later)) => format!("{why}  {later}"),
                (why, None) => why.to_owned(),
            };
            let row = row.map(|(code, why)| (code, said(why)));
            look_up(row, open, Meaning::Yellow, width, ctx)
        }
        Entry::Next => next(sheet, width, ctx),
        _ => Vec::new(),
    }
}

fn second(sheet: &Sheet, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let Some(row) = &sheet.page.visit.second.asked else { return Vec::new() };
    let meaning = match (row.stand, row.holds) {
        (Some(Stand::Disagree), true) => Meaning::Bad,
        (Some(Stand::Agree), true) => Meaning::Text,
        _ => Meaning::Yellow,
    };
    long(
        &format!("{}{}{}", row.name, ctx.lang.colon(), row.opinion),
        width,
        ctx.theme.style(meaning),
        ctx,
    )
}

/// Which text, how like, and where its twin stands.
fn like(sheet: &Sheet, at: usize, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let Some(row) = sheet.page.handing.like.get(at) else { return Vec::new() };
    let text = &ctx.text.conduct;
    let title = |item: Option<&str>| {
        let found = item.and_then(|item| sheet.state.rows.iter().find(|row| *row.path == *item));
        match (found, item) {
            (Some(row), _) => pick(&row.title, ctx.lang).to_owned(),
            // Another record was asked it, this one was not.
            (None, Some(item)) => item_title(item)
                .map_or_else(|| item.to_owned(), |title| pick(&title, ctx.lang).to_owned()),
            (None, None) => text.whole.to_owned(),
        }
    };
    let there = row.place.as_deref().map(|item| title(Some(item)));
    let said = text.like_line(&title(row.item.as_deref()), there.as_deref(), row);
    let mark = format!(" {} ", ctx.theme.glyphs.overdue);
    let orange = ctx.theme.style(Meaning::Orange);
    let room = usize::from(width).saturating_sub(cells(&mark) + 1);
    let mut lines = crate::ui::width::wrap(&ctx.theme.clean(&said), room).into_iter();
    let first = lines.next().unwrap_or_default();
    let mut shown = vec![Line::from(vec![Span::styled(mark, orange), Span::styled(first, orange)])];
    shown.extend(lines.map(|line| Line::styled(format!("   {line}"), orange)));
    shown
}

fn look_up(
    row: Option<(&str, String)>,
    mark: &str,
    meaning: Meaning,
    width: u16,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let Some((code, said)) = row else { return Vec::new() };
    let pack = crate::assets::preparation::shared().ok();
    let lookup = pack.as_ref().and_then(|pack| pack.lookup(code));
    let title = lookup.map_or(code, |lookup| pick(&lookup.title, ctx.lang));
    let said = if said.is_empty() { ctx.text.review.no_why.to_owned() } else { said };
    let word = if meaning == Meaning::Yellow {
        ctx.text.prepare.looked_up(crate::domain::preparation::LookedUp::NotQueried)
    } else {
        ctx.text.prepare.looked_up(crate::domain::preparation::LookedUp::Found)
    };
    let head = format!(" {mark} {word} ");
    let room = usize::from(width).saturating_sub(cells(&head) + 1);
    let said = ctx.theme.cut(&format!("{title}{}{said}", ctx.lang.colon()), room);
    vec![Line::from(vec![Span::styled(head, ctx.theme.style(meaning)), Span::raw(said)])]
}

fn next(sheet: &Sheet, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, handing) = (&ctx.text.conduct, &sheet.page.handing);
    let mut lines = Vec::new();
    let room = usize::from(width).saturating_sub(4);
    if let Some((day, codes)) = &handing.next {
        let codes: Vec<&str> = codes.iter().map(|c| words::duty(ctx.lang, *c)).collect();
        let said = format!("{}  {}", format::full_day(*day), codes.join(" "));
        lines.push(Line::raw(format!("   {}", ctx.theme.cut(&said, room))));
    }
    if let Some((day, why)) = &handing.wish {
        let said =
            format!("{}{}{}  {why}", text.wish_then, ctx.lang.colon(), format::full_day(*day));
        lines.extend(long(said.trim_end(), width, ctx.theme.style(Meaning::Accent), ctx));
    }
    lines
}
