//! Who is near by where an officer goes anyway.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::{Errand, MonthEntry, Policy, holds, points};
use crate::domain::duty::DutyClass;
use crate::domain::workday::Workdays;

/// Due visits that could share a trip of one officer on `day`: in the same trade circle first, then
/// in the same district, in the order given. They are due at most so many days later as the policy
/// says, may be made on that day, and fit into its `free` points. `trips` are the visits on site
/// that stand on the day, `errands` what else leads somewhere. Gives positions in `others`.
pub fn near(
    others: &[&MonthEntry],
    trips: &[&MonthEntry],
    errands: &[&Errand],
    free: u32,
    (policy, days): (&Policy, &Workdays),
    (day, as_of): (NaiveDate, NaiveDate),
) -> Vec<usize> {
    let onsite = trips.iter().filter(|trip| trip.listed.visit.class == DutyClass::Onsite);
    let led = onsite.map(|trip| (&trip.listed.district, &trip.listed.trade_circle));
    let went = errands.iter().map(|errand| (&errand.district, &errand.trade_circle));
    let places: Vec<(&str, Option<&str>)> = led
        .chain(went)
        .filter_map(|(district, circle)| Some((district.as_deref()?, circle.as_deref())))
        .collect();
    let mut found: Vec<(bool, usize)> = Vec::new();
    for (index, other) in others.iter().enumerate() {
        let visit = &other.listed.visit;
        let Some(district) = other.listed.district.as_deref() else { continue };
        // Who is seen that day anyway needs no second invitation.
        if trips.iter().any(|trip| trip.listed.visit.customer == visit.customer) {
            continue;
        }
        let same = places.iter().any(|(place, _)| *place == district);
        let soon = (visit.due - day).num_days() <= policy.month.near_days;
        let fits = points(&policy.month, visit.class) <= free;
        if !(same && soon && fits && holds(visit, other.paused, day, (policy, days), as_of)) {
            continue;
        }
        let circle = other.listed.trade_circle.as_deref();
        let close = circle.is_some() && places.contains(&(district, circle));
        found.push((close, index));
    }
    found.sort_by_key(|(close, index)| (Reverse(*close), *index));
    found.into_iter().map(|(_, index)| index).collect()
}
