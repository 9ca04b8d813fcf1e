//! Due visits of the selected day, overdue ones first on the business date, or all overdue ones.
//! Watches `Query::Agenda`. Returns `StartVisit`, `OpenWhy`, `OpenCustomer`.

mod deadlines;

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::duty::DutyCode;
use crate::domain::ids::CustomerId;
use crate::i18n::{Lang, format, words};
use crate::protocol::command::Revision;
use crate::protocol::page::{AgendaPage, AgendaRow};
use crate::protocol::query::{AgendaFilter, Query};
use crate::ui::action::{Action, Answered};
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, highlight, pane_with, put};
use crate::ui::widgets::scroll::Part;
use crate::ui::{pause, request};

/// The dialog that asks for a delay or a termination.
const REQUEST: &str = "request";
/// The dialogs that pause a customer and end the pause.
const PAUSE: &str = "pause";
const RESUME: &str = "resume";
/// Days of the week ahead, today not counted.
const AHEAD: u64 = 6;

/// So many lines stand below the list at the most.
const MOST_BESIDE: usize = 4;
/// So many occasions stand below the list at the most.
const MOST_OCCASIONS: usize = 2;

/// The due list.
#[derive(Debug)]
pub struct AgendaPane {
    page: Option<Arc<AgendaPage>>,
    day: NaiveDate,
    today: NaiveDate,
    overdue_only: bool,
    part: Part,
    high: bool,
    /// The due visit that the open dialog is about, and the revision of its pause.
    asked: Option<(CustomerId, NaiveDate, Revision)>,
}

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
        let room = usize::from(inner.width).saturating_sub(crate::ui::width::cells(&head));
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
    /// Starts at this day.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            page: None,
            day: today,
            today,
            overdue_only: false,
            part: Part::default(),
            high: false,
            asked: None,
        }
    }

    /// Shows another day.
    pub fn show_day(&mut self, day: NaiveDate) {
        if day != self.day {
            self.day = day;
            self.overdue_only = false;
            self.part.reset();
        }
    }

    /// The business date changed.
    pub fn set_today(&mut self, today: NaiveDate) {
        self.today = today;
    }

    /// On a high screen the week ahead stands below what is due today.
    pub fn set_high(&mut self, high: bool) {
        self.high = high;
    }

    /// Tells how high the terminal is.
    pub const fn set_rows(&mut self, rows: u16) {
        self.part.set_rows(rows);
    }

    /// The last day shown, where that is not the only one.
    fn ahead(&self) -> Option<NaiveDate> {
        let last = self.day.checked_add_days(Days::new(AHEAD));
        last.filter(|_| self.high && self.day == self.today && !self.overdue_only)
    }

    /// The customer of the selected row.
    pub fn selected(&self) -> Option<CustomerId> {
        self.row().map(|row| row.customer.clone())
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        let filter = match self.ahead() {
            Some(last) => AgendaFilter::Until(last),
            None if self.overdue_only => AgendaFilter::Overdue,
            None => AgendaFilter::Day(self.day),
        };
        Some(Query::Agenda { filter, class: None, officer: None, window: self.part.window() })
    }

    /// Takes a page; the selection stays on its customer.
    pub fn load(&mut self, page: Arc<AgendaPage>) {
        let wanted = self.row().map(|row| (row.customer.clone(), row.due));
        let rows = page.rows.iter().map(|row| (row.customer.clone(), row.due));
        self.part.follow(wanted.as_ref(), page.offset, rows);
        self.page = Some(page);
    }

    /// Moves, or does something about the selected visit.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        if let Action::Answered(answered) = action {
            return self.answered(answered);
        }
        let total = self.page.as_ref().map_or(0, |p| p.total);
        if self.part.on_action(action, total) {
            return Vec::new();
        }
        if *action == Action::Overdue {
            self.overdue_only = !self.overdue_only;
            self.part.reset();
            return Vec::new();
        }
        let Some(row) = self.row() else { return Vec::new() };
        let id = row.customer.clone();
        match action {
            Action::Visit => match &row.record {
                Some((visit, state)) if state.is_open() => vec![Action::OpenVisit(visit.clone())],
                _ => vec![Action::StartVisit(id)],
            },
            Action::Why => vec![Action::OpenWhy(id)],
            Action::Delay => {
                let ask =
                    request::form(REQUEST, &row.name, row.due, (&row.codes, row.delay_to), ctx);
                self.asked = Some((id, row.due, 0));
                vec![Action::ask(ask)]
            }
            Action::Pause
                if ctx
                    .home
                    .is_some_and(|home| home.role != crate::domain::user::Role::Supervisor) =>
            {
                vec![Action::warn(ctx.text.board.only_supervisors)]
            }
            Action::Pause => {
                let ask = match row.paused {
                    Some((until, _)) => pause::end(RESUME, &row.name, until, ctx),
                    None => pause::form(PAUSE, &row.name, ctx),
                };
                self.asked = Some((id, row.due, row.paused.map_or(0, |(_, revision)| revision)));
                vec![Action::ask(ask)]
            }
            Action::Open => vec![Action::OpenCustomer(id)],
            Action::Copy => vec![Action::CopyText(row.name.clone())],
            _ => Vec::new(),
        }
    }

    /// What the open dialog was answered with.
    fn answered(&mut self, answered: &Answered) -> Vec<Action> {
        let Some((customer, due, seen)) = self.asked.clone() else { return Vec::new() };
        let command = match answered.tag {
            REQUEST => Some(request::command(customer, due, &answered.values)),
            PAUSE => pause::pause(customer, seen, &answered.values),
            RESUME => Some(pause::resume(customer, seen)),
            _ => None,
        };
        command.map(Action::apply).into_iter().collect()
    }

    /// A list.
    pub fn context(&self) -> KeyContext {
        KeyContext::Agenda
    }

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
        let view = self.part.scroll.view(usize::from(inner.height), page.total as usize);
        for (row, index) in (0_u16..).zip(view) {
            let loaded = index.checked_sub(page.offset as usize);
            let Some(item) = loaded.and_then(|i| page.rows.get(i)) else { continue };
            put(frame, inner, row, self.line(item, width, ctx));
            if index == self.part.scroll.selected() {
                let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
                highlight(frame, inner, row, ctx.theme.style(meaning));
            }
        }
    }

    fn row(&self) -> Option<&AgendaRow> {
        let page = self.page.as_ref()?;
        page.rows.get(self.part.index_in(page.offset)?)
    }

    fn line(&self, row: &AgendaRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
        let theme = ctx.theme;
        let overdue = row.overdue_days > 0;
        // The duty that asks most gives the name: a call is served by a visit on site.
        let mut duties = row.codes.clone();
        duties.sort_by_key(|code| *code == DutyCode::PeriodicOffsite);
        let codes: Vec<&str> = duties.iter().map(|c| words::duty_short(ctx.lang, *c)).collect();
        let (when, when_style) = self.when(row, ctx);
        let (mark, mark_style) = match (row.level, row.planned) {
            _ if row.paused.is_some() => (theme.glyphs.paused, theme.style(Meaning::Muted)),
            (Some(level), _) => (theme.level_mark(level), theme.level(level)),
            (None, _) if row.asked.is_some() => ("?", theme.style(Meaning::Accent)),
            (None, Some(_)) => (theme.glyphs.done_box, theme.style(Meaning::Accent)),
            (None, None) if overdue => (theme.glyphs.overdue, theme.style(Meaning::Overdue)),
            (None, None) => (theme.glyphs.due, theme.style(Meaning::Muted)),
        };
        let roomy = width >= 60;
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
        let mut add = |text: String, cells: usize, right: bool, style| {
            let fitted =
                if right { theme.fit_right(&text, cells) } else { theme.fit(&text, cells) };
            extra.push(Span::styled(format!("{fitted}  "), style));
            used += cells + 2;
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
        let name_style = if overdue { theme.style(Meaning::Heading) } else { plain };
        let name = theme.fit(&row.name, width.saturating_sub(used));
        let mut spans = vec![
            Span::styled(format!(" {mark} "), mark_style),
            Span::styled(format!("{name} "), name_style),
        ];
        spans.extend(extra);
        spans.push(Span::styled(format!("{} ", theme.fit(&codes, codes_width)), muted));
        spans.push(Span::styled(theme.fit_right(&when, when_width), when_style));
        Line::from(spans)
    }

    /// The last column: until when it is paused, days late, else the state of an open record, else the day
    /// that is set for it, else the day or the class.
    fn when(&self, row: &AgendaRow, ctx: &Ctx<'_>) -> (String, ratatui::style::Style) {
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
