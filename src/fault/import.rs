//! Imports that came to nothing.

use crate::exchange::import::ImportFault;
use crate::exchange::rows::ReadFault;
use crate::protocol::reply::Refusal;
use crate::store;

/// Why an import came to nothing as a whole; faulty rows are no such fault but in the report.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Wrong usage, with the option: exit status 2.
    #[error("usage: {0}")]
    Usage(&'static str),
    /// A file can't be read.
    #[error("{name}: {fault}")]
    File {
        /// File or sheet.
        name: String,
        /// Why.
        fault: ReadFault,
    },
    /// The store refused.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// A file can't be written.
    #[error("output: {0}")]
    Output(#[from] std::io::Error),
}

impl Fault {
    /// Exit status.
    pub const fn status(&self) -> u8 {
        if matches!(self, Self::Usage(_)) { 2 } else { 1 }
    }
}

impl From<ImportFault> for Fault {
    fn from(fault: ImportFault) -> Self {
        match fault {
            ImportFault::Source(source) => Self::File { name: source.name, fault: source.fault },
            ImportFault::Store(error) => Self::Refused(error.into()),
            ImportFault::NoLoans => Self::Usage("complete"),
        }
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        Self::Refused(error.into())
    }
}
