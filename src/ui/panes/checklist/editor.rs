//! The field being typed: one line, many lines, or the options of a choice.

use std::sync::Arc;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::domain::ids::VisitId;
use crate::protocol::command::{Command, Revision};
use crate::ui::key::Key;
use crate::ui::narrow::Narrow;
use crate::ui::widgets::input::Input;

/// No field takes more characters: what a record keeps of one.
const MOST: usize = 32_000;

/// The field being typed.
#[derive(Debug)]
pub(super) struct Editor {
    /// Path of the item.
    pub(super) path: Arc<str>,
    /// Revision of the answer when typing began.
    pub(super) seen: Revision,
    /// The answer was changed by somebody else meanwhile.
    pub(super) elsewhere: bool,
    /// Esc was pressed once with a changed text.
    pub(super) warned: bool,
    /// How it is entered.
    pub(super) way: Way,
    began: String,
}

/// How an answer is entered.
#[derive(Debug)]
pub(super) enum Way {
    /// One line.
    Line(Input),
    /// Many lines.
    Long(Box<TextArea<'static>>),
    /// The option under the cursor and those chosen.
    Options {
        /// Index of the option under the cursor.
        at: usize,
        /// Codes chosen so far.
        chosen: Vec<String>,
        /// What was typed to narrow the list.
        narrow: Narrow,
    },
}

impl Editor {
    /// Starts with a text.
    pub(super) fn text(path: Arc<str>, seen: Revision, text: &str, long: bool) -> Self {
        let way = if long {
            let lines = text.split('\n').map(str::to_owned).collect();
            let mut area = TextArea::new(lines);
            area.set_wrap_mode(WrapMode::WordOrGlyph);
            area.set_cursor_line_style(ratatui::style::Style::new());
            // The hardware cursor stands at the caret; a painted one beside it would be a second.
            area.set_cursor_style(ratatui::style::Style::new());
            area.move_cursor(CursorMove::Bottom);
            area.move_cursor(CursorMove::End);
            Way::Long(Box::new(area))
        } else {
            Way::Line(Input::new(text))
        };
        Self { path, seen, elsewhere: false, warned: false, way, began: text.to_owned() }
    }

    /// Starts choosing.
    pub(super) fn options(path: Arc<str>, seen: Revision, at: usize, chosen: Vec<String>) -> Self {
        let way = Way::Options { at, chosen, narrow: Narrow::default() };
        Self { path, seen, elsewhere: false, warned: false, way, began: String::new() }
    }

    /// The text is only proposed: what is typed takes its place.
    pub(super) fn propose(&mut self) {
        if let Way::Line(input) = &mut self.way {
            *input = Input::preset(&input.text());
        }
    }

    /// Whether many lines are typed.
    pub(super) const fn is_long(&self) -> bool {
        matches!(self.way, Way::Long(_))
    }

    /// Whether options are chosen.
    pub(super) const fn is_choosing(&self) -> bool {
        matches!(self.way, Way::Options { .. })
    }

    /// The text so far.
    pub(super) fn typed(&self) -> String {
        match &self.way {
            Way::Line(input) => input.text(),
            Way::Long(area) => area.lines().join("\n"),
            Way::Options { .. } => String::new(),
        }
    }

    /// Whether something differs from what it began with.
    pub(super) fn is_changed(&self) -> bool {
        self.typed() != self.began
    }

    /// What the answer was before this text was begun: what differs from it is to be kept although
    /// nobody has typed since the text was taken up, and nothing in its place clears it.
    pub(super) fn began_with(&mut self, text: &str) {
        text.clone_into(&mut self.began);
    }

    /// Puts the caret somewhere, in characters from the beginning.
    pub(super) fn set_caret(&mut self, caret: usize) {
        match &mut self.way {
            Way::Line(input) => input.set_caret(caret),
            Way::Long(area) => {
                let (mut row, mut left) = (0_u16, caret);
                for line in area.lines() {
                    let chars = line.chars().count();
                    if left <= chars {
                        break;
                    }
                    left -= chars + 1;
                    row = row.saturating_add(1);
                }
                let column = u16::try_from(left).unwrap_or(u16::MAX);
                area.move_cursor(CursorMove::Jump(row, column));
            }
            Way::Options { .. } => {}
        }
    }

    fn caret(&self) -> usize {
        match &self.way {
            Way::Line(input) => input.caret(),
            Way::Long(area) => {
                let at = area.cursor();
                let before: usize =
                    area.lines().iter().take(at.0).map(|line| line.chars().count() + 1).sum();
                before + at.1
            }
            Way::Options { .. } => 0,
        }
    }

    /// Takes a key; `false` if it is none of its own.
    pub(super) fn on_key(&mut self, key: Key) -> bool {
        match &mut self.way {
            Way::Line(input) => input.on_key(key),
            Way::Long(area) => {
                let full =
                    || area.lines().iter().map(|l| l.chars().count() + 1).sum::<usize>() > MOST;
                if key.typed().is_some_and(|c| !crate::ui::clean::is_safe(c) || full()) {
                    return true;
                }
                let modifiers =
                    if key.ctrl { KeyModifiers::CONTROL } else { KeyModifiers::empty() };
                let event = KeyEvent::new(key.code, modifiers);
                match key.code {
                    KeyCode::Char('z') if key.ctrl => {
                        area.undo();
                        return true;
                    }
                    KeyCode::Char('y') if key.ctrl => {
                        area.redo();
                        return true;
                    }
                    KeyCode::Char('w') if key.ctrl => {
                        area.delete_word();
                        return true;
                    }
                    _ => {}
                }
                if let Some(to) = movement(key) {
                    area.move_cursor(to);
                    return true;
                }
                area.input_without_shortcuts(event) || key.code == KeyCode::Backspace
            }
            Way::Options { .. } => false,
        }
    }

    /// Takes pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        match &mut self.way {
            Way::Line(input) => input.on_paste(text),
            Way::Long(area) => {
                let held: usize = area.lines().iter().map(|line| line.chars().count() + 1).sum();
                let room = MOST.saturating_sub(held);
                area.insert_str(text.chars().take(room).collect::<String>());
            }
            Way::Options { .. } => {}
        }
    }

    /// The command that keeps the text while it is being typed.
    pub(super) fn draft(&self, visit: VisitId) -> Command {
        Command::KeepDraft {
            visit,
            item: self.path.to_string(),
            text: self.typed(),
            caret: u32::try_from(self.caret()).unwrap_or(u32::MAX),
        }
    }
}

/// Where a key moves the caret of a text of many lines.
const fn movement(key: Key) -> Option<CursorMove> {
    Some(match (key.code, key.ctrl) {
        (KeyCode::Up, _) => CursorMove::Up,
        (KeyCode::Down, _) => CursorMove::Down,
        (KeyCode::Left, false) => CursorMove::Back,
        (KeyCode::Right, false) => CursorMove::Forward,
        (KeyCode::Left, true) => CursorMove::WordBack,
        (KeyCode::Right, true) => CursorMove::WordForward,
        (KeyCode::Home, true) => CursorMove::Top,
        (KeyCode::End, true) => CursorMove::Bottom,
        (KeyCode::Home, false) | (KeyCode::Char('a'), true) => CursorMove::Head,
        (KeyCode::End, false) | (KeyCode::Char('e'), true) => CursorMove::End,
        (KeyCode::PageUp, _) => CursorMove::ParagraphBack,
        (KeyCode::PageDown, _) => CursorMove::ParagraphForward,
        _ => return None,
    })
}
