//! What a pack says beside its words: leasts, amounts, turns and rules.

use super::Sense;
use super::words::make_plain;
use crate::domain::code::codes;

/// The least change from which words are a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// In hundredths of the unit.
    pub hundredths: i64,
    /// Of what.
    pub unit: Unit,
}

codes! {
    /// What a least is counted in.
    pub enum Unit {
        /// Of what it was before.
        Percent = "percent",
        /// Of a share: from 30 % to 20 % is 10 points.
        Points = "points",
    }
}

/// How many days something has to last for words to be a signal: 停工三天 is no standstill of a month.
/// A week counts 7 days, a month 30, a quarter 90, a year 365.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lasting {
    /// So many or more …
    pub least: i64,
    /// … and no more than these; `None` = however many.
    pub most: Option<i64>,
    /// Only where the text names a time; otherwise what names none is a signal as well.
    pub named: bool,
}

impl Lasting {
    /// Whether it is the only signal for its words: they are told as below its least, where others take
    /// over beyond its most.
    pub(super) const fn is_alone(self) -> bool {
        self.most.is_none() && !self.named
    }
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
    pub(super) fn plain(mut self) -> Self {
        let Self { left, over, under, from, to, joints } = &mut self;
        for words in [left, over, under, from, to, joints] {
            make_plain(words);
        }
        self
    }
}

/// Words that say together that something is over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ended {
    /// What stands first: 已.
    pub mark: Vec<String>,
    /// Characters of which alone what lies between may consist: 于10月.
    pub gap: String,
    /// What has ended it: 解冻.
    pub of: Vec<String>,
}

/// Words around lists of which all is denied: 未发现停产、欠税、涉诉等情况.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Deny a list: 未发现.
    pub of: Vec<String>,
    /// Deny one only where it is closed: 没有 停产、欠税等情况.
    pub closed: Vec<String>,
    /// Look like a denial of a list and are none: 没有按 时发工资.
    pub aside: Vec<String>,
    /// Turn what follows, so that it is denied no more: 但.
    pub stops: Vec<String>,
    /// Close a list: 等情况.
    pub closers: Vec<String>,
    /// Join the last item to a list: or.
    pub last: Vec<String>,
}

/// Words that change what other words of their clause mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turns {
    /// Deny what follows: 没有, not.
    pub before: Vec<String>,
    /// Deny all of a list.
    pub listed: Listed,
    /// Deny what stood before: 不属实, was denied.
    pub after: Vec<String>,
    /// Stand alone behind a colon and deny what is asked before it: 涉诉：无.
    pub none: Vec<String>,
    /// Say that what stood before is over: 已于10月解冻.
    pub ended: Ended,
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

impl Turns {
    /// The words as they are compared.
    pub(super) fn plain(mut self) -> Self {
        let Self { before, after, none, maybe, wide, others, own, once, .. } = &mut self;
        for words in [before, after, none, maybe, wide, others, own, once] {
            make_plain(words);
        }
        let Self { over, settled, back, twice, hearsay, unseen, seen, .. } = &mut self;
        for words in [over, settled, back, twice, hearsay, unseen, seen] {
            make_plain(words);
        }
        let Listed { of, closed, aside, stops, closers, last } = &mut self.listed;
        for words in [of, closed, aside, stops, closers, last] {
            make_plain(words);
        }
        make_plain(&mut self.ended.mark);
        make_plain(&mut self.ended.of);
        self
    }
}

/// What a pack says of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The thing.
    pub sense: Sense,
    /// Words that stand for it by themselves.
    pub words: Vec<&'a str>,
    /// Nothing stands for it where one of these stands in the sentence.
    pub unless: Vec<&'a str>,
    /// Words that stand for it near each other.
    pub near: Vec<Near<'a>>,
    /// Figures that stand for it held against each other.
    pub held: Vec<Held<'a>>,
}

/// Words near each other: one of each set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near<'a> {
    /// Two sets of words, of a far rule one to three; `#` in a word stands for a number.
    pub sets: Vec<Vec<&'a str>>,
    /// In any order within the sentence, instead of in this order within one clause.
    pub far: bool,
}

codes! {
    /// Which way a figure has to differ from the one it is held against.
    pub enum Way {
        /// It is less.
        Falls = "falls",
        /// It is more.
        Rises = "rises",
        /// It is less or more.
        Differs = "differs",
    }
}

/// Two figures of a sentence that stand for something where they differ enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held<'a> {
    /// Of what, anywhere in the sentence.
    pub of: Vec<&'a str>,
    /// What stands before the figure that the other one is held against (去年, 计划): the first list
    /// of which a word stands before a figure counts.
    pub than: Vec<Vec<&'a str>>,
    /// How they have to differ …
    pub way: Way,
    /// … and by how much.
    pub by: Least,
}
