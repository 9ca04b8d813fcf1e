//! `huifang journal | backup | restore | doctor | jobs`: keeping house.

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
use crate::store::{ClockState, Mode, Store};

/// Verifies, shows the head, shows the last rows.
pub fn journal(what: &Journal, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let session = Session::batch(desk, Want::Read)?;
    if !session.actor.may(Action::ReadJournal) {
        return Err(Refusal::NotAllowed.into());
    }
    let t = &Catalog::of(desk.lang).cli;
    let path = session.store.path().to_owned();
    match what {
        Journal::Verify => {
            let format = desk.format(&[Format::Table, Format::Json])?;
            let head = session.store.verify_journal(&[]).map_err(Fault::store(&path))?;
            if format == Format::Json {
                document(&json!({"rows": head.seq, "hash": head.hash}), io.out)?;
            } else {
                writeln!(io.out, "{}", t.journal_whole(head.seq))?;
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

/// Writes a checked copy.
pub fn backup(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let session = Session::batch(desk, Want::Read)?;
    if !session.actor.may(Action::Operate) {
        return Err(Refusal::NotAllowed.into());
    }
    if file.exists() {
        return Err(Fault::Exists(file.to_owned()));
    }
    session.store.backup_to(file).map_err(Fault::store(file))?;
    if !desk.global.quiet {
        let t = &Catalog::of(desk.lang).cli;
        writeln!(io.err, "{}", t.made(&file.display().to_string()))?;
    }
    Ok(())
}

/// A file with something behind its name: `huifang.db` → `huifang.db.before-20261123`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Puts a backup in place. The present file is moved aside with its log, never overwritten; other
/// sessions notice that and write no more.
pub fn restore(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let target = desk.database()?;
    if target.exists() {
        let session = Session::batch(desk, Want::Read);
        // A damaged file can't tell who may replace it; its owner may in any case.
        if let Ok(session) = session
            && !session.actor.may(Action::Operate)
        {
            return Err(Refusal::NotAllowed.into());
        }
    }
    let copy =
        Store::open(file, Arc::clone(&packs()?), Mode::ReadOnly).map_err(Fault::store(file))?;
    copy.check().map_err(Fault::store(file))?;
    let stamp = SystemClock.now().format("%Y%m%d-%H%M%S").to_string();
    let fresh = beside(&target, &format!(".restoring-{stamp}"));
    copy.backup_to(&fresh).map_err(Fault::store(&fresh))?;
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
    Ok(())
}

/// Looks at everything that can be looked at; exit status 1 when something is wrong.
pub fn doctor(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let session = Session::batch(desk, Want::Read)?;
    let t = &Catalog::of(desk.lang).cli;
    let mut points: Vec<(&'static str, bool, String)> = Vec::new();
    let store = &session.store;
    let told = |fault: crate::store::Error| fault.to_string();
    let path = store.path().display().to_string();
    points.push(("file", true, path));
    match store.check() {
        Ok(head) => points.push(("structure", true, format!("{} rows in the journal", head.seq))),
        Err(fault) => points.push(("structure", false, told(fault))),
    }
    match store.verify_journal(&[]) {
        Ok(head) => points.push(("journal", true, head.hash)),
        Err(fault) => points.push(("journal", false, told(fault))),
    }
    match store.clock_state(session.now()) {
        Ok(state) => {
            let said = format!("{} {}", session.now().to_rfc3339(), state.as_code().unwrap_or(""));
            points.push(("clock", state == ClockState::Right, said.trim().to_owned()));
        }
        Err(fault) => points.push(("clock", false, told(fault))),
    }
    match store.jobs_list() {
        Ok(jobs) => {
            for job in jobs {
                let last = job.last_date.map(|d| d.to_string()).unwrap_or_default();
                let fault = job.last_error.unwrap_or_default();
                points.push((
                    "job",
                    !job.parked,
                    format!("{} {last} {fault}", job.job).trim().to_owned(),
                ));
            }
        }
        Err(fault) => points.push(("jobs", false, told(fault))),
    }
    let bad = points.iter().filter(|(_, fine, _)| !fine).count();
    if format == Format::Json {
        let list: Vec<_> = points
            .iter()
            .map(|(check, ok, detail)| json!({"check": check, "ok": ok, "detail": detail}))
            .collect();
        document(&json!(list), io.out)?;
    } else {
        let mut sheet = Sheet::new(&[("check", t.check), ("ok", t.result), ("detail", t.detail)]);
        for (check, fine, detail) in points {
            let result = if fine { t.fine } else { t.not_fine };
            sheet.push(vec![json!(check), json!(result), json!(detail)]);
        }
        sheet.text(io.out)?;
    }
    if bad > 0 { Err(Fault::Found(Found::Illness(bad))) } else { Ok(()) }
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
                sheet.push(vec![
                    json!(job.job),
                    json!(job.enabled),
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
