//! Financing strategies: what is in force with its plan, what somebody has put forward, what was
//! decided. A strategy is put forward here, step by step, and approved by somebody else.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use super::asking::Asking;
use crate::domain::ids::CustomerId;
use crate::domain::strategy::Strategy;
use crate::domain::user::Work;
use crate::protocol::command::{Command, StrategyCommand};
use crate::protocol::page::{StrategiesPage, StrategyRow};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::{Action, Answered};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::facts::muted;
use crate::ui::widgets::frame::{centered, empty, fitting, popup, put};
use crate::ui::widgets::telling::Telling;

mod draw;
mod entry;

/// Columns of the box.
const WIDEST: u16 = 110;

/// What is being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Propose,
    Approve,
    Refuse,
}

/// The list of those that wait or go by a plan, or one customer.
#[derive(Debug)]
pub struct Strategies {
    customer: Option<CustomerId>,
    page: Option<Arc<StrategiesPage>>,
    telling: Telling,
    asking: Asking<Asked, StrategyRow>,
}

impl Strategies {
    pub(super) fn new(customer: Option<CustomerId>) -> Self {
        Self { customer, page: None, telling: Telling::default(), asking: Asking::default() }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        let query = Query::Strategies { customer: self.customer.clone(), officer: None };
        (Slot::Strategies, query)
    }

    pub(super) fn load(&mut self, page: Arc<StrategiesPage>) {
        let wanted = self.row().map(|row| row.customer.clone());
        let ids = page.rows.iter().map(|row| row.customer.clone());
        self.telling.follow(wanted.as_ref(), ids);
        self.page = Some(page);
    }

    fn row(&self) -> Option<&StrategyRow> {
        self.page.as_ref()?.rows.get(self.telling.selected())
    }

    pub(super) fn context(&self) -> KeyContext {
        self.asking.context().unwrap_or(KeyContext::Strategies)
    }

    /// Whether an action can do anything with the customer in view.
    pub(super) fn offers(&self, action: &Action) -> bool {
        if let Some(offered) = self.asking.offers(action) {
            return offered;
        }
        let Some(row) = self.row() else { return *action == Action::Back };
        let open = row.open.as_ref();
        match action {
            Action::Edit => open.is_none_or(|open| open.own),
            Action::Approve | Action::ReturnRecord => {
                open.is_some_and(|open| !open.own && !open.wrote)
            }
            Action::Withdraw => open.is_some_and(|open| open.own),
            _ => true,
        }
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.asking.on_key(key, ctx)
    }

    /// What was entered could not be written: its form comes back and says why.
    pub(super) fn reopen(&mut self, why: &str, field: Option<&str>) -> bool {
        self.asking.reopen(why, field)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.asking.on_paste(text)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.asking.is_open() {
            return self.asking.on_action(action, ctx, |asked, row, answered| {
                command(asked, row, answered, ctx).map(Command::Strategy)
            });
        }
        let len = self.page.as_ref().map_or(0, |page| page.rows.len());
        if self.telling.on_action(action, len) {
            return Step::stay();
        }
        self.on_row_action(action, ctx)
    }

    fn on_row_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let text = &ctx.text.strategies;
        let warn = |said| Step::only(vec![Action::warn(said)]);
        let Some(row) = self.row() else { return Step::empty(action) };
        let asked = match (action, &row.open) {
            (Action::Open, _) => {
                return Step::close(vec![Action::OpenCustomer(row.customer.clone())]);
            }
            (Action::Edit, Some(open)) if !open.own => return warn(text.waits_other),
            (Action::Edit, _) => Asked::Propose,
            (Action::Approve | Action::ReturnRecord | Action::Withdraw, None) => {
                return warn(text.nothing_open);
            }
            (Action::Approve | Action::ReturnRecord, Some(open)) if open.own => {
                return warn(text.own);
            }
            (Action::Approve | Action::ReturnRecord, Some(open)) if open.wrote => {
                return warn(text.wrote);
            }
            (Action::Approve | Action::ReturnRecord, _)
                if ctx.home.is_some_and(|home| !home.role.does(Work::Decisions)) =>
            {
                return warn(ctx.text.shell.work_decisions);
            }
            (Action::Approve, Some(open)) if open.strategy.has_plan() && open.steps.is_empty() => {
                return warn(text.no_plan);
            }
            (Action::Approve, _) => Asked::Approve,
            (Action::ReturnRecord, _) => Asked::Refuse,
            (Action::Withdraw, Some(open)) if !open.own => return warn(text.not_own),
            (Action::Withdraw, Some(open)) => {
                let (customer, n, seen) = (row.customer.clone(), open.n, open.revision);
                let command = StrategyCommand::Withdraw { customer, n, seen };
                // A refusal of this is none of what was typed before.
                self.asking.forget();
                return Step::only(vec![Action::apply(Command::Strategy(command))]);
            }
            (Action::Left | Action::Right, _) => return Step::stay(),
            _ => return Step::close(Vec::new()),
        };
        let (row, ask) = (row.clone(), entry::ask(asked, row, ctx));
        self.asking.begin(asked, row, ask);
        Step::stay()
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.strategies;
        let page = self.page.clone();
        let most = area.height.saturating_sub(2).min(44);
        let row = page.as_ref().and_then(|page| page.rows.first());
        let height = match row.filter(|_| self.customer.is_some()) {
            // What is told of one customer rarely fills a screen.
            Some(row) => fitting(area, WIDEST, most, |width| {
                let told = draw::told(row, width, ctx).len();
                u16::try_from(told + 2).unwrap_or(u16::MAX)
            }),
            None => most,
        };
        let inner = popup(frame, centered(area, WIDEST, height), text.title, ctx);
        let Some(page) = page else {
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        if page.rows.is_empty() {
            empty(frame, inner, text.none, ctx);
            return;
        }
        let width = usize::from(inner.width);
        let mut head = text.counted(page.total, page.waiting, &page.pack);
        if self.customer.is_some() {
            head = self.row().map(|row| row.name.clone()).unwrap_or_default();
        }
        if !page.verified {
            head = format!("{head}   * {}", text.unverified);
        }
        put(frame, inner, 0, muted(&ctx.theme.cut(&ctx.theme.clean(&head), width), ctx));
        let below = Rect {
            y: inner.y + 1.min(inner.height),
            height: inner.height.saturating_sub(1),
            ..inner
        };
        let rest = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
        let told = |row: &StrategyRow| draw::told(row, width, ctx);
        if self.customer.is_some() {
            let lines = page.rows.first().map(told).unwrap_or_default();
            self.telling.render_told(frame, (inner, rest), lines, ctx);
        } else {
            put(frame, below, 0, draw::titles(width, ctx));
            let line = |row: &StrategyRow| draw::line(row, width, ctx);
            self.telling.render(frame, (inner, rest), &page.rows, ctx, (line, told));
        }
        self.asking.render(frame, area, ctx);
    }
}

/// What an answer asks the store to do, or what could not be read in it.
fn command(
    asked: Asked,
    row: &StrategyRow,
    answered: &Answered,
    ctx: &Ctx<'_>,
) -> Result<StrategyCommand, String> {
    let customer = row.customer.clone();
    let value = |at: usize| answered.values.get(at).cloned().unwrap_or_default();
    let open = row.open.as_ref();
    let seen = open.map_or(0, |open| open.revision);
    Ok(match asked {
        Asked::Propose => {
            let strategy = Strategy::from_code(&value(0)).unwrap_or_else(|| row.in_force());
            let typed = answered.values.get(2..).unwrap_or_default();
            let steps = if strategy.has_plan() {
                entry::steps(typed, row.balance, ctx)?
            } else {
                Vec::new()
            };
            StrategyCommand::Propose { customer, strategy, reason: value(1), steps, seen }
        }
        Asked::Approve | Asked::Refuse => {
            let (n, approve) = (open.map_or(0, |open| open.n), asked == Asked::Approve);
            StrategyCommand::Decide { customer, n, seen, approve, note: value(0) }
        }
    })
}

#[cfg(test)]
mod tests;
