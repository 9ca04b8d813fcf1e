//! Pure: reads free text for what the trade calls by name: signals, tags, attitude, amounts, days.
//!
//! No model and no network: words of a pack, the longest that fits first, so that a harmless longer
//! word shields a short one (暂停产品 is no 停产), and pairs of words near each other. What is denied,
//! over, asked or only supposed is found as well and marked, and proposes nothing; so are amounts below
//! the least of a signal and what is hearsay. Every finding names the span that caused it.

mod clause;
mod figure;
pub mod hear;
mod near;
mod share;
pub mod transcript;

use std::cell::OnceCell;
use std::collections::BTreeMap;

pub use near::pair;

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
    /// Nothing: shields shorter words within.
    Harmless,
}

impl Meaning {
    /// Its kind and code; harmless words have none.
    pub fn coded(&self) -> Option<(HeardKind, &str)> {
        match self {
            Self::Signal(code) => Some((HeardKind::Signal, code)),
            Self::Tag(code) => Some((HeardKind::Tag, code)),
            Self::Attitude(attitude) => Some((HeardKind::Attitude, attitude.as_code())),
            Self::Harmless => None,
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

impl Amounts {
    /// The words as they are compared.
    fn plain(mut self) -> Self {
        let Self { left, over, under, from, to, joints } = &mut self;
        for words in [left, over, under, from, to, joints] {
            clause::make_plain(words);
        }
        self
    }
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
    /// Deny a denial: 不是没有.
    pub twice: Vec<String>,
    /// Only told by others: 听说, reportedly …
    pub hearsay: Vec<String>,
    /// … unless the sentence says that it was seen: 经核实.
    pub seen: Vec<String>,
}

impl Turns {
    /// The words as they are compared.
    fn plain(mut self) -> Self {
        let Self { before, after, maybe, once, over, twice, hearsay, seen } = &mut self;
        for words in [before, after, maybe, once, over, twice, hearsay, seen] {
            clause::make_plain(words);
        }
        self
    }
}

/// Words near each other that stand for one thing: any of the first, then any of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// What comes first.
    pub first: Vec<String>,
    /// What follows.
    pub then: Vec<String>,
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

impl Finding {
    /// What words name, where it counts: what is said, and signals that are only hearsay.
    pub fn counts(&self) -> Option<&Meaning> {
        let What::Word(meaning) = &self.what else { return None };
        let counts = match (meaning, self.stand) {
            (Meaning::Harmless, _) => false,
            (Meaning::Signal(_), Stand::Hearsay) | (_, Stand::Said) => true,
            _ => false,
        };
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
    /// Signals that only others tell of: none of them is proposed.
    pub hearsay: Vec<String>,
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
    pub fn new<'a>(
        id: String,
        words: impl IntoIterator<Item = (&'a str, &'a Sense)>,
        near: impl IntoIterator<Item = &'a Near>,
        turns: Turns,
        amounts: Amounts,
    ) -> Result<Self, Twice> {
        let (turns, amounts) = (turns.plain(), amounts.plain());
        let mut all = Self { id, turns, amounts, ..Self::default() };
        for (word, sense) in words {
            let chars: Vec<char> = word.chars().map(clause::plain).collect();
            all.longest = all.longest.max(chars.len());
            if all.words.insert(chars, sense.clone()).is_some() {
                return Err(Twice(word.to_owned()));
            }
        }
        for near in near {
            for first in &near.first {
                for then in &near.then {
                    all.pairs.take(first, then, near.sense.clone())?;
                }
            }
        }
        Ok(all)
    }

    /// Id of the pack: `notes@4`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Everything that stands in a text, in its order.
    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let chars: Vec<char> = text.chars().map(clause::plain).collect();
        let mut findings = figure::figures(&chars);
        for sentence in clause::sentences(&chars) {
            let told = OnceCell::new();
            for clause in clause::clauses(&chars, sentence) {
                let (turned, named) = (OnceCell::new(), OnceCell::new());
                let place = Place { chars: &chars, sentence, told: &told, clause, turned, named };
                findings.extend(self.words_of(&place));
            }
        }
        findings.sort_by_key(|finding| (finding.start, finding.end));
        findings
    }

    fn words_of(&self, place: &Place<'_>) -> Vec<Finding> {
        let (mut at, to) = place.clause;
        let mut found = Vec::new();
        while at < to {
            let Some((sense, span)) = self.sense_at(place.chars, at, to) else {
                at += 1;
                continue;
            };
            if sense.meaning != Meaning::Harmless {
                let stand = self.stand(sense, place, &span);
                let what = What::Word(sense.meaning.clone());
                found.push(Finding { what, stand, start: at, end: span.end });
            }
            at = span.end;
        }
        found
    }

    /// How it stands; an amount too small is told before whose words it is.
    fn stand(&self, sense: &Sense, place: &Place<'_>, span: &Span) -> Stand {
        let stand = clause::stand(&self.turns, place, span);
        let open = matches!(stand, Stand::Said | Stand::Hearsay);
        let below = |least| share::is_below(&self.amounts, least, place, span);
        if open && sense.least.is_some_and(below) { Stand::Below } else { stand }
    }

    /// What stands here: a word, or else a pair.
    fn sense_at(&self, chars: &[char], at: usize, to: usize) -> Option<(&Sense, Span)> {
        if let Some((start, sense, end)) = self.longest_at(chars, at, to) {
            return Some((sense, Span { start, behind: start, then: start, end }));
        }
        self.pairs.at(chars, at, to).map(|pair| (pair.sense, pair.span))
    }

    /// The longest word of the pack that begins here, where a word can begin.
    fn longest_at(&self, chars: &[char], at: usize, to: usize) -> Option<(usize, &Sense, usize)> {
        if !clause::may_begin(chars, at) {
            return None;
        }
        let most = (at + self.longest).min(to);
        (at + 1..=most).rev().find_map(|end| {
            let sense = self.words.get(chars.get(at..end)?)?;
            clause::may_end(chars, end).then_some((at, sense, end))
        })
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
            Some(Meaning::Harmless) | None => {}
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
