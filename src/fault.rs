//! Why a command of the command line was refused or failed, as values without a word for people:
//! `i18n/fault.rs` makes the sentence, `main.rs` the exit status.

pub mod export;
pub mod identity;
pub mod import;
pub mod score;
pub mod start;
pub mod usage;

use std::path::{Path, PathBuf};

use self::usage::Misuse;
use crate::config;
use crate::domain::heard::TalkFault;
use crate::domain::user::Work;
use crate::protocol::reply::Refusal;
use crate::store;

/// Why a command was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Wrong usage: exit status 2.
    #[error("usage")]
    Usage(Misuse),
    /// A value or combination that the command does not take: exit status 2.
    #[error("usage: {0:?}")]
    Wrong(Wrong),
    /// The settings can't be used.
    #[error(transparent)]
    Config(#[from] config::Fault),
    /// No folder for data on this machine.
    #[error("no data folder")]
    NoDataFolder,
    /// A key of the settings has no or two meanings.
    #[error("keys: {0}")]
    Keys(String),
    /// A built-in or given pack is faulty.
    #[error("pack: {0}")]
    Pack(String),
    /// The same, with its place.
    #[error("pack: {0}")]
    Faulty(crate::form::Fault),
    /// Nobody of this number is there, or none in sight.
    #[error("no such customer")]
    NoCustomer(String),
    /// The database file is not there.
    #[error("{0}: no such database")]
    NoDatabase(PathBuf),
    /// The database can't be opened or used.
    #[error("{path}: {why:?}")]
    Store {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: Trouble,
    },
    /// A file could not be read or written.
    #[error("{path}: {why}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: std::io::ErrorKind,
    },
    /// A text or the transcript of a talk can't be read.
    #[error("{path}:{line}: {why:?}")]
    Talk {
        /// Which file.
        path: PathBuf,
        /// Line from 1.
        line: u32,
        /// Why.
        why: TalkFault,
    },
    /// A file that must not be there is there.
    #[error("{0}: exists")]
    Exists(PathBuf),
    /// The same, and the command may be told to write over it.
    #[error("{0}: taken")]
    Taken(PathBuf),
    /// Somebody was asked, and did not agree.
    #[error("{0}: declined")]
    Declined(PathBuf),
    /// What is to be written is what is read.
    #[error("{0}: read and written")]
    Source(PathBuf),
    /// Nobody is acting.
    #[error(transparent)]
    Identity(#[from] identity::Fault),
    /// The server is not set up as it must be: exit status 78.
    #[error(transparent)]
    Start(#[from] start::Refused),
    /// The person who logged in to the server is not a user, or can't log in: exit status 78.
    #[error("{0}: not let in")]
    NotLetIn(String),
    /// The person is a user who was disabled.
    #[error("{0}: disabled")]
    Disabled(String),
    /// The person is not a user, or can't log in.
    #[error("{0}: not a user")]
    NotAUser(String),
    /// The store refused.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Who put a version forward does not bring it into force.
    #[error("own proposal")]
    OwnProposal,
    /// The record has no such question that takes a file.
    #[error("{item}: no such item")]
    NoItem {
        /// What was named.
        item: String,
        /// Code and question of those that take one.
        papers: Vec<(String, String)>,
    },
    /// The file is larger than what is taken.
    #[error("{path}: too large")]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// How many bytes are taken.
        most: u64,
    },
    /// A process that was asked to end.
    #[error("stopped")]
    Stopped,
    /// It is the work of others.
    #[error("work of others: {0:?}")]
    Work(Work),
    /// A database that is not a demo stands at the place of the demo.
    #[error("{0}: not a demo")]
    NotADemo(PathBuf),
    /// The screen needs a terminal.
    #[error("not a terminal")]
    NoTerminal,
    /// The report that was printed says what is wrong.
    #[error("{0:?}")]
    Found(Found),
    /// A score came to nothing.
    #[error(transparent)]
    Score(#[from] score::Fault),
    /// An import came to nothing.
    #[error(transparent)]
    Import(#[from] import::Fault),
    /// An export came to nothing.
    #[error(transparent)]
    Export(#[from] export::Fault),
    /// The terminal can't show a screen; the runtime's own words, in ASCII for such terminals.
    #[error("{0}")]
    Terminal(&'static str),
    /// The screen ended by a fault: the last words of the runtime.
    #[error("{0}")]
    Screen(String),
    /// A copy could not be sealed or opened.
    #[error("seal: {0:?}")]
    Seal(Unsealed),
    /// An anchor is not what it was, or could not be signed.
    #[error("{0}: anchor")]
    Anchor(PathBuf),
    /// Writing to standard output failed.
    #[error("output: {0}")]
    Output(std::io::ErrorKind),
}

/// Values and combinations that a command does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// `--as-of` with a write on a database that is no demo.
    AsOf,
    /// This command does not print in this format.
    Format(&'static str),
    /// The month is none.
    Month(String),
    /// `from` is later than `to`.
    Range,
    /// The ending of the file is none that can be written.
    Ending(String),
    /// The ending of the file is none of a report.
    ReportEnding(String),
    /// No such table.
    Table(String),
    /// No such user.
    User(String),
    /// No such version of a policy or card; what lists them.
    Version(String, &'static str),
    /// No portfolio can be invented for this day.
    DemoDay(String),
    /// Neither a card that was put forward nor a file.
    Card(String),
    /// No such driver of events.
    Driver(String),
    /// No such customer.
    Customer(String),
    /// The file is no workbook by its name.
    NoWorkbook(String),
    /// Nobody has said that the present file may be moved aside.
    NotConfirmed(PathBuf),
    /// Somebody works in the file that would be moved aside.
    InUse(PathBuf),
}

/// Why a database can't be used: what the sentence needs of the store's own faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No such file.
    NotFound,
    /// The file belongs to another program.
    Foreign,
    /// The file is no database at all.
    NotADatabase,
    /// A database can't be kept safely there; the code says why.
    UnsafePath(&'static str),
    /// Made by a newer program.
    NewerSchema,
    /// Must be brought up first, but was opened for reading.
    OlderSchema,
    /// Another process held the lock for too long.
    Busy,
    /// Disk or quota full.
    DiskFull,
    /// The file can't be written.
    ReadOnly,
    /// Another file was put in its place while this one was read.
    Moved,
    /// The file is damaged: code of the engine.
    Damaged(i32),
    /// The journal's chain is broken: the first row that doesn't fit.
    Journal(i64),
    /// Anything else, in the store's own words.
    Other(String),
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        use store::Error;
        match error {
            Error::NotFound => Self::NotFound,
            Error::Foreign { .. } => Self::Foreign,
            Error::NotADatabase => Self::NotADatabase,
            Error::UnsafePath(code) => Self::UnsafePath(code),
            Error::NewerSchema { .. } => Self::NewerSchema,
            Error::OlderSchema { .. } => Self::OlderSchema,
            Error::Busy => Self::Busy,
            Error::DiskFull => Self::DiskFull,
            Error::ReadOnly => Self::ReadOnly,
            Error::Moved => Self::Moved,
            Error::Damaged { code } => Self::Damaged(code),
            Error::Journal { seq } => Self::Journal(seq),
            other => Self::Other(other.to_string()),
        }
    }
}

/// Why a copy could not be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsealed {
    /// The program that seals is not installed.
    NoProgram,
    /// The settings name nobody for whom to seal.
    NoRecipient,
    /// No key was named to open with.
    NoIdentity,
    /// The program that seals refused: its own words.
    Refused(String),
}

/// What a check found; details are on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Rows of an import are faulty.
    FaultyRows,
    /// The doctor is not content: how many points.
    Illness(usize),
    /// The server is not set up as it should be: how many points.
    Server(usize),
    /// The journal does not verify.
    Journal,
    /// The policy has gaps or conflicts: how many.
    Policy(usize),
    /// Jobs failed: how many.
    Jobs(usize),
    /// A file belongs to another visit.
    Reused,
    /// Answers of a questionnaire are faulty: how many.
    Questionnaire(usize),
    /// The file is no questionnaire of ours.
    NoQuestionnaire,
}

impl Fault {
    /// 2 for wrong usage, 78 for a server that lets nobody in, 1 for everything else.
    pub const fn status(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Wrong(_) => 2,
            Self::Import(fault) => fault.status(),
            Self::Export(fault) => fault.status(),
            // `EX_CONFIG`: whoever watches the logins tells it from a fault of the program.
            Self::Start(_)
            | Self::NotLetIn(_)
            | Self::Identity(
                identity::Fault::NoSudoUid
                | identity::Fault::LoginUidDiffers
                | identity::Fault::AsRefused(_)
                | identity::Fault::AsMissing,
            ) => 78,
            _ => 1,
        }
    }

    /// A store's fault at this file.
    pub fn store(path: &Path) -> impl FnOnce(store::Error) -> Self {
        |why| match why {
            store::Error::NotFound => Self::NoDatabase(path.to_owned()),
            store::Error::Rules(fault) => Self::Faulty(fault),
            why => Self::Store { path: path.to_owned(), why: why.into() },
        }
    }

    /// A file's fault.
    pub fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        |fault| Self::File { path: path.to_owned(), why: fault.kind() }
    }
}

impl From<Refusal> for Fault {
    fn from(why: Refusal) -> Self {
        Self::Refused(why)
    }
}

impl From<std::io::Error> for Fault {
    fn from(fault: std::io::Error) -> Self {
        Self::Output(fault.kind())
    }
}
