//! What the screen, the command line and the store say to each other, and nothing else.
//!
//! A [`query::Query`] describes one read by value and may stand: the worker runs it again after
//! each commit and answers with a [`page`] only when that differs. A [`command::Command`] is one
//! write: one transaction, one journal row. Replies are in [`reply`]. Only `domain` is used here.

pub mod calendar;
pub mod command;
pub mod import;
pub mod page;
pub mod query;
pub mod reply;
pub mod report;
pub mod tables;
