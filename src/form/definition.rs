//! What a checklist is made of, as the screen and the report read it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::answer::{Evidence, Value};
use crate::domain::attachment::{PhotoCategory, window};
use crate::domain::code::codes;
use crate::domain::customer::DossierField;
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;

/// A wording in both languages. The pack holds the words; a screen picks one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The same in both languages.
    pub fn same(text: &str) -> Self {
        Self { zh: text.to_owned(), en: text.to_owned() }
    }

    /// Puts `name` where `{mark}` stands, in both languages.
    pub(super) fn with(&self, mark: &str, zh: &str, en: &str) -> Self {
        let mark = format!("{{{mark}}}");
        Self { zh: self.zh.replace(&mark, zh), en: self.en.replace(&mark, en) }
    }
}

/// More rows than this in a repeat group are refused.
pub const MAX_ROWS: u32 = 50;

/// One possible answer of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Code under which the answer is kept.
    pub code: String,
    /// How it reads.
    pub words: Words,
}

/// Kind of an item: which values answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// 是 / 否: `Value::Bool`.
    Bool,
    /// One of several: `Value::Choice`.
    Choice(Vec<Choice>),
    /// Some of several: `Value::Multi`.
    Multi(Vec<Choice>),
    /// A number with its unit (empty words = a bare number): `Value::Number`.
    Number(Words),
    /// An amount: `Value::Money`.
    Money,
    /// Percent: `Value::Number`.
    Percent,
    /// A day: `Value::Date`.
    Date,
    /// One line: `Value::Text`.
    Text,
    /// Several lines: `Value::Text`.
    LongText,
    /// A document or a photo to register: `Value::Document`.
    Document,
    /// A repeat group: `Value::Rows`; its cells are rows of their own (`suppliers[0].name`).
    Group(Vec<Arc<Item>>),
}

/// Units of time: that it is 45 days instead of 43 is told by the days.
const SPANS: [&str; 2] = ["days", "years"];

impl Kind {
    /// Whether it says something by how many percent an answer moved: not of days and years.
    pub fn moves_in_percent(&self) -> bool {
        !matches!(self, Self::Number(unit) if SPANS.contains(&unit.en.as_str()))
    }

    /// The possible answers of a choice; empty for other kinds.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) | Self::Multi(choices) => choices,
            _ => &[],
        }
    }

    /// Whether a value answers an item of this kind.
    pub(super) fn is_answered_by(&self, value: &Value) -> bool {
        let is_option = |code: &String| self.choices().iter().any(|choice| choice.code == *code);
        match (self, value) {
            (Self::Bool, Value::Bool(_))
            | (Self::Number(_) | Self::Percent, Value::Number(_))
            | (Self::Money, Value::Money(_))
            | (Self::Date, Value::Date(_))
            | (Self::Text | Self::LongText, Value::Text(_))
            | (Self::Document, Value::Document { .. }) => true,
            (Self::Choice(_), Value::Choice(code)) => is_option(code),
            (Self::Multi(_), Value::Multi(codes)) => codes.iter().all(is_option),
            (Self::Group(_), Value::Rows(count)) => *count <= MAX_ROWS,
            _ => false,
        }
    }

    /// Whether typed text becomes the value (as opposed to one key per answer).
    pub const fn is_typed(&self) -> bool {
        matches!(
            self,
            Self::Number(_)
                | Self::Money
                | Self::Percent
                | Self::Date
                | Self::Text
                | Self::LongText
        )
    }
}

/// A question of the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of a question, each read by itself"
)]
pub struct Item {
    /// Code under which answers are kept: `stated_turnover`.
    pub code: String,
    /// The question. May hold `{subject}`, which [`super::Row::title`] has filled in.
    pub title: Words,
    /// Why it is asked.
    pub help: Words,
    /// A good answer; empty in packs that had it in the help.
    pub good: Words,
    /// A bad answer.
    pub bad: Words,
    /// What answers it.
    pub kind: Kind,
    /// Worked out from other answers; never asked.
    pub computed: bool,
    /// Asks what was seen for the answer.
    pub evidence: bool,
    /// What should have been seen at the least.
    pub wants: Option<Evidence>,
    /// "Unchanged" asks again what was seen.
    pub again: bool,
    /// While what last time's answer may be confirmed as unchanged.
    pub carry: Carry,
    /// Can only be seen on the spot.
    pub onsite: bool,
    /// A photo register entry (a [`Kind::Document`]).
    pub photo: bool,
    /// Its rule reads it as a time of day.
    pub clock: bool,
    /// Its rule is about its own answer alone.
    pub ranged: bool,
    /// Its answer is news for this field of the customer's dossier.
    pub updates: Option<DossierField>,
    /// A customer can answer it herself in a questionnaire.
    pub declarable: bool,
    /// What a photo proves.
    pub category: Option<PhotoCategory>,
    /// A document covers so many full months before the visit: see [`Item::window`].
    pub window_months: Option<u8>,
    /// From which change against last time on (percent, either direction) the answer must be
    /// explained by its note or by the item `<code>_why`.
    pub explain: Option<Arc<Threshold>>,
    /// Answers that say little without a note: codes of its options.
    pub noted: Vec<String>,
    /// For a repeat group: place of the cell by which rows are the same as last time's.
    pub key: Option<usize>,
}

impl Item {
    /// First and last day that a document has to cover at a visit on this day.
    pub fn window(&self, visited_on: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        window(self.window_months?, visited_on)
    }
}

codes! {
    /// While what last time's answer may be confirmed as unchanged, seen again.
    pub enum Carry {
        /// Whenever it was given: it is looked at again and is the same.
        Always = "always",
        /// In the calendar month of last time's visit: it is of full months, or of a part of a year.
        Month = "month",
        /// In the quarter of last time's visit: it is of the last statements.
        Quarter = "quarter",
        /// In the year of last time's visit: it is of the year before.
        Year = "year",
        /// Never: it belongs to one visit alone.
        Never = "never",
    }
}

codes! {
    /// What a limit counts.
    pub enum Unit {
        /// A bare number, as packs before the third gave some.
        Plain = "plain",
        /// Percent.
        Percent = "percent",
        /// Points of a percentage.
        Points = "points",
        /// How many times.
        Times = "times",
        /// 天
        Days = "days",
        /// 个月
        Months = "months",
        /// 年
        Years = "years",
        /// 期
        Instalments = "instalments",
        /// 班
        Shifts = "shifts",
    }
}

/// A limit of the trade, with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// What is limited.
    pub name: Words,
    /// The number.
    pub value: Decimal4,
    /// What it counts.
    pub unit: Unit,
    /// Where the number comes from: S, J, M with a reference.
    pub source: String,
    /// Whether the bank has confirmed it.
    pub verified: bool,
}

/// A section: a step of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Id under which records name it.
    pub id: String,
    /// Heading.
    pub title: Words,
    /// Which parts of the trade's checklists it covers: `B5`.
    pub covers: Vec<String>,
    /// Its items, in order.
    pub items: Vec<Arc<Item>>,
}

/// How urgently an item wants an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needed {
    /// May stay empty.
    No,
    /// Printed as missing if empty.
    Soft,
    /// The record can't be handed in without.
    Hard,
}

/// A flag that the answers suggest. The officer confirms or rejects it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Signal of the library.
    pub signal: String,
    /// Level that the rule gives it.
    pub level: Level,
    /// Path of the answer that suggests it.
    pub item: String,
    /// Why, with the values.
    pub note: Words,
    /// The limits beyond which it is.
    pub limits: Vec<Arc<Threshold>>,
}
