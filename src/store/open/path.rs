//! Where a database may lie, and what a file is before the engine opens it.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io::Read;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::store::error::Error;

/// Device and inode of a file.
pub(in crate::store) type FileId = (u64, u64);

/// Files that this process has open, and how often. Reading the header of one of these by other
/// means than SQLite would, on closing, drop SQLite's locks on it.
static OPEN: Mutex<BTreeMap<FileId, usize>> = Mutex::new(BTreeMap::new());

/// Keeps a file marked as open in this process.
#[derive(Debug)]
pub(in crate::store) struct Claim(FileId);

impl Claim {
    /// Whether the path still names the file that was opened.
    pub(in crate::store) fn still_names(&self, path: &Path) -> bool {
        path.symlink_metadata().is_ok_and(|meta| id_of(&meta) == self.0)
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.0);
            }
        }
    }
}

/// What the first bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    /// Nothing in it yet.
    Empty,
    /// This process has it open: one of ours.
    OpenHere,
    /// An SQLite file.
    Sqlite {
        /// Whose.
        application_id: u32,
        /// Schema number as of the last checkpoint.
        user_version: i32,
    },
    /// Something else.
    Other,
}

/// The path with its directory resolved; makes the directory (0700) when asked to.
pub(super) fn canonical(path: &Path, create: bool) -> Result<PathBuf, Error> {
    let name = path.file_name().ok_or(Error::UnsafePath("no_name"))?;
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if create && !parent.exists() {
        DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
    }
    Ok(parent.canonicalize()?.join(name))
}

/// Makes an empty file for the owner alone, unless there is something of that name. SQLite gives
/// its side files the mode of this one.
pub(super) fn create(path: &Path) -> Result<(), Error> {
    if path.symlink_metadata().is_ok() {
        return Ok(());
    }
    refuse_network(path.parent().unwrap_or(path))?;
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

/// Refuses links, strange owners, network file systems and, if it is to be written, a file that
/// can't be.
pub(super) fn check(path: &Path, write: bool) -> Result<(), Error> {
    let meta = path.symlink_metadata()?;
    if meta.file_type().is_symlink() {
        return Err(Error::UnsafePath("symlink"));
    }
    if meta.is_dir() {
        return Err(Error::UnsafePath("directory"));
    }
    if !meta.is_file() {
        return Err(Error::UnsafePath("not_a_file"));
    }
    if meta.nlink() != 1 {
        return Err(Error::UnsafePath("hard_link"));
    }
    if meta.uid() != rustix::process::geteuid().as_raw() {
        return Err(Error::UnsafePath("owner"));
    }
    if write && meta.mode() & 0o200 == 0 {
        return Err(Error::ReadOnly);
    }
    // The engine keeps its log beside the file: where nothing may be made, nothing can be written.
    let folder = path.parent().unwrap_or(path);
    if write && rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_err() {
        return Err(Error::ReadOnly);
    }
    refuse_network(path)
}

/// Takes rights away from everybody but the owner.
pub(super) fn tighten(path: &Path) -> Result<(), Error> {
    let mode = path.symlink_metadata()?.mode();
    if mode & 0o077 != 0 {
        std::fs::set_permissions(path, Permissions::from_mode(mode & 0o700))?;
    }
    Ok(())
}

/// Reads the header of a file and marks the file as open in this process, as one step.
pub(super) fn claim(path: &Path) -> Result<(Claim, Header), Error> {
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let id = id_of(&path.symlink_metadata()?);
    let header = if open.contains_key(&id) { Header::OpenHere } else { read_header(path)? };
    *open.entry(id).or_insert(0) += 1;
    Ok((Claim(id), header))
}

fn id_of(meta: &std::fs::Metadata) -> FileId {
    (meta.dev(), meta.ino())
}

fn read_header(path: &Path) -> Result<Header, Error> {
    let mut bytes = Vec::with_capacity(100);
    File::open(path)?.take(100).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Ok(Header::Empty);
    }
    let word = |at: usize| {
        let word = bytes.get(at..at + 4).and_then(|part| <[u8; 4]>::try_from(part).ok());
        word.map(u32::from_be_bytes)
    };
    match (bytes.starts_with(b"SQLite format 3\0"), word(68), word(60)) {
        (true, Some(application_id), Some(version)) => {
            Ok(Header::Sqlite { application_id, user_version: version.cast_signed() })
        }
        _ => Ok(Header::Other),
    }
}

/// File systems on which locks or fsync can't be relied on (`reliability.md`, case 17).
#[cfg(target_os = "linux")]
fn refuse_network(path: &Path) -> Result<(), Error> {
    /// NFS, SMB (three), FUSE, 9p, Ceph, AFS, Coda, NCP, Lustre, GPFS.
    const NETWORK: [u32; 12] = [
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x6573_5546,
        0x0102_1997,
        0x00C3_6400,
        0x5346_414F,
        0x7375_7245,
        0x564C,
        0x0BD0_0BD0,
        0x4750_4653,
    ];
    let stat =
        rustix::fs::statfs(path).map_err(|error| Error::from(std::io::Error::from(error)))?;
    let kind = u32::try_from(stat.f_type & 0xFFFF_FFFF).unwrap_or(0);
    if NETWORK.contains(&kind) { Err(Error::UnsafePath("network")) } else { Ok(()) }
}

/// Elsewhere the kind of file system isn't known by a number.
#[cfg(not(target_os = "linux"))]
fn refuse_network(_path: &Path) -> Result<(), Error> {
    Ok(())
}
