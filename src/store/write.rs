//! Writes: one file an aggregate.

pub mod import;
