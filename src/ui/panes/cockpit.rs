//! The cockpit: a branch in figures, by officer or by district; behind each figure its customers.
//! Watches `Query::Cockpit` and, where there is room, `Query::Customers` for those behind a figure. Returns `SetFilter` or `ReviewsOf` with `Go`, `Ask` before a month is closed.

mod draw;

use std::sync::Arc;

use chrono::{Datelike as _, Months, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::cockpit::{Figure, Grouping};
use crate::domain::ids::UserId;
use crate::domain::user::Role;
use crate::i18n::format;
use crate::protocol::command::{CockpitCommand, Command, FigureOrder};
use crate::protocol::page::{CockpitPage, CockpitRow, CustomersPage};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
use crate::ui::action::{Action, Answered, QueueOf};
use crate::ui::ask::Ask;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::screen::Screen;
use crate::ui::widgets::frame::{empty, pane_with};
use crate::ui::widgets::scroll::{Scroll, follow};

/// Tag of the question before a month is closed.
const CLOSE: &str = "close-month";

/// A branch in figures.
#[derive(Debug)]
pub struct CockpitPane {
    page: Option<Arc<CockpitPage>>,
    /// Rows as they are shown: all together first, then in the order asked for.
    rows: Vec<CockpitRow>,
    by: Grouping,
    today: NaiveDate,
    month: NaiveDate,
    scroll: Scroll,
    column: usize,
    /// Largest of this figure first; `None` = by name.
    sorted: Option<Figure>,
    /// The first customers behind a figure, and which those are.
    behind: Option<(CustomerFilter, Arc<CustomersPage>)>,
}

impl CockpitPane {
    /// Starts at the month of this day.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            page: None,
            rows: Vec::new(),
            by: Grouping::Officer,
            today,
            month: first_of(today),
            scroll: Scroll::default(),
            // The oldest backlog matters more than how many customers there are.
            column: Figure::OnTime as usize,
            sorted: None,
            behind: None,
        }
    }

    /// The business date changed: stays on this month if it was there.
    pub fn set_today(&mut self, today: NaiveDate) {
        if self.month == first_of(self.today) {
            self.month = first_of(today);
        }
        self.today = today;
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        Some(Query::Cockpit { by: self.by, month: self.month })
    }

    /// The customers behind the selected figure, where a screen of these cells has room for some of
    /// them below the figures.
    pub fn query_behind(&self, (_, height): (u16, u16)) -> Option<Query> {
        let room = draw::room(height.saturating_sub(draw::AROUND), self.rows.len())?;
        self.row().filter(|row| row.count(self.figure()) > 0)?;
        let sort = match self.figure() {
            Figure::Customers | Figure::Unplanned | Figure::Gaps => CustomerSort::Exposure,
            Figure::Flags => CustomerSort::Flags,
            _ => CustomerSort::NextDue,
        };
        let window = Window { offset: 0, limit: room.into() };
        Some(Query::Customers { filter: self.filter()?, sort, window })
    }

    /// Takes the customers behind the selected figure.
    pub fn load_behind(&mut self, page: Arc<CustomersPage>) {
        self.behind = self.filter().map(|filter| (filter, page));
    }

    /// What leads to the customers behind the selected figure, as [`Self::drill`] says it in words.
    fn filter(&self) -> Option<CustomerFilter> {
        let (row, figure) = (self.row()?, self.figure());
        let key = (self.scroll.selected() > 0).then(|| row.key.clone());
        let (officer, district) = match self.by {
            Grouping::Officer => (key.map(UserId::from), None),
            Grouping::District => (None, key),
        };
        Some(CustomerFilter {
            officer,
            district,
            figure: (figure != Figure::Customers).then_some(figure),
            month: (figure == Figure::OnTime).then_some(self.month),
            ..CustomerFilter::default()
        })
    }

    /// Takes a page; the selection stays on its row.
    pub fn load(&mut self, page: Arc<CockpitPage>) {
        let same = self.page.as_ref().is_some_and(|before| before.by == page.by);
        let wanted = self.row().map(|row| row.key.clone()).filter(|_| same);
        self.page = Some(page);
        self.arrange();
        let keys = self.rows.iter().map(|row| row.key.clone());
        follow(&mut self.scroll, wanted.as_ref(), keys);
    }

    fn arrange(&mut self) {
        let Some(page) = &self.page else { return };
        let mut rows = page.rows.clone();
        if let Some(figure) = self.sorted {
            rows.sort_by_key(|row| std::cmp::Reverse(row.count(figure)));
        }
        self.rows = vec![page.total.clone()];
        self.rows.extend(rows);
    }

    fn row(&self) -> Option<&CockpitRow> {
        self.rows.get(self.scroll.selected())
    }

    fn figure(&self) -> Figure {
        Figure::ALL.get(self.column).copied().unwrap_or(Figure::Customers)
    }

    /// Moves over rows and figures, drills down, makes a file, closes the month.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let last = Figure::ALL.len() - 1;
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(last),
            Action::MonthPrevious => {
                let before = self.month.checked_sub_months(Months::new(1));
                let earliest = self.page.as_ref().map_or(self.month, |page| page.earliest);
                self.month = before.filter(|month| *month >= earliest).unwrap_or(self.month);
            }
            Action::MonthNext => {
                let next = self.month.checked_add_months(Months::new(1));
                self.month = next.unwrap_or(self.month).min(first_of(self.today));
            }
            Action::Today => self.month = first_of(self.today),
            Action::Group => {
                self.by = self.by.other();
                self.scroll.select(0);
            }
            Action::Sort => {
                let figure = self.figure();
                self.sorted = if self.sorted == Some(figure) { None } else { Some(figure) };
                self.arrange();
                self.scroll.select(0);
            }
            Action::Open => return self.drill(ctx),
            Action::ExportFigures => {
                let lang = ctx.lang.of_file();
                let order = FigureOrder { by: self.by, month: self.month, lang };
                let export = CockpitCommand::Export { order, made: None };
                return vec![Action::apply(Command::Cockpit(export))];
            }
            Action::CloseMonth => return vec![self.ask(ctx)],
            Action::Answered(Answered { tag: CLOSE, .. }) => {
                let close = CockpitCommand::CloseMonth { month: self.month };
                return vec![Action::apply(Command::Cockpit(close))];
            }
            Action::Copy => {
                let text = self.row().map(|row| row.name.clone()).unwrap_or_default();
                return vec![Action::CopyText(text)];
            }
            _ => {
                self.scroll.on_action(action, self.rows.len());
            }
        }
        Vec::new()
    }

    /// The customers behind the figure, in the customer table, where all that can be done with them is;
    /// behind the reviews, the queue of them.
    fn drill(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(row) = self.row() else { return Vec::new() };
        let figure = self.figure();
        if row.count(figure) == 0 {
            return vec![Action::warn(ctx.text.cockpit.nobody)];
        }
        let of_one = self.scroll.selected() > 0;
        if figure == Figure::Reviews {
            // What is waited for is a decision, not a customer.
            let of = QueueOf { by: self.by, key: row.key.clone(), name: row.name.clone() };
            let of = of_one.then(|| Box::new(of));
            return vec![Action::ReviewsOf(of), Action::Go(Screen::Review)];
        }
        let mut words = Vec::new();
        let text = &ctx.text.cockpit;
        if of_one {
            let key = match self.by {
                Grouping::Officer => text.filter_officer,
                Grouping::District => text.filter_district,
            };
            words.push(format!("{key}:{}", quoted(&row.key)));
        }
        if figure != Figure::Customers {
            words.push(text.filter(figure));
        }
        if figure == Figure::OnTime {
            words.push(format!("{}:{}", text.filter_month, self.month.format("%Y-%m")));
        }
        vec![Action::SetFilter(words.join(" ")), Action::Go(Screen::Customers)]
    }

    /// Asks once; where it can't be done, says why and what helps.
    fn ask(&self, ctx: &Ctx<'_>) -> Action {
        let text = &ctx.text.cockpit;
        if ctx.home.is_none_or(|home| home.role != Role::Supervisor) {
            return Action::warn(text.only_supervisors);
        }
        let Some(page) = self.page.as_ref().filter(|page| page.month == self.month) else {
            return Action::warn(ctx.text.shell.loading);
        };
        if let Some(closed) = &page.closed {
            return Action::warn(text.closed(&ctx.theme.clean(&closed.by), &closed.at));
        }
        let last = last_of(self.month);
        if last > ctx.today {
            return Action::warn(text.not_over(&format::near_day(last, ctx.today)));
        }
        let unplanned = page.total.count(Figure::Unplanned);
        let gaps = page.total.count(Figure::Gaps);
        if unplanned + gaps > 0 {
            return Action::warn(text.blocked(unplanned, gaps));
        }
        let lines = vec![text.ask_frozen.to_owned(), text.ask_once.to_owned()];
        let title = format!("{}  {}", format::month(ctx.lang, self.month), text.ask_title);
        Action::ask(Ask::confirm(CLOSE, title, lines).dangerous())
    }

    /// What a write of this pane came to.
    pub fn on_done(&mut self, command: &Command, ctx: &Ctx<'_>) -> Vec<Action> {
        match command {
            Command::Cockpit(CockpitCommand::CloseMonth { .. }) => {
                let text = ctx.text.cockpit.closed_done.to_owned();
                vec![Action::say(text)]
            }
            _ => Vec::new(),
        }
    }

    /// Its own keys: arrows move by rows and figures.
    pub fn context(&self) -> KeyContext {
        KeyContext::Cockpit
    }

    /// Draws the figures.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let month = format::month(ctx.lang, self.month);
        let title = format!("{month} {}", ctx.text.cockpit.grouping(self.by));
        let shown = self.page.clone().filter(|page| page.month == self.month && page.by == self.by);
        let Some(page) = shown else {
            let inner = pane_with(frame, area, &title, "", focused, ctx);
            empty(frame, inner, ctx.text.shell.loading, ctx);
            return;
        };
        let text = &ctx.text.cockpit;
        let state = page.closed.as_ref().map_or_else(
            // The backlog of a past month is not kept until it is closed.
            || {
                let past = self.month < first_of(self.today);
                (if past { text.open_past } else { text.open }).to_owned()
            },
            |closed| text.closed(&ctx.theme.clean(&closed.by), &closed.at),
        );
        let inner = pane_with(frame, area, &title, &state, focused, ctx);
        if page.rows.is_empty() {
            empty(frame, inner, &ctx.why_empty(text.none), ctx);
            return;
        }
        let filter = self.filter();
        let behind = self.behind.as_ref().filter(|(of, _)| filter.as_ref() == Some(of));
        let behind = behind.map(|(_, page)| page.as_ref());
        let at = draw::At {
            page: &page,
            rows: &self.rows,
            figure: self.figure(),
            sorted: self.sorted,
            behind,
        };
        draw::render(frame, inner, &at, &mut self.scroll, focused, ctx);
    }
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(month)
}

/// A word of the filter language: what has blanks stands in quotes, what is empty is a dash.
fn quoted(text: &str) -> String {
    if text.is_empty() {
        "-".to_owned()
    } else if text.contains(char::is_whitespace) {
        format!("\"{}\"", text.replace('"', ""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests;
