//! Packs built into the program (policy, holidays, checklists, signals), read into domain values.

pub mod checklists;
pub mod holidays;
pub mod policy;
pub mod signals;

/// Placeholder of branch `exchange` until the packs are merged.
#[derive(Debug, Default)]
pub struct Packs {}
