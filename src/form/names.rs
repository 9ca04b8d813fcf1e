//! What expressions of a pack can name: the facts, and the items of the pack.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use cel::common::ast::IdedExpr;

use super::definition::{Kind, Threshold};
use super::expression::{Expr, Names, ONE, Type, Var, compile, parse};
use super::fault::{Fault, FaultKind};
use super::known::{self, fact, fact_place, options};
use super::source::{Pack, Place, RawItem};
use crate::domain::answer::DocumentState;

/// Type under which an item's answer is known to expressions.
pub(super) fn type_of(kind: &Kind) -> Type {
    let codes = || Some(options(kind.choices().iter().map(|choice| choice.code.clone())));
    match kind {
        Kind::Bool => Type::Bool,
        Kind::Choice(_) => Type::Text(codes()),
        Kind::Multi(_) => Type::List(codes()),
        Kind::Number(_) | Kind::Money | Kind::Percent | Kind::Group(_) => Type::Number,
        Kind::Date => Type::Day,
        Kind::Text | Kind::LongText => Type::Text(None),
        Kind::Document => Type::Text(Some(options(DocumentState::ALL.iter().map(|s| s.as_code())))),
    }
}

/// A name of the pack.
#[derive(Debug, Clone)]
struct Known {
    slot: usize,
    kind: Type,
    /// Asked once per entry of a fact: has no single answer.
    each: bool,
    cells: Vec<(String, Type)>,
}

/// What an expression can see from where it stands. The empty scope sees the facts alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    items: Arc<BTreeMap<String, Known>>,
    places: Arc<Vec<Place>>,
    /// Slot of the group inside which it stands.
    inside: Option<usize>,
    /// Code and type of the item asked once per entry whose rule this is.
    own: Option<(String, Type)>,
    /// Place of the fact for whose entries the item is asked.
    each: Option<usize>,
    terms: Arc<BTreeMap<String, (Expr, Type)>>,
    limits: Arc<BTreeMap<String, Arc<Threshold>>>,
    /// What was parsed so far, by text.
    parsed: Rc<RefCell<BTreeMap<String, Rc<IdedExpr>>>>,
}

impl Scope {
    /// The names of a pack. Refuses codes that are used twice or that no expression could name.
    pub(super) fn new(pack: &Pack) -> Result<Self, Fault> {
        let mut items = BTreeMap::new();
        let mut places = Vec::new();
        let mut sections = Vec::new();
        for section in &pack.sections {
            unique(sections.contains(&&section.id), &section.id, &section.at)?;
            sections.push(&section.id);
            for raw in &section.items {
                let code = &raw.item.code;
                unique(items.contains_key(code) || fact(code).is_some(), code, &raw.at)?;
                items.insert(code.clone(), known_item(raw, places.len())?);
                places.push(raw.at.clone());
            }
        }
        let limits = pack.limits.iter().cloned().collect();
        let mut scope = Self { limits: Arc::new(limits), ..Self::default() };
        for (name, formula) in &pack.terms {
            let taken =
                items.contains_key(name) || fact(name).is_some() || scope.terms.contains_key(name);
            unique(taken, name, &formula.at)?;
            let term = compile(&formula.text, &scope, &Type::Bool);
            let term = term.map_err(|what| fault(&formula.at, what))?;
            Arc::make_mut(&mut scope.terms).insert(name.clone(), (term, Type::Bool));
        }
        Ok(Self { items: Arc::new(items), places: Arc::new(places), ..scope })
    }

    /// The same without the items: facts, terms and limits alone.
    pub(super) fn facts_only(&self) -> Self {
        let (terms, limits) = (Arc::clone(&self.terms), Arc::clone(&self.limits));
        Self { terms, limits, parsed: Rc::clone(&self.parsed), ..Self::default() }
    }

    /// A limit of the trade.
    pub(super) fn limit(&self, name: &str) -> Option<&Arc<Threshold>> {
        self.limits.get(name)
    }

    /// Places of the items by slot.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Slot of a top-level item.
    pub(super) fn slot(&self, code: &str) -> Option<usize> {
        self.items.get(code).map(|known| known.slot)
    }

    /// The scope of the rules of this item.
    pub(super) fn for_item(&self, raw: &RawItem) -> Self {
        let Some(each) = &raw.each else { return self.clone() };
        let own = Some((raw.item.code.clone(), type_of(&raw.item.kind)));
        let own = own.filter(|_| raw.cells.is_empty());
        Self { own, each: fact_place(&each.text), ..self.clone() }
    }

    /// The scope inside the rows of a group.
    pub(super) fn inside(&self, group: Option<usize>) -> Self {
        Self { inside: group, own: None, ..self.clone() }
    }

    /// Slot, or cell inside a group, of the item that explains changes of this one.
    pub(super) fn explains(&self, code: &str) -> Option<usize> {
        match self.variable(&format!("{code}_why"))?.0 {
            Var::Item(slot) | Var::Cell(slot) => Some(slot),
            _ => None,
        }
    }

    fn group_at(&self, slot: usize) -> Option<&Known> {
        self.items.values().find(|known| known.slot == slot)
    }
}

impl Names for Scope {
    fn variable(&self, name: &str) -> Option<(Var, Type)> {
        if let Some((own, kind)) = &self.own
            && own == name
        {
            return Some((Var::Own, kind.clone()));
        }
        if name == "subject" && self.each.is_some() {
            return Some((Var::Subject, Type::Text(None)));
        }
        if let Some(group) = self.inside
            && let Some((cell, kind)) = self.cell(group, name)
        {
            return Some((Var::Cell(cell), kind));
        }
        match self.items.get(name) {
            Some(known) if known.each => None,
            Some(known) => Some((Var::Item(known.slot), known.kind.clone())),
            None => fact(name),
        }
    }

    fn parsed(&self, text: &str) -> Result<Rc<IdedExpr>, FaultKind> {
        if let Some(known) = self.parsed.borrow().get(text) {
            return Ok(Rc::clone(known));
        }
        let parsed = Rc::new(parse(text)?);
        self.parsed.borrow_mut().insert(text.to_owned(), Rc::clone(&parsed));
        Ok(parsed)
    }

    fn term(&self, name: &str) -> Option<(Expr, Type)> {
        self.terms.get(name).cloned()
    }

    fn property(&self, of: &str, name: &str) -> Option<(Expr, Type)> {
        match of {
            "limit" => {
                let value = i128::from(self.limits.get(name)?.value.0) * (ONE / 10_000);
                Some((Expr::Number(value), Type::Number))
            }
            "entry" => {
                let (var, kind) = known::property(self.each?, name)?;
                Some((Expr::Var(var), kind))
            }
            column => {
                let (var, kind) = fact(&format!("{column}.{name}"))?;
                Some((Expr::Var(var), kind))
            }
        }
    }

    fn last(&self, name: &str) -> Option<(Var, Type)> {
        let known = self.items.get(name).filter(|known| !known.each)?;
        Some((Var::Last(known.slot), known.kind.clone()))
    }

    fn group(&self, name: &str) -> Option<usize> {
        self.items.get(name).filter(|known| !known.cells.is_empty()).map(|known| known.slot)
    }

    fn cell(&self, group: usize, name: &str) -> Option<(usize, Type)> {
        let cells = &self.group_at(group)?.cells;
        let place = cells.iter().position(|(code, _)| code == name)?;
        Some((place, cells.get(place)?.1.clone()))
    }
}

fn known_item(raw: &RawItem, slot: usize) -> Result<Known, Fault> {
    well_formed(raw)?;
    let mut cells: Vec<(String, Type)> = Vec::new();
    for cell in &raw.cells {
        well_formed(cell)?;
        let code = &cell.item.code;
        unique(
            cells.iter().any(|(known, _)| known == code) || fact(code).is_some(),
            code,
            &cell.at,
        )?;
        cells.push((code.clone(), type_of(&cell.item.kind)));
    }
    let kind = if cells.is_empty() { type_of(&raw.item.kind) } else { Type::Number };
    Ok(Known { slot, kind, each: raw.each.is_some(), cells })
}

fn fault(place: &Place, what: FaultKind) -> Fault {
    Fault { file: place.file.to_string(), line: place.line, what }
}

fn unique(taken: bool, code: &str, place: &Place) -> Result<(), Fault> {
    if taken { Err(fault(place, FaultKind::Duplicate(code.to_owned()))) } else { Ok(()) }
}

fn well_formed(raw: &RawItem) -> Result<(), Fault> {
    let code = &raw.item.code;
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if code.starts_with(|c: char| c.is_ascii_lowercase()) && code.chars().all(letters) {
        Ok(())
    } else {
        Err(fault(&raw.at, FaultKind::BadCode(code.clone())))
    }
}
