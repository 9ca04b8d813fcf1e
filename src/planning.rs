//! Pure: policy and portfolio and day in, duties and due visits out (`planning.md`).
//!
//! [`plan`] computes the due visits of one customer, [`explain`] every duty with its fate, [`gaps`]
//! what is missing. [`sort`] puts the due visits of many customers in order, [`month`] gives them days.
//!
//! Where the page leaves room, this is how it is read:
//! - A flag or task is open until the day before its `closed_on`; a flag without `confirmed_on` is not open.
//! - A request counts when it is approved, has a `decided_on` up to the as-of day and (a delay) a new date.
//! - The rule id of a cell names the customer's own tier (`cadence.small.loss`), though doubtful and
//!   loss share a column; the kept cell names the column.
//! - The extra visit opens on `extra_visit_from` even before the anchor, and is never moved.
//! - `sample` is no series of slots: it is met, and merged, like a node duty.
//! - An ended loan with neither `settled_on` nor `matures_on` is a blocking gap, as the anchor needs its end.
//! - Settled duties stay with the policy and cell under which they were settled ([`keep`]): section 1
//!   says so of those that were met, section 3 that missed ones are kept in the record as missed.
//! - What an earlier month proposes keeps that day in the plans of later ones ([`months`]).
//! - A row without maturity, balance or exposure has no duty that needs them; nothing is guessed.

mod cadence;
pub mod deadline;
mod delay;
mod explain;
mod gap;
mod grid;
mod kept;
mod ledger;
mod merge;
mod month;
mod nodes;
mod onsite;
mod order;
mod periodic;
pub mod policy;
pub mod reason;
pub mod rehearsal;
mod seen;
mod tally;
mod uncounted;

use chrono::NaiveDate;

use crate::domain::duty::{DueVisit, Duty};
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::portfolio::CustomerFile;
use crate::domain::visit::VisitClass;
use crate::domain::workday::Workdays;

pub use cadence::{Cell, NotACell};
pub use delay::{last_delay, last_first_delay};
pub use explain::{Explained, Explanation, explain};
pub use gap::{Gap, GapKind, gaps};
pub use kept::keep;
pub use month::{
    Errand, Held, MonthEntry, Placed, Unplaced, holds, month, month_limit, month_window, months,
    near, points,
};
pub use onsite::onsite_year;
pub use order::{Listed, ListedGap, Urgency, is_listed, sort, sort_gaps, urgency};
pub use policy::Policy;
pub use tally::{Tally, first_counted};

use cadence::Asked;
use ledger::{Item, Ledger, accepts, plus};
use seen::Seen;

/// The plan of one customer on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Overdue visits and those due up to the last day asked for, in order of due date.
    pub visits: Vec<DueVisit>,
    /// What is missing, by field and reference.
    pub gaps: Vec<Gap>,
    /// Cell of the matrix; `None` without an active loan or with a blocking gap.
    pub cell: Option<Cell>,
    /// Customer tier.
    pub tier: Tier,
    /// Sum of the balances of active loans; `None` if one is missing.
    pub exposure: Option<Fen>,
    /// Highest level of the confirmed open flags.
    pub level: Option<Level>,
    /// How the duties of this month and the months before it were met, oldest first.
    pub tallies: Vec<Tally>,
    /// Active loans for which nothing is planned though something should be.
    pub unplanned: u32,
    /// Active loans of a customer of whom the policy asks nothing at present.
    pub exempt: u32,
}

impl Plan {
    /// Whether a periodic duty is overdue: then a change of cell asks for an extra visit.
    pub fn has_overdue_periodic(&self, as_of: NaiveDate) -> bool {
        let mut duties = self.visits.iter().flat_map(|visit| &visit.duties);
        duties.any(|duty| duty.due < as_of && kept::PERIODIC.contains(&duty.code))
    }
}

/// All that is computed of one customer before it is shaped.
struct Computed<'a> {
    seen: Seen<'a>,
    gaps: Vec<Gap>,
    asked: Option<Asked<'a>>,
    ledger: Ledger<'a>,
}

/// The duties of a customer: node duties all, periodic ones up to `to` and the longest reach.
fn compute<'a>(
    file: &'a CustomerFile,
    policy: &'a Policy,
    days: &Workdays,
    as_of: NaiveDate,
    to: NaiveDate,
    wants_missing: bool,
) -> Computed<'a> {
    let seen = Seen::new(file, policy, as_of);
    let gaps = gap::of_seen(&seen, policy);
    let asked = asked_of(&seen, &gaps, policy);
    let mut ledger = Ledger::new(wants_missing);
    let row = asked.map(|asked| asked.index);
    nodes::Nodes { seen: &seen, policy, days, row }.add(&mut ledger);
    let asked_for = asked.as_ref().filter(|_| seen.exposure != Some(Fen::ZERO));
    kept::add(&seen, &mut ledger, asked_for.is_some());
    if let Some(asked) = asked_for {
        let limit = plus(to.max(as_of), policy.longest_reach());
        let limit = seen.last_delayed().map_or(limit, |day| day.max(limit));
        periodic::Periodic { seen: &seen, policy, days, limit }.add(&mut ledger, asked);
    }
    Computed { seen, gaps, asked, ledger }
}

/// The cell of a customer alone, as [`plan`] tells it.
fn cell(file: &CustomerFile, policy: &Policy, as_of: NaiveDate) -> Option<Cell> {
    let seen = Seen::new(file, policy, as_of);
    let asked = asked_of(&seen, &gap::of_seen(&seen, policy), policy)?;
    Some(asked.cell(seen.tier, policy))
}

/// What the policy asks for periodically of who has an active loan and no gap that stands in the way.
fn asked_of<'a>(seen: &Seen<'_>, gaps: &[Gap], policy: &'a Policy) -> Option<Asked<'a>> {
    let blocked = seen.active.is_empty() || gaps.iter().any(|gap| gap.blocks);
    if blocked { None } else { cadence::asked(seen, policy) }
}

/// Plans one customer for the as-of day: everything overdue and everything due up to `to`.
pub fn plan(
    file: &CustomerFile,
    policy: &Policy,
    days: &Workdays,
    as_of: NaiveDate,
    to: NaiveDate,
) -> Plan {
    let Computed { seen, gaps, asked, ledger } = compute(file, policy, days, as_of, to, false);
    let tallies = tally::tallies(&ledger.items, as_of);
    let unmet = unmet(ledger);
    let visits: Vec<DueVisit> = merge::merge(&unmet, policy, as_of, to)
        .into_iter()
        .map(|group| DueVisit {
            customer: file.customer.id.clone(),
            class: group.class,
            opens: group.opens,
            due: group.due,
            tier: seen.tier,
            exposure: seen.exposure,
            duties: group
                .members
                .iter()
                .filter_map(|m| unmet.get(*m))
                .map(|item| item.to_duty(&policy.version))
                .collect(),
        })
        .collect();
    let cell = asked.map(|asked| asked.cell(seen.tier, policy));
    let (unplanned, exempt) = tally::loans_without(&seen, asked.as_ref(), !visits.is_empty());
    let level = seen.level();
    let (tier, exposure) = (seen.tier, seen.exposure);
    Plan { visits, gaps, cell, tier, exposure, level, tallies, unplanned, exempt }
}

/// Unmet duties in the order of section 6.
fn unmet(ledger: Ledger<'_>) -> Vec<Item<'_>> {
    let mut items = ledger.items;
    items.retain(Item::is_open);
    items.sort_by(|a, b| a.key().cmp(&b.key()));
    items
}

/// The duties that a visit of this class, made on the as-of day, would meet: what its form takes in
/// (section 4). Of each periodic series either the overdue slots or the one that is open.
pub fn open_duties(
    file: &CustomerFile,
    policy: &Policy,
    days: &Workdays,
    as_of: NaiveDate,
    class: VisitClass,
) -> Vec<Duty> {
    // What is open today may be due as late as a whole window from now.
    let to = plus(as_of, policy.longest_window());
    let items = unmet(compute(file, policy, days, as_of, to, false).ledger);
    let mut duties = Vec::new();
    for item in items.iter().filter(|item| accepts(item.class, class)) {
        let counts = if item.is_slot() {
            let mut same = items.iter().filter(|other| other.code == item.code);
            if same.clone().any(|other| other.due < as_of) {
                item.due < as_of
            } else {
                // The earliest open slot by `raw_due`, as delays may have changed the order of `due`.
                item.opens <= as_of
                    && same.all(|other| other.opens > as_of || other.raw_due >= item.raw_due)
            }
        } else {
            item.opens <= as_of
        };
        if counts {
            duties.push(item.to_duty(&policy.version));
        }
    }
    duties
}

#[cfg(test)]
mod tests;
