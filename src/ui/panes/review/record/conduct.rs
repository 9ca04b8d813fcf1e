//! How a visit was prepared and conducted, as entries of its record: the co-inspector's words, texts
//! that are like others, what was looked up and what was not, and what comes next.

use super::sheet::{Entry, Part, Sheet};
use crate::domain::answer::Value;
use crate::domain::facts::{self, parted};
use crate::form::Row;
use crate::protocol::page::LikeRow;

/// Items that are the customer's own words whoever typed them.
const OWN_WORDS: [&str; 4] = ["needs", "renewal", "satisfaction", "shop_needs"];
/// What the officer writes for herself alone.
const PRIVATE: &str = "retrospective";

impl Sheet {
    /// Whether an answer is the customer's word and nothing was seen for it.
    pub(super) fn is_own_word(&self, row: &Row) -> bool {
        let answer = self.answer(&row.path);
        answer.is_some_and(|answer| {
            OWN_WORDS.contains(&row.item.code.as_str())
                || self.page.visit.is_declared(&row.path, answer)
        })
    }

    /// Whether somebody who had no hand in the record does not read this.
    pub(super) fn is_private(&self, row: &Row) -> bool {
        row.item.code == PRIVATE && !self.page.own
    }

    fn list_of(&self, fact: &str) -> &[String] {
        match self.page.visit.facts.get(fact) {
            Some(Value::Multi(list)) => list,
            _ => &[],
        }
    }

    /// Look-ups that found something: code and what.
    pub(super) fn finding(&self, at: usize) -> Option<(&str, &str)> {
        self.list_of(facts::FINDINGS).get(at).map(|entry| parted(entry))
    }

    /// Look-ups that were not queried: code and why.
    pub(super) fn not_queried(&self, at: usize) -> Option<(&str, &str)> {
        self.list_of(facts::NOT_QUERIED).get(at).map(|entry| parted(entry))
    }

    /// When the officer means to make up for a look-up, in her words.
    pub(super) fn looked_up_later(&self, code: &str) -> Option<&str> {
        let path = format!("lookup_later[{code}]"); // tidy: not a text
        match &self.answer(&path)?.value {
            Value::Text(said) if !said.trim().is_empty() => Some(said.trim()),
            _ => None,
        }
    }

    /// How many look-ups were not queried.
    pub(super) fn not_queried_count(&self) -> usize {
        self.list_of(facts::NOT_QUERIED).len()
    }

    /// The likest text.
    pub(super) fn likest(&self) -> Option<&LikeRow> {
        self.page.handing.like.first()
    }

    /// The co-inspector's own words, where she said more than yes.
    pub(super) fn second_entries(&self, list: &mut Vec<Entry>) {
        let asked = self.page.visit.second.asked.as_ref();
        if asked.is_some_and(|row| !row.opinion.trim().is_empty()) {
            list.extend([Entry::Title(Part::Second, 0), Entry::Second]);
        }
    }

    /// Texts that were like others when the record was handed in, and why.
    pub(super) fn like_entries(&self, list: &mut Vec<Entry>) {
        let like = &self.page.handing.like;
        if like.is_empty() {
            return;
        }
        list.push(Entry::Title(Part::Likeness, like.len()));
        list.extend(like.iter().enumerate().map(|(at, row)| {
            let own = row.item.as_deref().and_then(|item| self.row_of(item));
            Entry::Like(at, own)
        }));
        list.push(Entry::LikeWhy);
    }

    /// Findings, then what was not queried: that is a gap, and no "none".
    pub(super) fn look_up_entries(&self, list: &mut Vec<Entry>) {
        let (found, open) = (self.list_of(facts::FINDINGS).len(), self.not_queried_count());
        if found + open > 0 {
            list.push(Entry::Title(Part::LookUps, found + open));
            list.extend((0..found).map(Entry::Finding));
            list.extend((0..open).map(Entry::NotQueried));
        }
    }

    /// When the plan asked for the customer next, and what was agreed with her.
    pub(super) fn next_entries(&self, list: &mut Vec<Entry>) {
        let handing = &self.page.handing;
        if handing.next.is_some() || handing.wish.is_some() {
            list.extend([Entry::Title(Part::Next, 0), Entry::Next]);
        }
    }

    /// Rows whose question, answer or note holds these words.
    pub(super) fn holds(&self, row: &Row, wanted: &str, shown: &str, title: &str) -> bool {
        let note = self.answer(&row.path).map_or("", |answer| answer.note.as_str());
        [title, shown, note].iter().any(|text| text.to_lowercase().contains(wanted))
    }
}
