//! What leaves on paper: texts that people typed, with identity and phone numbers masked, and names
//! of the people met, unless the order says otherwise.

use std::collections::BTreeMap;

use super::super::Asked;
use crate::access::mask_name;
use crate::domain::answer::{Answer, Value};
use crate::domain::facts::Facts;
use crate::protocol::page::{
    BriefPage, FlagRow, LookUpEntry, LookUpRow, RecordPage, StrategyRow, TodoRow,
};
use crate::store::journal;

/// Items whose answer is a person's name.
const NAMES: [&str; 1] = ["person_met"];
/// Items whose answer begins with one.
const NAMED: [&str; 1] = ["questionnaire_by"];

/// The name of somebody whom one met.
fn is_name(item: &str, cell: &str) -> bool {
    NAMES.contains(&cell) || cell == "name" && item.starts_with("people_met[")
}

impl Asked<'_> {
    /// A free text as this report may show it.
    pub(super) fn told(&self, text: &str) -> String {
        let safe = if self.clear { None } else { journal::shield_text(text) };
        safe.unwrap_or_else(|| text.to_owned())
    }

    /// Masks texts in their place.
    pub(super) fn tell_all<'t>(&self, texts: impl IntoIterator<Item = &'t mut String>) {
        for text in texts {
            *text = self.told(text);
        }
    }

    /// Masks what an answer tells of persons.
    pub(super) fn tell(&self, item: &str, answer: &mut Answer) {
        answer.note = self.told(&answer.note);
        self.tell_value(item, &mut answer.value);
    }

    pub(super) fn tell_value(&self, item: &str, value: &mut Value) {
        let cell = item.rsplit_once("].").map_or(item, |(_, cell)| cell);
        match value {
            Value::Text(text) if is_name(item, cell) => *text = self.shown(mask_name, text),
            Value::Text(text) if NAMED.contains(&cell) => *text = self.told(&self.named(text)),
            Value::Text(text) | Value::Document { note: text, .. } => *text = self.told(text),
            Value::Multi(texts) => self.tell_all(texts),
            _ => {}
        }
    }

    /// `王** 财务负责人`.
    fn named(&self, text: &str) -> String {
        match text.split_once(char::is_whitespace) {
            Some((name, rest)) => format!("{} {rest}", self.shown(mask_name, name)),
            None => self.shown(mask_name, text),
        }
    }

    pub(super) fn tell_flags(&self, flags: &mut [FlagRow]) {
        for flag in flags {
            self.tell_all([&mut flag.measure, &mut flag.note].into_iter().flatten());
            self.tell_all(flag.proofs.iter_mut().map(|file| &mut file.name));
            self.tell_all(flag.reused.iter_mut().map(|file| &mut file.name));
        }
    }

    pub(super) fn tell_todos(&self, todos: &mut [TodoRow]) {
        for row in todos {
            self.tell_all([&mut row.text]);
            self.tell_all([&mut row.text_en, &mut row.note].into_iter().flatten());
        }
    }

    /// Reasons, measures and proofs are words of people.
    pub(super) fn tell_strategy(&self, row: &mut StrategyRow) {
        let all = row.current.iter_mut().chain(&mut row.open).chain(&mut row.past);
        for one in all {
            self.tell_all([&mut one.reason]);
            self.tell_all(one.decided.as_mut().map(|(_, _, note)| note));
            for step in &mut one.steps {
                self.tell_all([&mut step.plan.measure]);
                self.tell_all(step.marked.as_mut().map(|(_, _, _, proof)| proof));
            }
        }
    }

    pub(super) fn tell_look_ups(&self, rows: &mut [LookUpRow]) {
        for row in rows {
            let entries = [&mut row.last, &mut row.before].into_iter().flatten();
            for LookUpEntry { detail, place, .. } in entries {
                self.tell_all([detail, place]);
            }
        }
    }

    /// The key of an item that is asked about a text holds that text.
    fn tell_key(&self, item: &str) -> String {
        match item.split_once('[').and_then(|(head, rest)| Some((head, rest.rsplit_once(']')?))) {
            Some((head, (subject, tail))) => format!("{head}[{}]{tail}", self.told(subject)),
            None => item.to_owned(),
        }
    }

    fn tell_keys<T>(&self, map: &mut BTreeMap<String, T>) {
        if !self.clear {
            let told = std::mem::take(map).into_iter().map(|(key, at)| (self.tell_key(&key), at));
            *map = told.collect();
        }
    }

    pub(super) fn tell_facts(&self, facts: &mut Facts) {
        for value in facts.0.values_mut() {
            self.tell_value("", value);
        }
    }

    /// Everything that a record holds of what somebody typed.
    pub(super) fn tell_record(&self, record: &mut RecordPage) {
        let page = &mut record.visit;
        self.tell_facts(&mut page.facts);
        for (item, recorded) in &mut page.answers {
            self.tell(item, &mut recorded.answer);
        }
        for (item, (answer, _)) in &mut page.last {
            self.tell(item, answer);
        }
        for (item, declared) in &mut page.declared {
            self.tell_value(item, &mut declared.value);
            declared.by = self.told(&self.named(&declared.by));
        }
        self.tell_keys(&mut page.answers);
        self.tell_keys(&mut page.last);
        self.tell_keys(&mut page.declared);
        self.tell_flags(&mut page.flags);
        for comment in &mut page.comments {
            self.tell_all([&mut comment.text]);
            self.tell_all(comment.reply.iter_mut().map(|reply| &mut reply.text));
            comment.item = comment.item.as_deref().map(|item| self.tell_key(item));
        }
        for item in page.attachments.iter_mut().map(|file| &mut file.item) {
            *item = self.tell_key(item);
        }
        self.tell_all(page.attachments.iter_mut().map(|file| &mut file.name));
        self.tell_all(page.reused.iter_mut().map(|file| &mut file.name));
        self.tell_all(page.second.asked.iter_mut().map(|row| &mut row.opinion));
        self.tell_all(page.return_reason.iter_mut());
        page.draft = None;
        page.heard.clear();
        self.tell_rounds(record);
    }

    fn tell_rounds(&self, record: &mut RecordPage) {
        for mended in &mut record.mended {
            if let Some(before) = &mut mended.before {
                self.tell(&mended.item, before);
            }
            mended.item = self.tell_key(&mended.item);
        }
        self.tell_all(record.opinions.iter_mut().map(|said| &mut said.text));
        for call in &mut record.calls {
            call.text = self.told(&call.text);
            call.contact = self.told(&self.shown(mask_name, &call.contact));
        }
        self.tell_all(record.returns.iter_mut().map(|back| &mut back.reason));
        self.tell_all(record.versions.iter_mut().filter_map(|version| version.reason.as_mut()));
        self.tell_all(record.review.iter_mut().map(|(_, _, note)| note));
        self.tell_all(
            [&mut record.lateness_reason, &mut record.amend_reason].into_iter().flatten(),
        );
        let handing = &mut record.handing;
        self.tell_all(handing.likeness_reason.iter_mut());
        self.tell_all(handing.wish.iter_mut().map(|(_, why)| why));
    }

    /// The brief as it is taken along on paper.
    pub(super) fn tell_brief(&self, page: &mut BriefPage) {
        self.tell_dossier(&mut page.dossier);
        self.tell_flags(&mut page.flags);
        self.tell_look_ups(&mut page.lookups);
        for paper in &mut page.papers {
            if let Some((value, _)) = &mut paper.last {
                self.tell_value(&paper.item, value);
            }
        }
    }
}
