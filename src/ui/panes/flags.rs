//! Risk flags: those of one customer beside the dossier, or all live ones as a table. Here flags
//! are raised, decided, changed, moved on and closed.
//! Watches `Query::Flags`. Returns `Ask`, `Apply`, `OpenFlag`, `OpenCustomer`, `OpenWhy`.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::flag::FlagState;
use crate::domain::ids::{CustomerId, FlagId, UserId};
use crate::protocol::command::{Command, EventCommand, TodoCommand};
use crate::protocol::page::{FlagRow, FlagsPage, TodoRow};
use crate::protocol::query::{FlagScope, Query};
use crate::protocol::reply::Outcome;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::blocks::Blocks;
use crate::ui::widgets::scroll::Part;

mod act;
mod draw;
mod ending;
mod events;
mod offered;
mod proofs;
mod raise;
mod table;
mod todos;

/// Risk flags of one customer, or the live ones of the scope.
#[derive(Debug, Default)]
pub struct FlagsPane {
    page: Option<Arc<FlagsPage>>,
    scope: Option<FlagScope>,
    /// Indices of the rows of the page in the order shown.
    order: Vec<usize>,
    part: Part,
    blocks: Blocks,
    /// Where one stood among all live flags before a customer's were looked at.
    among_all: (Part, Blocks),
    /// The flag that a dialog is about, as it was when the dialog opened: a page that arrives
    /// meanwhile moves neither the flag nor the revision that the answer is meant for.
    asked: Option<FlagRow>,
    /// Whose flag or 待办 a dialog notes.
    raising: Option<CustomerId>,
    /// The signal that is being raised.
    signal: String,
    /// The 待办 that a dialog is about, as it was when the dialog opened.
    minding: Option<TodoRow>,
    /// The customer in view by name, also where none of the flags here is of her.
    known: Option<Known>,
    /// The flag that was raised here a moment ago, or the next one to decide: it is selected when
    /// the page with it comes.
    wanted: Option<FlagId>,
    /// Whether the list of all shows those that were rejected or made milder.
    weakened: bool,
}

/// A customer in view, as another pane has her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub customer: CustomerId,
    /// Her name, raw.
    pub name: String,
    /// Who looks after her: login name.
    pub officer: UserId,
}

/// The sections of the list, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Asked,
    Rotting,
    ToDecide,
    InHand,
    Ended,
}

impl Group {
    const fn of(row: &FlagRow) -> Self {
        match row.state {
            FlagState::Proposed | FlagState::Confirmed if row.asks_me => Self::Asked,
            FlagState::Proposed | FlagState::Confirmed if row.rots => Self::Rotting,
            FlagState::Proposed => Self::ToDecide,
            FlagState::Confirmed => Self::InHand,
            FlagState::Rejected | FlagState::Closed => Self::Ended,
        }
    }
}

impl FlagsPane {
    /// Looks at these flags.
    pub fn show(&mut self, scope: Option<FlagScope>) {
        let scope = match scope {
            Some(FlagScope::Live) if self.weakened => Some(FlagScope::Weakened),
            other => other,
        };
        if self.scope != scope {
            if self.scope == Some(FlagScope::Live) {
                self.among_all = (self.part, self.blocks);
            }
            self.page = None;
            self.order.clear();
            self.part.reset();
            self.blocks.reset();
            if scope == Some(FlagScope::Live) {
                (self.part, self.blocks) = self.among_all;
            }
            self.scope = scope;
        }
    }

    /// Whether it shows flags of all customers.
    fn of_all(&self) -> bool {
        matches!(self.scope, Some(FlagScope::Live | FlagScope::Weakened))
    }

    /// Whether the list of all shows what was rejected or made milder.
    pub fn is_weakened(&self) -> bool {
        self.scope == Some(FlagScope::Weakened)
    }

    /// From what was rejected or made milder back to what is live; `false` = that is shown already.
    pub fn leave(&mut self) -> bool {
        let left = std::mem::take(&mut self.weakened);
        if left && self.is_weakened() {
            self.show(Some(FlagScope::Live));
        }
        left
    }

    /// The list of all shows what was rejected or made milder, or what is live again.
    fn turn(&mut self) {
        if self.of_all() {
            self.weakened = !self.weakened;
            self.show(Some(FlagScope::Live));
        }
    }

    /// The customer of the selected flag.
    pub fn selected(&self) -> Option<CustomerId> {
        let of_todo = || self.todo().map(|row| row.customer.clone());
        self.row().map(|row| row.customer.clone()).or_else(of_todo)
    }

    /// The selected flag.
    #[cfg(test)]
    pub(crate) fn selected_flag(&self) -> Option<&FlagRow> {
        self.row()
    }

    /// The name of the customer whose flag a dialog is about, raw.
    pub fn customer_name(&self) -> Option<&str> {
        self.asked.as_ref().map(|row| row.name.as_str())
    }

    /// Tells who the customer in view is: a dialog names her, and proposes her officer.
    pub fn know(&mut self, customer: Option<Known>) {
        self.known = customer;
    }

    /// Selects a flag of those shown, at once or when they come.
    pub fn select(&mut self, flag: FlagId) {
        self.wanted = Some(flag);
        if let Some(page) = self.page.clone() {
            self.load(page);
        }
    }

    /// Whose flags are shown, by name.
    fn whose(&self) -> Option<&str> {
        let Some(FlagScope::Customer(customer)) = &self.scope else { return None };
        let here = self.page.iter().flat_map(|page| &page.rows).map(|row| row.name.as_str());
        let known = self.known.iter().filter(|known| known.customer == *customer);
        known.map(|known| known.name.as_str()).chain(here).next()
    }

    /// Name and number of a customer, as far as they are known here.
    fn named(&self, customer: &CustomerId) -> String {
        let here = self.page.iter().flat_map(|page| &page.rows);
        let here = here.map(|row| (&row.customer, &row.name));
        let known = self.known.iter().map(|known| (&known.customer, &known.name));
        let name = known.chain(here).find(|(id, _)| *id == customer).map(|(_, name)| name.as_str());
        format!("{} {customer}", name.unwrap_or_default()).trim().to_owned()
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        let window = self.part.window();
        self.scope.clone().map(|scope| Query::Flags { scope, window })
    }

    /// Takes a page; the selection stays on its flag.
    pub fn load(&mut self, page: Arc<FlagsPage>) {
        let wanted = self.wanted.take().or_else(|| self.row().map(|row| row.flag.clone()));
        self.order = (0..page.rows.len()).collect();
        // A list of which only a part is here keeps the store's order: sections would be torn.
        if page.offset == 0 && page.rows.len() == page.total as usize {
            self.order.sort_by_key(|index| page.rows.get(*index).map(Group::of));
        }
        let ids = self.order.iter().filter_map(|i| page.rows.get(*i)).map(|row| row.flag.clone());
        let todo = self.todo().map(|row| row.todo.clone());
        self.part.follow(wanted.as_ref(), page.offset, ids);
        self.part.follow(todo.as_ref(), page.total, page.todos.iter().map(|row| row.todo.clone()));
        self.page = Some(page);
    }

    /// The selected flag.
    fn row(&self) -> Option<&FlagRow> {
        let page = self.page.as_ref()?;
        let index = self.order.get(self.part.index_in(page.offset)?)?;
        page.rows.get(*index)
    }

    /// The proposal below a flag, else the first one, while the selection is still on that flag:
    /// who decides about many goes from one to the next, not after what she has confirmed.
    fn next_to_decide(&self, decided: &FlagId) -> Option<FlagId> {
        let page = self.page.as_ref().filter(|_| self.scope == Some(FlagScope::Live))?;
        let mut rows: Vec<_> = self.order.iter().filter_map(|at| page.rows.get(*at)).collect();
        let at = rows.iter().position(|row| row.flag == *decided)?;
        rows.rotate_left(at);
        let waits = |row: &&&FlagRow| row.state == FlagState::Proposed && row.flag != *decided;
        let next = rows.iter().find(waits)?.flag.clone();
        self.row().is_some_and(|row| row.flag == *decided).then_some(next)
    }

    /// The selected 待办: they follow the last flag.
    fn todo(&self) -> Option<&TodoRow> {
        let page = self.page.as_ref()?;
        page.todos.get(self.part.index_in(page.total)?)
    }

    /// How many rows can be selected.
    fn rows(&self) -> u32 {
        let todos = |page: &FlagsPage| u32::try_from(page.todos.len()).unwrap_or(0);
        self.page.as_ref().map_or(0, |page| page.total + todos(page))
    }

    /// Does what an action means here.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        self.act(action, ctx)
    }

    /// Says what was done.
    pub fn on_done(&mut self, command: &Command, outcome: &Outcome, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.flags;
        match (outcome, command) {
            (Outcome::FlagRaised(flag), _) => self.wanted = Some(flag.clone()),
            (_, Command::DecideFlag { flag, .. }) => self.wanted = self.next_to_decide(flag),
            _ => {}
        }
        let said = match command {
            Command::DecideFlag { confirm: true, .. } => text.confirmed.to_owned(),
            Command::DecideFlag { .. } => text.rejected.to_owned(),
            Command::UpdateFlag { .. } => text.changed.to_owned(),
            Command::ReopenFlag(_) => text.reopened.to_owned(),
            Command::DiscussFlag(word) => match word.asks {
                Some(department) => text.asked(department),
                None if self.asked.as_ref().is_some_and(|row| row.asks_me) => {
                    text.answered.to_owned()
                }
                None => text.discussed.to_owned(),
            },
            Command::MoveFlag { step, .. } => text.moved(*step),
            Command::Event(EventCommand::Add(_)) => ctx.text.warning.entered.to_owned(),
            Command::Event(EventCommand::Close { .. }) => ctx.text.warning.ended.to_owned(),
            Command::Todo(TodoCommand::Add { .. }) => ctx.text.todos.added.to_owned(),
            Command::Todo(TodoCommand::Set { .. }) => ctx.text.todos.changed.to_owned(),
            Command::Todo(TodoCommand::End { done: true, .. }) => {
                ctx.text.todos.finished.to_owned()
            }
            Command::Todo(TodoCommand::End { .. }) => ctx.text.todos.dropped.to_owned(),
            _ => return Vec::new(),
        };
        vec![Action::say(said)]
    }

    /// Where its keys go now.
    pub fn context(&self) -> KeyContext {
        if self.todo().is_some() { KeyContext::Todos } else { KeyContext::Flags }
    }

    /// Draws itself.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        draw::pane(self, frame, area, focused, ctx);
    }
}

#[cfg(test)]
mod tests;
