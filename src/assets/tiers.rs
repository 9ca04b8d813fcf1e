//! The numbers of the five-tier classification: TOML to rules.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::reading::{faults, read};
use super::sound;
use crate::domain::tier::TierEvent;
use crate::form::{Fault, FaultKind};
use crate::risk::tiers::Rules;

const FILE: &str = "tiers.toml";
const SOURCE: &str = include_str!("../../assets/tiers/default.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    pack: String,
    source: String,
    verified: bool,
    grace_days: i64,
    substandard_over_days: i64,
    doubtful_over_days: i64,
    loss_over_days: i64,
    bad_share_percent: i64,
    observation_months: u32,
    observation_instalments: u32,
    cure_months: u32,
    cure_instalments: u32,
    confirm_days: u64,
    signals: BTreeMap<String, toml::Spanned<String>>,
}

/// The built-in rules.
pub fn load() -> Result<Rules, Fault> {
    parse(SOURCE)
}

/// The built-in rules, read once in the life of the program.
pub fn shared() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| sound(load()));
    &RULES
}

fn parse(text: &str) -> Result<Rules, Fault> {
    let fault = faults(FILE, text);
    let raw: Raw = read(text, &fault)?;
    let days =
        [raw.grace_days, raw.substandard_over_days, raw.doubtful_over_days, raw.loss_over_days];
    if !days.is_sorted() || days.first().is_none_or(|days| *days < 0) {
        return Err(fault(0, FaultKind::Unknown("days".to_owned())));
    }
    let mut signals = BTreeMap::new();
    for (code, event) in raw.signals {
        let at = event.span().start;
        let named = TierEvent::from_code(event.get_ref());
        let unknown = || fault(at, FaultKind::Unknown(event.get_ref().clone()));
        signals.insert(code, named.ok_or_else(unknown)?);
    }
    Ok(Rules {
        id: raw.pack,
        grace: raw.grace_days,
        substandard: raw.substandard_over_days,
        doubtful: raw.doubtful_over_days,
        loss: raw.loss_over_days,
        bad_share: raw.bad_share_percent,
        observation_months: raw.observation_months,
        observation_instalments: raw.observation_instalments,
        cure_months: raw.cure_months,
        cure_instalments: raw.cure_instalments,
        confirm_days: raw.confirm_days,
        signals,
        verified: raw.verified,
        source: raw.source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_read_and_their_signals_are_known() {
        let rules = load().unwrap();
        assert!(!rules.verified, "nobody of a bank has checked them");
        let days = [rules.grace, rules.substandard, rules.doubtful, rules.loss];
        assert_eq!(days, [7, 90, 270, 360]);
        let library = crate::assets::signals::shared().unwrap();
        for code in rules.signals.keys() {
            assert!(library.get(code).is_some(), "{code}");
        }
    }

    /// What an officer proposes is checked against the limits of the machine that proposes beside her.
    #[test]
    fn the_limits_of_the_checklists_are_those_of_the_rules() {
        let rules = load().unwrap();
        let thresholds: toml::Table =
            include_str!("../../assets/checklists/thresholds.toml").parse().unwrap();
        let thresholds = thresholds["threshold"].as_array().unwrap();
        for (id, days) in [("tier_grace", rules.grace), ("bad_days", rules.substandard)] {
            let limit = thresholds.iter().find(|limit| limit["id"].as_str() == Some(id)).unwrap();
            assert_eq!(limit["value"].as_str(), Some(days.to_string().as_str()), "{id}");
            assert_eq!(limit["unit"].as_str(), Some("days"), "{id}");
        }
    }

    #[test]
    fn faulty_rules_are_refused() {
        for (from, to) in [
            ("grace_days = 7", "grace_days = 97"),
            ("\"refinanced\"", "\"luck\""),
            ("verified = false", "verified = 3"),
            ("cure_months = 6", ""),
            ("[signals]", "surprise = 1\n[signals]"),
        ] {
            assert!(SOURCE.contains(from), "{from}");
            assert!(parse(&SOURCE.replace(from, to)).is_err(), "{to}");
        }
    }
}
