//! The review queue and the record beside it.

use super::App;
use crate::domain::ids::{CustomerId, VisitId};
use crate::ui::action::Action;
use crate::ui::screen::{PaneId, Screen};

impl App {
    /// Shows a record beside the queue; the queue's selection goes there as well.
    pub(super) fn open_record(&mut self, visit: &VisitId) {
        self.place.go(Screen::Review);
        self.place.focus_on(PaneId::Record);
        self.panes.queue.select(visit);
        self.panes.record.open(visit.clone());
    }

    /// The record before or after this one in the queue.
    pub(super) fn turn_record(&mut self, forward: bool) -> Vec<Action> {
        match self.panes.queue.neighbour(self.panes.record.visit(), forward) {
            Some(visit) => vec![Action::OpenRecord(visit)],
            None => vec![Action::warn(self.text().review.no_further)],
        }
    }

    /// The next record that waits for me opens at once; after the last one the queue is left. Every
    /// decision asks once and names the customer, so that keys pressed too often decide nothing.
    pub(super) fn reviewed(&mut self, visit: &VisitId) -> Vec<Action> {
        let next = self.panes.queue.after(visit);
        if let Some(next) = next
            && self.place.screen == Screen::Review
            && self.place.focused() == PaneId::Record
        {
            return vec![Action::OpenRecord(next)];
        }
        if self.panes.record.visit() == Some(visit) {
            self.panes.record.close();
        }
        if self.place.screen == Screen::Review {
            self.place.focus_on(PaneId::Queue);
        }
        Vec::new()
    }

    /// While the queue leads, the record beside it is the selected one.
    pub(super) fn lead_review(&mut self) -> Option<CustomerId> {
        if self.place.focused() != PaneId::Queue {
            return self.panes.record.customer().or_else(|| self.panes.queue.selected());
        }
        if let Some(visit) = self.panes.queue.visit() {
            self.panes.record.open(visit);
        }
        self.panes.queue.selected()
    }
}
