//! Duties (检查义务) and due visits: what `planning` computes (`planning.md` sections 1 to 7).

use chrono::NaiveDate;

use super::code::codes;
use super::ids::{CustomerId, VisitId};
use super::loan::Tier;
use super::money::Fen;

codes! {
    /// 检查事由: why a visit is owed. In exports and visits as this code, maybe with `:ref`.
    pub enum DutyCode {
        /// 用途检查
        UseOfFunds = "use_of_funds",
        /// 九十天回访
        Day90 = "day90",
        /// 续贷沟通
        RenewalTalk = "renewal_talk",
        /// 到期前回访
        BeforeMaturity = "before_maturity",
        /// 交接回访
        Handover = "handover",
        /// 预警回访
        FlagRevisit = "flag_revisit",
        /// 专项检查
        Directed = "directed",
        /// 定期现场检查
        PeriodicOnsite = "periodic_onsite",
        /// 定期非现场检查
        PeriodicOffsite = "periodic_offsite",
        /// 抽样检查
        Sample = "sample",
    }
}

codes! {
    /// Which visits meet a duty.
    pub enum DutyClass {
        /// 不限: either class.
        Any = "any",
        /// 现场
        Onsite = "onsite",
    }
}

/// One obligation, identified by customer, `code`, `reference` and `raw_due`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duty {
    /// Why.
    pub code: DutyCode,
    /// Of what: a drawdown, loan, flag, task, handover, or the customer.
    pub reference: String,
    /// Which visits meet it.
    pub class: DutyClass,
    /// First day on which a visit counts.
    pub opens: NaiveDate,
    /// Before the workday rule.
    pub raw_due: NaiveDate,
    /// After the workday rule and approved delays.
    pub due: NaiveDate,
    /// The original `due` if a delay was approved; kept for ever.
    pub delayed_from: Option<NaiveDate>,
    /// Id of the policy rule: `node.use_of_funds`, `cadence.standard.normal`, `cadence.long_term` …
    pub rule: String,
    /// Policy version: `default@1`.
    pub policy: String,
}

/// What has become of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Unmet.
    Open,
    /// Met by this visit.
    Met {
        /// Which.
        visit: VisitId,
        /// On which day.
        on: NaiveDate,
        /// Days after `due`; 0 = in time.
        late_days: i64,
    },
    /// An approved termination ended it.
    Terminated,
    /// It does not exist, for this reason: a code of planning (`before_onboarding`).
    NotOwed(&'static str),
}

codes! {
    /// Why a visit that was made left a duty open.
    pub enum Uncounting {
        /// Off-site, and the duty asks for on-site.
        Offsite = "offsite",
        /// Its record is a draft or was returned.
        NotHandedIn = "not_handed_in",
        /// The record doesn't name the duty among its purposes.
        OtherPurpose = "other_purpose",
        /// Before the first day on which a visit counts.
        Early = "early",
    }
}

/// A visit that was made and did not meet an open duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncounted {
    /// Which.
    pub visit: VisitId,
    /// On which day.
    pub on: NaiveDate,
    /// Why it does not count.
    pub why: Uncounting,
}

/// One or more duties of one customer merged into one visit to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueVisit {
    /// Of whom.
    pub customer: CustomerId,
    /// `Onsite` if any duty is.
    pub class: DutyClass,
    /// The latest `opens` of its duties.
    pub opens: NaiveDate,
    /// The first duty's `due`.
    pub due: NaiveDate,
    /// Customer tier on the as-of day.
    pub tier: Tier,
    /// `None` if a balance is missing.
    pub exposure: Option<Fen>,
    /// In order of `due`, code, reference, `raw_due`; never empty.
    pub duties: Vec<Duty>,
}

impl DueVisit {
    /// Calendar days past `due` on the as-of day; 0 when not overdue. Computed, never stored.
    pub fn overdue_days(&self, as_of: NaiveDate) -> i64 {
        (as_of - self.due).num_days().max(0)
    }
}
