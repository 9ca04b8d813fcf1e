//! Pure: reads free text for what the trade calls by name: signals, tags, attitude, amounts, days.
//!
//! No model and no network: words of a pack, the longest that fits first, so that a harmless longer
//! word shields a short one (暂停产品 is no 停产), words of two sets near each other, and two figures
//! held against each other. What is denied, over, somebody else's, asked or only supposed is found as
//! well and marked, and proposes nothing; so are amounts below the least of a signal and what is
//! hearsay. Every finding names the span that caused it.

mod clause;
mod compare;
mod figure;
pub mod hear;
mod near;
mod scan;
mod share;
pub mod transcript;

use std::collections::BTreeMap;
use std::sync::Arc;

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

/// What words stand for, from which amount on, and where they do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// What.
    pub meaning: Meaning,
    /// The text may name no less; `None` = any amount will do.
    pub least: Option<Least>,
    /// Nothing where one of these words stands in the sentence.
    pub unless: Arc<Vec<String>>,
    /// Codes of signals that this one stands instead of: where the guarantor's works stand still, ours
    /// need not.
    pub instead: Arc<Vec<String>>,
}

/// The least change from which words are a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// In hundredths of the unit.
    pub hundredths: i64,
    /// Of what.
    pub unit: Unit,
}

/// What a least is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Of what it was before.
    Percent,
    /// Of a share: from 30 % to 20 % is 10 points.
    Points,
}

/// Words beside amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amounts {
    /// The amount is what is left: 降到, only.
    pub left: Vec<String>,
    /// It is that or more: 超过, at least.
    pub over: Vec<String>,
    /// It is that or less: 不到, under.
    pub under: Vec<String>,
    /// Before the first of two figures: 从, from.
    pub from: Vec<String>,
    /// Between the two: 到, to.
    pub to: Vec<String>,
    /// Between an amount and what it is of: 的, of.
    pub joints: Vec<String>,
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
    /// Only suppose or ask: 是否, whether.
    pub maybe: Vec<String>,
    /// The same for all that follows in the sentence: 如果, if.
    pub wide: Vec<String>,
    /// What follows in the sentence is told of somebody else: 隔壁 …
    pub others: Vec<String>,
    /// … until it is told of the customer again: 他家.
    pub own: Vec<String>,
    /// Tell of former times or of what others say: 去年, 据传.
    pub once: Vec<String>,
    /// Say later in the sentence that this is over or was not so: 已修复, 不实.
    pub over: Vec<String>,
    /// Say later in the sentence that all before is over, former times or not: 一场误会.
    pub settled: Vec<String>,
    /// Take back the sentence before: 没这回事.
    pub back: Vec<String>,
    /// Deny a denial: 不是没有.
    pub twice: Vec<String>,
    /// Only told by others: 听说, reportedly …
    pub hearsay: Vec<String>,
    /// … or, anywhere in the sentence, not looked into: 没处核 …
    pub unseen: Vec<String>,
    /// … unless the sentence says that it was seen: 经核实.
    pub seen: Vec<String>,
}

/// Words near each other that stand for one thing: one of each set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Two sets of words, of a far rule one to three; `#` in a word stands for a number.
    pub sets: Vec<Vec<String>>,
    /// In any order within the sentence, instead of in this order within one clause.
    pub far: bool,
    /// What they stand for.
    pub sense: Sense,
}

/// Which way a figure has to differ from the one it is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is less.
    Falls,
    /// It is more.
    Rises,
    /// It is less or more.
    Differs,
}

impl Way {
    /// The way with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "falls" => Some(Self::Falls),
            "rises" => Some(Self::Rises),
            "differs" => Some(Self::Differs),
            _ => None,
        }
    }
}

/// Two figures of a sentence that stand for something where they differ enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Of what, anywhere in the sentence.
    pub of: Vec<String>,
    /// What stands before the figure that the other one is held against (去年, 计划): the first list
    /// that tells.
    pub than: Vec<Vec<String>>,
    /// How they have to differ …
    pub way: Way,
    /// … and by how much.
    pub by: Least,
    /// What they stand for.
    pub sense: Sense,
}

/// A lexicon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    id: String,
    words: BTreeMap<Vec<char>, Sense>,
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
    /// The text names an amount below the least of the signal.
    Below,
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

/// A word stands twice in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice(pub String);

impl Lexicon {
    /// A lexicon of these words and rules; a word that stands twice is a fault.
    pub fn new(
        id: String,
        words: impl IntoIterator<Item = (String, Sense)>,
        (near, held): (Vec<Near>, Vec<Held>),
        turns: Turns,
        amounts: Amounts,
    ) -> Result<Self, Twice> {
        let mut all = Self { id, turns, amounts, ..Self::default() };
        for (word, sense) in words {
            all.pairs.unless(&sense);
            let chars: Vec<char> = word.chars().map(clause::plain).collect();
            all.longest = all.longest.max(chars.len());
            if all.words.insert(chars, sense).is_some() {
                return Err(Twice(word));
            }
        }
        for near in near {
            all.pairs.take(near);
        }
        for held in held {
            all.compares.take(&mut all.pairs, held);
        }
        Ok(all)
    }

    /// Id of the pack: `notes@4`.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// What the findings of a text propose together.
pub fn propose(findings: &[Finding]) -> Proposal {
    let mut proposal = Proposal::default();
    let mut attitudes: BTreeMap<Attitude, usize> = BTreeMap::new();
    for finding in findings {
        match &finding.what {
            What::Word(Meaning::Signal(code)) if finding.stand == Stand::Hearsay => {
                proposal.hearsay.push(code.clone());
            }
            _ if finding.stand != Stand::Said => {}
            What::Word(Meaning::Signal(code)) => proposal.signals.push(code.clone()),
            What::Word(Meaning::Tag(code)) => proposal.tags.push(code.clone()),
            What::Word(Meaning::Attitude(attitude)) => {
                *attitudes.entry(*attitude).or_default() += 1;
            }
            _ => {}
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
