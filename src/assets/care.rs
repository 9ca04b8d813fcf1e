//! The pack of care for flags: TOML to values. The first fault refuses it, with file and line.

use std::sync::{Arc, OnceLock};

use chrono::NaiveTime;
use serde::Deserialize;

use super::signals::{faults, read};
use crate::domain::flag::{Awaited, FlagStep, Level};
use crate::form::{Fault, FaultKind};
use crate::risk::care::{Again, Care, Contagion, Hours, Least, Limit, Measure, MeasureStep};

const FILE: &str = "care.toml";
const SOURCE: &str = include_str!("../../assets/signals/care.toml");

/// The built-in pack.
pub fn load() -> Result<Care, Fault> {
    parse(SOURCE)
}

/// The built-in pack, read once in the life of the program.
pub fn shared() -> Result<Arc<Care>, Fault> {
    static PACK: OnceLock<Result<Arc<Care>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load().map(Arc::new)).clone()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    pack: String,
    hours: RawHours,
    limit: Vec<RawLimit>,
    measure: Vec<RawMeasure>,
    #[serde(default)]
    latest: Vec<RawLatest>,
    #[serde(default)]
    proof: Vec<RawProof>,
    words: RawWords,
    again: RawAgain,
    contagion: RawContagion,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    reason: u32,
    proof: u32,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAgain {
    cleared: u32,
    transferred: u32,
    moved: u32,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHours {
    from: toml::Spanned<String>,
    to: toml::Spanned<String>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimit {
    level: toml::Spanned<String>,
    awaits: toml::Spanned<String>,
    hours: u32,
    #[serde(default)]
    clock: bool,
    source: String,
    verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLatest {
    level: toml::Spanned<String>,
    days: u32,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProof {
    level: toml::Spanned<String>,
    described: Vec<toml::Spanned<String>>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    code: toml::Spanned<String>,
    zh: String,
    en: String,
    levels: Vec<toml::Spanned<String>>,
    source: String,
    verified: bool,
    #[serde(default)]
    steps: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    zh: String,
    en: String,
    workdays: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawContagion {
    from: toml::Spanned<String>,
    workdays: u32,
    most: u32,
    default_days: u32,
    zh: String,
    en: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

/// Reads a pack; the first fault refuses it.
fn parse(text: &str) -> Result<Care, Fault> {
    let fault = faults(FILE, text);
    let raw: Raw = read(text, &fault)?;
    let unknown = |word: &toml::Spanned<String>| {
        fault(word.span().start, FaultKind::Unknown(word.get_ref().clone()))
    };
    let level = |word: &toml::Spanned<String>| {
        Level::from_code(word.get_ref()).ok_or_else(|| unknown(word))
    };
    let time = |word: &toml::Spanned<String>| {
        NaiveTime::parse_from_str(word.get_ref(), "%H:%M").map_err(|_not_a_time| unknown(word))
    };
    let hours = Hours { from: time(&raw.hours.from)?, to: time(&raw.hours.to)? };
    if hours.from >= hours.to {
        return Err(unknown(&raw.hours.to));
    }
    let mut limits: Vec<Limit> = Vec::with_capacity(raw.limit.len());
    for limit in raw.limit {
        let awaits =
            Awaited::from_code(limit.awaits.get_ref()).ok_or_else(|| unknown(&limit.awaits))?;
        let level = level(&limit.level)?;
        if limits.iter().any(|known| (known.level, known.awaits) == (level, awaits)) {
            let at = limit.awaits.span().start;
            return Err(fault(at, FaultKind::Duplicate(limit.awaits.into_inner())));
        }
        let (hours, clock) = (limit.hours, limit.clock);
        let (source, verified) = (limit.source, limit.verified);
        limits.push(Limit { level, awaits, hours, clock, source, verified });
    }
    let mut measures: Vec<Measure> = Vec::with_capacity(raw.measure.len());
    for measure in raw.measure {
        let at = measure.code.span().start;
        let code = measure.code.get_ref().clone();
        if measures.iter().any(|known| known.code == code) {
            return Err(fault(at, FaultKind::Duplicate(code)));
        }
        let worded = |zh: &str, en: &str| {
            let missing = [("zh", zh), ("en", en)].into_iter().find(|(_, t)| t.trim().is_empty());
            missing.map_or(Ok(()), |(lang, _)| {
                Err(fault(at, FaultKind::MissingWords(code.clone(), lang)))
            })
        };
        worded(&measure.zh, &measure.en)?;
        measure.steps.iter().try_for_each(|step| worded(&step.zh, &step.en))?;
        let levels = measure.levels.iter().map(level).collect::<Result<_, _>>()?;
        let step = |s: RawStep| MeasureStep { zh: s.zh, en: s.en, workdays: s.workdays };
        measures.push(Measure {
            zh: measure.zh,
            en: measure.en,
            levels,
            steps: measure.steps.into_iter().map(step).collect(),
            source: measure.source,
            verified: measure.verified,
            code,
        });
    }
    let contagion = Contagion {
        from: level(&raw.contagion.from)?,
        workdays: raw.contagion.workdays,
        most: raw.contagion.most,
        default_days: raw.contagion.default_days,
        zh: raw.contagion.zh,
        en: raw.contagion.en,
    };
    let mut latest: Vec<(Level, u32)> = Vec::with_capacity(raw.latest.len());
    for one in raw.latest {
        let known = level(&one.level)?;
        if latest.iter().any(|(level, _)| *level == known) {
            let at = one.level.span().start;
            return Err(fault(at, FaultKind::Duplicate(one.level.into_inner())));
        }
        latest.push((known, one.days));
    }
    let ending = |word: &toml::Spanned<String>| {
        let step = FlagStep::from_code(word.get_ref()).filter(|step| step.ends());
        step.ok_or_else(|| unknown(word))
    };
    let mut described: Vec<(Level, Vec<FlagStep>)> = Vec::with_capacity(raw.proof.len());
    for one in raw.proof {
        let known = level(&one.level)?;
        if described.iter().any(|(level, _)| *level == known) {
            let at = one.level.span().start;
            return Err(fault(at, FaultKind::Duplicate(one.level.into_inner())));
        }
        described.push((known, one.described.iter().map(ending).collect::<Result<_, _>>()?));
    }
    let least = Least { reason: raw.words.reason, proof: raw.words.proof };
    let again = Again { cleared: raw.again.cleared, transferred: raw.again.transferred };
    let (id, moved) = (raw.pack, raw.again.moved);
    Ok(Care { id, hours, limits, measures, latest, described, least, again, moved, contagion })
}

#[cfg(test)]
mod tests;
