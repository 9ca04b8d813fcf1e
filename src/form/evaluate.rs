//! The answers of one visit, judged: which items are relevant, what their answers are worth, what is
//! wrong.
//!
//! Two passes. The first gives each relevant item its value, in an order in which everything comes
//! after what it depends on; an answer to an item that is no longer relevant counts for nothing. The
//! second judges the visible rows. Both together stay well under a millisecond for the largest form,
//! so everything is worked out anew after each commit of a field.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::composed::Form;
use super::definition::{Needed, Words};
use super::entries::Entry;
use super::eval::Val;
use super::node::Node;
use super::state::{Check, SectionState, State};
use super::values::{Stand, Values};
use super::{carry, checks, judge, known, own};
use crate::domain::answer::Answer;
use crate::risk::Light;

impl Form {
    /// Judges the answers, given by path.
    pub fn evaluate(&self, answers: &BTreeMap<String, Answer>) -> State {
        let values = Values::new(self, answers);
        let mut state = State { checks: self.checks(&values), ..State::default() };
        for (index, id, title) in &self.sections {
            let first = state.rows.len();
            for slot in self.library.slots(*index) {
                self.rows(slot, &values, &mut state);
            }
            let rows = state.rows.get(first..).unwrap_or_default();
            if rows.is_empty() {
                continue;
            }
            let progress = judge::progress(rows);
            state.progress.add(progress);
            state.sections.push(SectionState {
                id: Arc::clone(id),
                title: Arc::clone(title),
                first,
                rows: rows.len(),
                progress,
            });
        }
        own::in_force(&mut state.proposals, &self.facts);
        state
    }

    fn checks(&self, values: &Values<'_, '_>) -> Vec<Check> {
        let env = values.env(Stand::default());
        let present = self.library.checks.iter().zip(&self.checks).filter(|(_, present)| **present);
        let relevant = present.map(|(rule, _)| rule);
        let relevant =
            relevant.filter(|r| r.relevant.as_ref().is_none_or(|r| r.run(&env).is_true()));
        let judged = relevant.map(|rule| (rule, checks::judge(rule, &env)));
        let useful = judged.filter(|(rule, check)| {
            check.missing.is_empty() || !checks::wants_what_is_not_asked(rule, &env, values)
        });
        useful.map(|(_, check)| check).collect()
    }

    /// The rows of one item: itself, one per entry, or the group with its cells.
    fn rows<'a>(&'a self, slot: usize, values: &Values<'a, '_>, state: &mut State) {
        let Some(node) = self.library.nodes.get(slot) else { return };
        if !values.is_relevant(slot) {
            return;
        }
        match node.each {
            Some(fact) if known::is_checks(fact) => self.of_checks(node, values, state),
            Some(_) if node.cells.is_empty() => {
                for entry in self.entries_of(slot) {
                    let path = format!("{}[{}]", node.path, entry.key);
                    self.of_entry(node, entry, path, None, values, state);
                }
            }
            Some(_) => {
                for (entry, cells) in self.entries_of(slot).iter().zip(values.rows(slot)) {
                    for (index, cell) in node.cells.iter().enumerate() {
                        if values.is_cell_relevant(slot, entry.number, index) {
                            let path = node.cell_path(&entry.key, cell);
                            self.of_entry(cell, entry, path, Some(cells), values, state);
                        }
                    }
                }
            }
            None => self.of_item(slot, node, values, state),
        }
    }

    /// A row that is asked for one entry.
    fn of_entry<'a>(
        &'a self,
        node: &'a Node,
        entry: &'a Entry,
        path: String,
        cells: Option<&[Val<'a>]>,
        values: &Values<'a, '_>,
        state: &mut State,
    ) {
        let (grouped, cells) = (cells.is_some(), cells.unwrap_or_default());
        let own = values.of(&path, node, cells, entry);
        let fields = entry.values();
        let place = judge::Place {
            title: Arc::new(entry.titled(&node.title)),
            repeat: u32::try_from(entry.number).ok().filter(|_| grouped),
            subject: Some(Arc::clone(&entry.subject)),
            last: self.last.get(&path).cloned(),
            ..judge::Place::new(path.into(), node)
        };
        let subject = Val::Text(&entry.label.zh);
        let stand = Stand { cells, own, entry: &fields, subject };
        judge::row(place, values.answers, &values.env(stand), state);
    }

    /// One question for each check that is not in order; an alarm wants an answer.
    fn of_checks<'a>(&'a self, node: &'a Node, values: &Values<'a, '_>, state: &mut State) {
        let open = |check: &&Check| matches!(check.light, Light::Watch | Light::Alarm);
        let open: Vec<Check> = state.checks.iter().filter(open).cloned().collect();
        for check in open {
            let path = format!("{}[{}]", node.path, check.id);
            let own = values.answer(&path, node);
            let title = node.title.with("subject", &check.title.zh, &check.title.en);
            let alarm = check.light == Light::Alarm;
            let place = judge::Place {
                title: Arc::new(title.with("question", &check.question.zh, &check.question.en)),
                subject: Some(Arc::clone(&check.id)),
                last: self.last.get(&path).cloned(),
                needed: alarm.then_some(Needed::Hard),
                ..judge::Place::new(path.into(), node)
            };
            let stand = Stand { own, ..Stand::default() };
            judge::row(place, values.answers, &values.env(stand), state);
        }
    }

    /// An item of its own, with the rows of a repeat group.
    fn of_item<'a>(
        &'a self,
        slot: usize,
        node: &'a Node,
        values: &Values<'a, '_>,
        state: &mut State,
    ) {
        let match_up =
            self.before.get(&slot).map(|before| carry::match_up(before, values.keys(slot)));
        let own = values.item(slot);
        let place = judge::Place {
            last: self.last.get(&*node.path).cloned(),
            lost: match_up.as_ref().map(|m| m.lost.clone()).unwrap_or_default(),
            ..judge::Place::new(Arc::clone(&node.path), node)
        };
        judge::row(place, values.answers, &values.env(Stand { own, ..Stand::default() }), state);
        for (number, cells) in values.rows(slot).iter().enumerate() {
            let before = match &match_up {
                Some(m) => m.rows.get(number).copied().flatten(),
                None => Some(number),
            };
            for (index, cell) in node.cells.iter().enumerate() {
                if !values.is_cell_relevant(slot, number, index) {
                    continue;
                }
                let path = node.cell_path(number, cell);
                let then = before.map(|before| node.cell_path(before, cell));
                let is_key = node.item.key == Some(index);
                let place = judge::Place {
                    title: titled(cell, &node.cells, cells),
                    repeat: u32::try_from(number).ok(),
                    last: then.and_then(|then| self.last.get(&then).cloned()),
                    fresh: is_key && match_up.as_ref().is_some_and(|m| m.is_fresh(number)),
                    ..judge::Place::new(path.into(), cell)
                };
                let own = cells.get(index).copied().unwrap_or(Val::Missing);
                let stand = Stand { cells, own, ..Stand::default() };
                judge::row(place, values.answers, &values.env(stand), state);
            }
        }
    }
}

/// The title of a cell, with the answer of a sibling in it where it names one.
fn titled(cell: &Node, siblings: &[Node], cells: &[Val<'_>]) -> Arc<Words> {
    let Some((code, at)) = &cell.names_sibling else { return Arc::clone(&cell.title) };
    let choices = siblings.get(*at).map_or(&[][..], |sibling| sibling.item.kind.choices());
    let words = match cells.get(*at) {
        Some(Val::Text(text)) => {
            let choice = choices.iter().find(|choice| choice.code == *text);
            choice.map_or_else(
                || Words { zh: (*text).to_owned(), en: (*text).to_owned() },
                |choice| choice.words.clone(),
            )
        }
        _ => Words { zh: "…".to_owned(), en: "…".to_owned() },
    };
    Arc::new(cell.title.with(code, &words.zh, &words.en))
}
