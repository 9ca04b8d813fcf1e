//! How long data are kept: the head of the data dictionary, read when first asked for.

use std::sync::OnceLock;

use serde::Deserialize;

const SOURCE: &str = include_str!("../../assets/privacy/dictionary.toml");

/// How long the data of a customer are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Years after her last loan was settled or written off.
    pub years: u32,
    /// Whether the bank has confirmed them.
    pub verified: bool,
}

#[derive(Deserialize)]
struct Raw {
    verified: bool,
    keep: RawKeep,
}

#[derive(Deserialize)]
struct RawKeep {
    customer: RawYears,
}

#[derive(Deserialize)]
struct RawYears {
    years_after_relation: u32,
}

/// What the dictionary says; it can't be faulty: a test reads it.
pub fn customers() -> Option<Keep> {
    static KEEP: OnceLock<Option<Keep>> = OnceLock::new();
    *KEEP.get_or_init(|| {
        let raw: Raw = toml::from_str(SOURCE).ok()?;
        let years = raw.keep.customer.years_after_relation;
        (years > 0).then_some(Keep { years, verified: raw.verified })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_says_how_long() {
        assert_eq!(customers(), Some(Keep { years: 5, verified: false }));
    }
}
