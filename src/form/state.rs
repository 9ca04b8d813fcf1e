//! What the form says about the answers that are there: everything a screen or a check needs.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::definition::{Item, Kind, Needed, Proposal, Threshold, Words};
use crate::domain::answer::{Answer, Evidence, Value};
use crate::domain::gap::{Gap, GapKind};
use crate::domain::money::Decimal4;
use crate::risk::Light;

/// The judged form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The relevant items, in order; cells of a repeat group follow their group.
    pub rows: Vec<Row>,
    /// The sections that have rows, in order.
    pub sections: Vec<SectionState>,
    /// What is wrong, in the order of the rows.
    pub gaps: Vec<Gap>,
    /// Flags that the answers suggest, in the order of the rows.
    pub proposals: Vec<Proposal>,
    /// Cross-checks that concern this customer.
    pub checks: Vec<Check>,
    /// Counts over the whole form.
    pub progress: Progress,
}

impl State {
    /// Whether no hard gap is left.
    pub fn is_complete(&self) -> bool {
        self.gaps.iter().all(|gap| !gap.kind.is_hard())
    }

    /// What the record falls short of, counted one way for whoever is told.
    pub fn short(&self) -> Short {
        let missing = self.gaps.iter().filter(|gap| gap.kind.is_missing()).count();
        Short {
            missing,
            weak: self.gaps.len() - missing,
            contradictions: self.contradictions().count(),
        }
    }

    /// Rows whose answer is not last time's, counted one way for the queue and the record. When a
    /// visit began and ended differs each time and says nothing; a group is told by its cells.
    pub fn changes(&self, answers: &BTreeMap<String, Answer>) -> Vec<usize> {
        let differs = |row: &Row| {
            let now =
                || row.computed.as_ref().or(answers.get(&*row.path).map(|given| &given.value));
            let last = row.last.as_ref().filter(|_| !row.item.clock);
            last.is_some_and(|last| now() != Some(&last.0.value))
                && !matches!(row.item.kind, Kind::Group(_))
        };
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| differs(row)).map(|(index, _)| index).collect()
    }

    /// The checks that don't add up, with their numbers.
    pub fn contradictions(&self) -> impl Iterator<Item = (usize, &Check)> {
        let bad = |check: &Check| matches!(check.light, Light::Watch | Light::Alarm);
        self.checks.iter().enumerate().filter(move |(_, check)| bad(check))
    }

    /// The words of a suggestion of this signal that a flag's note repeats in one of both languages.
    pub fn suggested(&self, signal: &str, note: &str) -> Option<&Words> {
        let proposals = self.proposals.iter().filter(|proposal| proposal.signal == signal);
        let mut words = proposals.map(|proposal| &proposal.note);
        words.find(|words| words.zh == note || words.en == note)
    }

    /// The row with this path.
    pub fn row(&self, path: &str) -> Option<&Row> {
        self.rows.iter().find(|row| &*row.path == path)
    }
}

/// What a record falls short of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Short {
    /// Needed or asked for, and not answered.
    pub missing: usize,
    /// Answered on less than was to be seen; before handing in, wrong or unexplained as well.
    pub weak: usize,
    /// Figures that contradict each other.
    pub contradictions: usize,
}

/// One visible item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Key of its answer: `staff_total`, `suppliers[0].name`, `open_flag[OPS-01]`.
    pub path: Arc<str>,
    /// Its definition.
    pub item: Arc<Item>,
    /// The question; for an item made for one flag or point, with that flag or point in it.
    pub title: Arc<Words>,
    /// Index in [`State::sections`].
    pub section: usize,
    /// For an item made for one flag or point: which (signal code, or the point's text).
    pub subject: Option<Arc<str>>,
    /// For a cell of a repeat group: number of its row, from 0.
    pub repeat: Option<u32>,
    /// How urgently an answer is wanted.
    pub needed: Needed,
    /// Whether there is an answer (a computed item: whether it could be worked out).
    pub answered: bool,
    /// What is wrong; `None` = nothing.
    pub problem: Option<Problem>,
    /// Change against last time, where both are numbers.
    pub delta: Option<Delta>,
    /// Value of a computed item.
    pub computed: Option<Value>,
    /// Last time's answer with its day; in a group with a key, of the row with the same key.
    pub last: Option<Arc<(Answer, NaiveDate)>>,
    /// Figures to compare with, by name, as far as they are known.
    pub against: Vec<(Arc<Words>, Value)>,
    /// For the key of a group's row: it was not there last time.
    pub fresh: bool,
    /// For a group with a key: the keys of last time that are gone.
    pub lost: Vec<String>,
    /// The limits of the trade that act here: because of which it is asked, needed, wrong or to be
    /// explained, or because of which a flag is suggested.
    pub limits: Vec<Arc<Threshold>>,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Required and not answered.
    Missing,
    /// Asked for and not answered.
    Wanted,
    /// The value is not of the item's kind, or not one of its options.
    WrongKind,
    /// An amount or number below zero where none can be.
    Negative,
    /// A document promised without a day, or refused without a reason.
    Incomplete,
    /// Against the item's own rule, in the pack's words.
    Against(Arc<Words>),
    /// A time of day that has not been yet.
    Ahead,
    /// Changed beyond the threshold and not explained.
    Unexplained,
    /// Less was seen than the item wants (this), or nothing where "unchanged" asks again.
    Weak(Option<Evidence>),
    /// A photo that is said to be there, and no file.
    Unfiled,
    /// All photos were taken on another day.
    Stale,
}

impl Problem {
    /// Whether nothing is wrong, something is only not there yet.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Missing | Self::Wanted | Self::Unfiled | Self::Stale | Self::Weak(_))
    }

    /// The kind of gap that it makes.
    pub const fn gap(&self) -> GapKind {
        match self {
            Self::Missing => GapKind::Missing,
            Self::Wanted | Self::Unfiled | Self::Stale => GapKind::Wanted,
            Self::WrongKind
            | Self::Negative
            | Self::Incomplete
            | Self::Against(_)
            | Self::Ahead => GapKind::Invalid,
            Self::Unexplained => GapKind::Unexplained,
            Self::Weak(_) => GapKind::Weak,
        }
    }
}

/// Change against last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delta {
    /// Now minus last time: yuan for money, else the item's unit.
    pub change: Decimal4,
    /// In percent of last time; `None` where last time was 0 or it does not fit.
    pub percent: Option<Decimal4>,
    /// Beyond the item's threshold: wants an explanation.
    pub beyond: bool,
}

/// How far a section has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionState {
    /// Id.
    pub id: Arc<str>,
    /// Heading.
    pub title: Arc<Words>,
    /// Index of its first row in [`State::rows`].
    pub first: usize,
    /// How many rows it has, computed ones and cells among them.
    pub rows: usize,
    /// Counts.
    pub progress: Progress,
}

/// Counts of items; computed ones are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Relevant items.
    pub items: usize,
    /// Of these, answered.
    pub answered: usize,
    /// Required and not answered.
    pub missing: usize,
    /// Asked for and not answered.
    pub wanted: usize,
    /// Answered wrongly or not explained.
    pub faulty: usize,
    /// Answered, but less was seen for it than is wanted.
    pub weak: usize,
}

impl Progress {
    /// Adds the counts of another part.
    pub(super) const fn add(&mut self, other: Self) {
        self.items += other.items;
        self.answered += other.answered;
        self.missing += other.missing;
        self.wanted += other.wanted;
        self.faulty += other.faulty;
        self.weak += other.weak;
    }
}

/// A cross-check of figures from different sources (R48, R121).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Id: `turnover_inflow`.
    pub id: Arc<str>,
    /// What is compared.
    pub title: Arc<Words>,
    /// The two sides with their names; `None` = not known.
    pub sides: [(Arc<Words>, Option<Figure>); 2],
    /// Deviation, ratio or cover in percent, as the title says; `None` = not computable.
    pub percent: Option<Decimal4>,
    /// Judgement.
    pub light: Light,
    /// What to ask when the light is not ok.
    pub question: Arc<Words>,
    /// What is not known, where it can't be worked out.
    pub missing: Vec<Arc<Words>>,
    /// First and second limit, in percent.
    pub limits: [Decimal4; 2],
    /// Whether the bank has confirmed them.
    pub verified: bool,
    /// Where they come from.
    pub source: Arc<str>,
}

/// A figure with what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// An amount.
    Money(crate::domain::money::Fen),
    /// Percent.
    Percent(Decimal4),
    /// A bare number.
    Number(Decimal4),
}
