//! The database: one SQLite file. The only room that knows SQL.
