//! The command line: parse, call, print. One file per group of commands; no business logic.

pub mod args;
pub mod fault;
pub mod identity;
pub mod parse;
pub mod plan_print;
pub mod table;
