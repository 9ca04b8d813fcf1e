//! What to say, above the checklist.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Step;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::talk::Talk;
use crate::ui::widgets::frame::{centered, place, popup};
use crate::ui::widgets::reader::Reader;

/// The script being read.
#[derive(Debug)]
pub struct Script {
    talk: Talk,
    reader: Reader,
}

impl Script {
    pub(super) fn new(talk: Talk) -> Self {
        Self { talk, reader: Reader::default() }
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        if self.reader.on_action(action) {
            return Step::stay();
        }
        match action {
            Action::Right => self.talk.turn_channel(true),
            Action::Left => self.talk.turn_focus(true),
            _ => return Step::close(Vec::new()),
        }
        self.reader = Reader::default();
        Step::stay()
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.prepare;
        let title = format!("{}  {}", text.script, self.talk.title(ctx));
        let height = area.height.saturating_sub(2).min(34);
        let inner = popup(frame, centered(area, 76, height), &title, ctx);
        let lines = self.talk.lines(usize::from(inner.width), ctx);
        self.reader.render(frame, inner, lines);
        place(frame, inner, self.reader.place(), ctx);
    }
}
