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

codes! {
    /// Why the transcript of a talk can't be read.
    pub enum TalkFault {
        /// Nothing is said in it.
        Empty = "empty",
        /// A `.vtt` that does not begin with `WEBVTT`.
        NoHeader = "no_header",
        /// Speech without the line that says when.
        NoTime = "no_time",
        /// Longer than any talk.
        TooLong = "too_long",
    }
}
