//! One day of an officer's month: its visits, set or proposed, its appointments, who is near by;
//! below, the visits for which there is no day.
//! Watches `Query::MonthPlan`. Returns `PlanDay`, `StartVisit`, `OpenCustomer`, `OpenWhy`.

mod act;
mod draw;
mod room;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::duty::DueKey;
use crate::domain::ids::{AppointmentId, CustomerId, UserId};
use crate::protocol::command::{FixedDay, Revision};
use crate::protocol::page::{MonthPlanPage, PlanAppointment, PlanVisit, Stand};
use crate::protocol::query::Query;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::blocks::Blocks;
use crate::ui::widgets::scroll::Scroll;

/// A row that can be selected; the number is a position in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A due visit of the day.
    Visit(usize),
    /// An appointment.
    Appointment(usize),
    /// A due visit near by.
    Near(usize),
    /// A due visit without a day.
    NoDay(usize),
}

/// What a row is about, to find it again after the page has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Of {
    Visit(DueKey),
    Appointment(AppointmentId),
}

/// What the open dialog is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    /// A delay or the end of a duty.
    Request(CustomerId, NaiveDate),
    /// Another day for a due visit.
    Move(PlanVisit),
    /// A new appointment of an officer, or one that is changed.
    Appoint(UserId, Option<(AppointmentId, Revision)>),
    /// An appointment to be taken out.
    Cancel(AppointmentId, Revision),
    /// All proposals.
    AcceptAll(Vec<FixedDay>),
    /// A visit is set, and proposals of its day get another one.
    GiveWay(Vec<FixedDay>),
}

/// One day of the month plan.
#[derive(Debug, Default)]
pub struct DayPane {
    page: Option<Arc<MonthPlanPage>>,
    first: NaiveDate,
    officer: Option<UserId>,
    day: NaiveDate,
    scroll: Scroll,
    blocks: Blocks,
    /// The row to come back to when the page of its new day is there.
    wanted: Option<Of>,
    asked: Option<Asked>,
}

impl DayPane {
    /// Shows a day of an officer's month.
    pub fn show(&mut self, first: NaiveDate, officer: Option<UserId>, day: NaiveDate) {
        if officer != self.officer || day != self.day {
            self.scroll.select(0);
            self.blocks.reset();
        }
        (self.first, self.officer, self.day) = (first, officer, day);
        self.seek();
    }

    /// The customer of the selected row.
    pub fn selected(&self) -> Option<CustomerId> {
        self.visit().map(|visit| visit.customer.clone())
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        let officer = self.officer.clone()?;
        Some(Query::MonthPlan { first: self.first, officer })
    }

    /// Takes a page; the selection stays on what it is about.
    pub fn load(&mut self, page: Arc<MonthPlanPage>) {
        if self.wanted.is_none() {
            self.wanted = self.row().and_then(|row| self.of(row));
        }
        self.page = Some(page);
        self.seek();
        self.wanted = None;
        let len = self.rows().len();
        self.scroll.select(self.scroll.selected().min(len.saturating_sub(1)));
    }

    /// Selects the row that is wanted, if it is here.
    fn seek(&mut self) {
        let Some(wanted) = self.wanted.clone() else { return };
        let found = self.rows().iter().position(|row| self.of(*row).as_ref() == Some(&wanted));
        if let Some(at) = found {
            self.scroll.select(at);
        }
    }

    /// The page, if it is of the month and officer that are meant.
    fn page(&self) -> Option<&MonthPlanPage> {
        let page = self.page.as_deref()?;
        (page.first == self.first && Some(&page.officer) == self.officer.as_ref()).then_some(page)
    }

    /// What can be selected, in order.
    fn rows(&self) -> Vec<Row> {
        let Some(page) = self.page() else { return Vec::new() };
        let mut rows: Vec<Row> = page.on(self.day).into_iter().map(Row::Visit).collect();
        let others = page.appointments.iter().enumerate();
        rows.extend(
            others.filter(|(_, one)| one.day == self.day).map(|(at, _)| Row::Appointment(at)),
        );
        let near = page.near.iter().filter(|(day, _)| *day == self.day);
        rows.extend(near.map(|(_, at)| Row::Near(*at)));
        let visits = page.visits.iter().enumerate();
        let without = visits.filter(|(_, visit)| matches!(visit.stand, Stand::Unplaced(_)));
        rows.extend(without.map(|(at, _)| Row::NoDay(at)));
        rows
    }

    fn row(&self) -> Option<Row> {
        self.rows().get(self.scroll.selected()).copied()
    }

    /// What a row is about.
    fn of(&self, row: Row) -> Option<Of> {
        let page = self.page()?;
        match row {
            Row::Visit(at) | Row::Near(at) | Row::NoDay(at) => {
                page.visits.get(at).map(|visit| Of::Visit(visit.key()))
            }
            Row::Appointment(at) => {
                page.appointments.get(at).map(|one| Of::Appointment(one.id.clone()))
            }
        }
    }

    /// The due visit of the selected row.
    fn visit(&self) -> Option<&PlanVisit> {
        match self.row()? {
            Row::Visit(at) | Row::Near(at) | Row::NoDay(at) => self.page()?.visits.get(at),
            Row::Appointment(_) => None,
        }
    }

    /// The appointment of the selected row.
    fn appointment(&self) -> Option<&PlanAppointment> {
        match self.row()? {
            Row::Appointment(at) => self.page()?.appointments.get(at),
            _ => None,
        }
    }

    /// A list.
    pub fn context(&self) -> KeyContext {
        KeyContext::Day
    }
}
