//! A branch server on which nothing may be opened (`security.md` 3.1 and 3.2).

use std::path::PathBuf;

/// Why the program does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Others than root can change the settings.
    #[error("{0}: not root's alone")]
    Settings(PathBuf),
    /// The settings of a server name no database.
    #[error("no database named")]
    NoDatabase,
    /// There is no folder for the database.
    #[error("no data folder")]
    NoFolder,
    /// Started as root.
    #[error("started as root")]
    Root,
    /// Started under another account than the one that owns the data.
    #[error("user id {0} does not own the data")]
    NotTheService(u32),
    /// Words that nobody may say here.
    #[error("words on the command line")]
    Words,
    /// A person who is in no group of ours that may do this.
    #[error("{user} is not in {group}")]
    NotInGroup {
        /// Who.
        user: String,
        /// In which group she would have to be.
        group: &'static str,
    },
    /// Input or output is not the terminal.
    #[error("input and output are not one terminal")]
    NotOneTerminal,
    /// The kernel would not protect the process.
    #[error("not protected: {0}")]
    Unprotected(&'static str),
}
