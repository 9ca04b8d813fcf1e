//! The words by which free text is read: TOML to a lexicon.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::signals::{self, faults, read};
use crate::form::{Fault, FaultKind};
use crate::notes::{Attitude, Lexicon, Meaning, Near, Turns, Twice, pair};
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    code: toml::Spanned<String>,
    zh: Vec<toml::Spanned<String>>,
    en: Vec<toml::Spanned<String>>,
    #[serde(default)]
    near: Vec<RawNear>,
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
    let mut words: Vec<(String, Meaning)> = Vec::new();
    let mut pairs: Vec<(usize, Near)> = Vec::new();
    // Where a word stands, for the fault of a word that stands twice: the last place.
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut take = |word: toml::Spanned<String>, meaning: &Meaning| {
        let at = word.span().start;
        let word = word.into_inner();
        if word.trim().is_empty() {
            return Err(fault(at, FaultKind::MissingWords(file.to_owned(), "zh, en")));
        }
        places.insert(word.clone(), at);
        words.push((word, meaning.clone()));
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
            for word in entry.zh.into_iter().chain(entry.en) {
                take(word, &meaning)?;
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
                pairs.push((at, Near { first, then, meaning: meaning.clone() }));
            }
        }
    }
    for word in raw.harmless.zh.into_iter().chain(raw.harmless.en) {
        take(word, &Meaning::Harmless)?;
    }
    for (at, near) in &pairs {
        for first in &near.first {
            places.extend(near.then.iter().map(|then| (pair(first, then), *at)));
        }
    }
    let near = pairs.into_iter().map(|(_, near)| near);
    let RawTurns { before, after, maybe, once, over } = raw.turns;
    let turns = Turns { before, after, maybe, once, over };
    Lexicon::new(raw.pack, words, near, turns).map_err(|Twice(word)| {
        let at = places.get(&word).copied().unwrap_or(0);
        fault(at, FaultKind::Duplicate(word))
    })
}

#[derive(Clone, Copy)]
enum Kind {
    Signal,
    Tag,
    Attitude,
}

#[cfg(test)]
mod tests;
