//! The tour of two minutes: five pages over the screen they speak of.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::widgets::frame::{centered, popup, put};
use crate::ui::width;

/// Cells of the box.
const WIDE: u16 = 66;

/// Which page is open.
#[derive(Debug, Default)]
pub struct Tour {
    page: usize,
}

impl Tour {
    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let last = ctx.text.tour.pages().len().saturating_sub(1);
        match action {
            Action::PageDown if self.page == last => return Step::close(Vec::new()),
            Action::PageDown => self.page += 1,
            Action::PageUp => self.page = self.page.saturating_sub(1),
            Action::First => self.page = 0,
            Action::Last => self.page = last,
            _ => return Step::close(Vec::new()),
        }
        Step::stay()
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.tour;
        let pages = text.pages();
        let Some((heading, lines)) = pages.get(self.page) else { return };
        let colon = ctx.lang.colon();
        let title = format!("{} {}/{}{colon}{heading}", text.heading, self.page + 1, pages.len());
        let told = |lines: &[&str]| -> Vec<String> {
            lines.iter().flat_map(|line| width::wrap(line, usize::from(WIDE - 4))).collect()
        };
        // As high as the longest page, so that the box stays where it is, and a line of air around.
        let longest = pages.iter().map(|(_, lines)| told(lines).len()).max().unwrap_or(0);
        let height = u16::try_from(longest + 4).unwrap_or(u16::MAX);
        let inner = popup(frame, centered(area, WIDE, height), &title, ctx);
        for (row, line) in (1_u16..).zip(told(lines)) {
            put(frame, inner, row, Line::raw(line));
        }
    }
}
