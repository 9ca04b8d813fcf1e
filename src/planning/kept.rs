//! What stays of the duties when the policy or a customer's cell changes.
//!
//! A duty that is met, ended or past its day is settled: the policy that was in force then judges it
//! for good. What is open on the day of the change goes by what is in force since, with one
//! exception: nothing becomes overdue by a change. Where the new policy would have had a duty due by
//! that day, it stays with the policy before; where only the new one asks for it, nobody owes it. A
//! day to which a duty was put off stands too. A change of the cell alone moves periodic duties: of
//! these what is settled is kept, and nothing else.

use chrono::NaiveDate;

use super::ledger::{By, Item, Ledger, State, accepts, decide, plus};
use super::periodic::meet;
use super::seen::Seen;
use super::tally::first_counted;
use super::{Cell, Computed, Policy, compute};
use crate::domain::duty::{DutyCode, KeptDuty, Standing};
use crate::domain::portfolio::CustomerFile;
use crate::domain::visit::{Visit, VisitClass};
use crate::domain::workday::Workdays;

/// Days ahead within which what is met already counts in a month that has begun.
const MONTH: i64 = 31;

pub(super) const PERIODIC: [DutyCode; 3] =
    [DutyCode::PeriodicOnsite, DutyCode::PeriodicOffsite, DutyCode::Sample];

/// All that is to be kept of a customer's duties on the day on which `new` takes the place of `old`,
/// or, with the same policy twice, on which her cell changes. `then` is her file before the change,
/// `now` the one after it, the dates of the cadence set; the result takes the place of its `kept`.
/// Periodic duties that count in no month any more are left out.
pub fn keep(
    (then, now): (&CustomerFile, &CustomerFile),
    (old, new): (&Policy, &Policy),
    days: &Workdays,
    on: NaiveDate,
) -> Vec<KeptDuty> {
    keep_of(before(then, old, days, on), (then, now), (old, new), days, on)
}

/// What the policy before asks of a customer on the day of a change.
pub(super) struct Before<'a> {
    /// Her cell.
    pub(super) cell: Option<Cell>,
    items: Vec<Item<'a>>,
}

impl Before<'_> {
    /// Whether a periodic duty is overdue.
    pub(super) fn is_overdue(&self, on: NaiveDate) -> bool {
        self.items.iter().any(|item| item.is_open() && item.is_periodic() && item.due < on)
    }
}

/// Works that out.
pub(super) fn before<'a>(
    then: &'a CustomerFile,
    old: &'a Policy,
    days: &Workdays,
    on: NaiveDate,
) -> Before<'a> {
    let Computed { seen, asked, ledger, .. } = compute(then, old, days, on, plus(on, MONTH), false);
    let cell = asked.map(|asked| asked.cell(seen.tier, old));
    Before { cell, items: ledger.items }
}

/// See [`keep`].
pub(super) fn keep_of<'a>(
    before: Before<'a>,
    (then, now): (&'a CustomerFile, &CustomerFile),
    (old, new): (&'a Policy, &Policy),
    days: &Workdays,
    on: NaiveDate,
) -> Vec<KeptDuty> {
    let by_policy = old.version != new.version;
    let changes = |code| code != DutyCode::Directed && (by_policy || PERIODIC.contains(&code));
    let to = plus(on, MONTH);
    let mut before = before.items;
    before.retain(|item| changes(item.code));
    let (settled, open): (Vec<Item<'_>>, Vec<Item<'_>>) =
        before.into_iter().partition(|item| !item.is_open() || item.due < on);
    let (slots, nodes): (Vec<Item<'_>>, Vec<Item<'_>>) =
        open.into_iter().partition(Item::is_periodic);
    let stays = then.kept.iter().filter(|one| !changes(one.duty.code));
    let mut kept: Vec<KeptDuty> = stays.cloned().collect();
    // What met a slot of old still matters where it might now be taken for one that was not met.
    let unmet = settled.iter().chain(&slots).filter(|item| item.is_periodic() && !is_met(item));
    let since = unmet.map(|item| item.opens).min().unwrap_or(on).min(first_counted(on));
    let settled_and_told = settled.iter().filter(|item| counts(item, on, since));
    kept.extend(settled_and_told.map(|item| kept_of(item, old, on)));
    // A slot up to this day is in no series of the new policy, though its own day may not be over.
    let slots = slots.iter().filter(|item| by_policy && item.raw_due <= on);
    kept.extend(slots.map(|item| kept_of(item, old, on)));

    // What the new policy or cell asks for, beside what stands: chains of flags go on from there.
    let stands = kept.iter().filter(|one| is_chained(one.duty.code)).cloned().collect();
    let after = CustomerFile { kept: stands, ..now.clone() };
    let mut fresh = compute(&after, new, days, on, to, true).ledger.items;
    fresh.retain(|item| item.kept().is_none() && changes(item.code));
    let same = |a: &Item<'_>, b: &Item<'_>| a.code == b.code && a.reference == b.reference;
    let is_past = |item: &Item<'_>| {
        !item.is_periodic() && item.raw_due <= on && !matches!(item.state, State::NotOwed(_))
    };
    for item in &nodes {
        let over = || fresh.iter().any(|other| same(item, other) && is_past(other));
        if item.delayed_from.is_some() || over() {
            kept.push(kept_of(item, old, on));
        }
    }
    for item in &fresh {
        let stands = |one: &KeptDuty| {
            one.duty.code == item.code
                && one.duty.reference == *item.reference
                && (!is_chained(item.code) || one.duty.opens == item.opens)
        };
        if !item.is_periodic() && kept.iter().any(stands) {
            continue;
        }
        let asked = || nodes.iter().chain(&settled).any(|other| same(item, other));
        let standing = if is_past(item) && !asked() {
            Standing::Spared
        } else if is_met(item) {
            Standing::Served
        } else {
            continue;
        };
        kept.push(KeptDuty { standing, ..kept_of(item, new, on) });
    }
    for one in kept.iter_mut().filter(|one| changes(one.duty.code)) {
        let of =
            |item: &&Item<'_>| item.code == one.duty.code && *item.reference == one.duty.reference;
        one.instead =
            fresh.iter().find(of).filter(|_| !is_chained(one.duty.code)).map(|item| item.raw_due);
    }
    // What stood before stands before what would take its place.
    kept.sort_by(|a, b| key(a).cmp(&key(b)));
    kept.dedup_by(|b, a| key(a) == key(b));
    kept
}

/// Duties of which one customer, or flag, has several that follow each other.
fn is_chained(code: DutyCode) -> bool {
    code == DutyCode::FlagRevisit || PERIODIC.contains(&code)
}

fn key(one: &KeptDuty) -> (&'static str, &str, NaiveDate) {
    (one.duty.code.as_code(), &one.duty.reference, one.duty.raw_due)
}

fn is_met(item: &Item<'_>) -> bool {
    matches!(item.state, State::Met(_))
}

/// Whether a settled duty still says anything: a periodic one while its month is counted, nobody has
/// met it, or the visit that has lies after `since`; the others as long as their loan runs.
fn counts(item: &Item<'_>, on: NaiveDate, since: NaiveDate) -> bool {
    let State::Met(visit) = item.state else { return true };
    !item.is_periodic() || item.due >= first_counted(on) || visit.visited_on >= since
}

fn kept_of(item: &Item<'_>, policy: &Policy, on: NaiveDate) -> KeptDuty {
    let mut duty = item.to_duty(&policy.version);
    // The delay is applied anew each time, so that a later one can take its place.
    duty.due = item.delayed_from.unwrap_or(item.due);
    duty.delayed_from = None;
    let (source, verified) = item.provenance();
    let served = item.kept().is_some_and(|kept| kept.standing == Standing::Served);
    let standing = match item.state {
        State::Met(_) if served => Standing::Served,
        _ if item.is_periodic() && item.due < on => Standing::Past,
        _ => Standing::Owed,
    };
    KeptDuty {
        duty,
        source: source.to_owned(),
        verified,
        met_on: match item.state {
            State::Met(visit) => Some(visit.visited_on),
            _ => None,
        },
        kept_on: on,
        instead: None,
        standing,
    }
}

/// The visit that had met a kept duty by then, if it still counts.
pub(super) fn met_then<'a>(seen: &Seen<'a>, item: &Item<'_>) -> Option<&'a Visit> {
    let By::Kept(kept) = item.by else { return None };
    let on = kept.met_on?;
    let (code, reference) = (item.code, &item.reference);
    seen.visits.iter().copied().find(|visit| {
        visit.visited_on == on
            && (item.is_slot() || visit.purposes.iter().any(|p| p.covers(code, reference)))
            && (!item.is_slot() || accepts(item.class, visit.class))
    })
}

/// Gives a kept duty the fate that it had.
pub(super) fn meet_as_then<'a>(seen: &Seen<'a>, item: &mut Item<'a>) {
    if item.is_open()
        && let Some(visit) = met_then(seen, item)
    {
        item.state = State::Met(visit);
    }
}

/// Adds the periodic duties that were kept. `asked` = the customer is in a cell that asks for
/// something; else nobody is sent for them.
pub(super) fn add<'a>(seen: &Seen<'a>, ledger: &mut Ledger<'a>, asked: bool) {
    for code in PERIODIC {
        let kept = || seen.file.kept.iter().filter(move |one| one.duty.code == code);
        let mut items: Vec<Item<'a>> = kept().map(Item::of_kept).collect();
        for item in &mut items {
            decide(seen, item);
            meet_as_then(seen, item);
        }
        // A visit that met one of them then meets no other now.
        let used = |visit: &&&Visit| !kept().any(|one| one.met_on == Some(visit.visited_on));
        for visit in seen.visits.iter().filter(used) {
            if code == DutyCode::Sample {
                let served = |item: &&mut Item<'_>| {
                    item.is_open()
                        && visit.visited_on >= item.opens
                        && visit.purposes.iter().any(|p| p.covers(code, &item.reference))
                };
                items.iter_mut().filter(served).for_each(|item| item.state = State::Met(visit));
            } else if code == DutyCode::PeriodicOffsite || visit.class == VisitClass::Onsite {
                meet(&mut items, visit);
            }
        }
        for mut item in items {
            let is_past =
                |one: &KeptDuty| one.standing == Standing::Past && one.kept_on <= seen.as_of;
            if item.is_open() && (!asked || item.kept().is_some_and(is_past)) {
                if item.due >= seen.as_of {
                    continue;
                }
                item.state = State::Missed;
            }
            ledger.items.push(item);
        }
    }
}

#[cfg(test)]
mod tests;
