//! The database: one SQLite file. The only room that knows SQL.
//! Placeholder of branch `read`: the store helper's file replaces this one.

mod error;
mod instant;
mod meta;
pub(crate) mod portfolio;
pub(crate) mod project;
pub(crate) mod read;
pub(crate) mod row;
pub(crate) mod search;

pub use error::Error;
