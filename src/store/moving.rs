//! A policy that has come into force takes the book over in steps, between which others write: as one
//! transaction a large book would hold the write lock for longer than anybody waits for it.
//!
//! It is in force for everybody from the moment of the decision. A mark says how far the rows have
//! followed; a customer beyond it is read as if hers had ([`carry`]), so that her plan is the same
//! before, during and after the step that writes it. Whoever was cut off goes on at the mark. What
//! moves cells itself (tiers, holidays, imports, the next policy) waits until all are taken over.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension as _};

use super::open::give_way;
use super::project::{self, CadenceDates, set_cadence};
use super::read::scope::Sight;
use super::row::parse_day;
use super::versions::unreadable;
use super::{Error, Store, instant, journal, meta, portfolio};
use crate::access::{Actor, Scope};
use crate::assets::{Packs, policy};
use crate::domain::portfolio::CustomerFile;
use crate::planning::rehearsal::{self, Change, Leaving};
use crate::protocol::command::Command;

/// Key in `meta` of the mark: version of the policy before, day of the change and the last customer
/// who was taken over, parted by tabs. It stands as long as somebody is left.
const MARK: &str = "policy_moving";

/// Slices of customers in one transaction: some tenths of a second on a slow machine.
const SLICES: usize = if cfg!(test) { 1 } else { 2 };

struct Mark {
    old: String,
    on: NaiveDate,
    last: String,
}

impl Mark {
    fn read(db: &Connection) -> Result<Option<Self>, Error> {
        let Some(text) = meta::get(db, MARK)? else { return Ok(None) };
        let (old, on, last) = parts(&text).ok_or_else(|| unreadable(&MARK))?;
        let on = parse_day(on.as_bytes()).ok_or_else(|| unreadable(&MARK))?;
        Ok(Some(Self { old: old.to_owned(), on, last: last.to_owned() }))
    }

    fn set(&self, db: &Connection) -> Result<(), Error> {
        meta::set(db, MARK, &format!("{}\t{}\t{}", self.old, self.on, self.last))
    }
}

/// Version, day and customer of a mark.
fn parts(mark: &str) -> Option<(&str, &str, &str)> {
    let (old, rest) = mark.split_once('\t')?;
    let (on, last) = rest.split_once('\t')?;
    Some((old, on, last))
}

/// Says that the whole book is to be taken over from the policy of this version.
pub(super) fn begin(db: &Connection, old: &str, on: NaiveDate) -> Result<(), Error> {
    Mark { old: old.to_owned(), on, last: String::new() }.set(db)
}

/// Gives those who were not taken over yet as they will be.
pub(super) fn carry(
    db: &Connection,
    packs: &Packs,
    files: &mut [CustomerFile],
) -> rusqlite::Result<()> {
    const SQL: &str = "SELECT value FROM meta WHERE key = ?1";
    let Some(leaving) = packs.leaving.as_deref() else { return Ok(()) };
    let mark: Option<String> =
        db.prepare_cached(SQL)?.query_row([MARK], |row| row.get(0)).optional()?;
    // Of another change nothing is known here yet: this session follows it first.
    let Some((_, _, last)) =
        mark.as_deref().and_then(parts).filter(|(old, ..)| *old == leaving.policy.version)
    else {
        return Ok(());
    };
    for file in files.iter_mut().filter(|file| file.customer.id.as_str() > last) {
        *file = under(file, packs, leaving).0;
    }
    Ok(())
}

fn under(file: &CustomerFile, packs: &Packs, leaving: &Leaving) -> (CustomerFile, Option<Change>) {
    let policies = (&leaving.policy, &packs.policy);
    rehearsal::under(file, policies, &packs.workdays, leaving.on)
}

/// Whether a command changes the cell of customers by itself: then it waits for the end.
pub(super) fn must_wait(command: &Command) -> bool {
    matches!(command, Command::Policy(_) | Command::Holidays(_) | Command::Tier(_))
}

impl Store {
    /// Whether somebody is left to be taken over.
    pub(super) fn is_leaving(&self) -> Result<bool, Error> {
        Ok(meta::get(self.conn(), MARK)?.is_some())
    }

    /// The policy that the book is leaving; `None` = all of it follows the one in force.
    pub(super) fn leaving(&self) -> Result<Option<Arc<Leaving>>, Error> {
        let Some(Mark { old, on, .. }) = Mark::read(self.conn())? else { return Ok(None) };
        let text = self.policy_text(Some(&old))?.ok_or_else(|| unreadable(&MARK))?;
        let policy = policy::parse("policies", &text).map_err(|fault| unreadable(&fault))?;
        Ok(Some(Arc::new(Leaving { policy, on })))
    }

    /// Takes over whoever is left. Nothing to do is the rule.
    pub(super) fn move_book(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        if self.packs_in_force()?.leaving.is_none() {
            return Ok(());
        }
        self.widely(|store| {
            while store.move_some(actor, now)? {
                give_way();
            }
            Ok(())
        })?;
        self.follow_packs()
    }

    /// One step; whether somebody is left.
    fn move_some(&mut self, actor: &Actor, now: DateTime<FixedOffset>) -> Result<bool, Error> {
        let packs = self.packs_in_force()?;
        let today = instant::business_date(now);
        let tx = self.begin()?;
        let (Some(mut mark), Some(leaving)) = (Mark::read(&tx)?, packs.leaving.as_deref()) else {
            return Ok(false);
        };
        let (mut changed, mut extra, mut ended) = (0, 0, false);
        for _ in 0..SLICES {
            let files = portfolio::as_they_stand(&tx, &Sight::within(Scope::All), &mark.last)?;
            let Some(last) = files.last() else {
                ended = true;
                break;
            };
            mark.last.clone_from(&last.customer.id.0);
            let mut moved = Vec::with_capacity(files.len());
            for file in &files {
                let (now, change) = under(file, &packs, leaving);
                project::write_kept(&tx, file, &now.kept)?;
                if let Some(change) = change {
                    let dates = CadenceDates { since: true, extra: change.extra };
                    set_cadence(&tx, &file.customer.id, leaving.on, dates)?;
                    changed += 1;
                    extra += i64::from(change.extra);
                }
                moved.push(now);
            }
            project::project_files(&tx, &packs, &moved, today)?;
        }
        if ended {
            meta::remove(&tx, MARK)?;
            project::note_projected(&tx, &packs, today)?;
        } else {
            mark.set(&tx)?;
        }
        let after = format!(r#"{{"customers":{changed},"extra_visits":{extra}}}"#);
        let entry = journal::Entry {
            actor,
            now,
            op: None,
            command: "move_book",
            subject: &packs.policy.version,
            before: None,
            after: Some(&after),
        };
        journal::append(&tx, &entry)?;
        tx.commit()?;
        Ok(!ended)
    }
}

#[cfg(test)]
mod tests;
