//! `huifang policy`: the rules in force, a change's check and rehearsal, and its activation by two
//! people.

mod diff;
mod faults;

use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{Format, Policy};
use super::session::{Desk, Io, Session, Want};
use super::table::document;
use super::versions;
use crate::assets::policy::{self, overlay};
use crate::fault::Fault;
use crate::i18n::{Catalog, Lang};
use crate::protocol::command::{Command, PolicyCommand};
use crate::protocol::reply::Refusal;

/// Most bytes that are read of a policy file.
const MOST: u64 = 4 << 20;

/// Does what was asked for.
pub fn run(what: &Policy, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    match what {
        Policy::Show { version } => show(version.as_deref(), desk, io),
        Policy::List => list(desk, io),
        Policy::Check { file } => check(file.as_deref(), desk, io),
        Policy::Diff { file, to, officer } => {
            let format = desk.format(&diff::FORMATS)?;
            let (_, (_, pack), session) = found(file.as_deref(), desk)?;
            diff::run(&pack, &session?, (*to, officer.as_deref()), (format, desk), io)
        }
        Policy::Propose { file, reason } => propose(file.as_deref(), reason, desk, io),
        Policy::Activate { version, reason } => decide(version, true, reason, desk, io),
        Policy::Refuse { version, reason } => decide(version, false, reason, desk, io),
    }
}

/// Prints the text of a version. Without a database the one built in is in force.
fn show(version: Option<&str>, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let text = match Session::batch(desk, Want::Read) {
        Ok(session) => {
            let path = session.store.path().to_owned();
            session.store.policy_text(version).map_err(Fault::store(&path))?
        }
        Err(Fault::NoDatabase(_)) if version.is_none() => Some(policy::default_text().to_owned()),
        Err(fault) => return Err(fault),
    };
    let text = text.ok_or(Refusal::NotFound)?;
    if format == Format::Json {
        versions::as_json(&text, io)?;
    } else {
        tell_own(&text, desk, io)?;
        io.out.write_all(text.as_bytes())?;
    }
    if version.is_none() && !desk.global.quiet {
        tell_waiting(&text, desk, io)?;
    }
    Ok(())
}

/// Says which values are the branch's own and what they stand instead of, as comments before the text.
fn tell_own(text: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let Some((base, own)) = overlay::own_values(text) else { return Ok(()) };
    let t = &Catalog::of(desk.lang).policy;
    writeln!(io.out, "# {}", t.own_values(own.len(), &base))?;
    for own in own {
        writeln!(io.out, "#   {} = {}  ({} {})", own.key, own.value, t.instead_of, own.instead)?;
    }
    Ok(())
}

/// Says that the branch's own values in the data directory are not those in force.
fn tell_waiting(text: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let Ok(session) = Session::batch(desk, Want::Read) else { return Ok(()) };
    let file = session.store.path().with_file_name(overlay::FILE);
    if !file.exists() {
        return Ok(());
    }
    let there = read(&file, &session, desk.lang)?;
    if there.0 != text {
        let t = &Catalog::of(desk.lang).policy;
        writeln!(io.err, "{}", t.waits(&file.display().to_string(), &there.1.version))?;
    }
    Ok(())
}

fn list(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    let t = &Catalog::of(desk.lang).policy;
    let path = session.store.path().to_owned();
    let policies = session.store.policies().map_err(Fault::store(&path))?;
    let in_force = t.in_force(&session.packs.policy.version);
    versions::list(policies, ("policy", t.policy), &in_force, &session, (format, desk), io)
}

/// The file that is meant: without one that of the branch's own values, beside the database.
fn named(file: Option<&Path>, session: &Session) -> PathBuf {
    file.map_or_else(|| session.store.path().with_file_name(overlay::FILE), Path::to_owned)
}

/// A file with what is in it; own values are put over the version that they name as their base.
fn read(
    file: &Path,
    session: &Session,
    lang: Lang,
) -> Result<(String, crate::planning::Policy), Fault> {
    read_over(file, lang, |base| {
        let path = session.store.path().to_owned();
        session.store.policy_text(Some(base)).map_err(Fault::store(&path))
    })
}

fn read_over(
    file: &Path,
    lang: Lang,
    base_text: impl Fn(&str) -> Result<Option<String>, Fault>,
) -> Result<(String, crate::planning::Policy), Fault> {
    // A policy of so much was never written by hand.
    if std::fs::metadata(file).is_ok_and(|about| about.len() > MOST) {
        return Err(Fault::TooLarge { path: file.to_owned(), most: MOST });
    }
    let mut text = std::fs::read_to_string(file).map_err(Fault::file(file))?;
    let name = file.display().to_string();
    if let Some(base) = overlay::base_of(&text) {
        let Some(whole) = base_text(&base)? else {
            let said = Catalog::of(lang).policy.no_base(&name, &base);
            return Err(Fault::Pack(said));
        };
        let composed = overlay::compose(&name, &whole, &text);
        text = composed.map_err(|fault| Fault::Pack(faults::told(lang, &text, &fault)))?;
    }
    let pack = policy::parse(&name, &text);
    let pack = pack.map_err(|fault| Fault::Pack(faults::told(lang, &text, &fault)))?;
    Ok((text, pack))
}

/// What a policy file says, and the database if there is one: a policy can be read without.
type Found = (PathBuf, (String, crate::planning::Policy), Result<Session, Fault>);

fn found(file: Option<&Path>, desk: &Desk) -> Result<Found, Fault> {
    match (file, Session::batch(desk, Want::Read)) {
        (file, Ok(session)) => {
            let file = named(file, &session);
            let read = read(&file, &session, desk.lang)?;
            Ok((file, read, Ok(session)))
        }
        (Some(file), Err(none @ Fault::NoDatabase(_))) => {
            let built_in = policy::load().map_err(|fault| Fault::Pack(fault.to_string()))?;
            let base = |base: &str| {
                Ok((base == built_in.version).then(|| policy::default_text().to_owned()))
            };
            Ok((file.to_owned(), read_over(file, desk.lang, base)?, Err(none)))
        }
        (_, Err(fault)) => Err(fault),
    }
}

fn check(file: Option<&Path>, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let (file, (text, pack), _) = found(file, desk)?;
    let open = policy::unconfirmed(&text);
    if format == Format::Json {
        let open = open.iter().map(|(key, source)| json!({"key": key, "source": source}));
        let told = json!({"policy": pack.version, "ok": true,
            "unverified": open.collect::<Vec<_>>()});
        document(&told, io.out)?;
        return Ok(());
    }
    let t = Catalog::of(desk.lang);
    tell_own(&text, desk, io)?;
    writeln!(io.out, "{}: {} {}", file.display(), pack.version, t.cli.fine)?;
    if !open.is_empty() {
        writeln!(io.out, "{}", t.policy.unconfirmed(open.len()))?;
        for (key, source) in open {
            writeln!(io.out, "  {key}  ({source})")?;
        }
    }
    Ok(())
}

fn propose(file: Option<&Path>, reason: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::batch(desk, Want::Write)?;
    let (content, pack) = read(&named(file, &session), &session, desk.lang)?;
    session
        .apply(&Command::Policy(PolicyCommand::Propose { content, reason: reason.to_owned() }))?;
    desk.tell(&Catalog::of(desk.lang).policy.proposed(&pack.version), io)
}

fn decide(
    version: &str,
    activate: bool,
    reason: &str,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let mut session = Session::batch(desk, Want::Write)?;
    let path = session.store.path().to_owned();
    let policies = session.store.policies().map_err(Fault::store(&path))?;
    let found = versions::named(policies, version, "huifang policy list")?;
    let decided = session.apply(&Command::Policy(PolicyCommand::Decide {
        policy: found.id,
        sha256: found.sha256,
        activate,
        reason: reason.to_owned(),
    }));
    decided.map_err(versions::own)?;
    desk.tell(&Catalog::of(desk.lang).policy.decided(version, activate), io)
}
