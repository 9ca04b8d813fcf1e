//! The folder into which an officer puts what she brings.

use std::fs::{DirBuilder, File};
use std::io::BufReader;
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, named_params};
use rustix::fs::Dir;

use super::beneath;
use crate::access::{Action, Actor};
use crate::domain::attachment::{FileFault, FileRules};
use crate::domain::ids::VisitId;
use crate::media;
use crate::protocol::page::{DropRow, DropsPage};
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
    pub(in crate::store) visit: &'a VisitId,
    pub(in crate::store) item: &'a str,
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
        if !wanted.actor.may(Action::Visit) {
            return Err(Refusal::NotFound);
        }
        let visited_on = visited_on(db, wanted)?.ok_or(Refusal::NotFound)?;
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
            rows.push(row(db, folder, name, wanted, visited_on)?);
        }
        Ok(DropsPage {
            visit: wanted.visit.clone(),
            item: wanted.item.to_owned(),
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
    visited_on: NaiveDate,
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
    let warnings = looks.as_ref().map(|l| wanted.rules.warnings(l, visited_on)).unwrap_or_default();
    let registered = looks.is_ok() && is_registered(db, wanted.visit, &name, size)?;
    Ok(DropRow { name, size, looks, warnings, registered })
}

fn is_registered(
    db: &Connection,
    visit: &VisitId,
    name: &str,
    size: u64,
) -> Result<bool, rusqlite::Error> {
    db.prepare_cached("SELECT 1 FROM attachments WHERE visit_id = ?1 AND name = ?2 AND size = ?3")?
        .exists(rusqlite::params![visit.as_str(), name, i64::try_from(size).unwrap_or(i64::MAX)])
}

/// The day of a visit in scope.
fn visited_on(db: &Connection, wanted: &Wanted<'_>) -> Result<Option<NaiveDate>, rusqlite::Error> {
    let sight = Sight::of(wanted.actor);
    let sql = format!(
        "SELECT v.visited_on FROM visits v JOIN customers c USING (customer_id) \
         WHERE v.visit_id = :visit AND {}",
        sight.sieve("c.officer")
    );
    db.prepare_cached(&sql)?
        .query_row(
            named_params! {":visit": wanted.visit.as_str(), ":scope": sight.value()},
            |row| day(row, 0),
        )
        .optional()
}
