//! The month: for a supervisor officers by days with their load, for an officer (and for the one
//! that a supervisor opens) day by day with the visits.
//! Watches `Query::Board`; shows the page of the day pane as well. Returns `NextPane`.

mod days;
mod grid;

use std::sync::Arc;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::ids::UserId;
use crate::i18n::format;
use crate::protocol::page::{BoardOfficer, BoardPage, MonthPlanPage};
use crate::protocol::query::Query;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::frame::{empty, pane_with};
use crate::ui::widgets::scroll::{Scroll, follow};

/// So many days before the selected one stay in view when the list moves on.
const AHEAD: usize = 4;

/// The month by officer and day.
#[derive(Debug)]
pub struct BoardPane {
    page: Option<Arc<BoardPage>>,
    plan: Option<Arc<MonthPlanPage>>,
    today: NaiveDate,
    day: NaiveDate,
    officers: Scroll,
    days: Scroll,
    /// Whose month a supervisor has opened.
    inside: Option<UserId>,
}

impl BoardPane {
    /// Starts at this day.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            page: None,
            plan: None,
            today,
            day: today,
            officers: Scroll::default(),
            days: Scroll::default(),
            inside: None,
        }
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

    /// First day of the month shown.
    pub fn first(&self) -> NaiveDate {
        self.day.with_day(1).unwrap_or(self.day)
    }

    /// Whose month the day pane shows.
    pub fn officer(&self) -> Option<UserId> {
        self.inside.clone().or_else(|| self.row().map(|one| one.user.clone()))
    }

    /// Back from one officer's month to everybody's; `false` if it isn't open.
    pub fn leave(&mut self) -> bool {
        self.inside.take().is_some()
    }

    fn row(&self) -> Option<&BoardOfficer> {
        self.page.as_ref()?.officers.get(self.officers.selected())
    }

    /// Whether one month is shown day by day.
    fn is_single(&self) -> bool {
        self.inside.is_some() || self.page.as_ref().is_some_and(|page| page.own)
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        Some(Query::Board { first: self.first() })
    }

    /// Takes a page; the selection stays on its officer.
    pub fn load(&mut self, page: Arc<BoardPage>) {
        let wanted = self.row().map(|one| one.user.clone());
        follow(&mut self.officers, wanted.as_ref(), page.officers.iter().map(|o| o.user.clone()));
        self.page = Some(page);
    }

    /// Takes the month of the officer in view.
    pub fn load_plan(&mut self, page: Arc<MonthPlanPage>) {
        self.plan = Some(page);
    }

    /// Moves over days and officers.
    pub fn on_action(&mut self, action: &Action, _: &Ctx<'_>) -> Vec<Action> {
        let single = self.is_single();
        let (day, first) = (self.day, self.first());
        let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
        let moved = match action {
            Action::MonthPrevious => day.checked_sub_months(Months::new(1)),
            Action::MonthNext => day.checked_add_months(Months::new(1)),
            Action::Today => Some(self.today),
            Action::Left if single => {
                self.leave();
                None
            }
            Action::Open | Action::Right if single => return vec![Action::NextPane],
            Action::Left => day.checked_sub_days(Days::new(1)),
            Action::Right => day.checked_add_days(Days::new(1)),
            Action::Open => {
                self.inside = self.row().map(|one| one.user.clone());
                None
            }
            Action::Next if single => day.checked_add_days(Days::new(1)),
            Action::Previous if single => day.checked_sub_days(Days::new(1)),
            Action::PageDown if single => day.checked_add_days(Days::new(7)),
            Action::PageUp if single => day.checked_sub_days(Days::new(7)),
            Action::First if single => Some(first),
            Action::Last if single => last,
            _ => {
                let len = self.page.as_ref().map_or(0, |page| page.officers.len());
                self.officers.on_action(action, len);
                None
            }
        };
        self.day = moved.unwrap_or(day);
        Vec::new()
    }

    /// Its own keys: arrows move by days and officers.
    pub fn context(&self) -> KeyContext {
        KeyContext::Board
    }

    /// The officer's month, if it is the one that is meant.
    fn plan(&self) -> Option<Arc<MonthPlanPage>> {
        let plan = self.plan.clone()?;
        let meant = plan.first == self.first() && Some(&plan.officer) == self.officer().as_ref();
        meant.then_some(plan)
    }

    /// Draws the month.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let text = &ctx.text.board;
        let month = format::month(ctx.lang, self.day);
        let Some(page) = self.page.clone().filter(|page| page.first == self.first()) else {
            let inner = pane_with(frame, area, &month, "", focused, ctx);
            empty(frame, inner, ctx.text.shell.loading, ctx);
            return;
        };
        if page.officers.is_empty() {
            let inner = pane_with(frame, area, &month, "", focused, ctx);
            empty(frame, inner, &ctx.why_empty(text.nobody), ctx);
            return;
        }
        if self.is_single() {
            let plan = self.plan();
            let name = plan.as_ref().map(|plan| ctx.theme.clean(&plan.name)).unwrap_or_default();
            let title = format!("{month} {name}");
            let sums = plan.as_ref().map(|plan| plan.sums()).unwrap_or_default();
            let note = text.sums(sums.0, sums.1, sums.2);
            let inner = pane_with(frame, area, title.trim_end(), &note, focused, ctx);
            if let Some(plan) = plan {
                let len = plan.days.len();
                self.days.select(self.day.day0() as usize);
                // The days to come are of more use than those gone by.
                let height = usize::from(inner.height);
                self.days.view(height, len);
                let at = self.days.selected();
                if at + AHEAD >= self.days.offset() + height {
                    self.days.lead(at.saturating_sub(AHEAD));
                    self.days.select(at);
                }
                let view = self.days.view(height, len);
                days::render(frame, inner, &plan, view, (self.day, focused), ctx);
            } else {
                empty(frame, inner, ctx.text.shell.loading, ctx);
            }
            return;
        }
        let sum = |of: fn(&BoardOfficer) -> u32| page.officers.iter().map(of).sum();
        let note = text.sums(sum(|o| o.fixed), sum(|o| o.proposed), sum(|o| o.unplaced));
        let inner = pane_with(frame, area, &month, &note, focused, ctx);
        let plan = self.plan();
        let at = grid::At { day: self.day, focused, plan: plan.as_deref() };
        grid::render(frame, inner, &page, &mut self.officers, &at, ctx);
    }
}
