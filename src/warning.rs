//! Pure: warning signals from figures. The facts of a customer in, proposals with their inputs out.
//!
//! What an officer answers at a visit is judged by [`crate::form`]; here is judged what the bank
//! knows without a visit: repayments, account flows, utilities, security, statements, relations,
//! the trade circle and events outside. A fact that can't be worked out is not known: a rule that
//! needs it neither raises nor clears anything.

mod again;
pub mod branches;
mod derive;
pub mod facts;
mod finding;
mod judge;
pub mod material;
mod periods;
pub mod rules;
pub mod stamp;

pub use again::Ended;
pub use derive::sheet;
pub use facts::{Fact, Known, Sheet};
pub use finding::{Finding, Input};
pub use judge::{judge, lapses, seen};
pub use material::Material;
pub use rules::{Combination, Rules, Same, side_of};

#[cfg(test)]
mod tests;
