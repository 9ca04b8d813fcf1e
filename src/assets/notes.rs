//! The words by which free text is read: TOML to a lexicon.

mod turns;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use self::turns::RawTurns;
use super::reading::{faults, read};
use super::signals;
use super::warning;
use crate::domain::money::Decimal4;
use crate::form::{Fault, FaultKind};
use crate::notes::{
    Amounts, Attitude, Entry, Held, Lasting, Least, Lexicon, Meaning, Near, Sense, Turns, Twice,
    Unit, Way,
};
use crate::risk::Signals;

const FILE: &str = "notes/default.toml";
const SOURCE: &str = include_str!("../../assets/notes/default.toml");
/// The unit of a limit that times are held against.
const DAYS: &str = "days";
/// What the reader says of a word that it would have to copy, and what it means.
const BORROWED: &str = ", expected a borrowed string";
const ESCAPED: &str = "a word with an escape (\\) or a number; write it as it is, between ' and '";

/// The built-in lexicon, read when the first text is scanned.
pub fn shared() -> Result<Arc<Lexicon>, Fault> {
    static PACK: OnceLock<Result<Arc<Lexicon>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load().map(Arc::new)).clone()
}

/// The built-in lexicon.
fn load() -> Result<Lexicon, Fault> {
    parse(FILE, SOURCE, signals::shared()?.as_ref())
}

/// What the file says. Its words are not copied, for there are twenty thousand: none has an escape.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack<'a> {
    pack: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
    #[serde(with = "RawTurns")]
    turns: Turns,
    #[serde(borrow)]
    amounts: RawAmounts<'a>,
    /// Words that several rules name together, as `@name`.
    #[serde(default)]
    class: Classes<'a>,
    #[serde(default)]
    signal: Vec<RawEntry<'a>>,
    #[serde(default)]
    tag: Vec<RawEntry<'a>>,
    #[serde(default)]
    attitude: Vec<RawEntry<'a>>,
    harmless: RawWords<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAmounts<'a> {
    left: Vec<String>,
    over: Vec<String>,
    under: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    joints: Vec<String>,
    /// What a figure stands behind that others are held against, where a rule names nothing else: the
    /// first list of which a word stands before one counts.
    #[serde(borrow)]
    was: Vec<Vec<&'a str>>,
}

/// The least change: a limit of the library by its name, or a number with its unit.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLeast {
    limit: Option<String>,
    value: Option<String>,
    unit: Option<String>,
}

/// How many days something lasts: limits of the library by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLasting {
    least: Option<String>,
    /// More than these, instead of `least`.
    above: Option<String>,
    most: Option<String>,
    #[serde(default)]
    named: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry<'a> {
    code: toml::Spanned<String>,
    #[serde(borrow)]
    zh: Vec<&'a str>,
    #[serde(borrow)]
    en: Vec<&'a str>,
    #[serde(default)]
    near: Vec<RawSets<'a>>,
    #[serde(default)]
    far: Vec<RawSets<'a>>,
    #[serde(default)]
    held: Vec<toml::Spanned<RawHeld<'a>>>,
    /// Where one of these stands in the sentence the entry finds nothing.
    unless: Option<toml::Spanned<Vec<&'a str>>>,
    /// Signals that are not meant where this one is.
    #[serde(default)]
    instead: Vec<toml::Spanned<String>>,
    least: Option<toml::Spanned<RawLeast>>,
    days: Option<toml::Spanned<RawLasting>>,
}

/// Words by the name of their class, with where they stand.
type Classes<'a> = BTreeMap<String, toml::Spanned<Vec<&'a str>>>;

/// `[[words], [words]]`, with where it stands.
type RawSets<'a> = toml::Spanned<Vec<Vec<&'a str>>>;

/// `{ of = [words], way = "falls" }`: two figures held against each other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHeld<'a> {
    #[serde(borrow)]
    of: Vec<&'a str>,
    way: String,
    than: Option<Vec<&'a str>>,
    by: Option<RawLeast>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords<'a> {
    #[serde(borrow)]
    zh: Vec<&'a str>,
    #[serde(borrow)]
    en: Vec<&'a str>,
}

/// Reads a lexicon; the first fault refuses it, with file and line.
pub fn parse(file: &str, text: &str, signals: &Signals) -> Result<Lexicon, Fault> {
    let fault = faults(file, text);
    let raw: RawPack<'_> = read(text, &fault).map_err(escaped)?;
    let RawAmounts { left, over, under, from, to, joints, was } = raw.amounts;
    let amounts = Amounts { left, over, under, from, to, joints };
    let reader = Reader { file, text, fault: &fault, signals, class: &raw.class, was };
    reader.classes()?;
    let lists = [(Kind::Signal, raw.signal), (Kind::Tag, raw.tag), (Kind::Attitude, raw.attitude)];
    let mut entries = Vec::new();
    for (kind, list) in lists {
        for entry in list {
            entries.push(reader.entry(kind, entry)?);
        }
    }
    let harmless = reader.words(raw.harmless)?;
    Lexicon::new(raw.pack, entries, harmless, raw.turns, amounts)
        .map_err(|Twice(twice)| fault(offset(text, twice), FaultKind::Duplicate(twice.to_owned())))
}

/// A word that can't be taken as it stands in the file is told as such.
fn escaped(fault: Fault) -> Fault {
    match &fault.what {
        FaultKind::Shape(words) if words.ends_with(BORROWED) => {
            Fault { what: FaultKind::Shape(ESCAPED.to_owned()), ..fault }
        }
        _ => fault,
    }
}

/// Where a part of a text stands in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// What entries are read with.
struct Reader<'a, 'b, F> {
    file: &'b str,
    text: &'a str,
    fault: &'b F,
    signals: &'b Signals,
    class: &'b Classes<'a>,
    was: Vec<Vec<&'a str>>,
}

impl<'a, F: Fn(usize, FaultKind) -> Fault> Reader<'a, '_, F> {
    /// Looks at the classes, those that nothing names as well: none is empty, names another one, or a word
    /// twice.
    fn classes(&self) -> Result<(), Fault> {
        for class in self.class.values() {
            let at = class.span().start;
            let mut words = class.get_ref().clone();
            if let Some(named) = words.iter().find(|word| word.starts_with('@')) {
                return Err((self.fault)(at, FaultKind::Unknown((*named).to_owned())));
            }
            words = self.set("class", words, at)?;
            words.sort_unstable();
            let mut pairs = words.iter().zip(words.iter().skip(1));
            if let Some((twice, _)) = pairs.find(|(one, next)| one == next) {
                return Err((self.fault)(at, FaultKind::Duplicate((*twice).to_owned())));
            }
        }
        Ok(())
    }

    /// What an entry says.
    fn entry(&self, kind: Kind, raw: RawEntry<'a>) -> Result<Entry<'a>, Fault> {
        let at = raw.code.span().start;
        let code = raw.code.into_inner();
        let unknown = || (self.fault)(at, FaultKind::Unknown(code.clone()));
        let meaning = match kind {
            Kind::Signal if self.signals.get(&code).is_none() => return Err(unknown()),
            Kind::Signal => Meaning::Signal(code),
            Kind::Tag => Meaning::Tag(code),
            Kind::Attitude => Meaning::Attitude(Attitude::from_code(&code).ok_or_else(unknown)?),
        };
        let least = raw.least.map(|raw| self.least(raw.get_ref(), raw.span().start)).transpose()?;
        let lasting = raw.days.map(|raw| lasting(raw.get_ref(), raw.span().start, self.fault));
        let lasting = lasting.transpose()?;
        let unless = match raw.unless {
            Some(raw) => self.set("unless", raw.get_ref().clone(), raw.span().start)?,
            None => Vec::new(),
        };
        let instead = raw.instead.into_iter().map(|code| self.known(code));
        let instead = instead.collect::<Result<Vec<_>, _>>()?;
        let words = self.words(RawWords { zh: raw.zh, en: raw.en })?;
        let near = raw.near.into_iter().map(|sets| self.near(sets, false));
        let far = raw.far.into_iter().map(|sets| self.near(sets, true));
        let near = near.chain(far).collect::<Result<_, _>>()?;
        let held = raw.held.into_iter().map(|held| self.held(held, least));
        let held = held.collect::<Result<_, _>>()?;
        let sense = Sense { meaning, least, lasting, instead };
        Ok(Entry { sense, words, unless, near, held })
    }

    /// A signal of the library.
    fn known(&self, code: toml::Spanned<String>) -> Result<String, Fault> {
        let at = code.span().start;
        let code = code.into_inner();
        if self.signals.get(&code).is_none() {
            return Err((self.fault)(at, FaultKind::Unknown(code)));
        }
        Ok(code)
    }

    /// The words of both languages.
    fn words(&self, raw: RawWords<'a>) -> Result<Vec<&'a str>, Fault> {
        let mut words = raw.zh;
        words.extend(raw.en);
        match words.iter().find(|word| word.trim().is_empty()) {
            Some(word) => {
                let what = FaultKind::MissingWords(self.file.to_owned(), "zh, en");
                Err((self.fault)(offset(self.text, word), what))
            }
            None => Ok(words),
        }
    }

    fn near(&self, rule: RawSets<'a>, far: bool) -> Result<Near<'a>, Fault> {
        let at = rule.span().start;
        let lists = rule.into_inner();
        if !(if far { 1..=3 } else { 2..=2 }).contains(&lists.len()) {
            let what = "near: two lists of words; far: one to three";
            return Err((self.fault)(at, FaultKind::Shape(what.to_owned())));
        }
        let field = if far { "far" } else { "near" };
        let sets = lists.into_iter().map(|words| self.set(field, words, at));
        Ok(Near { sets: sets.collect::<Result<_, _>>()?, far })
    }

    fn held(
        &self,
        rule: toml::Spanned<RawHeld<'a>>,
        least: Option<Least>,
    ) -> Result<Held<'a>, Fault> {
        let at = rule.span().start;
        let RawHeld { of, way, than, by } = rule.into_inner();
        let of = self.set("of", of, at)?;
        let than = than.map_or_else(|| self.was.clone(), |words| vec![words]);
        let than = than.into_iter().map(|words| self.set("than", words, at));
        let than = than.collect::<Result<_, _>>()?;
        let fault = |what| (self.fault)(at, what);
        let way = Way::from_code(&way).ok_or_else(|| fault(FaultKind::Unknown(way)))?;
        let by = by.map(|raw| self.least(&raw, at)).transpose()?.or(least);
        let nothing = || fault(FaultKind::Shape("held: by is missing".to_owned()));
        Ok(Held { of, than, way, by: by.ok_or_else(nothing)? })
    }

    /// The words of a list in a field, those of its classes in their place.
    fn set(
        &self,
        field: &'static str,
        list: Vec<&'a str>,
        at: usize,
    ) -> Result<Vec<&'a str>, Fault> {
        let fault = |what| Err((self.fault)(at, what));
        let mut words = Vec::with_capacity(list.len());
        for word in list {
            match word.strip_prefix('@').map(|class| self.class.get(class)) {
                Some(Some(class)) => words.extend(class.get_ref()),
                Some(None) => return fault(FaultKind::Unknown(word.to_owned())),
                None => words.push(word),
            }
        }
        if words.is_empty() || words.iter().any(|word| word.trim().is_empty()) {
            return fault(FaultKind::MissingWords(self.file.to_owned(), field));
        }
        Ok(words)
    }

    fn least(&self, raw: &RawLeast, at: usize) -> Result<Least, Fault> {
        least(raw).map_err(|what| (self.fault)(at, what))
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

/// How long something lasts, by limits as they are shipped.
fn lasting<F: Fn(usize, FaultKind) -> Fault>(
    raw: &RawLasting,
    at: usize,
    fault: &F,
) -> Result<Lasting, Fault> {
    let limits = warning::shared_limits()?;
    let days = |name: &String| {
        let limit = limits.get(name).filter(|limit| limit.words.unit == DAYS);
        let whole = limit.map(|limit| limit.value.0 / Decimal4::from_int(1).0);
        whole.ok_or_else(|| fault(at, FaultKind::Unknown(name.clone())))
    };
    let least = match (&raw.least, &raw.above) {
        (Some(name), None) => days(name)?,
        (None, Some(name)) => days(name)? + 1,
        (None, None) if raw.most.is_some() => 0,
        _ => {
            let what = "days: either least or above, or most";
            return Err(fault(at, FaultKind::Shape(what.to_owned())));
        }
    };
    let most = raw.most.as_ref().map(days).transpose()?;
    Ok(Lasting { least, most, named: raw.named })
}

#[derive(Clone, Copy)]
enum Kind {
    Signal,
    Tag,
    Attitude,
}

#[cfg(test)]
mod tests;
