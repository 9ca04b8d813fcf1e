//! Any two visits of a customer side by side: also of different forms, also imported ones, also two
//! versions of one record. Only what differs, or everything; numbers with their change and trend.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Step;
use crate::domain::ids::CustomerId;
use crate::protocol::page::{ComparePage, SideId};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::widgets::blocks::Blocks;
use crate::ui::widgets::scroll::Scroll;

mod draw;
mod model;

use model::Model;

/// Two visits side by side.
#[derive(Debug)]
pub struct Compare {
    customer: CustomerId,
    /// What is asked for; `None` = what the store finds fit.
    wanted: [Option<SideId>; 2],
    page: Option<Arc<ComparePage>>,
    model: Model,
    /// The side whose visit is turned: 0 = the left one.
    turned: usize,
    all: bool,
    scroll: Scroll,
    blocks: Blocks,
}

impl Compare {
    pub(super) fn new(customer: CustomerId, right: Option<SideId>) -> Self {
        Self {
            customer,
            wanted: [None, right],
            page: None,
            model: Model::default(),
            turned: 0,
            all: false,
            scroll: Scroll::default(),
            blocks: Blocks::default(),
        }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        let [left, right] = self.wanted.clone();
        (Slot::Compare, Query::Compare { customer: self.customer.clone(), left, right })
    }

    pub(super) fn load(&mut self, page: Arc<ComparePage>) {
        if page.customer == self.customer {
            self.model = Model::of(&page);
            self.page = Some(page);
        }
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        let rows = self.model.shown(self.all).count();
        if self.scroll.on_action(action, rows) {
            return Step::stay();
        }
        match action {
            Action::NextPane => self.turned = 1 - self.turned,
            Action::ShowAll => {
                self.all = !self.all;
                self.scroll = Scroll::default();
            }
            Action::Left => self.turn(false),
            Action::Right => self.turn(true),
            _ => return Step::close(Vec::new()),
        }
        Step::stay()
    }

    /// The side in turn goes to the next older or newer visit; the other one is passed over.
    fn turn(&mut self, newer: bool) {
        let Some(page) = &self.page else { return };
        let at = |side: usize| {
            let shown = if side == 0 { &page.left } else { &page.right };
            let id = shown.as_ref().map(|side| &side.id);
            page.choices.iter().position(|choice| Some(&choice.id) == id)
        };
        let other = at(1 - self.turned);
        let step = |from: usize| if newer { Some(from + 1) } else { from.checked_sub(1) };
        let mut next = match at(self.turned) {
            Some(from) => step(from),
            None => page.choices.len().checked_sub(1),
        };
        if next.is_some() && next == other {
            next = next.and_then(step);
        }
        let Some(choice) = next.and_then(|at| page.choices.get(at)) else { return };
        // Both sides are named from now on, so that turning one does not move the other.
        for (wanted, shown) in self.wanted.iter_mut().zip([&page.left, &page.right]) {
            *wanted = shown.as_ref().map(|side| side.id.clone());
        }
        if let Some(wanted) = self.wanted.get_mut(self.turned) {
            *wanted = Some(choice.id.clone());
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        draw::overlay(self, frame, area, ctx);
    }
}

#[cfg(test)]
mod tests;
