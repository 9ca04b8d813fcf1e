//! What the bank has about a customer, as far as rules of signals need it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::again::Ended;
use super::facts::Answered;
use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::event::PriceSide;
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::{CustomerId, LoanId, VisitId};
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::Statement;

/// Everything about one customer.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// Whose.
    pub customer: CustomerId,
    /// Branch of her officer.
    pub branch: String,
    /// 业务条线
    pub line: Option<Line>,
    /// 五级分类
    pub tier: Option<Tier>,
    /// 行业
    pub industry: Option<String>,
    /// A project that is still being built.
    pub unfinished: bool,
    /// Fully cash-secured.
    pub low_risk: bool,
    /// Her loans, settled ones too.
    pub loans: Vec<LoanLine>,
    /// Her instalments up to today; `None` = no schedule is known.
    pub instalments: Option<Instalments>,
    /// Account inflow in fen.
    pub inflow: Series,
    /// Power used.
    pub power: Series,
    /// Water used.
    pub water: Series,
    /// Her collateral.
    pub collateral: Vec<CollateralLine>,
    /// Her statements, the latest first.
    pub statements: Vec<Statement>,
    /// How many statements in a row are past their day, with the end of the last such period;
    /// `None` = none is asked for.
    pub statements_late: Option<(u32, Option<NaiveDate>)>,
    /// Members of her group and mutual guarantors in default.
    pub near_defaults: Vec<CustomerId>,
    /// Other customers of her trade circle with a flag of late, and how many others there are;
    /// `None` = no trade circle.
    pub circle_flagged: Option<(u32, u32)>,
    /// Median fall of inflow in her trade circle, percent.
    pub circle_drop: Option<Decimal4>,
    /// Open events that concern her.
    pub events: Vec<EventLine>,
    /// Her flags, live ones and those of late.
    pub flags: Vec<PastFlag>,
    /// Days of her visits whose records were handed in, the latest first; only of whom a signal was
    /// raised often enough to ask, or may have been open through them.
    pub visits: Vec<NaiveDate>,
    /// The last records that were handed in, the latest first, at most two; empty where no rule asks.
    pub records: Vec<RecordLine>,
}

/// What was before.
#[derive(Debug, Clone, Copy, Default)]
pub struct Past<'a> {
    /// Flags.
    pub flags: &'a [PastFlag],
    /// Days of visits, the latest first.
    pub visits: &'a [NaiveDate],
}

impl PastFlag {
    /// Whether it waits for a decision or is open.
    pub const fn is_live(&self) -> bool {
        matches!(self.state, FlagState::Proposed | FlagState::Confirmed)
    }
}

impl Material {
    /// Flags and visits before.
    pub fn past(&self) -> Past<'_> {
        Past { flags: &self.flags, visits: &self.visits }
    }

    /// Whether a signal was raised so often, or is open and of this level, that it may have been there at
    /// as many visits.
    pub fn may_run(&self, of: Level, count: usize) -> bool {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for flag in &self.flags {
            // One that was open for long counts at each visit until it ended.
            let long = flag.level == of && flag.state != FlagState::Rejected;
            *counts.entry(&flag.signal).or_default() += if long { count } else { 1 };
        }
        counts.into_values().max().unwrap_or(0) >= count
    }

    /// Whether she owes anything by now: of whom nothing is lent nothing is judged, and what is open
    /// stays open until somebody closes it.
    pub fn owes(&self) -> bool {
        self.loans.iter().any(|loan| loan.status == LoanStatus::Active)
    }
}

/// What a record of a visit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// Which visit.
    pub visit: VisitId,
    /// 回访日期
    pub visited_on: NaiveDate,
    /// The answers that rules can name.
    pub answers: Vec<(Answered, Value)>,
}

/// A loan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanLine {
    /// 借据号
    pub id: LoanId,
    /// Product and purpose, as the bank wrote them.
    pub about: String,
    /// 余额
    pub balance: Option<Fen>,
    /// 放款日
    pub disbursed_on: NaiveDate,
    /// 到期日
    pub matures_on: Option<NaiveDate>,
    /// 结清日
    pub settled_on: Option<NaiveDate>,
    /// 状态
    pub status: LoanStatus,
    /// 逾期天数, as the bank reports it.
    pub days_past_due: Option<i64>,
    /// Due day of the oldest open instalment, where no days past due are reported.
    pub unpaid_since: Option<NaiveDate>,
    /// 五级分类
    pub tier: Option<Tier>,
    /// 担保方式
    pub mode: Option<GuaranteeMode>,
}

/// Instalments that fell due before today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Instalments {
    /// Whether there are some of active loans: else nothing tells what is open.
    pub running: bool,
    /// Day of the oldest one of an active loan that is not paid.
    pub oldest_unpaid: Option<NaiveDate>,
    /// The same of those with interest.
    pub oldest_interest: Option<NaiveDate>,
    /// Paid late or not at all in six months, of settled loans too.
    pub late_6m: i64,
    /// The same in twelve.
    pub late_12m: i64,
}

/// Sums of months; `None` where a month is missing: half a sum would look like a fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Series {
    /// The last three full months.
    pub last_3: Option<i64>,
    /// The three before.
    pub before_3: Option<i64>,
    /// The last twelve.
    pub last_12: Option<i64>,
    /// The months of [`year_months`].
    pub year_now: Option<i64>,
    /// The same a year before.
    pub year_before: Option<i64>,
    /// A year before the last three.
    pub season_3: Option<i64>,
    /// A year before the three before.
    pub season_before_3: Option<i64>,
}

/// Which full months before today are held against the same ones a year before, counted back from
/// this month: from the earlier to the later. The Spring Festival moves between January and February,
/// so that one of the two alone is never compared.
pub const fn year_months(today_month: u32) -> (u32, u32) {
    match today_month {
        // January is the last full one: the quarter before it.
        2 => (4, 2),
        // February is the first of three: January with it.
        5 => (4, 1),
        _ => (3, 1),
    }
}

/// A collateral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollateralLine {
    /// The loan that it secures; `None` = all that are secured.
    pub loan: Option<LoanId>,
    /// 评估价值
    pub value: Fen,
    /// 下次评估日
    pub next_valuation_on: Option<NaiveDate>,
    /// Whether it is registered.
    pub registered: bool,
    /// 保险到期日
    pub insured_until: Option<NaiveDate>,
}

/// Kind of an event, as far as rules tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// A price has changed by so many percent, on whose side she stands.
    Price(Decimal4, PriceSide),
    /// Policy restricts.
    Policy,
    /// Disaster, epidemic.
    Disaster,
    /// Something else.
    Other,
}

/// An event that concerns a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    /// Which.
    pub id: String,
    /// What kind.
    pub kind: EventKind,
    /// Since when.
    pub on: NaiveDate,
}

/// A flag that there is or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFlag {
    /// Which.
    pub id: String,
    /// Signal: code or words.
    pub signal: String,
    /// How severe.
    pub level: Level,
    /// Where it stands.
    pub state: FlagState,
    /// Since when.
    pub raised_on: NaiveDate,
    /// What a rule saw when it proposed it, or when somebody made it milder or rejected it; `None` = a
    /// person raised it.
    pub stamp: Option<String>,
    /// Whether the rule of its signal proposed it.
    pub by_rule: bool,
    /// Whether somebody has made it milder since its level rose last.
    pub lowered: bool,
    /// Of a proposal: whether it was told that the rule does not hold any more.
    pub lapsed: bool,
    /// How it ended, if it was confirmed and has.
    pub ended: Option<Ended>,
}
