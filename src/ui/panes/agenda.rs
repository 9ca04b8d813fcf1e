//! Due visits of the selected day, overdue ones first on the business date, or all overdue ones.
//! Watches `Query::Agenda`. Returns `StartVisit`, `OpenWhy`, `OpenCustomer`.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::ids::CustomerId;
use crate::domain::order::RequestKind;
use crate::i18n::{Lang, format, words};
use crate::protocol::command::{Command, RequestCommand};
use crate::protocol::page::{AgendaPage, AgendaRow};
use crate::protocol::query::{AgendaFilter, Query};
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, highlight, pane_with, put};
use crate::ui::widgets::scroll::Part;

/// The dialog that asks for a delay or a termination.
const REQUEST: &str = "request";
/// Days of the week ahead, today not counted.
const AHEAD: u64 = 6;

/// So many wishes stand below the list at the most.
const MOST_WISHES: usize = 4;
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
    /// The due visit that the open dialog is about.
    asked: Option<(CustomerId, NaiveDate)>,
}

/// Draws what officers want to do sooner than the plan at the foot; gives the room that is left.
fn wishes(page: &AgendaPage, frame: &mut Frame<'_>, inner: Rect, ctx: &Ctx<'_>) -> Rect {
    let most = usize::from(inner.height / 3).min(MOST_WISHES);
    let shown = page.wishes.len().min(most);
    let lines = u16::try_from(shown).unwrap_or(0);
    let top = inner.height.saturating_sub(lines);
    for (row, wish) in (top..inner.height).zip(&page.wishes) {
        let day = format::near_day(wish.on, ctx.today);
        let head = format!(" {} {day} ", ctx.text.conduct.wishes);
        let room = usize::from(inner.width).saturating_sub(crate::ui::width::cells(&head));
        let said = format!("{}  {}", wish.name, wish.why);
        let line = Line::from(vec![
            Span::styled(head, ctx.theme.style(Meaning::Accent)),
            Span::styled(ctx.theme.cut(&said, room), ctx.theme.style(Meaning::Muted)),
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
            return self.request(answered);
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
                let ask = request_form(row, ctx);
                self.asked = Some((id, row.due));
                vec![Action::ask(ask)]
            }
            Action::Open => vec![Action::OpenCustomer(id)],
            Action::Copy => vec![Action::CopyText(row.name.clone())],
            _ => Vec::new(),
        }
    }

    /// Asks the store for what the dialog says.
    fn request(&mut self, answered: &Answered) -> Vec<Action> {
        let Some((customer, due)) = self.asked.clone().filter(|_| answered.tag == REQUEST) else {
            return Vec::new();
        };
        let value = |at: usize| answered.values.get(at).map_or("", |v| v.trim()).to_owned();
        let kind = RequestKind::from_code(&value(0)).unwrap_or(RequestKind::Delay);
        let new_due = value(1).parse().ok().filter(|_| kind == RequestKind::Delay);
        let (reason, interim) = (value(2), value(3));
        let ask =
            Command::Request(RequestCommand::Ask { customer, due, kind, new_due, reason, interim });
        vec![Action::apply(ask)]
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
        let inner = wishes(&page, frame, inner, ctx);
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
        let codes: Vec<&str> = row.codes.iter().map(|c| words::duty_short(ctx.lang, *c)).collect();
        let (when, when_style) = self.when(row, ctx);
        let (mark, mark_style) = match row.level {
            Some(level) => (theme.level_mark(level), theme.level(level)),
            None if overdue => (theme.glyphs.overdue, theme.style(Meaning::Overdue)),
            None => (theme.glyphs.due, theme.style(Meaning::Muted)),
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

    /// The last column: days late, else the state of an open record, else the day or the class.
    fn when(&self, row: &AgendaRow, ctx: &Ctx<'_>) -> (String, ratatui::style::Style) {
        let text = &ctx.text.agenda;
        let style = |meaning| ctx.theme.style(meaning);
        if row.overdue_days > 0 {
            return (text.overdue_days(row.overdue_days), style(Meaning::Overdue));
        }
        if let Some((_, state)) = row.record {
            return (words::visit_state(ctx.lang, state).to_owned(), style(Meaning::Accent));
        }
        if row.due != self.day {
            return (format::near_day(row.due, ctx.today), style(Meaning::Muted));
        }
        (words::duty_class(ctx.lang, row.class).to_owned(), style(Meaning::Muted))
    }
}

/// Kind, new date, reason and what is done meanwhile.
fn request_form(row: &AgendaRow, ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.requests;
    let kinds = [(RequestKind::Delay, text.delay), (RequestKind::Termination, text.termination)];
    let kinds = kinds.map(|(kind, name)| (kind.as_code().to_owned(), name.to_owned())).to_vec();
    let codes: Vec<&str> = row.codes.iter().map(|c| words::duty_short(ctx.lang, *c)).collect();
    let mut ask = Ask::form(
        REQUEST,
        text.ask_title,
        vec![
            Field::choice(text.kind, RequestKind::Delay.as_code(), kinds),
            Field::date(text.new_due, "").required_when(0, RequestKind::Delay.as_code()),
            Field::text(text.reason, "").required(),
            Field::text(text.interim, ""),
        ],
    )
    .starting_at(1);
    let comma = ctx.lang.pick(", ", "、");
    ask.lines.push(text.about(&ctx.theme.clean(&row.name), row.due, &codes.join(comma)));
    ask
}
