//! Words of the command line that nobody understands.

/// What is wrong with the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misuse {
    /// What kind of fault.
    pub kind: MisuseKind,
    /// The argument or command concerned, as written.
    pub what: String,
    /// The value concerned, as written.
    pub value: String,
    /// What would be right, as far as known.
    pub right: Vec<String>,
}

/// Kinds of wrong usage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MisuseKind {
    /// No such command.
    NoSuchCommand,
    /// No such option.
    NoSuchOption,
    /// The value does not fit.
    BadValue,
    /// The value is missing.
    NoValue,
    /// The same option stands twice.
    Twice,
    /// Something needed is missing.
    Missing,
    /// Two things that exclude each other.
    Conflict,
    /// Anything else.
    Other,
}
