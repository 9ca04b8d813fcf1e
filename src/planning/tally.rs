//! How the duties of a month were met, and which loans the plan leaves alone: what a branch is
//! measured by.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::domain::duty::Standing;
use crate::domain::money::Fen;

use super::cadence::Asked;
use super::ledger::{Item, State};
use super::seen::Seen;

/// So many months before the present one are counted.
const MONTHS: Months = Months::new(3);

/// The duties that fell due in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// First day of the month.
    pub month: NaiveDate,
    /// Met by a visit on or before the day.
    pub on_time: u32,
    /// Met later.
    pub late: u32,
    /// Not met, and the day is past.
    pub open: u32,
}

/// First day of the first month that is counted on this day.
pub fn first_counted(as_of: NaiveDate) -> NaiveDate {
    let first = as_of.with_day(1).unwrap_or(as_of);
    first.checked_sub_months(MONTHS).unwrap_or(first)
}

/// Counts by the month of the due day in force: an approved delay counts in its new month, and a
/// terminated duty nowhere. What is not yet due and not met counts nowhere either, nor what a change of
/// the policy or the cell has found met.
pub(super) fn tallies(items: &[Item<'_>], as_of: NaiveDate) -> Vec<Tally> {
    let from = first_counted(as_of);
    let mut months: BTreeMap<NaiveDate, Tally> = BTreeMap::new();
    for item in items.iter().filter(|item| item.due >= from && !is_served(item)) {
        let month = item.due.with_day(1).unwrap_or(item.due);
        if month > as_of {
            continue;
        }
        let mut count = |of: fn(&mut Tally) -> &mut u32| {
            let blank = Tally { month, on_time: 0, late: 0, open: 0 };
            *of(months.entry(month).or_insert(blank)) += 1;
        };
        match item.state {
            State::Met(visit) if visit.visited_on <= item.due => count(|tally| &mut tally.on_time),
            State::Met(_) => count(|tally| &mut tally.late),
            State::Open | State::Missed if item.due < as_of => count(|tally| &mut tally.open),
            State::Open | State::Missed | State::Terminated | State::NotOwed(_) => {}
        }
    }
    months.into_values().collect()
}

/// Whether a duty was met before anybody asked for it: it counts in no month.
fn is_served(item: &Item<'_>) -> bool {
    let served = item.kept().is_some_and(|kept| kept.standing == Standing::Served);
    served && matches!(item.state, State::Met(_))
}

/// How many active loans have nothing planned though something should be, and how many of whom the
/// policy asks nothing: no series in the cell, or nothing outstanding. A series never ends while
/// there is an active loan, so that its next slot counts however far away it is.
pub(super) fn loans_without(
    seen: &Seen<'_>,
    asked: Option<&Asked<'_>>,
    has_visits: bool,
) -> (u32, u32) {
    let active = u32::try_from(seen.active.len()).unwrap_or(u32::MAX);
    let nothing_out = seen.exposure == Some(Fen::ZERO);
    match asked {
        _ if has_visits => (0, 0),
        _ if nothing_out => (0, active),
        None => (active, 0),
        Some(asked) if asked.on.is_none() && asked.off.is_none() => (0, active),
        Some(_) => (0, 0),
    }
}
