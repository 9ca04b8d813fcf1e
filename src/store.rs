//! The database: one SQLite file. The only room that knows SQL.
//!
//! [`Store::query`] answers one read, [`Store::apply`] makes one write: one immediate transaction
//! with its journal row. Connections come from `open`, the schema from `migrate`; reads live in
//! `read`, writes in `write`, what runs by itself in `jobs`.

mod backtest;
mod backup;
mod batch;
mod book;
mod card;
mod cell;
mod checks;
mod collateral;
mod concerned;
mod content;
mod copy;
mod deal;
mod error;
mod files;
mod hex;
mod holiday;
mod instalment;
mod instant;
pub mod jobs;
pub mod journal;
mod keepers;
mod lateness;
mod lease;
mod likeness;
mod meta;
mod migrate;
mod moving;
mod nights;
mod open;
mod packet;
mod people;
mod pin;
mod policy;
pub(crate) mod portfolio;
pub(crate) mod prepared;
pub(crate) mod project;
mod proposal;
mod published;
pub mod read;
mod retention;
pub(crate) mod row;
mod salt;
pub(crate) mod score;
pub(crate) mod search;
mod second;
mod sessions;
mod stir;
mod strategy;
pub(crate) mod tiers;
mod versions;
mod warning;
mod whole;
pub mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::access::{Action, Actor};
use crate::assets::Packs;
use crate::domain::ids::OpId;
use crate::protocol::command::Command;
use crate::protocol::page::Page;
use crate::protocol::query::{DropsFor, Query};
use crate::protocol::reply::{Outcome, Refusal};
use journal::Head;
use open::Opened;
use write::undo::Past;

pub use error::Error;
pub use files::{FilesCopied, ShelfState};
pub use holiday::OwnYear;
pub use meta::ClockState;
pub use migrate::APPLICATION_ID;
pub use open::{Mode, is_in_use};
pub(crate) use read::board::Material;
pub use score::ScoredCustomer;
pub use stir::Stir;
pub use versions::Version;
pub use warning::{Looked, Proposed};
pub use whole::{JournalLine, Put};

/// One open database.
#[derive(Debug)]
pub struct Store {
    opened: Opened,
    /// Opened when the first draft is kept.
    soft: Option<Connection>,
    packs: Arc<Packs>,
    /// Last answer of `PRAGMA data_version` on the main connection.
    data_version: i64,
    past: Past,
    /// The times it is given are not those of the machine.
    clock_stands: bool,
    /// Folder of the nightly copies; `None` = `backup` beside the file.
    backups: Option<PathBuf>,
    /// Folder of the officers' drop folders; `None` = `drop` beside the file.
    drops: Option<PathBuf>,
    pictures: files::Pictures,
}

/// Versions and sizes of an open file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vitals {
    /// Number of the schema.
    pub schema: i64,
    /// Version of the engine.
    pub sqlite: &'static str,
    /// Size of the write-ahead log in bytes.
    pub log_bytes: u64,
    /// The day that the whole book was last planned for.
    pub planned_on: Option<NaiveDate>,
}

impl Store {
    /// Opens a database with the engine profile; brings its schema up unless opened for reading.
    pub fn open(path: &Path, packs: Arc<Packs>, mode: Mode) -> Result<Self, Error> {
        let opened = open::open(path, mode)?;
        let mut store = Self {
            opened,
            soft: None,
            packs,
            data_version: 0,
            past: Past::default(),
            clock_stands: false,
            backups: None,
            drops: None,
            pictures: files::Pictures::default(),
        };
        store.data_version = store.read_data_version()?;
        store.follow_packs()?;
        Ok(store)
    }

    /// Opens a database for writing without bringing its schema up: an older one is refused.
    pub fn open_as_it_is(path: &Path, packs: Arc<Packs>) -> Result<Self, Error> {
        let found = migrate::version(&open::inspect(path)?)?;
        if found < migrate::newest() {
            return Err(Error::OlderSchema { found });
        }
        Self::open(path, packs, Mode::Existing)
    }

    /// One read, within what the actor may see.
    pub fn query(
        &self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        query: &Query,
    ) -> Result<Page, Refusal> {
        // All statements of one page look at the same moment. Ended before anything is drawn.
        let tx = self.opened.conn.unchecked_transaction()?;
        people::check_standing(&tx, actor)?;
        let page = match query {
            Query::Drops(_) | Query::Picture { .. } if !actor.may(Action::Read) => {
                Err(Refusal::NotFound)
            }
            Query::Drops(place) => {
                let photo = match place {
                    DropsFor::Item { item, .. } => {
                        self.packs.library.item(item).is_some_and(|item| item.photo)
                    }
                    DropsFor::Flag(_) => false,
                };
                let rules = &self.packs.attachments;
                let wanted = files::Wanted { actor, place, photo, rules };
                self.drops_of(actor).page(&tx, &wanted).map(|page| Page::Drops(page.into()))
            }
            Query::Picture { what, view } => {
                let drops = self.drops_of(actor);
                let page = self.pictures.page(&tx, &drops, actor, what, view)?;
                Ok(Page::Picture(page.into()))
            }
            _ => read::page(&tx, &self.packs, actor, now, query),
        };
        tx.commit()?;
        page
    }

    /// The same read once more, where its last page and what was written since may help.
    pub fn query_again(
        &self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        query: &Query,
        last: &Page,
        stir: &Stir,
    ) -> Result<Page, Refusal> {
        if !stir.outcomes && matches!((query, last), (Query::Backtest, Page::Backtest(_))) {
            return Ok(last.clone());
        }
        let (Query::Queue, Page::Queue(page), Some(stirred)) = (query, last, &stir.customers)
        else {
            return self.query(actor, now, query);
        };
        if stirred.is_empty() {
            return Ok(last.clone());
        }
        let tx = self.opened.conn.unchecked_transaction()?;
        people::check_standing(&tx, actor)?;
        let last = read::Last { page, stirred };
        let page = read::queue_again(&tx, &self.packs, actor, now, last)?;
        tx.commit()?;
        Ok(Page::Queue(page.into()))
    }

    /// One write. The same `op` again gives the same outcome and writes nothing.
    pub fn apply(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        op: &OpId,
        command: &Command,
    ) -> Result<Outcome, Refusal> {
        write::apply(self, actor, now, op, command)
    }

    /// Whether another connection has committed since the last call (or an own soft one).
    pub fn changed_elsewhere(&mut self) -> Result<bool, Error> {
        let now = self.read_data_version()?;
        let changed = std::mem::replace(&mut self.data_version, now) != now;
        if changed {
            self.follow_packs()?;
        }
        Ok(changed)
    }

    /// The packs that this store plans and judges with.
    pub fn packs(&self) -> &Arc<Packs> {
        &self.packs
    }

    /// Canonical path of the file.
    pub fn path(&self) -> &Path {
        &self.opened.path
    }

    /// Whether the portfolio is invented.
    pub fn is_demo(&self) -> Result<bool, Error> {
        Ok(meta::get(&self.opened.conn, meta::DEMO)?.as_deref() == Some("1"))
    }

    /// Marks the portfolio as invented, as making the demo does.
    #[cfg(test)]
    pub(crate) fn mark_demo(&mut self) -> Result<(), Error> {
        let tx = self.begin()?;
        meta::set(&tx, meta::DEMO, "1")?;
        Ok(tx.commit()?)
    }

    /// Whether the clock stands before the latest instant that this file has seen.
    pub fn clock_back(&self, now: DateTime<FixedOffset>) -> Result<bool, Error> {
        Ok(self.clock_state(now)? == ClockState::Back)
    }

    /// How the clock stands to the latest instant that this file has seen. Who names a day herself
    /// has confirmed it by that.
    pub fn clock_state(&self, now: DateTime<FixedOffset>) -> Result<ClockState, Error> {
        let state = meta::clock_state(&self.opened.conn, now)?;
        let named = self.clock_stands && state == ClockState::Ahead;
        Ok(if named { ClockState::Right } else { state })
    }

    /// Says that the times given from now on are those of a day that somebody named: the file
    /// does not take them for the latest it has seen.
    pub fn stand_clock(&mut self) {
        self.clock_stands = true;
    }

    /// Makes a verified copy of the whole database at a path where nothing is yet. Returns its
    /// size in bytes.
    pub fn backup_to(&self, path: &Path) -> Result<u64, Error> {
        backup::to(&self.opened.conn, path)
    }

    /// Looks through the file itself: structure, references, journal.
    pub fn check(&self) -> Result<Head, Error> {
        backup::check(&self.opened.conn)
    }

    /// Versions and sizes, for the doctor.
    pub fn vitals(&self) -> Result<Vitals, Error> {
        let mut log = self.opened.path.clone().into_os_string();
        log.push("-wal");
        Ok(Vitals {
            schema: migrate::version(&self.opened.conn)?,
            sqlite: rusqlite::version(),
            planned_on: project::planned_on(&self.opened.conn)?,
            log_bytes: std::fs::metadata(log).map_or(0, |meta| meta.len()),
        })
    }

    /// Lets the engine tidy up before leaving. Failing changes nothing.
    pub fn close(self) {
        if let Err(error) = self.opened.conn.execute_batch("PRAGMA optimize") {
            tracing::warn!(error = %Error::from(error), "optimize on close");
        }
    }

    /// The business date of an instant: the day in the branch.
    pub fn business_date(now: DateTime<FixedOffset>) -> NaiveDate {
        instant::business_date(now)
    }

    /// Begins a write: at once with the lock, so that no other write comes between reading and
    /// writing, and only if the schema and the file are still those that were opened.
    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        self.check_place()?;
        let tx = self.opened.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = migrate::version(&tx)?;
        if found > migrate::newest() {
            return Err(Error::NewerSchema { found });
        }
        // Another policy or year came into force since the packs were taken: the next try has it.
        if !policy::is_in_force(&tx, &self.packs)? || !holiday::is_in_force(&tx, &self.packs)? {
            return Err(Error::Busy);
        }
        Ok(tx)
    }

    /// The main connection, for reads of this room.
    pub(crate) fn conn(&self) -> &Connection {
        &self.opened.conn
    }

    /// Stops writing into a file that has been moved away from under this process.
    fn check_place(&self) -> Result<(), Error> {
        if self.opened.claim.still_names(&self.opened.path) {
            return Ok(());
        }
        Err(Error::Moved)
    }

    /// A fresh main connection after a commit whose outcome is not known.
    fn reopen(&mut self) -> Result<(), Error> {
        self.opened.conn = open::reconnect(&self.opened.path)?;
        self.data_version = self.read_data_version()?;
        Ok(())
    }

    /// Begins a write that need not survive a power cut.
    fn begin_soft(&mut self) -> Result<Transaction<'_>, Error> {
        self.check_place()?;
        if self.soft.is_none() {
            self.soft = Some(open::soft(&self.opened.path)?);
        }
        let conn = self.soft.as_mut().ok_or(Error::NotFound)?;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = migrate::version(&tx)?;
        if found > migrate::newest() {
            return Err(Error::NewerSchema { found });
        }
        Ok(tx)
    }

    fn read_data_version(&self) -> Result<i64, Error> {
        let mut statement = self.opened.conn.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Keeps the nightly copies in this folder instead of `backup` beside the file.
    pub fn keep_backups_in(&mut self, folder: PathBuf) {
        self.backups = Some(folder);
    }

    /// Folder of the nightly copies.
    pub fn backup_dir(&self) -> PathBuf {
        self.backups.clone().unwrap_or_else(|| self.opened.path.with_file_name("backup"))
    }
}

#[cfg(test)]
pub(crate) mod tests;
