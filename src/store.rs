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

use crate::assets::Packs;
pub use error::Error;

/// Placeholder.
pub struct Store {
    conn: rusqlite::Connection,
    packs: std::sync::Arc<Packs>,
}

/// Placeholder.
pub enum Mode {
    /// Placeholder.
    Create,
}

impl Store {
    /// Placeholder.
    #[expect(clippy::disallowed_methods, reason = "placeholder")]
    pub fn open(
        path: &std::path::Path,
        packs: std::sync::Arc<Packs>,
        _mode: Mode,
    ) -> Result<Self, Error> {
        let conn = rusqlite::Connection::open(path)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "cache_size", -512)?;
        conn.set_prepared_statement_cache_capacity(128);
        let version: i64 = conn.pragma_query_value(None, "user_version", |r| r.get(0))?;
        if version == 0 {
            conn.execute_batch(include_str!("store/migrations/0001_foundation.sql"))?;
            conn.pragma_update(None, "user_version", 1)?;
        }
        Ok(Self { conn, packs })
    }

    /// Placeholder.
    pub fn query(
        &self,
        actor: &crate::access::Actor,
        now: chrono::DateTime<chrono::FixedOffset>,
        query: &crate::protocol::query::Query,
    ) -> Result<crate::protocol::page::Page, crate::protocol::reply::Refusal> {
        let tx = self.conn.unchecked_transaction()?;
        let page = read::page(&tx, &self.packs, actor, now, query);
        tx.commit()?;
        page
    }

    /// Projects the whole book for a day. Returns how many customers changed.
    pub fn plan_book(&mut self, today: chrono::NaiveDate) -> Result<usize, Error> {
        let tx = self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let n = project::project_book(&tx, &self.packs, today)?;
        tx.commit()?;
        Ok(n)
    }

    /// Reads every customer file of the book. Returns how many visits it saw.
    pub fn read_book(&self) -> Result<usize, Error> {
        let mut n = 0;
        let all = read::scope::Sight::within(crate::access::Scope::All);
        portfolio::each::<Error>(&self.conn, &all, |file| {
            n += file.visits.len();
            Ok(())
        })?;
        Ok(n)
    }

    /// Builds the search index anew. Returns how many customers it holds.
    pub fn index_book(&mut self) -> Result<usize, Error> {
        let tx = self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let n = search::reindex_book(&tx)?;
        tx.commit()?;
        Ok(n)
    }
}
