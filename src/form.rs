//! Pure: checklist definitions, composition, relevance, validation, carry-forward, cross-checks.
//!
//! A pack ([`Library`]) is compiled once. A visit is composed of its sections from the facts about
//! the customer ([`Library::compose`]); a [`Form`] then judges the answers after each commit of a
//! field ([`Form::evaluate`]): which items are relevant, what is missing, against a rule or changed
//! without explanation, which flags the answers suggest and which figures contradict each other.

pub mod definition;
pub mod entry;
mod fault;
mod state;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::answer::Answer;
use crate::domain::facts::Facts;

pub use definition::{Choice, Item, Kind, Needed, Proposal, Section, Threshold, Words};
pub use fault::{Fault, FaultKind};
pub use state::{
    Check, Delta, Figure, Gap, GapKind, Light, Problem, Progress, Row, SectionState, State,
};

/// A compiled checklist pack.
#[derive(Debug, Default)]
pub struct Library {
    id: String,
    sections: Vec<Section>,
}

impl Library {
    /// Id of the pack: `checklists@1`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// All sections of the pack, in order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The item of a path: `staff_total`, `suppliers[0].name`, `open_flag[OPS-01]`.
    pub fn item(&self, path: &str) -> Option<&Arc<Item>> {
        let (head, tail) = path.split_once('[').unwrap_or((path, ""));
        let item = self.sections.iter().flat_map(|s| &s.items).find(|item| item.code == head)?;
        match (&item.kind, tail.split_once("].")) {
            (Kind::Group(cells), Some((_, cell))) => cells.iter().find(|item| item.code == cell),
            _ => Some(item),
        }
    }

    /// Ids of the sections of which a visit with these facts is composed, in order.
    pub fn compose(&self, facts: &Facts) -> Vec<String> {
        let _ = facts;
        self.sections.iter().map(|section| section.id.clone()).collect()
    }
}

/// The checklist of one visit.
#[derive(Debug)]
pub struct Form {
    library: Arc<Library>,
    sections: Vec<usize>,
    facts: Facts,
    last: BTreeMap<Arc<str>, Arc<(Answer, NaiveDate)>>,
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
        let known = library.sections.iter().enumerate();
        let sections = known.filter(|(_, s)| sections.contains(&s.id)).map(|(i, _)| i).collect();
        let last = last.into_iter().map(|(path, answer)| (path.into(), Arc::new(answer))).collect();
        Self { library, sections, facts, last }
    }

    /// The pack.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// The facts.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Judges the answers, given by path.
    pub fn evaluate(&self, answers: &BTreeMap<String, Answer>) -> State {
        let mut state = State::default();
        for section in self.sections.iter().filter_map(|i| self.library.sections.get(*i)) {
            let first = state.rows.len();
            for item in &section.items {
                let path: Arc<str> = item.code.as_str().into();
                state.rows.push(Row {
                    title: Arc::new(item.title.clone()),
                    section: state.sections.len(),
                    subject: None,
                    repeat: None,
                    needed: Needed::No,
                    answered: answers.contains_key(&*path),
                    problem: None,
                    delta: None,
                    computed: None,
                    last: self.last.get(&path).cloned(),
                    item: Arc::clone(item),
                    path,
                });
            }
            state.sections.push(SectionState {
                id: section.id.as_str().into(),
                title: Arc::new(section.title.clone()),
                first,
                rows: state.rows.len() - first,
                progress: Progress::default(),
            });
        }
        state
    }
}
