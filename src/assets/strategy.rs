//! The numbers of the financing strategy: TOML to rules.

use std::sync::LazyLock;

use serde::Deserialize;

use super::reading::{faults, read};
use super::sound;
use crate::domain::strategy::Strategy;
use crate::form::{Fault, FaultKind};
use crate::risk::strategy::Rules;

const FILE: &str = "strategy.toml";
const SOURCE: &str = include_str!("../../assets/strategy/default.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    pack: String,
    source: String,
    verified: bool,
    assumed: toml::Spanned<String>,
    needs_approval: Vec<toml::Spanned<String>>,
    reduce_months: u32,
    exit_months: u32,
    most_steps: usize,
    decide_days: u64,
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
    let known = |code: &toml::Spanned<String>| {
        let unknown = || fault(code.span().start, FaultKind::Unknown(code.get_ref().clone()));
        Strategy::from_code(code.get_ref()).ok_or_else(unknown)
    };
    for (name, number) in [
        ("reduce_months", u64::from(raw.reduce_months)),
        ("exit_months", u64::from(raw.exit_months)),
        ("most_steps", raw.most_steps as u64),
        ("decide_days", raw.decide_days),
    ] {
        if !(1..=120).contains(&number) {
            return Err(fault(0, FaultKind::Unknown(name.to_owned())));
        }
    }
    Ok(Rules {
        assumed: known(&raw.assumed)?,
        needs_approval: raw.needs_approval.iter().map(known).collect::<Result<_, _>>()?,
        id: raw.pack,
        reduce_months: raw.reduce_months,
        exit_months: raw.exit_months,
        most_steps: raw.most_steps,
        decide_days: raw.decide_days,
        source: raw.source,
        verified: raw.verified,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_read_and_nobody_has_confirmed_them() {
        let rules = load().unwrap();
        assert!(!rules.verified && !rules.source.is_empty());
        assert_eq!(rules.assumed, Strategy::Keep);
    }

    #[test]
    fn the_record_asks_with_the_same_codes() {
        let closing: toml::Table =
            include_str!("../../assets/checklists/closing.toml").parse().unwrap();
        let sections = closing["section"].as_array().unwrap();
        let items = sections.iter().flat_map(|section| section["item"].as_array().unwrap());
        let mut asked = items.filter(|item| item["code"].as_str() == Some("strategy"));
        let options = asked.next().unwrap()["options"].as_array().unwrap();
        let codes: Vec<_> = options.iter().filter_map(|option| option["code"].as_str()).collect();
        let known: Vec<_> = Strategy::ALL.iter().map(|one| one.as_code()).collect();
        assert_eq!(codes, known);
    }

    #[test]
    fn faulty_rules_are_refused() {
        for (from, to) in [
            ("assumed = \"keep\"", "assumed = \"hope\""),
            ("\"reduce\", \"exit\"]", "\"reduce\", \"flee\"]"),
            ("reduce_months = 24", "reduce_months = 0"),
            ("most_steps = 6", "most_steps = 600"),
            ("verified = false", "verified = 3"),
            ("decide_days = 10", "decide_days = 10\nsurprise = 1"),
        ] {
            assert!(SOURCE.contains(from), "{from}");
            assert!(parse(&SOURCE.replace(from, to)).is_err(), "{to}");
        }
    }
}
