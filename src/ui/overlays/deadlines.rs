//! Deadlines beside visits: of one customer, or all that are near. Noted as done with day and proof,
//! let off by a supervisor with her reason typed in place.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use super::asking::Asking;
use crate::domain::answer::Value;
use crate::domain::deadline::{DeadlineKey, DeadlineKind, DeadlineMark, Headroom};
use crate::domain::ids::CustomerId;
use crate::domain::user::{Role, Work};
use crate::form::definition::Kind;
use crate::form::entry;
use crate::i18n::format;
use crate::protocol::command::{Command, MarkDeadline};
use crate::protocol::page::{DeadlineRow, DeadlinesPage};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, list_of, listing, place, popup, put};
use crate::ui::widgets::prompt::{Prompt, Typed, words};
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

/// Lines at the foot that tell the selected one whole.
const TOLD: u16 = 5;

/// The list of deadlines.
#[derive(Debug)]
pub struct Deadlines {
    customer: Option<CustomerId>,
    page: Option<Arc<DeadlinesPage>>,
    scroll: Scroll,
    /// The reason being typed for letting the selected one off.
    waiving: Option<Prompt<DeadlineRow>>,
    /// What is asked about one that was met.
    receiving: Asking<(), DeadlineRow>,
    /// The reason that is being written: it comes back should that be refused.
    waived: Option<(DeadlineRow, String)>,
}

fn key_of(row: &DeadlineRow) -> DeadlineKey {
    DeadlineKey {
        customer: row.customer.clone(),
        kind: row.deadline.kind,
        reference: row.deadline.reference.clone(),
        due: row.deadline.due,
    }
}

impl Deadlines {
    /// Those of a customer; `None` = all that are near.
    pub fn new(customer: Option<CustomerId>) -> Self {
        Self {
            customer,
            page: None,
            scroll: Scroll::default(),
            waiving: None,
            receiving: Asking::default(),
            waived: None,
        }
    }

    /// Where its keys go.
    pub(super) fn context(&self) -> KeyContext {
        let list = if self.waiving.is_some() { KeyContext::Picking } else { KeyContext::Deadlines };
        self.receiving.context().unwrap_or(list)
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        let query = Query::Deadlines { customer: self.customer.clone(), officer: None };
        (Slot::Deadlines, query)
    }

    fn row(&self) -> Option<&DeadlineRow> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    /// Whether what came of a deadline is being asked.
    pub(super) const fn is_receiving(&self) -> bool {
        self.receiving.is_open()
    }

    /// Whether an action has anything to act on in what is asked.
    pub(super) fn offers(&self, action: &Action) -> bool {
        self.receiving.offers(action).unwrap_or(true)
    }

    /// Whether there is nothing in the list.
    pub(super) fn is_empty(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.rows.is_empty())
    }

    pub(super) fn load(&mut self, page: Arc<DeadlinesPage>) {
        let wanted = self.row().map(key_of);
        follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(key_of));
        self.page = Some(page);
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.receiving.on_key(key, ctx) || Prompt::on_key(&mut self.waiving, key)
    }

    /// What was entered could not be written: it comes back, a form with the reason in it. Whether
    /// it tells the reason itself.
    pub(super) fn reopen(&mut self, why: &str, field: Option<&str>) -> bool {
        if let Some((row, reason)) = self.waived.take() {
            self.waiving = Some(Prompt::with(row, &reason));
            return false;
        }
        self.receiving.reopen(why, field)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.receiving.on_paste(text) || Prompt::on_paste(&mut self.waiving, text)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.waiving.is_some() {
            return self.on_reason(action, ctx);
        }
        if self.receiving.is_open() {
            let step = self
                .receiving
                .on_action(action, ctx, |(), row, answered| received(row, answered, ctx));
            if !step.actions.is_empty() {
                self.waived = None;
            }
            return step;
        }
        let len = self.page.as_ref().map_or(0, |page| page.rows.len());
        if self.scroll.on_action(action, len) {
            return Step::stay();
        }
        let Some(row) = self.row() else { return Step::close(Vec::new()) };
        match action {
            Action::Receive => {
                let (row, ask) = (row.clone(), ask(row, ctx));
                self.receiving.begin((), row, ask);
                Step::stay()
            }
            Action::Waive if ctx.home.is_none_or(|home| home.role != Role::Supervisor) => {
                let only = Action::warn(ctx.text.deadlines.only_supervisors);
                Step { close: false, actions: vec![only] }
            }
            Action::Waive => {
                self.waiving = Some(Prompt::new(row.clone()));
                Step::stay()
            }
            Action::Open => Step::close(vec![Action::OpenCustomer(row.customer.clone())]),
            Action::Left | Action::Right => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    /// Enter lets off, Esc takes it back.
    fn on_reason(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        match Prompt::on_action(&mut self.waiving, action, words) {
            Typed::Nothing => Step::stay(),
            Typed::Missing => Step::only(vec![Action::warn(ctx.text.deadlines.needs_reason)]),
            Typed::Done(row, reason) => {
                self.receiving.forget();
                let wish = wish(&row, DeadlineMark::Waived, reason.clone());
                self.waived = Some((row, reason));
                Step::only(vec![Action::apply(Command::MarkDeadline(Box::new(wish)))])
            }
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.deadlines;
        let page = self.page.clone();
        let counted = page.as_ref().map(|page| text.counted(page.total, page.late));
        let title = format!("{}  {}", text.title, counted.unwrap_or_default());
        let inner = popup(frame, listing(area, (100, 26), self.is_empty()), title.trim_end(), ctx);
        let Some(page) = page else { return };
        if page.rows.is_empty() {
            empty(frame, inner, text.none, ctx);
            return;
        }
        let high = inner.height.saturating_sub(TOLD);
        let foot = Rect { y: inner.y + high, height: inner.height - high, ..inner };
        let list = Rect { height: high, ..inner };
        let (named, width) = (self.customer.is_none(), usize::from(list.width));
        list_of(frame, list, (&mut self.scroll, &page.rows), ctx, |row| {
            line(row, width, named, ctx)
        });
        place(frame, inner, self.scroll.place(page.rows.len()), ctx);
        self.render_foot(frame, foot, ctx);
        self.receiving.render(frame, area, ctx);
    }

    /// The selected one in full, or the reason being typed.
    fn render_foot(&self, frame: &mut Frame<'_>, foot: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.deadlines, ctx.theme);
        if let Some(waiving) = &self.waiving {
            let asked = format!("{}  {}", text.waive_reason, waiving.about().name);
            waiving.render(frame, (foot, 1), (&asked, Meaning::Accent), ctx);
            return;
        }
        let Some(row) = self.row() else { return };
        let mut told = vec![format!("{}  {}", row.deadline.reference, text.told(&row.deadline))];
        // How it is noted is told to whoever may.
        if ctx.home.is_none_or(|home| home.role.does(Work::Flags)) {
            told.push(text.done(row.deadline.kind).to_owned());
        }
        if !row.verified {
            told.push(text.unverified.to_owned());
        }
        let room = usize::from(foot.width).saturating_sub(2);
        let lines = told.iter().flat_map(|said| width::wrap(&theme.clean(said), room));
        for (at, line) in (1..foot.height).zip(lines) {
            put(frame, foot, at, Line::styled(format!(" {line}"), theme.style(Meaning::Muted)));
        }
    }
}

fn wish(row: &DeadlineRow, mark: DeadlineMark, reason: String) -> MarkDeadline {
    MarkDeadline { key: key_of(row), mark, reason, done_on: None, value: None, seen: 0 }
}

/// What the form of one that was met asks the store to do, or what can't be read in it.
fn received(row: &DeadlineRow, answered: &Answered, ctx: &Ctx<'_>) -> Result<Command, String> {
    let value = |at: usize| answered.values.get(at).map_or("", |v| v.trim());
    let mut wish = wish(row, DeadlineMark::Received, value(1).to_owned());
    if row.deadline.kind == DeadlineKind::Valuation {
        let Ok(Value::Money(fen)) = entry::parse(&Kind::Money, value(2), ctx.today) else {
            return Err(ctx.text.deadlines.value_number.to_owned());
        };
        wish.value = Some(fen);
    }
    wish.done_on = value(0).parse().ok();
    Ok(Command::MarkDeadline(Box::new(wish)))
}

/// When it was met, by what paper, and what a revaluation came to.
fn ask(row: &DeadlineRow, ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.deadlines;
    let kind = row.deadline.kind;
    let proof = Field::text(text.proof, "");
    let proof = if kind.is_proved() { proof.required() } else { proof };
    let mut fields = vec![Field::date(text.done_on, ctx.today.to_string()).required(), proof];
    if kind == DeadlineKind::Valuation {
        fields.push(Field::text(text.new_value, "").required());
    }
    let mut ask = Ask::form("deadline-received", text.receive_title, fields).starting_at(1);
    let what = format!("{}  {}  {}", row.name, text.of(kind), row.deadline.reference);
    ask.lines = vec![ctx.theme.clean(&what), ctx.theme.clean(&text.told(&row.deadline))];
    ask
}

fn line(row: &DeadlineRow, width: usize, named: bool, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.deadlines, ctx.theme);
    let late = row.late_days > 0;
    let bad = late || row.deadline.headroom == Some(Headroom::Breach);
    let when = if late {
        text.late_days(row.late_days)
    } else {
        format::near_day(row.deadline.due, ctx.today)
    };
    let mark = if bad { theme.glyphs.overdue } else { theme.glyphs.due };
    let tone = theme.style(if bad { Meaning::Overdue } else { Meaning::Muted });
    let name = if named { 26.min(width / 3) } else { 0 };
    let room = width.saturating_sub(3 + name + 14 + 11);
    let mut spans = vec![Span::styled(format!(" {mark} "), tone)];
    if named {
        spans.push(Span::raw(format!("{} ", theme.fit(&row.name, name.saturating_sub(1)))));
    }
    spans.push(Span::styled(format!("{} ", theme.fit(text.of(row.deadline.kind), 13)), tone));
    spans.push(Span::styled(
        theme.fit(&text.told(&row.deadline), room),
        theme.style(Meaning::Muted),
    ));
    spans.push(Span::styled(theme.fit_right(&when, 10), tone));
    Line::from(spans)
}
