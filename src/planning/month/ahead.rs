//! Plans of months ahead: each knows those before it.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};

use super::{Errand, MonthEntry, Placed, first_of, month};
use crate::domain::workday::Workdays;
use crate::planning::Policy;

/// The plan of a month that knows those of the months before it, from that of the as-of day on: what
/// one of them proposes a day for keeps that day here, and is proposed no other. What the officer has
/// fixed comes first everywhere.
pub fn months(
    mut entries: Vec<MonthEntry>,
    errands: &[Errand],
    policy: &Policy,
    days: &Workdays,
    wanted: NaiveDate,
    as_of: NaiveDate,
) -> Vec<Placed> {
    let mut at = first_of(as_of);
    while at < first_of(wanted) {
        let placed = month(entries.clone(), errands, policy, days, at, as_of);
        let proposed: HashMap<_, _> = placed
            .iter()
            .filter(|one| !one.fixed)
            .filter_map(|one| Some((one.listed.visit.key(), one.day?)))
            .collect();
        for entry in &mut entries {
            entry.proposed = entry.proposed.or(proposed.get(&entry.listed.visit.key()).copied());
        }
        let Some(next) = at.checked_add_months(Months::new(1)) else { break };
        at = next;
    }
    month(entries, errands, policy, days, wanted, as_of)
}

#[cfg(test)]
mod tests;
