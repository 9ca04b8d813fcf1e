//! The parts of a compiled pack: items with their rules, flag rules, cross-checks.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;

use super::definition::{Item, Needed, Threshold, Words};
use super::expression::{Expr, Var};
use super::limits::Named;
use super::note::Note;
use super::source::CheckMode;
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;

/// A compiled item. Top-level items stand in slots; cells belong to the node of their group.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) item: Arc<Item>,
    pub(super) path: Arc<str>,
    pub(super) title: Arc<Words>,
    /// Place of the fact for whose entries it is asked.
    pub(super) each: Option<usize>,
    pub(super) signed: bool,
    pub(super) needed: Needed,
    pub(super) relevant: Option<Expr>,
    pub(super) hard_if: Option<Expr>,
    pub(super) constraint: Option<(Expr, Arc<Words>)>,
    pub(super) calculation: Option<Expr>,
    pub(super) against: Vec<(Arc<Words>, Expr)>,
    /// For a cell whose title holds the answer of another cell: that one's code and place.
    pub(super) names_sibling: Option<(String, usize)>,
    pub(super) flags: Vec<FlagRule>,
    /// The limits that its rules name.
    pub(super) limits: Named,
    /// Slot (or cell) of the item that explains a change of this one.
    pub(super) why: Option<usize>,
    pub(super) cells: Vec<Self>,
    /// Cells in an order in which each comes after what it depends on.
    pub(super) cell_order: Vec<usize>,
}

impl Node {
    /// Path of a cell in a row of this group: `suppliers[0].name`.
    pub(super) fn cell_path(&self, row: impl Display, cell: &Self) -> String {
        format!("{}[{row}].{}", self.path, cell.path)
    }
}

/// A compiled flag rule.
#[derive(Debug)]
pub(super) struct FlagRule {
    pub(super) when: Expr,
    pub(super) signal: String,
    pub(super) level: Level,
    pub(super) note: Note,
    /// The limits that its condition names.
    pub(super) limits: Vec<Arc<Threshold>>,
}

/// A compiled cross-check.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) id: Arc<str>,
    pub(super) title: Arc<Words>,
    pub(super) question: Arc<Words>,
    pub(super) relevant: Option<Expr>,
    pub(super) names: [Arc<Words>; 2],
    pub(super) sides: [Expr; 2],
    pub(super) money: bool,
    pub(super) mode: CheckMode,
    pub(super) limits: [Decimal4; 2],
    /// Whether the bank has confirmed the limits.
    pub(super) verified: bool,
    pub(super) source: Arc<str>,
    /// A difference of no more than this is none.
    pub(super) least: i128,
    /// Slots of the items that the sides name.
    pub(super) slots: BTreeSet<usize>,
    /// What the sides need, with its name.
    pub(super) inputs: Vec<(Var, Arc<Words>)>,
}
