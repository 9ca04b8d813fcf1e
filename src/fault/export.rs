//! Exports that came to nothing.

use std::path::PathBuf;

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
    /// The file can't be written.
    #[error("{0}")]
    Output(String),
}

impl Fault {
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
