//! A pack as it was read, before its expressions are checked. The reader of packs fills it in.

use std::sync::Arc;

use super::definition::{Needed, Threshold, Words};
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;

/// Where something stands in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// File.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
}

/// An expression with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// CEL.
    pub text: String,
    /// Where.
    pub at: Place,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pack {
    /// Id: `checklists@4`.
    pub id: String,
    /// Names for conditions over facts, in an order in which each names only earlier ones.
    pub terms: Vec<(String, Formula)>,
    /// Limits that expressions may name: `limit.debt_ratio`.
    pub limits: Vec<(String, Arc<Threshold>)>,
    /// How facts read.
    pub facts: Vec<(Formula, Words)>,
    /// Sections in the order of the form.
    pub sections: Vec<RawSection>,
    /// Cross-checks.
    pub checks: Vec<RawCheck>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSection {
    /// Where.
    pub at: Place,
    /// Id.
    pub id: String,
    /// Heading.
    pub title: Words,
    /// Which parts of the trade's checklists it covers.
    pub covers: Vec<String>,
    /// Over facts: whether a visit has it.
    pub relevant: Option<Formula>,
    /// Items.
    pub items: Vec<RawItem>,
}

/// An item. See `definition::Item` for what the fields mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawItem {
    /// Where.
    pub at: Place,
    /// Its definition; the cells of a group are in `cells` until the pack is compiled.
    pub item: super::definition::Item,
    /// Cells of a group.
    pub cells: Vec<Self>,
    /// Whether numbers below zero are fine.
    pub signed: bool,
    /// Name of the fact (a list, or a text of several lines) for each entry of which it is asked.
    pub each: Option<Formula>,
    /// When it is asked.
    pub relevant: Option<Formula>,
    /// How urgently.
    pub needed: Needed,
    /// When it is needed `Hard`, whatever `needed` says.
    pub hard_if: Option<Formula>,
    /// What an answer has to fulfil, and what to say if not.
    pub constraint: Option<(Formula, Words)>,
    /// How it is worked out.
    pub calculation: Option<Formula>,
    /// Figures to compare with: name and expression.
    pub against: Vec<(Words, Formula)>,
    /// For a group: code of the cell by which rows are matched with last time's.
    pub key: Option<Formula>,
    /// Flags that it suggests.
    pub flags: Vec<RawFlag>,
}

/// A flag rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFlag {
    /// When.
    pub when: Formula,
    /// Code of the signal.
    pub signal: String,
    /// Level.
    pub level: Level,
    /// Why, with `{code}` where a value goes.
    pub note: Words,
}

/// How a check judges its two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckMode {
    /// (left − right) ÷ right, either direction: the limits are the greatest deviations.
    Deviation,
    /// left ÷ right: the limits are the greatest shares.
    Share,
    /// left ÷ right: the limits are the smallest covers.
    Cover,
}

/// A cross-check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawCheck {
    /// Where.
    pub at: Place,
    /// Id.
    pub id: String,
    /// What is compared.
    pub title: Words,
    /// What to ask.
    pub question: Words,
    /// When it concerns the customer.
    pub relevant: Option<Formula>,
    /// The two sides: name and expression.
    pub sides: [(Words, Formula); 2],
    /// Whether the sides are amounts.
    pub money: bool,
    /// How it judges.
    pub mode: CheckMode,
    /// First and second limit.
    pub limits: [Decimal4; 2],
    /// Whether the bank has confirmed them.
    pub verified: bool,
    /// Where they come from.
    pub source: String,
    /// A difference of no more than this is none.
    pub least: Decimal4,
}
