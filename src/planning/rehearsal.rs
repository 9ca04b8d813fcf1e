//! The rehearsal of a policy: what of one customer's visits would move if it came into force.
//!
//! A policy in force is part of a customer's cell (section 3), so its activation is a change of
//! cadence: [`under`] says what that does to the customer's dates, for the rehearsal and for the
//! activation alike.

use chrono::NaiveDate;

use super::{Cell, Plan, Policy, cell, kept, plan};
use crate::domain::duty::{DueVisit, DutyClass, DutyCode};
use crate::domain::portfolio::CustomerFile;
use crate::domain::workday::Workdays;

/// What a change of the cell means for the customer's cadence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// For the worse, or while a periodic duty was overdue: the customer is visited once more.
    pub extra: bool,
}

/// The policy that was in force before, while customers are left who were not taken over yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// As it was.
    pub policy: Policy,
    /// The day from which the other one is in force.
    pub on: NaiveDate,
}

/// Compares the cells of the day of the change. `None` where there is no cell after it, or where it
/// is the same; who had none is visited anew.
fn change(before: Option<&Cell>, after: Option<&Cell>, is_overdue: bool) -> Option<Change> {
    let new = after?;
    let Some(old) = before else { return Some(Change { extra: true }) };
    (old != new).then(|| Change { extra: new.is_worse_than(old) || is_overdue })
}

/// One difference between the visits of two policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shift {
    /// The visit has another due date.
    Moved {
        /// As it is.
        from: DueVisit,
        /// As it would be.
        to: DueVisit,
    },
    /// The date stays, but other visits meet it: on-site instead of any, or the reverse.
    Class {
        /// As it is.
        from: DueVisit,
        /// As it would be.
        to: DueVisit,
    },
    /// A visit more.
    New(DueVisit),
    /// A visit less.
    Gone(DueVisit),
}

/// What a policy would do to one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// The differences, in order of the day on which each is or would be due.
    pub shifts: Vec<Shift>,
    /// Visits are due now, and none would be.
    pub left_out: bool,
    /// No row of the new matrix matches, though one of the old does.
    pub unmatched: bool,
    /// Due visits as they are.
    pub before: usize,
    /// Due visits as they would be.
    pub after: usize,
}

/// The customer's file as it stands after the policy came into force on this day, with what that
/// changed in her cadence.
pub fn under(
    file: &CustomerFile,
    (old, new): (&Policy, &Policy),
    days: &Workdays,
    on: NaiveDate,
) -> (CustomerFile, Option<Change>) {
    let mut now = file.clone();
    // What the old policy asks for is worked out once, for the change and for what is kept.
    let before = kept::before(file, old, days, on);
    let change = change(before.cell.as_ref(), cell(file, new, on).as_ref(), before.is_overdue(on));
    if let Some(change) = change {
        now.customer.cadence_since = Some(on);
        if change.extra {
            now.customer.extra_visit_from = Some(on);
        }
    }
    now.kept = kept::keep_of(before, (file, &now), (old, new), days, on);
    (now, change)
}

/// Plans the customer under both policies, up to `to`, and tells the differences.
pub fn rehearse(
    file: &CustomerFile,
    old: &Policy,
    new: &Policy,
    days: &Workdays,
    on: NaiveDate,
    to: NaiveDate,
) -> Rehearsal {
    let before = plan(file, old, days, on, to);
    let after = plan(&under(file, (old, new), days, on).0, new, days, on, to);
    let has_row = |plan: &Plan| !plan.gaps.iter().any(|gap| gap.field == "cadence");
    let (was, is) = (before.visits.len(), after.visits.len());
    Rehearsal {
        left_out: was > 0 && is == 0,
        unmatched: has_row(&before) && !has_row(&after),
        before: was,
        after: is,
        shifts: shifts(before.visits, after.visits),
    }
}

/// Pairs the visits of both plans: first those that share a duty, then, in order of their dates,
/// those that serve the same code. What finds no partner is new or gone.
fn shifts(before: Vec<DueVisit>, after: Vec<DueVisit>) -> Vec<Shift> {
    let mut after: Vec<Option<DueVisit>> = after.into_iter().map(Some).collect();
    let mut shifts = Vec::new();
    let mut left = Vec::new();
    for from in before {
        match take(&mut after, |to| share_duty(&from, to)) {
            Some(to) => shifts.extend(differ(from, to)),
            None => left.push(from),
        }
    }
    for from in left {
        match take(&mut after, |to| share_code(&from, to)) {
            Some(to) => shifts.extend(differ(from, to)),
            None => shifts.push(Shift::Gone(from)),
        }
    }
    shifts.extend(after.into_iter().flatten().map(Shift::New));
    shifts.sort_by_key(Shift::day);
    shifts
}

fn take(visits: &mut [Option<DueVisit>], wanted: impl Fn(&DueVisit) -> bool) -> Option<DueVisit> {
    visits.iter_mut().find(|visit| visit.as_ref().is_some_and(&wanted))?.take()
}

fn share_duty(a: &DueVisit, b: &DueVisit) -> bool {
    a.duties.iter().any(|x| {
        b.duties
            .iter()
            .any(|y| (x.code, &x.reference, x.raw_due) == (y.code, &y.reference, y.raw_due))
    })
}

/// On-site and off-site slots are one kind of visit here: a policy may make one of the other.
fn share_code(a: &DueVisit, b: &DueVisit) -> bool {
    let kind = |code: DutyCode| match code {
        DutyCode::PeriodicOffsite => DutyCode::PeriodicOnsite,
        code => code,
    };
    a.duties.iter().any(|x| b.duties.iter().any(|y| kind(x.code) == kind(y.code)))
}

fn differ(from: DueVisit, to: DueVisit) -> Option<Shift> {
    if from.due != to.due {
        Some(Shift::Moved { from, to })
    } else if from.class != to.class {
        Some(Shift::Class { from, to })
    } else {
        None
    }
}

impl Shift {
    /// `moved`, `class`, `new`, `gone`.
    pub const fn as_code(&self) -> &'static str {
        match self {
            Self::Moved { .. } => "moved",
            Self::Class { .. } => "class",
            Self::New(_) => "new",
            Self::Gone(_) => "gone",
        }
    }

    /// As it is.
    pub const fn from(&self) -> Option<&DueVisit> {
        match self {
            Self::Moved { from, .. } | Self::Class { from, .. } | Self::Gone(from) => Some(from),
            Self::New(_) => None,
        }
    }

    /// As it would be.
    pub const fn to(&self) -> Option<&DueVisit> {
        match self {
            Self::Moved { to, .. } | Self::Class { to, .. } | Self::New(to) => Some(to),
            Self::Gone(_) => None,
        }
    }

    /// The earlier of both days, and a mark that keeps the order stable.
    fn day(&self) -> (NaiveDate, &'static str) {
        let days = [self.from(), self.to()].into_iter().flatten().map(|visit| visit.due);
        (days.min().unwrap_or(NaiveDate::MAX), self.as_code())
    }

    /// Whether it asks for a trip where none was needed.
    pub fn needs_onsite(&self) -> bool {
        let onsite = |visit: Option<&DueVisit>| visit.is_some_and(|v| v.class == DutyClass::Onsite);
        onsite(self.to()) && !onsite(self.from())
    }
}

#[cfg(test)]
mod tests;
