//! The lines of one entry: a change with last time beside it, a flag, a gap, an answer.

use std::collections::BTreeSet;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::flag::FlagState;
use crate::form::{Light, Problem, Row, entry as written};
use crate::i18n::{format, words};
use crate::protocol::page::{CommentRow, FlagRow};
use crate::ui::ctx::Ctx;
use crate::ui::figures::moved;
use crate::ui::panes::review::record::draw::{conduct, rounds};
use crate::ui::panes::review::record::sheet::{Entry, Part, Sheet};
use crate::ui::theme::Meaning;
use crate::ui::value::{figure, pick, show, show_answer, signal_line};
use crate::ui::width::{cells, wrap};

/// At most so many lines of a long answer: a conclusion is read whole.
const LONG: usize = 60;

/// Widths of the columns of a change.
struct Columns {
    question: usize,
    last: usize,
    now: usize,
    delta: usize,
    evidence: usize,
}

impl Columns {
    fn of(width: u16) -> Self {
        let width = usize::from(width);
        let (delta, evidence) = if width >= 60 { (9, 9) } else { (8, 0) };
        let room = width.saturating_sub(delta + evidence + 7);
        let question = (room * 2 / 5).min(46);
        let last = ((room - question) / 2).min(40);
        let now = (room - question).saturating_sub(last).min(40);
        Self { question, last, now, delta, evidence }
    }
}

/// The lines of an entry.
pub(super) fn of(
    sheet: &Sheet,
    entry: &Entry,
    unfolded: &BTreeSet<String>,
    width: u16,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let row = entry.row().and_then(|row| sheet.state.rows.get(row));
    let plain = |said: &str, meaning| {
        let said = theme.cut(said, usize::from(width).saturating_sub(4));
        vec![Line::styled(format!("   {said}"), theme.style(meaning))]
    };
    match entry {
        Entry::Title(part, count) => title(*part, *count, ctx),
        Entry::NothingMended => plain(text.nothing_mended, Meaning::Orange),
        Entry::Sampled => plain(text.is_sampled, Meaning::Accent),
        Entry::Return(_)
        | Entry::Mended(..)
        | Entry::Answered(..)
        | Entry::Opinion(_)
        | Entry::Awaited(_)
        | Entry::File(_)
        | Entry::Reuse(_)
        | Entry::Call(_)
        | Entry::Version(_) => rounds::of(sheet, entry, width, ctx),
        Entry::Second
        | Entry::Like(..)
        | Entry::LikeWhy
        | Entry::Finding(_)
        | Entry::NotQueried(_)
        | Entry::Next => conduct::of(sheet, entry, width, ctx),
        Entry::Carried => plain(&ctx.text.checklist.carried(sheet.carried()), Meaning::Accent),
        Entry::FirstVisit if sheet.was_visited() => plain(text.no_answers_before, Meaning::Muted),
        Entry::FirstVisit => plain(text.first_visit, Meaning::Muted),
        Entry::NoChange => plain(text.no_change, Meaning::Muted),
        Entry::NoFlag => plain(text.no_flag, Meaning::Muted),
        Entry::OpenBefore => {
            let names: Vec<_> =
                sheet.open_before().iter().map(|s| signal_line(s, ctx.lang)).collect();
            let said = format!("{}{}{}", text.open_before, ctx.lang.colon(), names.join("  "));
            plain(&said, Meaning::Yellow)
        }
        Entry::BothDates => {
            let Some((day, workdays)) = sheet.handed_in_late else { return Vec::new() };
            let visited = format::full_day(sheet.page.visit.visited_on);
            let said = text.both_dates(&visited, &format::full_day(day), workdays);
            plain(&said, Meaning::Overdue)
        }
        Entry::Check(at) => check(sheet, *at, width, ctx),
        Entry::Undecided(at) => {
            let Some(proposal) = sheet.state.proposals.get(*at) else { return Vec::new() };
            let signal = signal_line(&proposal.signal, ctx.lang);
            plain(&format!("{}{}{signal}", text.undecided, ctx.lang.colon()), Meaning::Orange)
        }
        Entry::Comment(at) => {
            let found = sheet.page.visit.comments.get(*at);
            found.map(|row| comment(row, width, ctx)).unwrap_or_default()
        }
        Entry::Flag(at) => {
            let found = sheet.page.visit.flags.get(*at);
            found.map(|row| flag(sheet, row, width, ctx)).unwrap_or_default()
        }
        Entry::Section(at) => vec![section(sheet, *at, unfolded, width, ctx)],
        Entry::Change(_) => row.map(|row| change(sheet, row, width, ctx)).unwrap_or_default(),
        Entry::Gap(_) | Entry::Document(_) => {
            row.map(|row| missing(sheet, row, width, ctx)).unwrap_or_default()
        }
        Entry::Answer(_) => row.map(|row| answer(sheet, row, width, ctx)).unwrap_or_default(),
    }
}

fn title(part: Part, count: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.review;
    let name = match part {
        Part::Changes => text.part_changes,
        Part::Flags => text.part_flags,
        Part::Checks => text.part_checks,
        Part::Gaps => text.part_gaps,
        Part::Weak => text.part_weak,
        Part::Lateness => text.part_lateness,
        Part::Documents => text.part_documents,
        Part::Comments => text.part_comments,
        Part::Rest => text.part_rest,
        Part::Mended => text.part_mended,
        Part::Returned => text.part_answered,
        Part::Opinions => text.part_opinions,
        Part::Files => ctx.text.files.gallery_title,
        Part::Reused => ctx.text.files.reused_title,
        Part::Calls => text.part_calls,
        Part::Versions => text.part_versions,
        Part::Second => text.part_second,
        Part::Likeness => ctx.text.conduct.likeness,
        Part::LookUps => ctx.text.prepare.lookups,
        Part::Next => ctx.text.conduct.next,
    };
    let mut line = Line::styled(format!(" {name}"), ctx.theme.style(Meaning::Heading));
    if count > 0 {
        line.push_span(Span::styled(format!(" {count}"), ctx.theme.style(Meaning::Accent)));
    }
    vec![line]
}

/// Whether a change is beyond the threshold that asks for an explanation.
fn is_beyond(row: &Row) -> bool {
    row.delta.is_some_and(|delta| delta.beyond)
}

pub(super) fn question(row: &Row, ctx: &Ctx<'_>) -> String {
    let number = row.repeat.map(|n| format!("{} ", n + 1)).unwrap_or_default();
    format!("{number}{}", pick(&row.title, ctx.lang))
}

pub(super) fn now(sheet: &Sheet, row: &Row, ctx: &Ctx<'_>) -> Option<String> {
    sheet.now(row).map(|value| show(&row.item, value, ctx))
}

/// `▲12%`, as it is told beside last time's answer.
fn delta(row: &Row, ctx: &Ctx<'_>) -> String {
    let Some(percent) = row.delta.and_then(|delta| delta.percent) else { return String::new() };
    // Whole percents, half away from zero; tenths say nothing here.
    let whole = (percent.0.unsigned_abs() + 5_000) / 10_000;
    moved(percent.0 < 0, &whole.to_string(), ctx)
}

fn change(sheet: &Sheet, row: &Row, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let columns = Columns::of(width);
    let muted = theme.style(Meaning::Muted);
    let beyond = is_beyond(row);
    let then = row.last.as_ref().map(|last| show_answer(&row.item, &last.0, ctx));
    let now = now(sheet, row, ctx).unwrap_or_else(|| text.cleared.to_owned());
    let evidence = source(sheet, row, ctx);
    let strong = theme.style(if beyond { Meaning::Orange } else { Meaning::Text });
    let mark = if beyond { theme.glyphs.overdue } else { theme.glyphs.due };
    let mut lines = vec![Line::from(vec![
        Span::styled(format!(" {mark} "), strong),
        Span::raw(theme.fit(&question(row, ctx), columns.question)),
        Span::raw(" "),
        Span::styled(theme.fit_right(&then.unwrap_or_default(), columns.last), muted),
        Span::styled(format!(" {} ", theme.glyphs.vertical), theme.style(Meaning::Rule)),
        Span::styled(theme.fit(&now, columns.now), strong),
        Span::styled(theme.fit_right(&delta(row, ctx), columns.delta.saturating_sub(1)), strong),
        Span::raw(" "),
        Span::styled(theme.fit(evidence, columns.evidence), muted),
    ])];
    if cells(&now) > columns.now {
        lines.extend(long(&now, width, theme.style(Meaning::Text), ctx));
    }
    lines.extend(remarks(sheet, row, width, ctx));
    lines
}

/// What an answer rests on: what was seen, or the customer's word alone.
fn source(sheet: &Sheet, row: &Row, ctx: &Ctx<'_>) -> &'static str {
    if sheet.is_own_word(row) {
        return ctx.text.review.own_word;
    }
    let evidence = sheet.answer(&row.path).and_then(|answer| answer.evidence);
    evidence.map_or("", |seen| words::evidence(ctx.lang, seen))
}

/// A text below its row, a few lines of it.
pub(super) fn long(said: &str, width: u16, style: Style, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let room = usize::from(width).saturating_sub(7);
    let lines = wrap(&ctx.theme.clean(&said.replace('\n', " ")), room);
    let more = lines.len() > LONG;
    let mut shown: Vec<_> = lines.into_iter().take(LONG).collect();
    if let Some(last) = shown.last_mut().filter(|_| more) {
        *last = ctx.theme.cut(&format!("{last}{}", ctx.theme.glyphs.cut), room);
    }
    shown.into_iter().map(|line| Line::styled(format!("     {line}"), style)).collect()
}

/// The officer's note and the reviewers' comments at a row.
fn remarks(sheet: &Sheet, row: &Row, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.review;
    let note = sheet.answer(&row.path).map_or("", |answer| answer.note.as_str());
    let mut lines = Vec::new();
    if !note.is_empty() {
        let said = format!("{}{}{note}", text.note, ctx.lang.colon());
        lines.extend(long(&said, width, ctx.theme.style(Meaning::Muted), ctx));
    }
    if let Some(change) = sheet.page.visit.dossier.changed.get(&*row.path) {
        let told = ctx.text.checklist.dossier_changed(change);
        lines.extend(long(&told, width, ctx.theme.style(Meaning::Muted), ctx));
    }
    for row in sheet.comments(Some(&row.path)) {
        lines.extend(comment(row, width, ctx));
    }
    lines
}

fn comment(row: &CommentRow, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let label = ctx.text.review.comment_title;
    let said = format!("{label} {} {}{}{}", row.by, row.at, ctx.lang.colon(), row.text);
    long(&said, width, ctx.theme.style(Meaning::Orange), ctx)
}

fn flag(sheet: &Sheet, row: &FlagRow, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let level = words::level(ctx.lang, row.level);
    let state = words::flag_state(ctx.lang, row.state);
    let room = usize::from(width).saturating_sub(cells(level) + cells(state) + 8);
    let mut lines = vec![Line::from(vec![
        Span::styled(format!(" {} {level} ", theme.level_mark(row.level)), theme.level(row.level)),
        Span::raw(theme.cut(&signal_line(&row.signal, ctx.lang), room)),
        Span::styled(format!("  {state}"), muted),
    ])];
    if row.state == FlagState::Rejected {
        // Nobody acts on it: what counts is why it was not taken up.
        let why = row.note.as_deref().filter(|note| !note.is_empty()).unwrap_or("-");
        let said = format!("{}{}{why}", text.reject_reason, ctx.lang.colon());
        lines.extend(long(&said, width, theme.style(Meaning::Text), ctx));
        return lines;
    }
    if let Some(lowered) = &row.lowered {
        let said = text.lowered(words::level(ctx.lang, lowered.from), &lowered.why);
        lines.extend(long(&said, width, theme.style(Meaning::Orange), ctx));
    }
    let dot = theme.glyphs.dot;
    let mut parts = vec![row.owner_name.clone().unwrap_or_else(|| text.no_owner.to_owned())];
    parts.extend(row.measure.clone().filter(|m| !m.is_empty()));
    parts.extend(row.due_on.map(|day| format::near_day(day, ctx.today)));
    let handled = parts.join(&format!(" {dot} "));
    lines.extend(long(&handled, width, theme.style(Meaning::Text), ctx));
    if let Some(note) = row.note.as_deref().filter(|note| !note.is_empty()) {
        // What an answer suggested is told in the language of who reads.
        let words = sheet.state.suggested(&row.signal, note).map(|words| pick(words, ctx.lang));
        let told = words.or_else(|| ctx.text.flags.noted(row)).unwrap_or(note);
        lines.extend(long(told, width, muted, ctx));
    }
    lines
}

fn check(sheet: &Sheet, at: usize, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let Some(check) = sheet.state.checks.get(at) else { return Vec::new() };
    let (text, theme) = (&ctx.text.checklist, ctx.theme);
    let meaning = if check.light == Light::Alarm { Meaning::Red } else { Meaning::Yellow };
    let sides = check
        .sides
        .iter()
        .map(|(name, side)| format!("{} {}", pick(name, ctx.lang), figure(*side, ctx)));
    let sides: Vec<_> = sides.collect();
    let percent = check.percent.map(|p| format!("  {}%", written::format_tenths(p)));
    let said = format!(
        "{} {}{}{}{}",
        text.light(check.light),
        pick(&check.title, ctx.lang),
        ctx.lang.colon(),
        sides.join(" / "),
        percent.unwrap_or_default()
    );
    long(&said, width, theme.style(meaning), ctx)
}

/// What is missing, with the problem in words.
fn missing(sheet: &Sheet, row: &Row, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let said = now(sheet, row, ctx).unwrap_or_else(|| text.not_asked.to_owned());
    let name = usize::from(width).saturating_sub(4) * 3 / 5;
    let rest = usize::from(width).saturating_sub(name + 4);
    let mut lines = vec![Line::from(vec![
        Span::styled(format!(" {} ", theme.glyphs.open_box), theme.style(Meaning::Yellow)),
        Span::raw(theme.fit(&question(row, ctx), name)),
        Span::styled(format!(" {}", theme.fit(&said, rest)), theme.style(Meaning::Muted)),
    ])];
    // "Received" alone would not say what is wrong with it.
    if let Some(problem @ (Problem::Weak(_) | Problem::Unfiled | Problem::Stale)) = &row.problem {
        let told = ctx.text.checklist.problem(problem);
        lines.extend(long(&told, width, theme.style(Meaning::Muted), ctx));
    }
    lines.extend(remarks(sheet, row, width, ctx));
    lines
}

fn section(
    sheet: &Sheet,
    at: usize,
    unfolded: &BTreeSet<String>,
    width: u16,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let theme = ctx.theme;
    let Some(section) = sheet.state.sections.get(at) else { return Line::default() };
    let mark = if unfolded.contains(&*section.id) { "-" } else { "+" };
    let rows = sheet.state.rows.iter().skip(section.first).take(section.rows);
    let comments: usize = rows.map(|row| sheet.comments(Some(&row.path)).count()).sum();
    let counts = format!("{}/{}", section.progress.answered, section.progress.items);
    let comments = if comments > 0 { ctx.text.review.comments(comments) } else { String::new() };
    let room = usize::from(width).saturating_sub(counts.len() + cells(&comments) + 7);
    Line::from(vec![
        Span::styled(format!(" {mark} "), theme.style(Meaning::Accent)),
        Span::raw(theme.fit(pick(&section.title, ctx.lang), room.min(60))),
        Span::styled(format!(" {counts}"), theme.style(Meaning::Muted)),
        Span::styled(format!(" {comments}"), theme.style(Meaning::Orange)),
    ])
}

fn answer(sheet: &Sheet, row: &Row, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let width_now = usize::from(width);
    let question_width = (width_now.saturating_sub(5) * 2 / 5).min(52);
    let evidence = source(sheet, row, ctx);
    let room = width_now.saturating_sub(question_width + 15);
    let value = now(sheet, row, ctx);
    let meaning = match &value {
        None => Meaning::Muted,
        Some(_) if sheet.differs(row) => Meaning::Accent,
        Some(_) => Meaning::Text,
    };
    let mut value = value.unwrap_or_else(|| text.not_asked.to_owned());
    if sheet.answer(&row.path).is_some_and(|answer| answer.unchanged) {
        // The same mark as in the checklist.
        value.insert_str(0, "= ");
    }
    let mut lines = vec![Line::from(vec![
        Span::raw(format!("     {}", theme.fit(&question(row, ctx), question_width))),
        Span::styled(format!(" {}", theme.fit(&value, room)), theme.style(meaning)),
        Span::styled(format!(" {evidence}"), theme.style(Meaning::Muted)),
    ])];
    if cells(&value) > room {
        lines.extend(long(&value, width, theme.style(Meaning::Text), ctx));
    }
    lines.extend(remarks(sheet, row, width, ctx));
    lines
}
