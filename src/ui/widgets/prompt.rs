//! A line that is typed about a row of a list: a reason, an opinion, what came of something.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::frame::put;
use super::input::Input;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::theme::Meaning;
use crate::ui::width;

/// What is being typed, and about what. That is kept from when it began: fresh pages may move the
/// list, but never what is decided.
#[derive(Debug)]
pub struct Prompt<T> {
    about: T,
    input: Input,
}

/// What an action did to a prompt.
#[derive(Debug, PartialEq, Eq)]
pub enum Typed<T> {
    /// It goes on, or was taken back.
    Nothing,
    /// It goes on, because words are missing.
    Missing,
    /// It is finished: about what, and the words.
    Done(T, String),
}

impl<T> Prompt<T> {
    /// An empty line.
    pub fn new(about: T) -> Self {
        Self { about, input: Input::default() }
    }

    /// A line that was typed before and could not be written.
    pub fn with(about: T, typed: &str) -> Self {
        Self { about, input: Input::new(typed) }
    }

    /// A key where there is a prompt; whether it was typed.
    pub fn on_key(prompt: &mut Option<Self>, key: Key) -> bool {
        prompt.as_mut().is_some_and(|prompt| prompt.input.on_key(key))
    }

    /// A paste where there is a prompt; whether it was taken.
    pub fn on_paste(prompt: &mut Option<Self>, text: &str) -> bool {
        let Some(prompt) = prompt else { return false };
        prompt.input.on_paste(text);
        true
    }

    /// Enter finishes it if `is_enough`, Esc takes it back.
    pub fn on_action(
        prompt: &mut Option<Self>,
        action: &Action,
        is_enough: impl FnOnce(&T, &str) -> bool,
    ) -> Typed<T> {
        match action {
            Action::Accept => {}
            Action::Back | Action::Cancel => {
                *prompt = None;
                return Typed::Nothing;
            }
            _ => return Typed::Nothing,
        }
        let Some(finished) = prompt.take() else { return Typed::Nothing };
        let words = finished.input.text();
        if is_enough(&finished.about, &words) {
            return Typed::Done(finished.about, words);
        }
        *prompt = Some(finished);
        Typed::Missing
    }

    /// About what.
    pub const fn about(&self) -> &T {
        &self.about
    }

    /// What is asked, in as many lines as it takes from line `first` of the area on, and the line
    /// being typed below.
    pub fn render(
        &self,
        frame: &mut Frame<'_>,
        (area, first): (Rect, u16),
        (asked, tone): (&str, Meaning),
        ctx: &Ctx<'_>,
    ) {
        let room = usize::from(area.width).saturating_sub(2);
        let lines = width::wrap(&ctx.theme.clean(asked), room);
        let below = first.saturating_add(u16::try_from(lines.len()).unwrap_or(u16::MAX));
        for (at, line) in (first..area.height).zip(lines) {
            put(frame, area, at, Line::styled(format!(" {line}"), ctx.theme.style(tone)));
        }
        let y = area.y + below.min(area.height.saturating_sub(1));
        let line = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
        self.input.render(frame, line, true, ctx);
    }
}

/// Whether anything was said at all.
pub fn words<T>(_: &T, typed: &str) -> bool {
    !typed.trim().is_empty()
}

#[cfg(test)]
mod tests;
