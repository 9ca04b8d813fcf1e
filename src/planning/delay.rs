//! How far duties may be put off.

use chrono::{Days, NaiveDate};

use super::Policy;
use crate::domain::duty::Duty;

/// The last day to which these duties of one due visit may be put off together. It counts from the
/// original due date, however often they were put off; of one that is overdue and was never put off it
/// counts from today, so that what is very late can still get a date. `None` where no day is left
/// that is later than the present due date.
pub fn last_delay(duties: &[Duty], policy: &Policy, today: NaiveDate) -> Option<NaiveDate> {
    let original = |duty: &Duty| duty.delayed_from.unwrap_or_else(|| duty.due.max(today));
    let last = furthest(duties.iter().map(original).min()?, policy)?.max(today);
    duties.iter().all(|duty| duty.due < last).then_some(last)
}

/// The same of a due visit that was never put off.
pub fn last_first_delay(due: NaiveDate, policy: &Policy, today: NaiveDate) -> Option<NaiveDate> {
    furthest(due.max(today), policy).filter(|last| due < *last)
}

fn furthest(original: NaiveDate, policy: &Policy) -> Option<NaiveDate> {
    original.checked_add_days(Days::new(u64::try_from(policy.delay.most_days).unwrap_or(0)))
}

#[cfg(test)]
mod tests;
