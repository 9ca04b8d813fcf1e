//! What leaves the database as a file: the journal says so before the first byte and again when it is
//! there, for lists as for every export.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

use super::session::{Desk, Io, Session};
use super::table::Sheet;
use crate::access::{Action, Actor};
use crate::fault::export::Fault;
use crate::i18n::Catalog;
use crate::outgoing::{Draft, digest_of, holds_something};
use crate::protocol::reply::Refusal;
use crate::store::Store;

/// Something that is about to leave: it stands in the journal, and what became of it must follow.
#[must_use]
pub(super) struct Leaving<'a> {
    actor: &'a Actor,
    now: DateTime<FixedOffset>,
    subject: &'a str,
    about: Map<String, Value>,
}

impl<'a> Leaving<'a> {
    /// Notes who takes what out, with what is to be known about it.
    pub(super) fn begin(
        store: &mut Store,
        (actor, now): (&'a Actor, DateTime<FixedOffset>),
        subject: &'a str,
        about: Map<String, Value>,
    ) -> Result<Self, Fault> {
        let told = Value::Object(about.clone()).to_string();
        store.note_export_begun(actor, now, subject, &told)?;
        Ok(Self { actor, now, subject, about })
    }

    /// Notes how it ended: with how many rows and which file, or not at all.
    pub(super) fn end(
        mut self,
        store: &mut Store,
        out: &Path,
        written: Result<u64, Fault>,
    ) -> Result<u64, Fault> {
        let (actor, now, subject) = (self.actor, self.now, self.subject);
        let rows = match written {
            Ok(rows) => rows,
            Err(fault) => {
                store.note_export_failed(actor, now, subject)?;
                return Err(fault);
            }
        };
        // A folder of files has no digest.
        let digest =
            if out.is_file() { digest_of(out).map_err(Fault::file(out))? } else { String::new() };
        self.about.insert("rows".to_owned(), json!(rows));
        self.about.insert("sha256".to_owned(), json!(digest));
        store.note_export(actor, now, subject, &Value::Object(self.about).to_string())?;
        Ok(rows)
    }
}

/// Refuses somebody who may neither read nor keep house.
pub(super) fn check(actor: &Actor) -> Result<(), Fault> {
    let may = actor.may(Action::Read) || actor.may(Action::Operate);
    if may { Ok(()) } else { Err(Fault::Refused(Refusal::NotAllowed)) }
}

/// Where a file goes, and whether it may go over one that is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// Which file.
    pub path: &'a Path,
    /// `--force`
    pub force: bool,
}

impl Place<'_> {
    /// Refuses a place where somebody's file lies, unless she said that it may go. For all files
    /// that leave, and for those that tell what was wrong.
    pub(super) fn free(self) -> Result<(), Fault> {
        self.beside(&[])
    }

    /// The same where files are read as well: none of them is ever written over.
    pub(super) fn beside(self, read: &[PathBuf]) -> Result<(), Fault> {
        let path = self.path;
        let at = std::fs::canonicalize(path).ok();
        let same = |other: &PathBuf| at.is_some() && std::fs::canonicalize(other).ok() == at;
        if read.iter().any(same) {
            return Err(Fault::Source(path.to_owned()));
        }
        if !self.force && holds_something(path).map_err(Fault::file(path))? {
            return Err(Fault::Taken(path.to_owned()));
        }
        Ok(())
    }
}

/// The ending of a file's name, which says the format, in small letters; empty if it has none.
pub(super) fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Writes a file that has its name only when it is whole.
pub(super) fn whole<T>(
    path: &Path,
    write: impl FnOnce(&mut Draft) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let mut draft = Draft::beside(path).map_err(Fault::file(path))?;
    let written = write(&mut draft).map_err(|fault| match fault {
        Fault::Output(said) => Fault::Output(format!("{}: {said}", path.display())),
        other => other,
    })?;
    draft.take(path).map_err(Fault::file(path))?;
    Ok(written)
}

/// Writes a list to a file, in the format that its ending names, and says how many rows it has.
pub(super) fn to_file(
    sheet: &Sheet,
    place: Place<'_>,
    subject: &str,
    session: &mut Session,
    (desk, io): (&Desk, &mut Io<'_>),
) -> Result<(), crate::fault::Fault> {
    let path = place.path;
    let rows = write(sheet, place, subject, session)?;
    if !desk.global.quiet {
        let t = &Catalog::of(desk.lang).cli;
        writeln!(io.err, "{}", t.rows(&path.display().to_string(), rows))?;
    }
    Ok(())
}

fn write(
    sheet: &Sheet,
    place: Place<'_>,
    subject: &str,
    session: &mut Session,
) -> Result<u64, Fault> {
    let path = place.path;
    let as_json = match ending(path).as_str() {
        "json" => true,
        "csv" => false,
        _ => return Err(Fault::Ending(path.to_owned())),
    };
    check(&session.actor)?;
    place.free()?;
    let who = (&session.actor, session.noted_at()?);
    let leaving = Leaving::begin(&mut session.store, who, subject, Map::new())?;
    let written = whole(path, |file| {
        if as_json { sheet.json(file) } else { sheet.csv(file) }?;
        Ok(u64::try_from(sheet.len()).unwrap_or(u64::MAX))
    });
    leaving.end(&mut session.store, path, written)
}
