//! What is wrong with keys that somebody has set.

/// Why a keymap is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapFault {
    /// A key has two meanings in one place.
    #[error("{context}: key {key} means both {first} and {second}")]
    Twice {
        /// Which place.
        context: String,
        /// Which key.
        key: String,
        /// One meaning.
        first: String,
        /// The other.
        second: String,
    },
    /// No such place.
    #[error("no such key context: {0}")]
    Context(String),
    /// No such action.
    #[error("no such action: {0}")]
    Action(String),
    /// No such key.
    #[error("no such key: {0}")]
    Key(String),
}
