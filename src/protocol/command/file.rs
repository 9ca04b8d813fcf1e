//! Files that are registered with a record.

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
