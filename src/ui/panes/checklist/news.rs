//! Answers that are news for the customer's dossier: shown beside what stands there, taken over by
//! one key, never by themselves.

use super::ChecklistPane;
use super::dialogs::NEWS;
use super::session::Session;
use crate::domain::answer::Value;
use crate::domain::customer::DossierField;
use crate::form::Row;
use crate::protocol::command::{Command, DossierNews};
use crate::ui::action::Action;
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;

impl Session {
    /// The field for which a row's answer is news, with the answer.
    pub(super) fn news_of(&self, row: &Row) -> Option<(DossierField, String)> {
        let field = row.item.updates?;
        match self.answer(&row.path).map(|answer| &answer.value) {
            Some(Value::Text(text)) if !text.trim().is_empty() => {
                Some((field, text.trim().to_owned()))
            }
            _ => None,
        }
    }

    /// Rows whose answers are news and were not taken over.
    pub(super) fn open_news(&self) -> Vec<&Row> {
        let open = |row: &&Row| {
            let done = self.page.dossier.changed.contains_key(&*row.path);
            !done && self.news_of(row).is_some()
        };
        self.state.rows.iter().filter(open).collect()
    }
}

impl ChecklistPane {
    /// `'`: the news of the row in focus, or the first that waits, beside what the dossier says.
    pub(super) fn ask_news(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let Some(session) = &self.session else { return Vec::new() };
        if !session.page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        if session.is_saving() {
            return vec![Action::warn(text.unsaved_wait)];
        }
        let here = self.row().filter(|row| session.news_of(row).is_some());
        let row = here.or(session.open_news().first().copied());
        let news = row.and_then(|row| Some((row.path.to_string(), session.news_of(row)?)));
        let Some((item, (field, said))) = news else {
            return vec![Action::warn(text.dossier_no_news)];
        };
        let before = session.page.dossier.fields.get(&field).map_or("", String::as_str);
        let value = Field::text(text.dossier_to, said).required();
        let mut ask = Ask::form(NEWS, text.dossier_title(field), vec![value]);
        ask.lines = vec![ctx.theme.clean(&text.dossier_before(before))];
        self.updating = Some((item, field));
        vec![Action::ask(ask)]
    }

    /// The officer has seen both and agreed, perhaps with another wording.
    pub(super) fn take_news(&mut self, value: String) -> Vec<Action> {
        let (Some(session), Some((item, field))) = (&self.session, self.updating.take()) else {
            return Vec::new();
        };
        let (visit, seen) = (session.page.visit.clone(), session.page.dossier.revision);
        vec![Action::apply(Command::UpdateDossier(DossierNews { visit, item, field, value, seen }))]
    }
}
