//! What counts as an unusual read: TOML to numbers, read when an auditor first asks.

use std::sync::OnceLock;

use serde::Deserialize;

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

/// The built-in limits; they can't be faulty: a test reads them.
pub fn shared() -> Option<&'static Limits> {
    static LIMITS: OnceLock<Option<Limits>> = OnceLock::new();
    LIMITS
        .get_or_init(|| {
            let limits: Limits = toml::from_str(SOURCE).ok()?;
            (limits.first_hour < limits.last_hour && limits.last_hour <= 24).then_some(limits)
        })
        .as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_limits_can_be_read() {
        let limits = shared().unwrap();
        assert!(!limits.verified, "the bank confirms them, not we");
        assert!(limits.reveals_least < limits.reveals_most);
    }
}
