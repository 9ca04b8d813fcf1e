//! A list whose rows are several lines high, with lines between them that can't be selected.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::frame::{highlight, put};

/// A line and the row that it belongs to; `None` = a heading, a rule, a remark.
pub type Lines = Vec<(Option<usize>, Line<'static>)>;

/// Which line is the first in view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Blocks {
    top: usize,
}

impl Blocks {
    /// Back to the first line.
    pub const fn reset(&mut self) {
        self.top = 0;
    }

    /// Draws the lines so that the selected row is in view with the headings above it.
    pub fn render(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        lines: Lines,
        selected: usize,
        style: Style,
    ) {
        let height = usize::from(area.height);
        self.scroll_to(&lines, selected, height);
        // A selection that is no ground but a line under the text is drawn once, not under each line.
        let ground = style.bg.is_some() || style.add_modifier.contains(Modifier::REVERSED);
        let mut drawn = false;
        let view = lines.into_iter().skip(self.top).take(height);
        for (at, (row, line)) in (0_u16..).zip(view) {
            put(frame, area, at, line);
            if row == Some(selected) && (ground || !drawn) {
                highlight(frame, area, at, style);
                drawn = true;
            }
        }
    }

    fn scroll_to(&mut self, lines: &Lines, selected: usize, height: usize) {
        let is_selected = |line: &(Option<usize>, Line<'_>)| line.0 == Some(selected);
        if let Some(first) = lines.iter().position(is_selected) {
            let last = lines.iter().rposition(is_selected).unwrap_or(first);
            let loose = |line: &&(Option<usize>, Line<'_>)| line.0.is_none();
            let above = lines.iter().take(first).rev().take_while(loose).count();
            // What follows the last row can't be reached but together with it.
            let below = lines.iter().skip(last + 1).all(|line| line.0.is_none());
            let end = if below { lines.len() } else { last + 1 };
            self.top = self.top.min(first - above);
            self.top = self.top.max(end.saturating_sub(height));
            self.top = self.top.min(first);
        }
        self.top = self.top.min(lines.len().saturating_sub(height));
    }
}

#[cfg(test)]
mod tests;
