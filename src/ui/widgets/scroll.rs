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

    /// Selects a row and brings it to the top of what is seen, as far as the list allows.
    pub const fn lead(&mut self, row: usize) {
        self.selected = row;
        self.offset = row;
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

    /// Where the selection stands and of how many rows, where not all of them are in view.
    pub const fn place(&self, len: usize) -> Option<(usize, usize)> {
        if self.height > 0 && len > self.height { Some((self.selected + 1, len)) } else { None }
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

/// How many rows of a long list are asked for at once.
pub const PART: u32 = 240;
/// Nearer than this to an end of the part, the next part is asked for; where the height of the terminal
/// is known, that is enough.
const MARGIN: u32 = 70;
/// How many rows are asked for first where the screen shows no more: most lists are looked at and left,
/// and reading a whole part takes as long as the rest of a start.
pub const FIRST: u32 = 48;

/// A long list of which a part is loaded: rows are counted in the whole list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// The selection in the whole list.
    pub scroll: Scroll,
    offset: u32,
    /// Rows of the terminal, which no list is higher than; 0 = whole parts from the beginning.
    rows: u16,
    /// The selection came near the end of the first rows.
    whole: bool,
}

impl Part {
    /// The part to ask for.
    pub fn window(&self) -> crate::protocol::query::Window {
        crate::protocol::query::Window { offset: self.offset, limit: self.limit() }
    }

    fn limit(&self) -> u32 {
        let rows = u32::from(self.rows);
        if self.whole || rows == 0 { PART.max(4 * rows) } else { FIRST.max(rows) }
    }

    /// Tells how high the terminal is: the first rows asked for are then only what it can show.
    pub const fn set_rows(&mut self, rows: u16) {
        self.rows = rows;
    }

    /// Back to the top.
    pub fn reset(&mut self) {
        let scroll = Scroll { height: self.scroll.height, ..Scroll::default() };
        *self = Self { scroll, rows: self.rows, ..Self::default() };
    }

    /// Moves, and moves the part along so that the selection stays well inside.
    pub fn on_action(&mut self, action: &Action, total: u32) -> bool {
        let moved = self.scroll.on_action(action, total as usize);
        let at = u32::try_from(self.scroll.selected()).unwrap_or(u32::MAX);
        // As many rows as a key can move stay loaded at both ends.
        let margin = if self.rows == 0 { MARGIN } else { self.rows.into() };
        let end = self.offset + self.limit();
        let near_start = self.offset > 0 && at < self.offset + margin;
        let near_end = at + margin > end && end < total;
        if near_start || near_end {
            self.whole = true;
            self.offset = at.saturating_sub(self.limit() / 2);
        }
        moved
    }

    /// The index in a loaded part that begins at `offset`, if the selection is in it.
    pub fn index_in(&self, offset: u32) -> Option<usize> {
        self.scroll.selected().checked_sub(offset as usize)
    }

    /// After a part was loaded: keeps the selection on the row with this id, if it is there.
    pub fn follow<T: PartialEq>(
        &mut self,
        wanted: Option<&T>,
        offset: u32,
        mut rows: impl Iterator<Item = T>,
    ) {
        if let Some(wanted) = wanted
            && let Some(index) = rows.position(|row| row == *wanted)
        {
            self.scroll.select(offset as usize + index);
        }
    }
}

#[cfg(test)]
mod tests;
