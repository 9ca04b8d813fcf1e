//! The numbers of the trade as planning uses them. They come from a policy pack (`assets::policy`);
//! nothing here has a value of its own.

use crate::domain::customer::{Customer, Line};
use crate::domain::duty::DutyClass;
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;

/// Where the numbers of a rule come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// S = seed documents, J = our judgement, M = from memory, each with a reference.
    pub source: String,
    /// Whether a written source stands behind the numbers.
    pub verified: bool,
}

/// A policy in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Id and version: `default@1`.
    pub version: String,
    /// 用途检查, from `drawn_on`.
    pub use_of_funds: NodeRule,
    /// 九十天回访, from `disbursed_on`.
    pub day90: NodeRule,
    /// 续贷沟通, back from `matures_on`.
    pub renewal_talk: NodeRule,
    /// 到期前回访, back from `matures_on`.
    pub before_maturity: NodeRule,
    /// 交接回访, from the handover.
    pub handover: NodeRule,
    /// 预警回访.
    pub flag_revisit: FlagRule,
    /// 专项检查: the task brings its own dates.
    pub directed: RuleName,
    /// The cadence matrix; the first row that matches is the customer's.
    pub rows: Vec<Row>,
    /// The long-term rule.
    pub long_term: LongTermRule,
    /// Slots and anchor.
    pub grid: GridRule,
    /// Slots of the calendar half-years.
    pub half_year: HalfYearRule,
    /// Workdays until the extra visit after a change for the worse is due.
    pub extra_visit_workdays: u32,
    /// Merging.
    pub merge: MergeRule,
    /// Workdays past due before an overdue visit is escalated.
    pub grace_workdays: u32,
    /// Workdays between visit and submission above which plan and review show both dates.
    pub late_submission_workdays: u32,
    /// When visits are brought to mind.
    pub remind: RemindRule,
    /// Putting duties off.
    pub delay: DelayRule,
    /// An active loan more days than this past `matures_on` is a gap.
    pub gap_past_maturity_days: i64,
    /// An active loan with balance 0 disbursed more days ago than this is a gap.
    pub gap_zero_balance_days: i64,
    /// Month plan.
    pub month: MonthRule,
}

/// A rule's id and provenance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleName {
    /// `node.use_of_funds`, `cadence.standard.normal`, `cadence.long_term` …
    pub id: String,
    /// Its source.
    pub provenance: Provenance,
}

/// A duty that comes from an event. Periods are days; before an event where the rule says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeRule {
    /// Id and source.
    pub name: RuleName,
    /// Days between the event and the first day on which a visit counts.
    pub opens: i64,
    /// Days between the event and the due date.
    pub due: i64,
    /// Days after disbursement before which no visit counts.
    pub not_before: i64,
    /// Class, unless `onsite_rows` says otherwise.
    pub class: DutyClass,
    /// Rows (index) without this duty.
    pub except_rows: Vec<usize>,
    /// Rows (index) in which it is on-site, for loans of at least `onsite_min_term` days.
    pub onsite_rows: Vec<usize>,
    /// Days from disbursement to maturity from which on it is on-site in `onsite_rows`.
    pub onsite_min_term: i64,
    /// Days from disbursement to maturity from which on it exists.
    pub min_term: i64,
    /// Customer exposure from which on it exists.
    pub min_exposure: Fen,
    /// Balance of the loan from which on it exists.
    pub min_balance: Fen,
}

/// A period until a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Calendar days.
    Days(u32),
    /// Workdays after the date itself.
    Workdays(u32),
}

/// How a flag of one level is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlagStepRule {
    /// Class of the visit.
    pub class: DutyClass,
    /// Until the first visit.
    pub first: Span,
    /// From a visit to the next while the flag is open.
    pub again: Span,
}

/// 预警回访 by level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRule {
    /// Id and source.
    pub name: RuleName,
    /// Days between the event and the first day on which a visit counts.
    pub opens: i64,
    /// Yellow, orange, red.
    pub levels: [FlagStepRule; 3],
}

impl FlagRule {
    /// The rule of a level.
    pub fn of(&self, level: Level) -> &FlagStepRule {
        let [yellow, orange, red] = &self.levels;
        match level {
            Level::Yellow => yellow,
            Level::Orange => orange,
            Level::Red => red,
        }
    }
}

/// How often a series asks for a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interval {
    /// Every so many months from the anchor.
    Months(u32),
    /// Once in each calendar half-year (`6c`).
    HalfYear,
}

impl Interval {
    /// Length in months; a half-year is 6.
    pub const fn months(self) -> u32 {
        match self {
            Self::Months(n) => n,
            Self::HalfYear => 6,
        }
    }
}

/// One field of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cadence {
    /// On-site series.
    pub on: Option<Interval>,
    /// Off-site series, in months.
    pub off: Option<u32>,
    /// Sample: so many of 100 customers a year.
    pub sample: Option<u32>,
}

/// One row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `standard`, `low_risk` …
    pub id: String,
    /// Matches only customers with this mark.
    pub low_risk: Option<bool>,
    /// Matches only these lines; empty = every line, also a missing one.
    pub lines: Vec<Line>,
    /// Matches only these grades; empty = every grade, also a missing one.
    pub grades: Vec<String>,
    /// Least exposure, closed.
    pub from: Option<Fen>,
    /// Exposure limit, open.
    pub below: Option<Fen>,
    /// Normal, special mention, substandard, doubtful and loss.
    pub cells: [Cadence; 4],
    /// Cells that the long-term rule leaves alone.
    pub exempt: [bool; 4],
    /// Rule of each customer tier: doubtful and loss share a cell, not an id.
    pub names: [RuleName; 5],
}

/// Index of a tier's column: doubtful and loss share the last.
pub(super) const fn column(tier: Tier) -> usize {
    match tier {
        Tier::Normal => 0,
        Tier::SpecialMention => 1,
        Tier::Substandard => 2,
        Tier::Doubtful | Tier::Loss => 3,
    }
}

impl Row {
    /// Whether this row is for a customer with this exposure.
    pub fn matches(&self, customer: &Customer, exposure: Fen) -> bool {
        self.low_risk.is_none_or(|mark| mark == customer.low_risk)
            && (self.lines.is_empty() || customer.line.is_some_and(|l| self.lines.contains(&l)))
            && (self.grades.is_empty()
                || customer.grade.as_ref().is_some_and(|g| self.grades.contains(g)))
            && self.from.is_none_or(|from| exposure >= from)
            && self.below.is_none_or(|below| exposure < below)
    }

    /// The rule of a customer tier.
    pub(super) fn name(&self, tier: Tier) -> &RuleName {
        let [normal, special_mention, substandard, doubtful, loss] = &self.names;
        match tier {
            Tier::Normal => normal,
            Tier::SpecialMention => special_mention,
            Tier::Substandard => substandard,
            Tier::Doubtful => doubtful,
            Tier::Loss => loss,
        }
    }
}

/// The long-term rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTermRule {
    /// Id and source.
    pub name: RuleName,
    /// A loan is long-term if it runs longer than so many months …
    pub term_months: u32,
    /// … and days.
    pub tolerance_days: u32,
    /// The off-site interval that it sets, in months.
    pub off: u32,
    /// No off-site series is added where on-site visits come every so many months or more often.
    pub onsite_enough: u32,
}

/// Slots and anchor, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridRule {
    /// A slot opens so many days before its date for each month of its interval.
    pub window_per_month: i64,
    /// A loan that ended at most so long before the anchor moves the anchor.
    pub anchor_gap: i64,
    /// A slot on a day without a loan is due so long after the next disbursement.
    pub moved: i64,
}

/// Slots of calendar half-years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfYearRule {
    /// The slot's month is that so many months after the anchor's, within its half-year.
    pub after_anchor: u32,
    /// Earliest month of a half-year, from 1.
    pub earliest: u32,
    /// A slot opens so many days before its date.
    pub window: i64,
}

/// Merging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeRule {
    /// Days by which a duty may be taken forward.
    pub reach: i64,
    /// The window divided by this, if that is longer.
    pub window_part: i64,
}

/// When visits are brought to mind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemindRule {
    /// Workdays before the due date.
    pub before: Vec<u32>,
    /// Workdays after it, to the officer.
    pub after: u32,
}

/// Putting duties off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DelayRule {
    /// Most days from the original due date to the new one.
    pub most_days: i64,
    /// With an open flag of this level or a worse one, an interim control must be named.
    pub interim_from: Level,
}

/// Month plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthRule {
    /// Points of an officer's day.
    pub day_points: u32,
    /// Points of an on-site visit.
    pub onsite_points: u32,
    /// Points of an off-site visit.
    pub offsite_points: u32,
    /// The plan takes in what is due up to this workday of the next month.
    pub workdays_after: u32,
    /// Days without work that make a long holiday.
    pub long_holiday_days: u32,
    /// Workdays before a long holiday in which visits are planned as early as can be.
    pub before_holiday_workdays: u32,
}

impl Policy {
    /// The longest window of a periodic duty, in days.
    pub(super) fn longest_window(&self) -> i64 {
        // A sample's window is a calendar year, a monthly slot's a month; the others are computed.
        let longest = 366.max(self.half_year.window + 1);
        self.rows.iter().flat_map(|row| &row.cells).fold(longest, |longest, cell| {
            let on = cell.on.map_or(0, Interval::months);
            let months = i64::from(on.max(cell.off.unwrap_or(0)).max(self.long_term.off));
            longest.max(months * self.grid.window_per_month + 1)
        })
    }

    /// The longest time by which merging takes a periodic duty forward, in days.
    pub(super) fn longest_reach(&self) -> i64 {
        self.merge.reach.max(self.longest_window() / self.merge.window_part.max(1))
    }
}
