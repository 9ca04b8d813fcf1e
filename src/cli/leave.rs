//! A list that leaves as a file: the journal says so before the first byte and again when it is there,
//! as for every export.

use std::path::Path;

use serde_json::json;

use super::export::Fault;
use super::session::{Desk, Io, Session};
use super::table::Sheet;
use crate::access::Action;
use crate::clock::{Clock as _, SystemClock};
use crate::i18n::Catalog;
use crate::outgoing::{Draft, digest_of};
use crate::protocol::reply::Refusal;

/// Writes a list to a file, in the format that its ending names, and says how many rows it has.
pub(super) fn to_file(
    sheet: &Sheet,
    path: &Path,
    subject: &str,
    session: &mut Session,
    (desk, io): (&Desk, &mut Io<'_>),
) -> Result<(), super::fault::Fault> {
    let rows = u64::try_from(sheet.len()).unwrap_or(u64::MAX);
    write(sheet, path, subject, session)?;
    if !desk.global.quiet {
        let t = &Catalog::of(desk.lang).cli;
        writeln!(io.err, "{}", t.rows(&path.display().to_string(), rows))?;
    }
    Ok(())
}

fn write(sheet: &Sheet, path: &Path, subject: &str, session: &mut Session) -> Result<(), Fault> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let as_json = match ending.as_deref() {
        Some("json") => true,
        Some("csv") => false,
        _ => return Err(Fault::Ending(path.to_owned())),
    };
    let actor = session.actor.clone();
    if !actor.may(Action::Read) && !actor.may(Action::Operate) {
        return Err(Fault::Refused(Refusal::NotAllowed));
    }
    // `--as-of` says for which day is read; what is noted in the journal happens now.
    let now = if session.store.is_demo()? { session.now() } else { SystemClock.now() };
    session.store.note_export_begun(&actor, now, subject, "{}")?;
    let written = Draft::beside(path).and_then(|mut draft| {
        if as_json { sheet.json(&mut draft) } else { sheet.csv(&mut draft) }?;
        draft.take(path)
    });
    if let Err(error) = written {
        session.store.note_export_failed(&actor, now, subject)?;
        return Err(error.into());
    }
    let after = json!({"rows": sheet.len(), "sha256": digest_of(path)?}).to_string();
    Ok(session.store.note_export(&actor, now, subject, &after)?)
}
