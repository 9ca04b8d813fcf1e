//! Statements of a customer: ratios in four columns with their judgement, the lines themselves, and
//! whether they add up. A statement is entered or corrected from here.

use std::sync::Arc;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use super::asking::Asking;
use crate::domain::ids::CustomerId;
use crate::domain::statement::Statement;
use crate::i18n::format::full_day;
use crate::protocol::command::{Command, KeepStatement, Revision};
use crate::protocol::page::StatementsPage;
use crate::protocol::query::{Query, Slot};
use crate::ui::action::{Action, Entering};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::muted;
use crate::ui::widgets::frame::{highlight, listing, place, popup, put, tabs};
use crate::ui::widgets::reader::Reader;

mod draw;
mod find;
mod ratios;

pub(super) use draw::check as draw_check;

/// Which part is in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    #[default]
    Ratios,
    Lines,
    Checks,
}

impl View {
    const ALL: [Self; 3] = [Self::Ratios, Self::Lines, Self::Checks];

    const fn title(self, ctx: &Ctx<'_>) -> &'static str {
        match self {
            Self::Ratios => ctx.text.statements.ratios,
            Self::Lines => ctx.text.statements.lines,
            Self::Checks => ctx.text.statements.checks,
        }
    }

    fn turn(self, forward: bool) -> Self {
        let step = if forward { 1 } else { Self::ALL.len() - 1 };
        Self::ALL.get((self as usize + step) % Self::ALL.len()).copied().unwrap_or_default()
    }
}

/// Cells of the box, at the most.
const WIDEST: u16 = 168;

/// The statements of one customer.
#[derive(Debug)]
pub struct Statements {
    customer: CustomerId,
    page: Option<Arc<StatementsPage>>,
    view: View,
    /// The period in view; `None` = the latest.
    end: Option<NaiveDate>,
    reader: Reader,
    find: find::Find,
    /// Why the statement of a day is to go, as it was seen.
    asking: Asking<(), (NaiveDate, Revision)>,
    /// Cells of the lines when they were last drawn.
    width: usize,
}

impl Statements {
    pub(super) fn new(customer: CustomerId) -> Self {
        let (view, reader, find) = (View::default(), Reader::default(), find::Find::default());
        let asking = Asking::default();
        Self { customer, page: None, view, end: None, reader, find, asking, width: 0 }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        (Slot::Statements, Query::Statements { customer: self.customer.clone() })
    }

    /// Whether there is no statement on file.
    fn is_empty(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.statements.is_empty())
    }

    /// Whether an action can do anything with the statements there are.
    pub(super) fn offers(&self, action: &Action) -> bool {
        if let Some(offered) = self.asking.offers(action) {
            return offered;
        }
        !self.is_empty() || matches!(action, Action::NewStatement | Action::Back)
    }

    /// What was asked for could not be written: its form comes back and says why.
    pub(super) fn reopen(&mut self, why: &str, field: Option<&str>) -> bool {
        self.asking.reopen(why, field)
    }

    pub(super) fn load(&mut self, page: Arc<StatementsPage>) {
        self.page = Some(page);
    }

    /// Where the period in view stands among the statements, latest first.
    fn place(&self, page: &StatementsPage) -> usize {
        let there = |end| page.statements.iter().position(|s| s.period_end == end);
        self.end.and_then(there).unwrap_or(0)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.asking.is_open() {
            let customer = self.customer.clone();
            return self.asking.on_action(action, ctx, |(), (day, seen), answered| {
                let statement = Statement::empty(*day);
                let withdrawn = Some(answered.values.first().cloned().unwrap_or_default());
                let wish = KeepStatement { customer, statement, seen: *seen, withdrawn };
                Ok(Command::KeepStatement(Box::new(wish)))
            });
        }
        if self.find.typing.is_some() {
            return self.on_find(action, ctx);
        }
        if self.reader.on_action(action) {
            return Step::stay();
        }
        match action {
            Action::Search => return self.ask_find(),
            Action::Right | Action::Open => self.view = self.view.turn(true),
            Action::Left => self.view = self.view.turn(false),
            Action::PeriodPrevious => self.step(true),
            Action::PeriodNext => self.step(false),
            Action::Edit => return self.enter(false, ctx),
            Action::NewStatement => return self.enter(true, ctx),
            Action::Withdraw => return self.ask_why(ctx),
            _ => return Step::close(Vec::new()),
        }
        self.find.forget();
        if matches!(action, Action::Left | Action::Right | Action::Open) {
            self.reader = Reader::default();
        }
        Step::stay()
    }

    fn step(&mut self, back: bool) {
        let Some(page) = &self.page else { return };
        let at = self.place(page);
        let at = if back { at + 1 } else { at.saturating_sub(1) };
        if let Some(statement) = page.statements.get(at) {
            self.end = Some(statement.period_end);
        }
    }

    /// Asks why the statement in view is to go.
    fn ask_why(&mut self, ctx: &Ctx<'_>) -> Step {
        let text = &ctx.text.statements;
        let Some(page) = &self.page else { return Step::stay() };
        let at = self.place(page);
        let Some(statement) = page.statements.get(at) else {
            return Step::only(vec![Action::warn(text.none_yet)]);
        };
        let seen = page.revisions.get(at).copied().unwrap_or_default();
        let fields = vec![Field::text(text.reason, "").required()];
        let mut ask = Ask::form("statement", text.withdraw_title, fields).dangerous();
        ask.lines.push(format!("{}  {}", page.name, full_day(statement.period_end)));
        ask.lines.push(text.withdraw_note.to_owned());
        self.asking.begin((), (statement.period_end, seen), ask);
        Step::stay()
    }

    /// Opens the grid: with the statement in view, or with an empty one of the next period.
    fn enter(&mut self, new: bool, ctx: &Ctx<'_>) -> Step {
        // A refusal of what is entered there is none of what was asked here.
        self.asking.forget();
        let Some(page) = &self.page else { return Step::stay() };
        let at = self.place(page);
        let known = page.statements.get(at).filter(|_| !new);
        let (statement, seen) = match known {
            Some(statement) => {
                (statement.clone(), page.revisions.get(at).copied().unwrap_or_default())
            }
            None => (next_statement(page, ctx.today), 0),
        };
        // Beside a figure stands the one before it, so that a slip of the keys is seen.
        let before = page.statements.iter().find(|s| s.period_end < statement.period_end).cloned();
        let own = known.map(|own| own.period_end);
        let days = page.statements.iter().map(|other| other.period_end);
        let on_file = days.filter(|day| Some(*day) != own).collect();
        let entering = Entering {
            customer: self.customer.clone(),
            name: page.name.clone(),
            statement,
            seen,
            before,
            on_file,
        };
        Step::only(vec![Action::EnterStatement(Box::new(entering))])
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.statements;
        let name = self.page.as_ref().map_or(text.title, |page| page.name.as_str());
        let height = area.height.saturating_sub(2).min(52);
        let inner = popup(frame, listing(area, (WIDEST, height), self.is_empty()), name, ctx);
        let Some(page) = self.page.clone() else {
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        let titles = View::ALL.into_iter().map(|view| (view.title(ctx), view == self.view));
        put(frame, inner, 0, tabs(titles, ctx));
        let width = usize::from(inner.width);
        let foot = inner.height.saturating_sub(1);
        if let Some(typing) = &self.find.typing {
            let line =
                Rect { y: inner.y + foot.saturating_sub(1), height: 2.min(inner.height), ..inner };
            typing.render(frame, (line, 0), (text.find, Meaning::Accent), ctx);
        }
        let below = if self.find.typing.is_some() { 2 } else { 0 };
        let body = Rect {
            y: inner.y + 1.min(inner.height),
            height: inner.height.saturating_sub(1 + below),
            ..inner
        };
        self.width = width;
        self.reader.render(frame, body, self.lines(&page, width, ctx));
        let found = self.find.line(width).and_then(|line| self.reader.row_of(line));
        if let Some(row) = found {
            highlight(frame, body, row, ctx.theme.style(Meaning::Selected));
        }
        place(frame, inner, self.reader.place(), ctx);
        self.asking.render(frame, area, ctx);
    }

    /// The part in view.
    fn lines(&self, page: &StatementsPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        match page.statements.get(self.place(page)) {
            None => vec![Line::default(), muted(ctx.text.statements.none_yet, ctx)],
            Some(now) => match self.view {
                View::Ratios => ratios::ratios(page, now, width, ctx),
                View::Lines => draw::lines(page, now, width, ctx),
                View::Checks => draw::checks(now, width, ctx),
            },
        }
    }
}

/// An empty statement of a period that is not on file: of the quarter after the latest one; if that
/// has not ended, of the last month; if that is there as well, of the last quarter that is not.
fn next_statement(page: &StatementsPage, today: NaiveDate) -> Statement {
    use chrono::{Datelike, Months};
    let month_end = |day: NaiveDate| {
        day.with_day(1)?.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt())
    };
    let quarter_end = |day: NaiveDate| {
        let month = (day.month0() / 3 + 1) * 3;
        month_end(NaiveDate::from_ymd_opt(day.year(), month, 1)?)
    };
    let on_file = |end: &NaiveDate| page.statements.iter().any(|s| s.period_end == *end);
    let back = |months: u32| today.checked_sub_months(Months::new(months));
    // The quarters and the months that have ended, the latest first.
    let quarters = || (0..40).filter_map(|n| quarter_end(back(3 * n)?)).filter(|end| *end <= today);
    let last_month = (0..2).filter_map(|n| month_end(back(n)?)).find(|end| *end <= today);
    let latest = page.statements.first().map(|statement| statement.period_end);
    let next = match latest {
        None => quarters().next(),
        Some(latest) => {
            let quarter = latest.succ_opt().and_then(quarter_end).filter(|end| *end <= today);
            quarter.or(last_month.filter(|end| *end > latest))
        }
    };
    let next = next.or_else(|| quarters().find(|end| !on_file(end)));
    let end = next.unwrap_or(today);
    Statement { months: Some(i64::from(end.month())), ..Statement::empty(end) }
}

#[cfg(test)]
mod tests;
