//! Rules of signals: limits, words of facts, and the branch's own `signals.toml`.
//!
//! A branch may switch signals off, change limits, levels and rules in a file of its own beside the
//! database. It is read whole or not at all: the first fault refuses it with line and reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Deserialize;

use super::reading::{faults, line, read};
use super::signals;
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;
use crate::form::{Fault, FaultKind};
use crate::risk::{Basis, Signals};
use crate::warning::branches::Named;
use crate::warning::{Rules, facts};

const LIMITS_FILE: &str = "limits.toml";
const LIMITS: &str = include_str!("../../assets/signals/limits.toml");
const FACTS_FILE: &str = "facts.toml";
const FACTS: &str = include_str!("../../assets/signals/facts.toml");
/// Name of a branch's own file, beside the database.
pub const OWN_FILE: &str = "signals.toml";

/// Name and unit of a fact or a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
    /// Code of the unit; empty for what has none or tells it itself.
    pub unit: String,
}

/// A limit of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// How it reads.
    pub words: Words,
    /// Its value.
    pub value: Decimal4,
    /// Where it comes from.
    pub source: String,
    /// Whether the bank has confirmed it.
    pub verified: bool,
}

/// Rules by branch.
#[derive(Debug, Clone)]
pub struct Book {
    /// Library and rules for branches without entries of their own.
    pub general: Arc<Rules>,
    /// The library with what the file says for all branches.
    pub signals: Arc<Signals>,
    /// Limits with what the file says for all branches.
    pub limits: BTreeMap<String, Decimal4>,
    /// Every branch that the file names, in order of the lines. A name that nobody has is no fault of
    /// the file: it may be ahead of the people. It is told, not refused.
    pub named: Vec<Named>,
    branches: BTreeMap<String, (Arc<Rules>, Arc<Signals>)>,
}

impl Book {
    /// Whether any rule asks what was answered at visits.
    pub fn asks_for_answers(&self) -> bool {
        let own = self.branches.values().any(|(rules, _)| rules.ask_for_answers());
        own || self.general.ask_for_answers()
    }

    /// The rules for a branch.
    pub fn of(&self, branch: &str) -> &Rules {
        self.branches.get(branch).map_or(&self.general, |(rules, _)| rules)
    }

    /// The library for a branch.
    pub fn signals_of(&self, branch: &str) -> Arc<Signals> {
        Arc::clone(self.branches.get(branch).map_or(&self.signals, |(_, signals)| signals))
    }
}

/// The rules as shipped, read once in the life of the program.
pub fn shared() -> Result<Arc<Book>, Fault> {
    static PACK: OnceLock<Result<Arc<Book>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| compiled(None).map(Arc::new)).clone()
}

/// The rules with a branch's own file. The same text as the last one gives the same rules: each flag
/// that somebody raises or ends asks for them while nobody else can write.
pub fn book(own: &str) -> Result<Arc<Book>, Fault> {
    static LAST: Last = Last::new();
    LAST.book(own)
}

/// What a file came to: rules or a fault.
type Read = Result<Arc<Book>, Fault>;

/// The last text of a file with what it came to.
struct Last(Mutex<Option<(String, Read)>>);

impl Last {
    const fn new() -> Self {
        Self(Mutex::new(None))
    }

    fn book(&self, own: &str) -> Read {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((text, book)) = &*last
            && text == own
        {
            return book.clone();
        }
        let book = compiled(Some(own)).map(Arc::new);
        *last = Some((own.to_owned(), book.clone()));
        book
    }
}

/// The rules with a branch's own file, if there is one.
fn compiled(own: Option<&str>) -> Result<Book, Fault> {
    let library = signals::shared()?;
    let limits: BTreeMap<String, Decimal4> =
        shared_limits()?.iter().map(|(name, limit)| (name.clone(), limit.value)).collect();
    let own = own.map(parse_own).transpose()?.unwrap_or_default();
    let (signals, limits) = own.apply(None, &library, &limits)?;
    let general = compile(&signals, &limits)?;
    let mut branches = BTreeMap::new();
    let named = own.named();
    let own_names: BTreeSet<&str> = named.iter().map(|one| one.branch.as_str()).collect();
    for branch in own_names {
        let (signals, limits) = own.apply(Some(branch), &signals, &limits)?;
        let rules = Arc::new(compile(&signals, &limits)?);
        branches.insert(branch.to_owned(), (rules, Arc::new(signals)));
    }
    Ok(Book { general: Arc::new(general), signals: Arc::new(signals), limits, named, branches })
}

/// A fault of a shipped rule names the place of its signal.
fn compile(signals: &Signals, limits: &BTreeMap<String, Decimal4>) -> Result<Rules, Fault> {
    Rules::compile(signals, limits.clone()).map_err(|(code, what)| Fault {
        line: signals::line_of(&code),
        file: signals::FILE.to_owned(),
        what,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimits {
    #[serde(rename = "pack")]
    _pack: String,
    limit: Vec<RawLimit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimit {
    name: toml::Spanned<String>,
    value: String,
    unit: String,
    zh: String,
    en: String,
    source: String,
    verified: bool,
}

/// The shipped limits by name.
fn limits() -> Result<BTreeMap<String, Limit>, Fault> {
    let fault = faults(LIMITS_FILE, LIMITS);
    let raw: RawLimits = read(LIMITS, &fault)?;
    let mut limits = BTreeMap::new();
    for limit in raw.limit {
        let at = limit.name.span().start;
        let name = limit.name.into_inner();
        let value = Decimal4::parse(&limit.value)
            .map_err(|_not_a_number| fault(at, FaultKind::Unknown(limit.value.clone())))?;
        let words = Words { zh: limit.zh, en: limit.en, unit: limit.unit };
        let (source, verified) = (limit.source, limit.verified);
        if limits.insert(name.clone(), Limit { words, value, source, verified }).is_some() {
            return Err(fault(at, FaultKind::Duplicate(name)));
        }
    }
    Ok(limits)
}

/// The same, read once in the life of the program.
pub fn shared_limits() -> Result<Arc<BTreeMap<String, Limit>>, Fault> {
    static LIMITS: OnceLock<Result<Arc<BTreeMap<String, Limit>>, Fault>> = OnceLock::new();
    LIMITS.get_or_init(|| limits().map(Arc::new)).clone()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFacts {
    #[serde(rename = "pack")]
    _pack: String,
    fact: Vec<RawFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFact {
    name: toml::Spanned<String>,
    #[serde(default)]
    unit: String,
    zh: String,
    en: String,
}

/// The facts in words, by name; read once in the life of the program.
pub fn fact_words() -> Result<Arc<BTreeMap<String, Words>>, Fault> {
    static WORDS: OnceLock<Result<Arc<BTreeMap<String, Words>>, Fault>> = OnceLock::new();
    WORDS.get_or_init(|| read_facts().map(Arc::new)).clone()
}

fn read_facts() -> Result<BTreeMap<String, Words>, Fault> {
    let fault = faults(FACTS_FILE, FACTS);
    let raw: RawFacts = read(FACTS, &fault)?;
    let known = facts::all();
    let mut words = BTreeMap::new();
    for fact in raw.fact {
        let at = fact.name.span().start;
        let name = fact.name.into_inner();
        if !known.iter().any(|(known, _)| *known == name) {
            return Err(fault(at, FaultKind::UnknownName(name)));
        }
        let told = Words { zh: fact.zh, en: fact.en, unit: fact.unit };
        if words.insert(name.clone(), told).is_some() {
            return Err(fault(at, FaultKind::Duplicate(name)));
        }
    }
    Ok(words)
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOwn {
    #[serde(default)]
    limit: Vec<RawOwnLimit>,
    #[serde(default)]
    signal: Vec<RawOwnSignal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOwnLimit {
    name: toml::Spanned<String>,
    value: toml::Spanned<String>,
    branch: Option<toml::Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOwnSignal {
    code: toml::Spanned<String>,
    branch: Option<toml::Spanned<String>>,
    on: Option<bool>,
    level: Option<toml::Spanned<String>>,
    rule: Option<toml::Spanned<String>>,
}

/// A branch's own file, with what makes faults of it.
#[derive(Default)]
struct Own {
    raw: RawOwn,
    text: String,
}

fn parse_own(text: &str) -> Result<Own, Fault> {
    let fault = faults(OWN_FILE, text);
    let raw: RawOwn = read(text, &fault)?;
    let mut seen = Vec::new();
    let keys = raw.limit.iter().map(|limit| (&limit.name, &limit.branch));
    for (name, branch) in keys.chain(raw.signal.iter().map(|s| (&s.code, &s.branch))) {
        let branch = word(branch.as_ref());
        if seen.contains(&(name.get_ref(), branch)) {
            return Err(fault(name.span().start, FaultKind::Duplicate(name.get_ref().clone())));
        }
        seen.push((name.get_ref(), branch));
    }
    Ok(Own { raw, text: text.to_owned() })
}

impl Own {
    /// The branches that entries are for, in order of the lines.
    fn named(&self) -> Vec<Named> {
        let limits = self.raw.limit.iter().filter_map(|limit| limit.branch.as_ref());
        let signals = self.raw.signal.iter().filter_map(|signal| signal.branch.as_ref());
        let named = limits.chain(signals).map(|branch| Named {
            line: line(&self.text, branch.span().start),
            branch: branch.get_ref().clone(),
        });
        let mut all: Vec<Named> = named.collect();
        all.sort_by_key(|one| one.line);
        all
    }

    /// Library and limits with the entries for this branch, `None` = those for all.
    fn apply(
        &self,
        branch: Option<&str>,
        signals: &Signals,
        limits: &BTreeMap<String, Decimal4>,
    ) -> Result<(Signals, BTreeMap<String, Decimal4>), Fault> {
        let fault = faults(OWN_FILE, &self.text);
        let unknown = |word: &toml::Spanned<String>, known: Vec<String>| {
            fault(word.span().start, FaultKind::NoneOf(word.get_ref().clone(), known))
        };
        let no_number = |word: &toml::Spanned<String>| {
            fault(word.span().start, FaultKind::NoNumber(word.get_ref().clone()))
        };
        let mut limits = limits.clone();
        for own in self.raw.limit.iter().filter(|limit| word(limit.branch.as_ref()) == branch) {
            let value =
                Decimal4::parse(own.value.get_ref()).map_err(|_bad| no_number(&own.value))?;
            if value < Decimal4(0) {
                let what = FaultKind::Shape(format!("{} < 0", own.value.get_ref()));
                return Err(fault(own.value.span().start, what));
            }
            if !limits.contains_key(own.name.get_ref()) {
                return Err(unknown(&own.name, limits.keys().cloned().collect()));
            }
            limits.insert(own.name.get_ref().clone(), value);
        }
        let mut signals = signals.clone();
        for own in self.raw.signal.iter().filter(|signal| word(signal.branch.as_ref()) == branch) {
            let code = own.code.get_ref();
            if signals.get(code).is_none() {
                return Err(fault(own.code.span().start, FaultKind::UnknownSignal(code.clone())));
            }
            // A combination counts flags: it has no rule that facts could meet.
            if let Some(rule) = &own.rule
                && signals.get(code).is_some_and(|known| known.basis == Basis::Combination)
            {
                let what = FaultKind::Unsupported(format!("{code}: rule"));
                return Err(fault(rule.span().start, what));
            }
            let level = own.level.as_ref().map(|word| {
                Level::from_code(word.get_ref()).ok_or_else(|| unknown(word, levels()))
            });
            let level = level.transpose()?;
            signals = signals.with_change(code, |signal| {
                signal.on = own.on.unwrap_or(signal.on);
                if let Some(level) = level {
                    signal.set_level(level);
                }
                if let Some(rule) = &own.rule {
                    signal.basis = Basis::Rule(rule.get_ref().clone());
                    // What was graver under the shipped rule says nothing under another one.
                    signal.graver = None;
                }
            });
            if let Some(rule) = &own.rule {
                // Compiled alone, so that the fault has its own place in the file.
                let vocabulary = crate::form::rule::Vocabulary::new(facts::all(), limits.clone());
                vocabulary.rule(rule.get_ref()).map_err(|what| fault(rule.span().start, what))?;
            }
        }
        Ok((signals, limits))
    }
}

/// The codes of the levels.
fn levels() -> Vec<String> {
    Level::ALL.iter().map(|level| level.as_code().to_owned()).collect()
}

/// A word that may be there, without its place.
fn word(spanned: Option<&toml::Spanned<String>>) -> Option<&str> {
    spanned.map(|word| word.get_ref().as_str())
}

#[cfg(test)]
mod tests;
