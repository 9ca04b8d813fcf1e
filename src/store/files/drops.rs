//! The folder into which an officer puts what she brings.

use std::fs::{DirBuilder, File};
use std::io::BufReader;
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, named_params};
use rustix::fs::Dir;

use super::{beneath, may_bring};
use crate::access::{Action, Actor};
use crate::domain::attachment::{FileFault, FileRules, FileWarning, Looks};
use crate::media;
use crate::protocol::page::{DropRow, DropsPage};
use crate::protocol::query::DropsFor;
use crate::protocol::reply::Refusal;
use crate::store::read::scope::Sight;
use crate::store::row::day;

/// So many files are listed; who brings more takes some in first.
const LISTED: usize = 200;

/// One officer's folder.
#[derive(Debug)]
pub(in crate::store) struct Drops {
    root: PathBuf,
    user: String,
}

/// What the list is for.
pub(in crate::store) struct Wanted<'a> {
    pub(in crate::store) actor: &'a Actor,
    pub(in crate::store) place: &'a DropsFor,
    /// The item wants a photo.
    pub(in crate::store) photo: bool,
    pub(in crate::store) rules: &'a FileRules,
}

impl Drops {
    /// The folder of somebody, which may not be there.
    pub(in crate::store) fn of(root: PathBuf, user: &str) -> Self {
        Self { root, user: user.to_owned() }
    }

    /// Opens a file in it.
    pub(in crate::store) fn open(&self, name: &str) -> Result<File, FileFault> {
        let folder = self.folder().ok_or(FileFault::NotThere)?;
        beneath::file(&folder, name).map(|(file, _)| file)
    }

    fn folder(&self) -> Option<OwnedFd> {
        beneath::folder(&beneath::root(&self.root)?, &self.user)
    }

    /// Everything in it, with what the files say of themselves.
    pub(in crate::store) fn page(
        &self,
        db: &Connection,
        wanted: &Wanted<'_>,
    ) -> Result<DropsPage, Refusal> {
        let may = match wanted.place {
            DropsFor::Item { .. } => wanted.actor.may(Action::Visit),
            DropsFor::Flag(_) => may_bring(wanted.actor),
        };
        let day = if may { day_of(db, wanted)? } else { None };
        let day = day.ok_or(Refusal::NotFound)?;
        if beneath::is_plain(&self.user) {
            // So that the officer finds where to put them; who may not make it sees it is empty.
            let _ =
                DirBuilder::new().recursive(true).mode(0o700).create(self.root.join(&self.user));
        }
        let mut names = self.names();
        names.sort_unstable();
        let more = names.len().saturating_sub(LISTED);
        names.truncate(LISTED);
        let folder = self.folder();
        let mut rows = Vec::with_capacity(names.len());
        for name in names {
            let Some(folder) = &folder else { break };
            rows.push(row(db, folder, name, wanted, day)?);
        }
        Ok(DropsPage {
            place: wanted.place.clone(),
            folder: self.root.join(&self.user).display().to_string(),
            rows,
            more: u32::try_from(more).unwrap_or(u32::MAX),
        })
    }

    /// Names that can be shown and named again; hidden files are none of the officer's.
    fn names(&self) -> Vec<String> {
        let entries = self.folder().and_then(|folder| Dir::read_from(&folder).ok());
        let names = entries.into_iter().flatten().filter_map(|entry| {
            let name = entry.ok()?.file_name().to_str().ok()?.to_owned();
            (beneath::is_plain(&name) && !name.starts_with('.')).then_some(name)
        });
        names.collect()
    }
}

fn row(
    db: &Connection,
    folder: &OwnedFd,
    name: String,
    wanted: &Wanted<'_>,
    day: NaiveDate,
) -> Result<DropRow, Refusal> {
    let (size, looks) = match beneath::file(folder, &name) {
        Err(fault) => (0, Err(fault)),
        Ok((file, stat)) => {
            let size = u64::try_from(stat.st_size).unwrap_or(0);
            let rules = wanted.rules;
            let limit = if wanted.photo { rules.photo_bytes } else { rules.document_bytes };
            let looks = match media::looks(&mut BufReader::new(file)) {
                _ if size > limit => Err(FileFault::TooLarge),
                Ok(looks) if wanted.photo && !looks.media.is_picture() => Err(FileFault::NoPhoto),
                looks => looks,
            };
            (size, looks)
        }
    };
    let warnings = looks.as_ref().map(|looks| odd(wanted, looks, day)).unwrap_or_default();
    let registered = looks.is_ok() && is_registered(db, wanted.place, &name, size)?;
    Ok(DropRow { name, size, looks, warnings, registered })
}

/// What is odd about a file for the visit of this day, or the flag that was raised on it.
fn odd(wanted: &Wanted<'_>, looks: &Looks, day: NaiveDate) -> Vec<FileWarning> {
    match wanted.place {
        DropsFor::Item { .. } => wanted.rules.warnings(looks, day),
        DropsFor::Flag(_) => FileRules::proof_warnings(looks, day),
    }
}

fn is_registered(
    db: &Connection,
    place: &DropsFor,
    name: &str,
    size: u64,
) -> Result<bool, rusqlite::Error> {
    let (sql, key) = match place {
        DropsFor::Item { visit, .. } => (
            "SELECT 1 FROM attachments WHERE visit_id = ?1 AND name = ?2 AND size = ?3",
            visit.as_str(),
        ),
        DropsFor::Flag(flag) => {
            ("SELECT 1 FROM proofs WHERE flag_id = ?1 AND name = ?2 AND size = ?3", flag.as_str())
        }
    };
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    db.prepare_cached(sql)?.exists(rusqlite::params![key, name, size])
}

/// The day of a visit in scope, or the one on which a flag in scope was raised.
fn day_of(db: &Connection, wanted: &Wanted<'_>) -> Result<Option<NaiveDate>, rusqlite::Error> {
    let sight = Sight::of(wanted.actor);
    let (from, key) = match wanted.place {
        DropsFor::Item { visit, .. } => (
            "SELECT v.visited_on FROM visits v JOIN customers c USING (customer_id) \
              WHERE v.visit_id = :key",
            visit.as_str(),
        ),
        DropsFor::Flag(flag) => (
            "SELECT f.raised_on FROM flags f JOIN customers c USING (customer_id) \
              WHERE f.flag_id = :key",
            flag.as_str(),
        ),
    };
    let sql = format!("{from} AND {}", sight.sieve("c.officer"));
    db.prepare_cached(&sql)?
        .query_row(named_params! {":key": key, ":scope": sight.value()}, |row| day(row, 0))
        .optional()
}
