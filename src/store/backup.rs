//! Whole copies of the file: made in one step by the engine, looked through before they count.

use std::fs::{DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::Connection;

use super::copy::{copy_into, discard};
use super::error::Error;
use super::journal::{self, Head};
use super::open;

/// How many nightly copies are kept.
const KEPT: usize = 7;

/// Makes a copy and looks through it. Returns its size in bytes.
pub(super) fn to(conn: &Connection, copy: &Path) -> Result<u64, Error> {
    copy_into(conn, copy)?;
    let checked = open::inspect(copy).and_then(|copied| check(&copied));
    if let Err(error) = checked {
        discard(copy);
        return Err(error);
    }
    Ok(copy.metadata()?.len())
}

/// Looks through a database: pages, references, journal.
pub(super) fn check(conn: &Connection) -> Result<Head, Error> {
    let verdict: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" || conn.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(Error::Damaged { code: rusqlite::ffi::SQLITE_CORRUPT });
    }
    Ok(journal::prove(conn, &[])?.head)
}

/// A nightly copy that is finished but not yet at its name.
#[derive(Debug)]
pub(super) struct Night {
    made: PathBuf,
    name: PathBuf,
    /// Size in bytes.
    pub(super) size: u64,
}

impl Night {
    /// Makes and checks the copy for a date under a name that only this holder of the lease has.
    pub(super) fn make(
        conn: &Connection,
        dir: &Path,
        date: NaiveDate,
        epoch: i64,
    ) -> Result<Self, Error> {
        if !dir.exists() {
            DirBuilder::new().mode(0o700).create(dir)?;
        }
        sweep(dir)?;
        let made = dir.join(format!("huifang-{date}.e{epoch}.part"));
        let size = to(conn, &made)?;
        Ok(Self { made, name: dir.join(format!("huifang-{date}.db")), size })
    }

    /// Where the copy lies until then.
    pub(super) fn path(&self) -> &Path {
        &self.made
    }

    /// Puts the copy at its name and lets go of the oldest ones.
    pub(super) fn publish(&self) -> Result<(), Error> {
        std::fs::rename(&self.made, &self.name)?;
        let dir = self.name.parent().unwrap_or(&self.name);
        File::open(dir)?.sync_all()?;
        rotate(dir)
    }
}

impl Drop for Night {
    fn drop(&mut self) {
        // Has got its name, or never will: nobody's book may lie about as a plain copy.
        discard(&self.made);
    }
}

/// Removes half-made copies that a killed session left. Only the holder of the lease comes here: who
/// makes one beside her has lost it.
fn sweep(dir: &Path) -> Result<(), Error> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let ours = name.and_then(|name| name.strip_prefix("huifang-")?.strip_suffix(".part"));
        if ours.is_some() {
            discard(&path);
        }
    }
    Ok(())
}

/// Keeps the youngest copies; touches nothing that isn't named like one.
fn rotate(dir: &Path) -> Result<(), Error> {
    let mut copies: Vec<(NaiveDate, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let date = path.file_name().and_then(|name| name.to_str()).and_then(|name| {
            name.strip_prefix("huifang-")?.strip_suffix(".db")?.parse::<NaiveDate>().ok()
        });
        copies.extend(date.map(|date| (date, path)));
    }
    copies.sort_unstable();
    let surplus = copies.len().saturating_sub(KEPT);
    for (_, path) in copies.iter().take(surplus) {
        std::fs::remove_file(path)?;
    }
    Ok(())
}
