//! The command line: parse, call, print.

pub mod export;
pub mod import;
pub mod template;
