//! Inspections that were ordered: how far each order is, and behind it each customer. Enter goes
//! from the orders to the customers, and from there to the dossier.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::domain::ids::{BatchId, TaskId};
use crate::i18n::{format, words};
use crate::protocol::command::{Command, OrderCommand, Revision};
use crate::protocol::page::{BatchRow, TaskFate, TaskRow, TasksPage};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, list_of, listing, place, popup, put};
use crate::ui::widgets::prompt::{Prompt, Typed, words};
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

/// Lines at the foot that tell the points of the selected order.
const TOLD: u16 = 7;

/// The orders, or the customers of one.
#[derive(Debug, Default)]
pub struct Tasks {
    page: Option<Arc<TasksPage>>,
    orders: Scroll,
    /// The order that is looked into.
    inside: Option<(BatchId, Scroll)>,
    /// What is called off, with the revisions that were on the screen; why is being typed.
    calling_off: Option<Prompt<Vec<(TaskId, Revision)>>>,
}

impl Tasks {
    fn batch(&self) -> Option<&BatchRow> {
        let page = self.page.as_ref()?;
        match &self.inside {
            Some((batch, _)) => page.batches.iter().find(|row| row.batch == *batch),
            None => page.batches.get(self.orders.selected()),
        }
    }

    fn task(&self) -> Option<&TaskRow> {
        let (_, scroll) = self.inside.as_ref()?;
        self.batch()?.tasks.get(scroll.selected())
    }

    pub(super) const fn context(&self) -> KeyContext {
        if self.calling_off.is_some() { KeyContext::Picking } else { KeyContext::Tasks }
    }

    /// Whether there is nothing in the list.
    pub(super) fn is_empty(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.batches.is_empty())
    }

    pub(super) fn load(&mut self, page: Arc<TasksPage>) {
        let order = self.batch().map(|row| row.batch.clone());
        let task = self.task().map(|row| row.task.clone());
        let batches = page.batches.iter().map(|row| row.batch.clone());
        follow(&mut self.orders, order.as_ref(), batches);
        if let Some((batch, scroll)) = &mut self.inside {
            let rows = page.batches.iter().find(|row| row.batch == *batch);
            let ids = rows.into_iter().flat_map(|row| row.tasks.iter().map(|t| t.task.clone()));
            follow(scroll, task.as_ref(), ids);
        }
        self.page = Some(page);
        if self.batch().is_none() {
            self.inside = None;
        }
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        Prompt::on_key(&mut self.calling_off, key)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        Prompt::on_paste(&mut self.calling_off, text)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.calling_off.is_some() {
            return self.on_reason(action, ctx);
        }
        let orders = self.page.as_ref().map_or(0, |page| page.batches.len());
        let tasks = self.batch().map_or(0, |row| row.tasks.len());
        let moved = match &mut self.inside {
            Some((_, scroll)) => scroll.on_action(action, tasks),
            None => self.orders.on_action(action, orders),
        };
        if moved {
            return Step::stay();
        }
        match action {
            Action::Open => self.open(),
            Action::Withdraw => {
                if ctx.home.is_some_and(|home| home.role != crate::domain::user::Role::Supervisor) {
                    return Step::only(vec![Action::warn(ctx.text.orders.only_supervisors)]);
                }
                let Some(why_not) = self.why_not(ctx) else {
                    let tasks = self.targets().into_iter();
                    let tasks = tasks.map(|task| (task.task.clone(), task.revision)).collect();
                    self.calling_off = Some(Prompt::new(tasks));
                    return Step::stay();
                };
                Step::only(vec![Action::warn(why_not)])
            }
            Action::Back | Action::Left if self.inside.is_some() => {
                self.inside = None;
                Step::stay()
            }
            Action::Right => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    fn open(&mut self) -> Step {
        if let Some(task) = self.task() {
            return Step::close(vec![Action::OpenCustomer(task.customer.clone())]);
        }
        if let Some(batch) = self.batch().map(|row| row.batch.clone()) {
            self.inside = Some((batch, Scroll::default()));
        }
        Step::stay()
    }

    /// What would be called off: the selected customer's, or all of the selected order that are open.
    fn targets(&self) -> Vec<&TaskRow> {
        let all = match (self.task(), self.batch()) {
            (Some(task), _) => vec![task],
            (None, Some(batch)) => batch.tasks.iter().collect(),
            (None, None) => Vec::new(),
        };
        all.into_iter().filter(|task| matches!(task.fate, TaskFate::Open(_))).collect()
    }

    fn why_not(&self, ctx: &Ctx<'_>) -> Option<&'static str> {
        let targets = self.targets();
        if targets.is_empty() {
            return Some(ctx.text.orders.nothing_open);
        }
        let foreign = targets.iter().any(|task| !task.here);
        foreign.then_some(ctx.text.orders.not_here)
    }

    /// Enter calls off, Esc goes back.
    fn on_reason(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        match Prompt::on_action(&mut self.calling_off, action, words) {
            Typed::Nothing => Step::stay(),
            Typed::Missing => Step::only(vec![Action::warn(ctx.text.orders.needs_words)]),
            Typed::Done(tasks, reason) => {
                let cancel = Command::Order(OrderCommand::Cancel { tasks, reason });
                Step::only(vec![Action::apply(cancel)])
            }
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.orders;
        let inner = popup(frame, listing(area, (100, 28), self.is_empty()), text.tasks_title, ctx);
        let Some(page) = self.page.clone() else { return };
        if page.batches.is_empty() {
            empty(frame, inner, text.tasks_none, ctx);
            return;
        }
        let high = inner.height.saturating_sub(TOLD);
        let foot = Rect { y: inner.y + high, height: inner.height - high, ..inner };
        let list = Rect { height: high, ..inner };
        let width = usize::from(list.width);
        if self.inside.is_some() {
            let at = self.render_inside(frame, list, ctx);
            place(frame, inner, at, ctx);
        } else {
            list_of(frame, list, (&mut self.orders, &page.batches), ctx, |row| {
                order_line(row, width, ctx)
            });
            place(frame, inner, self.orders.place(page.batches.len()), ctx);
        }
        self.render_foot(frame, foot, ctx);
    }

    /// Draws the customers of an order; gives where one stands among them.
    fn render_inside(
        &mut self,
        frame: &mut Frame<'_>,
        list: Rect,
        ctx: &Ctx<'_>,
    ) -> Option<(usize, usize)> {
        let row = self.batch().cloned()?;
        let width = usize::from(list.width);
        put(frame, list, 0, order_line(&row, width, ctx).style(ctx.theme.style(Meaning::Heading)));
        let body = Rect { y: list.y + 1, height: list.height.saturating_sub(1), ..list };
        let (_, scroll) = self.inside.as_mut()?;
        list_of(frame, body, (scroll, &row.tasks), ctx, |task| task_line(task, width, ctx));
        scroll.place(row.tasks.len())
    }

    /// The points of the selected order, or the reason being typed.
    fn render_foot(&self, frame: &mut Frame<'_>, foot: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.orders, ctx.theme);
        if let Some(calling_off) = &self.calling_off {
            let count = u32::try_from(calling_off.about().len()).unwrap_or(u32::MAX);
            let asked = format!("{}  {}", text.count(count), text.cancel_reason);
            calling_off.render(frame, (foot, 1), (&asked, Meaning::Accent), ctx);
            return;
        }
        let Some(batch) = self.batch() else { return };
        put(
            frame,
            foot,
            0,
            Line::styled(format!(" {}", text.points), theme.style(Meaning::Heading)),
        );
        let room = usize::from(foot.width).saturating_sub(2);
        let mut lines = Vec::new();
        if let Some(reason) = self.task().and_then(|task| task.reason.as_deref()) {
            lines.extend(width::wrap(&theme.clean(&format!("{} {reason}", text.cancelled)), room));
        }
        for (n, point) in (1..).zip(&batch.points) {
            lines.extend(width::wrap(&theme.clean(&format!("{n}. {point}")), room));
        }
        for (at, line) in (1..foot.height).zip(lines) {
            put(frame, foot, at, Line::styled(format!(" {line}"), theme.style(Meaning::Muted)));
        }
    }
}

fn order_line(row: &BatchRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.orders, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let (done, all, overdue) = (row.done(), row.tasks.len(), row.overdue());
    let late = if overdue > 0 { text.overdue(overdue) } else { String::new() };
    let state = if row.open() == 0 { Meaning::Muted } else { Meaning::Text };
    let first = row.points.first().map_or("-", String::as_str);
    let room = width.saturating_sub(58);
    Line::from(vec![
        Span::styled(
            format!(" {}", theme.fit(&format::near_day(row.due_on, ctx.today), 12)),
            theme.style(state),
        ),
        Span::styled(theme.fit(words::duty_class(ctx.lang, row.class), 9), muted),
        Span::styled(theme.fit(&format!("{} {done}/{all}", text.progress), 13), theme.style(state)),
        Span::styled(theme.fit(&late, 11), theme.style(Meaning::Overdue)),
        Span::styled(theme.fit(first, room), theme.style(state)),
        Span::styled(theme.fit_right(&row.by, 11), muted),
    ])
}

fn task_line(task: &TaskRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.orders, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let (state, meaning) = match task.fate {
        TaskFate::Open(days) if days > 0 => (text.days_late(days), Meaning::Overdue),
        TaskFate::Open(_) => (text.open.to_owned(), Meaning::Text),
        TaskFate::Done { on, late } => {
            let word = if late { text.made_late } else { text.made };
            let meaning = if late { Meaning::Yellow } else { Meaning::Good };
            (format!("{word} {}", format::near_day(on, ctx.today)), meaning)
        }
        TaskFate::Ended => (text.ended.to_owned(), Meaning::Muted),
        TaskFate::Cancelled => (text.cancelled.to_owned(), Meaning::Muted),
    };
    let room = width.saturating_sub(52);
    Line::from(vec![
        Span::raw(format!("   {}", theme.fit(&task.name, room))),
        Span::styled(format!(" {}", theme.fit(&task.officer_name, 10)), muted),
        Span::styled(format!(" {}", theme.fit(&format::near_day(task.due, ctx.today), 12)), muted),
        Span::styled(format!(" {}", theme.fit(&state, 22)), theme.style(meaning)),
    ])
}
