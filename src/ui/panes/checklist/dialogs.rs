//! What the checklist asks in dialogs, and what the answers to them mean; the list of gaps.

use std::sync::Arc;

use super::session::Session;
use super::{ChecklistPane, comments};
use crate::domain::answer::{Answer, DocumentState, Evidence, Value};
use crate::domain::visit::VisitState;
use crate::form::Row;
use crate::form::definition::Kind;
use crate::i18n::words;
use crate::protocol::command::Command;
use crate::protocol::query::{DropsFor, GalleryOf};
use crate::ui::action::{Action, Answered, ForItem, Photos};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::value::document_state;

const NOTE: &str = "checklist-note";
const EVIDENCE: &str = "checklist-evidence";
const UNCHANGED: &str = "checklist-unchanged";
const DOCUMENT: &str = "checklist-document";
pub(super) const FLAG: &str = "checklist-flag";
pub(super) const DECIDE: &str = "checklist-decide";
pub(super) const CONFIRM: &str = "checklist-confirm";
pub(super) const REJECT: &str = "checklist-reject";
pub(super) const SECOND: &str = "checklist-second";
pub(super) const SIGN: &str = "checklist-sign";
pub(super) const DECLARED: &str = "checklist-declared";
pub(super) const NEWS: &str = "checklist-news";
const WITHDRAW: &str = "checklist-withdraw";
const DISCARD: &str = "checklist-discard";
pub(super) const AGREED: &str = "checklist-todo";

impl ChecklistPane {
    /// What an action means while moving between the questions.
    pub(super) fn on_list_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        let rows = session.state.rows.len();
        let mut scroll = self.scroll;
        if scroll.on_action(action, rows) {
            self.scroll = scroll;
            return self.go_to(scroll.selected());
        }
        match action {
            Action::StepNext | Action::Right => self.step(true),
            Action::StepPrevious | Action::Left => self.step(false),
            Action::Edit | Action::Open | Action::Accept => self.edit(ctx),
            Action::Unchanged => self.unchanged(ctx),
            Action::Note => self.ask_note(ctx),
            Action::Evidence => self.ask_evidence(EVIDENCE, ctx),
            Action::Document => self.document(ctx),
            Action::Attach => self.register(ctx),
            Action::Photos => self.photos(ctx),
            Action::Gaps => {
                self.gaps = Some(self.next_gap());
                Vec::new()
            }
            Action::Clear => self.clear(ctx),
            Action::AddRow => self.add_row(ctx),
            Action::RemoveRow => self.remove_row(ctx),
            Action::ChangeVisit => self.ask_visit(ctx),
            Action::Reason => {
                self.explained = !self.explained;
                Vec::new()
            }
            Action::Flag => self.ask_flag(ctx),
            Action::Second => self.ask_second(ctx),
            Action::Declared => self.ask_declared(ctx),
            Action::UpdateDossier => self.ask_news(ctx),
            Action::Reply => self.ask_reply(ctx),
            Action::Todo => self.ask_todo(ctx),
            Action::Script => self.open_script(),
            Action::Sheets => self.open_sheets(),
            Action::Submit => self.ask_submit(ctx),
            Action::Withdraw => Self::ask_plain(WITHDRAW, ctx),
            Action::Discard => Self::ask_plain(DISCARD, ctx),
            Action::Save => {
                let held = self.session.as_mut().and_then(Session::send_held);
                let mut actions: Vec<Action> = held.map(Action::apply).into_iter().collect();
                actions.push(Action::say(self.save_state(ctx)));
                actions
            }
            Action::Copy => self.copy(ctx),
            Action::Answered(answered) if answered.tag == comments::REPLY => self.replied(answered),
            Action::Answered(answered) => self.on_answered(answered, ctx),
            _ => Vec::new(),
        }
    }

    /// "saved 09:12:31" or "saving".
    pub(super) fn save_state(&self, ctx: &Ctx<'_>) -> String {
        let text = &ctx.text.checklist;
        match &self.session {
            Some(session) if session.is_saving() => text.saving.to_owned(),
            Some(session) => session
                .saved_at
                .as_ref()
                .map_or_else(|| text.saved.to_owned(), |at| text.saved_at(at)),
            None => String::new(),
        }
    }

    fn copy(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let shown = self.row().and_then(|row| {
            let answer = self.session.as_ref()?.answer(&row.path)?;
            Some(crate::ui::value::show_answer(&row.item, answer, ctx))
        });
        vec![Action::CopyText(shown.unwrap_or_default())]
    }

    fn step(&mut self, forward: bool) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        let here = self.row().map_or(0, |row| row.section);
        let to = if forward { here + 1 } else { here.saturating_sub(1) };
        let to = to.min(session.state.sections.len().saturating_sub(1));
        let first = session.state.sections.get(to).map_or(0, |s| s.first);
        // The whole step is to be seen, not its first question at the lower edge.
        self.scroll.lead(first);
        self.go_to(first)
    }

    /// `=`: the same as last time, seen again; where evidence is wanted it is asked for again.
    pub(super) fn unchanged(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        if !self.session.as_ref().is_some_and(|s| s.page.writable) {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        let Some(row) = self.row().cloned() else { return Vec::new() };
        if row.last.is_none() {
            return vec![Action::warn(text.nothing_last)];
        }
        let visited_on = self.session.as_ref().map(|s| s.page.visited_on);
        if let Some(why) = visited_on.and_then(|day| row.asks_anew(day)) {
            return vec![Action::warn(text.asks_anew(why))];
        }
        if row.item.again {
            return self.ask_evidence(UNCHANGED, ctx);
        }
        let mut actions = self.take_last(&row, None);
        actions.extend(self.go(1));
        actions
    }

    fn take_last(&mut self, row: &Row, evidence: Option<Evidence>) -> Vec<Action> {
        let Some(last) = &row.last else { return Vec::new() };
        if let (Kind::Group(cells), Value::Rows(count)) = (&row.item.kind, &last.0.value) {
            let key = row.item.key.and_then(|key| cells.get(key)).map(|key| key.code.clone());
            return self.take_rows(row, *count, key.as_deref(), evidence);
        }
        let value = last.0.value.clone();
        self.set(&row.path, Some(Answer { value, evidence, note: String::new(), unchanged: true }))
    }

    /// Last time's rows with their names; what is said of each is asked again.
    fn take_rows(
        &mut self,
        row: &Row,
        count: u32,
        key: Option<&str>,
        evidence: Option<Evidence>,
    ) -> Vec<Action> {
        let unchanged = |value| Answer { unchanged: true, evidence, ..Answer::plain(value) };
        let mut actions = self.set(&row.path, Some(unchanged(Value::Rows(count))));
        for number in 0..count.min(crate::form::MAX_ROWS) {
            let Some(key) = key else { break };
            let path = format!("{}[{number}].{key}", row.path);
            let name = self.session.as_ref().and_then(|s| s.state.row(&path)?.last.clone());
            if let Some(name) = name {
                actions.extend(self.set(&path, Some(unchanged(name.0.value.clone()))));
            }
        }
        self.at = Some(Arc::clone(&row.path));
        self.restore_place();
        actions
    }

    /// Why nothing can be written here, and what helps.
    pub(super) fn why_read_only(&self, ctx: &Ctx<'_>) -> &'static str {
        let text = &ctx.text.checklist;
        let state = self.session.as_ref().map(|s| s.page.state);
        match state {
            Some(VisitState::Draft | VisitState::Returned) if self.is_second() => {
                ctx.text.conduct.read_only_second
            }
            Some(VisitState::Submitted) => text.read_only_submitted,
            Some(VisitState::Approved) => text.read_only_approved,
            _ => text.read_only,
        }
    }

    fn ask_note(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let Some(answer) = self.answered_row() else {
            return vec![Action::warn(text.answer_first)];
        };
        let field = Field::text(text.note, answer.note);
        vec![Action::ask(Ask::form(NOTE, text.note, vec![field]))]
    }

    fn ask_evidence(&mut self, tag: &'static str, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let answer = self.answered_row();
        if answer.is_none() && tag == EVIDENCE {
            return vec![Action::warn(text.answer_first)];
        }
        let options = Evidence::ALL
            .iter()
            .map(|e| (e.as_code().to_owned(), words::evidence(ctx.lang, *e).to_owned()))
            .collect();
        let now = answer.and_then(|a| a.evidence).unwrap_or(Evidence::Oral);
        let field = Field::choice(text.evidence, now.as_code(), options);
        let title = if tag == UNCHANGED { text.unchanged } else { text.evidence };
        vec![Action::ask(Ask::form(tag, title, vec![field]))]
    }

    fn answered_row(&self) -> Option<Answer> {
        let row = self.row()?;
        self.session.as_ref()?.answer(&row.path).cloned()
    }

    /// `d`: the state of the document in focus, or on to the first document.
    fn document(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(row) = self.row().cloned() else { return Vec::new() };
        if matches!(row.item.kind, Kind::Document) {
            return self.ask_document(&row, None, ctx);
        }
        let Some(session) = &self.session else { return Vec::new() };
        let first = session.state.rows.iter().position(|r| matches!(r.item.kind, Kind::Document));
        first.map(|row| self.go_to(row)).unwrap_or_default()
    }

    /// `r`: the files that wait, for the document or photo in focus; elsewhere on to the first one.
    fn register(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let (Some(row), Some(session)) = (self.row().cloned(), &self.session) else {
            return Vec::new();
        };
        if !session.page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        if !matches!(row.item.kind, Kind::Document) {
            return self.document(ctx);
        }
        let visit = session.page.visit.clone();
        let title = crate::ui::value::pick(&row.title, ctx.lang).to_owned();
        let place = DropsFor::Item { visit, item: row.path.to_string() };
        let of = ForItem { place, title };
        vec![Action::OpenDrops(Box::new(of))]
    }

    /// `o`: the photos of this visit, those of the question in focus first.
    fn photos(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(visit) = self.visit.clone() else { return Vec::new() };
        if self.session.as_ref().is_some_and(|session| session.page.attachments.is_empty()) {
            return vec![Action::warn(ctx.text.files.gallery_empty)];
        }
        let item = self.row().map(|row| row.path.to_string());
        let open = self.session.as_ref().is_some_and(|session| session.page.writable);
        let of = Photos::Of { of: GalleryOf::Visit(visit), item, open };
        vec![Action::OpenPhotos(Box::new(of))]
    }

    /// Asks for the state of a document, with day and reason.
    pub(super) fn ask_document(
        &mut self,
        row: &Row,
        chosen: Option<DocumentState>,
        ctx: &Ctx<'_>,
    ) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let now = self.session.as_ref().and_then(|s| s.answer(&row.path)).map(|a| a.value.clone());
        let (old, until, note) = match now {
            Some(Value::Document { state, until, note }) => (Some(state), until, note),
            _ => (None, None, String::new()),
        };
        let state = chosen.or(old).unwrap_or(DocumentState::Received);
        let options = DocumentState::ALL
            .iter()
            .map(|s| (s.as_code().to_owned(), document_state(&row.item, *s, ctx).to_owned()))
            .collect();
        let until = until.map(|d| d.to_string()).unwrap_or_default();
        let fields = vec![
            Field::choice(text.document_state, state.as_code(), options),
            Field::date(text.promised_until, until)
                .required_when(0, DocumentState::Promised.as_code()),
            Field::text(text.document_note, note)
                .required_when(0, DocumentState::Refused.as_code()),
        ];
        // With the state chosen before, the next thing to say has the focus.
        let focus = match chosen {
            Some(DocumentState::Promised) => 1,
            Some(_) => 2,
            None => 0,
        };
        let title = crate::ui::value::pick(&row.title, ctx.lang).to_owned();
        vec![Action::ask(Ask::form(DOCUMENT, title, fields).starting_at(focus))]
    }

    fn clear(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        if !session.page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        let Some(row) = self.row().cloned() else { return Vec::new() };
        if matches!(row.item.kind, Kind::Group(_)) {
            return self.remove_row(ctx);
        }
        let answered = session.answer(&row.path).is_some();
        if answered { self.set(&row.path, None) } else { Vec::new() }
    }

    fn on_answered(&mut self, answered: &Answered, ctx: &Ctx<'_>) -> Vec<Action> {
        let values = &answered.values;
        let value = |i: usize| values.get(i).cloned().unwrap_or_default();
        match answered.tag {
            NOTE => self.amend_answer(|answer| answer.note = value(0)),
            EVIDENCE => {
                self.amend_answer(|answer| answer.evidence = Evidence::from_code(&value(0)))
            }
            UNCHANGED => {
                let Some(row) = self.row().cloned() else { return Vec::new() };
                let mut actions = self.take_last(&row, Evidence::from_code(&value(0)));
                actions.extend(self.go(1));
                actions
            }
            DOCUMENT => {
                let Some(row) = self.row().cloned() else { return Vec::new() };
                let Some(state) = DocumentState::from_code(&value(0)) else { return Vec::new() };
                let (until, note) = (value(1).parse().ok(), value(2));
                let complete = match state {
                    DocumentState::Promised => until.is_some(),
                    DocumentState::Refused => !note.is_empty(),
                    _ => true,
                };
                let value = Value::Document { state, until, note };
                if complete {
                    return self.answer_and_go_on(&row, value);
                }
                self.answer(&row, value)
            }
            AGREED => self.note_todo(values, ctx),
            FLAG => self.raise_typed(values, ctx),
            DECIDE => self.ask_decision(value(0) == "confirm", ctx),
            CONFIRM => self.confirm(values, ctx),
            REJECT => self.reject(value(0)),
            SECOND => self.second_chosen(&value(0)),
            SIGN => self.sign(&value(0), value(1)),
            DECLARED => self.declared_chosen(value(0) == "declared"),
            NEWS => self.take_news(value(0)),
            WITHDRAW => self.on_record(|visit, seen| Command::Withdraw { visit, seen }),
            DISCARD => self.on_record(|visit, seen| Command::Discard { visit, seen }),
            _ => Vec::new(),
        }
    }

    fn amend_answer(&mut self, change: impl FnOnce(&mut Answer)) -> Vec<Action> {
        let (Some(path), Some(mut answer)) =
            (self.row().map(|r| Arc::clone(&r.path)), self.answered_row())
        else {
            return Vec::new();
        };
        change(&mut answer);
        self.set(&path, Some(answer))
    }

    fn ask_plain(tag: &'static str, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let ask = if tag == DISCARD {
            Ask::confirm(tag, text.discard_title, vec![text.discard_body.to_owned()]).dangerous()
        } else {
            Ask::confirm(tag, text.withdraw_title, vec![text.withdraw_body.to_owned()])
        };
        vec![Action::ask(ask)]
    }

    pub(super) fn on_record(
        &self,
        command: impl FnOnce(crate::domain::ids::VisitId, i64) -> Command,
    ) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        vec![Action::apply(command(session.page.visit.clone(), session.page.revision))]
    }
}
