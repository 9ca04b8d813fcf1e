//! The command line: parse, call, print. One file per group of commands; no business logic.

pub mod args;
pub mod export;
pub mod fault;
pub mod identity;
pub mod import;
pub mod lists;
pub mod parse;
pub mod people;
pub mod plan;
pub mod plan_print;
pub mod session;
pub mod table;
pub mod template;
pub mod upkeep;
