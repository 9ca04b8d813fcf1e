//! Why a checklist pack is refused.

use thiserror::Error;

/// A fault of a pack, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {what}")]
pub struct Fault {
    /// File of the pack.
    pub file: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: FaultKind,
}

/// What is wrong in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultKind {
    /// Not TOML, or not of the pack's shape.
    #[error("{0}")]
    Shape(String),
    /// A wording lacks a language: field and language.
    #[error("`{0}` has no wording in `{1}`")]
    MissingWords(String, &'static str),
    /// A code is used twice.
    #[error("`{0}` is used twice")]
    Duplicate(String),
    /// A code that no expression could name.
    #[error("`{0}` is not a code: small letters, digits and `_`, a letter first")]
    BadCode(String),
    /// A kind, level, list or threshold that does not exist.
    #[error("`{0}` is not known here")]
    Unknown(String),
    /// None of these.
    #[error("`{0}` is none of {list}", list = .1.join(", "))]
    NoneOf(String, Vec<String>),
    /// No number of at most four decimals.
    #[error("`{0}` is not a number such as 30 or 12.5")]
    NoNumber(String),
    /// An expression that is not CEL.
    #[error("not an expression: {0}")]
    Syntax(String),
    /// An expression names something that is neither a fact nor an item.
    #[error("the expression names `{0}`, which is neither a fact nor an item that it can see")]
    UnknownName(String),
    /// An expression uses a part of CEL that packs do without.
    #[error("`{0}` is not supported in packs")]
    Unsupported(String),
    /// Types do not fit.
    #[error("wrong type in `{0}`: expected {1}, found {2}")]
    WrongType(String, String, String),
    /// What stands below the line is nothing, whoever it is about: it could never be worked out.
    #[error("`{0}` divides by zero")]
    ZeroBelow(String),
    /// A comparison with a code that is no option.
    #[error("`{0}` is not an option of `{1}`")]
    NotAnOption(String, String),
    /// A flag rule proposes a signal that the library has not.
    #[error("the signal `{0}` is not in the library")]
    UnknownSignal(String),
    /// A choice without options, or a group without cells.
    #[error("`{0}` has nothing to choose from")]
    EmptyChoice(String),
    /// Relevance or calculation depends on itself.
    #[error("`{0}` depends on itself: {1}")]
    Cycle(String, String),
}
