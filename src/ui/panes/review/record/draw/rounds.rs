//! The lines of a record's rounds: old and new of what was mended, comments with what became of them,
//! opinions, calls, versions.

use ratatui::text::{Line, Span};

use super::lines::{long, now, question};
use crate::domain::answer::{Answer, Evidence};
use crate::domain::review::{CallResult, Verdict};
use crate::form::Row;
use crate::form::entry::edit_text;
use crate::i18n::words;
use crate::protocol::page::{CommentRow, Mended, OpinionRow};
use crate::ui::ctx::Ctx;
use crate::ui::panes::review::record::sheet::{Entry, Sheet};
use crate::ui::theme::Meaning;
use crate::ui::value::{pick, show_answer};
use crate::ui::width::cells;

/// The lines of an entry of this kind.
pub(super) fn of(sheet: &Sheet, entry: &Entry, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let page = &sheet.page;
    let row = entry.row().and_then(|row| sheet.state.rows.get(row));
    let lines = match entry {
        Entry::Return(at) => page.returns.get(*at).map(|back| {
            let text = &ctx.text.review;
            let said = format!("{} {}  {}", back.by, back.at, back.reason.replace('\n', " "));
            let label = text.returned_times(back.n);
            vec![remark(&label, &said, Meaning::Yellow, width, ctx)]
        }),
        Entry::Mended(at, _) => page.mended.get(*at).map(|m| mended(sheet, m, row, width, ctx)),
        Entry::Answered(at, _) => {
            page.visit.comments.get(*at).map(|comment| answered(sheet, comment, row, width, ctx))
        }
        Entry::Opinion(at) => page.opinions.get(*at).map(|said| opinion(said, width, ctx)),
        Entry::Awaited(level) => {
            let level = words::opinion_level(ctx.lang, *level);
            let said = ctx.text.review.opinion_missing;
            Some(vec![remark(level, said, Meaning::Accent, width, ctx)])
        }
        Entry::File(at) => page.visit.attachments.get(*at).map(|file| {
            let text = &ctx.text.files;
            let mut said: Vec<_> = file.warnings.iter().map(|odd| text.warning(*odd)).collect();
            if file.missing {
                said.insert(0, text.missing.to_owned());
            }
            let stale = file.missing || file.warnings.iter().any(|odd| odd.is_stale());
            let meaning = if stale { Meaning::Orange } else { Meaning::Yellow };
            vec![remark(&ctx.theme.clean(&file.name), &said.join("  "), meaning, width, ctx)]
        }),
        Entry::Reuse(at) => page.visit.reused.get(*at).map(|reuse| {
            let said = ctx.text.files.reused(&reuse.name, reuse.first.as_ref());
            let said = format!("{said}  {} {}", reuse.by, reuse.at);
            long(&said, width, ctx.theme.style(Meaning::Red), ctx)
        }),
        Entry::Call(at) => page.calls.get(*at).map(|call| {
            let meaning = match call.result {
                CallResult::Confirmed => Meaning::Good,
                CallResult::NotReached => Meaning::Yellow,
                CallResult::Differs => Meaning::Red,
            };
            let result = words::call_result(ctx.lang, call.result);
            let head = format!("{} {} {}", call.by, call.at, call.contact);
            let mut lines = vec![remark(result, &head, meaning, width, ctx)];
            if !call.text.is_empty() {
                lines.extend(long(&call.text, width, ctx.theme.style(Meaning::Text), ctx));
            }
            lines
        }),
        Entry::Version(at) => page.versions.get(*at).map(|version| {
            let text = &ctx.text.review;
            let state = words::visit_state(ctx.lang, version.state);
            let mut said = format!("{state}  {} {}", version.author_name, version.at);
            if version.in_force {
                said = format!("{}{}{said}", text.in_force, ctx.lang.comma());
            }
            if let Some(reason) = &version.reason {
                said = format!("{said}  {}{}{reason}", text.amend_reason, ctx.lang.colon());
            }
            let meaning = if version.in_force { Meaning::Text } else { Meaning::Muted };
            vec![remark(&text.version_n(version.version), &said, meaning, width, ctx)]
        }),
        _ => None,
    };
    lines.unwrap_or_default()
}

/// A label and a text in one line.
fn remark(label: &str, said: &str, meaning: Meaning, width: u16, ctx: &Ctx<'_>) -> Line<'static> {
    let room = usize::from(width).saturating_sub(cells(label) + 6);
    Line::from(vec![
        Span::styled(format!("   {label}  "), ctx.theme.style(Meaning::Muted)),
        Span::styled(ctx.theme.cut(said, room), ctx.theme.style(meaning)),
    ])
}

/// A value with what was seen for it.
fn with_evidence(value: &str, seen: Option<Evidence>, ctx: &Ctx<'_>) -> String {
    let seen = seen.map_or(ctx.text.review.no_evidence, |seen| words::evidence(ctx.lang, seen));
    format!("{value} [{seen}]")
}

/// What an answer was, with its note.
fn then(answer: Option<&Answer>, row: Option<&Row>, ctx: &Ctx<'_>) -> String {
    let Some(answer) = answer else { return ctx.text.review.not_asked.to_owned() };
    let shown = match row {
        Some(row) => show_answer(&row.item, answer, ctx),
        None => edit_text(&answer.value),
    };
    if answer.note.is_empty() { shown } else { format!("{shown}{}", ctx.lang.aside(&answer.note)) }
}

fn mended(
    sheet: &Sheet,
    mended: &Mended,
    row: Option<&Row>,
    width: u16,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let name = row.map_or_else(|| mended.item.clone(), |row| question(row, ctx));
    let given = sheet.answer(&mended.item);
    let shown = match (row, given) {
        (_, None) => text.cleared_now.to_owned(),
        (Some(row), Some(_)) => now(sheet, row, ctx).unwrap_or_default(),
        (None, Some(answer)) => edit_text(&answer.value),
    };
    let note = given.map_or("", |answer| answer.note.as_str());
    let shown = if note.is_empty() { shown } else { format!("{shown}{}", ctx.lang.aside(note)) };
    let before = mended.before.as_ref();
    let was = then(before, row, ctx);
    // Often only what was seen has changed: the same value twice would tell nothing.
    let seen = |answer: Option<&Answer>| answer.and_then(|answer| answer.evidence);
    let (was, shown) = if before.is_some() && given.is_some() && seen(before) != seen(given) {
        (with_evidence(&was, seen(before), ctx), with_evidence(&shown, seen(given), ctx))
    } else {
        (was, shown)
    };
    let who = mended.by.clone();
    let muted = theme.style(Meaning::Muted);
    let room = usize::from(width).saturating_sub(6 + cells(&who) + 1);
    let head = Line::from(vec![
        Span::styled(format!(" {} ", theme.glyphs.due), theme.style(Meaning::Accent)),
        Span::raw(theme.fit(&name, room.min(60))),
        Span::styled(format!(" {}", theme.clean(&who)), muted),
    ]);
    let one = format!("{was} {} {shown}", theme.glyphs.becomes);
    if cells(&one) + 6 <= usize::from(width) {
        let line = Line::from(vec![
            Span::styled(format!("     {}", theme.clean(&was.replace('\n', " "))), muted),
            Span::styled(format!(" {} ", theme.glyphs.becomes), theme.style(Meaning::Rule)),
            Span::styled(theme.clean(&shown.replace('\n', " ")), theme.style(Meaning::Accent)),
        ]);
        return vec![head, line];
    }
    let mut lines = vec![head];
    lines.extend(long(&was, width, muted, ctx));
    lines.extend(long(
        &format!("{} {shown}", theme.glyphs.becomes),
        width,
        theme.style(Meaning::Accent),
        ctx,
    ));
    lines
}

/// A comment with which the record was returned: whether its item was touched, and what the officer
/// said to it.
fn answered(
    sheet: &Sheet,
    comment: &CommentRow,
    row: Option<&Row>,
    width: u16,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let touched = comment.item.as_deref().map(|item| sheet.mended_at(item).is_some());
    let (word, meaning) = match touched {
        Some(true) => (text.was_touched, Meaning::Good),
        Some(false) => (text.not_touched, Meaning::Orange),
        None => ("", Meaning::Muted),
    };
    let about = row.map_or(text.comment_whole, |row| pick(&row.title, ctx.lang));
    let room = usize::from(width).saturating_sub(cells(word) + 6);
    let mut lines = vec![Line::from(vec![
        Span::styled(format!(" {} ", theme.glyphs.dot), theme.style(meaning)),
        Span::raw(theme.fit(about, room.min(60))),
        Span::styled(format!(" {word}"), theme.style(meaning)),
    ])];
    let colon = ctx.lang.colon();
    let said = format!("{}{colon}{}", comment.by, comment.text);
    lines.extend(long(&said, width, theme.style(Meaning::Orange), ctx));
    match &comment.reply {
        Some(reply) => {
            let said = format!("{} {}{colon}{}", text.reply, reply.by, reply.text);
            lines.extend(long(&said, width, theme.style(Meaning::Text), ctx));
        }
        None => lines.extend(long(text.no_reply, width, theme.style(Meaning::Muted), ctx)),
    }
    lines
}

fn opinion(said: &OpinionRow, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.review;
    let level = said.level.map_or(text.reviewer, |level| words::opinion_level(ctx.lang, level));
    let meaning = match said.verdict {
        _ if !said.current => Meaning::Muted,
        Verdict::Agree => Meaning::Good,
        Verdict::Conditions => Meaning::Yellow,
        Verdict::Disagree => Meaning::Red,
    };
    let verdict = words::verdict(ctx.lang, said.verdict);
    let old = if said.current { String::new() } else { format!("  {}", text.opinion_old) };
    let head = format!("{verdict}  {} {}{old}", said.by, said.at);
    let mut lines = vec![remark(level, &head, meaning, width, ctx)];
    if !said.text.is_empty() {
        lines.extend(long(&said.text, width, ctx.theme.style(Meaning::Text), ctx));
    }
    lines
}
