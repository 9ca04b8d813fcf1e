//! Pure: reads free text for what the trade calls by name: signals, tags, attitude, amounts, days.
//!
//! No model and no network: words of a pack, the longest that fits first, so that a harmless longer
//! word shields a short one (暂停产品 is no 停产), and pairs of words near each other. What is denied,
//! over, asked or only supposed is found as well and marked, and proposes nothing. Every finding names
//! the span that caused it.

mod clause;
mod figure;
pub mod hear;
mod near;
pub mod transcript;

use std::collections::BTreeMap;

pub use near::pair;

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
    /// Nothing: shields shorter words within.
    Harmless,
}

/// How a person behaves in a talk; a hint, never a judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attitude {
    /// 配合
    Cooperative,
    /// 回避
    Evasive,
    /// 抵触
    Hostile,
}

impl Attitude {
    /// Its code.
    pub const fn as_code(self) -> &'static str {
        match self {
            Self::Cooperative => "cooperative",
            Self::Evasive => "evasive",
            Self::Hostile => "hostile",
        }
    }

    /// The attitude with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Cooperative, Self::Evasive, Self::Hostile]
            .into_iter()
            .find(|attitude| attitude.as_code() == code)
    }
}

/// Words that change what other words of their clause mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turns {
    /// Deny what follows: 没有, not.
    pub before: Vec<String>,
    /// Deny what stood before: 不属实, was denied.
    pub after: Vec<String>,
    /// Only suppose or ask: 如果, whether.
    pub maybe: Vec<String>,
    /// Tell of former times or of what others say: 去年, 据传.
    pub once: Vec<String>,
    /// Say later in the sentence that this is over or was not so: 已修复, 不实.
    pub over: Vec<String>,
}

/// Words near each other that stand for one thing: any of the first, then any of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// What comes first.
    pub first: Vec<String>,
    /// What follows.
    pub then: Vec<String>,
    /// What they stand for.
    pub meaning: Meaning,
}

/// A lexicon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    id: String,
    words: BTreeMap<Vec<char>, Meaning>,
    longest: usize,
    pairs: near::Pairs,
    turns: Turns,
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

/// A clause in its sentence.
struct Place<'a> {
    chars: &'a [char],
    sentence: (usize, usize),
    clause: (usize, usize),
}

/// Where words stand; of one word alone nothing lies between.
struct Span {
    start: usize,
    /// Behind the first of two.
    behind: usize,
    /// First character of the second.
    then: usize,
    /// Behind the last character.
    end: usize,
}

/// What a whole text proposes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Signals that are said, each once, in order of code.
    pub signals: Vec<String>,
    /// Tags that are said.
    pub tags: Vec<String>,
    /// The attitude with the most mentions; the graver of two.
    pub attitude: Option<Attitude>,
}

/// A word or a pair stands twice in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice(pub String);

impl Lexicon {
    /// A lexicon of these words and pairs; what stands twice is a fault.
    pub fn new(
        id: String,
        words: impl IntoIterator<Item = (String, Meaning)>,
        near: impl IntoIterator<Item = Near>,
        turns: Turns,
    ) -> Result<Self, Twice> {
        let mut all = Self { id, turns, ..Self::default() };
        for (word, meaning) in words {
            let chars: Vec<char> = word.chars().map(clause::plain).collect();
            all.longest = all.longest.max(chars.len());
            if all.words.insert(chars, meaning).is_some() {
                return Err(Twice(word));
            }
        }
        for near in near {
            for first in &near.first {
                for then in &near.then {
                    all.pairs.take(first, then, near.meaning.clone())?;
                }
            }
        }
        Ok(all)
    }

    /// Id of the pack: `notes@2`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Everything that stands in a text, in its order.
    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let chars: Vec<char> = text.chars().map(clause::plain).collect();
        let mut findings = figure::figures(&chars);
        for sentence in clause::sentences(&chars) {
            for clause in clause::clauses(&chars, sentence) {
                findings.extend(self.words_of(&Place { chars: &chars, sentence, clause }));
            }
        }
        findings.sort_by_key(|finding| (finding.start, finding.end));
        findings
    }

    fn words_of(&self, place: &Place<'_>) -> Vec<Finding> {
        let (mut at, to) = place.clause;
        let mut found = Vec::new();
        while at < to {
            let Some((meaning, span)) = self.meaning_at(place.chars, at, to) else {
                at += 1;
                continue;
            };
            if *meaning != Meaning::Harmless {
                let stand = clause::stand(&self.turns, place, &span);
                let what = What::Word(meaning.clone());
                found.push(Finding { what, stand, start: at, end: span.end });
            }
            at = span.end;
        }
        found
    }

    /// What stands here: a word, or else a pair.
    fn meaning_at(&self, chars: &[char], at: usize, to: usize) -> Option<(&Meaning, Span)> {
        if let Some((start, meaning, end)) = self.longest_at(chars, at, to) {
            return Some((meaning, Span { start, behind: start, then: start, end }));
        }
        self.pairs.at(chars, at, to).map(|pair| (pair.meaning, pair.span))
    }

    /// The longest word of the pack that begins here, where a word can begin.
    fn longest_at(&self, chars: &[char], at: usize, to: usize) -> Option<(usize, &Meaning, usize)> {
        if !clause::may_begin(chars, at) {
            return None;
        }
        let most = (at + self.longest).min(to);
        (at + 1..=most).rev().find_map(|end| {
            let meaning = self.words.get(chars.get(at..end)?)?;
            clause::may_end(chars, end).then_some((at, meaning, end))
        })
    }
}

/// What the findings of a text propose together.
pub fn propose(findings: &[Finding]) -> Proposal {
    let mut proposal = Proposal::default();
    let mut attitudes: BTreeMap<Attitude, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.stand == Stand::Said) {
        match &finding.what {
            What::Word(Meaning::Signal(code)) => proposal.signals.push(code.clone()),
            What::Word(Meaning::Tag(code)) => proposal.tags.push(code.clone()),
            What::Word(Meaning::Attitude(attitude)) => {
                *attitudes.entry(*attitude).or_default() += 1;
            }
            _ => {}
        }
    }
    for codes in [&mut proposal.signals, &mut proposal.tags] {
        codes.sort();
        codes.dedup();
    }
    proposal.attitude = attitudes.into_iter().max_by_key(|(a, n)| (*n, *a)).map(|(a, _)| a);
    proposal
}

#[cfg(test)]
mod tests;
