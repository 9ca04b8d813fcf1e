//! The signal library and the limits of the ratios: TOML to values.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use serde::Deserialize;

use super::reading::{faults, read};
use crate::domain::customer::Line;
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;
use crate::form::{Fault, FaultKind};
use crate::risk::{
    Basis, Change, Combination, Group, Limit, Limits, Ratio, RatioRule, Renewal, Same, Side,
    Signal, Signals, Trade,
};

/// Name of the library in faults.
pub(super) const FILE: &str = "default.toml";
const SOURCE: &str = include_str!("../../assets/signals/default.toml");
const RATIOS_FILE: &str = "ratios.toml";
const RATIOS: &str = include_str!("../../assets/signals/ratios.toml");

/// The built-in library.
pub fn load() -> Result<Signals, Fault> {
    parse(SOURCE, parse_limits(RATIOS)?)
}

/// The first day on which a statement may end that still tells something on a day; `None` = any.
pub fn oldest_judged(on: NaiveDate) -> Option<NaiveDate> {
    shared().ok()?.oldest_judged(on)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimits {
    #[serde(rename = "pack")]
    _pack: String,
    /// Words of industries to which the limits do not apply.
    #[serde(default)]
    exempt: Vec<String>,
    /// Words beside which those are no industry of theirs.
    #[serde(default)]
    exempt_not: Vec<String>,
    /// Percent of what it was by which a ratio must change to count as worse.
    least_change: toml::Spanned<String>,
    /// Months after the end of its period for which a statement is judged.
    judged_months: u32,
    ratio: Vec<RawRatio>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRatio {
    code: toml::Spanned<String>,
    zh: String,
    en: String,
    beyond: String,
    watch: String,
    alarm: String,
    grave: Option<String>,
    source: String,
    verified: bool,
    #[serde(default)]
    industry: Vec<RawIndustry>,
    change: Option<RawChange>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChange {
    by: String,
    watch: String,
    alarm: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndustry {
    words: Vec<String>,
    /// Words beside which those mean another industry.
    #[serde(default)]
    not: Vec<String>,
    watch: String,
    alarm: String,
    grave: Option<String>,
    source: String,
    verified: bool,
}

/// What the file of the ratios says.
#[derive(Debug, Default)]
struct Ratios {
    limits: Limits,
    exempt: Trade,
    least_change: Decimal4,
    judged_months: u32,
}

/// Reads limits, and the industries that are exempt; the first fault refuses them.
fn parse_limits(text: &str) -> Result<Ratios, Fault> {
    let fault = faults(RATIOS_FILE, text);
    let raw: RawLimits = read(text, &fault)?;
    let mut limits = Limits::new();
    for rule in raw.ratio {
        let at = rule.code.span().start;
        let code = rule.code.get_ref().clone();
        let unknown = |name: &str| fault(at, FaultKind::Unknown(name.to_owned()));
        let ratio = Ratio::from_code(&code).ok_or_else(|| unknown(&code))?;
        if limits.insert(ratio, rule_of(rule, &unknown)?).is_some() {
            return Err(fault(at, FaultKind::Duplicate(code)));
        }
    }
    let least = raw.least_change;
    let least_change = Decimal4::parse(least.get_ref())
        .map_err(|_bad| fault(least.span().start, FaultKind::Unknown(least.get_ref().clone())))?;
    let judged_months = raw.judged_months;
    let exempt = Trade { words: raw.exempt, not: raw.exempt_not };
    Ok(Ratios { limits, exempt, least_change, judged_months })
}

fn rule_of(rule: RawRatio, unknown: &impl Fn(&str) -> Fault) -> Result<RatioRule, Fault> {
    let number = |text: &str| Decimal4::parse(text).map_err(|_fault| unknown(text));
    let limit = |watch: &str, alarm: &str, grave: Option<String>, source, verified| {
        let grave = grave.as_deref().map(number).transpose()?;
        Ok::<_, Fault>(Limit {
            watch: number(watch)?,
            alarm: number(alarm)?,
            grave,
            source,
            verified,
        })
    };
    let beyond = match rule.beyond.as_str() {
        "above" => Side::Above,
        "below" => Side::Below,
        other => return Err(unknown(other)),
    };
    let mut industries = Vec::with_capacity(rule.industry.len());
    for own in rule.industry {
        let RawIndustry { words, not, watch, alarm, grave, source, verified } = own;
        industries.push((Trade { words, not }, limit(&watch, &alarm, grave, source, verified)?));
    }
    let change = match rule.change {
        None => None,
        Some(RawChange { by, watch, alarm }) => {
            let (watch, alarm) = (number(&watch)?, number(&alarm)?);
            Some(match by.as_str() {
                "points" => Change::Points(watch, alarm),
                "times" => Change::Times(watch, alarm),
                other => return Err(unknown(other)),
            })
        }
    };
    let general = limit(&rule.watch, &rule.alarm, rule.grave, rule.source, rule.verified)?;
    Ok(RatioRule { zh: rule.zh, en: rule.en, beyond, general, industries, change })
}

/// The built-in library, read once in the life of the program.
pub fn shared() -> Result<Arc<Signals>, Fault> {
    static PACK: OnceLock<Result<Arc<Signals>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load().map(Arc::new)).clone()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignals {
    pack: String,
    renewal: Option<RawRenewal>,
    #[serde(default)]
    same_trouble: Vec<Vec<String>>,
    signal: Vec<RawSignal>,
    #[serde(default)]
    combine: Vec<RawCombination>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignal {
    code: toml::Spanned<String>,
    zh: String,
    en: String,
    level: String,
    up_to: Option<String>,
    source: String,
    verified: bool,
    rule: String,
    /// When the higher level is proposed; without it a person decides.
    up_to_when: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCombination {
    code: toml::Spanned<String>,
    zh: String,
    en: String,
    level: String,
    of: String,
    count: u32,
    groups: u32,
    days: u32,
    same: Option<String>,
    #[serde(default)]
    confirmed: bool,
    source: String,
    verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRenewal {
    within_days: u32,
    words: Vec<String>,
    lines: toml::Spanned<Vec<String>>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

/// How renewals are known; without a section there are none.
fn renewal(
    raw: Option<RawRenewal>,
    fault: &impl Fn(usize, FaultKind) -> Fault,
) -> Result<Renewal, Fault> {
    let Some(raw) = raw else { return Ok(Renewal::default()) };
    let at = raw.lines.span().start;
    let line = |code: &String| {
        Line::from_code(code).ok_or_else(|| fault(at, FaultKind::Unknown(code.clone())))
    };
    let lines = raw.lines.get_ref().iter().map(line).collect::<Result<_, _>>()?;
    Ok(Renewal { within_days: raw.within_days, words: raw.words, lines })
}

/// The line at which the shipped library has a signal; 0 if it has none.
pub(super) fn line_of(code: &str) -> usize {
    let wanted = format!("code = \"{code}\"");
    SOURCE.lines().position(|line| line == wanted).map_or(0, |index| index + 1)
}

/// Reads a library; the first fault refuses it.
fn parse(text: &str, ratios: Ratios) -> Result<Signals, Fault> {
    let fault = faults(FILE, text);
    let raw: RawSignals = read(text, &fault)?;
    let mut signals: Vec<Signal> = Vec::with_capacity(raw.signal.len());
    for signal in raw.signal {
        let at = signal.code.span().start;
        let code = signal.code.into_inner();
        let group =
            Group::of_code(&code).ok_or_else(|| fault(at, FaultKind::BadCode(code.clone())))?;
        if signals.iter().any(|known| known.code == code) {
            return Err(fault(at, FaultKind::Duplicate(code)));
        }
        for (lang, words) in [("zh", &signal.zh), ("en", &signal.en)] {
            if words.trim().is_empty() {
                return Err(fault(at, FaultKind::MissingWords(code, lang)));
            }
        }
        let level = |name: &str| {
            Level::from_code(name).ok_or_else(|| fault(at, FaultKind::Unknown(name.to_owned())))
        };
        let basis = match signal.rule.as_str() {
            "answers" => Basis::Answers,
            "deadline" => Basis::Deadline,
            "manual" => Basis::Manual,
            rule => Basis::Rule(rule.to_owned()),
        };
        if signal.up_to_when.is_some() && signal.up_to.is_none() {
            return Err(fault(at, FaultKind::Unknown("up_to_when".to_owned())));
        }
        signals.push(Signal {
            level: level(&signal.level)?,
            up_to: signal.up_to.as_deref().map(level).transpose()?,
            graver: signal.up_to_when,
            zh: signal.zh,
            en: signal.en,
            group,
            source: signal.source,
            verified: signal.verified,
            basis,
            on: true,
            shipped: None,
            code,
        });
    }
    let mut combinations = Vec::with_capacity(raw.combine.len());
    for combination in raw.combine {
        let at = combination.code.span().start;
        let (signal, combination) = combine(combination, |what| fault(at, what))?;
        if signals.iter().any(|known| known.code == signal.code) {
            return Err(fault(at, FaultKind::Duplicate(signal.code)));
        }
        signals.push(signal);
        combinations.push(combination);
    }
    let renewal = renewal(raw.renewal, &fault)?;
    let is_known = |code: &&String| signals.iter().any(|signal| signal.code == **code);
    if let Some(code) = raw.same_trouble.iter().flatten().find(|code| !is_known(code)) {
        return Err(fault(0, FaultKind::UnknownSignal(code.clone())));
    }
    Ok(Signals::new(raw.pack, signals, ratios.limits)
        .renewing(renewal)
        .with_troubles(raw.same_trouble)
        .exempting(ratios.exempt)
        .with_least_change(ratios.least_change)
        .judging_for(ratios.judged_months)
        .with_combinations(combinations))
}

/// A combination, and the signal that it makes.
fn combine(
    raw: RawCombination,
    fault: impl Fn(FaultKind) -> Fault,
) -> Result<(Signal, Combination), Fault> {
    let code = raw.code.into_inner();
    if Group::of_code(&code) != Some(Group::Combination) {
        return Err(fault(FaultKind::BadCode(code)));
    }
    for (lang, words) in [("zh", &raw.zh), ("en", &raw.en)] {
        if words.trim().is_empty() {
            return Err(fault(FaultKind::MissingWords(code, lang)));
        }
    }
    let level = |name: &str| {
        Level::from_code(name).ok_or_else(|| fault(FaultKind::Unknown(name.to_owned())))
    };
    let same = match raw.same.as_deref() {
        None => Same::Nothing,
        Some("group") => Same::Group,
        Some("signal") => Same::Signal,
        Some(other) => return Err(fault(FaultKind::Unknown(other.to_owned()))),
    };
    let (made, of) = (level(&raw.level)?, level(&raw.of)?);
    let combination = Combination {
        code: code.clone(),
        level: made,
        of,
        count: raw.count,
        groups: raw.groups,
        days: raw.days,
        same,
        confirmed: raw.confirmed,
    };
    let signal = Signal {
        code,
        zh: raw.zh,
        en: raw.en,
        group: Group::Combination,
        level: made,
        up_to: None,
        graver: None,
        source: raw.source,
        verified: raw.verified,
        basis: Basis::Combination,
        on: true,
        shipped: None,
    };
    Ok((signal, combination))
}

#[cfg(test)]
mod tests;
