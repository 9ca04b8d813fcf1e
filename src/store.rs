//! The database: one SQLite file. The only room that knows SQL.

mod error;
mod instant;
pub mod journal;
mod meta;
pub(crate) mod project;
pub mod read;
pub(crate) mod search;
pub mod write;

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::assets::Packs;
pub use error::Error;

/// Placeholder of branch `exchange` until branch `store` is merged.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    packs: Arc<Packs>,
}

/// Placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Make it.
    Create,
}

impl Store {
    /// Placeholder.
    #[expect(clippy::disallowed_methods, reason = "placeholder")]
    pub fn open(path: &Path, packs: Arc<Packs>, _mode: Mode) -> Result<Self, Error> {
        let conn = Connection::open(path)?;
        conn.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=1;",
        )?;
        let version: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        if version == 0 {
            conn.execute_batch(include_str!("store/migrations/0001_foundation.sql"))?;
            conn.execute_batch("PRAGMA user_version = 1")?;
        }
        Ok(Self { conn, packs })
    }
    /// Placeholder.
    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        Ok(self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
    /// Placeholder.
    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }
    /// Placeholder.
    pub fn packs(&self) -> &Arc<Packs> {
        &self.packs
    }
}

#[cfg(test)]
impl Store {
    /// Makes rows look as if recorded here, as the writes of the screen do.
    pub(crate) fn mark_all_here(&self, table: &str) {
        self.conn().execute(&format!("UPDATE {table} SET origin = 'here'"), []).unwrap();
    }
}
