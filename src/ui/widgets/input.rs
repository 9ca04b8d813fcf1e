//! One line of text being typed, with the hardware cursor at the caret so that input methods show
//! their choice in place.

use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthChar;

use super::frame::put;
use crate::ui::clean;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::theme::Meaning;
use crate::ui::width::cells;

/// No field takes more characters: what a record keeps of one.
const MOST: usize = 32_000;

/// One line of text and a caret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    text: Vec<char>,
    caret: usize,
    /// The text was proposed and nobody has touched it: what is typed takes its place.
    preset: bool,
}

impl Input {
    /// With a text to start from, the caret at its end.
    pub fn new(text: &str) -> Self {
        let text: Vec<char> = clean::text(text).chars().collect();
        Self { caret: text.len(), text, preset: false }
    }

    /// With a text that is proposed: the first character typed takes its place, as with a text that
    /// is selected; a key that moves the caret keeps it.
    pub fn preset(text: &str) -> Self {
        let input = Self::new(text);
        Self { preset: !input.is_empty(), ..input }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.text.iter().collect()
    }

    /// The same with a star for each character: for what is nobody's business.
    #[must_use]
    pub fn hidden(&self) -> Self {
        Self { text: vec!['*'; self.text.len()], ..*self }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The caret, in characters.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Puts the caret somewhere, in characters.
    pub fn set_caret(&mut self, caret: usize) {
        self.caret = caret.min(self.text.len());
        self.preset = false;
    }

    /// Starts anew.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Takes a key; `false` if it is none of its own (Enter, Tab, Esc, up, down …).
    pub fn on_key(&mut self, key: Key) -> bool {
        let edits =
            key.typed().is_some() || matches!(key.code, KeyCode::Backspace | KeyCode::Delete);
        if edits {
            self.give_way();
        }
        if let Some(c) = key.typed() {
            if clean::is_safe(c) && self.text.len() < MOST {
                self.text.insert(self.caret, c);
                self.caret += 1;
            }
            return true;
        }
        match (key.code, key.ctrl) {
            (KeyCode::Backspace, _) if self.caret > 0 => {
                self.caret -= 1;
                self.text.remove(self.caret);
            }
            (KeyCode::Delete, _) if self.caret < self.text.len() => {
                self.text.remove(self.caret);
            }
            (KeyCode::Backspace | KeyCode::Delete, _) => {}
            (KeyCode::Left, _) => self.caret = self.caret.saturating_sub(1),
            (KeyCode::Right, _) => self.caret = (self.caret + 1).min(self.text.len()),
            (KeyCode::Home, _) | (KeyCode::Char('a'), true) => self.caret = 0,
            (KeyCode::End, _) | (KeyCode::Char('e'), true) => self.caret = self.text.len(),
            (KeyCode::Char('u'), true) => {
                self.text.drain(..self.caret);
                self.caret = 0;
            }
            (KeyCode::Char('w'), true) => {
                let mut start = self.caret;
                while start > 0 && self.text.get(start - 1) == Some(&' ') {
                    start -= 1;
                }
                while start > 0 && self.text.get(start - 1).is_some_and(|c| *c != ' ') {
                    start -= 1;
                }
                self.text.drain(start..self.caret);
                self.caret = start;
            }
            _ => return false,
        }
        self.preset = false;
        true
    }

    /// A proposed text goes when another is typed.
    fn give_way(&mut self) {
        if std::mem::take(&mut self.preset) {
            *self = Self::default();
        }
    }

    /// Takes pasted text, as much as the field holds; line feeds become blanks.
    pub fn on_paste(&mut self, text: &str) {
        self.give_way();
        let room = MOST.saturating_sub(self.text.len());
        let clean: Vec<char> = clean::text(text).chars().take(room).collect();
        let end = self.caret + clean.len();
        self.text.splice(self.caret..self.caret, clean);
        self.caret = end;
    }

    /// Draws the text in the first row of an area, with a hint while nothing was typed; gives back
    /// what is below.
    pub fn render_above(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        hint: &str,
        ctx: &Ctx<'_>,
    ) -> Rect {
        let row = Rect { height: area.height.min(1), ..area };
        self.render(frame, row, true, ctx);
        if self.is_empty() {
            let hint = ctx.theme.cut(hint, usize::from(area.width));
            put(frame, row, 0, Line::styled(hint, ctx.theme.style(Meaning::Muted)));
        }
        Rect { y: row.bottom(), height: area.height - row.height, ..area }
    }

    /// Draws the text in one row and, when in focus, puts the hardware cursor at the caret. A text
    /// longer than the row is scrolled so that the caret is seen.
    pub fn render(&self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        if area.width == 0 || area.height == 0 {
            return;
        }
        let width_of = |c: &char| c.width().unwrap_or(0);
        // One cell stays free at the end, so that the caret never stands on a border.
        let room = usize::from(area.width).saturating_sub(1).max(1);
        let mut first = self.caret;
        let mut used = 0;
        while first > 0 {
            let width = self.text.get(first - 1).map_or(0, width_of);
            if used + width > room {
                break;
            }
            used += width;
            first -= 1;
        }
        let shown: String = self.text.iter().skip(first).collect();
        let shown = if first > 0 { marked(&shown, ctx.theme.glyphs.cut) } else { shown };
        let meaning = match (focused, self.preset) {
            (true, true) => Meaning::Selected,
            (true, false) => Meaning::Input,
            (false, _) => Meaning::Text,
        };
        let style = ctx.theme.style(meaning);
        let shown = ctx.theme.fit(&shown, usize::from(area.width));
        // Of a proposed text only itself is marked, so that it looks like one that is selected.
        let line = if meaning == Meaning::Selected {
            let text = shown.trim_end().to_owned();
            let rest = " ".repeat(shown.chars().count() - text.chars().count());
            let input = ctx.theme.style(Meaning::Input);
            Line::from(vec![Span::styled(text, style), Span::styled(rest, input)])
        } else {
            Line::styled(shown, style)
        };
        frame.render_widget(line, Rect { height: 1, ..area });
        if focused {
            let x = area.x + u16::try_from(used).unwrap_or(0).min(area.width - 1);
            frame.set_cursor_position((x, area.y));
        }
    }
}

/// A text whose front is scrolled away: the mark of that takes the place of as many cells.
fn marked(shown: &str, mark: &str) -> String {
    let room = cells(mark);
    let mut gone = 0;
    let rest: String = shown
        .chars()
        .skip_while(|c| {
            let hidden = gone < room;
            gone += if hidden { c.width().unwrap_or(0) } else { 0 };
            hidden
        })
        .collect();
    format!("{mark}{}{rest}", " ".repeat(gone.saturating_sub(room)))
}

#[cfg(test)]
mod tests;
