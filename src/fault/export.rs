//! Exports that came to nothing.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::exchange::export::ExportFault;
use crate::protocol::reply::Refusal;
use crate::store;

/// Why an export came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// No such table: exit status 2.
    #[error("no table {0}")]
    Table(String),
    /// The ending of the file does not fit what is exported: exit status 2.
    #[error("ending of {0}")]
    Ending(PathBuf),
    /// `--unmask` without a reason: exit status 2.
    #[error("no reason")]
    NoReason,
    /// The store or the role refused.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// More rows than a sheet has.
    #[error("too many rows")]
    TooManyRows,
    /// Nothing can be written there.
    #[error("{path}: {why}")]
    File {
        /// The file, or its folder if that is not there.
        path: PathBuf,
        /// Why.
        why: ErrorKind,
    },
    /// A file is there already, and nobody said that it may be written over.
    #[error("{0}: taken")]
    Taken(PathBuf),
    /// What is to be written is what is read.
    #[error("{0}: read and written")]
    Source(PathBuf),
    /// The file can't be written, in the words of what wrote it.
    #[error("{0}")]
    Output(String),
}

impl Fault {
    /// A file that can't be written, or its folder that is not there.
    pub fn at(path: &Path, why: ErrorKind) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let missing = folder.filter(|folder| why == ErrorKind::NotFound && !folder.exists());
        Self::File { path: missing.unwrap_or(path).to_owned(), why }
    }

    /// The same of what the system said.
    pub fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        |fault| Self::at(path, fault.kind())
    }

    /// Exit status.
    pub const fn status(&self) -> u8 {
        if matches!(self, Self::Table(_) | Self::Ending(_) | Self::NoReason) { 2 } else { 1 }
    }
}

impl From<ExportFault> for Fault {
    fn from(fault: ExportFault) -> Self {
        match fault {
            ExportFault::Store(error) => Self::Refused(error.into()),
            ExportFault::TooManyRows => Self::TooManyRows,
            other => Self::Output(other.to_string()),
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error.to_string())
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        Self::Refused(error.into())
    }
}
