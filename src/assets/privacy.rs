//! How long data are kept: the head of the data dictionary, read when first asked for.

use std::sync::LazyLock;

use serde::Deserialize;

use super::reading::{faults, read};
use super::sound;
use crate::form::{Fault, FaultKind};

const FILE: &str = "privacy/dictionary.toml";
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

/// What the dictionary says, read once in the life of the program.
pub fn customers() -> Keep {
    static KEEP: LazyLock<Keep> = LazyLock::new(|| sound(parse(SOURCE)));
    *KEEP
}

fn parse(text: &str) -> Result<Keep, Fault> {
    let fault = faults(FILE, text);
    let raw: Raw = read(text, &fault)?;
    match raw.keep.customer.years_after_relation {
        0 => Err(fault(0, FaultKind::Unknown("years".to_owned()))),
        years => Ok(Keep { years, verified: raw.verified }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_says_how_long() {
        assert_eq!(customers(), Keep { years: 5, verified: false });
        let none = SOURCE.replace("years_after_relation = 5", "years_after_relation = 0");
        assert!(none != SOURCE && parse(&none).is_err(), "no data are kept for no time");
    }
}
