//! `huifang doctor`: looks at everything that can be looked at, says what to do, repairs nothing.

mod writer;

use std::collections::BTreeMap;
use std::path::Path;

use super::args::Format;
use super::points::{State, Told};
use super::session::{Desk, Io, Session, Want};
use crate::access::Action;
use crate::config::{Config, IdentityMode};
use crate::domain::user::{Role, User};
use crate::fault::{Fault, Found, Trouble};
use crate::i18n::{Catalog, Lang};
use crate::protocol::reply::Refusal;
use crate::runtime;
use crate::store;

/// Less free space than this is told: the log of a large import and a nightly copy need room.
const FREE_BYTES: u64 = 200 << 20;
/// A longer write-ahead log has not been tidied up for long.
const LOG_BYTES: u64 = 64 << 20;
/// An older daily backup is told, in days: a long weekend is no fault.
const BACKUP_DAYS: i64 = 4;

/// The points of the doctor, by their codes.
type Points = super::points::Points<&'static str>;

impl Points {
    /// What succeeded is in order; a fault is told in its own words.
    fn outcome(&mut self, check: &'static str, outcome: Result<String, store::Error>) {
        match outcome {
            Ok(detail) => self.must(check, true, detail),
            Err(fault) => self.must(check, false, fault.to_string()),
        }
    }
}

/// Looks at everything that can be looked at; exit status 1 when something is wrong.
pub fn run(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let mut points = Points::default();
    around(desk, &mut points);
    match Session::batch(desk, Want::Read) {
        Ok(session) => {
            if !session.actor.may(Action::Operate) && !session.actor.may(Action::ReadJournal) {
                return Err(Refusal::NotAllowed.into());
            }
            inside(&session, desk.config.identity != IdentityMode::Os, desk.lang, &mut points);
        }
        // A file that can't be opened is what the doctor is for.
        Err(Fault::Store { path, why: why @ (Trouble::Damaged(_) | Trouble::Other(_)) }) => {
            points.must("file", false, format!("{} ({why:?})", path.display()));
        }
        Err(fault) => return Err(fault),
    }
    let t = &Catalog::of(desk.lang).cli;
    let told = |check| Told { code: check, name: t.checked(check), advice: t.advice(check) };
    points.print(told, format, desk, io)?;
    let bad = points.bad();
    if bad > 0 { Err(Fault::Found(Found::Illness(bad))) } else { Ok(()) }
}

/// Program, settings, terminal, disk.
fn around(desk: &Desk, points: &mut Points) {
    points.must("program", true, concat!("huifang ", env!("CARGO_PKG_VERSION")));
    let file = desk.global.config.clone().or_else(Config::usual_file);
    let file = file.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
    points.must("settings", true, file);
    let term = std::env::var("TERM").ok();
    let refused = runtime::refuse(term.as_deref(), runtime::locale().as_deref());
    // Without a terminal the doctor runs from a timer, which needs none.
    let told = refused.map_or_else(|| term.unwrap_or_default(), str::to_owned);
    points.must("terminal", refused.is_none() || !io_is_terminal(), told);
    if let Ok(path) = desk.database().map(|path| std::path::absolute(&path).unwrap_or(path)) {
        if let Some(free) = path.parent().and_then(free_bytes) {
            points.must("disk", free >= FREE_BYTES, megabytes(free));
        }
        // Before the file is opened here.
        let (fine, told) = match writer::look(&path) {
            None => (true, "-".to_owned()),
            Some(writer) => (!writer.stopped, format!("pid {} {}", writer.pid, writer.name)),
        };
        points.must("writer", fine, told);
    }
}

fn io_is_terminal() -> bool {
    use std::io::IsTerminal as _;
    std::io::stdout().is_terminal()
}

fn free_bytes(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes >> 20)
}

/// What stands in the file and beside it.
fn inside(session: &Session, server: bool, lang: Lang, points: &mut Points) {
    let store = &session.store;
    points.must("file", true, store.path().display().to_string());
    points.outcome("structure", store.check().map(|head| format!("journal {}", head.seq)));
    points.outcome("journal", store.verify_journal(&[]).map(|head| head.hash));
    let now = session.now();
    match store.clock_state(now) {
        Ok(state) => {
            let said = format!("{} {}", now.to_rfc3339(), state.as_code().unwrap_or_default());
            points.must("clock", state.as_code().is_none(), said.trim_end().to_owned());
        }
        Err(fault) => points.outcome("clock", Err(fault)),
    }
    match store.vitals() {
        Ok(vitals) => {
            let schema = format!("schema {}, SQLite {}", vitals.schema, vitals.sqlite);
            points.must("engine", true, schema);
            points.must("log", vitals.log_bytes <= LOG_BYTES, megabytes(vitals.log_bytes));
            let planned = vitals.planned_on.map_or_else(|| "-".to_owned(), |day| day.to_string());
            // Nothing to plan, nothing to miss.
            let empty = store.is_empty().unwrap_or(false);
            points.must("plan", empty || vitals.planned_on.is_some(), planned);
        }
        Err(fault) => points.outcome("log", Err(fault)),
    }
    match store.people() {
        Ok(people) => {
            let active = people.iter().filter(|person| !person.disabled).count();
            points.must(
                "people",
                people.is_empty() || active > 0,
                format!("{active}/{}", people.len()),
            );
            for (branch, supervisors) in short_of_supervisors(&people) {
                points.add("supervisors", State::Note, format!("{branch} {supervisors}").trim());
                points.advise(Catalog::of(lang).cli.supervisors(supervisors));
            }
        }
        Err(fault) => points.outcome("people", Err(fault)),
    }
    match store.jobs_list() {
        Ok(jobs) => jobs.iter().for_each(|job| {
            let last = job.last_date.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let fault = job.last_error.as_deref().unwrap_or_default();
            let fine = !job.parked && job.last_error.is_none();
            points.must("job", fine, format!("{} {last} {fault}", job.job).trim());
        }),
        Err(fault) => points.outcome("job", Err(fault)),
    }
    match store.rule_book() {
        Ok(book) => points.must("rules", true, book.general.len().to_string()),
        Err(store::Error::Rules(fault)) => {
            points.must("rules", false, crate::i18n::pack::fault(lang, &fault));
        }
        Err(fault) => points.outcome("rules", Err(fault)),
    }
    match store.unknown_branches() {
        Ok(strange) => {
            for one in &strange {
                points.add("rules_branch", State::Note, super::signals::unknown_branch(lang, one));
            }
        }
        // What is wrong with the file as a whole was told above.
        Err(store::Error::Rules(_)) => {}
        Err(fault) => points.outcome("rules_branch", Err(fault)),
    }
    match store.shelf_state() {
        Ok(shelf) => {
            points.must("attachments", shelf.is_whole(), counted(shelf));
        }
        Err(fault) => points.outcome("attachments", Err(fault)),
    }
    backup(session, points);
    anchor(session, server, points);
}

/// The last anchor: on a server, and wherever one was ever written, its silence is told.
fn anchor(session: &Session, server: bool, points: &mut Points) {
    match session.store.last_anchor() {
        Ok(Some((day, seq))) if (session.today() - day).num_days() <= BACKUP_DAYS => {
            points.must("anchor", true, format!("{day} {seq}"));
        }
        Ok(Some((day, seq))) => points.add("anchor", State::Note, format!("{day} {seq}")),
        Ok(None) if server => points.add("anchor", State::Note, "-"),
        Ok(None) => {}
        Err(fault) => points.outcome("anchor", Err(fault)),
    }
}

/// The daily copies: told only where they are due at all.
fn backup(session: &Session, points: &mut Points) {
    let store = &session.store;
    if store.is_demo().unwrap_or(false) || store.is_empty().unwrap_or(true) {
        return;
    }
    let folder = store.backup_dir();
    let newest = std::fs::read_dir(&folder).into_iter().flatten().filter_map(|entry| {
        let name = entry.ok()?.file_name().into_string().ok()?;
        let day = name.strip_prefix("huifang-")?.strip_suffix(".db")?;
        day.parse::<chrono::NaiveDate>().ok()
    });
    let newest = newest.max();
    let fine = newest.is_some_and(|day| (session.today() - day).num_days() <= BACKUP_DAYS);
    let day = newest.map_or_else(|| "-".to_owned(), |day| day.to_string());
    points.must("backup", fine, format!("{} {day}", folder.display()));
    if let Some(day) = newest {
        match store.backup_shelf_state(&folder.join(format!("huifang-{day}.db"))) {
            Ok(shelf) => points.must("backup_files", shelf.is_whole(), counted(shelf)),
            Err(fault) => points.outcome("backup_files", Err(fault)),
        }
    }
}

/// `12/12`: files that are whole, of those registered.
fn counted(shelf: store::ShelfState) -> String {
    format!("{}/{}", shelf.rows - shelf.missing - shelf.damaged, shelf.rows)
}

/// Branches that write records and have fewer than two supervisors, with how many they have: what
/// one wrote herself another must review.
fn short_of_supervisors(people: &[User]) -> Vec<(&str, usize)> {
    let mut branches = BTreeMap::<&str, (bool, usize)>::new();
    for person in people.iter().filter(|person| !person.disabled) {
        let (writes, supervisors) = branches.entry(person.branch.as_str()).or_default();
        *writes |= matches!(person.role, Role::Officer | Role::Supervisor);
        *supervisors += usize::from(person.role == Role::Supervisor);
    }
    // Who has no branch belongs to the only one that is named (`store/read/scope.rs`).
    if branches.len() == 2
        && let Some((writes, supervisors)) = branches.remove("")
        && let Some(only) = branches.values_mut().next()
    {
        *only = (only.0 | writes, only.1 + supervisors);
    }
    let short = branches.into_iter().filter(|(_, (writes, n))| *writes && *n < 2);
    short.map(|(branch, (_, n))| (branch, n)).collect()
}

#[cfg(test)]
mod tests;
