//! How signals and scores are held against what came of them: TOML to values.

use std::sync::LazyLock;

use serde::Deserialize;

use super::reading::{faults, read};
use super::sound;
use crate::form::{Fault, FaultKind};
use crate::risk::backtest::Rules;

const FILE: &str = "backtest/default.toml";
const SOURCE: &str = include_str!("../../assets/backtest/default.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    pack: String,
    horizon_days: u32,
    late_days: u32,
    least_signal: u32,
    least_outcomes: u32,
    #[serde(rename = "source")]
    _source: String,
    verified: bool,
}

/// The built-in rules.
pub fn load() -> Result<Rules, Fault> {
    parse(FILE, SOURCE)
}

/// The built-in rules, read once in the life of the program.
pub fn shared() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| sound(load()));
    &RULES
}

fn parse(file: &str, text: &str) -> Result<Rules, Fault> {
    let fault = faults(file, text);
    let raw: Raw = read(text, &fault)?;
    if raw.horizon_days == 0 || raw.least_signal == 0 || raw.least_outcomes == 0 {
        return Err(fault(0, FaultKind::Shape("days and counts: above zero".to_owned())));
    }
    Ok(Rules {
        id: raw.pack,
        horizon_days: raw.horizon_days,
        late_days: raw.late_days,
        least_signal: raw.least_signal,
        least_outcomes: raw.least_outcomes,
        verified: raw.verified,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_tell_nothing_are_refused() {
        assert_eq!(load().unwrap().horizon_days, 180);
        for (from, to) in [
            ("horizon_days = 180", "horizon_days = 0"),
            ("least_signal = 10", "least_signal = -1"),
            ("late_days = 8", "late_dayz = 8"),
        ] {
            assert!(parse("x", &SOURCE.replace(from, to)).is_err(), "{to}");
        }
    }
}
