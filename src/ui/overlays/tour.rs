//! The tour of two minutes: five pages over the screen they speak of.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, popup, put};
use crate::ui::width;

/// Which page is open.
#[derive(Debug, Default)]
pub struct Tour {
    page: usize,
}

impl Tour {
    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let last = ctx.text.tour.pages().len().saturating_sub(1);
        match action {
            Action::Open | Action::Next | Action::PageDown if self.page == last => {
                return Step::close(Vec::new());
            }
            Action::Open | Action::Next | Action::PageDown => self.page += 1,
            Action::Left | Action::Previous | Action::PageUp => {
                self.page = self.page.saturating_sub(1);
            }
            Action::First => self.page = 0,
            Action::Last => self.page = last,
            _ => return Step::close(Vec::new()),
        }
        Step::stay()
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.tour, ctx.theme);
        let pages = text.pages();
        let Some((heading, lines)) = pages.get(self.page) else { return };
        let colon = ctx.lang.colon();
        let title = format!("{} {}/{}{colon}{heading}", text.heading, self.page + 1, pages.len());
        let inner = popup(frame, centered(area, 66, 11), &title, ctx);
        let mut row = 1;
        for line in *lines {
            for line in width::wrap(line, usize::from(inner.width)) {
                put(frame, inner, row, Line::raw(line));
                row += 1;
            }
        }
        let keys = Line::styled(text.keys, theme.style(Meaning::Muted));
        put(frame, inner, inner.height.saturating_sub(1), keys);
    }
}
