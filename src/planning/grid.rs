//! Anchor and slots of the periodic duties (section 3, "Grid").

use chrono::{Datelike, Months, NaiveDate};

use super::Policy;
use super::ledger::plus;
use super::policy::Interval;
use super::seen::{Seen, ended_on};

/// The day on which the customer's present time in debt began; `None` without an active loan.
pub(super) fn anchor(seen: &Seen<'_>, policy: &Policy) -> Option<NaiveDate> {
    let mut anchor = seen.active.iter().map(|loan| loan.disbursed_on).min()?;
    loop {
        let limit = plus(anchor, -policy.grid.anchor_gap);
        let earlier = seen
            .loans()
            .filter(|loan| loan.disbursed_on < anchor)
            .filter(|loan| ended_on(loan).is_some_and(|end| end >= limit))
            .map(|loan| loan.disbursed_on)
            .min();
        match earlier {
            Some(day) => anchor = day,
            None => return Some(anchor),
        }
    }
}

/// A slot of the grid on the date that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) opens: NaiveDate,
    pub(super) raw_due: NaiveDate,
    /// On a day without an active loan, and the next slot comes no later than the moved date.
    pub(super) skipped: bool,
}

/// The slots of one series.
pub(super) struct Grid<'a, 's> {
    pub(super) seen: &'s Seen<'a>,
    pub(super) policy: &'a Policy,
    pub(super) anchor: NaiveDate,
    /// From this day on some loan is active for good, so that no slot has to be moved.
    pub(super) settled_from: NaiveDate,
}

impl<'a, 's> Grid<'a, 's> {
    pub(super) fn new(seen: &'s Seen<'a>, policy: &'a Policy) -> Option<Self> {
        let anchor = anchor(seen, policy)?;
        let settled_from = seen.active.iter().map(|loan| loan.disbursed_on).min()?;
        Some(Self { seen, policy, anchor, settled_from })
    }

    /// The slots of an interval in order, from the anchor on; those that surely lie before `skip_to`
    /// may be left out.
    pub(super) fn slots(
        &self,
        interval: Interval,
        skip_to: Option<NaiveDate>,
    ) -> impl Iterator<Item = Slot> + '_ {
        // A moved slot comes later than its own date: start as much earlier as it can be moved.
        let margin = self.policy.grid.anchor_gap + self.policy.grid.moved + 31;
        let start = skip_to.map_or(self.anchor, |day| plus(day, -margin).max(self.anchor));
        let first = match interval {
            Interval::Months(n) => {
                let months = month_number(start) - month_number(self.anchor);
                u32::try_from(months).unwrap_or_default() / n.max(1)
            }
            Interval::HalfYear => {
                let halves = month_number(start) / 6 - month_number(self.anchor) / 6;
                u32::try_from(halves).unwrap_or_default()
            }
        };
        // The zeroth month slot is the anchor itself, which is none; half-years count from the
        // anchor's own.
        let first = if interval == Interval::HalfYear { first } else { first.max(1) };
        (first..)
            .map_while(move |k| Some((k, self.date(interval, k)?, self.date(interval, k + 1)?)))
            .filter(|(_, date, _)| *date > self.anchor)
            .map(move |(k, date, next)| self.slot(interval, k, date, next))
    }

    /// The date of the `k`th slot, before it is moved; `None` beyond the calendar.
    fn date(&self, interval: Interval, k: u32) -> Option<NaiveDate> {
        match interval {
            Interval::Months(n) => self.anchor.checked_add_months(Months::new(k.checked_mul(n)?)),
            Interval::HalfYear => {
                let rule = &self.policy.half_year;
                let month = ((self.anchor.month0() + rule.after_anchor) % 6 + 1).max(rule.earliest);
                let half = month_number(self.anchor) / 6 + i32::try_from(k).ok()?;
                // The first day of the month after, less one day: the last day of the slot's month.
                let after = half * 6 + i32::try_from(month).ok()?;
                let first = NaiveDate::from_ymd_opt(
                    after.div_euclid(12),
                    u32::try_from(after.rem_euclid(12)).ok()? + 1,
                    1,
                )?;
                first.pred_opt()
            }
        }
    }

    fn slot(&self, interval: Interval, k: u32, date: NaiveDate, next: NaiveDate) -> Slot {
        let (raw_due, skipped) = if self.in_debt(date) {
            (date, false)
        } else {
            let again =
                self.seen.loans().map(|loan| loan.disbursed_on).filter(|day| *day > date).min();
            let moved = again.map_or(date, |day| plus(day, self.policy.grid.moved));
            (moved, next <= moved)
        };
        let opens = match interval {
            Interval::Months(1) => k
                .checked_sub(1)
                .and_then(|before| self.date(interval, before))
                .map_or(raw_due, |before| plus(before, 1)),
            Interval::Months(n) => {
                plus(raw_due, -(i64::from(n) * self.policy.grid.window_per_month))
            }
            Interval::HalfYear => {
                let month = if raw_due.month() <= 6 { 1 } else { 7 };
                let first = NaiveDate::from_ymd_opt(raw_due.year(), month, 1).unwrap_or(raw_due);
                plus(raw_due, -self.policy.half_year.window).max(first)
            }
        };
        Slot { opens: opens.max(plus(self.anchor, 1)), raw_due, skipped }
    }

    /// Whether a loan was active on this day.
    fn in_debt(&self, day: NaiveDate) -> bool {
        day >= self.settled_from
            || self
                .seen
                .loans()
                .any(|loan| loan.disbursed_on <= day && ended_on(loan).is_none_or(|end| end >= day))
    }
}

/// Months since year 0, so that months can be subtracted.
fn month_number(day: NaiveDate) -> i32 {
    day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default()
}
