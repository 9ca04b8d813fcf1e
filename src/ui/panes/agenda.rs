//! Due visits of the selected day, overdue ones first on the business date, or all overdue ones.
//! Watches `Query::Agenda`. Returns `StartVisit`, `OpenWhy`, `OpenCustomer`.

mod deadlines;
mod draw;

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::domain::ids::CustomerId;
use crate::protocol::command::Revision;
use crate::protocol::page::{AgendaPage, AgendaRow};
use crate::protocol::query::{AgendaFilter, Query};
use crate::ui::action::{Action, Answered};
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::scroll::Part;
use crate::ui::{pause, request};

/// The dialog that asks for a delay or a termination.
const REQUEST: &str = "request";
/// The dialogs that pause a customer and end the pause.
const PAUSE: &str = "pause";
const RESUME: &str = "resume";
/// Days of the week ahead, today not counted.
const AHEAD: u64 = 6;

/// The due list.
#[derive(Debug)]
pub struct AgendaPane {
    page: Option<Arc<AgendaPage>>,
    day: NaiveDate,
    today: NaiveDate,
    overdue_only: bool,
    part: Part,
    high: bool,
    /// Nothing is due today, so that the week ahead stands there instead.
    bare: bool,
    /// The due visit that the open dialog is about, and the revision of its pause.
    asked: Option<(CustomerId, NaiveDate, Revision)>,
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
            bare: false,
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
        let wanted = self.high || self.bare;
        last.filter(|_| wanted && self.day == self.today && !self.overdue_only)
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
        if self.day == self.today && !self.overdue_only {
            self.bare = page.rows.first().is_none_or(|row| row.due > self.today);
        }
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
        let Some(row) = self.row() else { return self.nothing(action, ctx) };
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

    /// A key about a visit where there is none.
    fn nothing(&self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.agenda;
        let about_a_visit = matches!(
            action,
            Action::Visit
                | Action::Why
                | Action::Delay
                | Action::Pause
                | Action::Open
                | Action::Copy
        );
        let note = if self.overdue_only { text.empty_overdue } else { text.empty_day };
        if about_a_visit && self.page.is_some() { vec![Action::warn(note)] } else { Vec::new() }
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

    fn row(&self) -> Option<&AgendaRow> {
        let page = self.page.as_ref()?;
        page.rows.get(self.part.index_in(page.offset)?)
    }
}

#[cfg(test)]
mod tests;
