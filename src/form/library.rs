//! Packs, compiled: every name resolved, every expression checked, items in an order in which each
//! comes after what it depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::definition::{Item, Kind, Section, Words};
use super::eval::Env;
use super::expression::{Expr, Names, ONE, Type, Var, compile};
use super::fault::{Fault, FaultKind};
use super::known;
use super::limits::{self, Named};
use super::names::{self, Scope};
use super::node::{FlagRule, Node, Rule};
use super::note::Note;
use super::order::order;
use super::source::{Formula, Pack, Place, RawCheck, RawItem};
use crate::domain::facts::{Facts, parted};

/// A compiled checklist pack.
#[derive(Debug, Default)]
pub struct Library {
    id: String,
    sections: Vec<Section>,
    relevant: Vec<Option<Expr>>,
    /// Slot of the first item of each section.
    first: Vec<usize>,
    pub(super) nodes: Vec<Node>,
    pub(super) order: Vec<usize>,
    pub(super) checks: Vec<Rule>,
    by_code: BTreeMap<String, usize>,
    subjects: BTreeMap<String, Words>,
}

impl Library {
    /// Compiles a pack; the first fault refuses it.
    pub fn compile(pack: Pack) -> Result<Self, Fault> {
        let scope = Scope::new(&pack)?;
        let mut library = Self { id: pack.id, ..Self::default() };
        for raw in pack.sections {
            let facts_only = scope.facts_only();
            library.relevant.push(optional(raw.relevant.as_ref(), &facts_only, &Type::Bool)?);
            library.first.push(library.nodes.len());
            let mut items = Vec::with_capacity(raw.items.len());
            for item in raw.items {
                let node = node(item, &scope)?;
                items.push(Arc::clone(&node.item));
                library.by_code.insert(node.item.code.clone(), library.nodes.len());
                library.nodes.push(node);
            }
            library.sections.push(Section {
                id: raw.id,
                title: raw.title,
                covers: raw.covers,
                items,
            });
        }
        library.order = order(&library.nodes, scope.places(), |var| match var {
            Var::Item(slot) => Some(slot),
            _ => None,
        })?;
        let names = fact_names(pack.facts)?;
        for check in pack.checks {
            library.checks.push(rule(check, &scope, &library.nodes, &names)?);
        }
        Ok(library)
    }

    /// Gives names to the subjects for which items are asked: for `OPS-01` its code and its signal's
    /// name, for a look-up its title.
    #[must_use]
    pub fn with_subjects(mut self, names: BTreeMap<String, Words>) -> Self {
        self.subjects = names;
        self
    }

    /// A subject as titles show it: by its name, or as it is; with what is noted about it.
    pub(super) fn subject(&self, entry: &str) -> Words {
        let (code, note) = parted(entry);
        let name = self.subjects.get(code).cloned().unwrap_or_else(|| Words::same(code));
        if note.is_empty() {
            return name;
        }
        Words { zh: format!("{}：{note}", name.zh), en: format!("{}: {note}", name.en) } // tidy: not a text
    }

    /// Id of the pack: `checklists@4`.
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
        let item = &self.nodes.get(self.slot(head)?)?.item;
        match (&item.kind, tail.rsplit_once("].")) {
            (Kind::Group(cells), Some((_, cell))) => cells.iter().find(|item| item.code == cell),
            _ => Some(item),
        }
    }

    /// Ids of the sections of which a visit with these facts is composed, in order.
    pub fn compose(&self, facts: &Facts) -> Vec<String> {
        let values = known::fact_values(facts);
        let env = Env::of_facts(&values);
        let relevant = |rule: &Option<Expr>| rule.as_ref().is_none_or(|r| r.run(&env).is_true());
        let chosen = self.sections.iter().zip(&self.relevant).filter(|(_, rule)| relevant(rule));
        chosen.map(|(section, _)| section.id.clone()).collect()
    }

    /// Codes of the signals that flag rules propose.
    pub fn proposed_signals(&self) -> BTreeSet<&str> {
        let nodes = self.nodes.iter().flat_map(|node| std::iter::once(node).chain(&node.cells));
        nodes.flat_map(|node| &node.flags).map(|flag| flag.signal.as_str()).collect()
    }

    pub(super) fn slot(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// Slots of the items of a section.
    pub(super) fn slots(&self, section: usize) -> std::ops::Range<usize> {
        let start = self.first.get(section).copied().unwrap_or(self.nodes.len());
        let end = self.first.get(section + 1).copied().unwrap_or(self.nodes.len());
        start..end
    }
}

fn at(place: &Place, what: FaultKind) -> Fault {
    Fault { file: place.file.to_string(), line: place.line, what }
}

fn formula(formula: &Formula, names: &dyn Names, kind: &Type) -> Result<Expr, Fault> {
    compile(&formula.text, names, kind).map_err(|what| at(&formula.at, what))
}

fn optional(text: Option<&Formula>, names: &dyn Names, kind: &Type) -> Result<Option<Expr>, Fault> {
    text.map(|text| formula(text, names, kind)).transpose()
}

/// Compiles one item; `scope` sees what its expressions may name.
fn node(raw: RawItem, scope: &Scope) -> Result<Node, Fault> {
    let group = if raw.cells.is_empty() { None } else { scope.slot(&raw.item.code) };
    let scope = scope.for_item(&raw);
    let bool = &Type::Bool;
    let each = match &raw.each {
        None => None,
        Some(name) => {
            let place = known::fact_place(&name.text);
            Some(place.ok_or_else(|| at(&name.at, FaultKind::UnknownName(name.text.clone())))?)
        }
    };
    let own = names::type_of(&raw.item.kind);
    let limits = Named::of(&raw, &scope);
    let mut flags = Vec::new();
    for flag in raw.flags {
        let note = Note::compile(&flag.note, &scope).map_err(|what| at(&flag.when.at, what))?;
        let when = formula(&flag.when, &scope, bool)?;
        let named = limits::within(&flag.when, &scope);
        let (signal, level) = (flag.signal, flag.level);
        flags.push(FlagRule { when, signal, level, note, limits: named });
    }
    let constraint = match raw.constraint {
        Some((text, words)) => Some((formula(&text, &scope, bool)?, Arc::new(words))),
        None => None,
    };
    let own_var = scope.variable(&raw.item.code).map(|(var, _)| var);
    let ranged = constraint.as_ref().is_none_or(|(rule, _): &(Expr, _)| {
        let mut alone = true;
        rule.each_var(&mut |var| alone &= Some(var) == own_var);
        alone
    });
    let why = scope.explains(&raw.item.code);
    let places: Vec<Place> = raw.cells.iter().map(|cell| cell.at.clone()).collect();
    let mut item = raw.item;
    item.ranged = ranged;
    let mut cells = Vec::with_capacity(raw.cells.len());
    for cell in raw.cells {
        cells.push(node(cell, &scope.inside(group))?);
    }
    name_siblings(&mut cells);
    if let Some(key) = raw.key {
        let place = cells.iter().position(|cell: &Node| cell.item.code == key.text);
        item.key = Some(place.ok_or_else(|| at(&key.at, FaultKind::UnknownName(key.text)))?);
    }
    let mut against = Vec::with_capacity(raw.against.len());
    for (name, text) in raw.against {
        against.push((Arc::new(name), formula(&text, &scope, &own)?));
    }
    if group.is_some() {
        item.kind = Kind::Group(cells.iter().map(|cell| Arc::clone(&cell.item)).collect());
    }
    let cell_order = order(&cells, &places, |var| match var {
        Var::Cell(cell) => Some(cell),
        _ => None,
    })?;
    Ok(Node {
        path: item.code.as_str().into(),
        title: Arc::new(item.title.clone()),
        each,
        signed: raw.signed,
        needed: raw.needed,
        relevant: optional(raw.relevant.as_ref(), &scope, bool)?,
        hard_if: optional(raw.hard_if.as_ref(), &scope, bool)?,
        constraint,
        calculation: optional(raw.calculation.as_ref(), &scope, &own)?,
        against,
        names_sibling: None,
        flags,
        limits,
        why,
        cells,
        cell_order,
        item: Arc::new(item),
    })
}

/// Cells whose titles hold the answer of another cell, as `{name}`.
fn name_siblings(cells: &mut [Node]) {
    let codes: Vec<String> = cells.iter().map(|cell| cell.item.code.clone()).collect();
    for cell in cells {
        let named = |code: &&String| cell.title.zh.contains(&format!("{{{code}}}"));
        let place = codes.iter().position(|code| named(&code));
        cell.names_sibling = place.and_then(|place| Some((codes.get(place)?.clone(), place)));
    }
}

/// How facts read, by place.
fn fact_names(raw: Vec<(Formula, Words)>) -> Result<BTreeMap<usize, Arc<Words>>, Fault> {
    let named = raw.into_iter().map(|(name, words)| {
        let place = known::fact_place(&name.text);
        let unknown = || at(&name.at, FaultKind::UnknownName(name.text.clone()));
        Ok((place.ok_or_else(unknown)?, Arc::new(words)))
    });
    named.collect()
}

fn rule(
    raw: RawCheck,
    scope: &Scope,
    nodes: &[Node],
    facts: &BTreeMap<usize, Arc<Words>>,
) -> Result<Rule, Fault> {
    let [(left_name, left), (right_name, right)] = raw.sides;
    let sides = [formula(&left, scope, &Type::Number)?, formula(&right, scope, &Type::Number)?];
    let mut slots = BTreeSet::new();
    for side in &sides {
        side.each_var(&mut |var| {
            if let Var::Item(slot) = var {
                slots.insert(slot);
            }
        });
    }
    let mut inputs = Vec::new();
    for side in &sides {
        side.each_need(&mut |var| {
            let name = match var {
                Var::Item(slot) | Var::Last(slot) => nodes.get(slot).map(|node| &node.title),
                Var::Fact(place) => facts.get(&place),
                _ => None,
            };
            inputs.extend(name.map(|name| (var, Arc::clone(name))));
        });
    }
    Ok(Rule {
        id: raw.id.into(),
        title: Arc::new(raw.title),
        question: Arc::new(raw.question),
        relevant: optional(raw.relevant.as_ref(), scope, &Type::Bool)?,
        names: [Arc::new(left_name), Arc::new(right_name)],
        sides,
        money: raw.money,
        mode: raw.mode,
        limits: raw.limits,
        verified: raw.verified,
        source: raw.source.into(),
        least: i128::from(raw.least.0) * (ONE / 10_000),
        slots,
        inputs,
    })
}
