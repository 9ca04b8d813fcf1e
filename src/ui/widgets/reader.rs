//! Lines that are read and not chosen: they scroll, nothing is selected.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::frame::put;
use crate::ui::action::Action;

/// How far down somebody has read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reader {
    offset: usize,
    height: usize,
    lines: usize,
}

impl Reader {
    /// Moves by an action; `false` if the action doesn't move.
    pub fn on_action(&mut self, action: &Action) -> bool {
        let last = self.lines.saturating_sub(self.height);
        self.offset = match action {
            Action::Next => (self.offset + 1).min(last),
            Action::Previous => self.offset.saturating_sub(1),
            Action::PageDown => (self.offset + self.height).min(last),
            Action::PageUp => self.offset.saturating_sub(self.height),
            Action::First => 0,
            Action::Last => last,
            _ => return false,
        };
        true
    }

    /// Brings a line into view, into its middle where it was out of it.
    pub fn bring(&mut self, line: usize) {
        if self.row_of(line).is_none() {
            self.offset = line.saturating_sub(self.height / 2);
        }
    }

    /// In which row of the area a line stands, if it is in view.
    pub fn row_of(&self, line: usize) -> Option<u16> {
        let row = line.checked_sub(self.offset).filter(|row| *row < self.height)?;
        u16::try_from(row).ok()
    }

    /// The last line in view and how many there are, where not all of them are in view.
    pub const fn place(&self) -> Option<(usize, usize)> {
        if self.height > 0 && self.lines > self.height {
            Some((self.offset + self.height, self.lines))
        } else {
            None
        }
    }

    /// Draws the lines from where it stands, as many as there is room for.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>) {
        self.height = usize::from(area.height);
        self.lines = lines.len();
        self.offset = self.offset.min(self.lines.saturating_sub(self.height));
        for (row, line) in (0_u16..).zip(lines.into_iter().skip(self.offset).take(self.height)) {
            put(frame, area, row, line);
        }
    }
}

#[cfg(test)]
mod tests;
