//! What batch commands need besides pages: the filling of a demo, and the journal's last rows.

use chrono::{DateTime, FixedOffset};

use super::batch::Batch;
use super::checks::Waiting;
use super::journal::Sieve;
use super::open::NARROW;
use super::{Error, Store, card, instant, journal, meta, nights, project, score, search};
use crate::access::{Action, Actor};
use crate::protocol::query::JournalFilter;
use crate::protocol::reply::Refusal;
use crate::protocol::tables::{Cell, TABLES, Table};

/// Rows of a demo that wait for those before them in the order of the tables.
const HELD: u64 = 8_192;

/// Takes one row of an exchange table.
pub type Put<'p> = dyn FnMut(&'static Table, Vec<Cell>) -> Result<(), Error> + 'p;

impl Store {
    /// Whether there is no customer yet.
    pub fn is_empty(&self) -> Result<bool, Error> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM customers)";
        Ok(self.conn().query_row(sql, [], |row| row.get(0))?)
    }

    /// Fills an empty file with an invented portfolio: one transaction, one journal row, then plan
    /// and search index. A file that holds customers already is refused.
    pub fn fill_demo(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        make: impl FnOnce(&mut Put<'_>) -> Result<(), Error>,
    ) -> Result<u64, Error> {
        if !self.is_empty()? {
            return Err(Error::ReadOnly);
        }
        // The larger cache pays for itself while rows are written; the session's own is small.
        self.conn().execute_batch("PRAGMA cache_size = -65536")?;
        let packs = self.packs_in_force()?;
        let tx = self.begin()?;
        let waiting = Waiting::begin(&tx)?;
        // In the order in which they may be written: what a row refers to comes before it.
        let mut batches: Vec<Batch<'_>> = TABLES.iter().map(|t| Batch::new(&tx, t)).collect();
        let mut count = 0_u64;
        make(&mut |table, cells| {
            let batch = batches.iter_mut().find(|b| b.is_of(table));
            let batch = batch.ok_or(Error::Value("table"))?;
            batch.hold(cells);
            count += 1;
            if count.is_multiple_of(HELD) {
                batches.iter_mut().try_for_each(Batch::flush)
            } else {
                Ok(())
            }
        })?;
        batches.iter_mut().try_for_each(Batch::flush)?;
        drop(batches);
        waiting.make_good(TABLES)?;
        meta::set(&tx, meta::DEMO, "1")?;
        search::reindex_book(&tx)?;
        let today = instant::business_date(now);
        project::project_book(&tx, &packs, today)?;
        nights::past::keep_past(&tx, crate::assets::tiers::shared(), today)?;
        score::past::keep_past(&tx, &card::in_force(&tx)?, today)?;
        let after = format!("{{\"rows\":{count}}}");
        let entry = journal::Entry {
            actor,
            now,
            op: None,
            command: "demo",
            subject: "book",
            before: None,
            after: Some(&after),
        };
        journal::append(&tx, &entry)?;
        tx.commit()?;
        self.conn().execute_batch(NARROW)?;
        Ok(count)
    }
}

/// A row of the journal as it is shown: never what was written, only that and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLine {
    /// Number.
    pub seq: i64,
    /// When (UTC, as stored).
    pub at: String,
    /// Who.
    pub actor: String,
    /// Her role.
    pub role: String,
    /// Code of the command.
    pub command: String,
    /// About what.
    pub subject: String,
    /// Hash of the row.
    pub hash: String,
}

impl Store {
    /// The last rows of the journal that fit, oldest first.
    pub fn journal_tail(
        &self,
        actor: &Actor,
        filter: &JournalFilter,
    ) -> Result<Vec<JournalLine>, Refusal> {
        if !actor.may(Action::ReadJournal) {
            return Err(Refusal::NotAllowed);
        }
        let sieve = Sieve::of(filter);
        let sql = format!(
            "SELECT j.seq, j.at, j.actor, j.role, j.command, j.subject, j.hash FROM journal j
            WHERE {} ORDER BY j.seq DESC LIMIT :limit",
            sieve.sql
        );
        let mut statement = self.conn().prepare(&sql)?;
        let lines = statement.query_map(sieve.parameters().as_slice(), |row| {
            Ok(JournalLine {
                seq: row.get(0)?,
                at: row.get(1)?,
                actor: row.get(2)?,
                role: row.get(3)?,
                command: row.get(4)?,
                subject: row.get(5)?,
                hash: row.get(6)?,
            })
        })?;
        let mut lines = lines.collect::<Result<Vec<_>, _>>()?;
        lines.truncate(usize::try_from(filter.limit).unwrap_or(usize::MAX));
        lines.reverse();
        Ok(lines)
    }
}

#[cfg(test)]
impl Store {
    /// Makes rows look as if recorded here, as the writes of the screen do.
    pub(crate) fn mark_all_here(&self, table: &str) {
        self.conn().execute(&format!("UPDATE {table} SET origin = 'here'"), []).unwrap();
    }
}
