//! Pure: checklist definitions, composition, relevance, validation, carry-forward, cross-checks.
//!
//! A pack ([`Library`]) is compiled once. A visit is composed of its sections from the facts about
//! the customer ([`Library::compose`]); a [`Form`] then judges the answers after each commit of a
//! field ([`Form::evaluate`]): which items are relevant, what is missing, against a rule or changed
//! without explanation, which flags the answers suggest and which figures contradict each other.

mod ahead;
mod carried;
mod carry;
mod checks;
mod composed;
pub mod definition;
mod entries;
pub mod entry;
mod eval;
mod evaluate;
mod expression;
mod fault;
mod filing;
mod judge;
mod known;
mod library;
pub mod likeness;
mod limits;
mod names;
mod needs;
mod node;
mod note;
mod order;
pub mod own;
pub mod preparation;
pub mod rule;
pub mod source;
mod state;
mod tree;
mod values;

pub use crate::risk::Light;
pub use carried::{Carried, Fresh};
pub use composed::Form;
pub use definition::{
    Carry, Choice, Item, Kind, MAX_ROWS, Needed, Proposal, Section, Threshold, Unit, Words,
};
pub use entry::{EntryFault, edit_text, format_money, format_number, parse};
pub use fault::{Fault, FaultKind};
pub use library::Library;
pub use state::{Check, Delta, Figure, Problem, Progress, Row, SectionState, Short, State};

#[cfg(test)]
mod tests;
