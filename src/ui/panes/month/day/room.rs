//! Whether a day has room for one visit more, and which proposals make it.

use chrono::NaiveDate;

use crate::protocol::page::{MonthPlanPage, PlanVisit, Stand};

/// What a visit that is set on a day finds there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Room {
    /// Nobody has to go: there is room, or what is set by hand fills the day already.
    Free,
    /// These proposals go to another of their days.
    GiveWay(Vec<(PlanVisit, NaiveDate)>),
    /// A proposal of the day that has no other, and more who would have to go.
    None(PlanVisit),
}

/// Looks for it: the least urgent go first, each to the nearest workday of its window in this month
/// that has room, from today on.
pub(super) fn room(
    page: &MonthPlanPage,
    visit: &PlanVisit,
    day: NaiveDate,
    today: NaiveDate,
) -> Room {
    let is_it = |other: &PlanVisit| other.customer == visit.customer && other.due == visit.due;
    let there: Vec<&PlanVisit> = page
        .visits
        .iter()
        .filter(|other| other.stand == Stand::Proposed(day) && !is_it(other))
        .collect();
    let load = page.load(day);
    let own = if visit.stand.day() == Some(day) { visit.points } else { 0 };
    let mut over = (load.taken() + visit.points).saturating_sub(own + page.capacity);
    let proposed: u32 = there.iter().map(|other| other.points).sum();
    // What was set by hand stays, whoever goes: that the day is over is told once it is done.
    over = over.min(proposed);
    let mut gone: Vec<(PlanVisit, NaiveDate)> = Vec::new();
    let mut stuck = None;
    for other in there.iter().rev() {
        if over == 0 {
            break;
        }
        if let Some(to) = elsewhere(page, other, (day, today), &gone) {
            over = over.saturating_sub(other.points);
            gone.push(((*other).clone(), to));
            continue;
        }
        // Who must be seen soonest says why.
        if stuck.as_ref().is_none_or(|known: &PlanVisit| other.until < known.until) {
            stuck = Some((*other).clone());
        }
    }
    match stuck {
        Some(other) if over > 0 => Room::None(other),
        _ if gone.is_empty() => Room::Free,
        _ => Room::GiveWay(gone),
    }
}

fn elsewhere(
    page: &MonthPlanPage,
    other: &PlanVisit,
    (day, today): (NaiveDate, NaiveDate),
    gone: &[(PlanVisit, NaiveDate)],
) -> Option<NaiveDate> {
    let free = |date: NaiveDate| {
        let came: u32 = gone.iter().filter(|(_, to)| *to == date).map(|(v, _)| v.points).sum();
        page.load(date).taken() + came + other.points <= page.capacity
    };
    let days = page.days.iter().filter(|one| one.workday).map(|one| one.date);
    days.filter(|date| *date != day && *date >= today)
        .filter(|date| other.from <= *date && *date <= other.until && free(*date))
        .min_by_key(|date| (*date - day).num_days().abs())
}

#[cfg(test)]
mod tests;
