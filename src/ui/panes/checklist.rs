//! The record being written, step by step: one row a question, the question in focus in full below.
//!
//! Watches `Query::Visit`. What is answered here shows at once and is on disk when "saved" says so;
//! a page that arrives meanwhile never overwrites what is being typed or not yet acknowledged.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::answer::Value;
use crate::domain::customer::DossierField;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::VisitState;
use crate::form::{Fault, Proposal, entry};
use crate::protocol::command::{Command, Revision};
use crate::protocol::page::VisitPage;
use crate::protocol::query::Query;
use crate::protocol::reply::{ConflictField, Outcome, Refusal};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::value::{pick, show};
use crate::ui::widgets::scroll::Scroll;

mod act;
mod choose;
mod comments;
mod dialogs;
mod draw;
mod editor;
mod finish;
mod news;
mod prepared;
mod read;
mod rows;
mod second;
mod session;
mod signals;

use editor::Editor;
use session::Session;

/// The record being written.
#[derive(Debug, Default)]
pub struct ChecklistPane {
    visit: Option<VisitId>,
    session: Option<Session>,
    scroll: Scroll,
    editor: Option<Editor>,
    /// The list of gaps lies over the questions, with this row selected.
    gaps: Option<Scroll>,
    /// Wanted row by path, kept over reloads.
    at: Option<Arc<str>>,
    /// The pack of the record can't be read.
    broken: Option<Fault>,
    /// The suggestion that a dialog is about.
    deciding: Option<Proposal>,
    /// A rejected suggestion waits for the id of its flag: the reason.
    rejecting: Option<String>,
    /// The comment that a dialog is about, and the revision of its answer.
    replying: Option<(String, Revision)>,
    /// The answer, and the field of the dossier, that a dialog is about.
    updating: Option<(String, DossierField)>,
    /// The draft that was being typed when the line dropped has been taken up.
    resumed: bool,
    /// The explanation of the question fills the lower part.
    explained: bool,
    /// The key before was a digit that answered: the next one is hardly meant for a screen.
    in_digits: bool,
}

impl ChecklistPane {
    /// The customer of the open record, once it is loaded.
    pub fn customer(&self) -> Option<CustomerId> {
        // Who was only asked to inspect beside the lead sees this record and nothing around it.
        let inside = self.session.as_ref().filter(|s| !s.page.second.outside);
        inside.map(|s| s.page.customer.clone())
    }

    /// The name of the customer, raw.
    pub fn customer_name(&self) -> Option<&str> {
        self.session.as_ref().map(|s| s.page.name.as_str())
    }

    /// Opens a record.
    pub fn open(&mut self, visit: VisitId) {
        if self.visit.as_ref() != Some(&visit) {
            *self = Self { visit: Some(visit), ..Self::default() };
        } else if self.editor.is_none() && self.is_returned() {
            // It has come back meanwhile: to the first comment.
            self.gaps = None;
            self.resume();
            self.restore_place();
        }
    }

    /// Whether no record is open.
    pub const fn is_empty(&self) -> bool {
        self.visit.is_none()
    }

    fn is_returned(&self) -> bool {
        self.session.as_ref().is_some_and(|s| s.page.state == VisitState::Returned)
    }

    /// The values of a conflict as people read them: the question instead of its code, the answer
    /// instead of its stored form. What is not of this record stays as it is.
    pub fn in_words(&self, fields: Vec<ConflictField>, ctx: &Ctx<'_>) -> Vec<ConflictField> {
        let told = |field: ConflictField| {
            let row = self.session.as_ref().and_then(|s| s.state.row(&field.field))?;
            let show = |text: &str| {
                let value = Value::decode(text).map(|value| show(&row.item, &value, ctx));
                value.unwrap_or_else(|| ctx.text.checklist.no_answer.to_owned())
            };
            let (mine, theirs) = (show(&field.mine), show(&field.theirs));
            let title = pick(&row.title, ctx.lang).to_owned();
            Some(ConflictField { field: title, mine, theirs, by: field.by })
        };
        fields.into_iter().map(|field| told(field.clone()).unwrap_or(field)).collect()
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        self.visit.clone().map(|visit| Query::Visit { visit })
    }

    /// Takes a page; never overwrites what is being typed.
    pub fn load(&mut self, page: Arc<VisitPage>) {
        if self.visit.as_ref() != Some(&page.visit) {
            return;
        }
        match &mut self.session {
            Some(session) if session.same_form(&page) => session.take(page),
            _ => match Session::new(page) {
                Ok(session) => self.session = Some(session),
                Err(fault) => {
                    self.broken = Some(fault);
                    return;
                }
            },
        }
        if !std::mem::replace(&mut self.resumed, true) {
            self.resume();
        }
        self.restore_place();
        if let (Some(editor), Some(session)) = (&mut self.editor, &self.session) {
            editor.elsewhere = session.revision(&editor.path) != editor.seen;
        }
    }

    /// A key while text is being typed; `None` = not taken, look it up in the keymap.
    pub fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        if self.gaps.is_some() {
            return None;
        }
        if self.editor.is_some() {
            return self.type_key(key, ctx);
        }
        let in_digits = std::mem::take(&mut self.in_digits);
        let key = key.half_width();
        let digit = key.typed().is_some_and(|typed| typed.is_ascii_digit());
        let answered = self.answer_key(key, ctx);
        self.in_digits = digit && answered.is_some();
        if digit && in_digits && answered.is_none() {
            return Some(vec![Action::warn(ctx.text.checklist.no_digit_here)]);
        }
        answered
    }

    /// A paste while text is being typed; already cleaned. `None` = not wanted.
    pub fn on_paste(&mut self, text: &str, _: &Ctx<'_>) -> Option<Vec<Action>> {
        if self.editor.is_none() {
            // A paste on a question that is answered by text begins its answer.
            let typed =
                self.row().is_some_and(|row| row.item.kind.is_typed() && !row.item.computed);
            let writable = self.session.as_ref().is_some_and(|s| s.page.writable);
            if !typed || !writable || self.gaps.is_some() {
                return None;
            }
            let text = self.row().and_then(|row| self.session.as_ref()?.answer(&row.path));
            let text = text.map(|a| entry::edit_text(&a.value)).unwrap_or_default();
            self.start_editor_with(&text, text.chars().count());
        }
        let editor = self.editor.as_mut()?;
        editor.paste(text);
        Some(self.keep_draft())
    }

    /// A command of this pane is on disk.
    pub fn on_done(&mut self, command: &Command, outcome: &Outcome, ctx: &Ctx<'_>) -> Vec<Action> {
        self.acknowledged(command, outcome, ctx)
    }

    /// A command of this pane was refused; `true` = the pane tells the officer itself.
    pub fn on_refused(&mut self, command: &Command, why: &Refusal, _: &Ctx<'_>) -> bool {
        let Some(session) = &mut self.session else { return false };
        if let Command::Answer { item, .. } = command {
            if why.is_of_the_machine() {
                session.hold(item);
            } else {
                session.refused(item);
            }
        }
        if let (Command::Submit { .. }, Refusal::Incomplete(gaps)) = (command, why) {
            session.told_gaps.clone_from(gaps);
            self.gaps = Some(Scroll::default());
            return true;
        }
        // That nothing of what is being typed is kept must be told; a place is worth no word.
        let told = matches!(command, Command::KeepDraft { .. }) && why.is_of_the_machine();
        !told && matches!(command, Command::KeepDraft { .. } | Command::KeepPlace { .. })
    }

    /// How many answers are on this screen alone, as the machine could not write them.
    pub fn held_back(&self) -> usize {
        self.session.as_ref().map_or(0, Session::held_back)
    }

    /// What must be on disk before the program leaves.
    pub fn flush(&mut self) -> Vec<Command> {
        let Some(visit) = self.visit.clone() else { return Vec::new() };
        let held = self.session.as_mut().into_iter();
        let mut commands: Vec<Command> =
            held.flat_map(|s| std::iter::from_fn(|| s.send_held())).collect();
        commands.extend(self.editor.as_ref().map(|editor| editor.draft(visit)));
        commands
    }

    /// Where its keys go now.
    pub fn context(&self) -> KeyContext {
        match &self.editor {
            _ if self.gaps.is_some() => KeyContext::Reading,
            Some(editor) if editor.is_long() => KeyContext::EditingLong,
            Some(editor) if editor.is_choosing() => KeyContext::Choosing,
            Some(_) => KeyContext::Editing,
            None => KeyContext::Checklist,
        }
    }

    /// Whether a digit answers the question in focus, instead of leading to a screen.
    pub fn takes_digits(&self) -> bool {
        let writable = self.session.as_ref().is_some_and(|session| session.page.writable);
        let asks = |row: &crate::form::Row| {
            use crate::form::Kind as K;
            !row.item.computed && !matches!(row.item.kind, K::Text | K::LongText | K::Group(_))
        };
        self.gaps.is_none() && (self.editor.is_some() || (writable && self.row().is_some_and(asks)))
    }

    /// Whether an action has anything to act on: who only reads the record has nothing to answer, and
    /// a signature is asked for where one is owed.
    pub fn offers(&self, action: &Action) -> bool {
        let Some(session) = &self.session else { return true };
        let second = &session.page.second;
        match action {
            Action::Second => second.mine || (session.page.writable && second.is_owed()),
            Action::Edit
            | Action::Unchanged
            | Action::Note
            | Action::Evidence
            | Action::Document
            | Action::Attach
            | Action::Submit => session.page.writable,
            _ => true,
        }
    }

    /// Does what an action means here.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        if self.gaps.is_some() {
            return self.on_gap_action(action, ctx);
        }
        if self.editor.is_some() {
            return self.on_editor_action(action, ctx);
        }
        self.on_list_action(action, ctx)
    }

    /// Draws itself.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        draw::pane(self, frame, area, focused, ctx);
    }

    /// Puts the cursor where the officer was, once.
    fn resume(&mut self) {
        let Some(session) = &self.session else { return };
        let page = &session.page;
        let commented = || {
            let open = page.comments.iter().find(|c| !c.resolved && c.item.is_some());
            open.and_then(|c| c.item.clone())
        };
        if let Some((item, text, caret)) = page.draft.clone().filter(|_| page.writable) {
            let answer = session.answer(&item).map(|a| entry::edit_text(&a.value));
            self.at = Some(item.as_str().into());
            self.restore_place();
            self.start_editor_with(&text, usize::try_from(caret).unwrap_or(0));
            if let Some(editor) = &mut self.editor {
                editor.began_with(&answer.unwrap_or_default());
            }
        } else {
            let place = commented().or_else(|| page.place.clone());
            self.at = place.map(|p| p.as_str().into());
        }
    }

    /// Selects the row of the wanted path, or stays where it is.
    fn restore_place(&mut self) {
        let Some(session) = &self.session else { return };
        if let Some(at) = &self.at
            && let Some(row) = session.state.rows.iter().position(|r| r.path == *at)
        {
            self.scroll.select(row);
        }
        let last = session.state.rows.len().saturating_sub(1);
        self.scroll.select(self.scroll.selected().min(last));
    }
}

#[cfg(test)]
mod tests;
