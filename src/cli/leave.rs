//! What leaves the database as a file: the journal says so before the first byte and again when it is
//! there, for lists as for every export.

use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

use super::session::{Desk, Io, Session};
use super::table::Sheet;
use crate::access::{Action, Actor};
use crate::fault::export::Fault;
use crate::i18n::Catalog;
use crate::outgoing::{Draft, digest_of};
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
    path: &Path,
    subject: &str,
    session: &mut Session,
    (desk, io): (&Desk, &mut Io<'_>),
) -> Result<(), crate::fault::Fault> {
    let rows = write(sheet, path, subject, session)?;
    if !desk.global.quiet {
        let t = &Catalog::of(desk.lang).cli;
        writeln!(io.err, "{}", t.rows(&path.display().to_string(), rows))?;
    }
    Ok(())
}

fn write(sheet: &Sheet, path: &Path, subject: &str, session: &mut Session) -> Result<u64, Fault> {
    let as_json = match ending(path).as_str() {
        "json" => true,
        "csv" => false,
        _ => return Err(Fault::Ending(path.to_owned())),
    };
    check(&session.actor)?;
    let who = (&session.actor, session.noted_at()?);
    let leaving = Leaving::begin(&mut session.store, who, subject, Map::new())?;
    let written = whole(path, |file| {
        if as_json { sheet.json(file) } else { sheet.csv(file) }?;
        Ok(u64::try_from(sheet.len()).unwrap_or(u64::MAX))
    });
    leaving.end(&mut session.store, path, written)
}
