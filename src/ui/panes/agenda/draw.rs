//! The due list on the screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{AgendaPane, deadlines};
use crate::domain::duty::{DutyClass, DutyCode};
use crate::i18n::{Lang, format, words};
use crate::protocol::page::{AgendaPage, AgendaRow};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, highlight, pane_with, put};
use crate::ui::width::cells;

/// So many lines stand below the list at the most.
const MOST_BESIDE: usize = 4;
/// So many occasions stand below the list at the most.
const MOST_OCCASIONS: usize = 2;

/// From this width on a visit says all in one line.
const ROOMY: usize = 60;

/// Draws what stands beside the due list at the foot: what is set on the day, then what officers
/// want to do sooner than the plan. Gives the room that is left.
fn beside(page: &AgendaPage, frame: &mut Frame<'_>, inner: Rect, ctx: &Ctx<'_>) -> Rect {
    let (theme, text) = (ctx.theme, ctx.text);
    let set = page.plans.iter().map(|plan| {
        let due = plan.due.map(|due| format::near_day(due, ctx.today));
        let mark = if due.is_some() { theme.glyphs.done_box } else { theme.glyphs.becomes };
        let due = due.map(|due| text.agenda.due_on(&due)).unwrap_or_default();
        let parts = [plan.title.as_str(), plan.district.as_deref().unwrap_or_default(), &due];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (format!(" {mark} "), said.join("  "))
    });
    let wishes = page.wishes.iter().map(|wish| {
        let day = format::near_day(wish.on, ctx.today);
        let head = format!(" {} {day} ", text.conduct.wishes);
        (head, format!("{}  {}", wish.name, wish.why))
    });
    let most = usize::from(inner.height / 3).min(MOST_BESIDE);
    let shown = (page.plans.len() + page.wishes.len()).min(most);
    let top = inner.height.saturating_sub(u16::try_from(shown).unwrap_or(0));
    for (row, (head, said)) in (top..inner.height).zip(set.chain(wishes)) {
        let room = usize::from(inner.width).saturating_sub(cells(&head));
        let line = Line::from(vec![
            Span::styled(head, theme.style(Meaning::Accent)),
            Span::styled(theme.cut(&said, room), theme.style(Meaning::Muted)),
        ]);
        put(frame, inner, row, line);
    }
    Rect { height: top, ..inner }
}

/// Draws the occasions of the day at the foot; gives the room that is left.
fn occasions(page: &AgendaPage, frame: &mut Frame<'_>, inner: Rect, ctx: &Ctx<'_>) -> Rect {
    let shown = page.occasions.len().min(MOST_OCCASIONS).min(usize::from(inner.height / 3));
    let top = inner.height.saturating_sub(u16::try_from(shown).unwrap_or(0));
    for (row, occasion) in (top..inner.height).zip(&page.occasions) {
        let day = format::near_day(occasion.on, ctx.today);
        let said = format!(" {}", ctx.text.agenda.occasion(occasion, &day));
        let said = ctx.theme.cut(&said, usize::from(inner.width));
        put(frame, inner, row, Line::styled(said, ctx.theme.style(Meaning::Muted)));
    }
    Rect { height: top, ..inner }
}

impl AgendaPane {
    /// Draws the list; the wider, the more columns.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let text = &ctx.text.agenda;
        let total = self.page.as_ref().map_or(0, |p| p.total);
        let title = if self.overdue_only {
            text.overdue_title.to_owned()
        } else {
            let today = if self.day == ctx.today { text.today } else { "" };
            let day = format::near_day(self.day, ctx.today);
            let week = if self.ahead().is_some() { text.week_ahead } else { today };
            format!("{day} {} {week}", format::weekday(ctx.lang, self.day)).trim_end().to_owned()
        };
        let inner = pane_with(frame, area, &title, &text.customers(total), focused, ctx);
        let Some(page) = self.page.clone() else { return };
        let inner = occasions(&page, frame, inner, ctx);
        let inner = deadlines::render(&page, frame, inner, ctx);
        let inner = beside(&page, frame, inner, ctx);
        if page.rows.is_empty() {
            let note = if self.overdue_only { text.empty_overdue } else { text.empty_day };
            empty(frame, inner, &ctx.why_empty(note), ctx);
            return;
        }
        let width = usize::from(inner.width);
        let high = rows_high(&page, inner);
        let view = self.part.scroll.view(usize::from(inner.height / high), page.total as usize);
        let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
        for (at, index) in (0_u16..).zip(view) {
            let loaded = index.checked_sub(page.offset as usize);
            let Some(item) = loaded.and_then(|i| page.rows.get(i)) else { continue };
            let lines = if high > 1 {
                self.pair(item, width, ctx)
            } else {
                vec![self.line(item, width, ctx)]
            };
            for (row, line) in (at * high..).zip(lines) {
                put(frame, inner, row, line);
                if index == self.part.scroll.selected() {
                    highlight(frame, inner, row, ctx.theme.style(meaning));
                }
            }
        }
    }

    /// A visit in two lines of a narrow list: whole name and lateness, then what for and how much.
    fn pair(&self, row: &AgendaRow, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        let theme = ctx.theme;
        let (when, when_style) = self.when(row, ctx);
        let (mark, mark_style) = mark(row, ctx);
        let name = theme.fit(&row.name, width.saturating_sub(4 + cells(&when) + 1));
        let head = Line::from(vec![
            Span::styled(format!(" {mark} "), mark_style),
            Span::styled(format!("{name} "), name_style(row, ctx)),
            Span::styled(format!("{when} "), when_style),
        ]);
        let duties = weightiest_first(row);
        let duties: Vec<&str> = duties.iter().map(|code| words::duty(ctx.lang, *code)).collect();
        let sum = format::maybe_amount(ctx.lang, row.exposure);
        let manner = match row.class {
            DutyClass::Onsite => format!("{} · ", words::duty_class(ctx.lang, row.class)),
            DutyClass::Any => String::new(),
        };
        let about = manner + &duties.join(ctx.lang.list_mark());
        let about = theme.fit(&about, width.saturating_sub(4 + cells(&sum) + 1));
        let below = Line::styled(format!("   {about} {sum} "), theme.style(Meaning::Muted));
        vec![head, below]
    }

    fn line(&self, row: &AgendaRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
        let theme = ctx.theme;
        let codes = weightiest_first(row);
        let codes: Vec<&str> = codes.iter().map(|c| words::duty_short(ctx.lang, *c)).collect();
        let (when, when_style) = self.when(row, ctx);
        let (mark, mark_style) = mark(row, ctx);
        let roomy = width >= ROOMY;
        let codes = match codes.as_slice() {
            [first, rest @ ..] if !roomy && !rest.is_empty() => format!("{first}+{}", rest.len()),
            _ => codes.join(" "),
        };
        let when_width = match (ctx.lang, roomy) {
            (_, true) => 9,
            (Lang::Zh, _) if self.ahead().is_none() => 7,
            _ => 8,
        };
        let codes_width = if roomy { 18 } else { 8 };
        let mut extra: Vec<Span<'static>> = Vec::new();
        let mut used = 3 + 1 + codes_width + 1 + when_width + 1;
        let mut add = |text: String, wide: usize, right: bool, style| {
            let fitted = if right { theme.fit_right(&text, wide) } else { theme.fit(&text, wide) };
            extra.push(Span::styled(format!("{fitted}  "), style));
            used += wide + 2;
        };
        let plain = theme.style(Meaning::Text);
        let muted = theme.style(Meaning::Muted);
        if width >= 56 {
            add(words::duty_class(ctx.lang, row.class).to_owned(), 7, false, muted);
        }
        if width >= 56 && self.page.as_ref().is_some_and(|page| page.rows.iter().any(is_moved)) {
            add(moved(row, ctx), 9, false, theme.style(Meaning::Accent));
        }
        if width >= 68 {
            add(format::maybe_amount(ctx.lang, row.exposure), 9, true, plain);
        }
        if width >= 80 {
            add(words::tier(ctx.lang, row.tier).to_owned(), 8, false, theme.tier(row.tier));
        }
        if width >= 96 {
            let line = row.line.map_or("", |l| words::line(ctx.lang, l));
            add(line.to_owned(), 10, false, muted);
            add(row.officer_name.clone(), 8, false, muted);
        }
        let name = theme.fit(&row.name, width.saturating_sub(used));
        let mut spans = vec![
            Span::styled(format!(" {mark} "), mark_style),
            Span::styled(format!("{name} "), name_style(row, ctx)),
        ];
        spans.extend(extra);
        spans.push(Span::styled(format!("{} ", theme.fit(&codes, codes_width)), muted));
        spans.push(Span::styled(theme.fit_right(&when, when_width), when_style));
        Line::from(spans)
    }

    /// The last column: until when it is paused, days late, else the state of an open record, else the day
    /// that is set for it, else the day or the class.
    fn when(&self, row: &AgendaRow, ctx: &Ctx<'_>) -> (String, Style) {
        let text = &ctx.text.agenda;
        let style = |meaning| ctx.theme.style(meaning);
        if let Some((until, _)) = row.paused {
            let said = text.paused(&format::near_day(until, ctx.today));
            return (said, style(Meaning::Accent));
        }
        if row.overdue_days > 0 {
            return (text.overdue_days(row.overdue_days), style(Meaning::Overdue));
        }
        if let Some((_, state)) = row.record {
            return (words::visit_state(ctx.lang, state).to_owned(), style(Meaning::Accent));
        }
        if row.asked.is_some() {
            return (ctx.text.requests.waiting.to_owned(), style(Meaning::Accent));
        }
        if let Some(day) = row.planned {
            let day = format::near_day(day, ctx.today);
            return (format!("{}{day}", ctx.theme.glyphs.done_box), style(Meaning::Accent));
        }
        if row.due != self.day {
            return (format::near_day(row.due, ctx.today), style(Meaning::Muted));
        }
        (words::duty_class(ctx.lang, row.class).to_owned(), style(Meaning::Muted))
    }
}

/// Lines that each visit takes: two where a narrow list has room for all of its visits so.
fn rows_high(page: &AgendaPage, inner: Rect) -> u16 {
    let narrow = usize::from(inner.width) < ROOMY;
    if narrow && page.total <= u32::from(inner.height / 2) { 2 } else { 1 }
}

/// What stands before a name: a pause, the flag, a wish, a set day, lateness.
fn mark(row: &AgendaRow, ctx: &Ctx<'_>) -> (&'static str, Style) {
    let theme = ctx.theme;
    match (row.level, row.planned) {
        _ if row.paused.is_some() => (theme.glyphs.paused, theme.style(Meaning::Muted)),
        (Some(level), _) => (theme.level_mark(level), theme.level(level)),
        (None, _) if row.asked.is_some() => ("?", theme.style(Meaning::Accent)),
        (None, Some(_)) => (theme.glyphs.done_box, theme.style(Meaning::Accent)),
        (None, None) if row.overdue_days > 0 => {
            (theme.glyphs.overdue, theme.style(Meaning::Overdue))
        }
        (None, None) => (theme.glyphs.due, theme.style(Meaning::Muted)),
    }
}

/// The duty that asks most gives the name: a call is served by a visit on site.
fn weightiest_first(row: &AgendaRow) -> Vec<DutyCode> {
    let mut duties = row.codes.clone();
    duties.sort_by_key(|code| *code == DutyCode::PeriodicOffsite);
    duties
}

fn name_style(row: &AgendaRow, ctx: &Ctx<'_>) -> Style {
    let meaning = if row.overdue_days > 0 { Meaning::Heading } else { Meaning::Text };
    ctx.theme.style(meaning)
}

/// Whether a day is set for a due visit, it was put off, or that is asked for.
const fn is_moved(row: &AgendaRow) -> bool {
    row.planned.is_some() || row.delayed_from.is_some() || row.asked.is_some()
}

/// What is asked for, else the day that is set, else the due date before it was put off.
fn moved(row: &AgendaRow, ctx: &Ctx<'_>) -> String {
    let day = |day| format::near_day(day, ctx.today);
    if let Some(wish) = row.asked {
        return ctx.text.requests.wish(wish.kind).to_owned();
    }
    match (row.planned, row.delayed_from) {
        (Some(set), _) => format!("{}{}", ctx.theme.glyphs.done_box, day(set)),
        (None, Some(original)) => ctx.text.agenda.was(&day(original)),
        (None, None) => String::new(),
    }
}
