//! What goes to the overlays instead of the panes below them.

use super::App;
use crate::protocol::page::Page;
use crate::ui::action::Action;
use crate::ui::overlays::Overlay;

impl App {
    /// Whether the top overlay takes an action that a key or the overlay itself meant.
    pub(super) fn overlay_takes(&self, action: &Action) -> bool {
        let Some(top) = self.overlays.last() else { return false };
        match action {
            // What every box takes, if only to close at it.
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
            | Action::Refuse => true,
            // What means something else over panes or in boxes of other kinds.
            Action::Counts => matches!(top, Overlay::Requests(_)),
            Action::PeriodPrevious
            | Action::PeriodNext
            | Action::NewStatement
            | Action::Unit
            | Action::StepNext
            | Action::StepPrevious
            | Action::Save
            | Action::Note
            | Action::Finish => {
                matches!(top, Overlay::Statements(_) | Overlay::Entering(_) | Overlay::Tiers(_))
            }
            Action::Search => matches!(top, Overlay::Statements(_)),
            Action::ExportFigures => matches!(top, Overlay::Portfolio(_)),
            Action::ProposeErasure | Action::Hold => matches!(top, Overlay::Retention(_)),
            Action::Filter | Action::ClearFilter | Action::Unusual => {
                matches!(top, Overlay::Journal(_))
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
