//! Merging: the unmet duties of one customer into due visits (section 6).

use chrono::NaiveDate;

use crate::domain::duty::DutyClass;

use super::Policy;
use super::ledger::{Item, plus};

/// A due visit as indices into the sorted items.
pub(super) struct Group {
    pub(super) due: NaiveDate,
    pub(super) opens: NaiveDate,
    pub(super) class: DutyClass,
    pub(super) members: Vec<usize>,
}

/// Groups sorted unmet items. Items due later than `to` (and not overdue) open no group, but join
/// one: so a due visit is the same whatever the window of the list.
pub(super) fn merge(
    items: &[Item<'_>],
    policy: &Policy,
    as_of: NaiveDate,
    to: NaiveDate,
) -> Vec<Group> {
    let mut taken = vec![false; items.len()];
    let mut groups = Vec::new();
    for (i, first) in items.iter().enumerate() {
        if first.due > to && first.due >= as_of {
            break;
        }
        if taken.get(i).copied().unwrap_or(true) {
            continue;
        }
        let day = first.due.max(as_of);
        let (due, opens, class) = (first.due, first.opens, first.class);
        let mut group = Group { due, opens, class, members: vec![i] };
        for (j, item) in items.iter().enumerate().skip(i + 1) {
            if taken.get(j).copied().unwrap_or(true) {
                continue;
            }
            if item.opens <= day
                && item.due <= plus(day, reach(item, policy))
                && fits(items, &group.members, item, as_of)
            {
                group.members.push(j);
                group.opens = group.opens.max(item.opens);
                group.class = group.class.max(item.class);
                if let Some(mark) = taken.get_mut(j) {
                    *mark = true;
                }
            }
        }
        groups.push(group);
    }
    groups
}

/// Days by which a duty may be taken forward.
fn reach(item: &Item<'_>, policy: &Policy) -> i64 {
    let window = (item.raw_due - item.opens).num_days() + 1;
    policy.merge.reach.max(window.div_euclid(policy.merge.window_part))
}

/// Of a series, one visit meets either the overdue slots or one that is not overdue: what it would
/// not meet is not listed with it. A sample is no series of slots.
fn fits(items: &[Item<'_>], members: &[usize], item: &Item<'_>, as_of: NaiveDate) -> bool {
    if !item.is_slot() {
        return true;
    }
    let mut same = members.iter().filter_map(|m| items.get(*m)).filter(|m| m.code == item.code);
    if item.due < as_of { same.all(|m| m.due < as_of) } else { same.next().is_none() }
}
