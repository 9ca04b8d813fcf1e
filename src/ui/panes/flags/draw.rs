//! Flags on the screen: two or three lines each in a column, one line each in a table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::table::Columns;
use super::{FlagsPane, Group, todos};
use crate::domain::flag::{FlagState, Level};
use crate::i18n::{format, words};
use crate::protocol::page::{FlagRow, FlagsPage};
use crate::protocol::query::FlagScope;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::value::{measure_shown, signal_line};
use crate::ui::widgets::blocks::Lines;
use crate::ui::widgets::frame::{empty, pane_with, put, rule};
use crate::ui::width::{cells, wrap};

/// From this width on live flags are a table.
const TABLE_FROM: u16 = 72;
/// Lines of the selected flag below the table, with the rule above.
const DETAIL: u16 = 4;

pub(super) fn pane(
    flags: &mut FlagsPane,
    frame: &mut Frame<'_>,
    area: Rect,
    focused: bool,
    ctx: &Ctx<'_>,
) {
    let text = &ctx.text.flags;
    let live = flags.of_all();
    let name = flags.whose().filter(|_| !live);
    let title = match flags.scope {
        Some(FlagScope::Live) => text.live_title.to_owned(),
        Some(FlagScope::Weakened) => text.weakened_title.to_owned(),
        _ => text.of(name.unwrap_or_default()),
    };
    let title = ctx.theme.cut(&title, usize::from(area.width).saturating_sub(8));
    let count = flags.page.as_ref().map(|page| page.total.to_string()).unwrap_or_default();
    let inner = pane_with(frame, area, &title, &count, focused, ctx);
    let Some(page) = flags.page.clone() else {
        let waits = flags.scope.is_some();
        let note = if waits { ctx.text.shell.loading } else { ctx.text.shell.no_customer };
        empty(frame, inner, note, ctx);
        return;
    };
    if page.rows.is_empty() && page.todos.is_empty() {
        let note = match flags.scope {
            Some(FlagScope::Live) => text.none_live,
            Some(FlagScope::Weakened) => text.none_weakened,
            _ => text.none,
        };
        empty(frame, inner, &ctx.why_empty(note), ctx);
        return;
    }
    let table = live && inner.width >= TABLE_FROM;
    let detail = if table && inner.height >= 12 { DETAIL } else { 0 };
    let head = u16::from(table);
    let list = Rect {
        y: inner.y + head.min(inner.height),
        height: inner.height.saturating_sub(head + detail),
        ..inner
    };
    let selected = flags.part.scroll.selected();
    if table {
        let columns = Columns::of(inner.width, is_owned(&page, ctx), ctx);
        put(frame, inner, 0, columns.heading(ctx));
    }
    let lines = lines(flags, &page, inner.width, table, ctx);
    let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
    flags.part.scroll.view(usize::from(list.height), flags.rows() as usize);
    flags.blocks.render(frame, list, lines, selected, ctx.theme.style(meaning));
    if detail > 0
        && let Some(full) = flags
            .row()
            .map(|row| full(row, inner.width, ctx))
            .or_else(|| flags.todo().map(|row| todos::full(row, inner.width, ctx)))
    {
        let below = Rect { y: list.bottom(), height: detail, ..inner };
        rule(frame.buffer_mut(), below, ctx);
        let below = Rect { y: below.y + 1, height: detail - 1, ..below };
        for (at, line) in (0_u16..).zip(full) {
            put(frame, below, at, line);
        }
    }
}

/// All rows of the part with the headings of their sections.
fn lines(flags: &FlagsPane, page: &FlagsPage, width: u16, table: bool, ctx: &Ctx<'_>) -> Lines {
    let text = &ctx.text.flags;
    let whole = page.offset == 0 && page.rows.len() == page.total as usize;
    let ended = match flags.scope {
        Some(FlagScope::Weakened) => text.rejected_group,
        _ => text.ended,
    };
    let groups = [
        (Group::Asked, text.asked_of_us),
        (Group::Rotting, text.rotting),
        (Group::ToDecide, text.to_decide),
        (Group::InHand, text.in_hand),
        (Group::Ended, ended),
    ];
    let count = |group| page.rows.iter().filter(|row| Group::of(row) == group).count();
    let sections = groups.iter().filter(|(group, _)| count(*group) > 0).count();
    let owned = table && is_owned(page, ctx);
    let (mut lines, mut last) = (Lines::new(), None);
    for (position, index) in (page.offset as usize..).zip(&flags.order) {
        let Some(row) = page.rows.get(*index) else { continue };
        let group = Group::of(row);
        if whole && sections > 1 && last != Some(group) {
            let name = groups.iter().find(|(g, _)| *g == group).map_or("", |(_, name)| name);
            let style = ctx.theme.style(Meaning::Muted);
            let heading = format!(" {}", text.counted(name, count(group)));
            lines.push((None, Line::styled(heading, style)));
            last = Some(group);
        }
        let width = usize::from(width);
        if table {
            let columns = Columns::of(u16::try_from(width).unwrap_or(u16::MAX), owned, ctx);
            lines.push((Some(position), columns.row(row, ctx)));
        } else {
            let named = flags.of_all();
            lines.extend(card(row, width, named, ctx).into_iter().map(|l| (Some(position), l)));
        }
    }
    if page.offset as usize + page.rows.len() >= page.total as usize {
        todo_lines(flags, page, width, table, &mut lines, ctx);
    }
    lines
}

/// 待办 below the last flag.
fn todo_lines(
    flags: &FlagsPane,
    page: &FlagsPage,
    width: u16,
    table: bool,
    lines: &mut Lines,
    ctx: &Ctx<'_>,
) {
    if page.todos.is_empty() {
        return;
    }
    let live = flags.of_all();
    if page.rows.is_empty() && page.total == 0 {
        let note = if live { ctx.text.flags.none_live } else { ctx.text.flags.none };
        let note = format!(" {note}");
        lines.push((None, Line::styled(note, ctx.theme.style(Meaning::Muted))));
    }
    lines.push((None, Line::default()));
    lines.push((None, todos::heading(&page.todos, ctx)));
    let columns = Columns::of(width, is_owned(page, ctx), ctx);
    for (position, row) in (page.total as usize..).zip(&page.todos) {
        if table {
            lines.push((Some(position), columns.todo(row, ctx)));
        } else {
            let card = todos::card(row, usize::from(width), live, ctx);
            lines.extend(card.into_iter().map(|line| (Some(position), line)));
        }
    }
}

/// Whether anything in the list is owned by somebody other than who looks.
fn is_owned(page: &FlagsPage, ctx: &Ctx<'_>) -> bool {
    let me = ctx.me();
    let owners = page.rows.iter().filter_map(|row| row.owner.as_ref());
    owners.chain(page.todos.iter().map(|row| &row.owner)).any(|owner| owner.as_str() != me)
}

/// Cells of the longest word for a level.
pub(super) fn level_width(ctx: &Ctx<'_>) -> usize {
    Level::ALL.iter().map(|l| cells(words::level(ctx.lang, *l))).max().unwrap_or(0)
}

/// Mark and word of the level; an ended flag is told in grey.
pub(super) fn level(row: &FlagRow, ctx: &Ctx<'_>) -> [Span<'static>; 2] {
    let ended = Group::of(row) == Group::Ended;
    let muted = ctx.theme.style(Meaning::Muted);
    let style = if ended { muted } else { ctx.theme.level(row.level) };
    let word = words::level(ctx.lang, row.level);
    let width = level_width(ctx);
    [
        Span::styled(format!(" {} ", ctx.theme.level_mark(row.level)), style),
        Span::styled(ctx.theme.fit(word, width + 1), style),
    ]
}

pub(super) fn age(row: &FlagRow, ctx: &Ctx<'_>) -> String {
    ctx.text.flags.age((ctx.today - row.raised_on).num_days().max(0))
}

/// `逾期 3天`, or the day; nothing where there is none.
pub(super) fn due(row: &FlagRow, ctx: &Ctx<'_>) -> Option<Span<'static>> {
    let day = row.due_on?;
    Some(if row.overdue_days > 0 {
        let late = ctx.text.flags.overdue(row.overdue_days);
        let text = format!("{} {late}", ctx.theme.glyphs.overdue);
        Span::styled(text, ctx.theme.style(Meaning::Overdue))
    } else {
        Span::raw(format::near_day(day, ctx.today))
    })
}

/// Two or three lines: signal and age; owner, measure, date; files and note.
fn card(row: &FlagRow, width: usize, named: bool, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.flags, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let [mark, word] = level(row, ctx);
    let age = format!(" {}", age(row, ctx));
    let ended = Group::of(row) == Group::Ended;
    let used = mark.width() + word.width() + cells(&age);
    let style = theme.style(if ended { Meaning::Muted } else { Meaning::Text });
    let first = width.saturating_sub(used + 1);
    let signal = theme.clean(&signal_line(&row.signal, ctx.lang));
    // A name that is too long goes on below: cut, it may say the opposite.
    let mut pieces = wrap(&signal, first.max(8)).into_iter();
    let signal = theme.fit(&pieces.next().unwrap_or_default(), first);
    let mut lines =
        vec![Line::from(vec![mark, word, Span::styled(signal, style), Span::styled(age, muted)])];
    let indent = " ".repeat(level_width(ctx) + 4);
    lines.extend(pieces.map(|piece| Line::styled(format!("{indent}{piece}"), style)));
    let room = width.saturating_sub(5);
    let state = words::flag_state(ctx.lang, row.state);
    let step = words::flag_step(ctx.lang, row.step);
    let dot = format!(" {} ", theme.glyphs.dot);
    let (mut parts, mut own): (Vec<Span<'static>>, Vec<String>) = Default::default();
    if named {
        parts.push(Span::raw(theme.cut(&row.name, room / 2)));
    }
    match row.state {
        FlagState::Confirmed => {
            let warn = theme.style(Meaning::Yellow);
            parts.push(match &row.owner_name {
                Some(owner) => Span::raw(theme.cut(owner, 12)),
                None => Span::styled(text.no_owner, warn),
            });
            let due = due(row, ctx);
            let taken: usize = parts.iter().chain(due.iter()).map(|p| p.width() + 3).sum();
            match measure_of(row, ctx).map(|measure| theme.clean(&measure)) {
                None => parts.push(Span::styled(
                    theme.cut(text.no_measure, room.saturating_sub(taken).max(4)),
                    warn,
                )),
                Some(measure) if cells(&measure) + taken <= room => parts.push(Span::raw(measure)),
                // Cut to a word or two it says nothing: it has lines of its own.
                Some(measure) => own = wrap(&measure, room.max(8)),
            }
            parts.extend(due);
        }
        FlagState::Proposed => parts.push(Span::styled(state, theme.style(Meaning::Accent))),
        FlagState::Rejected => parts.push(Span::styled(state, muted)),
        FlagState::Closed => parts.push(Span::styled(step, muted)),
    }
    if let Some((by, on)) = row.beside.ended.as_ref().filter(|_| ended) {
        parts.push(Span::styled(theme.cut(by, 12), muted));
        parts.push(Span::styled(on.to_string(), muted));
    }
    let mut spans = vec![Span::raw("    ")];
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            spans.push(Span::styled(dot.clone(), muted));
        }
        spans.push(part);
    }
    lines.push(Line::from(spans));
    lines.extend(own.iter().map(|piece| Line::raw(format!("    {piece}"))));
    // Of a rejected one it is asked why it was rejected; of one that is done nothing is open.
    let said = text.noted(row).filter(|_| row.state != FlagState::Closed);
    let said = said.filter(|said| !said.is_empty()).map(|said| said.replace('\n', " "));
    let files = (!row.proofs.is_empty()).then(|| ctx.text.files.count(row.proofs.len()));
    let asked = row.lies_with.filter(|_| !ended).map(|department| text.lies_with(department));
    let past = text.past(row.beside.lapsed, row.beside.again.filter(|_| !ended));
    let below: Vec<String> = past.chain(asked).chain(files).chain(said).collect();
    if !below.is_empty() {
        let below = theme.cut(&below.join(&dot), room);
        lines.push(Line::styled(format!("    {below}"), muted));
    }
    lines
}

/// The measure in the language of the screen; `None` = there is none.
fn measure_of(row: &FlagRow, ctx: &Ctx<'_>) -> Option<String> {
    let written = row.measure.as_deref().filter(|measure| !measure.is_empty())?;
    Some(measure_shown(written, ctx.lang))
}

/// The selected flag in full: measure and note.
fn full(row: &FlagRow, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.flags, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let [mark, word] = level(row, ctx);
    let mut lines = vec![Line::from(vec![
        mark,
        word,
        Span::raw(theme.clean(&signal_line(&row.signal, ctx.lang))),
        Span::styled(format!("  {}", words::flag_state(ctx.lang, row.state)), muted),
        Span::styled(files_of(row, ctx), muted),
    ])];
    let measure = measure_of(row, ctx).unwrap_or_else(|| text.no_measure.to_owned());
    let note = text.noted(row).unwrap_or_default().replace('\n', " ");
    let past = text.past(row.beside.lapsed, row.beside.again);
    let again: String = past.map(|said| said + "   ").collect();
    // The table may have cut her name, and has no room for the age on a narrow screen.
    let whose = format!("{} {}", row.name, age(row, ctx));
    let joined = format!("{whose}   {again}{} {measure}   {note}", text.measure);
    let room = usize::from(width).saturating_sub(4);
    for line in wrap(&theme.clean(joined.trim()), room) {
        lines.push(Line::raw(format!("   {line}")));
    }
    lines
}

/// `  2 个文件`; nothing where there are none.
fn files_of(row: &FlagRow, ctx: &Ctx<'_>) -> String {
    let count = row.proofs.len();
    if count == 0 { String::new() } else { format!("  {}", ctx.text.files.count(count)) }
}
