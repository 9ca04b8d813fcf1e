//! Visits that were made and left a duty open: `explain` says why (section 4).

use crate::domain::duty::{DutyCode, Uncounted, Uncounting};
use crate::domain::visit::{Visit, VisitState};

use super::ledger::{Item, State, accepts};
use super::seen::Seen;

/// The visits made for an open duty whose window has begun, oldest first. One from before the
/// window is named only if it met nothing of the kind and is no farther from the window than that
/// is long: else every visit of the past would stand here.
pub(super) fn of(seen: &Seen<'_>, items: &[Item<'_>], item: &Item<'_>) -> Vec<Uncounted> {
    if !item.is_open() || item.opens > seen.as_of {
        return Vec::new();
    }
    let mut made: Vec<&Visit> =
        seen.file.visits.iter().filter(|visit| visit.visited_on <= seen.as_of).collect();
    made.sort_by(|a, b| (a.visited_on, &a.id).cmp(&(b.visited_on, &b.id)));
    let near = |visit: &Visit| item.opens - visit.visited_on <= item.raw_due - item.opens;
    let early = made.iter().rfind(|visit| {
        visit.visited_on < item.opens
            && visit.state.is_done()
            && accepts(item.class, visit.class)
            && near(visit)
            && !met_one(items, item.code, visit)
    });
    let early = early.map(|visit| (*visit, Uncounting::Early));
    let within = made.iter().filter(|visit| visit.visited_on >= item.opens);
    let within = within.filter_map(|visit| Some((*visit, why(item, visit)?)));
    early
        .into_iter()
        .chain(within)
        .map(|(visit, why)| Uncounted { visit: visit.id.clone(), on: visit.visited_on, why })
        .collect()
}

fn why(item: &Item<'_>, visit: &Visit) -> Option<Uncounting> {
    let named = visit.purposes.iter().any(|p| p.covers(item.code, &item.reference));
    if !accepts(item.class, visit.class) {
        Some(Uncounting::Offsite)
    } else if matches!(visit.state, VisitState::Draft | VisitState::Returned) {
        Some(Uncounting::NotHandedIn)
    } else if !item.is_slot() && !named {
        Some(Uncounting::OtherPurpose)
    } else {
        None
    }
}

fn met_one(items: &[Item<'_>], code: DutyCode, visit: &Visit) -> bool {
    items
        .iter()
        .any(|item| item.code == code && matches!(item.state, State::Met(by) if by.id == visit.id))
}
