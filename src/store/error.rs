//! What can go wrong below the screen. Few kinds, each one that somebody can act on; no names, no
//! amounts, no texts of customers in any of them.

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::protocol::reply::Refusal;

/// Why a file was not opened, read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No such file.
    #[error("not found")]
    NotFound,
    /// The file belongs to another program; it was not touched.
    #[error("file of another program (application id {application_id})")]
    Foreign {
        /// What stands in its header.
        application_id: u32,
    },
    /// The file is no database at all; it was not touched.
    #[error("not a database")]
    NotADatabase,
    /// The path is one on which a database can't be kept safely: `symlink`, `hard_link`,
    /// `network`, `owner`, `not_a_file`, `no_name`, `directory`.
    #[error("unsafe path: {0}")]
    UnsafePath(&'static str),
    /// The SQLite in this program is older than 3.51.3 and can lose commits.
    #[error("SQLite {found} is too old")]
    OldSqlite {
        /// Its version number.
        found: i32,
    },
    /// Write-ahead logging could not be switched on.
    #[error("journal mode is not WAL")]
    NoWal,
    /// Made by a newer program.
    #[error("schema {found} is newer than this program")]
    NewerSchema {
        /// Its schema number.
        found: i64,
    },
    /// Opened for reading only, but the schema must be brought up first.
    #[error("schema {found} is older than this program")]
    OlderSchema {
        /// Its schema number.
        found: i64,
    },
    /// Another process held the lock for too long.
    #[error("busy")]
    Busy,
    /// Disk or quota full.
    #[error("disk full")]
    DiskFull,
    /// The file can't be written.
    #[error("read only")]
    ReadOnly,
    /// Another file lies at its name: it was put aside while it was open.
    #[error("moved aside")]
    Moved,
    /// The file is damaged.
    #[error("damaged (SQLite {code})")]
    Damaged {
        /// SQLite's extended code.
        code: i32,
    },
    /// Anything else from the engine.
    #[error("engine (SQLite {code})")]
    Engine {
        /// SQLite's extended code.
        code: i32,
    },
    /// Anything else from the operating system.
    #[error("system ({0:?})")]
    Io(std::io::ErrorKind),
    /// The journal's chain is broken.
    #[error("journal broken at {seq}")]
    Journal {
        /// First row that doesn't fit.
        seq: i64,
    },
    /// The rules of signals in the branch's own file are faulty: file, line, reason.
    #[error("{0}")]
    Rules(#[from] crate::form::Fault),
    /// A stored value is none that this program writes: table and column.
    #[error("unreadable value in {0}")]
    Value(&'static str),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, _) = error else {
            return match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Value("row"),
                _ => Self::Engine { code: ffi::SQLITE_MISUSE },
            };
        };
        let code = failure.extended_code;
        match (failure.code, code) {
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Self::Busy,
            // A quota that is full arrives as a write error, not as a full disk; a disk that is
            // full before the first write has no room for the index of the log.
            (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE) => {
                Self::DiskFull
            }
            (_, ffi::SQLITE_READONLY_DBMOVED) => Self::Moved,
            (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => Self::ReadOnly,
            (ErrorCode::DatabaseCorrupt, _) => Self::Damaged { code },
            (ErrorCode::NotADatabase, _) => Self::NotADatabase,
            _ => Self::Engine { code },
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly
            }
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            kind => Self::Io(kind),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Busy => Self::Busy,
            Error::DiskFull => Self::DiskFull,
            Error::ReadOnly => Self::ReadOnly,
            Error::NewerSchema { .. } => Self::NewerSchema,
            Error::Moved => Self::Moved,
            Error::Damaged { code } => Self::Damaged { code },
            Error::NotADatabase => Self::Damaged { code: ffi::SQLITE_NOTADB },
            Error::Journal { .. } | Error::Value(_) => Self::Damaged { code: ffi::SQLITE_CORRUPT },
            Error::Engine { code } => Self::Engine { code },
            Error::NotFound => Self::NotFound,
            Error::Foreign { .. }
            | Error::UnsafePath(_)
            | Error::OldSqlite { .. }
            | Error::NoWal
            | Error::OlderSchema { .. } => Self::Engine { code: ffi::SQLITE_CANTOPEN },
            Error::Rules(_) => Self::Invalid { field: "signals_file", why: "unsound_rules" },
            Error::Io(_) => Self::Engine { code: ffi::SQLITE_IOERR },
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Error::from(error).into()
    }
}
