//! Files that are registered with a record, or with a flag as its proof.

use crate::domain::ids::FlagId;

/// Where a file is that is to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    /// In the actor's drop folder, under this plain name.
    Dropped(String),
    /// Taken in already, under the hash of its content: from the command line.
    TakenIn {
        /// Hash of the content.
        sha256: String,
        /// What it was called.
        name: String,
    },
}

/// Files that prove what became of a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofCommand {
    /// Registers a file with a live flag. The same file twice changes nothing; one that belongs to
    /// another flag, or to a visit that can prove nothing here, is refused, and the attempt is kept.
    Add {
        /// With which flag.
        flag: FlagId,
        /// Where the file is.
        source: FileSource,
    },
    /// Takes an own file away from a live flag.
    Remove {
        /// From which flag.
        flag: FlagId,
        /// Which file, by its content.
        sha256: String,
    },
}

impl ProofCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add_proof",
            Self::Remove { .. } => "remove_proof",
        }
    }
}
