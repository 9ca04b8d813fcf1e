//! An empty database: three ways to begin, and the tour.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, popup, put};

/// The choices.
#[derive(Debug, Default)]
pub struct Welcome {
    choice: usize,
}

/// Commands to type, in the order of the choices; the last choice is the tour.
const COMMANDS: [&str; 3] =
    ["huifang demo", "huifang template book.xlsx", "huifang import book.xlsx"];

impl Welcome {
    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        let count = COMMANDS.len() + 1;
        match action {
            Action::Next => self.choice = (self.choice + 1) % count,
            Action::Previous => self.choice = (self.choice + count - 1) % count,
            Action::Open => {
                return match COMMANDS.get(self.choice) {
                    Some(command) => {
                        let actions = vec![Action::CopyText((*command).to_owned())];
                        Step { close: false, actions }
                    }
                    None => Step::close(vec![Action::Tour]),
                };
            }
            Action::Back | Action::Cancel => return Step::close(Vec::new()),
            _ => {}
        }
        Step::stay()
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.tour, ctx.theme);
        let inner = popup(frame, centered(area, 64, 16), text.welcome, ctx);
        put(frame, inner, 1, Line::raw(text.empty));
        put(frame, inner, 2, Line::styled(text.choose, theme.style(Meaning::Muted)));
        let choices = [
            (text.demo, text.demo_how),
            (text.template, text.template_how),
            (text.import, text.import_how),
            (text.tour_offer, ""),
        ];
        let width = usize::from(inner.width);
        let mut row = 4;
        for (index, (title, how)) in choices.into_iter().enumerate() {
            let meaning = if index == self.choice { Meaning::Selected } else { Meaning::Heading };
            let title = theme.fit(&format!(" {title}"), width);
            put(frame, inner, row, Line::styled(title, theme.style(meaning)));
            put(
                frame,
                inner,
                row + 1,
                Line::from(Span::styled(format!("   {how}"), theme.style(Meaning::Accent))),
            );
            row += 2;
        }
        let foot = Line::styled(text.copy_hint, theme.style(Meaning::Muted));
        put(frame, inner, inner.height.saturating_sub(1), foot);
    }
}
