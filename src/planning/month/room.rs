//! Why there is no day: whether the days are full for good, or of proposals that would give way.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Errand, Placed, Unplaced, points};
use crate::domain::ids::UserId;
use crate::domain::workday::Workdays;
use crate::planning::Policy;
use crate::planning::order::Listed;

/// What officers have fixed: the points of each of their days.
#[derive(Debug)]
pub struct Held<'a> {
    points: HashMap<(&'a UserId, NaiveDate), u32>,
}

impl<'a> Held<'a> {
    /// Of a plan and what else the officers do.
    pub fn of(placed: &'a [Placed], errands: &'a [Errand], policy: &Policy) -> Self {
        let gone = errands.iter().map(|one| ((&one.officer, one.day), one.points));
        let fixed = placed.iter().filter(|one| one.fixed).filter_map(|one| {
            let asked = points(&policy.month, one.listed.visit.class);
            Some(((&one.listed.officer, one.day?), asked))
        });
        let mut points = HashMap::new();
        for (day, taken) in gone.chain(fixed) {
            *points.entry(day).or_default() += taken;
        }
        Self { points }
    }

    /// Why a due visit gets no day among these: no work is done on any of them, each is full of what
    /// the officer has fixed, or a day has room beside that and only proposals fill it.
    pub fn why(
        &self,
        wanted: &Listed,
        (policy, days): (&Policy, &Workdays),
        (from, until): (NaiveDate, NaiveDate),
    ) -> Unplaced {
        let rule = &policy.month;
        let asked = points(rule, wanted.visit.class);
        let taken = |day| self.points.get(&(&wanted.officer, day)).copied().unwrap_or(0);
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
}
