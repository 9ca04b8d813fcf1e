//! The month: how many visits are due on each day, what is overdue, holidays and make-up workdays.
//! Watches `Query::Month`. Returns `SelectDay` when a day is opened.

use std::sync::Arc;

use chrono::{Datelike, Days, Months, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::workday::DayKind;
use crate::i18n::format;
use crate::protocol::calendar::{CalendarCommand, CalendarOrder};
use crate::protocol::command::Command;
use crate::protocol::page::{MonthDay, MonthPage};
use crate::protocol::query::Query;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{pane_with, put};

/// Cells of one day: mark, two digits, two for the count or 休/班; more where there is room.
const CELL: usize = 5;
/// Cells of one day on a wide screen.
const WIDE_CELL: usize = 7;

/// Tag of the dialog that makes a file.
const FILE: &str = "calendar-file";
/// Code of a file without names.
const PRIVATE: &str = "private";

/// With names or without.
fn file_form(ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.calendar;
    let options = vec![
        ("named".to_owned(), text.file_named.to_owned()),
        (PRIVATE.to_owned(), text.file_private.to_owned()),
    ];
    let mut ask =
        Ask::form(FILE, text.file_ask, vec![Field::choice(text.file_names, "named", options)]);
    ask.lines.push(text.file_told.to_owned());
    ask
}

/// The order for one's own file, or a branch's.
const fn file(private: bool, ctx: &Ctx<'_>) -> Command {
    let lang = ctx.lang.of_file();
    let order = CalendarOrder { officer: None, private, lang };
    Command::MakeCalendar(CalendarCommand { order, made: None })
}

/// The month grid.
#[derive(Debug)]
pub struct CalendarPane {
    page: Option<Arc<MonthPage>>,
    today: NaiveDate,
    day: NaiveDate,
}

impl CalendarPane {
    /// Starts at this day.
    pub fn new(today: NaiveDate) -> Self {
        Self { page: None, today, day: today }
    }

    /// The business date changed: stays on today if it was there.
    pub fn set_today(&mut self, today: NaiveDate) {
        if self.day == self.today {
            self.day = today;
        }
        self.today = today;
    }

    /// Goes to a day.
    pub fn select(&mut self, day: NaiveDate) {
        self.day = day;
    }

    /// The selected day.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Rows that it needs: heading, days of the week, weeks of the month, legend.
    pub const fn height() -> u16 {
        9
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        Some(Query::Month { first: first_of(self.day), officer: None })
    }

    /// Takes a page.
    pub fn load(&mut self, page: Arc<MonthPage>) {
        self.page = Some(page);
    }

    /// Moves the day; each move tells the agenda.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let day = self.day;
        let moved = match action {
            Action::Left => day.checked_sub_days(Days::new(1)),
            Action::Right => day.checked_add_days(Days::new(1)),
            Action::Previous => day.checked_sub_days(Days::new(7)),
            Action::Next => day.checked_add_days(Days::new(7)),
            Action::MonthPrevious | Action::PageUp => day.checked_sub_months(Months::new(1)),
            Action::MonthNext | Action::PageDown => day.checked_add_months(Months::new(1)),
            Action::First => Some(first_of(day)),
            Action::Last => {
                first_of(day).checked_add_months(Months::new(1)).and_then(|d| d.pred_opt())
            }
            Action::Today => Some(self.today),
            Action::Open => return vec![Action::SelectDay(day)],
            Action::CalendarFile => return vec![Action::ask(file_form(ctx))],
            Action::Answered(Answered { tag: FILE, values }) => {
                let private = values.first().is_some_and(|value| value == PRIVATE);
                return vec![Action::apply(file(private, ctx))];
            }
            _ => None,
        };
        self.day = moved.unwrap_or(day);
        Vec::new()
    }

    /// Its own keys: arrows move by days and weeks.
    pub fn context(&self) -> KeyContext {
        KeyContext::Calendar
    }

    /// Draws the month.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let text = &ctx.text.calendar;
        let week = self.day.iso_week().week();
        let note = text.week_no(week);
        let title = format::month(ctx.lang, self.day);
        let inner = pane_with(frame, area, &title, &note, focused, ctx);
        let cell = if usize::from(inner.width) >= 7 * WIDE_CELL { WIDE_CELL } else { CELL };
        let mut head = String::new();
        for name in text.weekdays() {
            head.push(' ');
            head.push_str(&ctx.theme.fit(name, cell - 1));
        }
        put(frame, inner, 0, Line::styled(head, ctx.theme.style(Meaning::Muted)));
        let first = first_of(self.day);
        let lead = first.weekday().num_days_from_monday();
        let mut row: u16 = 1;
        let mut spans: Vec<Span<'static>> =
            (0..lead).map(|_| Span::raw(" ".repeat(cell))).collect();
        for day in first.iter_days().take_while(|d| d.month() == first.month()) {
            spans.extend(self.cell(day, cell, focused, ctx));
            if day.weekday() == chrono::Weekday::Sun {
                put(frame, inner, row, Line::from(std::mem::take(&mut spans)));
                row += 1;
            }
        }
        if !spans.is_empty() {
            put(frame, inner, row, Line::from(spans));
        }
        if inner.height > 7 {
            put(frame, inner, 7, self.legend(usize::from(inner.width), ctx));
        }
    }

    /// What is known of a day, if the page is of this month.
    fn known(&self, day: NaiveDate) -> Option<&MonthDay> {
        self.page.as_ref()?.days.iter().find(|d| d.date == day)
    }

    fn cell(
        &self,
        day: NaiveDate,
        cell: usize,
        focused: bool,
        ctx: &Ctx<'_>,
    ) -> Vec<Span<'static>> {
        let known = self.known(day);
        let overdue = known.is_some_and(|d| d.overdue > 0);
        let off = known.is_some_and(|d| !d.workday);
        // Without colours the style underlines, which a blank must not be.
        let mark = if overdue {
            Span::styled(ctx.theme.glyphs.overdue, ctx.theme.style(Meaning::Overdue))
        } else {
            Span::raw(" ")
        };
        let (count, meaning) = tail(known, ctx);
        let mut number = if day == self.today {
            ctx.theme.style(Meaning::Accent).add_modifier(ratatui::style::Modifier::BOLD)
        } else if off {
            ctx.theme.style(Meaning::Muted)
        } else {
            ctx.theme.style(Meaning::Text)
        };
        let selected = if day == self.day {
            ctx.theme.style(if focused { Meaning::Selected } else { Meaning::Shadow })
        } else {
            Style::new()
        };
        number = number.patch(selected);
        vec![
            mark,
            Span::styled(format!("{:>2}", day.day()), number),
            Span::styled(ctx.theme.fit(&count, cell - 3), ctx.theme.style(meaning)),
        ]
    }

    /// Below the grid: the name of the selected day's holiday, what is not known yet, or its load.
    fn legend(&self, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
        let text = &ctx.text.calendar;
        let beyond = self.page.as_ref().is_some_and(|p| self.day > p.planned_to);
        let special = self.known(self.day).and_then(|d| d.special.as_ref());
        let note = if let Some((kind, name)) = special {
            let kind = match kind {
                DayKind::Off => text.off,
                DayKind::Work => text.work,
            };
            format!("{kind} {name}")
        } else if self.known(self.day).is_some_and(|d| d.provisional) {
            text.unannounced.to_owned()
        } else if beyond {
            text.beyond_plan.to_owned()
        } else {
            let Some(known) = self.known(self.day) else { return Line::default() };
            // The agenda beside it also lists the days ahead: say that this is the one day's load.
            let day = format::near_day(self.day, ctx.today);
            format!("{day}  {}", text.load(known.due, known.overdue, known.planned, known.done))
        };
        Line::styled(ctx.theme.cut(&format!(" {note}"), width), ctx.theme.style(Meaning::Muted))
    }
}

/// The count of a day, or that something is set on it, or 休/班, or the mark of a year not announced.
fn tail(known: Option<&MonthDay>, ctx: &Ctx<'_>) -> (String, Meaning) {
    let text = &ctx.text.calendar;
    let Some(known) = known else { return (String::new(), Meaning::Muted) };
    let count = known.due.max(known.overdue);
    if count > 0 {
        let meaning = if known.overdue > 0 { Meaning::Overdue } else { Meaning::Accent };
        return (small(count, ctx), meaning);
    }
    if known.planned > 0 {
        return (ctx.theme.glyphs.done_box.to_owned(), Meaning::Accent);
    }
    match &known.special {
        Some((DayKind::Off, _)) => (short(text.off, ctx), Meaning::Good),
        Some((DayKind::Work, _)) => (short(text.work, ctx), Meaning::Yellow),
        None if known.provisional => ("?".to_owned(), Meaning::Muted),
        None => (String::new(), Meaning::Muted),
    }
}

/// Two cells: 休 and 班 as they are, the English words by their first letter.
fn short(word: &str, ctx: &Ctx<'_>) -> String {
    match ctx.lang {
        crate::i18n::Lang::Zh => word.to_owned(),
        crate::i18n::Lang::En => word.chars().take(1).collect(),
    }
}

/// A count in two cells: raised figures where the terminal has them, `.6` in ASCII.
fn small(count: u32, ctx: &Ctx<'_>) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if !ctx.theme.glyphs.horizontal.is_ascii() {
        let figures = if count > 99 { "99".to_owned() } else { count.to_string() };
        return figures.chars().filter_map(|c| RAISED.get(c.to_digit(10)? as usize)).collect();
    }
    if count > 9 { ".+".to_owned() } else { format!(".{count}") }
}

/// The first day of a day's month.
fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}
