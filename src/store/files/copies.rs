//! Registered files in backups: a shelf beside the copies of the database, of the same shape. A file
//! is named by its hash and never changes, so that all copies of the database share one shelf, a
//! night copies only what is new, and whatever is copied is proved on the way.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::{CHUNK, NAMED, Shelf, ShelfState, beside, is_hash, make_folder, sync_folder};
use crate::store::hex::hex;
use crate::store::{Error, Store, open};

/// What became of the registered files at a backup or a restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FilesCopied {
    /// Copied now.
    pub copied: u64,
    /// In their place already.
    pub there: u64,
    /// Nowhere to be found whole.
    pub missing: u64,
}

impl Shelf {
    /// A shelf in this folder.
    const fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Whether a registered file lies here with the content that its name says. `None` = it is not
    /// there at all.
    fn is_whole(&self, sha256: &str) -> Option<bool> {
        let mut file = self.open(sha256).ok()?;
        Some(pour(&mut file, None).is_ok_and(|found| found == sha256))
    }

    /// Copies a file from another shelf. Nothing lies under the name before the content is proved
    /// and synced; `false` = the other one has none that is whole.
    fn fetch(&self, sha256: &str, from: &Self) -> Result<bool, Error> {
        let (Ok(mut source), Some(place)) = (from.open(sha256), self.place(sha256)) else {
            return Ok(false);
        };
        let Some(folder) = place.parent() else { return Ok(false) };
        make_folder(folder)?;
        let half = self.0.join(format!("tmp-{}-{sha256}", std::process::id()));
        // What an earlier run of the same process number left.
        let _ = std::fs::remove_file(&half);
        let poured = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&half)
            .map_err(Error::from)
            .and_then(|mut file| {
                let found = pour(&mut source, Some(&mut file))?;
                file.sync_all()?;
                Ok(found == sha256)
            });
        if !matches!(poured, Ok(true)) {
            let _ = std::fs::remove_file(&half);
            return poured;
        }
        std::fs::rename(&half, &place)?;
        sync_folder(folder)?;
        Ok(true)
    }

    /// Brings every file that a database names onto this shelf, from the first of the others that
    /// has it whole. `proved` looks into what lies here already; otherwise its size must do.
    fn fill(&self, conn: &Connection, from: &[Self], proved: bool) -> Result<FilesCopied, Error> {
        let mut statement = conn.prepare(named(conn)?.every)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
        let mut done = FilesCopied::default();
        if !rows.is_empty() {
            make_folder(&self.0)?;
        }
        for (sha256, size) in rows {
            let here = if proved {
                self.is_whole(&sha256) == Some(true)
            } else {
                self.holds(&sha256, u64::try_from(size).unwrap_or(0))
            };
            let count = if here {
                &mut done.there
            } else if fetch_first(self, &sha256, from)? {
                &mut done.copied
            } else {
                &mut done.missing
            };
            *count += 1;
        }
        if done.copied > 0 {
            sync_folder(&self.0)?;
        }
        Ok(done)
    }
}

/// How a database is asked for the files that it names.
struct Named {
    /// Hash and size of each, once.
    every: &'static str,
    /// Whether it names this one.
    one: &'static str,
}

/// A copy of an older time has no files of flags; it is read as it is, never brought up.
fn named(conn: &Connection) -> Result<Named, Error> {
    const FLAGS: &str = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'proofs'";
    if conn.prepare(FLAGS)?.exists([])? {
        let every = "SELECT sha256, size FROM attachments UNION SELECT sha256, size FROM proofs";
        return Ok(Named { every, one: NAMED });
    }
    let every = "SELECT DISTINCT sha256, size FROM attachments";
    Ok(Named { every, one: "SELECT 1 FROM attachments WHERE sha256 = ?1" })
}

fn fetch_first(to: &Shelf, sha256: &str, from: &[Shelf]) -> Result<bool, Error> {
    for shelf in from {
        if to.fetch(sha256, shelf)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads to the end, writing what was read; gives the hash.
fn pour(from: &mut File, mut to: Option<&mut File>) -> Result<String, Error> {
    let mut digest = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = from.read(&mut chunk)?;
        let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        digest.update(bytes);
        if let Some(to) = &mut to {
            to.write_all(bytes)?;
        }
    }
    Ok(hex(&digest.finalize()))
}

impl Store {
    /// Folder of the files that belong to a copy of the database at this path.
    pub fn files_beside(copy: &Path) -> PathBuf {
        beside(copy, "attach")
    }

    /// Copies the registered files into a folder beside a copy of the database.
    pub fn copy_files_to(&self, folder: PathBuf) -> Result<FilesCopied, Error> {
        Shelf::at(folder).fill(self.conn(), &[Shelf::of(self.conn())], false)
    }

    /// Brings the files that this copy of a database names beside the database at `target`: from
    /// its own folder, or from the one that all nightly copies share.
    pub fn bring_files_to(&self, target: &Path) -> Result<FilesCopied, Error> {
        let shelves = self.shelves_of_copy();
        Shelf::at(Self::files_beside(target)).fill(self.conn(), &shelves, true)
    }

    /// Looks into every file that this copy of a database names, where [`Self::bring_files_to`]
    /// would take it from.
    pub fn copied_shelf_state(&self) -> Result<ShelfState, Error> {
        state(&self.shelves_of_copy(), self.conn())
    }

    fn shelves_of_copy(&self) -> [Shelf; 2] {
        let nightly = Shelf::at(self.path().with_file_name("attach"));
        [Shelf::of(self.conn()), nightly]
    }

    /// Names of all registered files: hashes of what they hold.
    pub fn file_names(&self) -> Result<BTreeSet<String>, Error> {
        let mut statement = self.conn().prepare(named(self.conn())?.every)?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The files that the copy of a night names, into the shelf that the copies share; what none of
    /// them names any more is let go.
    pub(in crate::store) fn back_up_files(&self, night: &Path) -> Result<FilesCopied, Error> {
        let (folder, copy) = (self.backup_dir(), open::inspect(night)?);
        let shelf = Shelf::at(folder.join("attach"));
        let done = shelf.fill(&copy, &[Shelf::of(self.conn())], false)?;
        let gone = shelf.let_go(&copy, &folder)?;
        tracing::info!(copied = done.copied, missing = done.missing, gone, "files of the backup");
        Ok(done)
    }

    /// Looks into every registered file: is it in its place, and is it what its name says?
    pub fn shelf_state(&self) -> Result<ShelfState, Error> {
        state(&[Shelf::of(self.conn())], self.conn())
    }

    /// The same for the files of the nightly copies, by what the newest copy names.
    pub fn backup_shelf_state(&self, newest: &Path) -> Result<ShelfState, Error> {
        let copy = open::inspect(newest)?;
        state(&[Shelf::at(self.backup_dir().join("attach"))], &copy)
    }
}

/// Each file must lie whole on one of the shelves.
fn state(shelves: &[Shelf], conn: &Connection) -> Result<ShelfState, Error> {
    let mut statement = conn.prepare(named(conn)?.every)?;
    let mut rows = statement.query([])?;
    let mut state = ShelfState::default();
    while let Some(row) = rows.next()? {
        let sha256: String = row.get(0)?;
        state.rows += 1;
        let mut found = shelves.iter().filter_map(|shelf| shelf.is_whole(&sha256)).peekable();
        if found.peek().is_none() {
            state.missing += 1;
        } else if !found.any(|whole| whole) {
            state.damaged += 1;
        }
    }
    Ok(state)
}

impl Shelf {
    /// Removes files that neither the copy of this night nor any other one names. A copy that can't
    /// be read keeps everything.
    fn let_go(&self, night: &Connection, copies: &Path) -> Result<u64, Error> {
        let mut unnamed = self.all();
        retain_unnamed(night, &mut unnamed)?;
        if unnamed.is_empty() {
            return Ok(0);
        }
        for entry in std::fs::read_dir(copies)?.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == "db") {
                let read = open::inspect(&path);
                if read.and_then(|copy| retain_unnamed(&copy, &mut unnamed)).is_err() {
                    return Ok(0);
                }
            }
        }
        let gone = unnamed.iter().filter_map(|sha256| self.place(sha256));
        let gone = gone.filter(|place| std::fs::remove_file(place).is_ok()).count();
        Ok(u64::try_from(gone).unwrap_or(u64::MAX))
    }

    /// Names of all files that lie here.
    fn all(&self) -> Vec<String> {
        let folders = std::fs::read_dir(&self.0).into_iter().flatten().flatten();
        let files = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok()).flatten();
        let names = files.flatten().filter_map(|file| file.file_name().into_string().ok());
        names.filter(|name| is_hash(name)).collect()
    }
}

fn retain_unnamed(conn: &Connection, names: &mut Vec<String>) -> Result<(), Error> {
    let mut known = conn.prepare(named(conn)?.one)?;
    let mut unnamed = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        if !known.exists([&name])? {
            unnamed.push(name);
        }
    }
    *names = unnamed;
    Ok(())
}

#[cfg(test)]
mod tests;
