//! Making a report: the page is read, rendered and laid down whole, and the journal says so before
//! the file has its name. What is not journalled does not leave.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};
use sha2::{Digest as _, Sha256};

use crate::access::Actor;
use crate::domain::ids::OpId;
use crate::outgoing::{self, Draft, Reserved};
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
    let mut note = |made| {
        let command = Command::MakeReport { order: order.clone(), made: Some(made) };
        store.apply(asking.actor, asking.noted_at, asking.op, &command).map(drop)
    };
    let (path, force) = match target {
        Target::File { path, force } => (path, force),
        Target::Folder(folder) => {
            let stem = stem(order, page.base.as_of);
            return lay_into(folder, &stem, order.format.as_code(), &bytes, note);
        }
    };
    if !force && fs::symlink_metadata(path).is_ok() {
        return Err(Fault::Exists(path.to_owned()));
    }
    let draft = Draft::of(path, &bytes).map_err(at(path))?;
    note(made_of(path, &bytes))?;
    let named = if force { draft.take(path) } else { draft.take_free(path) };
    named.map_err(|fault| match fault.kind() {
        ErrorKind::AlreadyExists => Fault::Exists(path.to_owned()),
        why => Fault::File { path: path.to_owned(), why },
    })?;
    Ok(path.to_owned())
}

/// What went wrong with a file that is to be laid down. Where its folder is not there, that is named:
/// the file itself is not meant to be.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Fault {
    |fault| {
        let path = outgoing::missing_folder(path).unwrap_or(path);
        Fault::File { path: path.to_owned(), why: fault.kind() }
    }
}

/// What a report is called: what it is, of whom, of which day, in which language.
fn stem(order: &ReportOrder, day: NaiveDate) -> String {
    let (kind, lang) = (order.subject.kind().as_code(), order.lang.as_code());
    format!("{kind}-{}-{day}-{lang}", outgoing::name_of(order.subject.id()))
}

/// What the journal says of a file.
pub(super) fn made_of(path: &Path, bytes: &[u8]) -> ReportMade {
    ReportMade {
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        bytes: bytes.len() as u64,
        sha256: outgoing::hex(&Sha256::digest(bytes)),
    }
}

/// Lays bytes down in a folder under a name of their own, once `note` has had it journalled.
pub(super) fn lay_into(
    folder: &Path,
    stem: &str,
    ending: &str,
    bytes: &[u8],
    note: impl FnOnce(ReportMade) -> Result<(), Refusal>,
) -> Result<PathBuf, Fault> {
    outgoing::private_folder(folder).map_err(at(folder))?;
    let name = Reserved::new(folder, stem, ending).map_err(at(folder))?;
    let draft = Draft::of(name.path(), bytes).map_err(at(name.path()))?;
    note(made_of(name.path(), bytes))?;
    let path = name.path().to_owned();
    name.give(draft).map_err(at(&path))
}

#[cfg(test)]
mod tests;
