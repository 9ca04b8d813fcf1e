//! `huifang policy`: the rules in force, a change's check and rehearsal, and its activation by two
//! people.

mod faults;

use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::args::{Format, Policy};
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, document};
use super::versions;
use crate::assets::policy::{self, overlay};
use crate::domain::duty::DueVisit;
use crate::fault::{Fault, Wrong};
use crate::i18n::{Catalog, Lang, policy as texts, words};
use crate::planning::rehearsal::{Shift, rehearse};
use crate::protocol::command::{Command, PolicyCommand};
use crate::protocol::reply::Refusal;

/// How far a rehearsal looks when `--to` is not given, in days: each yearly series comes once.
const REACH: u64 = 365;

/// Most bytes that are read of a policy file.
const MOST: u64 = 4 << 20;

/// Does what was asked for.
pub fn run(what: &Policy, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    match what {
        Policy::Show { version } => show(version.as_deref(), desk, io),
        Policy::List => list(desk, io),
        Policy::Check { file } => check(file.as_deref(), desk, io),
        Policy::Diff { file, to, officer } => {
            diff(file.as_deref(), *to, officer.as_deref(), desk, io)
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

/// What a rehearsal counts.
#[derive(Default)]
struct Counts {
    customers: usize,
    changed: usize,
    left_out: Vec<String>,
    unmatched: Vec<String>,
    before: usize,
    after: usize,
    moved: usize,
    class: usize,
    new: usize,
    gone: usize,
}

impl Counts {
    fn take(&mut self, shift: &Shift) {
        match shift {
            Shift::Moved { .. } => self.moved += 1,
            Shift::Class { .. } => self.class += 1,
            Shift::New(_) => self.new += 1,
            Shift::Gone(_) => self.gone += 1,
        }
    }

    fn json(&self) -> Value {
        json!({"customers": self.customers, "customers_changed": self.changed,
            "customers_without_visit": self.left_out, "customers_without_row": self.unmatched,
            "visits_before": self.before, "visits_after": self.after, "moved": self.moved,
            "class_changed": self.class, "new": self.new, "gone": self.gone})
    }
}

fn diff(
    file: Option<&Path>,
    to: Option<NaiveDate>,
    officer: Option<&str>,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let (_, (_, pack), session) = found(file, desk)?;
    let session = session?;
    let on = session.today();
    let to = to.unwrap_or_else(|| on.checked_add_days(Days::new(REACH)).unwrap_or(on));
    if to < on {
        return Err(Fault::Wrong(Wrong::Range));
    }
    let packs = &session.packs;
    let t = &Catalog::of(desk.lang).policy;
    let mut sheet = sheet(t);
    let mut counts = Counts::default();
    let officer = session.officer(officer)?;
    let names = session.names(format != Format::Table)?;
    let outcome = session.store.each_file(&session.actor, officer.as_ref(), |file| {
        let found = rehearse(&file, &packs.policy, &pack, &packs.workdays, on, to);
        counts.customers += 1;
        counts.before += found.before;
        counts.after += found.after;
        counts.changed += usize::from(!found.shifts.is_empty());
        if found.left_out {
            counts.left_out.push(file.customer.id.to_string());
        }
        if found.unmatched {
            counts.unmatched.push(file.customer.id.to_string());
        }
        for shift in &found.shifts {
            counts.take(shift);
            let kind = match format {
                Format::Table => texts::shift(desk.lang, shift.as_code()),
                _ => shift.as_code(),
            };
            sheet.push(vec![
                json!(file.customer.id.as_str()),
                json!(file.customer.name),
                json!(names.of(&file.customer.officer)),
                json!(kind),
                due(shift.from()),
                due(shift.to()),
                class(shift.from(), desk, format),
                class(shift.to(), desk, format),
                codes(shift.to().or(shift.from())),
            ]);
        }
    });
    outcome.map_err(Refusal::from)?;
    match format {
        Format::Json => {
            let mut told = counts.json();
            told["in_force"] = json!(packs.policy.version);
            told["policy"] = json!(pack.version);
            told["as_of"] = json!(on.to_string());
            told["to"] = json!(to.to_string());
            told["shifts"] = sheet.value();
            document(&told, io.out)?;
        }
        Format::Csv => sheet.csv(io.out)?,
        Format::Table | Format::Ics => {
            writeln!(io.out, "{}", t.rehearsed(&packs.policy.version, &pack.version, on, to))?;
            writeln!(io.out, "{}", t.moves(counts.moved, counts.class, counts.new, counts.gone))?;
            writeln!(io.out, "{}", t.total(counts.before, counts.after, counts.changed))?;
            for (text, ids) in [
                (t.left_out(counts.left_out.len()), &counts.left_out),
                (t.unmatched(counts.unmatched.len()), &counts.unmatched),
            ] {
                if !ids.is_empty() {
                    writeln!(io.out, "{text} {}", ids.join(" "))?;
                }
            }
            if !sheet.is_empty() {
                writeln!(io.out)?;
                sheet.text(io.out)?;
            }
        }
    }
    Ok(())
}

fn sheet(t: &texts::Policy) -> Sheet {
    Sheet::new(&[
        ("customer_id", t.customer_id),
        ("customer", t.customer),
        ("officer", t.officer),
        ("change", t.change),
        ("due_before", t.due_before),
        ("due_after", t.due_after),
        ("class_before", t.class_before),
        ("class_after", t.class_after),
        ("duties", t.duties),
    ])
}

fn due(visit: Option<&DueVisit>) -> Value {
    visit.map_or(Value::Null, |visit| json!(visit.due.to_string()))
}

fn class(visit: Option<&DueVisit>, desk: &Desk, format: Format) -> Value {
    visit.map_or(Value::Null, |visit| match format {
        Format::Table => json!(words::duty_class(desk.lang, visit.class)),
        _ => json!(visit.class.as_code()),
    })
}

fn codes(visit: Option<&DueVisit>) -> Value {
    let mut codes: Vec<&str> = Vec::new();
    for duty in visit.into_iter().flat_map(|visit| &visit.duties) {
        if !codes.contains(&duty.code.as_code()) {
            codes.push(duty.code.as_code());
        }
    }
    json!(codes)
}

fn propose(file: Option<&Path>, reason: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::batch(desk, Want::Write)?;
    let (content, pack) = read(&named(file, &session), &session, desk.lang)?;
    session
        .apply(&Command::Policy(PolicyCommand::Propose { content, reason: reason.to_owned() }))?;
    versions::tell(&Catalog::of(desk.lang).policy.proposed(&pack.version), desk, io)
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
    versions::tell(&Catalog::of(desk.lang).policy.decided(version, activate), desk, io)
}
