//! What counts as an unusual read: TOML to numbers, read when an auditor first asks.

use std::sync::LazyLock;

use serde::Deserialize;

use super::reading::{faults, read};
use super::sound;
use crate::form::{Fault, FaultKind};

const FILE: &str = "audit/default.toml";
const SOURCE: &str = include_str!("../../assets/audit/default.toml");

/// From which figures on something is unusual.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Name and version of the pack.
    pub pack: String,
    /// Where the numbers come from.
    pub source: String,
    /// Whether the bank has confirmed them.
    pub verified: bool,
    /// Different customers within a quarter of an hour.
    pub reads_in_quarter: u32,
    /// Different customers on a day.
    pub reads_in_day: u32,
    /// First working hour.
    pub first_hour: u32,
    /// The hour at which the branch closes.
    pub last_hour: u32,
    /// Fewer looks at personal data on a day are never unusual.
    pub reveals_least: u32,
    /// How many times the person's usual.
    pub reveals_times: u32,
    /// So many are always unusual.
    pub reveals_most: u32,
    /// Refusals of one person on a day.
    pub refused: u32,
}

/// The built-in limits, read once in the life of the program.
pub fn shared() -> &'static Limits {
    static LIMITS: LazyLock<Limits> = LazyLock::new(|| sound(parse(SOURCE)));
    &LIMITS
}

fn parse(text: &str) -> Result<Limits, Fault> {
    let fault = faults(FILE, text);
    let limits: Limits = read(text, &fault)?;
    if limits.first_hour >= limits.last_hour || limits.last_hour > 24 {
        return Err(fault(0, FaultKind::Unknown("hours".to_owned())));
    }
    Ok(limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_limits_can_be_read() {
        let limits = shared();
        assert!(!limits.verified, "the bank confirms them, not we");
        assert!(limits.reveals_least < limits.reveals_most);
        let late = format!("last_hour = {}", limits.last_hour);
        for to in ["last_hour = 25", "last_hour = 0", "last_hours = 20"] {
            assert!(SOURCE.contains(&late) && parse(&SOURCE.replace(&late, to)).is_err(), "{to}");
        }
    }
}
