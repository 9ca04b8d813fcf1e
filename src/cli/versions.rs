//! Texts of the bank's own that two people bring into force, as lists and decisions: what policies
//! and score cards have in common on the command line.

use serde_json::json;

use super::args::Format;
use super::session::{Desk, Io, Session};
use super::table::{Sheet, document};
use crate::domain::ids::UserId;
use crate::fault::{Fault, Wrong};
use crate::i18n::files::short_hash;
use crate::i18n::{Catalog, policy as words};
use crate::protocol::reply::Refusal;
use crate::store::Version;

/// The versions as a list; `key` and `heading` name the text, `in_force` says which one counts.
pub(super) fn list(
    versions: Vec<Version>,
    (key, heading): (&'static str, &'static str),
    in_force: &str,
    session: &Session,
    (format, desk): (Format, &Desk),
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).policy;
    let mut sheet = Sheet::new(&[
        (key, heading),
        ("state", t.state),
        ("proposed_by", t.proposed_by),
        ("proposed_at", t.proposed_at),
        ("decided_by", t.decided_by),
        ("decided_at", t.decided_at),
        ("reason", t.reason),
        ("sha256", t.sha256),
    ]);
    let machine = format != Format::Table;
    let names = session.names(machine)?;
    let person = |login: String| names.of(&UserId(login)).to_owned();
    for one in versions {
        let state = if machine { one.state.as_str() } else { words::state(desk.lang, &one.state) };
        sheet.push(vec![
            json!(one.id),
            json!(state),
            json!(person(one.proposed_by)),
            json!(one.proposed_at),
            json!(one.decided_by.map(person)),
            json!(one.decided_at),
            json!(one.reason),
            json!(if machine { one.sha256 } else { short_hash(&one.sha256) }),
        ]);
    }
    if !machine {
        writeln!(io.out, "{in_force}")?;
        if sheet.is_empty() {
            return Ok(());
        }
    }
    super::lists::print(&sheet, format, io)
}

/// The version that is decided about.
pub(super) fn named(
    versions: Vec<Version>,
    id: &str,
    list: &'static str,
) -> Result<Version, Fault> {
    let found = versions.into_iter().find(|one| one.id == id);
    found.ok_or_else(|| Fault::Wrong(Wrong::Version(id.to_owned(), list)))
}

/// Who put a version forward is told so in its own words: it is no record.
pub(super) fn own(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Refusal::OwnRecord) => Fault::OwnProposal,
        other => other,
    }
}

/// Writes a text that is TOML as one JSON document.
pub(super) fn as_json(text: &str, io: &mut Io<'_>) -> Result<(), Fault> {
    let pack: toml::Value = toml::from_str(text).map_err(|fault| Fault::Pack(fault.to_string()))?;
    Ok(document(&json!(pack), io.out)?)
}
