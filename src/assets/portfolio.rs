//! Limits of the portfolio: TOML to values.

use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::reading::{faults, read};
use super::sound;
use crate::domain::money::Fen;
use crate::form::{Fault, FaultKind};
use crate::risk::portfolio::PortfolioLimits;

const FILE: &str = "portfolio.toml";
const SOURCE: &str = include_str!("../../assets/portfolio/default.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    pack: String,
    source: String,
    verified: bool,
    ten_percent: i64,
    industry_percent: i64,
    district_percent: i64,
    bad_percent: i64,
    capital_yuan: i64,
    single_of_capital_percent: i64,
    group_of_capital_percent: i64,
}

/// The built-in limits.
pub fn load() -> Result<PortfolioLimits, Fault> {
    parse(SOURCE)
}

/// Net capital as the settings give it.
static CAPITAL: OnceLock<Fen> = OnceLock::new();

/// Says what the settings give as net capital, before the limits are first asked for.
pub fn set_capital(capital: Fen) {
    // The settings are read once; a second value could only be the same.
    let _ = CAPITAL.set(capital);
}

/// The built-in limits, with the net capital of the settings; read once in the life of the program.
pub fn shared() -> &'static PortfolioLimits {
    static LIMITS: LazyLock<PortfolioLimits> =
        LazyLock::new(|| with(sound(load()), CAPITAL.get().copied()));
    &LIMITS
}

fn with(limits: PortfolioLimits, capital: Option<Fen>) -> PortfolioLimits {
    PortfolioLimits { capital: capital.or(limits.capital), ..limits }
}

fn parse(text: &str) -> Result<PortfolioLimits, Fault> {
    let fault = faults(FILE, text);
    let raw: Raw = read(text, &fault)?;
    let percents = [
        raw.ten_percent,
        raw.industry_percent,
        raw.district_percent,
        raw.bad_percent,
        raw.single_of_capital_percent,
        raw.group_of_capital_percent,
    ];
    if percents.iter().any(|percent| !(1..=100).contains(percent)) {
        return Err(fault(0, FaultKind::Unknown("percent".to_owned())));
    }
    Ok(PortfolioLimits {
        id: raw.pack,
        ten: raw.ten_percent,
        industry: raw.industry_percent,
        district: raw.district_percent,
        bad: raw.bad_percent,
        capital: (raw.capital_yuan > 0).then(|| Fen::from_yuan(raw.capital_yuan)),
        single_of_capital: raw.single_of_capital_percent,
        group_of_capital: raw.group_of_capital_percent,
        source: raw.source,
        verified: raw.verified,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_limits_are_read_and_faulty_ones_refused() {
        let limits = load().unwrap();
        assert!(!limits.verified && limits.capital.is_none());
        for (from, to) in [
            ("single_of_capital_percent = 10", "single_of_capital_percent = 0"),
            ("group_of_capital_percent = 15", "group_of_capital_percent = 101"),
            ("bad_percent = 5", ""),
            ("capital_yuan = 0", "capital_yuan = \"much\""),
        ] {
            assert!(SOURCE.contains(from) && parse(&SOURCE.replace(from, to)).is_err(), "{to}");
        }
        let rich = parse(&SOURCE.replace("capital_yuan = 0", "capital_yuan = 3")).unwrap();
        assert_eq!(rich.capital, Some(Fen::from_yuan(3)));
        // What the settings say counts, and nothing said leaves the pack as it is.
        assert_eq!(with(rich.clone(), None).capital, rich.capital);
        assert_eq!(with(rich, Some(Fen::from_yuan(5))).capital, Some(Fen::from_yuan(5)));
    }
}
