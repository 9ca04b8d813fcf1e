//! Why there is no day: whether the days are full for good, or of proposals that would give way.

use chrono::NaiveDate;

use super::{Errand, Placed, Unplaced, points};
use crate::domain::workday::Workdays;
use crate::planning::Policy;
use crate::planning::order::Listed;

/// Why a due visit gets no day among these: no work is done on any of them, each is full of what the
/// officer has fixed, or a day has room beside that and only proposals fill it.
pub fn why(
    placed: &[Placed],
    errands: &[Errand],
    wanted: &Listed,
    (policy, days): (&Policy, &Workdays),
    (from, until): (NaiveDate, NaiveDate),
) -> Unplaced {
    let rule = &policy.month;
    let asked = points(rule, wanted.visit.class);
    let taken = |day: NaiveDate| {
        let gone = errands.iter().filter(|one| one.officer == wanted.officer && one.day == day);
        let fixed = placed.iter().filter(|one| {
            one.fixed && one.day == Some(day) && one.listed.officer == wanted.officer
        });
        gone.map(|one| one.points).sum::<u32>()
            + fixed.map(|one| points(rule, one.listed.visit.class)).sum::<u32>()
    };
    let window = from.iter_days().take_while(|day| *day <= until);
    let mut workdays = window.filter(|day| days.is_workday(*day)).peekable();
    if workdays.peek().is_none() {
        Unplaced::NoWorkday
    } else if workdays.any(|day| taken(day) + asked <= rule.day_points) {
        Unplaced::Crowded
    } else {
        Unplaced::NoCapacity
    }
}
