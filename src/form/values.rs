//! What each relevant item is worth: the first pass over a form.

use std::collections::BTreeMap;

use super::composed::Form;
use super::definition::MAX_ROWS;
use super::entries::Entry;
use super::eval::{Env, Val};
use super::expression::Expr;
use super::node::Node;
use super::{carry, known};
use crate::domain::answer::{Answer, Value};

/// Where an expression stands: what it can see beside facts, items and groups.
#[derive(Clone, Copy)]
pub(super) struct Stand<'a, 'e> {
    pub(super) cells: &'e [Val<'a>],
    pub(super) own: Val<'a>,
    pub(super) entry: &'e [Val<'a>],
    pub(super) subject: Val<'a>,
}

impl Default for Stand<'_, '_> {
    fn default() -> Self {
        Self { cells: &[], own: Val::Missing, entry: &[], subject: Val::Missing }
    }
}

/// What each relevant item is worth.
pub(super) struct Values<'a, 'f> {
    pub(super) answers: &'a BTreeMap<String, Answer>,
    form: &'f Form,
    facts: Vec<Val<'a>>,
    items: Vec<Val<'a>>,
    last: Vec<Val<'a>>,
    groups: Vec<Vec<Vec<Val<'a>>>>,
    moves: Vec<Option<(usize, usize)>>,
    relevant: Vec<bool>,
    /// By slot of a group: row by row, whether the cell is relevant.
    cells: Vec<Vec<Vec<bool>>>,
}

impl<'a> Values<'a, 'a> {
    pub(super) fn new(form: &'a Form, answers: &'a BTreeMap<String, Answer>) -> Self {
        let nodes = &form.library.nodes;
        let last = |(node, present): (&'a Node, &bool)| {
            let known = form.last.get(&*node.path).filter(|_| *present).map(|last| &last.0.value);
            known.filter(|v| node.item.kind.is_answered_by(v)).map_or(Val::Missing, Val::of)
        };
        let mut values = Self {
            answers,
            form,
            facts: known::fact_values(&form.facts),
            items: vec![Val::Missing; nodes.len()],
            last: nodes.iter().zip(&form.present).map(last).collect(),
            groups: vec![Vec::new(); nodes.len()],
            moves: vec![None; nodes.len()],
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
        if !self.holds(node.relevant.as_ref(), Stand::default()) {
            return;
        }
        if let Some(relevant) = self.relevant.get_mut(slot) {
            *relevant = true;
        }
        if node.each.is_some() {
            let form = self.form;
            let rows = form.entries_of(slot).iter().map(|entry| (entry.key.clone(), Some(entry)));
            return self.fill_rows(slot, node, rows.collect());
        }
        let value = match &node.calculation {
            Some(how) => how.run(&self.env(Stand::default())),
            None => self.answer(&node.path, node),
        };
        if let Some(item) = self.items.get_mut(slot) {
            *item = value;
        }
        if !node.cells.is_empty()
            && let Some(Value::Rows(count)) = self.answers.get(&*node.path).map(|a| &a.value)
            && *count <= MAX_ROWS
        {
            self.fill_rows(slot, node, (0..*count).map(|n| (n.to_string(), None)).collect());
            let moves = self.form.before.get(&slot);
            let moves = moves.map_or((0, 0), |b| carry::match_up(b, self.keys(slot)).moves());
            if let Some(place) = self.moves.get_mut(slot) {
                *place = Some(moves);
            }
        }
    }

    /// The cells of a group: for each numbered row, or for each entry.
    fn fill_rows(&mut self, slot: usize, node: &'a Node, of: Vec<(String, Option<&'a Entry>)>) {
        if node.cells.is_empty() {
            return;
        }
        let (mut rows, mut relevance) =
            (Vec::with_capacity(of.len()), Vec::with_capacity(of.len()));
        for (key, entry) in of {
            let fields = entry.map(Entry::values).unwrap_or_default();
            let subject = entry.map_or(Val::Missing, |entry| Val::Text(&entry.label.zh));
            let mut row = vec![Val::Missing; node.cells.len()];
            let mut relevant = vec![false; node.cells.len()];
            for index in &node.cell_order {
                let Some(cell) = node.cells.get(*index) else { continue };
                let stand = Stand { cells: &row, own: Val::Missing, entry: &fields, subject };
                if !self.holds(cell.relevant.as_ref(), stand) {
                    continue;
                }
                let value = match &cell.calculation {
                    Some(how) => how.run(&self.env(stand)),
                    None => self.answer(&node.cell_path(&key, cell), cell),
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
    pub(super) fn env<'e>(&'e self, stand: Stand<'a, 'e>) -> Env<'a, 'e> {
        Env {
            facts: &self.facts,
            items: &self.items,
            last: &self.last,
            groups: &self.groups,
            moves: &self.moves,
            cells: stand.cells,
            own: stand.own,
            entry: stand.entry,
            subject: stand.subject,
        }
    }

    fn holds(&self, rule: Option<&'a Expr>, stand: Stand<'a, '_>) -> bool {
        rule.is_none_or(|rule| rule.run(&self.env(stand)).is_true())
    }

    /// The answer at a path; missing if it is not of the item's kind.
    pub(super) fn answer(&self, path: &str, node: &Node) -> Val<'a> {
        let value = self.answers.get(path).map(|answer| &answer.value);
        match value {
            Some(value) if node.item.kind.is_answered_by(value) => Val::of(value),
            _ => Val::Missing,
        }
    }

    /// The value of a row that is asked for an entry.
    pub(super) fn of(
        &self,
        path: &str,
        node: &'a Node,
        cells: &[Val<'a>],
        entry: &'a Entry,
    ) -> Val<'a> {
        let Some(how) = &node.calculation else { return self.answer(path, node) };
        let (own, subject) = (Val::Missing, Val::Text(&entry.label.zh));
        how.run(&self.env(Stand { cells, own, entry: &entry.values(), subject }))
    }

    /// The value of an item.
    pub(super) fn item(&self, slot: usize) -> Val<'a> {
        self.items.get(slot).copied().unwrap_or(Val::Missing)
    }

    /// The rows of a group.
    pub(super) fn rows(&self, slot: usize) -> &[Vec<Val<'a>>] {
        self.groups.get(slot).map(Vec::as_slice).unwrap_or_default()
    }

    /// The keys of the rows of a group that has one.
    pub(super) fn keys(&self, slot: usize) -> impl Iterator<Item = Option<&'a str>> {
        let key = self.form.library.nodes.get(slot).and_then(|node| node.item.key);
        self.rows(slot).iter().map(move |row| match row.get(key?) {
            Some(Val::Text(text)) => Some(*text),
            _ => None,
        })
    }

    pub(super) fn is_relevant(&self, slot: usize) -> bool {
        self.form.present.get(slot) == Some(&true) && self.relevant.get(slot) == Some(&true)
    }

    pub(super) fn is_cell_relevant(&self, slot: usize, number: usize, cell: usize) -> bool {
        let row = self.cells.get(slot).and_then(|rows| rows.get(number));
        row.and_then(|row| row.get(cell)) == Some(&true)
    }
}
