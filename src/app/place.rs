//! Where the officer is: screen, focus, zoom, and whom dossier and flags follow.

use crate::domain::ids::CustomerId;
use crate::ui::overlays::Overlay;
use crate::ui::screen::{PaneId, Screen};

/// How many screens there are.
const SCREENS: usize = Screen::ALL.len();

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
    focus: [usize; SCREENS],
    /// Whom each screen showed when it was left, and the row that was selected then.
    left: [(Option<CustomerId>, Option<CustomerId>); SCREENS],
    /// The ways back to the lists from which one came here, the last one last.
    ways: Vec<Way>,
    /// The pane in focus fills the screen.
    pub(super) zoomed: bool,
    /// Whom dossier and flags show.
    pub(super) customer: Option<CustomerId>,
    /// The row selected in the list that leads, when last looked at.
    pub(super) listed: Option<CustomerId>,
}

/// A way back: where one is while it holds, and where it leads.
#[derive(Debug)]
struct Way {
    here: Screen,
    /// Who was opened; `None` = a list was, and the way begins at it.
    whom: Option<CustomerId>,
    screen: Screen,
    pane: PaneId,
    customer: Option<CustomerId>,
    listed: Option<CustomerId>,
    /// The boxes that lay above the panes, with their selection.
    boxes: Vec<Overlay>,
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

    /// Notes the way back to what is on the screen now, before `whom` (`None` = a list) is opened
    /// on screen `here`.
    pub(super) fn note_way(&mut self, here: Screen, whom: Option<CustomerId>, boxes: Vec<Overlay>) {
        self.ways.push(Way {
            here,
            whom,
            screen: self.screen,
            pane: self.focused(),
            customer: self.customer.clone(),
            listed: self.listed.clone(),
            boxes,
        });
    }

    /// Goes back to the list from which one came to what is on the screen, if that is how one came;
    /// gives the boxes that lay above it.
    pub(super) fn way_back(&mut self) -> Option<Vec<Overlay>> {
        // Who went on to somebody else on the same screen has left the way that led to the first.
        let (here, now) = (self.screen, self.customer.clone());
        while self.ways.last().is_some_and(|w| w.here == here && w.whom.is_some() && w.whom != now)
        {
            self.ways.pop();
        }
        let way = self.ways.last()?;
        let holds = match &way.whom {
            Some(whom) => self.customer.as_ref() == Some(whom),
            None => self.at_home(),
        };
        if !holds || way.here != self.screen {
            return None;
        }
        let way = self.ways.pop()?;
        self.go(way.screen);
        self.focus_on(way.pane);
        (self.customer, self.listed) = (way.customer, way.listed);
        Some(way.boxes)
    }

    /// Who goes somewhere by a key of its own does not come back by Esc.
    pub(super) fn forget_ways(&mut self) {
        self.ways.clear();
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
