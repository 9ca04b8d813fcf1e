//! Keys and actions of the checklist: moving, answering, typing, choosing.

use std::sync::Arc;

use ratatui::crossterm::event::KeyCode;

use super::ChecklistPane;
use super::editor::Editor;
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::form::definition::Kind;
use crate::form::{Problem, Row, entry};
use crate::protocol::command::{Command, Revision};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::value::show_answer;

impl ChecklistPane {
    /// A key in list mode that is an answer by itself: digits and yes/no where the row wants them.
    /// A digit may have been meant for a screen: one that turns an answer says so.
    pub(super) fn answer_key(&mut self, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        let path = Arc::clone(&self.row()?.path);
        let digit = key.typed().is_some_and(|typed| typed.is_ascii_digit());
        let before = if digit { self.shown_at(&path, ctx) } else { None };
        let mut actions = self.one_key(key, ctx)?;
        if self.editor.is_none()
            && let Some(before) = before
            && let Some(after) = self.shown_at(&path, ctx)
            && before != after
        {
            actions.push(Action::say(ctx.text.checklist.turned(&before, &after)));
        }
        Some(actions)
    }

    /// The answer at a path as it is shown.
    fn shown_at(&self, path: &str, ctx: &Ctx<'_>) -> Option<String> {
        let session = self.session.as_ref()?;
        let answer = session.answer(path)?;
        Some(show_answer(&session.state.row(path)?.item, answer, ctx))
    }

    fn one_key(&mut self, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        let typed = key.typed()?;
        let session = self.session.as_ref().filter(|s| s.page.writable)?;
        let row = session.row(self.scroll.selected()).filter(|row| !row.item.computed)?.clone();
        let digit = typed.to_digit(10).and_then(|d| usize::try_from(d).ok());
        match &row.item.kind {
            Kind::Bool => {
                let yes = match typed {
                    'y' | '1' | '是' | '有' => true,
                    // On an answered row `n` is the note: it must not turn a yes into a no.
                    'n' if row.answered => return None,
                    'n' | '2' | '否' | '无' => false,
                    _ => return None,
                };
                Some(self.answer_and_go_on(&row, Value::Bool(yes)))
            }
            Kind::Choice(choices) => {
                let choice = choices.get(digit?.checked_sub(1)?)?;
                Some(self.answer_and_go_on(&row, Value::Choice(choice.code.clone())))
            }
            Kind::Multi(choices) => {
                let code = choices.get(digit?.checked_sub(1)?)?.code.clone();
                let mut chosen = chosen_of(session.answer(&row.path));
                toggle(&mut chosen, code);
                Some(self.answer(&row, Value::Multi(in_order(&row, &chosen))))
            }
            Kind::Number(_) | Kind::Money | Kind::Percent | Kind::Date => {
                let starts = digit.is_some() || matches!(typed, '-' | '.' | '+');
                starts.then(|| self.begin_typing(typed))
            }
            Kind::Text | Kind::LongText => key.is_han().then(|| self.begin_typing(typed)),
            Kind::Document => {
                let state = *DocumentState::ALL.get(digit?.checked_sub(1)?)?;
                if matches!(state, DocumentState::Promised | DocumentState::Refused) {
                    return Some(self.ask_document(&row, Some(state), ctx));
                }
                let value = Value::Document { state, until: None, note: String::new() };
                Some(self.answer_and_go_on(&row, value))
            }
            Kind::Group(_) => None,
        }
    }

    fn begin_typing(&mut self, first: char) -> Vec<Action> {
        self.start_editor_with("", 0);
        if let Some(editor) = &mut self.editor {
            editor.paste(&first.to_string());
        }
        self.keep_draft()
    }

    /// A key while a field is being typed.
    pub(super) fn type_key(&mut self, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        let editor = self.editor.as_mut()?;
        if editor.is_choosing() {
            return self.choose_key(key, ctx);
        }
        if matches!(key.code, KeyCode::Esc | KeyCode::F(_)) {
            return None;
        }
        if !editor.on_key(key) {
            return None;
        }
        editor.warned = false;
        Some(self.keep_draft())
    }

    /// Keeps what is being typed; the worker writes the latest within two seconds.
    pub(super) fn keep_draft(&self) -> Vec<Action> {
        let (Some(editor), Some(visit)) = (&self.editor, &self.visit) else { return Vec::new() };
        vec![Action::apply(editor.draft(visit.clone()))]
    }

    /// Starts typing in the row in focus, with this text instead of its answer.
    pub(super) fn start_editor_with(&mut self, text: &str, caret: usize) {
        let Some((path, seen, long)) = self.begin() else { return };
        let mut editor = Editor::text(path, seen, text, long);
        editor.set_caret(caret);
        editor.began_with("");
        self.editor = Some(editor);
    }

    fn begin(&self) -> Option<(Arc<str>, i64, bool)> {
        let row = self.row()?;
        let long = matches!(row.item.kind, Kind::LongText);
        let seen = self.session.as_ref()?.revision(&row.path);
        Some((Arc::clone(&row.path), seen, long))
    }

    /// The row in focus.
    pub(super) fn row(&self) -> Option<&Row> {
        self.session.as_ref()?.row(self.scroll.selected())
    }

    /// Opens the row in focus for answering, in the way that its kind wants.
    pub(super) fn edit(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(row) = self.row().cloned() else { return Vec::new() };
        let Some(session) = &self.session else { return Vec::new() };
        if !session.page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        if row.item.computed {
            return Vec::new();
        }
        let now = session.answer(&row.path).map(|a| a.value.clone());
        let seen = session.revision(&row.path);
        match &row.item.kind {
            Kind::Bool => {
                let yes = !matches!(now, Some(Value::Bool(true)));
                self.answer(&row, Value::Bool(yes))
            }
            Kind::Choice(choices) | Kind::Multi(choices) => {
                let chosen = chosen_of(session.answer(&row.path));
                let at = choices.iter().position(|c| chosen.contains(&c.code)).unwrap_or(0);
                self.editor = Some(Editor::options(Arc::clone(&row.path), seen, at, chosen));
                Vec::new()
            }
            Kind::Document => self.ask_document(&row, None, ctx),
            Kind::Group(_) => self.add_row(ctx),
            _ => {
                let text = now.as_ref().map(entry::edit_text).unwrap_or_default();
                let long = matches!(row.item.kind, Kind::LongText);
                let mut editor = Editor::text(Arc::clone(&row.path), seen, &text, long);
                if matches!(row.item.kind, Kind::Date) {
                    editor.propose();
                }
                self.editor = Some(editor);
                Vec::new()
            }
        }
    }

    /// What an action means while a field is being typed or options are chosen.
    pub(super) fn on_editor_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let choosing = self.editor.as_ref().is_some_and(Editor::is_choosing);
        match action {
            Action::Next | Action::Previous if choosing => self.move_option(action, ctx),
            Action::Toggle => self.toggle_option(),
            Action::Accept if choosing => self.accept_options(),
            Action::Accept | Action::Save | Action::Next | Action::StepNext => {
                let mut actions = self.accept_text(ctx);
                if self.editor.is_none() && !matches!(action, Action::Save) {
                    actions.extend(self.go_on());
                }
                actions
            }
            Action::Previous | Action::StepPrevious => {
                let mut actions = self.accept_text(ctx);
                if self.editor.is_none() {
                    actions.extend(self.go(-1));
                }
                actions
            }
            Action::Unchanged => {
                self.editor = None;
                let mut actions = self.drop_draft();
                actions.extend(self.unchanged(ctx));
                actions
            }
            Action::Submit => {
                let mut actions = self.accept_text(ctx);
                if self.editor.is_none() {
                    actions.extend(self.ask_submit(ctx));
                }
                actions
            }
            Action::Back => self.leave_editor(ctx),
            _ => Vec::new(),
        }
    }

    /// Esc: a long text is kept; a changed line is given up only at the second Esc.
    fn leave_editor(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(editor) = &mut self.editor else { return Vec::new() };
        if editor.is_long() && editor.is_changed() {
            return self.accept_text(ctx);
        }
        if !editor.is_choosing() && editor.is_changed() && !editor.warned {
            editor.warned = true;
            return vec![Action::warn(ctx.text.checklist.esc_again)];
        }
        self.editor = None;
        self.drop_draft()
    }

    /// Nothing is being typed any more.
    fn drop_draft(&self) -> Vec<Action> {
        let Some(visit) = self.visit.clone() else { return Vec::new() };
        let (item, text) = (String::new(), String::new());
        vec![Action::apply(Command::KeepDraft { visit, item, text, caret: 0 })]
    }

    /// Takes the typed text as the answer; a text that is none stays with the reason told.
    fn accept_text(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let (Some(editor), Some(row)) = (&self.editor, self.row().cloned()) else {
            return Vec::new();
        };
        let text = editor.typed();
        if !editor.is_changed() || text.trim().is_empty() {
            let (clears, seen) = (editor.is_changed(), editor.seen);
            self.editor = None;
            let answered = self.session.as_ref().is_some_and(|s| s.answer(&row.path).is_some());
            if clears && answered {
                return self.set_having_seen(&row.path, None, Some(seen));
            }
            return self.drop_draft();
        }
        match entry::parse(&row.item.kind, &text, ctx.today) {
            Ok(value) if let Some(problem) = self.out_of_range(&row, &value) => {
                vec![Action::fail(ctx.text.checklist.problem_mended(&problem))]
            }
            Ok(mut value) => {
                if let (true, Value::Text(text)) = (row.item.clock, &mut value) {
                    *text = entry::clock(text).unwrap_or_else(|| std::mem::take(text));
                }
                let seen = self.editor.take().map(|editor| editor.seen);
                self.typed_answer(&row, value, seen, false)
            }
            Err(fault) => vec![Action::fail(ctx.text.checklist.entry_fault(fault))],
        }
    }

    /// What the item's own rule has against a number or a time by itself: one that can't be stays in
    /// the field with the rule's sentence.
    fn out_of_range(&self, row: &Row, value: &Value) -> Option<Problem> {
        let session = self.session.as_ref()?;
        let problem = match value {
            Value::Number(_) | Value::Money(_) if row.item.ranged => {
                session.problem_with(&row.path, value)?
            }
            Value::Text(_) => session.problem_alone(&row.path, value)?,
            _ => return None,
        };
        matches!(problem, Problem::Against(_) | Problem::Negative).then_some(problem)
    }

    /// Records a value; evidence and note of an earlier answer stay.
    pub(super) fn answer(&mut self, row: &Row, value: Value) -> Vec<Action> {
        self.typed_answer(row, value, None, false)
    }

    pub(super) fn answer_and_go_on(&mut self, row: &Row, value: Value) -> Vec<Action> {
        self.typed_answer(row, value, None, true)
    }

    /// Records what was typed or chosen by somebody who had seen this revision.
    pub(super) fn typed_answer(
        &mut self,
        row: &Row,
        value: Value,
        seen: Option<Revision>,
        go_on: bool,
    ) -> Vec<Action> {
        let old = self.session.as_ref().and_then(|s| s.answer(&row.path)).cloned();
        let (evidence, note) = old.map(|a| (a.evidence, a.note)).unwrap_or_default();
        let answer = Answer { value, evidence, note, unchanged: false };
        let mut actions = self.set_having_seen(&row.path, Some(answer), seen);
        if go_on {
            actions.extend(self.go_on());
        }
        actions
    }

    /// Records or clears an answer.
    pub(super) fn set(&mut self, path: &str, answer: Option<Answer>) -> Vec<Action> {
        self.set_having_seen(path, answer, None)
    }

    fn set_having_seen(
        &mut self,
        path: &str,
        answer: Option<Answer>,
        seen: Option<Revision>,
    ) -> Vec<Action> {
        let Some(session) = &mut self.session else { return Vec::new() };
        let command = session.commit(path, answer, seen);
        self.at = Some(path.into());
        self.restore_place();
        command.map(Action::apply).into_iter().collect()
    }

    /// To the next row that somebody answers: what is worked out is passed over.
    pub(super) fn go_on(&mut self) -> Vec<Action> {
        let here = self.scroll.selected();
        let rows = self.session.as_ref().map_or(&[][..], |session| &session.state.rows);
        let next = rows.iter().skip(here + 1).position(|row| !row.item.computed);
        self.go(next.and_then(|rows| isize::try_from(rows + 1).ok()).unwrap_or(1))
    }

    /// Moves by rows and tells the store where the officer is now.
    pub(super) fn go(&mut self, by: isize) -> Vec<Action> {
        let last = self.session.as_ref().map_or(0, |s| s.state.rows.len().saturating_sub(1));
        let row = self.scroll.selected().saturating_add_signed(by).min(last);
        self.go_to(row)
    }

    /// Selects a row.
    pub(super) fn go_to(&mut self, row: usize) -> Vec<Action> {
        self.scroll.select(row);
        self.explained = false;
        let path = self.row().map(|row| Arc::clone(&row.path));
        self.at.clone_from(&path);
        match (&self.session, path, &self.visit) {
            (Some(session), Some(path), Some(visit)) if session.page.writable => {
                let item = path.to_string();
                vec![Action::apply(Command::KeepPlace { visit: visit.clone(), item })]
            }
            _ => Vec::new(),
        }
    }
}

pub(super) fn chosen_of(answer: Option<&Answer>) -> Vec<String> {
    match answer.map(|a| &a.value) {
        Some(Value::Multi(codes)) => codes.clone(),
        Some(Value::Choice(code)) => vec![code.clone()],
        _ => Vec::new(),
    }
}

pub(super) fn toggle(chosen: &mut Vec<String>, code: String) {
    match chosen.iter().position(|c| *c == code) {
        Some(at) => {
            chosen.remove(at);
        }
        None => chosen.push(code),
    }
}

/// The chosen codes in the order of the definition.
pub(super) fn in_order(row: &Row, chosen: &[String]) -> Vec<String> {
    let codes = row.item.kind.choices().iter().map(|c| &c.code);
    codes.filter(|code| chosen.contains(code)).cloned().collect()
}
