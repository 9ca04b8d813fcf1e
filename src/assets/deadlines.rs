//! The pack of deadlines.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::deadline::{DeadlineKind, DeadlineRules, LateRule};
use crate::domain::flag::Level;

const SOURCE: &str = include_str!("../../assets/deadlines/default.toml");

/// The pack can't be read.
#[derive(Debug, thiserror::Error)]
#[error("deadlines/default.toml: {0}")]
pub struct DeadlineFault(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "version")]
    _version: u32,
    statement: Section,
    covenant: Section,
    condition: Section,
    valuation: Section,
    insurance: Section,
    limitation: Section,
    drawdown: Section,
    plan_step: Section,
    indicators: BTreeMap<String, Vec<String>>,
}

/// What all kinds say alike, and the numbers of each.
#[derive(Deserialize)]
struct Section {
    lead: String,
    signal: Option<String>,
    level: String,
    in_a_row: u32,
    #[serde(rename = "source")]
    _source: String,
    verified: bool,
    #[serde(flatten)]
    own: BTreeMap<String, toml::Value>,
}

/// The built-in pack.
pub fn load() -> Result<DeadlineRules, DeadlineFault> {
    parse(SOURCE)
}

fn parse(text: &str) -> Result<DeadlineRules, DeadlineFault> {
    let raw: Raw = toml::from_str(text).map_err(|fault| DeadlineFault(fault.to_string()))?;
    let sections = [
        (DeadlineKind::Statement, &raw.statement),
        (DeadlineKind::Covenant, &raw.covenant),
        (DeadlineKind::Condition, &raw.condition),
        (DeadlineKind::Valuation, &raw.valuation),
        (DeadlineKind::Insurance, &raw.insurance),
        (DeadlineKind::Limitation, &raw.limitation),
        (DeadlineKind::Drawdown, &raw.drawdown),
        (DeadlineKind::Step, &raw.plan_step),
    ];
    let mut late = Vec::with_capacity(sections.len());
    for (kind, section) in sections {
        let fault = |key: &str| DeadlineFault(format!("{}.{key}", kind.as_code()));
        late.push(LateRule {
            lead: number(&section.lead, " days").ok_or_else(|| fault("lead"))?,
            signal: section.signal.clone(),
            level: Level::from_code(&section.level).ok_or_else(|| fault("level"))?,
            in_a_row: Some(section.in_a_row).filter(|n| *n > 0).ok_or_else(|| fault("in_a_row"))?,
            verified: section.verified,
        });
    }
    let own = |section: &Section, key: &str, unit: &str| {
        let text = section.own.get(key).and_then(toml::Value::as_str);
        text.and_then(|text| number(text, unit)).ok_or_else(|| DeadlineFault(key.to_owned()))
    };
    let days = |key| own(&raw.statement, key, " days");
    let broken = raw.covenant.own.get("broken").and_then(toml::Value::as_table);
    let broken = broken
        .into_iter()
        .flatten()
        .filter_map(|(ratio, signal)| Some((ratio.clone(), signal.as_str()?.to_owned())));
    let goods = raw.valuation.own.get("goods").and_then(toml::Value::as_array);
    let words = goods.into_iter().flatten().filter_map(toml::Value::as_str);
    Ok(DeadlineRules {
        statement_days: [
            days("monthly")?,
            days("quarterly")?,
            days("half_yearly")?,
            days("yearly")?,
        ],
        near_percent: own(&raw.covenant, "near", " percent")?,
        valuation_months: own(&raw.valuation, "every", " months")?,
        goods_months: own(&raw.valuation, "goods_every", " months")?,
        goods_words: words.map(str::to_owned).collect(),
        limitation_months: own(&raw.limitation, "period", " months")?,
        drawdown_days: own(&raw.drawdown, "after", " days")?,
        step_grace: own(&raw.plan_step, "grace", " days")?,
        late,
        broken: broken.collect(),
        indicators: raw.indicators.into_iter().collect(),
    })
}

/// `30 days`: a number that is neither nothing nor beyond all sense.
fn number(text: &str, unit: &str) -> Option<u32> {
    let number = text.strip_suffix(unit)?.parse().ok()?;
    (1..=3_660).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::ratios::Ratio;

    #[test]
    fn every_signal_and_every_ratio_that_it_names_exists() {
        let rules = load().unwrap();
        let signals = crate::assets::signals::load().unwrap();
        for (kind, late) in DeadlineKind::ALL.iter().zip(&rules.late) {
            if let Some(code) = &late.signal {
                assert!(signals.get(code).is_some(), "{kind:?}: {code}");
            }
        }
        for (ratio, code) in &rules.broken {
            assert!(signals.get(code).is_some() && Ratio::from_code(ratio).is_some(), "{ratio}");
        }
        assert_eq!(rules.broken.len(), 4);
        for (code, names) in &rules.indicators {
            assert!(Ratio::from_code(code).is_some() && !names.is_empty(), "{code}");
        }
        assert_eq!(rules.ratio(" 资产负债率"), Some("debt_ratio"));
        assert_eq!(rules.ratio("EBITDA"), None);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (good, bad) in [
            ("quarterly = \"30 days\"", "quarterly = \"-30 days\""),
            ("period = \"36 months\"", "period = \"36 years\""),
            ("level = \"red\"", "level = \"purple\""),
            ("in_a_row = 2", "in_a_row = 0"),
        ] {
            assert!(SOURCE.contains(good));
            assert!(parse(&SOURCE.replace(good, bad)).is_err(), "{bad}");
        }
    }
}
