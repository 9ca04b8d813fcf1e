//! Which limits of the trade stand behind a question: so that a number that the bank has not yet
//! confirmed is told wherever it acts.

use std::sync::Arc;

use super::definition::Threshold;
use super::names::Scope;
use super::source::{Formula, RawItem};

/// The limits that an item's rules name themselves. Those inside named conditions, by which whole
/// sections are chosen, are not counted: they would be told at every question.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// By its relevance or calculation: it is asked, or is what it is, because of them.
    pub(super) always: Vec<Arc<Threshold>>,
    /// By the condition under which it is needed `Hard`.
    pub(super) hard_if: Vec<Arc<Threshold>>,
    /// By its rule.
    pub(super) constraint: Vec<Arc<Threshold>>,
}

impl Named {
    /// Those of one item.
    pub(super) fn of(raw: &RawItem, scope: &Scope) -> Self {
        let always = raw.relevant.iter().chain(&raw.calculation);
        Self {
            always: always.flat_map(|rule| within(rule, scope)).collect(),
            hard_if: raw.hard_if.iter().flat_map(|rule| within(rule, scope)).collect(),
            constraint: raw.constraint.iter().flat_map(|(rule, _)| within(rule, scope)).collect(),
        }
    }
}

/// The limits that an expression names, each once. Whether they exist is not asked here: an
/// expression with a wrong name does not compile.
pub(super) fn within(rule: &Formula, scope: &Scope) -> Vec<Arc<Threshold>> {
    let mut found: Vec<Arc<Threshold>> = Vec::new();
    for part in rule.text.split("limit.").skip(1) {
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let name: String = part.chars().take_while(|c| letter(*c)).collect();
        add(&mut found, scope.limit(&name));
    }
    found
}

/// Adds what is not there yet.
pub(super) fn add<'a>(
    all: &mut Vec<Arc<Threshold>>,
    more: impl IntoIterator<Item = &'a Arc<Threshold>>,
) {
    for limit in more {
        if !all.iter().any(|known| Arc::ptr_eq(known, limit)) {
            all.push(Arc::clone(limit));
        }
    }
}
