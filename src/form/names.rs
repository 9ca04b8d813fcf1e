//! What expressions of a pack can name: the facts, and the items of the pack.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::definition::Kind;
use super::eval::Val;
use super::expression::{Names, Type, Var};
use super::fault::{Fault, FaultKind};
use super::source::{Pack, Place, RawItem};
use crate::domain::answer::{DocumentState, Value};
use crate::domain::customer::Line;
use crate::domain::duty::DutyCode;
use crate::domain::facts::{self, Facts};
use crate::domain::loan::{GuaranteeMode, Tier};
use crate::domain::visit::VisitClass;

/// What kind of value a fact has.
#[derive(Clone, Copy)]
enum FactKind {
    Bool,
    Number,
    Day,
    Text,
    List,
    Code(fn() -> Vec<&'static str>),
    Codes(fn() -> Vec<&'static str>),
}

fn lines() -> Vec<&'static str> {
    Line::ALL.iter().map(|code| code.as_code()).collect()
}

fn tiers() -> Vec<&'static str> {
    Tier::ALL.iter().map(|code| code.as_code()).collect()
}

fn classes() -> Vec<&'static str> {
    VisitClass::ALL.iter().map(|code| code.as_code()).collect()
}

fn duties() -> Vec<&'static str> {
    DutyCode::ALL.iter().map(|code| code.as_code()).collect()
}

fn modes() -> Vec<&'static str> {
    GuaranteeMode::ALL.iter().map(|code| code.as_code()).collect()
}

/// The facts that expressions may name. A fact's place is its index here.
const FACTS: &[(&str, FactKind)] = &[
    (facts::LINE, FactKind::Code(lines)),
    (facts::INDUSTRY, FactKind::Text),
    (facts::LOW_RISK, FactKind::Bool),
    (facts::TIER, FactKind::Code(tiers)),
    (facts::EXPOSURE, FactKind::Number),
    (facts::DAYS_PAST_DUE, FactKind::Number),
    (facts::CLASS, FactKind::Code(classes)),
    (facts::CHANNEL, FactKind::Text),
    (facts::PLANNED_TO_MEET, FactKind::List),
    (facts::DUTIES, FactKind::Codes(duties)),
    (facts::PRODUCTS, FactKind::List),
    (facts::GUARANTEE_MODES, FactKind::Codes(modes)),
    (facts::COLLATERAL_COUNT, FactKind::Number),
    (facts::COLLATERAL_VALUE, FactKind::Number),
    (facts::GUARANTOR_COUNT, FactKind::Number),
    (facts::OPEN_FLAGS, FactKind::List),
    (facts::POINTS, FactKind::Text),
    (facts::NEXT_INSTALMENTS, FactKind::Number),
    (facts::INFLOW_3M, FactKind::Number),
    (facts::INFLOW_12M, FactKind::Number),
    (facts::REVENUE_12M, FactKind::Number),
    (facts::POWER_3M, FactKind::Number),
    (facts::POWER_BEFORE_3M, FactKind::Number),
    (facts::LAST_VISIT, FactKind::Day),
    (facts::TODAY, FactKind::Day),
    (facts::PURPOSE, FactKind::Text),
];

fn options(codes: impl IntoIterator<Item = impl Into<String>>) -> Arc<[String]> {
    codes.into_iter().map(Into::into).collect()
}

fn fact(name: &str) -> Option<(Var, Type)> {
    let place = fact_place(name)?;
    let kind = match FACTS.get(place)?.1 {
        FactKind::Bool => Type::Bool,
        FactKind::Number => Type::Number,
        FactKind::Day => Type::Day,
        FactKind::Text => Type::Text(None),
        FactKind::List => Type::List(None),
        FactKind::Code(codes) => Type::Text(Some(options(codes()))),
        FactKind::Codes(codes) => Type::List(Some(options(codes()))),
    };
    Some((Var::Fact(place), kind))
}

/// Place of a fact in the table.
pub(super) fn fact_place(name: &str) -> Option<usize> {
    FACTS.iter().position(|(known, _)| *known == name)
}

/// The fact at a place.
pub(super) fn fact_at(facts: &Facts, place: usize) -> Option<&Value> {
    facts.get(FACTS.get(place)?.0)
}

/// The values of the facts by place. A fact of another kind than expected is missing.
pub(super) fn fact_values(facts: &Facts) -> Vec<Val<'_>> {
    let value = |(name, kind): &(&str, FactKind)| {
        let value = facts.get(name).map_or(Val::Missing, Val::of);
        let fits = match kind {
            FactKind::Bool => matches!(value, Val::Bool(_)),
            FactKind::Number => matches!(value, Val::Number(_)),
            FactKind::Day => matches!(value, Val::Day(_)),
            FactKind::Text | FactKind::Code(_) => matches!(value, Val::Text(_)),
            FactKind::List | FactKind::Codes(_) => matches!(value, Val::List(_)),
        };
        if fits { value } else { Val::Missing }
    };
    FACTS.iter().map(value).collect()
}

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
                items.insert(code.clone(), known(raw, places.len())?);
                places.push(raw.at.clone());
            }
        }
        Ok(Self { items: Arc::new(items), places: Arc::new(places), inside: None, own: None })
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
        let own = raw.each.as_ref().map(|_| (raw.item.code.clone(), type_of(&raw.item.kind)));
        Self { own, ..self.clone() }
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

fn known(raw: &RawItem, slot: usize) -> Result<Known, Fault> {
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
