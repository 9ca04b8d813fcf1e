//! What words of a talk or a text stand for.

use super::code::codes;

codes! {
    /// What kind of thing words propose.
    pub enum HeardKind {
        /// A tag: wants more time.
        Tag = "tag",
        /// How the person met behaves.
        Attitude = "attitude",
        /// A signal of the library.
        Signal = "signal",
    }
}
