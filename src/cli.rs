//! The command line: parse, call, print.

pub mod plan_print;
