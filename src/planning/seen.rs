//! A customer file as it was known on the as-of day (`planning.md` section 1).

use chrono::{Days, NaiveDate};

use crate::domain::duty::{DutyCode, KeptDuty};
use crate::domain::flag::{Flag, FlagState, Level};
use crate::domain::loan::{Loan, LoanStatus, Tier};
use crate::domain::money::Fen;
use crate::domain::order::{Decision, Request, RequestKind};
use crate::domain::portfolio::CustomerFile;
use crate::domain::visit::Visit;

use super::Policy;

/// The file, with the rows left out that are dated later than the as-of day.
pub(super) struct Seen<'a> {
    pub(super) file: &'a CustomerFile,
    pub(super) as_of: NaiveDate,
    /// Done visits in order of date and id.
    pub(super) visits: Vec<&'a Visit>,
    /// Approved requests.
    pub(super) requests: Vec<&'a Request>,
    /// Active loans.
    pub(super) active: Vec<&'a Loan>,
    /// Sum of the balances; `None` if one is missing or the sum does not fit.
    pub(super) exposure: Option<Fen>,
    /// The worse of the customer's own and the loans'.
    pub(super) tier: Tier,
    /// Whether an active loan runs long (section 3).
    pub(super) long_term: bool,
}

impl<'a> Seen<'a> {
    pub(super) fn new(file: &'a CustomerFile, policy: &Policy, as_of: NaiveDate) -> Self {
        let mut visits: Vec<&Visit> =
            file.visits.iter().filter(|v| v.visited_on <= as_of && v.state.is_done()).collect();
        visits.sort_by(|a, b| (a.visited_on, &a.id).cmp(&(b.visited_on, &b.id)));
        let requests = file
            .requests
            .iter()
            .filter(|r| r.decision == Some(Decision::Approved))
            .filter(|r| r.decided_on.is_some_and(|on| on <= as_of))
            .collect();
        let active: Vec<&Loan> = file
            .loans
            .iter()
            .filter(|l| l.disbursed_on <= as_of && l.status == LoanStatus::Active)
            .collect();
        let exposure =
            active.iter().try_fold(Fen::ZERO, |sum, loan| sum.checked_add(loan.balance?));
        let own = file.customer.tier.unwrap_or(Tier::Normal);
        let tier = active.iter().filter_map(|loan| loan.tier).fold(own, Tier::max);
        let long_term = active.iter().any(|loan| runs_long(loan, policy));
        Self { file, as_of, visits, requests, active, exposure, tier, long_term }
    }

    /// Loans known on the as-of day.
    pub(super) fn loans(&self) -> impl Iterator<Item = &'a Loan> {
        let as_of = self.as_of;
        self.file.loans.iter().filter(move |loan| loan.disbursed_on <= as_of)
    }

    /// The day up to which everything is history.
    pub(super) fn onboarded(&self) -> Option<NaiveDate> {
        self.file.customer.onboarded_on
    }

    /// The day on which the cadence cell last changed, by default the onboarding.
    pub(super) fn cadence_since(&self) -> Option<NaiveDate> {
        self.file.customer.cadence_since.or(self.onboarded())
    }

    /// Whether a flag is open. `closed_on` itself is no longer open; a flag that is confirmed or
    /// closed without the date that says since or until when is not.
    pub(super) fn is_open(&self, flag: &Flag) -> bool {
        let confirmed = flag.confirmed_on.is_some_and(|on| on <= self.as_of);
        let closed = flag.closed_on.is_some_and(|on| on <= self.as_of);
        let live = match flag.state {
            FlagState::Confirmed => true,
            FlagState::Closed => flag.closed_on.is_some(),
            FlagState::Proposed | FlagState::Rejected => false,
        };
        confirmed && live && !closed
    }

    /// The highest level of the open flags.
    pub(super) fn level(&self) -> Option<Level> {
        self.file.flags.iter().filter(|flag| self.is_open(flag)).map(|flag| flag.level).max()
    }

    /// What was kept of the duties with this code and reference, in order of `raw_due`.
    pub(super) fn kept(
        &self,
        code: DutyCode,
        reference: &str,
    ) -> impl Iterator<Item = &'a KeptDuty> {
        let all = self.file.kept.iter();
        all.filter(move |one| one.duty.code == code && one.duty.reference == reference)
    }

    /// The latest `raw_due` that a delay names: slots are computed at least as far.
    pub(super) fn last_delayed(&self) -> Option<NaiveDate> {
        self.requests.iter().filter(|r| r.kind == RequestKind::Delay).map(|r| r.raw_due).max()
    }
}

/// The day on which a loan that is not active ended.
pub(super) fn ended_on(loan: &Loan) -> Option<NaiveDate> {
    if loan.status == LoanStatus::Active { None } else { loan.settled_on.or(loan.matures_on) }
}

fn runs_long(loan: &Loan, policy: &Policy) -> bool {
    let rule = &policy.long_term;
    let limit = loan
        .disbursed_on
        .checked_add_months(chrono::Months::new(rule.term_months))
        .and_then(|day| day.checked_add_days(Days::new(u64::from(rule.tolerance_days))));
    loan.matures_on.zip(limit).is_some_and(|(matures, limit)| matures > limit)
}
