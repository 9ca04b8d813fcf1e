//! Plain values of the trade and their invariants: who borrows, what is owed, what was seen, what is feared.
//!
//! No input or output, no clock, no serialisation of the outside world. Times are parameters.
//! Amounts are [`money::Fen`] (1/100 yuan), days are [`chrono::NaiveDate`] in China Standard Time.

pub mod answer;
pub mod attachment;
pub mod audit;
pub mod cockpit;
pub mod code;
pub mod conduct;
pub mod customer;
pub mod deadline;
pub mod duty;
pub mod escape;
pub mod event;
pub mod facts;
pub mod flag;
pub mod gap;
pub mod heard;
pub mod holiday;
pub mod ids;
pub mod loan;
pub mod money;
pub mod occasion;
pub mod order;
pub mod picture;
pub mod pin;
pub mod plan;
pub mod portfolio;
pub mod portfolio_by;
pub mod preparation;
pub mod retention;
pub mod reveal;
pub mod review;
pub mod statement;
pub mod strategy;
pub mod tier;
pub mod todo;
pub mod user;
pub mod visit;
pub mod workday;

#[cfg(test)]
pub(crate) mod sample;
