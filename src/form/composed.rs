//! The checklist of one visit: which items it has, for which entries they are asked, and what was
//! answered last time. Judging answers with it is the work of [`super::evaluate`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::carry;
use super::definition::Words;
use super::entries::{self, Entry};
use super::library::Library;
use crate::domain::answer::Answer;
use crate::domain::facts::Facts;

/// The checklist of one visit.
#[derive(Debug)]
pub struct Form {
    pub(super) library: Arc<Library>,
    pub(super) sections: Vec<(usize, Arc<str>, Arc<Words>)>,
    pub(super) facts: Facts,
    pub(super) last: carry::Last,
    /// By slot: whether the form has the item at all.
    pub(super) present: Vec<bool>,
    /// By number: whether the check concerns the form's items.
    pub(super) checks: Vec<bool>,
    /// By slot: the entries for which an item is asked.
    pub(super) entries: BTreeMap<usize, Vec<Entry>>,
    /// By slot of a group with a key: last time's rows by key.
    pub(super) before: BTreeMap<usize, carry::Keys>,
}

impl Form {
    /// A form of these sections (ids that the pack does not have are left out), with the facts of
    /// the record and last time's answers by path.
    pub fn new(
        library: Arc<Library>,
        sections: &[String],
        facts: Facts,
        last: BTreeMap<String, (Answer, NaiveDate)>,
    ) -> Self {
        let mut chosen = Vec::new();
        let mut present = vec![false; library.nodes.len()];
        for (index, section) in library.sections().iter().enumerate() {
            if !sections.contains(&section.id) {
                continue;
            }
            chosen.push((index, section.id.as_str().into(), Arc::new(section.title.clone())));
            if let Some(slots) = present.get_mut(library.slots(index)) {
                slots.fill(true);
            }
        }
        let has = |slots: &BTreeSet<usize>| slots.iter().any(|s| present.get(*s) == Some(&true));
        let checks = library.checks.iter().map(|check| has(&check.slots)).collect();
        let last = last.into_iter().map(|(path, answer)| (path, Arc::new(answer))).collect();
        let entries = entries::of(&library, &facts);
        let before = carry::keys(&library.nodes, &last);
        Self { library, sections: chosen, facts, last, present, checks, entries, before }
    }

    /// The pack.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// The facts.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The entries for which an item is asked; none for one that is asked once.
    pub(super) fn entries_of(&self, slot: usize) -> &[Entry] {
        self.entries.get(&slot).map_or(&[], Vec::as_slice)
    }
}
