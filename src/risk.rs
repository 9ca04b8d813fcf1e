//! Pure: the library of warning signals, financial ratios and their limits, and what is reckoned from
//! them: care of flags, tiers, the score, shares of a portfolio, financing strategies, backtests.
//!
//! It reckons and proposes; a person decides. Every number of the trade comes in with a pack.

pub mod backtest;
pub mod care;
pub mod limits;
pub mod portfolio;
pub mod ratios;
pub mod score;
pub mod statements;
pub mod strategy;
pub mod tiers;

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use crate::domain::customer::Line;
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;

pub use limits::{Change, Light, Limit, Limits, RatioRule, Side, Trade};
pub use ratios::{Beside, Input, NotComputable, Opening, Ratio, Unit, ratio};

/// Before the name of a limit that a rule names, among what it saw.
pub const LIMIT: &str = "limit.";
/// Before the code of a ratio: the limit that it has passed.
pub const LINE: &str = "line.";
/// A customer near her that is in default, by number.
pub const NEAR: &str = "near_default";

/// The event outside of which a fact tells, by number.
pub const EVENT: &str = "event";

/// Whether what a rule saw is a limit, and no fact.
pub fn is_limit(seen: &str) -> bool {
    seen.starts_with(LIMIT) || seen.starts_with(LINE)
}

/// A warning signal of the library (`domain.md` 4.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Code: `OPS-01`.
    pub code: String,
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
    /// Group.
    pub group: Group,
    /// Level at which it is proposed unless a rule says otherwise.
    pub level: Level,
    /// Higher level that the source gives for the graver case, if it gives one.
    pub up_to: Option<Level>,
    /// The condition of the graver case: where it holds too, the higher level is proposed.
    pub graver: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// Whether the source is more than memory or our own judgement.
    pub verified: bool,
    /// What it is found by.
    pub basis: Basis,
    /// Whether it is looked for at all; a person may raise it nevertheless.
    pub on: bool,
    /// The level of the library, where a branch has set its own.
    pub shipped: Option<Level>,
}

impl Signal {
    /// Sets a level of the branch's own: it counts wherever the signal comes from.
    pub fn set_level(&mut self, level: Level) {
        self.shipped.get_or_insert(self.level);
        self.level = level;
    }

    /// The level of a signal to which a deadline, an answer or a text gives this one.
    pub fn level_for(&self, given: Level) -> Level {
        self.shipped.map_or(given, |shipped| level_for(given, shipped, self.level))
    }
}

/// A given level where a branch has set its own in the place of the shipped one: what was given as graver
/// than usual stays so.
pub fn level_for(given: Level, shipped: Level, own: Level) -> Level {
    if given > shipped { given.max(own) } else { own }
}

/// What a signal is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// A condition over what the bank knows without a visit; answers may tell it as well.
    Rule(String),
    /// Answers of a checklist.
    Answers,
    /// A deadline that has passed; a person may raise it as well.
    Deadline,
    /// A person alone.
    Manual,
    /// Other flags.
    Combination,
}

/// Several weak signals that make a stronger one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// Code of the signal that it makes.
    pub code: String,
    /// Level of that one.
    pub level: Level,
    /// Flags of this level count.
    pub of: Level,
    /// So many of them.
    pub count: u32,
    /// Of so many groups at least.
    pub groups: u32,
    /// Raised within so many days.
    pub days: u32,
    /// What they must have in common.
    pub same: Same,
    /// Whether only flags count that a person has confirmed.
    pub confirmed: bool,
}

/// What flags that count together have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// Only the customer.
    Nothing,
    /// The group of signals.
    Group,
    /// The signal, raised at each of the last visits.
    Signal,
}

impl Combination {
    /// The rule in one line, as the pack has it.
    pub fn told(&self) -> String {
        let same = match self.same {
            Same::Nothing => "",
            Same::Group => " same=group",
            Same::Signal => " same=signal",
        };
        let confirmed = if self.confirmed { " confirmed" } else { "" };
        let Self { of, count, groups, days, .. } = self;
        format!("of={} count={count} groups={groups} days={days}{same}{confirmed}", of.as_code())
    }
}

/// How it is known that a loan renews another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renewal {
    /// Paid out within so many days of the other one's settlement.
    pub within_days: u32,
    /// Words of product or purpose by which a bank names a renewal that is no 借新还旧.
    pub words: Vec<String>,
    /// The lines to which this exception applies.
    pub lines: Vec<Line>,
}

/// Group of signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// 财务
    Financial,
    /// 账户与履约
    Account,
    /// 管理与人员
    Management,
    /// 现场经营
    Operation,
    /// 担保
    Security,
    /// 行业与外部
    Outside,
    /// 项目
    Project,
    /// 组合与重复
    Combination,
}

impl Group {
    /// All groups, in the order of the library.
    pub const ALL: &'static [Self] = &[
        Self::Financial,
        Self::Account,
        Self::Management,
        Self::Operation,
        Self::Security,
        Self::Outside,
        Self::Project,
        Self::Combination,
    ];

    /// The letters before the dash of its codes.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Financial => "FIN",
            Self::Account => "ACC",
            Self::Management => "MGT",
            Self::Operation => "OPS",
            Self::Security => "COL",
            Self::Outside => "EXT",
            Self::Project => "PRJ",
            Self::Combination => "CMB",
        }
    }

    /// The group of a code such as `OPS-01`.
    pub fn of_code(code: &str) -> Option<Self> {
        let prefix = code.split_once('-')?.0;
        Self::ALL.iter().copied().find(|group| group.prefix() == prefix)
    }
}

/// The signal library.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signals {
    id: String,
    by_code: BTreeMap<String, Signal>,
    limits: Limits,
    combinations: Vec<Combination>,
    exempt: Trade,
    least_change: Decimal4,
    judged_months: u32,
    renewal: Renewal,
    troubles: Vec<Vec<String>>,
}

impl Signals {
    /// A library with this id; the last signal of a code wins.
    pub fn new(id: String, signals: impl IntoIterator<Item = Signal>, limits: Limits) -> Self {
        let by_code = signals.into_iter().map(|s| (s.code.clone(), s)).collect();
        Self { id, by_code, limits, ..Self::default() }
    }

    /// The same with these combinations; the signals that they make are among the others.
    #[must_use]
    pub fn with_combinations(self, combinations: Vec<Combination>) -> Self {
        Self { combinations, ..self }
    }

    /// The same with one signal changed, if there is one with this code.
    #[must_use]
    pub fn with_change(mut self, code: &str, change: impl FnOnce(&mut Signal)) -> Self {
        if let Some(signal) = self.by_code.get_mut(code) {
            change(signal);
            let level = signal.level;
            let made = self.combinations.iter_mut().filter(|made| made.code == code);
            made.for_each(|made| made.level = level);
        }
        self
    }

    /// What several signals make together.
    pub fn combinations(&self) -> &[Combination] {
        &self.combinations
    }

    /// The limits do not apply to these industries.
    #[must_use]
    pub fn exempting(self, exempt: Trade) -> Self {
        Self { exempt, ..self }
    }

    /// A ratio changes for the worse when it does by so many percent of what it was.
    #[must_use]
    pub fn with_least_change(self, least_change: Decimal4) -> Self {
        Self { least_change, ..self }
    }

    /// From how many percent of what it was a change of a ratio counts.
    pub const fn least_change(&self) -> Decimal4 {
        self.least_change
    }

    /// The same with how renewals are known.
    #[must_use]
    pub fn renewing(self, renewal: Renewal) -> Self {
        Self { renewal, ..self }
    }

    /// The same with sets of signals that tell of one trouble.
    #[must_use]
    pub fn with_troubles(self, troubles: Vec<Vec<String>>) -> Self {
        Self { troubles, ..self }
    }

    /// Sets of signals that tell of one and the same trouble.
    pub fn troubles(&self) -> &[Vec<String>] {
        &self.troubles
    }

    /// How renewals are known.
    pub const fn renewal(&self) -> &Renewal {
        &self.renewal
    }

    /// Statements are judged for so many months after the end of their period.
    #[must_use]
    pub fn judging_for(self, judged_months: u32) -> Self {
        Self { judged_months, ..self }
    }

    /// The first day on which a statement may end that is judged on a day.
    pub fn oldest_judged(&self, on: NaiveDate) -> Option<NaiveDate> {
        on.checked_sub_months(Months::new(self.judged_months))
    }

    /// Whether the limits of the ratios apply to an industry, and to a project that is still being
    /// built.
    pub fn judges(&self, industry: Option<&str>, unfinished: bool) -> bool {
        !unfinished && !industry.is_some_and(|text| self.exempt.fits(text))
    }

    /// Name and limits of a ratio.
    pub fn ratio(&self, ratio: Ratio) -> Option<&RatioRule> {
        self.limits.get(&ratio)
    }

    /// Id of the pack: `signals@1`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The signal with this code.
    pub fn get(&self, code: &str) -> Option<&Signal> {
        self.by_code.get(code)
    }

    /// All signals in order of code.
    pub fn all(&self) -> impl Iterator<Item = &Signal> {
        self.by_code.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_code.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_code.is_empty()
    }
}

#[cfg(test)]
mod tests;
