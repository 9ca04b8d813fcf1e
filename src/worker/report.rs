//! Making a report: the page is read, rendered and laid down whole, and the journal says so before
//! the file has its name. What is not journalled does not leave.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};
use sha2::{Digest as _, Sha256};

use crate::access::Actor;
use crate::domain::ids::OpId;
use crate::protocol::command::Command;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
use crate::protocol::report::{ReportMade, ReportOrder};
use crate::report;
use crate::store::Store;

/// Where a report goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// Into this file.
    File {
        /// Which.
        path: &'a Path,
        /// Also over one that is there.
        force: bool,
    },
    /// Into this folder, made if it is not there, under a name of its own.
    Folder(&'a Path),
}

/// Who asks when.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// The moment for which is read.
    pub read_at: DateTime<FixedOffset>,
    /// The moment that the journal says.
    pub noted_at: DateTime<FixedOffset>,
    /// Id of the write.
    pub op: &'a OpId,
}

/// Why no report was made.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store refused.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// It can't be put together.
    #[error(transparent)]
    Report(#[from] report::Fault),
    /// A file is there already.
    #[error("{0}: exists")]
    Exists(PathBuf),
    /// The file can't be written.
    #[error("{path}: {why}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        why: ErrorKind,
    },
}

impl From<Refusal> for Fault {
    fn from(why: Refusal) -> Self {
        Self::Refused(why)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(why) => why,
            Fault::File { why: ErrorKind::StorageFull | ErrorKind::QuotaExceeded, .. } => {
                Self::DiskFull
            }
            Fault::Exists(_) => Self::Invalid { field: "file", why: "exists" },
            Fault::Report(_) => Self::Invalid { field: "file", why: "unreadable_pack" },
            Fault::File { .. } => Self::Invalid { field: "file", why: "unwritable" },
        }
    }
}

/// Makes a report; says where it lies.
pub fn make(
    store: &mut Store,
    asking: Asking<'_>,
    order: &ReportOrder,
    target: Target<'_>,
) -> Result<PathBuf, Fault> {
    if order.unmasked && order.reason.trim().is_empty() {
        return Err(Refusal::Invalid { field: "reason", why: "missing" }.into());
    }
    let query = Query::Report { subject: order.subject.clone(), unmasked: order.unmasked };
    let Page::Report(page) = store.query(asking.actor, asking.read_at, &query)? else {
        return Err(Refusal::NotFound.into());
    };
    let bytes = report::render(&page, report::lang_of(order.lang), order.format)?;
    let path = match target {
        Target::File { path, force } => {
            if !force && fs::symlink_metadata(path).is_ok() {
                return Err(Fault::Exists(path.to_owned()));
            }
            path.to_owned()
        }
        Target::Folder(folder) => {
            private_folder(folder).map_err(at(folder))?;
            free_name(folder, order, page.base.as_of)
        }
    };
    let draft = Draft::lay_down(&path, &bytes).map_err(at(&path))?;
    let made = ReportMade {
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(&bytes)),
    };
    let command = Command::MakeReport { order: order.clone(), made: Some(made) };
    store.apply(asking.actor, asking.noted_at, asking.op, &command)?;
    let force = matches!(target, Target::File { force: true, .. });
    draft.take_name(&path, force).map_err(|fault| match fault.kind() {
        ErrorKind::AlreadyExists => Fault::Exists(path.clone()),
        why => Fault::File { path: path.clone(), why },
    })?;
    Ok(path)
}

pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Fault {
    |fault| Fault::File { path: path.to_owned(), why: fault.kind() }
}

pub(super) fn hex(digest: &[u8]) -> String {
    let mut out = String::with_capacity(digest.len() * 2);
    for byte in digest {
        // Writing into a string never fails.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Makes a folder that only its owner may look into.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// A name that says what the file is and that is not taken. Ids are the bank's own texts: what is
/// no letter, digit or dash in them never becomes part of a path.
fn free_name(folder: &Path, order: &ReportOrder, day: NaiveDate) -> PathBuf {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let id: String = order.subject.id().chars().take(60).map(safe).collect();
    let (kind, ending) = (order.subject.kind().as_code(), order.format.as_code());
    let lang = order.lang.as_code();
    let mut number = 1_u32;
    loop {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{kind}-{id}-{day}-{lang}{more}.{ending}"));
        if fs::symlink_metadata(&path).is_err() || number == u32::MAX {
            return path;
        }
        number += 1;
    }
}

/// A file that is whole but has not got its name yet; gone if it never gets it.
pub(super) struct Draft(PathBuf);

impl Draft {
    pub(super) fn lay_down(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let place = path.with_file_name(name);
        // What a session left that was ended on the way.
        let _ = fs::remove_file(&place);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&place)?;
        let draft = Self(place);
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(draft)
    }

    /// Gives the file its name, over nothing that is there unless told to.
    pub(super) fn take_name(self, path: &Path, force: bool) -> io::Result<()> {
        if force {
            return fs::rename(&self.0, path);
        }
        match fs::hard_link(&self.0, path) {
            Ok(()) => {}
            Err(fault) if fault.kind() == ErrorKind::AlreadyExists => return Err(fault),
            // A file system without links: a name that is taken is still refused.
            Err(_) => {
                drop(File::create_new(path)?);
                return fs::rename(&self.0, path);
            }
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Has got its name, or never will.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests;
