//! What goes to the overlays instead of the panes below them.

use super::App;
use crate::protocol::page::Page;
use crate::ui::action::Action;
use crate::ui::overlays::Overlay;

impl App {
    /// Whether the top overlay takes an action that a key or the overlay itself meant.
    pub(super) fn overlay_takes(&self, action: &Action) -> bool {
        let about_overlay = matches!(
            action,
            Action::Next
                | Action::Previous
                | Action::First
                | Action::Last
                | Action::PageDown
                | Action::PageUp
                | Action::Left
                | Action::Right
                | Action::Open
                | Action::Back
                | Action::Accept
                | Action::Toggle
                | Action::Complete
                | Action::Cancel
                | Action::KeepMine
                | Action::KeepTheirs
                | Action::CloseEvent
                | Action::ShowAll
                | Action::NextPane
                | Action::Photos
                | Action::NextPhoto
                | Action::PreviousPhoto
                | Action::Closer
                | Action::Farther
                | Action::Detach
                | Action::Sign
                | Action::Edit
                | Action::Report
                | Action::Withdraw
                | Action::Approve
                | Action::ReturnRecord
                | Action::Receive
                | Action::Waive
                | Action::Activate
                | Action::Refuse
        );
        // Deciding is a key of records as well: over them only the list of requests takes it.
        let about_requests = matches!(
            action,
            Action::Approve | Action::ReturnRecord | Action::Withdraw | Action::Counts
        ) && matches!(self.overlays.last(), Some(Overlay::Requests(_)));
        // So are these, over panes and overlays of other kinds.
        let about_customer = matches!(
            action,
            Action::PeriodPrevious
                | Action::PeriodNext
                | Action::NewStatement
                | Action::Unit
                | Action::StepNext
                | Action::StepPrevious
                | Action::Save
                | Action::Note
                | Action::Finish
        ) && matches!(
            self.overlays.last(),
            Some(Overlay::Statements(_) | Overlay::Entering(_) | Overlay::Tiers(_))
        );
        about_requests
            || about_customer
            || self.overlay_is_last(action)
            || about_overlay && !self.overlays.is_empty()
    }

    /// Keys of one overlay alone.
    fn overlay_is_last(&self, action: &Action) -> bool {
        match self.overlays.last() {
            Some(Overlay::Retention(_)) => {
                matches!(action, Action::ProposeErasure | Action::Hold)
            }
            Some(Overlay::Portfolio(_)) => *action == Action::ExportFigures,
            Some(Overlay::Journal(_)) => {
                matches!(action, Action::Filter | Action::ClearFilter | Action::Unusual)
            }
            _ => false,
        }
    }

    /// Shows a page to every overlay: it takes what is its own.
    pub(super) fn offer(&mut self, page: &Page) {
        for overlay in &mut self.overlays {
            overlay.load(page);
        }
    }
}
