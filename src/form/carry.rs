//! Last time beside this time: rows of a group are the same where their keys are, whatever their
//! order; what is new and what is gone is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::definition::MAX_ROWS;
use super::node::Node;
use crate::domain::answer::{Answer, Value};

/// Last time's answers by path.
pub(super) type Last = BTreeMap<String, Arc<(Answer, NaiveDate)>>;

/// Last time's rows of a group by key, each with its number.
pub(super) type Keys = BTreeMap<String, usize>;

/// By slot of a group with a key that had rows last time: their keys.
pub(super) fn keys(nodes: &[Node], last: &Last) -> BTreeMap<usize, Keys> {
    let mut all = BTreeMap::new();
    for (slot, node) in nodes.iter().enumerate() {
        let Some(key) = node.item.key.and_then(|key| node.cells.get(key)) else { continue };
        let Some(Value::Rows(count)) = last.get(&*node.path).map(|l| &l.0.value) else { continue };
        let mut keys = Keys::new();
        for number in 0..(*count).min(MAX_ROWS) as usize {
            let answer = last.get(&node.cell_path(number, key));
            if let Some(Value::Text(text) | Value::Choice(text)) = answer.map(|l| &l.0.value) {
                keys.entry(text.trim().to_owned()).or_insert(number);
            }
        }
        if !keys.is_empty() {
            all.insert(slot, keys);
        }
    }
    all
}

/// The rows of a group beside last time's.
#[derive(Debug, Default)]
pub(super) struct MatchUp {
    /// For each row, the number of last time's row; `None` = there was none.
    pub(super) rows: Vec<Option<usize>>,
    /// Whether each row has a key.
    named: Vec<bool>,
    /// Keys that are gone; empty before the first row is there.
    pub(super) lost: Vec<String>,
}

impl MatchUp {
    /// Whether a row was not there last time.
    pub(super) fn is_fresh(&self, number: usize) -> bool {
        self.named.get(number) == Some(&true) && self.rows.get(number) == Some(&None)
    }

    /// How many rows are gone, and how many are new.
    pub(super) fn moves(&self) -> (usize, usize) {
        let fresh = (0..self.rows.len()).filter(|number| self.is_fresh(*number)).count();
        (self.lost.len(), fresh)
    }
}

/// Matches rows by their keys; a row that has no key yet stands beside last time's row of the same
/// number, unless that one is matched already.
pub(super) fn match_up<'v>(before: &Keys, keys: impl Iterator<Item = Option<&'v str>>) -> MatchUp {
    let keys: Vec<Option<&str>> = keys.map(|key| key.map(str::trim)).collect();
    let matched: BTreeSet<usize> =
        keys.iter().flatten().filter_map(|key| before.get(*key)).copied().collect();
    let row = |(number, key): (usize, Option<&str>)| match key {
        Some(key) => before.get(key).copied(),
        None => Some(number).filter(|number| !matched.contains(number)),
    };
    let lost = before.iter().filter(|(_, number)| !keys.is_empty() && !matched.contains(number));
    MatchUp {
        rows: keys.iter().copied().enumerate().map(row).collect(),
        named: keys.iter().map(Option::is_some).collect(),
        lost: lost.map(|(key, _)| key.clone()).collect(),
    }
}
