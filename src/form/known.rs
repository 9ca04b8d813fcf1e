//! The facts that expressions may name: which there are, and what their entries and columns have.

use std::sync::{Arc, LazyLock};

use super::eval::Val;
use super::expression::{Type, Var};
use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::deadline::Headroom;
use crate::domain::duty::DutyCode;
use crate::domain::facts::{self, Facts};
use crate::domain::loan::{GuaranteeMode, Tier};
use crate::domain::strategy::Strategy;
use crate::domain::visit::{Focus, VisitClass};
use crate::risk::Ratio;

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

impl FactKind {
    const fn fits(self, value: Val<'_>) -> bool {
        match self {
            Self::Bool => matches!(value, Val::Bool(_)),
            Self::Number => matches!(value, Val::Number(_)),
            Self::Day => matches!(value, Val::Day(_)),
            Self::Text | Self::Code(_) => matches!(value, Val::Text(_)),
            Self::List | Self::Codes(_) => matches!(value, Val::List(_)),
        }
    }
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

fn strategies() -> Vec<&'static str> {
    Strategy::ALL.iter().map(|code| code.as_code()).collect()
}

fn ratios() -> Vec<&'static str> {
    Ratio::ALL.iter().map(|code| code.as_code()).collect()
}

fn stands() -> Vec<&'static str> {
    Headroom::ALL.iter().map(|code| code.as_code()).collect()
}

fn focuses() -> Vec<&'static str> {
    Focus::ALL.iter().map(|code| code.as_code()).collect()
}

/// The facts that expressions may name. A fact's place is its index here.
const FACTS: &[(&str, FactKind)] = &[
    (facts::LINE, FactKind::Code(lines)),
    (facts::INDUSTRY, FactKind::Text),
    (facts::LOW_RISK, FactKind::Bool),
    (facts::TIER, FactKind::Code(tiers)),
    (facts::EXPOSURE, FactKind::Number),
    (facts::SECURED_EXPOSURE, FactKind::Number),
    (facts::DAYS_PAST_DUE, FactKind::Number),
    (facts::CLASS, FactKind::Code(classes)),
    (facts::CHANNEL, FactKind::Text),
    (facts::DUTIES, FactKind::Codes(duties)),
    (facts::PRODUCTS, FactKind::List),
    (facts::GUARANTEE_MODES, FactKind::Codes(modes)),
    (facts::COLLATERAL_COUNT, FactKind::Number),
    (facts::COLLATERAL_VALUE, FactKind::Number),
    (facts::COLLATERAL_REST, FactKind::Number),
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
    (facts::IN_GROUP, FactKind::Bool),
    (facts::MATURES_IN, FactKind::Number),
    (facts::LATE_6M, FactKind::Number),
    (facts::GUARANTORS, FactKind::List),
    (facts::COLLATERAL, FactKind::List),
    (facts::CONDITIONS, FactKind::List),
    (facts::COVENANTS, FactKind::List),
    (facts::DRAWDOWNS, FactKind::List),
    (facts::INSTALMENTS, FactKind::List),
    (facts::RELATED, FactKind::List),
    (facts::LAST_PROBLEMS, FactKind::List),
    (facts::OPEN_PROMISES, FactKind::List),
    (facts::FINDINGS, FactKind::List),
    (facts::FINDING_KINDS, FactKind::List),
    (facts::NOT_QUERIED, FactKind::List),
    (facts::LOOKED_UP, FactKind::Number),
    (facts::PROPOSED_FOCUS, FactKind::Code(focuses)),
    (facts::PLANNED_TO_MEET, FactKind::List),
    (facts::PLANNED_ROLES, FactKind::List),
    (facts::STRATEGY_NOW, FactKind::Code(strategies)),
    (facts::PLAN_TARGET, FactKind::Number),
    (facts::RATIOS_APPLY, FactKind::Bool),
    (CHECKS, FactKind::List),
];

/// Stands in `each` for the cross-checks that are not in order; never a fact.
pub(super) const CHECKS: &str = "checks";

/// Properties of the entries of a fact.
const ENTRIES: &[(&str, &[(&str, FactKind)])] = &[
    (facts::GUARANTORS, &[("amount", FactKind::Number), ("relation", FactKind::Text)]),
    (
        facts::COLLATERAL,
        &[
            ("value", FactKind::Number),
            ("valued_on", FactKind::Day),
            ("insured_until", FactKind::Day),
            ("area", FactKind::Number),
            ("registered", FactKind::Bool),
        ],
    ),
    (facts::CONDITIONS, &[("due_on", FactKind::Day)]),
    (
        facts::COVENANTS,
        &[
            ("ratio", FactKind::Code(ratios)),
            ("figure", FactKind::Number),
            ("figure_on", FactKind::Day),
            ("stands", FactKind::Code(stands)),
        ],
    ),
    (
        facts::DRAWDOWNS,
        &[
            ("amount", FactKind::Number),
            ("payee", FactKind::Text),
            ("mode", FactKind::Text),
            ("drawn_on", FactKind::Day),
        ],
    ),
    (facts::INSTALMENTS, &[("amount", FactKind::Number), ("due_on", FactKind::Day)]),
    (facts::RELATED, &[("kind", FactKind::Text)]),
];

/// All facts by place: the table, then the columns of statements and the limits of ratios.
static TABLE: LazyLock<Vec<(String, FactKind)>> = LazyLock::new(|| {
    let columns = facts::COLUMNS.iter().flat_map(|column| {
        facts::FIGURES.iter().map(move |figure| {
            let kind = if *figure == "on" { FactKind::Day } else { FactKind::Number };
            (format!("{column}.{figure}"), kind)
        })
    });
    let limits = facts::LIMITS.iter().flat_map(|limit| {
        facts::LIMITED.iter().map(move |ratio| (format!("{limit}.{ratio}"), FactKind::Number))
    });
    let plain = FACTS.iter().map(|(name, kind)| ((*name).to_owned(), *kind));
    plain.chain(columns).chain(limits).collect()
});

pub(super) fn options(codes: impl IntoIterator<Item = impl Into<String>>) -> Arc<[String]> {
    codes.into_iter().map(Into::into).collect()
}

/// The fact with this name, with its type.
pub(super) fn fact(name: &str) -> Option<(Var, Type)> {
    let place = fact_place(name)?;
    Some((Var::Fact(place), type_of_fact(TABLE.get(place)?.1)))
}

fn type_of_fact(kind: FactKind) -> Type {
    match kind {
        FactKind::Bool => Type::Bool,
        FactKind::Number => Type::Number,
        FactKind::Day => Type::Day,
        FactKind::Text => Type::Text(None),
        FactKind::List => Type::List(None),
        FactKind::Code(codes) => Type::Text(Some(options(codes()))),
        FactKind::Codes(codes) => Type::List(Some(options(codes()))),
    }
}

/// Place of a fact in the table.
pub(super) fn fact_place(name: &str) -> Option<usize> {
    TABLE.iter().position(|(known, _)| *known == name)
}

/// The fact at a place.
pub(super) fn fact_at(facts: &Facts, place: usize) -> Option<&Value> {
    facts.get(&TABLE.get(place)?.0)
}

/// Whether the place is that of the cross-checks.
pub(super) fn is_checks(place: usize) -> bool {
    TABLE.get(place).is_some_and(|(name, _)| name == CHECKS)
}

/// Properties of the entries of the fact at a place.
fn properties(place: usize) -> &'static [(&'static str, FactKind)] {
    let name = TABLE.get(place).map(|(name, _)| name.as_str());
    ENTRIES.iter().find(|(known, _)| Some(*known) == name).map_or(&[], |(_, fields)| fields)
}

/// A property of the entries of the fact at a place, with its type.
pub(super) fn property(place: usize, name: &str) -> Option<(Var, Type)> {
    let fields = properties(place);
    let at = fields.iter().position(|(known, _)| *known == name)?;
    Some((Var::Entry(at), type_of_fact(fields.get(at)?.1)))
}

/// The properties of one entry, by place; one of another kind than expected is missing.
pub(super) fn entry_values(facts: &Facts, place: usize, key: &str) -> Vec<Option<Value>> {
    let list = TABLE.get(place).map_or("", |(name, _)| name.as_str());
    let value = |(name, kind): &(&str, FactKind)| {
        let value = facts.get(&facts::entry(list, key, name))?;
        kind.fits(Val::of(value)).then(|| value.clone())
    };
    properties(place).iter().map(value).collect()
}

/// How an entry reads, where the facts say it.
pub(super) fn entry_label<'a>(facts: &'a Facts, place: usize, key: &str) -> Option<&'a str> {
    let list = TABLE.get(place).map_or("", |(name, _)| name.as_str());
    match facts.get(&facts::entry(list, key, "label")) {
        Some(Value::Text(label)) => Some(label),
        _ => None,
    }
}

/// The values of the facts by place. A fact of another kind than expected is missing.
pub(super) fn fact_values(facts: &Facts) -> Vec<Val<'_>> {
    let value = |(name, kind): &(String, FactKind)| {
        let value = facts.get(name).map_or(Val::Missing, Val::of);
        if kind.fits(value) { value } else { Val::Missing }
    };
    TABLE.iter().map(value).collect()
}
