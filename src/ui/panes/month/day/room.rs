//! Whether a day has room for one visit more, and which proposals make it.

use chrono::NaiveDate;

use crate::protocol::page::{MonthPlanPage, PlanVisit, Stand};

/// Where a proposal goes that gives way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// To this day of the month.
    Day(NaiveDate),
    /// Its window reaches beyond the month: the plan finds it another day.
    Replanned,
    /// It has no other day.
    Nowhere,
}

/// Which proposals of a day have to go for a visit that is set on it, and where to; empty = there is
/// room, or what is set by hand fills the day already. Those leave who can go to another day of the
/// month, the least urgent first, each to the nearest workday of its window that has room; then those
/// whose window reaches beyond the month; last those who have nowhere to go.
pub(super) fn give_way(
    page: &MonthPlanPage,
    visit: &PlanVisit,
    day: NaiveDate,
    today: NaiveDate,
) -> Vec<(PlanVisit, To)> {
    let is_it = |other: &PlanVisit| other.key() == visit.key();
    let mut there: Vec<&PlanVisit> = page
        .visits
        .iter()
        .filter(|other| other.stand == Stand::Proposed(day) && !is_it(other))
        .collect();
    let load = page.load(day);
    let own = if visit.stand.day() == Some(day) { visit.points } else { 0 };
    let mut over = (load.taken() + visit.points).saturating_sub(own + page.capacity);
    let last = page.days.last().map_or(day, |one| one.date);
    let mut gone: Vec<(PlanVisit, To)> = Vec::new();
    let mut left = Vec::new();
    while let Some(other) = there.pop().filter(|_| over > 0) {
        match elsewhere(page, other, (day, today), &gone) {
            Some(to) => {
                over = over.saturating_sub(other.points);
                gone.push((other.clone(), To::Day(to)));
            }
            None => left.push(other),
        }
    }
    left.sort_by_key(|other| other.until <= last);
    for other in left {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(other.points);
        let to = if other.until > last { To::Replanned } else { To::Nowhere };
        gone.push((other.clone(), to));
    }
    gone
}

fn elsewhere(
    page: &MonthPlanPage,
    other: &PlanVisit,
    (day, today): (NaiveDate, NaiveDate),
    gone: &[(PlanVisit, To)],
) -> Option<NaiveDate> {
    let free = |date: NaiveDate| {
        let came = gone.iter().filter(|(_, to)| *to == To::Day(date));
        let came: u32 = came.map(|(visit, _)| visit.points).sum();
        page.load(date).taken() + came + other.points <= page.capacity
    };
    let days = page.days.iter().filter(|one| one.workday).map(|one| one.date);
    days.filter(|date| *date != day && *date >= today)
        .filter(|date| other.from <= *date && *date <= other.until && free(*date))
        .min_by_key(|date| (*date - day).num_days().abs())
}

#[cfg(test)]
mod tests;
