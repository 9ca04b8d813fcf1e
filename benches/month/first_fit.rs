//! The month as somebody without a plan would fill it: the most urgent visit first, on the first day
//! of its window that has room. What the levelling is measured against.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike as _, NaiveDate};
use huifang::domain::duty::DutyClass;
use huifang::domain::workday::Workdays;
use huifang::planning::{self, MonthEntry, Policy, month_limit, month_window, points};

/// What a plan of a month comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    /// Due visits with a day.
    pub(crate) placed: usize,
    /// Of these, on site.
    pub(crate) onsite: usize,
    /// Distinct officer, day and district of visits on site.
    pub(crate) trips: usize,
}

/// Counts a plan: each visit with its day.
pub(crate) fn count<'a>(plan: impl Iterator<Item = (&'a planning::Listed, NaiveDate)>) -> Count {
    let (mut placed, mut onsite) = (0, 0);
    let mut trips = BTreeSet::new();
    for (listed, day) in plan {
        placed += 1;
        if listed.visit.class == DutyClass::Onsite {
            onsite += 1;
            trips.insert((listed.officer.clone(), day, listed.district.clone()));
        }
    }
    Count { placed, onsite, trips: trips.len() }
}

/// A day for each entry, in the same order; `None` = no day of its window has room.
pub(crate) fn first_fit(
    entries: &[MonthEntry],
    policy: &Policy,
    days: &Workdays,
    month: NaiveDate,
    as_of: NaiveDate,
) -> Vec<Option<NaiveDate>> {
    let limit = month_limit(policy, days, month);
    let first = month.with_day(1).unwrap_or(month);
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| {
        let listed = &entries[*at].listed;
        planning::urgency(&listed.visit, listed.level)
    });
    let mut taken: HashMap<(&str, NaiveDate), u32> = HashMap::new();
    let mut found = vec![None; entries.len()];
    for at in order {
        let listed = &entries[at].listed;
        let visit = &listed.visit;
        if visit.due > limit {
            continue;
        }
        let (opens, until) = month_window((visit.opens, visit.due), None, (policy, days), as_of);
        // What is due before the month is not kept waiting for it.
        let early = visit.due >= as_of && visit.due < first;
        let begin = if early { opens } else { opens.max(first) };
        let worth = points(&policy.month, visit.class);
        let end = if visit.due < as_of { limit } else { until.min(limit) };
        let day = begin.iter_days().take_while(|day| *day <= end).find(|day| {
            let used = taken.get(&(listed.officer.as_str(), *day)).copied().unwrap_or_default();
            days.is_workday(*day) && used + worth <= policy.month.day_points
        });
        if let Some(day) = day {
            *taken.entry((listed.officer.as_str(), day)).or_default() += worth;
            found[at] = Some(day);
        }
    }
    found
}
