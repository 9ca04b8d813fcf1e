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
    /// Unmet when the customer's cell or the policy changed; it counts as missed, and what is asked
    /// for since stands in its place.
    Missed,
    /// It does not exist, for this reason: a code of planning (`before_onboarding`).
    NotOwed(&'static str),
}

codes! {
    /// What a kept duty still asks for.
    pub enum Standing {
        /// It is planned as it was, until a visit meets it.
        Owed = "owed",
        /// A periodic duty whose day was over: it counts as it was met, and nobody is sent for it.
        Past = "past",
        /// A visit from before the change meets it, which nobody had asked for then: it counts in no
        /// month.
        Served = "served",
        /// A later policy asks for it on a day before that policy came into force: nobody owes it.
        Spared = "spared",
    }
}

/// A duty as it stood when the policy or the customer's cell changed. What is due is judged by the
/// policy that was in force until then, whatever came later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDuty {
    /// As it was asked for; `due` is the one before any delay, `policy` the version that judges it.
    pub duty: Duty,
    /// Source of its rule.
    pub source: String,
    /// Whether a written source stands behind the numbers of its rule.
    pub verified: bool,
    /// Day of the visit that had met it by then.
    pub met_on: Option<NaiveDate>,
    /// Day of the change.
    pub kept_on: NaiveDate,
    /// The `raw_due` that the policy in force since gives to a duty of an event. Another one later
    /// tells that the event itself has another date (a loan was extended): then nothing was kept.
    pub instead: Option<NaiveDate>,
    /// What it still asks for.
    pub standing: Standing,
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

/// What tells the due visits of all customers apart. Several slots that were put off to one day are
/// due together and met one by one: the due date alone does not name them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DueKey {
    /// Of whom.
    pub customer: CustomerId,
    /// [`DueVisit::due`].
    pub due: NaiveDate,
    /// `raw_due` of its first duty.
    pub first: NaiveDate,
}

impl DueVisit {
    /// What tells it from the others.
    pub fn key(&self) -> DueKey {
        let first = self.duties.first().map_or(self.due, |duty| duty.raw_due);
        DueKey { customer: self.customer.clone(), due: self.due, first }
    }

    /// Calendar days past `due` on the as-of day; 0 when not overdue. Computed, never stored.
    pub fn overdue_days(&self, as_of: NaiveDate) -> i64 {
        (as_of - self.due).num_days().max(0)
    }
}
