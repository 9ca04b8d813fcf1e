//! How far duties may be put off.

use chrono::{Days, NaiveDate};

use super::Policy;
use crate::domain::duty::Duty;

/// The last day to which these duties of one due visit may be put off together. It counts from the
/// original due date, however often they were put off; of one that is overdue and was never put off it
/// counts from today, so that what is very late can still get a date. `None` where no day is left
/// that is later than the present due date.
pub fn last_delay(duties: &[Duty], policy: &Policy, today: NaiveDate) -> Option<NaiveDate> {
    let most = u64::try_from(policy.delay.most_days).unwrap_or(0);
    let counted = |duty: &Duty| duty.delayed_from.unwrap_or_else(|| duty.due.max(today));
    let original = duties.iter().map(counted).min();
    let last = original?.checked_add_days(Days::new(most))?.max(today);
    duties.iter().all(|duty| duty.due < last).then_some(last)
}
