//! The pack of the cockpit.

use serde::Deserialize;

use crate::domain::cockpit::CockpitRule;

const SOURCE: &str = include_str!("../../assets/cockpit/default.toml");

/// The pack can't be read.
#[derive(Debug, thiserror::Error)]
#[error("cockpit/default.toml: {0}")]
pub struct CockpitFault(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "version")]
    _version: u32,
    backlog: RawBacklog,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBacklog {
    ages: [String; 3],
    #[serde(rename = "source")]
    _source: String,
    verified: bool,
}

/// The built-in pack.
pub fn load() -> Result<CockpitRule, CockpitFault> {
    parse(SOURCE)
}

/// Any pack: each age ends at least a day after the one before it.
fn parse(text: &str) -> Result<CockpitRule, CockpitFault> {
    let raw: Raw = toml::from_str(text).map_err(|fault| CockpitFault(fault.to_string()))?;
    let mut ages = [0; 3];
    let mut before = 0;
    for (age, text) in ages.iter_mut().zip(&raw.backlog.ages) {
        let days = text.strip_suffix(" days").and_then(|number| number.parse::<u32>().ok());
        *age = days
            .filter(|days| *days > before && *days <= 3_660)
            .ok_or_else(|| CockpitFault(format!("backlog.ages: `{text}`")))?;
        before = *age;
    }
    Ok(CockpitRule { ages, verified: raw.backlog.verified })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_rise_and_are_days() {
        assert_eq!(load().unwrap().ages, [7, 30, 90]);
        for bad in ["30 days", "7 days", "-1 days", "x", "40000 days"] {
            let text = SOURCE.replace("\"90 days\"", &format!("\"{bad}\""));
            assert!(parse(&text).is_err(), "{bad}");
        }
    }
}
