//! The shape of the words that turn others, as the file has them.

use serde::Deserialize;

use crate::notes::{Ended, Listed, Turns};

/// The shape of [`Ended`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, remote = "Ended")]
struct RawEnded {
    mark: Vec<String>,
    gap: String,
    of: Vec<String>,
}

/// The shape of [`Listed`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, remote = "Listed")]
struct RawListed {
    of: Vec<String>,
    closed: Vec<String>,
    aside: Vec<String>,
    stops: Vec<String>,
    closers: Vec<String>,
    last: Vec<String>,
}

/// The shape of [`Turns`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, remote = "Turns")]
pub(super) struct RawTurns {
    before: Vec<String>,
    #[serde(with = "RawListed")]
    listed: Listed,
    after: Vec<String>,
    none: Vec<String>,
    #[serde(with = "RawEnded")]
    ended: Ended,
    maybe: Vec<String>,
    wide: Vec<String>,
    others: Vec<String>,
    own: Vec<String>,
    once: Vec<String>,
    over: Vec<String>,
    settled: Vec<String>,
    back: Vec<String>,
    twice: Vec<String>,
    hearsay: Vec<String>,
    unseen: Vec<String>,
    seen: Vec<String>,
}
