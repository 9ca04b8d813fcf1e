//! The duties of one customer while they are computed: owed, met, ended, and (for `explain`) not owed.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};

use crate::domain::duty::{Duty, DutyClass, DutyCode, Fate, KeptDuty, Standing};
use crate::domain::order::RequestKind;
use crate::domain::visit::{Visit, VisitClass};
use crate::domain::workday::Workdays;

use super::policy::RuleName;
use super::seen::Seen;

/// The fate inside a computation: visits by reference.
#[derive(Debug, Clone, Copy)]
pub(super) enum State<'a> {
    Open,
    Met(&'a Visit),
    Terminated,
    Missed,
    NotOwed(&'static str),
}

/// What asks for a duty.
#[derive(Debug, Clone, Copy)]
pub(super) enum By<'a> {
    /// A rule of the policy in force.
    Rule(&'a RuleName),
    /// What was kept of an earlier policy or cell.
    Kept(&'a KeptDuty),
}

/// A duty in the making.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub(super) code: DutyCode,
    pub(super) reference: Cow<'a, str>,
    pub(super) class: DutyClass,
    pub(super) opens: NaiveDate,
    pub(super) raw_due: NaiveDate,
    /// In force: after the workday rule and an approved delay.
    pub(super) due: NaiveDate,
    pub(super) delayed_from: Option<NaiveDate>,
    pub(super) by: By<'a>,
    pub(super) state: State<'a>,
}

impl<'a> Item<'a> {
    /// A kept duty as it was asked for; what was decided about it is not looked at yet.
    pub(super) fn of_kept(kept: &'a KeptDuty) -> Self {
        let duty = &kept.duty;
        Self {
            code: duty.code,
            reference: Cow::Borrowed(&duty.reference),
            class: duty.class,
            opens: duty.opens,
            raw_due: duty.raw_due,
            due: duty.due,
            delayed_from: None,
            by: By::Kept(kept),
            state: State::Open,
        }
    }

    /// The kept duty that this one is.
    pub(super) fn kept(&self) -> Option<&'a KeptDuty> {
        match self.by {
            By::Kept(kept) => Some(kept),
            By::Rule(_) => None,
        }
    }

    /// Whether a duty with this identity was kept of the customer: then that one stands.
    pub(super) fn is_kept_of(&self, seen: &Seen<'_>) -> bool {
        seen.kept(self.code, &self.reference)
            .any(|one| one.duty.raw_due == self.raw_due && one.standing != Standing::Spared)
    }

    /// Source of the rule, and whether a written one stands behind its numbers.
    pub(super) fn provenance(&self) -> (&'a str, bool) {
        match self.by {
            By::Rule(name) => (&name.provenance.source, name.provenance.verified),
            By::Kept(kept) => (&kept.source, kept.verified),
        }
    }

    /// Of a series of slots, of which one visit meets either those overdue or one that is not.
    pub(super) fn is_slot(&self) -> bool {
        matches!(self.code, DutyCode::PeriodicOnsite | DutyCode::PeriodicOffsite)
    }

    /// Of a series or a sample: what a change of the cell does away with.
    pub(super) fn is_periodic(&self) -> bool {
        self.is_slot() || self.code == DutyCode::Sample
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Open)
    }

    /// Order of section 6.
    pub(super) fn key(&self) -> (NaiveDate, &'static str, &str, NaiveDate) {
        (self.due, self.code.as_code(), &self.reference, self.raw_due)
    }

    pub(super) fn to_duty(&self, policy: &str) -> Duty {
        let (rule, policy) = match self.by {
            By::Rule(name) => (name.id.as_str(), policy),
            By::Kept(kept) => (kept.duty.rule.as_str(), kept.duty.policy.as_str()),
        };
        Duty {
            code: self.code,
            reference: self.reference.clone().into_owned(),
            class: self.class,
            opens: self.opens,
            raw_due: self.raw_due,
            due: self.due,
            delayed_from: self.delayed_from,
            rule: rule.to_owned(),
            policy: policy.to_owned(),
        }
    }

    pub(super) fn fate(&self) -> Fate {
        match self.state {
            State::Open => Fate::Open,
            State::Terminated => Fate::Terminated,
            State::Missed => Fate::Missed,
            State::NotOwed(reason) => Fate::NotOwed(reason),
            State::Met(visit) => Fate::Met {
                visit: visit.id.clone(),
                on: visit.visited_on,
                late_days: (visit.visited_on - self.due).num_days().max(0),
            },
        }
    }
}

/// Whether a visit of this class can meet a duty of that class.
pub(super) fn accepts(duty: DutyClass, visit: VisitClass) -> bool {
    duty == DutyClass::Any || visit == VisitClass::Onsite
}

/// `date` + `n` days; at the end of the calendar it stays there, where nothing is due.
pub(super) fn plus(date: NaiveDate, n: i64) -> NaiveDate {
    let days = Days::new(n.unsigned_abs());
    let moved = if n < 0 { date.checked_sub_days(days) } else { date.checked_add_days(days) };
    moved.unwrap_or(date)
}

/// The duties of one customer.
pub(super) struct Ledger<'a> {
    pub(super) items: Vec<Item<'a>>,
    /// Duties that do not exist are kept only where somebody wants to know why.
    pub(super) wants_missing: bool,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(wants_missing: bool) -> Self {
        Self { items: Vec::with_capacity(16), wants_missing }
    }

    /// Keeps a duty that does not exist, with the reason.
    pub(super) fn missing(&mut self, mut item: Item<'a>, reason: &'static str) {
        if self.wants_missing {
            item.state = State::NotOwed(reason);
            self.items.push(item);
        }
    }
}

/// The workday rule (section 5). A day that must not be reached backwards (`opens` may be reached,
/// the cut-offs may not) sends the due date forwards instead.
pub(super) fn workday_rule(
    days: &Workdays,
    raw_due: NaiveDate,
    opens: NaiveDate,
    cut_off: Option<NaiveDate>,
) -> NaiveDate {
    let back = days.on_or_before(raw_due);
    if back == raw_due || (back >= opens && cut_off.is_none_or(|cut| back > cut)) {
        back
    } else {
        days.next_after(raw_due)
    }
}

/// Applies what was decided about a duty (section 7): the delay decided last, or a termination.
/// Requests without a new date, or approved without a day, decide nothing.
pub(super) fn decide(seen: &Seen<'_>, item: &mut Item<'_>) {
    if seen.requests.is_empty() {
        return;
    }
    let about_it = || {
        seen.requests.iter().filter(|r| {
            r.code == item.code && r.raw_due == item.raw_due && r.reference == item.reference
        })
    };
    if about_it().any(|r| r.kind == RequestKind::Termination) {
        item.state = State::Terminated;
    }
    let delay = about_it()
        .filter(|r| r.kind == RequestKind::Delay)
        .filter_map(|r| Some((r.decided_on, &r.id, r.new_due?)))
        .max();
    if let Some((_, _, new_due)) = delay {
        item.delayed_from = Some(item.due);
        item.due = new_due;
    }
}
