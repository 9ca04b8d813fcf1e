//! The days of one officer while they fill.
//!
//! First it is settled who gets a day at all: by urgency alone, each on the first day with room, and
//! where there is none others make room. Only then the days are arranged: those who have one gather in
//! districts, and nobody loses hers.

use std::ops::Range;

use chrono::{IsoWeek, NaiveDate};

use super::places::{Place, Places};
use super::{Errand, MonthEntry, Policy, Span, Unplaced, month_window, points};
use crate::domain::duty::DutyClass;
use crate::domain::workday::Workdays;

/// So many more visits are moved at the most to make room for one.
const CHAIN: u32 = 1;

/// One visit of an officer, with the days that it may have.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// Where an on-site visit leads; a visit elsewhere makes no trip.
    pub(super) place: Option<Place>,
    pub(super) points: u32,
    /// Days in order of preference of period: those of the month, then those after it.
    pub(super) month: Range<usize>,
    pub(super) after: Range<usize>,
    /// Takes the earliest day that has room.
    pub(super) soon: bool,
    /// The day on which the officer has fixed it, or on which an earlier month proposes it.
    fixed: Option<NaiveDate>,
    /// Its pause ends after its window.
    paused: bool,
    pub(super) day: Option<usize>,
}

impl Job {
    fn new(
        entry: &MonthEntry,
        (policy, days): (&Policy, &Workdays),
        span: &Span,
        places: &mut Places,
    ) -> Self {
        let visit = &entry.listed.visit;
        let overdue = visit.due < span.as_of;
        let early = !overdue && visit.due < span.first;
        let window = (visit.opens, visit.due);
        let (first, last) = month_window(window, entry.paused, (policy, days), span.as_of);
        let begin = if early { span.as_of } else { span.as_of.max(span.first) }.max(first);
        // What is overdue has no last day (section 8); which may be set by hand, the window says.
        let end = if overdue { span.limit } else { last.min(span.limit) };
        let low = span.workdays.partition_point(|day| *day < begin);
        let high = span.workdays.partition_point(|day| *day <= end).max(low);
        let split = span.workdays.partition_point(|day| *day <= span.last).clamp(low, high);
        let hurried = span.hurried.get(low..high).is_some_and(|days| days.contains(&true));
        let place = (visit.class == DutyClass::Onsite).then(|| {
            let circle = entry.listed.trade_circle.as_deref();
            places.number(entry.listed.district.as_deref().unwrap_or_default(), circle)
        });
        let held = entry.fixed.or(entry.proposed);
        Self {
            place,
            points: points(&policy.month, visit.class),
            month: low..split,
            after: split..high,
            soon: overdue || hurried,
            fixed: held,
            paused: entry.paused.is_some_and(|until| until >= end),
            day: held.and_then(|day| span.workdays.binary_search(&day).ok()),
        }
    }

    /// Its days, the earliest first.
    pub(super) fn window(&self) -> Range<usize> {
        self.month.start..self.after.end
    }

    /// Whether the plan may move it.
    pub(super) const fn is_free(&self) -> bool {
        self.fixed.is_none()
    }

    fn reason(&self) -> Unplaced {
        if self.paused {
            Unplaced::Paused
        } else if self.window().is_empty() {
            Unplaced::NoWorkday
        } else {
            Unplaced::NoCapacity
        }
    }
}

/// One day: what is taken of it, and by whom.
#[derive(Debug, Clone, Default)]
pub(super) struct Load {
    pub(super) points: u32,
    pub(super) jobs: Vec<usize>,
    /// Where errands lead.
    errands: Vec<Place>,
}

/// The days of one officer while they fill.
#[derive(Debug, Clone)]
pub(super) struct Diary {
    pub(super) jobs: Vec<Job>,
    pub(super) loads: Vec<Load>,
    pub(super) capacity: u32,
    /// Windows for which no room could be made since anybody moved last, with the points asked for.
    failed: Vec<(Range<usize>, u32)>,
}

impl Diary {
    /// Places every entry of an officer; entries are given in order of urgency.
    pub(super) fn fill<'e>(
        entries: impl Iterator<Item = &'e MonthEntry>,
        errands: impl Iterator<Item = &'e Errand>,
        (policy, days): (&Policy, &Workdays),
        span: &Span,
    ) -> Self {
        let mut places = Places::default();
        let jobs: Vec<Job> =
            entries.map(|entry| Job::new(entry, (policy, days), span, &mut places)).collect();
        let loads = vec![Load::default(); span.workdays.len()];
        let mut empty = Self { jobs, loads, capacity: policy.month.day_points, failed: Vec::new() };
        for errand in errands {
            let at = span.workdays.binary_search(&errand.day).ok();
            let Some(load) = at.and_then(|at| empty.loads.get_mut(at)) else { continue };
            load.points += errand.points;
            if let Some(district) = errand.district.as_deref() {
                load.errands.push(places.number(district, errand.trade_circle.as_deref()));
            }
        }
        for index in 0..empty.jobs.len() {
            if let Some(day) = empty.jobs.get_mut(index).and_then(|job| job.day.take()) {
                empty.enter(index, day);
            }
        }
        let mut plain = empty.clone();
        plain.admit();
        // Those who have a day are arranged twice: as they came, and from the start with all of
        // them known. What needs fewer trips is taken, which may be what nobody arranged.
        let mut arranged = empty.arranged(&plain);
        let mut gathered = plain.clone();
        plain.settle(None);
        for diary in arranged.iter_mut().chain([&mut gathered]) {
            diary.settle(Some(&span.weeks));
        }
        let all = arranged.into_iter().chain([gathered]);
        all.fold(plain, |best, next| if next.worth() < best.worth() { next } else { best })
    }

    /// Day of an entry, or why it has none.
    pub(super) fn outcome(
        &self,
        index: usize,
        days: &[NaiveDate],
    ) -> (Option<NaiveDate>, Option<Unplaced>) {
        let Some(job) = self.jobs.get(index) else { return (None, None) };
        let day = job.fixed.or_else(|| days.get(job.day?).copied());
        (day, day.is_none().then(|| job.reason()))
    }

    /// Less is better: who has no day, then trips, then trade circles.
    fn worth(&self) -> (usize, usize, usize) {
        let (mut trips, mut circles) = (0, 0);
        for load in &self.loads {
            let mut led: Vec<Place> = load.errands.clone();
            led.extend(load.jobs.iter().filter_map(|job| self.jobs.get(*job)?.place));
            led.sort_unstable();
            led.dedup();
            circles += led.len();
            led.dedup_by_key(|place| place.0);
            trips += led.len();
        }
        let waiting = |job: &&Job| job.day.is_none() && job.is_free();
        (self.jobs.iter().filter(waiting).count(), trips, circles)
    }

    /// By urgency alone, each on the first day with room.
    fn admit(&mut self) {
        for index in 0..self.jobs.len() {
            let Some(job) = self.jobs.get(index).filter(|job| job.is_free()) else { continue };
            match self.free_day(job.window(), job.points) {
                Some(day) => self.enter(index, day),
                None => {
                    self.make_room(index, CHAIN);
                }
            }
        }
    }

    /// The same visits from the start: those that must be soon, then on-site visits where many of a
    /// district can share a day, then the others into the room that is left. `None` if one of them
    /// would lose its day.
    fn arranged(mut self, admitted: &Self) -> Option<Self> {
        let mut order: Vec<usize> = (0..self.jobs.len()).collect();
        let has_day = |index: usize| admitted.jobs.get(index).is_some_and(|job| job.day.is_some());
        order.retain(|index| has_day(*index) && self.jobs.get(*index).is_some_and(Job::is_free));
        // Soon goes by urgency alone: an overdue call must not wait for a trip.
        order.sort_by_key(|&index| match self.jobs.get(index) {
            Some(job) if job.soon => (false, false, index),
            Some(job) => (true, job.place.is_none(), index),
            None => (true, true, index),
        });
        // How many of a district that have no day yet could come on a day.
        let districts = self.jobs.iter().filter_map(|job| job.place).map(|place| place.0 + 1).max();
        let mut waiting = vec![vec![0_u32; self.loads.len()]; districts.unwrap_or(0)];
        for job in order.iter().filter_map(|index| self.jobs.get(*index)) {
            if let Some(row) = job.place.and_then(|place| waiting.get_mut(place.0)) {
                row.get_mut(job.window()).into_iter().flatten().for_each(|count| *count += 1);
            }
        }
        for &index in &order {
            let job = self.jobs.get(index)?.clone();
            let mut none = Vec::new();
            let row = job.place.and_then(|place| waiting.get_mut(place.0)).unwrap_or(&mut none);
            match self.best_day(&job, row) {
                Some(day) => self.enter(index, day),
                None if self.make_room(index, CHAIN) => {}
                None => return None,
            }
            for count in row.get_mut(job.window()).into_iter().flatten() {
                *count = count.saturating_sub(1);
            }
        }
        Some(self)
    }

    /// Gathers visits in districts (where the weeks are given), lets those forward that must be
    /// soon, and gives the room that becomes free to who has no day, until nothing is left to do.
    fn settle(&mut self, weeks: Option<&[IsoWeek]>) {
        loop {
            if let Some(weeks) = weeks {
                self.gather(weeks);
            }
            let mut moved = self.move_forward();
            for index in 0..self.jobs.len() {
                let waits = |job: &&Job| job.is_free() && job.day.is_none();
                let Some(job) = self.jobs.get(index).filter(waits) else { continue };
                if let Some(day) = self.free_day(job.window(), job.points) {
                    self.enter(index, day);
                    moved = true;
                }
            }
            if !moved {
                return;
            }
        }
    }

    pub(super) fn has_room(&self, day: usize, points: u32) -> bool {
        self.loads.get(day).is_some_and(|load| load.points + points <= self.capacity)
    }

    /// The first of these days with room.
    pub(super) fn free_day(&self, days: Range<usize>, points: u32) -> Option<usize> {
        days.into_iter().find(|day| self.has_room(*day, points))
    }

    pub(super) fn enter(&mut self, index: usize, day: usize) {
        let Some(job) = self.jobs.get_mut(index) else { return };
        let Some(load) = self.loads.get_mut(day) else { return };
        job.day = Some(day);
        load.points += job.points;
        load.jobs.push(index);
        self.failed.clear();
    }

    pub(super) fn leave(&mut self, index: usize) {
        let Some(job) = self.jobs.get_mut(index) else { return };
        let Some(load) = job.day.take().and_then(|day| self.loads.get_mut(day)) else { return };
        load.points = load.points.saturating_sub(job.points);
        load.jobs.retain(|other| *other != index);
    }

    /// How many go to a district on a day, and to one of its trade circles.
    pub(super) fn together(&self, day: usize, place: Place) -> (i64, i64) {
        let Some(load) = self.loads.get(day) else { return (0, 0) };
        let led = load.jobs.iter().filter_map(|job| self.jobs.get(*job)?.place);
        let (mut district, mut circle) = (0, 0);
        for other in led.chain(load.errands.iter().copied()) {
            district += i64::from(other.0 == place.0);
            circle += i64::from(other == place);
        }
        (district, circle)
    }

    /// The day that suits a visit best, of the month if it has room, else after it: a trip to the
    /// district that is made anyway, best to the same trade circle; else a day that many waiting
    /// visits of the district could share; else the earliest.
    fn best_day(&self, job: &Job, waiting: &[u32]) -> Option<usize> {
        let Some(place) = job.place.filter(|_| !job.soon) else {
            return self.free_day(job.window(), job.points);
        };
        let suits = |day: usize| {
            let (district, circle) = self.together(day, place);
            if district > 0 {
                return (1, circle.min(1), 0);
            }
            let used = self.loads.get(day).map_or(0, |load| load.points);
            let room = self.capacity.saturating_sub(used) / job.points.max(1);
            (0, 0, waiting.get(day).copied().unwrap_or(0).min(room))
        };
        [&job.month, &job.after].into_iter().find_map(|days| {
            // The last of equals is taken: from behind, that is the earliest.
            let free = days.clone().rev().filter(|day| self.has_room(*day, job.points));
            free.max_by_key(|day| suits(*day))
        })
    }

    /// Where no day has room: moves another visit to another of its days, and if that one finds no
    /// room either, a third one for it.
    fn make_room(&mut self, index: usize, deeper: u32) -> bool {
        let Some(job) = self.jobs.get(index) else { return false };
        let (window, points) = (job.window(), job.points);
        let hopeless = |(days, asked): &(Range<usize>, u32)| {
            days.start <= window.start && window.end <= days.end && *asked <= points
        };
        if self.failed.iter().any(hopeless) || !self.leads_to_room(&window) {
            return false;
        }
        let kept = std::mem::take(&mut self.failed);
        for day in window.clone() {
            let there = self.loads.get(day).map(|load| load.jobs.clone()).unwrap_or_default();
            for other in there {
                let Some(found) = self.jobs.get(other) else { continue };
                if !found.is_free() || found.soon {
                    continue;
                }
                let (days, size) = (found.window(), found.points);
                self.leave(other);
                if self.has_room(day, points) {
                    self.enter(index, day);
                    if let Some(elsewhere) = self.free_day(days, size) {
                        self.enter(other, elsewhere);
                        return true;
                    }
                    if deeper > 0 && self.make_room(other, deeper - 1) {
                        return true;
                    }
                    self.leave(index);
                }
                self.enter(other, day);
            }
        }
        self.failed = kept;
        if deeper == CHAIN {
            self.failed.push((window, points));
        }
        false
    }

    /// Whether moving visits from day to day can free anything at all in a window.
    fn leads_to_room(&self, window: &Range<usize>) -> bool {
        let mut reach = window.clone();
        let mut looked = reach.start..reach.start;
        loop {
            let mut wider = reach.clone();
            for day in reach.clone().filter(|day| !looked.contains(day)) {
                let Some(load) = self.loads.get(day) else { continue };
                if load.points < self.capacity {
                    return true;
                }
                let movable = load.jobs.iter().filter_map(|job| self.jobs.get(*job));
                for job in movable.filter(|job| job.is_free() && !job.soon) {
                    wider.start = wider.start.min(job.month.start);
                    wider.end = wider.end.max(job.after.end);
                }
            }
            if wider == reach {
                return false;
            }
            looked = reach;
            reach = wider;
        }
    }

    /// Visits that must be soon take room that later moves have left before them.
    fn move_forward(&mut self) -> bool {
        let mut any = false;
        loop {
            let mut moved = false;
            for index in 0..self.jobs.len() {
                let wants = |job: &&Job| job.soon && job.is_free();
                let Some(job) = self.jobs.get(index).filter(wants) else { continue };
                let Some(day) = job.day else { continue };
                if let Some(free) = self.free_day(job.window().start..day, job.points) {
                    self.leave(index);
                    self.enter(index, free);
                    moved = true;
                }
            }
            any |= moved;
            if !moved {
                return any;
            }
        }
    }
}
