//! Where the officer is: screen, focus, zoom, and whom dossier and flags follow.

use crate::domain::ids::CustomerId;
use crate::ui::screen::{PaneId, Screen};

/// Where the officer is.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// Columns and rows of the terminal.
    pub(super) size: (u16, u16),
    /// The screen shown.
    pub(super) screen: Screen,
    /// The screen before, for `-`.
    pub(super) before: Screen,
    /// The pane in focus of each screen, by its position.
    focus: [usize; 7],
    /// Whom each screen showed when it was left, and the row that was selected then.
    left: [(Option<CustomerId>, Option<CustomerId>); 7],
    /// The pane in focus fills the screen.
    pub(super) zoomed: bool,
    /// Whom dossier and flags show.
    pub(super) customer: Option<CustomerId>,
    /// The row selected in the list that leads, when last looked at.
    pub(super) listed: Option<CustomerId>,
}

impl Place {
    /// The first screen, on a terminal of so many columns and rows.
    pub(super) fn on(size: (u16, u16)) -> Self {
        Self { size, ..Self::default() }
    }

    /// The pane in focus.
    pub(super) fn focused(&self) -> PaneId {
        let panes = self.screen.panes();
        let index = self.focus.get(self.screen as usize).copied().unwrap_or(0);
        panes.get(index).copied().unwrap_or(PaneId::Agenda)
    }

    /// Moves the focus to a pane of this screen.
    pub(super) fn focus_on(&mut self, pane: PaneId) {
        if let Some(index) = self.screen.panes().iter().position(|p| *p == pane)
            && let Some(focus) = self.focus.get_mut(self.screen as usize)
        {
            *focus = index;
        }
    }

    /// Moves the focus by one pane.
    pub(super) fn turn(&mut self, forward: bool) {
        let count = self.screen.panes().len();
        if let Some(focus) = self.focus.get_mut(self.screen as usize) {
            *focus = (*focus + if forward { 1 } else { count - 1 }) % count;
        }
    }

    /// Whether the first pane has the focus.
    pub(super) fn at_home(&self) -> bool {
        self.focus.get(self.screen as usize) == Some(&0)
    }

    /// Shows another screen.
    pub(super) fn go(&mut self, screen: Screen) {
        if screen != self.screen {
            if let Some(left) = self.left.get_mut(self.screen as usize) {
                *left = (self.customer.clone(), self.listed.clone());
            }
            self.before = self.screen;
            self.screen = screen;
            self.zoomed = false;
            self.listed = None;
        }
    }

    /// Shows the screen before, with the customer that it showed when it was left.
    pub(super) fn go_back(&mut self) {
        self.go(self.before);
        if let Some((customer, listed)) = self.left.get(self.screen as usize).cloned()
            && customer.is_some()
        {
            (self.customer, self.listed) = (customer, listed);
        }
    }
}
