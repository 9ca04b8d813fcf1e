//! The preparation of a visit: what is known, what is looked up, what to say.

pub mod brief;
pub mod lookups;
pub mod script;
