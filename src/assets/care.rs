//! The pack of care for flags: TOML to values. The first fault refuses it, with file and line.

use std::sync::{Arc, OnceLock};

use chrono::NaiveTime;
use serde::Deserialize;
use toml::Spanned;

use super::reading::{faults, read};
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
    from: Spanned<String>,
    to: Spanned<String>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimit {
    level: Spanned<String>,
    awaits: Spanned<String>,
    hours: u32,
    #[serde(default)]
    clock: bool,
    source: String,
    verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLatest {
    level: Spanned<String>,
    days: u32,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProof {
    level: Spanned<String>,
    described: Vec<Spanned<String>>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    code: Spanned<String>,
    zh: String,
    en: String,
    levels: Vec<Spanned<String>>,
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
    from: Spanned<String>,
    workdays: u32,
    most: u32,
    echoes: Vec<String>,
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
    let raw: Raw = read(text, &faults(FILE, text))?;
    let file = File { text };
    Ok(Care {
        id: raw.pack,
        hours: file.hours(&raw.hours)?,
        limits: file.limits(raw.limit)?,
        measures: file.measures(raw.measure)?,
        contagion: file.contagion(raw.contagion)?,
        latest: file
            .by_level(raw.latest.iter().map(|one| (&one.level, one)), |one| Ok(one.days))?,
        described: file.by_level(raw.proof.iter().map(|one| (&one.level, one)), |one| {
            one.described.iter().map(|word| file.ending(word)).collect()
        })?,
        least: Least { reason: raw.words.reason, proof: raw.words.proof },
        again: Again { cleared: raw.again.cleared, transferred: raw.again.transferred },
        moved: raw.again.moved,
    })
}

/// The file that is read, so that a fault names its line.
#[derive(Clone, Copy)]
struct File<'t> {
    text: &'t str,
}

impl File<'_> {
    fn fault(self, word: &Spanned<String>, what: FaultKind) -> Fault {
        faults(FILE, self.text)(word.span().start, what)
    }

    fn unknown(self, word: &Spanned<String>) -> Fault {
        self.fault(word, FaultKind::Unknown(word.get_ref().clone()))
    }

    fn twice(self, word: &Spanned<String>) -> Fault {
        self.fault(word, FaultKind::Duplicate(word.get_ref().clone()))
    }

    fn level(self, word: &Spanned<String>) -> Result<Level, Fault> {
        Level::from_code(word.get_ref()).ok_or_else(|| self.unknown(word))
    }

    /// A step with which a flag ends.
    fn ending(self, word: &Spanned<String>) -> Result<FlagStep, Fault> {
        let step = FlagStep::from_code(word.get_ref()).filter(|step| step.ends());
        step.ok_or_else(|| self.unknown(word))
    }

    /// What is said of some levels, of each once.
    fn by_level<'r, R: 'r, T>(
        self,
        all: impl Iterator<Item = (&'r Spanned<String>, &'r R)>,
        said: impl Fn(&R) -> Result<T, Fault>,
    ) -> Result<Vec<(Level, T)>, Fault> {
        let mut found: Vec<(Level, T)> = Vec::new();
        for (word, one) in all {
            let level = self.level(word)?;
            if found.iter().any(|(known, _)| *known == level) {
                return Err(self.twice(word));
            }
            found.push((level, said(one)?));
        }
        Ok(found)
    }

    fn hours(self, raw: &RawHours) -> Result<Hours, Fault> {
        let time = |word: &Spanned<String>| {
            NaiveTime::parse_from_str(word.get_ref(), "%H:%M")
                .map_err(|_not_a_time| self.unknown(word))
        };
        let hours = Hours { from: time(&raw.from)?, to: time(&raw.to)? };
        if hours.from < hours.to { Ok(hours) } else { Err(self.unknown(&raw.to)) }
    }

    fn limits(self, all: Vec<RawLimit>) -> Result<Vec<Limit>, Fault> {
        let mut limits: Vec<Limit> = Vec::with_capacity(all.len());
        for raw in all {
            let awaits = Awaited::from_code(raw.awaits.get_ref());
            let awaits = awaits.ok_or_else(|| self.unknown(&raw.awaits))?;
            let level = self.level(&raw.level)?;
            if limits.iter().any(|known| (known.level, known.awaits) == (level, awaits)) {
                return Err(self.twice(&raw.awaits));
            }
            let (hours, clock) = (raw.hours, raw.clock);
            let (source, verified) = (raw.source, raw.verified);
            limits.push(Limit { level, awaits, hours, clock, source, verified });
        }
        Ok(limits)
    }

    fn measures(self, all: Vec<RawMeasure>) -> Result<Vec<Measure>, Fault> {
        let mut measures: Vec<Measure> = Vec::with_capacity(all.len());
        for raw in all {
            if measures.iter().any(|known| known.code == *raw.code.get_ref()) {
                return Err(self.twice(&raw.code));
            }
            self.worded(&raw.code, &raw.zh, &raw.en)?;
            raw.steps.iter().try_for_each(|step| self.worded(&raw.code, &step.zh, &step.en))?;
            let levels = raw.levels.iter().map(|word| self.level(word));
            let step = |s: RawStep| MeasureStep { zh: s.zh, en: s.en, workdays: s.workdays };
            measures.push(Measure {
                levels: levels.collect::<Result<_, _>>()?,
                zh: raw.zh,
                en: raw.en,
                steps: raw.steps.into_iter().map(step).collect(),
                source: raw.source,
                verified: raw.verified,
                code: raw.code.into_inner(),
            });
        }
        Ok(measures)
    }

    /// Refuses a measure that has no words in one of the languages.
    fn worded(self, code: &Spanned<String>, zh: &str, en: &str) -> Result<(), Fault> {
        let missing = [("zh", zh), ("en", en)].into_iter().find(|(_, text)| text.trim().is_empty());
        missing.map_or(Ok(()), |(lang, _)| {
            Err(self.fault(code, FaultKind::MissingWords(code.get_ref().clone(), lang)))
        })
    }

    fn contagion(self, raw: RawContagion) -> Result<Contagion, Fault> {
        Ok(Contagion {
            from: self.level(&raw.from)?,
            workdays: raw.workdays,
            most: raw.most,
            echoes: raw.echoes,
            default_days: raw.default_days,
            zh: raw.zh,
            en: raw.en,
        })
    }
}

#[cfg(test)]
mod tests;
