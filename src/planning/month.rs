//! Month plan: a day for each due visit, within windows and capacity, with few trips (section 8).
//!
//! Readings of the page: days lie in the month, from the as-of day on. A visit due before the month
//! gets a day before it, as it would be late otherwise; one whose window opens after the month, or for
//! which the month has no room, may get one of the first workdays of the next month. A visit that may
//! fall in the workdays before a long holiday takes the earliest day that has room. Who gets a day is
//! decided by urgency; those who must be soon fill the earliest days, and may change places among
//! themselves within a week where that saves a trip.

mod ahead;
mod diary;
mod gather;
mod near;
mod places;
mod room;

use std::collections::BTreeMap;

use chrono::{Datelike, IsoWeek, Months, NaiveDate};

use crate::domain::duty::{DueVisit, DutyClass};
use crate::domain::ids::UserId;
pub use crate::domain::plan::Unplaced;
use crate::domain::workday::{DayKind, Workdays};

use super::order::{Listed, urgency};
use super::policy::{MonthRule, Policy};
pub use ahead::months;
use diary::Diary;
pub use near::near;
pub use room::Held;

/// A due visit to place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthEntry {
    /// The due visit.
    pub listed: Listed,
    /// The day on which the officer has fixed it already; what does not hold any more
    /// ([`holds`]) does not count.
    pub fixed: Option<NaiveDate>,
    /// The day on which the plan of an earlier month proposes it; see [`months`].
    pub proposed: Option<NaiveDate>,
    /// Paused up to and including this day.
    pub paused: Option<NaiveDate>,
}

/// What takes an officer's time on a day beside due visits: a pre-loan trip, a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// Whose.
    pub officer: UserId,
    /// When.
    pub day: NaiveDate,
    /// How much of the day's points it takes.
    pub points: u32,
    /// 区域 it leads to, if it is a trip.
    pub district: Option<String>,
    /// 商圈
    pub trade_circle: Option<String>,
}

/// A due visit with its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The due visit.
    pub listed: Listed,
    /// The proposed (or fixed) day.
    pub day: Option<NaiveDate>,
    /// The officer has fixed it there.
    pub fixed: bool,
    /// Why there is none.
    pub reason: Option<Unplaced>,
}

/// The last due date that the plan of a month takes in: the fifth workday of the next month. Until
/// then a visit that is overdue and could be made from `month` on gets a day without a request for
/// delay.
pub fn month_limit(policy: &Policy, days: &Workdays, month: NaiveDate) -> NaiveDate {
    days.plus_workdays(last_of(month), policy.month.workdays_after)
}

/// The points of a visit of this class.
pub const fn points(rule: &MonthRule, class: DutyClass) -> u32 {
    match class {
        DutyClass::Onsite => rule.onsite_points,
        DutyClass::Any => rule.offsite_points,
    }
}

/// First and last day that a visit may have which opens and is due on these days: from today or its
/// opening on, not while it is paused, and not after it is due. One that is overdue is made as early
/// as can be, at the latest on the last day that the plan of that month takes in: later is a delay, which somebody approves.
pub fn month_window(
    (opens, due): (NaiveDate, NaiveDate),
    paused: Option<NaiveDate>,
    (policy, days): (&Policy, &Workdays),
    as_of: NaiveDate,
) -> (NaiveDate, NaiveDate) {
    let resumed = paused.and_then(|day| day.succ_opt()).unwrap_or(as_of);
    let first = opens.max(as_of).max(resumed);
    let last = if due >= as_of { due } else { month_limit(policy, days, first) };
    (first, last)
}

/// Whether a day that was fixed for a due visit still stands: it lies ahead, work is done, and it
/// keeps to the window.
pub fn holds(
    visit: &DueVisit,
    paused: Option<NaiveDate>,
    day: NaiveDate,
    (policy, days): (&Policy, &Workdays),
    as_of: NaiveDate,
) -> bool {
    let window = (visit.opens, visit.due);
    let (first, last) = month_window(window, paused, (policy, days), as_of);
    first <= day && day <= last && days.is_workday(day)
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of(day: NaiveDate) -> NaiveDate {
    let next = first_of(day).checked_add_months(Months::new(1));
    next.and_then(|first| first.pred_opt()).unwrap_or(day)
}

/// Proposes days for the due visits of a month; `month` is any day of it. Entries due later than
/// [`month_limit`] are left out, unless they are fixed on a day of the month. Errands take their
/// share of the day, and where they lead to, visits near by join. The result is in the order of
/// section 7.
pub fn month(
    entries: Vec<MonthEntry>,
    errands: &[Errand],
    policy: &Policy,
    days: &Workdays,
    month: NaiveDate,
    as_of: NaiveDate,
) -> Vec<Placed> {
    let limit = month_limit(policy, days, month);
    let (first, last) = (first_of(month), last_of(month));
    let mut entries = entries;
    for entry in &mut entries {
        let (visit, paused) = (&entry.listed.visit, entry.paused);
        let rules = (policy, days);
        entry.fixed = entry.fixed.filter(|day| holds(visit, paused, *day, rules, as_of));
    }
    let here = |day: NaiveDate| first <= day && day <= last;
    entries.retain(|e| e.listed.visit.due <= limit || e.fixed.is_some_and(here));
    entries.sort_by(|a, b| {
        urgency(&a.listed.visit, a.listed.level).cmp(&urgency(&b.listed.visit, b.listed.level))
    });
    let span = Span::new(policy, days, (first, last), limit, as_of);
    let mut by_officer: BTreeMap<&UserId, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        by_officer.entry(&entry.listed.officer).or_default().push(index);
    }
    let mut result: Vec<(Option<NaiveDate>, Option<Unplaced>)> = vec![(None, None); entries.len()];
    for (officer, indices) in by_officer {
        let own = errands.iter().filter(|errand| errand.officer == *officer);
        let hers = indices.iter().filter_map(|index| entries.get(*index));
        let diary = Diary::fill(hers, own, (policy, days), &span);
        for (at, index) in indices.iter().enumerate() {
            if let Some(place) = result.get_mut(*index) {
                *place = diary.outcome(at, &span.workdays);
            }
        }
    }
    let paused: Vec<Option<NaiveDate>> = entries.iter().map(|entry| entry.paused).collect();
    let mut placed: Vec<Placed> = entries
        .into_iter()
        .zip(result)
        .map(|(entry, (day, reason))| Placed {
            fixed: entry.fixed.is_some(),
            listed: entry.listed,
            day,
            reason,
        })
        .collect();
    let held = Held::of(&placed, errands, policy);
    let told = placed.iter().zip(&paused).map(|(one, paused)| {
        if one.reason != Some(Unplaced::NoCapacity) {
            return one.reason;
        }
        let (visit, rules) = (&one.listed.visit, (policy, days));
        let (from, until) = month_window((visit.opens, visit.due), *paused, rules, as_of);
        Some(held.why(&one.listed, rules, (from, until.min(limit))))
    });
    let told: Vec<Option<Unplaced>> = told.collect();
    for (one, reason) in placed.iter_mut().zip(told) {
        one.reason = reason;
    }
    placed
}

/// The days that a month plan deals with.
struct Span {
    as_of: NaiveDate,
    first: NaiveDate,
    last: NaiveDate,
    limit: NaiveDate,
    /// Every workday from the as-of day to the limit.
    workdays: Vec<NaiveDate>,
    /// Of each, whether it lies shortly before a long holiday.
    hurried: Vec<bool>,
    /// Of each, the number of its week.
    weeks: Vec<IsoWeek>,
}

impl Span {
    fn new(
        policy: &Policy,
        days: &Workdays,
        (first, last): (NaiveDate, NaiveDate),
        limit: NaiveDate,
        as_of: NaiveDate,
    ) -> Self {
        let all = as_of.iter_days().take_while(|day| *day <= limit);
        let workdays: Vec<NaiveDate> = all.filter(|day| days.is_workday(*day)).collect();
        let mut span =
            Self { as_of, first, last, limit, workdays, hurried: Vec::new(), weeks: Vec::new() };
        let before = before_holidays(policy, days, &span);
        let hurried = |day: &NaiveDate| before.binary_search(day).is_ok();
        span.hurried = span.workdays.iter().map(hurried).collect();
        span.weeks = span.workdays.iter().map(Datelike::iso_week).collect();
        span
    }
}

/// The workdays before a long holiday in reach of the plan. A holiday is a run of days without work
/// that has a legal holiday in it.
fn before_holidays(policy: &Policy, days: &Workdays, span: &Span) -> Vec<NaiveDate> {
    let rule = &policy.month;
    let horizon = days.plus_workdays(span.limit, rule.before_holiday_workdays);
    let mut found = Vec::new();
    let mut workdays: Vec<NaiveDate> = Vec::new();
    let (mut length, mut legal) = (0, false);
    let begin = span.as_of.min(span.first);
    for day in begin.iter_days().take_while(|day| *day <= horizon) {
        if days.is_workday(day) {
            workdays.push(day);
            (length, legal) = (0, false);
            continue;
        }
        length += 1;
        legal |= days.special(day).is_some_and(|special| special.kind == DayKind::Off);
        if legal && length >= rule.long_holiday_days {
            let count = usize::try_from(rule.before_holiday_workdays).unwrap_or_default();
            found.extend(workdays.iter().rev().take(count).copied());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests;
