//! `huifang journal | backup | restore | jobs`: keeping house.

use std::io::IsTerminal;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::args::{Format, Jobs, Journal};
use super::fault::{Fault, Found, Wrong};
use super::session::{Desk, Io, Session, Want, clock, packs};
use super::table::{Sheet, document};
use crate::access::Action;
use crate::clock::{Clock, SystemClock};
use crate::i18n::Catalog;
use crate::protocol::reply::Refusal;
use crate::store::{self, FilesCopied, Mode, Store};

/// Verifies, shows the head, shows the last rows.
pub fn journal(what: &Journal, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let session = Session::batch(desk, Want::Read)?;
    if !session.actor.may(Action::ReadJournal) {
        return Err(Refusal::NotAllowed.into());
    }
    let t = &Catalog::of(desk.lang).cli;
    let path = session.store.path().to_owned();
    match what {
        Journal::Verify { anchors } => {
            let format = desk.format(&[Format::Table, Format::Json])?;
            let anchors = anchors.as_deref().map(anchors_in).transpose()?.unwrap_or_default();
            let checked = session.store.verify_journal(&anchors);
            if format == Format::Json {
                let told = match &checked {
                    Ok(head) => json!({"ok": true, "rows": head.seq, "hash": head.hash,
                        "anchors": anchors.len()}),
                    Err(store::Error::Journal { seq }) => json!({"ok": false, "first_bad": seq}),
                    Err(_) => json!({"ok": false}),
                };
                document(&told, io.out)?;
            }
            let head = checked.map_err(Fault::store(&path))?;
            if format == Format::Table {
                writeln!(io.out, "{}", t.journal_whole(head.seq, anchors.len()))?;
            }
        }
        Journal::Head => {
            let format = desk.format(&[Format::Table, Format::Json])?;
            let head = session.store.journal_head().map_err(Fault::store(&path))?;
            let (seq, hash, kind) = (head.seq, head.hash, head.algorithm.as_code());
            if format == Format::Json {
                document(&json!({"seq": seq, "algorithm": kind, "hash": hash}), io.out)?;
            } else {
                writeln!(io.out, "{seq} {kind} {hash}")?;
            }
        }
        Journal::Show { subject, last } => {
            let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
            let mut sheet = Sheet::new(&[
                ("seq", t.seq),
                ("at", t.at),
                ("actor", t.actor),
                ("role", t.role),
                ("command", t.command),
                ("subject", t.subject),
            ]);
            for line in session.store.journal_tail(&session.actor, subject.as_deref(), *last)? {
                sheet.push(vec![
                    json!(line.seq),
                    json!(line.at),
                    json!(line.actor),
                    json!(line.role),
                    json!(line.command),
                    json!(line.subject),
                ]);
            }
            super::lists::print(&sheet, format, io)?;
        }
    }
    Ok(())
}

/// Anchors: what `journal head` printed at some time, as text or JSON, in one file or in the files of
/// a folder. A file without one is refused, so that a wrong name does not pass for a check.
fn anchors_in(place: &Path) -> Result<Vec<(i64, String)>, Fault> {
    let mut files = vec![place.to_owned()];
    if place.is_dir() {
        let entries = std::fs::read_dir(place).map_err(Fault::file(place))?;
        files = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        // Signatures lie beside what they sign.
        files.retain(|path| path.is_file() && path.extension().is_none_or(|e| e != "sig"));
        files.sort();
    }
    let mut anchors = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).map_err(Fault::file(path))?;
        let before = anchors.len();
        if let Ok(head) = serde_json::from_str::<serde_json::Value>(&text) {
            anchors.extend(head["seq"].as_i64().zip(head["hash"].as_str().map(str::to_owned)));
        } else {
            anchors.extend(text.lines().filter_map(anchor));
        }
        if anchors.len() == before {
            let why = std::io::ErrorKind::InvalidData;
            return Err(Fault::File { path: path.clone(), why });
        }
    }
    if anchors.is_empty() {
        return Err(Fault::File { path: place.to_owned(), why: std::io::ErrorKind::InvalidData });
    }
    Ok(anchors)
}

/// `number algorithm hash`, as `journal head` prints it.
fn anchor(line: &str) -> Option<(i64, String)> {
    let mut words = line.split_whitespace();
    let (seq, _, hash) = (words.next()?.parse().ok()?, words.next()?, words.next()?);
    let hex = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    hex.then(|| (seq, hash.to_owned()))
}

/// Writes a checked copy.
pub fn backup(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let session = Session::batch(desk, Want::Read)?;
    if !session.actor.may(Action::Operate) {
        return Err(Refusal::NotAllowed.into());
    }
    if file.exists() {
        return Err(Fault::Exists(file.to_owned()));
    }
    let size = session.store.backup_to(file).map_err(Fault::store(file))?;
    let folder = Store::files_beside(file);
    let files = session.store.copy_files_to(folder.clone()).map_err(Fault::store(&folder))?;
    let t = &Catalog::of(desk.lang).cli;
    if let Err(error) = note_backup(&session, file, size) {
        // A full disk or a file that can't be written is when a copy is wanted most.
        tracing::warn!(%error, "backup not noted");
        writeln!(io.err, "{}", t.backup_not_noted())?;
    }
    if !desk.global.quiet {
        writeln!(io.err, "{}", t.made(&file.display().to_string()))?;
    }
    tell_files(files, &folder, desk, io)
}

/// What became of documents and photos; that some are missing is told in any case.
fn tell_files(
    files: FilesCopied,
    folder: &Path,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).cli;
    let whole = files.copied + files.there;
    if whole > 0 && !desk.global.quiet {
        writeln!(io.err, "{}", t.files_kept(whole, &folder.display().to_string()))?;
    }
    if files.missing > 0 {
        writeln!(io.err, "{}", t.files_missing(files.missing))?;
    }
    Ok(())
}

/// Notes in the journal that a copy was made. A file of an older schema is not brought up for that.
fn note_backup(session: &Session, file: &Path, size: u64) -> Result<(), store::Error> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let after = json!({"file": name, "bytes": size}).to_string();
    let packs = Arc::clone(&session.packs);
    let mut store = Store::open_as_it_is(session.store.path(), packs)?;
    store.note_backup(&session.actor, session.now(), &after)
}

/// A file with something behind its name: `huifang.db` → `huifang.db.before-20261123`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Puts a backup in place. The present file is moved aside with its log, never overwritten; other
/// sessions notice that and write no more.
pub fn restore(file: &Path, yes: bool, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let target = desk.database()?;
    if target.exists() {
        require_right(&target, desk)?;
    }
    let copy =
        Store::open(file, Arc::clone(&packs()?), Mode::ReadOnly).map_err(Fault::store(file))?;
    copy.check().map_err(Fault::store(file))?;
    if target.exists() && !yes {
        confirm(&target, file, desk, io)?;
    }
    let stamp = SystemClock.now().format("%Y%m%d-%H%M%S").to_string();
    let fresh = beside(&target, &format!(".restoring-{stamp}"));
    copy.backup_to(&fresh).map_err(Fault::store(&fresh))?;
    // Before the database that names them is put in place.
    let files = copy.bring_files_to(&target).map_err(Fault::store(&target))?;
    drop(copy);
    let before = beside(&target, &format!(".before-{stamp}"));
    let replaced = target.exists();
    for ending in ["-wal", "-shm", ""] {
        let old = beside(&target, ending);
        if old.exists() {
            std::fs::rename(&old, beside(&before, ending)).map_err(Fault::file(&old))?;
        }
    }
    std::fs::rename(&fresh, &target).map_err(Fault::file(&target))?;
    if !desk.global.quiet {
        let t = &Catalog::of(desk.lang).cli;
        let (now, before) = (target.display().to_string(), before.display().to_string());
        writeln!(io.err, "{}", t.restored(&now, replaced.then_some(before.as_str())))?;
    }
    tell_files(files, &Store::files_beside(&target), desk, io)
}

/// Refuses somebody who may not replace the present file.
fn require_right(target: &Path, desk: &Desk) -> Result<(), Fault> {
    match Session::batch(desk, Want::Read) {
        Ok(session) if session.actor.may(Action::Operate) => Ok(()),
        Ok(_) => Err(Refusal::NotAllowed.into()),
        // A file that can't be read can't tell who may replace it; its owner may in any case.
        Err(fault @ Fault::Store { .. }) => {
            let owner = std::fs::metadata(target).map_err(Fault::file(target))?.uid();
            if owner == rustix::process::geteuid().as_raw() { Ok(()) } else { Err(fault) }
        }
        Err(other) => Err(other),
    }
}

/// Asks whoever sits at the terminal; a script says --yes.
fn confirm(target: &Path, file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).cli;
    let refused = || Fault::Wrong(Wrong::NotConfirmed(target.to_owned()));
    if !std::io::stdin().is_terminal() {
        return Err(refused());
    }
    let (now, copy) = (target.display().to_string(), file.display().to_string());
    writeln!(io.err, "{}", t.restore_asks(&now, &copy))?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| Fault::Output(error.kind()))?;
    let agreed = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是");
    if agreed { Ok(()) } else { Err(refused()) }
}

/// Lists the jobs, or runs those that are due.
pub fn jobs(what: &Jobs, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    // `jobs run --as-of` is fixed as allowed; the store itself refuses a clock that stands back.
    let mut session = Session::batch(desk, Want::Read)?;
    if !session.actor.may(Action::Operate) {
        return Err(Refusal::NotAllowed.into());
    }
    let path = session.store.path().to_owned();
    let t = &Catalog::of(desk.lang).cli;
    match what {
        Jobs::List => {
            // While the clock is not believed no job runs, and this is why.
            let standing = session.store.clock_state(session.now()).map_err(Fault::store(&path))?;
            let mut sheet = Sheet::new(&[
                ("job", t.job),
                ("enabled", t.enabled),
                ("for", t.for_day),
                ("count", t.count),
                ("failures", t.failures),
                ("error", t.fault),
            ]);
            for job in session.store.jobs_list().map_err(Fault::store(&path))? {
                let enabled = match (format, job.enabled) {
                    (Format::Table, true) => json!(t.yes),
                    (Format::Table, false) => json!(""),
                    (_, enabled) => json!(enabled),
                };
                sheet.push(vec![
                    json!(job.job),
                    enabled,
                    json!(job.last_date.map(|d| d.to_string())),
                    json!(job.last_count),
                    json!(job.failures),
                    json!(standing.as_code().or(job.last_error.as_deref())),
                ]);
            }
            super::lists::print(&sheet, format, io)
        }
        Jobs::Enable { name } => {
            if !session.store.enable_job(name, true).map_err(Fault::store(&path))? {
                return Err(Refusal::NotFound.into());
            }
            Ok(())
        }
        Jobs::Run { confirm_clock } => {
            // Work done for a day that has not come would be missing when it comes.
            let ahead = desk.global.as_of.is_some_and(|day| day > clock(None).now().date_naive());
            if ahead && !session.store.is_demo().map_err(Fault::store(&path))? {
                return Err(Fault::Wrong(Wrong::AsOf));
            }
            if *confirm_clock && desk.global.as_of.is_none() {
                let now = session.now();
                session.store.confirm_clock(&session.actor, now).map_err(Fault::store(&path))?;
            }
            let (now, mark) = (session.now(), session.actor.session.clone());
            let results = session.store.run_jobs(now, &mark);
            let failed = results.iter().filter(|r| r.error.is_some()).count();
            let mut sheet = Sheet::new(&[
                ("job", t.job),
                ("for", t.for_day),
                ("count", t.count),
                ("error", t.fault),
            ]);
            for result in results {
                sheet.push(vec![
                    json!(result.job),
                    json!(result.business_date.to_string()),
                    json!(result.count),
                    json!(result.error),
                ]);
            }
            super::lists::print(&sheet, format, io)?;
            if failed > 0 { Err(Fault::Found(Found::Jobs(failed))) } else { Ok(()) }
        }
    }
}
