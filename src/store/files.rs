//! Files of visits and flags, beside the database: `attach/ab/<sha256>` holds what is registered, under the
//! hash of its content; `drop/<user>` is where an officer puts what she brings.
//!
//! A file is written whole, synced and named before its row is committed, so that a crash leaves at
//! most a file that nobody asks for, which the nightly tidying takes away.

mod beneath;
mod copies;
mod drops;
mod pictures;

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};

use super::hex::hex;
use super::{Error, Store};
use crate::access::{Action, Actor};
use crate::domain::attachment::FileFault;
use crate::protocol::command::FileSource;
use crate::protocol::reply::Refusal;

pub use copies::FilesCopied;
pub(super) use drops::{Drops, Wanted};
pub(super) use pictures::Pictures;

/// How long a file without a row is left alone: a command may be about to name it.
const GRACE: chrono::Duration = chrono::Duration::hours(24);
/// Bytes read at a time: a file is never held in memory as a whole.
const CHUNK: usize = 64 << 10;

/// Whether a row names a file: of a visit, or of a flag.
const NAMED: &str = "
    SELECT 1 FROM attachments WHERE sha256 = ?1 UNION ALL SELECT 1 FROM proofs WHERE sha256 = ?1";

/// The folder of registered files.
#[derive(Debug, Clone)]
pub(super) struct Shelf(PathBuf);

/// A file that lies on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) sha256: String,
    pub(super) size: u64,
    pub(super) name: String,
}

/// Files of the register, and how many of them are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShelfState {
    /// Registered files.
    pub rows: u64,
    /// Of these, not in their place.
    pub missing: u64,
    /// Of these, not with the content that their name says.
    pub damaged: u64,
}

impl ShelfState {
    /// Whether every file is in its place and whole.
    pub const fn is_whole(&self) -> bool {
        self.missing == 0 && self.damaged == 0
    }
}

/// A file that is not taken, as the store refuses it.
pub(super) fn refused(fault: FileFault) -> Refusal {
    match fault {
        FileFault::NotThere
        | FileFault::NotPlain
        | FileFault::Empty
        | FileFault::TooLarge
        | FileFault::UnknownKind
        | FileFault::NoPhoto
        | FileFault::Unreadable => Refusal::Invalid { field: "file", why: fault.as_code() },
    }
}

/// A folder that belongs to this database: the plain name beside `huifang.db`, and one with the
/// name of the file in front beside any other, so that two databases never share one.
pub(super) fn beside(database: &Path, name: &str) -> PathBuf {
    let stem = database.file_stem().unwrap_or_default();
    if stem == "huifang" {
        return database.with_file_name(name);
    }
    let mut own = stem.to_owned();
    own.push("-");
    own.push(name);
    database.with_file_name(own)
}

impl Shelf {
    /// The shelf of an open database.
    pub(super) fn of(conn: &Connection) -> Self {
        Self(beside(Path::new(conn.path().unwrap_or_default()), "attach"))
    }

    /// Copies a file onto the shelf, hashing as it reads; more than `limit` bytes are refused.
    pub(super) fn take_in(
        &self,
        from: &mut dyn Read,
        name: &str,
        limit: u64,
    ) -> Result<Taken, Refusal> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        make_folder(&self.0)?;
        let temporary = self.0.join(format!("tmp-{}-{count}", std::process::id()));
        let taken = copy(from, &temporary, limit).and_then(|(sha256, size)| {
            let place = self.place(&sha256).ok_or_else(|| refused(FileFault::Unreadable))?;
            if let Some(folder) = place.parent() {
                make_folder(folder)?;
                std::fs::rename(&temporary, &place).map_err(Error::from)?;
                sync_folder(folder)?;
            }
            sync_folder(&self.0)?;
            Ok(Taken { sha256, size, name: name.to_owned() })
        });
        if taken.is_err() {
            // What is left of it would be tidied away; sooner is better.
            let _ = std::fs::remove_file(&temporary);
        }
        taken
    }

    /// Opens a registered file.
    pub(super) fn open(&self, sha256: &str) -> Result<File, FileFault> {
        let folder = sha256.get(..2).filter(|_| is_hash(sha256)).ok_or(FileFault::NotPlain)?;
        let root = beneath::root(&self.0).ok_or(FileFault::NotThere)?;
        let folder = beneath::folder(&root, folder).ok_or(FileFault::NotThere)?;
        beneath::file(&folder, sha256).map(|(file, _)| file)
    }

    /// Whether a registered file is in its place with the size that it had.
    pub(super) fn holds(&self, sha256: &str, size: u64) -> bool {
        let found = self.place(sha256).and_then(|place| std::fs::symlink_metadata(place).ok());
        found.is_some_and(|meta| meta.is_file() && meta.len() == size)
    }

    fn place(&self, sha256: &str) -> Option<PathBuf> {
        let folder = sha256.get(..2).filter(|_| is_hash(sha256))?;
        Some(self.0.join(folder).join(sha256))
    }

    /// Takes away what no row names and what an interrupted copy left, once it is a day old.
    pub(super) fn tidy(&self, conn: &Connection, now: DateTime<FixedOffset>) -> Result<u64, Error> {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return Ok(0) };
        let mut known = conn.prepare_cached(NAMED)?;
        let mut gone = 0;
        let mut folders = vec![self.0.clone()];
        folders.extend(entries.flatten().map(|e| e.path()).filter(|path| path.is_dir()));
        for (depth, folder) in folders.iter().enumerate() {
            for entry in std::fs::read_dir(folder)?.flatten() {
                let Ok(name) = entry.file_name().into_string() else { continue };
                let ours = if depth == 0 { name.starts_with("tmp-") } else { is_hash(&name) };
                if !ours || depth > 0 && known.exists([&name])? || !is_old(&entry, now) {
                    continue;
                }
                // Under the lock: who takes a registration back may name it again meanwhile.
                let lock = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
                if depth == 0 || !known.exists([&name])? {
                    gone += u64::from(std::fs::remove_file(entry.path()).is_ok());
                }
                lock.commit()?;
            }
        }
        Ok(gone)
    }
}

impl Store {
    /// Keeps the folders into which officers put files here instead of `drop` beside the file.
    pub fn take_drops_from(&mut self, folder: PathBuf) {
        self.drops = Some(folder);
    }

    /// Folder of the officers' folders.
    pub fn drop_dir(&self) -> PathBuf {
        self.drops.clone().unwrap_or_else(|| beside(&self.opened.path, "drop"))
    }

    /// Folder of the registered files.
    pub fn attach_dir(&self) -> PathBuf {
        Shelf::of(self.conn()).0
    }

    /// Takes a file in that somebody hands over on the command line; a command then registers it.
    pub fn take_in(
        &self,
        actor: &Actor,
        from: &mut dyn Read,
        name: &str,
    ) -> Result<FileSource, Refusal> {
        if !may_bring(actor) {
            return Err(Refusal::NotAllowed);
        }
        let limit = self.packs.attachments.document_bytes;
        let taken = Shelf::of(self.conn()).take_in(from, name, limit)?;
        Ok(FileSource::TakenIn { sha256: taken.sha256, name: taken.name })
    }

    /// The same with a plain file of a folder: no link, no device.
    pub fn take_in_path(
        &self,
        actor: &Actor,
        path: &Path,
        name: &str,
    ) -> Result<FileSource, Refusal> {
        let plain = path.file_name().and_then(|own| own.to_str());
        let own = plain.ok_or_else(|| refused(FileFault::NotPlain))?;
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = beneath::root(folder.unwrap_or(Path::new(".")));
        let folder = folder.ok_or_else(|| refused(FileFault::NotThere))?;
        let (mut file, _) = beneath::file(&folder, own).map_err(refused)?;
        self.take_in(actor, &mut file, name)
    }

    /// The actor's own drop folder.
    pub(super) fn drops_of(&self, actor: &Actor) -> Drops {
        Drops::of(self.drop_dir(), actor.user.as_str())
    }
}

/// Whether somebody brings files at all: to records of visits, or as proof of flags.
fn may_bring(actor: &Actor) -> bool {
    actor.may(Action::Visit) || actor.may(Action::HandleFlags)
}

/// Copies at most `limit` bytes into a new file; gives their hash and number.
fn copy(from: &mut dyn Read, to: &Path, limit: u64) -> Result<(String, u64), Refusal> {
    let options = OpenOptions::new().write(true).create_new(true).mode(0o600).clone();
    let mut file = options.open(to).map_err(Error::from)?;
    let mut digest = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    let mut size = 0_u64;
    loop {
        let read = from.read(&mut chunk).map_err(|_error| refused(FileFault::Unreadable))?;
        let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        size = size.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if size > limit {
            return Err(refused(FileFault::TooLarge));
        }
        digest.update(bytes);
        file.write_all(bytes).map_err(Error::from)?;
    }
    if size == 0 {
        return Err(refused(FileFault::Empty));
    }
    file.sync_all().map_err(Error::from)?;
    Ok((hex(&digest.finalize()), size))
}

/// Sixty-four small hexadecimal digits.
fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A folder for the service alone.
fn make_folder(path: &Path) -> Result<(), Error> {
    Ok(DirBuilder::new().recursive(true).mode(0o700).create(path)?)
}

/// A name is only safe when the folder that holds it is on disk.
fn sync_folder(path: &Path) -> Result<(), Error> {
    Ok(File::open(path)?.sync_all()?)
}

fn is_old(entry: &std::fs::DirEntry, now: DateTime<FixedOffset>) -> bool {
    let written = entry.metadata().and_then(|meta| meta.modified());
    written.is_ok_and(|at| now - DateTime::<chrono::Utc>::from(at).fixed_offset() > GRACE)
}

#[cfg(test)]
pub(in crate::store) mod tests;
