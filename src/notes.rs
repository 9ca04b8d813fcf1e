//! Pure: reads free text for what the trade calls by name: signals, tags, attitude, amounts, days.
//!
//! No model and no network: words of a pack, the longest that fits first, so that a harmless longer
//! word shields a short one (暂停产品 is no 停产), words of two sets near each other, and two figures
//! held against each other. What is denied, over, somebody else's, asked or only supposed is found as
//! well and marked, and proposes nothing; so are amounts below the least of a signal, times too short
//! for it and what is hearsay. Every finding names the span that caused it.

mod amount;
mod clause;
mod compare;
mod days;
mod figure;
pub mod hear;
mod lines;
mod listed;
mod near;
mod number;
mod pack;
mod scan;
mod share;
pub mod transcript;
mod words;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use pack::{Amounts, Ended, Entry, Held, Lasting, Least, Listed, Near, Turns, Unit, Way};

use crate::domain::code::codes;
use crate::domain::heard::HeardKind;
use crate::domain::money::Fen;

/// What a word of the pack stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A signal of the library: `OPS-01`.
    Signal(String),
    /// A tag: `private_lending`.
    Tag(String),
    /// How the person met behaves.
    Attitude(Attitude),
}

impl Meaning {
    /// Its kind and code.
    pub fn coded(&self) -> (HeardKind, &str) {
        match self {
            Self::Signal(code) => (HeardKind::Signal, code),
            Self::Tag(code) => (HeardKind::Tag, code),
            Self::Attitude(attitude) => (HeardKind::Attitude, attitude.as_code()),
        }
    }
}

/// What words stand for, and from which amount on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// What.
    pub meaning: Meaning,
    /// The text may name no less; `None` = any amount will do.
    pub least: Option<Least>,
    /// How long it has to last; `None` = any time will do.
    pub lasting: Option<Lasting>,
    /// Codes of signals that this one stands instead of: where the guarantor's works stand still, ours
    /// need not.
    pub instead: Vec<String>,
}

codes! {
    /// How a person behaves in a talk; a hint, never a judgement.
    pub enum Attitude {
        /// 配合
        Cooperative = "cooperative",
        /// 回避
        Evasive = "evasive",
        /// 抵触
        Hostile = "hostile",
    }
}

/// A lexicon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    id: String,
    /// `None` = harmless: shields shorter words within.
    words: BTreeMap<Vec<char>, Option<Arc<near::Meant>>>,
    longest: usize,
    pairs: near::Pairs,
    compares: compare::Compares,
    turns: Turns,
    amounts: Amounts,
}

/// How a word stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// It is said.
    Said,
    /// It is denied, or over.
    Denied,
    /// It is asked or supposed.
    Supposed,
    /// Only others tell of it.
    Hearsay,
    /// The text names an amount below the least of the signal, or a time that it does not mean.
    Below,
}

impl Stand {
    /// Whether it is told as it is, by whomever.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Said | Self::Hearsay)
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A word of the pack.
    Word(Meaning),
    /// An amount of money.
    Amount(Fen),
    /// A day or month, as it is written.
    Day,
}

/// A finding with the span that caused it, in characters of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: What,
    /// How it stands.
    pub stand: Stand,
    /// First character.
    pub start: usize,
    /// Behind the last character.
    pub end: usize,
}

impl Finding {
    /// What words name, where it counts: what is said, and signals that are only hearsay.
    pub fn counts(&self) -> Option<&Meaning> {
        let What::Word(meaning) = &self.what else { return None };
        let counts = matches!(
            (meaning, self.stand),
            (Meaning::Signal(_), Stand::Hearsay) | (_, Stand::Said)
        );
        counts.then_some(meaning)
    }
}

/// A clause in its sentence. What either says around its words is worked out for the first word that
/// asks, and kept for the others.
struct Place<'a> {
    chars: &'a [char],
    sentence: (usize, usize),
    told: &'a OnceCell<clause::Told>,
    clause: (usize, usize),
    turned: OnceCell<clause::Turned>,
    named: OnceCell<share::Named>,
}

/// Where words stand; of one word alone nothing lies between.
struct Span {
    start: usize,
    /// Behind the one before the last.
    behind: usize,
    /// First character of the last.
    then: usize,
    /// Behind the last character.
    end: usize,
    /// Of a far rule: only what stands close denies it.
    far: bool,
}

/// What a whole text proposes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Signals that are said, each once, in order of code.
    pub signals: Vec<String>,
    /// Signals that only others tell of: none of them is proposed.
    pub hearsay: Vec<String>,
    /// Tags that are said.
    pub tags: Vec<String>,
    /// The attitude with the most mentions; the graver of two.
    pub attitude: Option<Attitude>,
}

/// A word stands twice in a pack: the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twice<'a>(pub &'a str);

impl Lexicon {
    /// A lexicon of these entries and harmless words; a word that stands twice, or twice in a set of
    /// words, is a fault.
    pub fn new<'a>(
        id: String,
        entries: Vec<Entry<'a>>,
        harmless: Vec<&'a str>,
        turns: Turns,
        amounts: Amounts,
    ) -> Result<Self, Twice<'a>> {
        let (turns, amounts) = (turns.plain(), amounts.plain());
        let mut all = Self { id, turns, amounts, ..Self::default() };
        let mut sets = near::Sets::default();
        let mut rules = Vec::new();
        for Entry { sense, words, unless, near, held } in entries {
            let meant = Arc::new(sets.meant(sense, unless));
            for word in words {
                all.take(word, Some(&meant))?;
            }
            rules.push((meant, near, held));
        }
        for word in harmless {
            all.take(word, None)?;
        }
        // Of two rules that find the same the one with the earlier set is told: those of words come first.
        for (meant, near, _) in &mut rules {
            for rule in near.drain(..) {
                all.pairs.take(&mut sets, rule, meant);
            }
        }
        for (meant, _, held) in rules {
            for rule in held {
                all.compares.take(&mut sets, rule, &meant);
            }
        }
        all.pairs.close(sets)?;
        Ok(all)
    }

    /// Takes a word in, `None` = a harmless one.
    fn take<'a>(
        &mut self,
        word: &'a str,
        meant: Option<&Arc<near::Meant>>,
    ) -> Result<(), Twice<'a>> {
        let chars: Vec<char> = word.chars().map(words::plain).collect();
        self.longest = self.longest.max(chars.len());
        let twice = self.words.insert(chars, meant.cloned()).is_some();
        if twice { Err(Twice(word)) } else { Ok(()) }
    }

    /// Id of the pack: `notes@7`.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// What the findings of a text propose together.
pub fn propose(findings: &[Finding]) -> Proposal {
    let mut proposal = Proposal::default();
    let mut attitudes: BTreeMap<Attitude, usize> = BTreeMap::new();
    for finding in findings {
        match finding.counts() {
            Some(Meaning::Signal(code)) if finding.stand == Stand::Hearsay => {
                proposal.hearsay.push(code.clone());
            }
            Some(Meaning::Signal(code)) => proposal.signals.push(code.clone()),
            Some(Meaning::Tag(code)) => proposal.tags.push(code.clone()),
            Some(Meaning::Attitude(attitude)) => *attitudes.entry(*attitude).or_default() += 1,
            None => {}
        }
    }
    for codes in [&mut proposal.signals, &mut proposal.hearsay, &mut proposal.tags] {
        codes.sort();
        codes.dedup();
    }
    let Proposal { signals, hearsay, .. } = &mut proposal;
    hearsay.retain(|code| !signals.contains(code));
    proposal.attitude = attitudes.into_iter().max_by_key(|(a, n)| (*n, *a)).map(|(a, _)| a);
    proposal
}

#[cfg(test)]
mod tests;
