//! Visits of a district are brought together: one visit moves, or changes places with others, as long
//! as that saves a trip, makes a full trip fuller, or brings neighbours of a trade circle together.
//!
//! Nobody leaves her window or loses her day, no day holds more than it may. Who must be soon moves
//! forward, or changes places with another of those within the week: the days that are full stay the
//! same days.

use std::ops::AddAssign;

use chrono::IsoWeek;

use super::diary::{Diary, Job};

/// What a change costs: trips, then how scattered the trips are, then neighbours left alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost(i64, i64, i64);

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
        self.1 += other.1;
        self.2 += other.2;
    }
}

/// A change: who goes where.
type Moves = Vec<(usize, usize)>;

impl Diary {
    /// Makes the best change of each visit in turn, until none is left. Each saves something, so
    /// that it ends. `weeks` is the week of each day.
    pub(super) fn gather(&mut self, weeks: &[IsoWeek]) {
        loop {
            let mut changed = false;
            for index in 0..self.jobs.len() {
                if let Some(moves) = self.best_change(index, weeks) {
                    for (job, _) in &moves {
                        self.leave(*job);
                    }
                    for (job, day) in moves {
                        self.enter(job, day);
                    }
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// The change that saves most by taking a visit to a day on which its district is visited.
    fn best_change(&self, index: usize, weeks: &[IsoWeek]) -> Option<Moves> {
        let job = self.jobs.get(index).filter(|job| job.is_free())?;
        let (from, place) = (job.day?, job.place?);
        let mut best: Option<(Cost, Moves)> = None;
        let days = job.window().filter(|day| *day != from && self.together(*day, place).0 > 0);
        for to in days {
            let lead = self.cost(job, from, to);
            let mut offer = |cost: Cost, moves: Moves| {
                let better = best.as_ref().is_none_or(|(least, _)| cost < *least);
                if cost < Cost::default() && better {
                    best = Some((cost, moves));
                }
            };
            let alone = !job.soon || to < from;
            // The days after the month are for what the month has no room for.
            let keeps = to < job.month.end || from >= job.month.end;
            if alone && keeps && self.has_room(to, job.points) {
                offer(lead, vec![(index, to)]);
                continue;
            }
            let there = self.loads.get(to).map(|load| load.jobs.as_slice()).unwrap_or_default();
            for (at, first) in there.iter().enumerate() {
                let Some(one) = self.may_give_way(*first, job, (to, from), weeks) else { continue };
                let mut cost = lead;
                cost += self.cost(one, to, from);
                if self.fits((from, to), job.points, one.points) {
                    offer(cost, vec![(index, to), (*first, from)]);
                    continue;
                }
                // Two calls make room for one visit.
                for second in there.iter().skip(at + 1) {
                    let other = self.may_give_way(*second, job, (to, from), weeks);
                    let Some(other) = other.filter(|other| other.place.is_none()) else { continue };
                    let both = one.points + other.points;
                    if one.place.is_none() && self.fits((from, to), job.points, both) {
                        offer(lead, vec![(index, to), (*first, from), (*second, from)]);
                    }
                }
            }
        }
        best.map(|(_, moves)| moves)
    }

    /// Whether the days hold it that `gone` points leave `from` for `to` and `come` the other way.
    fn fits(&self, (from, to): (usize, usize), gone: u32, come: u32) -> bool {
        let after = |day: usize, less: u32, more: u32| {
            self.loads.get(day).map_or(0, |load| load.points.saturating_sub(less) + more)
        };
        after(from, gone, come) <= self.capacity && after(to, come, gone) <= self.capacity
    }

    /// A visit that may go from its day to another for the sake of `job`.
    fn may_give_way(
        &self,
        other: usize,
        job: &Job,
        (from, to): (usize, usize),
        weeks: &[IsoWeek],
    ) -> Option<&Job> {
        let found = self.jobs.get(other)?;
        let same = found.place.zip(job.place).is_some_and(|(a, b)| a.0 == b.0);
        if !found.is_free() || same || !found.window().contains(&to) {
            return None;
        }
        // Who must be soon changes with her like alone, or goes to an earlier day.
        let week = weeks.get(from) == weeks.get(to);
        let alike = found.soon && job.soon && found.points == job.points && week;
        let forward = (!found.soon || to < from) && (!job.soon || from < to);
        (alike || forward).then_some(found)
    }

    /// What it costs that a visit leaves `from` and comes to `to`.
    fn cost(&self, job: &Job, from: usize, to: usize) -> Cost {
        let Some(place) = job.place else { return Cost::default() };
        let ((left, near), (there, neighbours)) =
            (self.together(from, place), self.together(to, place));
        Cost(
            i64::from(there == 0) - i64::from(left == 1),
            2 * (left - there - 1),
            near - 1 - neighbours,
        )
    }
}
