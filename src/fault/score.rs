//! Scores that came to nothing.

use std::path::Path;

use crate::exchange::figures::FigureFault;

/// Why a score came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A file can't be reckoned with.
    #[error("{file}: {fault}")]
    File {
        /// Its name.
        file: String,
        /// Why.
        fault: FigureFault,
    },
    /// Shares are told in percent.
    #[error("{file}: {column} in percent")]
    Percent {
        /// Its name.
        file: String,
        /// The column.
        column: &'static str,
    },
    /// Nobody of this id is there.
    #[error("{0} not found")]
    Nobody(String),
    /// Too few outcomes for a card.
    #[error("{bad} bad, {good} good")]
    TooFew {
        /// Bad ones.
        bad: u32,
        /// Good ones.
        good: u32,
        /// How many of each are needed.
        least: u32,
    },
    /// A row without an outcome in a file for training.
    #[error("{file}, line {line}: no outcome")]
    NoOutcome {
        /// Its name.
        file: String,
        /// Line from 1.
        line: u64,
    },
}

impl Fault {
    /// A file's fault.
    pub fn file(path: &Path) -> impl Fn(FigureFault) -> Self {
        let file = path.display().to_string();
        move |fault| Self::File { file: file.clone(), fault }
    }
}
