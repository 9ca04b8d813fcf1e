//! What words of a talk or a text stand for.

use super::code::codes;

/// Longest text that is scanned, in megabytes: far more than anybody writes about a visit.
pub const MOST_SCANNED_MB: u64 = 16;
/// Longest transcript that is read when it is registered with a visit, in megabytes.
pub const MOST_HEARD_MB: u64 = 2;

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
        /// Longer than what is read at once.
        TooLong = "too_long",
        /// No text at all: a picture, a sound, a document.
        NotText = "not_text",
    }
}
