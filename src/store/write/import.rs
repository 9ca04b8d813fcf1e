//! Import: one transaction, all or nothing (`exchange.md` section 1.2).
//!
//! A file is read, and its rows are staged in temporary tables, before the write lock is taken
//! ([`Intake`]): a key that stands twice is found before anything is written, memory stays flat, and
//! nobody else's write waits for the reading. Still without the lock they are compared with what is
//! known (`compare`): of a file that comes every day most rows say nothing new. Only then, in one
//! transaction ([`Session`]), what is new is checked and written. `stage` and `apply` do that, `rules`
//! holds what is special to a table, `effects` what follows from the changed rows: dates that the
//! system keeps, the plan, the search index.

mod apply;
mod bulk;
mod compare;
mod direct;
mod doubts;
mod effects;
mod journal_text;
mod loans;
mod refer;
mod rules;
mod stage;
mod unseen;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::access::{Action, Actor};
use crate::assets::Packs;
use crate::protocol::import::{FaultSink, ImportOptions, ImportReport, TableCount};
use crate::protocol::reply::Refusal;
use crate::protocol::tables::{Need, Table};
use crate::store::{Error, Store, journal, migrate, open, people, policy};

pub use stage::{Staging, Waiting};

/// An import whose file is being read. It holds no lock: rows wait in temporary tables.
pub struct Intake<'c> {
    conn: &'c Connection,
    /// Holds the temporary tables together; it reads and writes nothing else.
    tx: Transaction<'c>,
    state: State,
    /// Tables that were begun: each waits in a table of its own.
    begun: usize,
    profile: Profile<'c>,
}

/// An import that holds the write lock: its transaction, and what it did so far.
pub struct Session<'c> {
    tx: Transaction<'c>,
    state: State,
    /// Dropped after the transaction: the order of the fields matters.
    profile: Profile<'c>,
}

/// Sets the engine profile of an import, and puts back that of a session.
struct Profile<'c>(&'c Connection, i64);

impl<'c> Profile<'c> {
    /// Staged rows go to a file: a million of them must not stay in memory. This can't be changed
    /// within a transaction. The larger cache pays for itself while rows are written.
    fn set(conn: &'c Connection) -> Result<Self, Error> {
        let before: i64 = conn.query_row("PRAGMA cache_size", [], |r| r.get(0))?;
        conn.execute_batch("PRAGMA temp_store = FILE; PRAGMA cache_size = -16000;")?;
        Ok(Self(conn, before))
    }
}

impl Drop for Profile<'_> {
    fn drop(&mut self) {
        let back = format!("PRAGMA temp_store = MEMORY; PRAGMA cache_size = {};", self.1);
        if let Err(error) = self.0.execute_batch(&back) {
            tracing::warn!(error = %Error::from(error), "engine profile after an import");
        }
    }
}

/// What an import knows besides the database.
pub(super) struct State {
    pub(super) actor: Actor,
    pub(super) packs: Arc<Packs>,
    /// Sees the book as it was before the import.
    pub(super) past: Option<Connection>,
    pub(super) now: DateTime<FixedOffset>,
    pub(super) options: ImportOptions,
    pub(super) report: ImportReport,
    /// Nobody has written since the rows were compared: those that say nothing new still don't.
    pub(super) still: bool,
    /// Users found so far, so that the same officer is looked up once.
    pub(super) users: HashSet<String>,
    /// Customers touched of late and why, so that each costs one write.
    pub(super) touched: HashMap<String, u8>,
}

/// How many ids of one kind are remembered: enough for a branch, little enough for memory.
pub(super) const REMEMBERED: usize = 40_000;

/// Bits of `touched.why`.
pub(super) const PLAN: u8 = 1;
pub(super) const INDEX: u8 = 2;
/// The file itself says `cadence_since`.
pub(super) const CADENCE_GIVEN: u8 = 4;
/// The file itself says `extra_visit_from`.
pub(super) const EXTRA_GIVEN: u8 = 8;
/// Rows changed on which the cadence cell depends.
pub(super) const CELL: u8 = 16;

impl State {
    /// The day of which the file tells.
    pub(super) fn as_of(&self) -> NaiveDate {
        self.options.as_of_file.unwrap_or_else(|| self.today())
    }

    /// The business date: the plan is projected for it, whatever the day of the file.
    pub(super) fn today(&self) -> NaiveDate {
        Store::business_date(self.now)
    }

    /// The last day that can have been: of the file and today.
    pub(super) fn latest(&self) -> NaiveDate {
        self.as_of().max(self.today())
    }

    /// Notes that a customer must be planned or indexed anew.
    pub(super) fn touch(&mut self, tx: &Connection, customer: &str, why: u8) -> Result<(), Error> {
        let known = self.touched.get(customer).copied();
        if known.is_some_and(|known| known & why == why) {
            return Ok(());
        }
        tx.prepare_cached(
            "INSERT INTO temp.touched (customer_id, why) VALUES (?1, ?2)
             ON CONFLICT (customer_id) DO UPDATE SET why = why | excluded.why
             WHERE why | excluded.why <> why",
        )?
        .execute(params![customer, why])?;
        if self.touched.len() >= REMEMBERED {
            self.touched.clear();
        }
        self.touched.insert(customer.to_owned(), known.unwrap_or(0) | why);
        Ok(())
    }
}

impl Store {
    /// Begins an import. Refused unless the actor may run batch commands.
    pub fn import(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        options: ImportOptions,
    ) -> Result<Intake<'_>, Refusal> {
        if !actor.may(Action::Operate) {
            return Err(Refusal::NotAllowed);
        }
        people::check_standing(self.conn(), actor)?;
        self.check_place()?;
        self.move_book(actor, now)?;
        let past = Some(open::reconnect(self.path())?);
        let packs = self.packs_in_force()?;
        let profile = Profile::set(self.conn())?;
        let state = State {
            actor: actor.clone(),
            packs,
            past,
            now,
            report: ImportReport { dry_run: options.dry_run, ..ImportReport::default() },
            options,
            still: false,
            users: HashSet::new(),
            touched: HashMap::new(),
        };
        Ok(Intake::start(self.conn(), state, profile)?)
    }
}

impl<'c> Intake<'c> {
    fn start(conn: &'c Connection, state: State, profile: Profile<'c>) -> Result<Self, Error> {
        let tx = Transaction::new_unchecked(conn, TransactionBehavior::Deferred)?;
        tx.execute_batch(
            "PRAGMA temp.cache_size = -8000;
             DROP TABLE IF EXISTS temp.touched;
             CREATE TEMP TABLE touched (customer_id TEXT NOT NULL PRIMARY KEY, why INTEGER NOT NULL) WITHOUT ROWID;",
        )?;
        Ok(Self { conn, tx, state, begun: 0, profile })
    }

    /// What was asked for.
    pub fn options(&self) -> &ImportOptions {
        &self.state.options
    }

    /// Whether rows whose keys rise from row to row are better written as they come, under the
    /// lock: the table is empty, so that there is nothing to compare them with, and staging them
    /// first would cost a third more.
    pub fn suits_direct(&self, table: &Table) -> Result<bool, Error> {
        // What a complete file does not hold is found among the rows that wait.
        Ok(!self.state.options.complete_loans && bulk::is_empty(&self.tx, table)?)
    }

    /// Begins to take in the rows of a table; `present` are the columns that the file has, as
    /// indices into the table's columns, `sheet` the name under which faults are reported.
    pub fn table(
        &mut self,
        table: &'static Table,
        present: &[usize],
        sheet: &str,
    ) -> Result<Staging<'_, 'c>, Error> {
        self.begun += 1;
        let mut staging =
            Staging::new(&self.tx, &mut self.state, table, present, sheet, self.begun);
        staging.prepare()?;
        Ok(staging)
    }

    /// Compares what waits with what is known. All comparisons see one moment.
    pub fn compare<'w>(
        self,
        waiting: impl Iterator<Item = &'w mut Waiting>,
    ) -> Result<Compared<'c>, Error> {
        let Self { conn, tx, mut state, begun: _, profile } = self;
        tx.commit()?;
        let moment = Transaction::new_unchecked(conn, TransactionBehavior::Deferred)?;
        let head = journal::head(&moment)?.seq;
        for rows in waiting {
            compare::compare(&moment, &mut state, rows)?;
        }
        moment.commit()?;
        Ok(Compared { conn, state, head, profile })
    }
}

/// An import of which it is known what is new in it. It holds no lock.
pub struct Compared<'c> {
    conn: &'c Connection,
    state: State,
    /// Number of the journal's last row when the comparison was made.
    head: i64,
    profile: Profile<'c>,
}

impl<'c> Compared<'c> {
    /// Takes the write lock.
    pub fn lock(self) -> Result<Session<'c>, Error> {
        let Self { conn, mut state, head, profile } = self;
        let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        let found = migrate::version(&tx)?;
        if found > migrate::newest() {
            return Err(Error::NewerSchema { found });
        }
        if !policy::is_in_force(&tx, &state.packs)? {
            return Err(Error::Busy);
        }
        // Nothing is written without a row in the journal.
        state.still = journal::head(&tx)?.seq == head;
        Ok(Session { tx, state, profile })
    }
}

impl<'c> Session<'c> {
    /// Begins to write the rows of a table as they come; `rows` is how many they are, and their keys
    /// rise from row to row.
    pub fn direct(
        &mut self,
        table: &'static Table,
        present: &[usize],
        sheet: &str,
        rows: u64,
    ) -> Result<Staging<'_, 'c>, Error> {
        let mut staging = Staging::new(&self.tx, &mut self.state, table, present, sheet, 0);
        staging.direct = Some(Box::new(direct::Direct::new(&staging, rows)?));
        Ok(staging)
    }

    /// Checks and writes rows that wait.
    pub fn apply(&mut self, rows: Waiting, sink: &mut dyn FaultSink) -> Result<(), Error> {
        Staging::resume(&self.tx, &mut self.state, rows).apply(sink)
    }

    /// Brings everything that follows from the rows in order, and commits unless rows were faulty
    /// or it is a rehearsal.
    pub fn finish(self) -> Result<ImportReport, Error> {
        let Self { tx, mut state, profile } = self;
        state.report.tables.retain(|(_, count)| *count != TableCount::default());
        let refused = state.report.faulty() > 0 && !state.options.accept_valid;
        if !refused {
            effects::follow_up(&tx, &state)?;
        }
        if refused || state.options.dry_run {
            tx.rollback()?;
        } else {
            let changed = state.report.tables.iter().any(|(_, c)| c.inserted + c.updated > 0);
            if changed || state.report.settled_count > 0 {
                let after = journal_text::summary(&state.report);
                state.journal(&tx, "import", "portfolio", None, Some(&after))?;
            }
            tx.commit()?;
            state.report.committed = true;
        }
        drop(profile);
        Ok(state.report)
    }
}

impl State {
    pub(super) fn journal(
        &self,
        tx: &Connection,
        command: &str,
        subject: &str,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<(), Error> {
        journal::append(tx, &self.entry(command, subject, before, after))?;
        Ok(())
    }

    /// A row of which is known whom it is about.
    fn journal_about(
        &self,
        tx: &Connection,
        subject: &str,
        (before, after): (&str, &str),
        customers: &[String],
    ) -> Result<(), Error> {
        let entry = self.entry("import_row", subject, Some(before), Some(after));
        journal::append_about(tx, &entry, customers.iter().map(String::as_str))?;
        Ok(())
    }

    fn entry<'a>(
        &'a self,
        command: &'a str,
        subject: &'a str,
        before: Option<&'a str>,
        after: Option<&'a str>,
    ) -> journal::Entry<'a> {
        journal::Entry {
            actor: &self.actor,
            now: self.now,
            op: None,
            command,
            subject,
            before,
            after,
        }
    }
}

/// The places of the key columns among the columns of a table.
pub(super) fn key_places(table: &Table) -> Vec<usize> {
    (0..table.columns.len())
        .filter(|i| table.columns.get(*i).is_some_and(|c| c.need == Need::Key))
        .collect()
}

/// Whether rows of this table carry `origin`: what was recorded here is not changed by an import.
pub(super) fn has_origin(table: &Table) -> bool {
    matches!(table.name, "visits" | "flags" | "tasks" | "handovers" | "requests" | "deadline_marks")
}

#[cfg(test)]
mod tests;
