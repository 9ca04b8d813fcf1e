//! A list with one selected row that stays in view. Rows are the caller's; this only counts.

use crate::ui::action::Action;

/// Which row is selected and which is the first in view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll {
    selected: usize,
    offset: usize,
    height: usize,
}

impl Scroll {
    /// The selected row.
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// The first row in view, after [`Scroll::view`].
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Selects a row.
    pub const fn select(&mut self, row: usize) {
        self.selected = row;
    }

    /// Moves by an action in a list of `len` rows; `false` if the action doesn't move.
    pub fn on_action(&mut self, action: &Action, len: usize) -> bool {
        let last = len.saturating_sub(1);
        let page = self.height.saturating_sub(1).max(1);
        self.selected = match action {
            Action::Next => (self.selected + 1).min(last),
            Action::Previous => self.selected.saturating_sub(1).min(last),
            Action::First => 0,
            Action::Last => last,
            Action::PageDown => (self.selected + page).min(last),
            Action::PageUp => self.selected.saturating_sub(page).min(last),
            _ => return false,
        };
        true
    }

    /// Tells how high the list is drawn; gives back the rows in view of `len`.
    pub fn view(&mut self, height: usize, len: usize) -> std::ops::Range<usize> {
        self.height = height;
        self.selected = self.selected.min(len.saturating_sub(1));
        if self.selected < self.offset {
            self.offset = self.selected;
        } else if height > 0 && self.selected >= self.offset + height {
            self.offset = self.selected + 1 - height;
        }
        self.offset = self.offset.min(len.saturating_sub(height));
        self.offset..len.min(self.offset + height)
    }
}

/// Keeps the selection on the row with the same id after the rows changed; if that row is gone,
/// its neighbour is selected. Gives `true` if it is gone.
pub fn follow<T: PartialEq>(
    scroll: &mut Scroll,
    wanted: Option<&T>,
    rows: impl Iterator<Item = T>,
) -> bool {
    let Some(wanted) = wanted else { return false };
    let mut len = 0;
    for (i, row) in rows.enumerate() {
        if row == *wanted {
            scroll.select(i);
            return false;
        }
        len = i + 1;
    }
    scroll.select(scroll.selected().min(len.max(1) - 1));
    true
}
