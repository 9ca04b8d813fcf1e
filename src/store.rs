//! The database: one SQLite file. The only room that knows SQL.
//! Placeholder of branch `read`: the store helper's file replaces this one.

pub(crate) mod meta;
pub(crate) mod portfolio;
pub(crate) mod project;
pub(crate) mod read;
pub(crate) mod row;
pub(crate) mod search;
