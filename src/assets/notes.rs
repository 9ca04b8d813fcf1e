//! The words by which free text is read: TOML to a lexicon.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::signals::{self, faults, read};
use super::warning;
use crate::domain::money::Decimal4;
use crate::form::{Fault, FaultKind};
use crate::notes::{
    Amounts, Attitude, Held, Least, Lexicon, Meaning, Near, Sense, Turns, Twice, Unit, Way,
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
fn load() -> Result<Lexicon, Fault> {
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
    /// Words that several rules name together, as `@name`.
    #[serde(default)]
    class: BTreeMap<String, toml::Spanned<Vec<String>>>,
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
    wide: Vec<String>,
    others: Vec<String>,
    own: Vec<String>,
    once: Vec<String>,
    over: Vec<String>,
    settled: Vec<String>,
    back: Vec<String>,
    twice: Vec<String>,
    hearsay: Vec<String>,
    unseen: Vec<String>,
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
    /// What a figure stands behind that others are held against, where a rule names nothing else: the
    /// first list of which a word stands before one counts.
    was: Vec<Vec<String>>,
}

impl From<RawTurns> for Turns {
    fn from(raw: RawTurns) -> Self {
        let RawTurns {
            before,
            after,
            maybe,
            wide,
            others,
            own,
            once,
            over,
            settled,
            back,
            twice,
            hearsay,
            unseen,
            seen,
        } = raw;
        Self {
            before,
            after,
            maybe,
            wide,
            others,
            own,
            once,
            over,
            settled,
            back,
            twice,
            hearsay,
            unseen,
            seen,
        }
    }
}

impl From<RawAmounts> for Amounts {
    fn from(raw: RawAmounts) -> Self {
        let RawAmounts { left, over, under, from, to, joints, was: _ } = raw;
        Self { left, over, under, from, to, joints }
    }
}

/// The least change: a limit of the library by its name, or a number with its unit.
#[derive(Clone, Deserialize)]
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
    near: Vec<RawSets>,
    #[serde(default)]
    far: Vec<RawSets>,
    #[serde(default)]
    held: Vec<toml::Spanned<RawHeld>>,
    /// Where one of these stands in the sentence the entry finds nothing.
    unless: Option<toml::Spanned<Vec<String>>>,
    /// Signals that are not meant where this one is.
    #[serde(default)]
    instead: Vec<toml::Spanned<String>>,
    least: Option<toml::Spanned<RawLeast>>,
}

/// `[[words], [words]]`, with where it stands.
type RawSets = toml::Spanned<Vec<Vec<String>>>;

/// `{ of = [words], way = "falls" }`: two figures held against each other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHeld {
    of: Vec<String>,
    way: String,
    than: Option<Vec<String>>,
    by: Option<RawLeast>,
}

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
    let mut words: Vec<(usize, String, Option<Sense>)> = Vec::new();
    let (mut near, mut held) = (Vec::new(), Vec::new());
    let sets = Sets::of(&raw.class, &fault)?;
    let mut take = |word: toml::Spanned<String>, sense: Option<&Sense>| {
        let at = word.span().start;
        let word = word.into_inner();
        if word.trim().is_empty() {
            return Err(fault(at, FaultKind::MissingWords(file.to_owned(), "zh, en")));
        }
        words.push((at, word, sense.cloned()));
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
            let least_of = |raw: &RawLeast, at| least(raw).map_err(|what| fault(at, what));
            let least = entry.least.map(|raw| least_of(raw.get_ref(), raw.span().start));
            let unless = match entry.unless {
                Some(raw) => sets.words("unless", raw.get_ref(), raw.span().start, &fault)?,
                None => Vec::new(),
            };
            let known = |code: toml::Spanned<String>| {
                let at = code.span().start;
                let code = code.into_inner();
                let unknown = || fault(at, FaultKind::Unknown(code.clone()));
                signals.get(&code).is_some().then(|| code.clone()).ok_or_else(unknown)
            };
            let instead = entry.instead.into_iter().map(known).collect::<Result<Vec<_>, _>>()?;
            let (unless, instead) = (Arc::new(unless), Arc::new(instead));
            let sense = Sense { meaning, least: least.transpose()?, unless, instead };
            for word in entry.zh.into_iter().chain(entry.en) {
                take(word, Some(&sense))?;
            }
            let rules = [(false, entry.near), (true, entry.far)];
            for (far, rule) in
                rules.into_iter().flat_map(|(far, all)| all.into_iter().map(move |r| (far, r)))
            {
                let at = rule.span().start;
                let lists = rule.into_inner();
                if !(if far { 1..=3 } else { 2..=2 }).contains(&lists.len()) {
                    let what = "near: two lists of words; far: one to three";
                    return Err(fault(at, FaultKind::Shape(what.to_owned())));
                }
                let field = if far { "far" } else { "near" };
                let lists = lists.iter().map(|words| sets.words(field, words, at, &fault));
                let sets = lists.collect::<Result<_, _>>()?;
                near.push(Near { sets, far, sense: sense.clone() });
            }
            for rule in entry.held {
                let at = rule.span().start;
                let RawHeld { of, way, than, by } = rule.into_inner();
                let of = sets.words("of", &of, at, &fault)?;
                let than = than.map_or_else(|| raw.amounts.was.clone(), |words| vec![words]);
                let than = than.iter().map(|words| sets.words("than", words, at, &fault));
                let than = than.collect::<Result<Vec<_>, _>>()?;
                let unknown = || fault(at, FaultKind::Unknown(way.clone()));
                let way = Way::from_code(&way).ok_or_else(unknown)?;
                let by = by.map(|raw| least_of(&raw, at)).transpose()?.or(sense.least);
                let nothing = || fault(at, FaultKind::Shape("held: by is missing".to_owned()));
                let by = by.ok_or_else(nothing)?;
                // What is held against another figure has been weighed.
                let sense = Sense { least: None, ..sense.clone() };
                held.push(Held { of, than, way, by, sense });
            }
        }
    }
    for word in raw.harmless.zh.into_iter().chain(raw.harmless.en) {
        take(word, None)?;
    }
    let all = words.iter().map(|(_, word, sense)| (word.as_str(), sense.as_ref()));
    Lexicon::new(raw.pack, all, (near, held), raw.turns.into(), raw.amounts.into()).map_err(
        |Twice(twice)| {
            // The last place.
            let place = words.iter().rfind(|(_, word, _)| *word == twice);
            fault(place.map_or(0, |(at, ..)| *at), FaultKind::Duplicate(twice))
        },
    )
}

/// The classes of a pack.
struct Sets<'a>(&'a BTreeMap<String, toml::Spanned<Vec<String>>>);

impl<'a> Sets<'a> {
    /// All of them: none is empty, no word stands in one twice.
    fn of(
        raw: &'a BTreeMap<String, toml::Spanned<Vec<String>>>,
        fault: &impl Fn(usize, FaultKind) -> Fault,
    ) -> Result<Self, Fault> {
        let none = BTreeMap::new();
        for words in raw.values() {
            // A class names no classes.
            Sets(&none).words("class", words.get_ref(), words.span().start, fault)?;
        }
        Ok(Self(raw))
    }

    /// The words of a list in a field, those of its classes in their place.
    fn words(
        &self,
        field: &'static str,
        list: &[String],
        at: usize,
        fault: &impl Fn(usize, FaultKind) -> Fault,
    ) -> Result<Vec<String>, Fault> {
        let mut words: Vec<String> = Vec::new();
        for word in list {
            match word.strip_prefix('@') {
                Some(class) => {
                    let class = self.0.get(class);
                    let unknown = || fault(at, FaultKind::Unknown(word.clone()));
                    words.extend(class.ok_or_else(unknown)?.get_ref().iter().cloned());
                }
                None => words.push(word.clone()),
            }
        }
        if words.is_empty() || words.iter().any(|word| word.trim().is_empty()) {
            return Err(fault(at, FaultKind::MissingWords(FILE.to_owned(), field)));
        }
        let mut seen = BTreeSet::new();
        match words.iter().find(|word| !seen.insert(word.as_str())) {
            Some(twice) => Err(fault(at, FaultKind::Duplicate(twice.clone()))),
            None => Ok(words),
        }
    }
}

/// A limit as it is shipped: what a branch changed for itself is not known to words.
fn least(raw: &RawLeast) -> Result<Least, FaultKind> {
    let of = |value: Decimal4, unit: &str| {
        let unit = Unit::from_code(unit).ok_or_else(|| FaultKind::Unknown(unit.to_owned()))?;
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
