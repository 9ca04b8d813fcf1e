//! Opens plain files of one folder and nothing else: no path leads out, no link is followed, and a
//! device or a pipe is not even touched.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, FileType, Mode, OFlags, Stat, fstat, openat, statat};
use rustix::io::Errno;

use crate::domain::attachment::FileFault;

/// The folder at this path, which the administrator has chosen.
pub(super) fn root(path: &Path) -> Option<OwnedFd> {
    rustix::fs::open(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()
}

/// A folder in a folder.
pub(super) fn folder(of: &OwnedFd, name: &str) -> Option<OwnedFd> {
    if !is_plain(name) {
        return None;
    }
    open(of, name, OFlags::DIRECTORY).ok()
}

/// A plain file in a folder, with what the system says of it.
pub(super) fn file(of: &OwnedFd, name: &str) -> Result<(File, Stat), FileFault> {
    if !is_plain(name) {
        return Err(FileFault::NotPlain);
    }
    let regular = |stat: &Stat| FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
    // Before it is opened: to open a device may move something.
    let before = statat(of, name, AtFlags::SYMLINK_NOFOLLOW).map_err(fault)?;
    if !regular(&before) {
        return Err(FileFault::NotPlain);
    }
    // If it was changed for a pipe meanwhile, this does not wait for somebody to write.
    let opened = open(of, name, OFlags::NONBLOCK | OFlags::NOCTTY).map_err(fault)?;
    let stat = fstat(&opened).map_err(fault)?;
    if regular(&stat) { Ok((File::from(opened), stat)) } else { Err(FileFault::NotPlain) }
}

/// A name of one part, without anything that a terminal or a path could take for something else.
pub(super) fn is_plain(name: &str) -> bool {
    let parts = matches!(name, "" | "." | "..") || name.contains('/');
    !parts && name.len() <= 255 && !name.chars().any(char::is_control)
}

#[cfg(target_os = "linux")]
fn open(of: &OwnedFd, name: &str, more: OFlags) -> Result<OwnedFd, Errno> {
    use rustix::fs::{ResolveFlags, openat2};
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | more;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    match openat2(of, name, flags, Mode::empty(), resolve) {
        // An old kernel, or a jail that does not know the call: a name of one part that follows no
        // link can't leave its folder either.
        Err(Errno::NOSYS | Errno::PERM) => plain(of, name, more),
        opened => opened,
    }
}

#[cfg(not(target_os = "linux"))]
fn open(of: &OwnedFd, name: &str, more: OFlags) -> Result<OwnedFd, Errno> {
    plain(of, name, more)
}

fn plain(of: &OwnedFd, name: &str, more: OFlags) -> Result<OwnedFd, Errno> {
    openat(of, name, OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | more, Mode::empty())
}

fn fault(errno: Errno) -> FileFault {
    match errno {
        Errno::NOENT => FileFault::NotThere,
        Errno::LOOP
        | Errno::XDEV
        | Errno::NXIO
        | Errno::ISDIR
        | Errno::NOTDIR
        | Errno::NAMETOOLONG => FileFault::NotPlain,
        _ => FileFault::Unreadable,
    }
}
