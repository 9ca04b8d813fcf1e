//! The form of one visit: which items are relevant, what their answers are worth, what is wrong.
//!
//! Two passes. The first gives each relevant item its value, in an order in which everything comes
//! after what it depends on; an answer to an item that is no longer relevant counts for nothing. The
//! second judges the visible rows. Both together stay well under a millisecond for the largest form,
//! so everything is worked out anew after each commit of a field.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::definition::Words;
use super::eval::{Env, Val};
use super::expression::Expr;
use super::library::{Library, Node};
use super::state::{SectionState, State};
use super::{checks, judge, names};
use crate::domain::answer::{Answer, Value};
use crate::domain::facts::{Facts, NOTE};

/// More rows than this in a repeat group are refused.
pub const MAX_ROWS: u32 = 50;

/// The checklist of one visit.
#[derive(Debug)]
pub struct Form {
    library: Arc<Library>,
    sections: Vec<(usize, Arc<str>, Arc<Words>)>,
    facts: Facts,
    last: BTreeMap<String, Arc<(Answer, NaiveDate)>>,
    /// By slot: whether the form has the item at all.
    present: Vec<bool>,
    /// By number: whether the check concerns the form's items.
    checks: Vec<bool>,
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
        Self { library, sections: chosen, facts, last, present, checks }
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
        let values = Values::new(self, answers);
        let mut state = State::default();
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
        let env = values.env(&[], Val::Missing);
        for (rule, present) in self.library.checks.iter().zip(&self.checks) {
            if *present && rule.relevant.as_ref().is_none_or(|r| r.run(&env).is_true()) {
                state.checks.push(checks::judge(rule, &env));
            }
        }
        state
    }

    /// The rows of one item: itself, one per subject, or the group with its cells.
    fn rows<'a>(&'a self, slot: usize, values: &Values<'a, '_>, state: &mut State) {
        let Some(node) = self.library.nodes.get(slot) else { return };
        if !values.is_relevant(slot) {
            return;
        }
        if let Some(fact) = node.each {
            for (key, subject) in subjects(names::fact_at(&self.facts, fact)) {
                let path = format!("{}[{key}]", node.path);
                let own = values.answer(&path, node);
                let named = self.library.subject(subject);
                let judged = judge::Place {
                    title: Arc::new(node.title.with("subject", &named.zh, &named.en)),
                    subject: Some(subject.into()),
                    ..judge::Place::new(path.as_str().into(), node)
                };
                self.row(judged, values, &values.env(&[], own), state);
            }
            return;
        }
        let own = values.items.get(slot).copied().unwrap_or(Val::Missing);
        let place = judge::Place::new(Arc::clone(&node.path), node);
        self.row(place, values, &values.env(&[], own), state);
        for (number, cells) in (0..).zip(values.groups.get(slot).into_iter().flatten()) {
            for (index, cell) in node.cells.iter().enumerate() {
                if !values.is_cell_relevant(slot, number, index) {
                    continue;
                }
                let path = cell_path(node, number, cell);
                let own = cells.get(index).copied().unwrap_or(Val::Missing);
                let place = judge::Place {
                    repeat: u32::try_from(number).ok(),
                    ..judge::Place::new(path.into(), cell)
                };
                self.row(place, values, &values.env(cells, own), state);
            }
        }
    }

    fn row<'a>(
        &'a self,
        place: judge::Place<'a>,
        values: &Values<'a, '_>,
        env: &Env<'a, '_>,
        state: &mut State,
    ) {
        let answer = values.answers.get(&*place.path);
        let last = self.last.get(&*place.path).cloned();
        judge::row(place, answer, last, env, state);
    }
}

/// The entries of a fact for which an item is asked: key in the path, and the text.
fn subjects(fact: Option<&Value>) -> Vec<(String, &str)> {
    match fact {
        Some(Value::Multi(codes)) => {
            let mut seen = BTreeSet::new();
            let fresh = codes.iter().filter(|code| seen.insert(*code));
            // What is noted behind a code belongs to the question, not to the key of its answer.
            let key = |code: &str| code.split(NOTE).next().unwrap_or_default().to_owned();
            fresh.map(|code| (key(code), code.as_str())).collect()
        }
        Some(Value::Text(text)) => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            (1..).zip(lines).map(|(n, line): (u32, &str)| (n.to_string(), line)).collect()
        }
        _ => Vec::new(),
    }
}

fn cell_path(group: &Node, number: usize, cell: &Node) -> String {
    format!("{}[{number}].{}", group.path, cell.path)
}

/// What each relevant item is worth.
struct Values<'a, 'f> {
    answers: &'a BTreeMap<String, Answer>,
    form: &'f Form,
    facts: Vec<Val<'a>>,
    items: Vec<Val<'a>>,
    last: Vec<Val<'a>>,
    groups: Vec<Vec<Vec<Val<'a>>>>,
    relevant: Vec<bool>,
    /// By slot of a group: row by row, whether the cell is relevant.
    cells: Vec<Vec<Vec<bool>>>,
}

impl<'a> Values<'a, 'a> {
    fn new(form: &'a Form, answers: &'a BTreeMap<String, Answer>) -> Self {
        let nodes = &form.library.nodes;
        let last = |node: &'a Node| {
            let known = form.last.get(&*node.path).map(|last| &last.0.value);
            known.filter(|v| judge::fits(&node.item.kind, v)).map_or(Val::Missing, Val::of)
        };
        let mut values = Self {
            answers,
            form,
            facts: names::fact_values(&form.facts),
            items: vec![Val::Missing; nodes.len()],
            last: nodes.iter().map(last).collect(),
            groups: vec![Vec::new(); nodes.len()],
            relevant: vec![false; nodes.len()],
            cells: vec![Vec::new(); nodes.len()],
        };
        for slot in &form.library.order {
            if let (Some(node), Some(true)) = (nodes.get(*slot), form.present.get(*slot)) {
                values.fill(*slot, node);
            }
        }
        values
    }

    fn fill(&mut self, slot: usize, node: &'a Node) {
        if !self.holds(node.relevant.as_ref(), &[]) {
            return;
        }
        if let Some(relevant) = self.relevant.get_mut(slot) {
            *relevant = true;
        }
        if node.each.is_some() {
            return;
        }
        let value = match &node.calculation {
            Some(how) => how.run(&self.env(&[], Val::Missing)),
            None => self.answer(&node.path, node),
        };
        if let Some(item) = self.items.get_mut(slot) {
            *item = value;
        }
        if !node.cells.is_empty()
            && let Some(Value::Rows(count)) = self.answers.get(&*node.path).map(|a| &a.value)
            && *count <= MAX_ROWS
        {
            self.fill_group(slot, node, *count as usize);
        }
    }

    fn fill_group(&mut self, slot: usize, node: &'a Node, count: usize) {
        let (mut rows, mut relevance) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for number in 0..count {
            let mut row = vec![Val::Missing; node.cells.len()];
            let mut relevant = vec![false; node.cells.len()];
            for index in &node.cell_order {
                let Some(cell) = node.cells.get(*index) else { continue };
                if !self.holds(cell.relevant.as_ref(), &row) {
                    continue;
                }
                let value = match &cell.calculation {
                    Some(how) => how.run(&self.env(&row, Val::Missing)),
                    None => self.answer(&cell_path(node, number, cell), cell),
                };
                if let (Some(seen), Some(place)) = (relevant.get_mut(*index), row.get_mut(*index)) {
                    *seen = true;
                    *place = value;
                }
            }
            rows.push(row);
            relevance.push(relevant);
        }
        if let (Some(group), Some(cells)) = (self.groups.get_mut(slot), self.cells.get_mut(slot)) {
            *group = rows;
            *cells = relevance;
        }
    }
}

impl<'a> Values<'a, '_> {
    fn env<'e>(&'e self, cells: &'e [Val<'a>], own: Val<'a>) -> Env<'a, 'e> {
        Env {
            facts: &self.facts,
            items: &self.items,
            last: &self.last,
            groups: &self.groups,
            cells,
            own,
        }
    }

    fn holds(&self, rule: Option<&'a Expr>, cells: &[Val<'a>]) -> bool {
        rule.is_none_or(|rule| rule.run(&self.env(cells, Val::Missing)).is_true())
    }

    /// The answer at a path; missing if it is not of the item's kind.
    fn answer(&self, path: &str, node: &Node) -> Val<'a> {
        let value = self.answers.get(path).map(|answer| &answer.value);
        match value {
            Some(value) if judge::fits(&node.item.kind, value) => Val::of(value),
            _ => Val::Missing,
        }
    }

    fn is_relevant(&self, slot: usize) -> bool {
        self.form.present.get(slot) == Some(&true) && self.relevant.get(slot) == Some(&true)
    }

    fn is_cell_relevant(&self, slot: usize, number: usize, cell: usize) -> bool {
        let row = self.cells.get(slot).and_then(|rows| rows.get(number));
        row.and_then(|row| row.get(cell)) == Some(&true)
    }
}
