//! A list, and below it what is told of its selected row, which reads on where there is more of it
//! than room.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::frame::{list_of, place};
use super::reader::Reader;
use super::scroll::{Scroll, follow};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;

/// Rows that a list has at the least.
const LEAST_LIST: u16 = 3;

/// Which row is selected, and how far what is told of it was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Telling {
    scroll: Scroll,
    reader: Reader,
}

impl Telling {
    /// The selected row.
    pub const fn selected(&self) -> usize {
        self.scroll.selected()
    }

    /// Keeps the selection on the row with the same id after the rows changed.
    pub fn follow<T: PartialEq>(&mut self, wanted: Option<&T>, rows: impl Iterator<Item = T>) {
        if follow(&mut self.scroll, wanted, rows) {
            self.reader = Reader::default();
        }
    }

    /// Moves by an action in a list of `len` rows; `false` if the action doesn't move. Where there is
    /// nothing to choose the same keys read on; beside a list the pages do, if there is more to read.
    pub fn on_action(&mut self, action: &Action, len: usize) -> bool {
        let pages = matches!(action, Action::PageDown | Action::PageUp);
        if len <= 1 || pages && self.reader.place().is_some() {
            return self.reader.on_action(action);
        }
        let moved = self.scroll.on_action(action, len);
        if moved {
            self.reader = Reader::default();
        }
        moved
    }

    /// Draws the list, a line apart what is told of the selected row, and where one stands in either;
    /// `inner` is the inside of the box. What is told matters more than how many rows are seen: the
    /// list takes a third at the most.
    pub fn render<T>(
        &mut self,
        frame: &mut Frame<'_>,
        (inner, area): (Rect, Rect),
        rows: &[T],
        ctx: &Ctx<'_>,
        (line, told): (impl Fn(&T) -> Line<'static>, impl Fn(&T) -> Vec<Line<'static>>),
    ) {
        let high = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let high = high.min(area.height / 3).max(LEAST_LIST).min(area.height);
        let list = Rect { height: high, ..area };
        list_of(frame, list, (&mut self.scroll, rows), ctx, line);
        place(frame, list, self.scroll.place(rows.len()), ctx);
        let below = area.height.saturating_sub(high + 1);
        let below = Rect { y: area.bottom() - below, height: below, ..area };
        if let Some(row) = rows.get(self.selected()) {
            self.render_told(frame, (inner, below), told(row), ctx);
        }
    }

    /// Rows of the area that a list of one and so many lines told of it fill.
    pub fn of_one(told: usize) -> u16 {
        u16::try_from(told).unwrap_or(u16::MAX).saturating_add(LEAST_LIST + 1)
    }

    /// Draws only what is told.
    pub fn render_told(
        &mut self,
        frame: &mut Frame<'_>,
        (inner, area): (Rect, Rect),
        lines: Vec<Line<'static>>,
        ctx: &Ctx<'_>,
    ) {
        self.reader.render(frame, area, lines);
        place(frame, inner, self.reader.place(), ctx);
    }
}

#[cfg(test)]
mod tests;
