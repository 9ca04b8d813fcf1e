//! Choosing among options: by number, by the arrows, or by typing a part of the name.

use ratatui::crossterm::event::KeyCode;

use super::ChecklistPane;
use super::act::{in_order, toggle};
use super::editor::{Editor, Way};
use crate::domain::answer::Value;
use crate::form::Row;
use crate::form::definition::Kind;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::value::pick;

/// Code and name of each option of a row.
fn options<'r>(row: &'r Row, ctx: &Ctx<'_>) -> Vec<(&'r str, &'r str)> {
    let choices = row.item.kind.choices().iter();
    choices.map(|choice| (choice.code.as_str(), pick(&choice.words, ctx.lang))).collect()
}

impl ChecklistPane {
    /// A key while options are chosen; `None` = not taken, look it up in the keymap.
    pub(super) fn choose_key(&mut self, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        let row = self.row()?.clone();
        let all = options(&row, ctx);
        let Some(Editor { way: Way::Options { at, narrow, .. }, .. }) = &mut self.editor else {
            return None;
        };
        let taken = match key.code {
            KeyCode::Backspace => narrow.back(),
            // The first Esc shows the whole list again.
            KeyCode::Esc => narrow.clear(),
            _ => false,
        };
        if taken {
            return Some(Vec::new());
        }
        let typed = key.half_width().typed()?;
        if typed == ' ' || typed == '\u{3000}' {
            return None;
        }
        if let Some(digit) = typed.to_digit(10).and_then(|digit| usize::try_from(digit).ok()) {
            return self.choose_number(digit.checked_sub(1)?, &row);
        }
        if !narrow.push(typed, &all) {
            return Some(vec![Action::warn(ctx.text.checklist.no_such_option)]);
        }
        *at = narrow.nearest(&all, *at);
        Some(Vec::new())
    }

    fn choose_number(&mut self, index: usize, row: &Row) -> Option<Vec<Action>> {
        let code = row.item.kind.choices().get(index)?.code.clone();
        let multi = matches!(row.item.kind, Kind::Multi(_));
        if let Some(Editor { way: Way::Options { at, chosen, .. }, .. }) = &mut self.editor {
            *at = index;
            if multi {
                toggle(chosen, code);
                return Some(Vec::new());
            }
        }
        let seen = self.editor.take().map(|editor| editor.seen);
        Some(self.typed_answer(row, Value::Choice(code), seen, true))
    }

    pub(super) fn move_option(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(row) = self.row().cloned() else { return Vec::new() };
        if let Some(Editor { way: Way::Options { at, narrow, .. }, .. }) = &mut self.editor {
            *at = narrow.step(&options(&row, ctx), *at, *action == Action::Next);
        }
        Vec::new()
    }

    /// Ticks the option under the cursor; the whole list is there again for the next one.
    pub(super) fn toggle_option(&mut self) -> Vec<Action> {
        let Some(row) = self.row().cloned() else { return Vec::new() };
        if let Some(Editor { way: Way::Options { at, chosen, narrow }, .. }) = &mut self.editor
            && let Some(choice) = row.item.kind.choices().get(*at)
        {
            toggle(chosen, choice.code.clone());
            narrow.clear();
        }
        Vec::new()
    }

    pub(super) fn accept_options(&mut self) -> Vec<Action> {
        let Some(row) = self.row().cloned() else { return Vec::new() };
        let Some(Editor { way: Way::Options { at, chosen, .. }, seen, .. }) = self.editor.take()
        else {
            return Vec::new();
        };
        if matches!(row.item.kind, Kind::Multi(_)) {
            let value = Value::Multi(in_order(&row, &chosen));
            return self.typed_answer(&row, value, Some(seen), true);
        }
        match row.item.kind.choices().get(at) {
            Some(choice) => {
                let code = choice.code.clone();
                self.typed_answer(&row, Value::Choice(code), Some(seen), true)
            }
            None => Vec::new(),
        }
    }
}
