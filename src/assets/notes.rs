//! The words by which free text is read: TOML to a lexicon.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::signals::{self, faults, read};
use super::warning;
use crate::domain::money::Decimal4;
use crate::form::{Fault, FaultKind};
use crate::notes::{
    Amounts, Attitude, Least, Lexicon, Meaning, Near, Sense, Turns, Twice, Unit, pair,
};
use crate::risk::Signals;

const FILE: &str = "notes/default.toml";
const SOURCE: &str = include_str!("../../assets/notes/default.toml");

/// The built-in lexicon, read when the first text is scanned.
pub fn shared() -> Result<Arc<Lexicon>, Fault> {
    static PACK: OnceLock<Result<Arc<Lexicon>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load().map(Arc::new)).clone()
}

/// The built-in lexicon.
pub fn load() -> Result<Lexicon, Fault> {
    parse(FILE, SOURCE, signals::shared()?.as_ref())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    pack: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
    turns: RawTurns,
    amounts: RawAmounts,
    #[serde(default)]
    signal: Vec<RawEntry>,
    #[serde(default)]
    tag: Vec<RawEntry>,
    #[serde(default)]
    attitude: Vec<RawEntry>,
    harmless: RawWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTurns {
    before: Vec<String>,
    after: Vec<String>,
    maybe: Vec<String>,
    once: Vec<String>,
    over: Vec<String>,
    twice: Vec<String>,
    hearsay: Vec<String>,
    seen: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAmounts {
    left: Vec<String>,
    over: Vec<String>,
    under: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    joints: Vec<String>,
}

impl From<RawTurns> for Turns {
    fn from(raw: RawTurns) -> Self {
        let RawTurns { before, after, maybe, once, over, twice, hearsay, seen } = raw;
        Self { before, after, maybe, once, over, twice, hearsay, seen }
    }
}

impl From<RawAmounts> for Amounts {
    fn from(raw: RawAmounts) -> Self {
        let RawAmounts { left, over, under, from, to, joints } = raw;
        Self { left, over, under, from, to, joints }
    }
}

/// The least change: a limit of the library by its name, or a number with its unit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLeast {
    limit: Option<String>,
    value: Option<String>,
    unit: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    code: toml::Spanned<String>,
    zh: Vec<toml::Spanned<String>>,
    en: Vec<toml::Spanned<String>>,
    #[serde(default)]
    near: Vec<RawNear>,
    least: Option<toml::Spanned<RawLeast>>,
}

/// `[[the first words], [those that follow]]`, with where it stands.
type RawNear = toml::Spanned<[Vec<String>; 2]>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    zh: Vec<toml::Spanned<String>>,
    en: Vec<toml::Spanned<String>>,
}

/// Reads a lexicon; the first fault refuses it, with file and line.
pub fn parse(file: &str, text: &str, signals: &Signals) -> Result<Lexicon, Fault> {
    let fault = faults(file, text);
    let raw: RawPack = read(text, &fault)?;
    // With where each stands, for the fault of one that stands twice.
    let mut words: Vec<(usize, String, Sense)> = Vec::new();
    let mut pairs: Vec<(usize, Near)> = Vec::new();
    let mut take = |word: toml::Spanned<String>, sense: &Sense| {
        let at = word.span().start;
        let word = word.into_inner();
        if word.trim().is_empty() {
            return Err(fault(at, FaultKind::MissingWords(file.to_owned(), "zh, en")));
        }
        words.push((at, word, sense.clone()));
        Ok(())
    };
    let entries =
        [(Kind::Signal, raw.signal), (Kind::Tag, raw.tag), (Kind::Attitude, raw.attitude)];
    for (kind, list) in entries {
        for entry in list {
            let at = entry.code.span().start;
            let code = entry.code.into_inner();
            let unknown = || fault(at, FaultKind::Unknown(code.clone()));
            let meaning = match kind {
                Kind::Signal if signals.get(&code).is_none() => return Err(unknown()),
                Kind::Signal => Meaning::Signal(code.clone()),
                Kind::Tag => Meaning::Tag(code.clone()),
                Kind::Attitude => {
                    Meaning::Attitude(Attitude::from_code(&code).ok_or_else(unknown)?)
                }
            };
            let least = entry
                .least
                .map(|raw| least(raw.get_ref()).map_err(|what| fault(raw.span().start, what)));
            let sense = Sense { meaning, least: least.transpose()? };
            for word in entry.zh.into_iter().chain(entry.en) {
                take(word, &sense)?;
            }
            for near in entry.near {
                let at = near.span().start;
                let [first, then] = near.into_inner();
                let empty = |words: &[String]| {
                    words.is_empty() || words.iter().any(|word| word.trim().is_empty())
                };
                if empty(&first) || empty(&then) {
                    return Err(fault(at, FaultKind::MissingWords(file.to_owned(), "near")));
                }
                pairs.push((at, Near { first, then, sense: sense.clone() }));
            }
        }
    }
    for word in raw.harmless.zh.into_iter().chain(raw.harmless.en) {
        take(word, &Sense { meaning: Meaning::Harmless, least: None })?;
    }
    let all = words.iter().map(|(_, word, sense)| (word.as_str(), sense));
    let near = pairs.iter().map(|(_, near)| near);
    Lexicon::new(raw.pack, all, near, raw.turns.into(), raw.amounts.into()).map_err(
        |Twice(twice)| {
            let is = |near: &Near| {
                let mut firsts = near.first.iter();
                firsts.any(|first| near.then.iter().any(|then| pair(first, then) == twice))
            };
            // The last place of a pair, or else of a word.
            let at = pairs.iter().rfind(|(_, near)| is(near)).map(|(at, _)| *at);
            let of_word = || words.iter().rfind(|(_, word, _)| *word == twice).map(|(at, ..)| *at);
            fault(at.or_else(of_word).unwrap_or(0), FaultKind::Duplicate(twice))
        },
    )
}

/// A limit as it is shipped: what a branch changed for itself is not known to words.
fn least(raw: &RawLeast) -> Result<Least, FaultKind> {
    let of = |value: Decimal4, unit: &str| {
        let unit = match unit {
            "percent" => Unit::Percent,
            "points" => Unit::Points,
            other => return Err(FaultKind::Unknown(other.to_owned())),
        };
        Ok(Least { hundredths: value.0 / 100, unit })
    };
    match (&raw.limit, &raw.value, &raw.unit) {
        (Some(name), None, None) => {
            let limits = warning::shared_limits().map_err(|fault| fault.what)?;
            let limit = limits.get(name).ok_or_else(|| FaultKind::Unknown(name.clone()))?;
            of(limit.value, &limit.words.unit)
        }
        (None, Some(value), Some(unit)) => {
            let number = Decimal4::parse(value);
            of(number.map_err(|_no_number| FaultKind::Unknown(value.clone()))?, unit)
        }
        _ => Err(FaultKind::Shape("least: either limit, or value and unit".to_owned())),
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Signal,
    Tag,
    Attitude,
}

#[cfg(test)]
mod tests;
