//! Deadlines beside visits: what a borrower owes the bank on a day without anybody going there.

use chrono::NaiveDate;

use super::code::codes;
use super::flag::Level;
use super::ids::CustomerId;
use super::loan::LoanStatus;
use super::money::{Decimal4, Fen};

codes! {
    /// What falls due.
    pub enum DeadlineKind {
        /// 报送报表: a statement that the agreement asks for (the covenant's id and period end).
        Statement = "statement",
        /// 约束条款: the figures by which a financial covenant is tested.
        Covenant = "covenant",
        /// 批复条件: a condition of the approval.
        Condition = "condition",
        /// 押品重估: the next valuation of a piece of collateral.
        Valuation = "valuation",
        /// 押品保险: its insurance ends.
        Insurance = "insurance",
        /// 诉讼时效: the right to sue for an unpaid loan ends.
        Limitation = "limitation",
        /// 用款凭证: papers that prove the use of a drawdown.
        Drawdown = "drawdown",
        /// 压降步骤: the balance that a plan asks for by its day. Never a row of `deadline_marks`.
        Step = "plan_step",
    }
}

impl DeadlineKind {
    /// Whether it is met only by a paper that has to be named.
    pub const fn is_proved(self) -> bool {
        matches!(self, Self::Condition | Self::Valuation | Self::Step)
    }
}

codes! {
    /// What was done about a deadline.
    pub enum DeadlineMark {
        /// Received, done, renewed: met on a day.
        Received = "received",
        /// Let off, by a supervisor.
        Waived = "waived",
    }
}

codes! {
    /// How a covenant stands.
    pub enum Headroom {
        /// Kept.
        Ok = "ok",
        /// Kept with less room than the pack wants.
        Near = "near",
        /// Broken.
        Breach = "breach",
        /// The figures are not there, or do not say.
        Unknown = "unknown",
    }
}

codes! {
    /// How often something is owed.
    pub enum Frequency {
        /// 每月
        Monthly = "monthly",
        /// 每季
        Quarterly = "quarterly",
        /// 每半年
        HalfYearly = "half_yearly",
        /// 每年
        Yearly = "yearly",
        /// 一次
        Once = "once",
    }
}

codes! {
    /// On which side of its limit a figure has to stay.
    pub enum Operator {
        /// 小于
        Less = "<",
        /// 不高于
        AtMost = "<=",
        /// 不低于
        AtLeast = ">=",
        /// 大于
        More = ">",
    }
}

impl Frequency {
    /// Months of a period; `None` = there is none.
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::Monthly => Some(1),
            Self::Quarterly => Some(3),
            Self::HalfYearly => Some(6),
            Self::Yearly => Some(12),
            Self::Once => None,
        }
    }
}

/// What identifies a deadline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeadlineKey {
    /// Whose.
    pub customer: CustomerId,
    /// What falls due.
    pub kind: DeadlineKind,
    /// Of what: id of the covenant, condition, piece of collateral, loan or drawdown.
    pub reference: String,
    /// When.
    pub due: NaiveDate,
}

/// A deadline that nobody has met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What falls due.
    pub kind: DeadlineKind,
    /// Of what.
    pub reference: String,
    /// When.
    pub due: NaiveDate,
    /// From this day on it stands in lists.
    pub opens: NaiveDate,
    /// What it is about: the indicator, the condition's text, the kind of collateral. As the bank wrote it.
    pub about: String,
    /// The loan that it belongs to, where the agreement names one.
    pub loan: Option<String>,
    /// End of the period that it belongs to.
    pub period_end: Option<NaiveDate>,
    /// Of a covenant: how it stands.
    pub headroom: Option<Headroom>,
    /// Of a covenant: the last figure.
    pub figure: Option<Decimal4>,
    /// Of a step of a plan: what the balance is to be at most.
    pub target: Option<Fen>,
    /// Of a step of a plan: what the balance is; `None` if a loan's is missing.
    pub balance: Option<Fen>,
    /// How many of the same kind and reference have passed without being met, this one counted. A
    /// step counts once its grace is over.
    pub late_in_a_row: u32,
}

/// What the computation looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeadlineFacts {
    /// The day on which the customer came under this system: what was owed up to it is history.
    pub onboarded_on: Option<NaiveDate>,
    /// Loans that are not settled.
    pub loans: Vec<LoanFact>,
    /// Drawdowns of active loans that the borrower pays out herself.
    pub drawdowns: Vec<(String, NaiveDate)>,
    /// Covenants of both kinds.
    pub covenants: Vec<CovenantFact>,
    /// Conditions that are not met.
    pub conditions: Vec<(String, String, NaiveDate)>,
    /// Collateral.
    pub collateral: Vec<CollateralFact>,
    /// Steps of the plan in force that nobody has met.
    pub steps: Vec<StepFact>,
    /// Balance of the active loans; `None` if one is missing.
    pub balance: Option<Fen>,
    /// Period ends of the statements that are there.
    pub statements: Vec<NaiveDate>,
    /// What was done.
    pub marks: Vec<MarkFact>,
}

/// A loan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanFact {
    /// Which.
    pub id: String,
    /// Since when.
    pub disbursed_on: NaiveDate,
    /// Until when.
    pub matures_on: Option<NaiveDate>,
    /// How it stands.
    pub status: LoanStatus,
}

/// A covenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CovenantFact {
    /// Which.
    pub id: String,
    /// The loan that it belongs to; `None` = all of the customer's.
    pub loan: Option<String>,
    /// A figure has to keep a limit; otherwise statements have to be sent in.
    pub financial: bool,
    /// Which figure, as the bank wrote it.
    pub indicator: String,
    /// On which side.
    pub operator: Option<Operator>,
    /// Of which limit.
    pub limit: Option<Decimal4>,
    /// How often.
    pub frequency: Option<Frequency>,
    /// The figure of the latest statement, with its period end.
    pub tested: Option<(NaiveDate, Decimal4)>,
}

/// A piece of collateral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollateralFact {
    /// Which.
    pub id: String,
    /// What, as the bank wrote it.
    pub kind: String,
    /// When it was valued.
    pub valued_on: Option<NaiveDate>,
    /// When it is to be valued next, if somebody said so.
    pub next_valuation_on: Option<NaiveDate>,
    /// Last day of its insurance.
    pub insured_until: Option<NaiveDate>,
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepFact {
    /// Which, as [`super::strategy::step_reference`] names it.
    pub reference: String,
    /// By when.
    pub due: NaiveDate,
    /// To what the balance goes down.
    pub target: Fen,
    /// How.
    pub measure: String,
}

/// What was done about a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkFact {
    /// What kind.
    pub kind: DeadlineKind,
    /// Of what.
    pub reference: String,
    /// When it was due.
    pub due: NaiveDate,
    /// What was done.
    pub mark: DeadlineMark,
    /// When.
    pub on: NaiveDate,
}

/// What follows when a kind of deadline passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRule {
    /// So many days before, it stands in lists.
    pub lead: u32,
    /// Signal that is proposed; `None` = only told.
    pub signal: Option<String>,
    /// How severe.
    pub level: Level,
    /// How many in a row it takes.
    pub in_a_row: u32,
    /// Whether somebody has confirmed it.
    pub verified: bool,
}

/// The numbers of the trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRules {
    /// Days after the end of a period: by month, quarter, half-year, year; the last also for once.
    pub statement_days: [u32; 4],
    /// Less room than this, in percent of the limit, is near.
    pub near_percent: u32,
    /// Months after a valuation, where no day is said.
    pub valuation_months: u32,
    /// The same for goods, whose value moves quickly.
    pub goods_months: u32,
    /// What names goods.
    pub goods_words: Vec<String>,
    /// Months of the limitation of action.
    pub limitation_months: u32,
    /// Days after a drawdown.
    pub drawdown_days: u32,
    /// Days after a step until its signal: a balance comes with the next import.
    pub step_grace: u32,
    /// What follows, by kind in the order of [`DeadlineKind::ALL`].
    pub late: Vec<LateRule>,
    /// Indicators that can be worked out: code of the ratio, names in agreements.
    pub indicators: Vec<(String, Vec<String>)>,
    /// The signal that a broken covenant on a ratio proposes: code of the ratio, of the signal.
    pub broken: Vec<(String, String)>,
}

impl DeadlineRules {
    /// What follows when this kind passes.
    pub fn of(&self, kind: DeadlineKind) -> Option<&LateRule> {
        self.late.get(kind as usize)
    }

    /// Days after the end of a period.
    pub fn days_after(&self, frequency: Frequency) -> u32 {
        let at = match frequency {
            Frequency::Monthly => 0,
            Frequency::Quarterly => 1,
            Frequency::HalfYearly => 2,
            Frequency::Yearly | Frequency::Once => 3,
        };
        self.statement_days.get(at).copied().unwrap_or(0)
    }

    /// The signal that a broken covenant on this indicator proposes.
    pub fn signal_of(&self, indicator: &str) -> Option<&str> {
        let ratio = self.ratio(indicator)?;
        self.broken.iter().find(|(code, _)| code == ratio).map(|(_, signal)| signal.as_str())
    }

    /// Code of the ratio that an agreement calls so.
    pub fn ratio(&self, indicator: &str) -> Option<&str> {
        let name = indicator.trim();
        let named = |(code, names): &&(String, Vec<String>)| {
            code == name || names.iter().any(|known| known == name)
        };
        self.indicators.iter().find(named).map(|(code, _)| code.as_str())
    }
}
