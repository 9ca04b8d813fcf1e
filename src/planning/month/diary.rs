//! The days of one officer while they fill.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Errand, MonthEntry, MonthRule, Span, Unplaced, month_window, points};
use crate::domain::duty::DutyClass;
use crate::domain::workday::Workdays;

/// So many more visits are moved at the most to make room for one.
const CHAIN: u32 = 1;

/// One visit of an officer, with the days that it may have.
pub(super) struct Job<'a> {
    /// District and trade circle of an on-site visit; a visit elsewhere makes no trip.
    place: Option<(&'a str, &'a str)>,
    points: u32,
    /// Days in order of preference of period: those of the month, then those after it.
    month: Vec<NaiveDate>,
    after: Vec<NaiveDate>,
    /// Takes the earliest day that has room.
    soon: bool,
    fixed: bool,
    /// Its pause ends after its window.
    paused: bool,
    pub(super) day: Option<NaiveDate>,
}

impl<'a> Job<'a> {
    pub(super) fn new(
        entry: &'a MonthEntry,
        rule: &MonthRule,
        days: &Workdays,
        span: &Span,
        before_holiday: &[NaiveDate],
    ) -> Self {
        let visit = &entry.listed.visit;
        let onsite = visit.class == DutyClass::Onsite;
        let overdue = visit.due < span.as_of;
        let early = !overdue && visit.due < span.first;
        let (first, _) = month_window(visit, entry.paused, (rule, days), span.as_of);
        let begin = if early { span.as_of } else { span.as_of.max(span.first) }.max(first);
        let end = if overdue { span.limit } else { visit.due.min(span.limit) };
        let window: Vec<NaiveDate> = begin
            .iter_days()
            .take_while(|day| *day <= end)
            .filter(|day| days.is_workday(*day))
            .collect();
        let (month, after): (Vec<_>, Vec<_>) = window.into_iter().partition(|d| *d <= span.last);
        let hurried = month.iter().chain(&after).any(|d| before_holiday.binary_search(d).is_ok());
        let district = entry.listed.district.as_deref().unwrap_or_default();
        let circle = entry.listed.trade_circle.as_deref().unwrap_or_default();
        Self {
            place: onsite.then_some((district, circle)),
            points: points(rule, visit.class),
            month,
            after,
            soon: overdue || hurried,
            fixed: entry.fixed.is_some(),
            paused: entry.paused.is_some_and(|until| until >= end),
            day: entry.fixed,
        }
    }

    pub(super) fn reason(&self) -> Option<Unplaced> {
        if self.day.is_some() {
            None
        } else if self.paused {
            Some(Unplaced::Paused)
        } else if self.month.is_empty() && self.after.is_empty() {
            Some(Unplaced::NoWorkday)
        } else {
            Some(Unplaced::NoCapacity)
        }
    }
}

/// The days of one officer while they fill.
pub(super) struct Diary<'a> {
    pub(super) jobs: Vec<Job<'a>>,
    capacity: u32,
    points: HashMap<NaiveDate, u32>,
    /// On-site visits a day and district, and a day, district and trade circle.
    trips: HashMap<(NaiveDate, &'a str), u32>,
    circles: HashMap<(NaiveDate, &'a str, &'a str), u32>,
}

impl<'a> Diary<'a> {
    /// Places every job: errands and fixed days first, then those that must be soon, then on-site visits, which
    /// gather in districts, then the others into the room that is left.
    pub(super) fn fill(
        jobs: Vec<Job<'a>>,
        errands: impl Iterator<Item = &'a Errand>,
        capacity: u32,
    ) -> Self {
        let (points, trips, circles) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut diary = Self { jobs, capacity, points, trips, circles };
        for errand in errands {
            *diary.points.entry(errand.day).or_default() += errand.points;
            if let Some(district) = errand.district.as_deref() {
                let circle = errand.trade_circle.as_deref().unwrap_or_default();
                *diary.trips.entry((errand.day, district)).or_default() += 1;
                *diary.circles.entry((errand.day, district, circle)).or_default() += 1;
            }
        }
        let mut order: Vec<usize> = (0..diary.jobs.len()).collect();
        for &index in &order {
            if let Some(day) = diary.jobs.get(index).and_then(|job| job.day) {
                diary.enter(index, day);
            }
        }
        order.retain(|index| diary.jobs.get(*index).is_some_and(|job| !job.fixed));
        // Soon goes by urgency alone: an overdue call must not wait for a trip.
        order.sort_by_key(|&index| match diary.jobs.get(index) {
            Some(job) if job.soon => (false, false, index),
            Some(job) => (true, job.place.is_none(), index),
            None => (true, true, index),
        });
        for &index in &order {
            match diary.best_day(index) {
                Some(day) => diary.enter(index, day),
                None => {
                    diary.make_room(index, CHAIN);
                }
            }
        }
        diary.move_forward(&order);
        diary
    }

    fn has_room(&self, day: NaiveDate, points: u32) -> bool {
        self.points.get(&day).copied().unwrap_or_default() + points <= self.capacity
    }

    fn enter(&mut self, index: usize, day: NaiveDate) {
        let Some(job) = self.jobs.get_mut(index) else { return };
        job.day = Some(day);
        *self.points.entry(day).or_default() += job.points;
        if let Some((district, circle)) = job.place {
            *self.trips.entry((day, district)).or_default() += 1;
            *self.circles.entry((day, district, circle)).or_default() += 1;
        }
    }

    fn leave(&mut self, index: usize) {
        let Some(job) = self.jobs.get_mut(index) else { return };
        let Some(day) = job.day.take() else { return };
        let less = |count: Option<&mut u32>, by: u32| {
            if let Some(count) = count {
                *count = count.saturating_sub(by);
            }
        };
        less(self.points.get_mut(&day), job.points);
        if let Some((district, circle)) = job.place {
            less(self.trips.get_mut(&(day, district)), 1);
            less(self.circles.get_mut(&(day, district, circle)), 1);
        }
    }

    /// The day that suits a visit best: of the month if it has room, else after it.
    fn best_day(&self, index: usize) -> Option<NaiveDate> {
        let job = self.jobs.get(index)?;
        [&job.month, &job.after].into_iter().find_map(|candidates| {
            let mut free = candidates.iter().copied().filter(|d| self.has_room(*d, job.points));
            if job.soon { free.next() } else { free.max_by_key(|day| self.suits(job, *day)) }
        })
    }

    /// How well a day suits: a trip to the district that is made anyway, best to the same trade
    /// circle; else a day that many waiting visits of the district could share; else the earliest.
    /// A call goes where no trip begins, so that full days stay for trips.
    fn suits(&self, job: &Job<'_>, day: NaiveDate) -> (u32, u32, usize, Reverse<NaiveDate>) {
        let Some((district, circle)) = job.place else { return (0, 0, 0, Reverse(day)) };
        let trip = self.trips.get(&(day, district)).copied().unwrap_or_default().min(1);
        let near = self.circles.get(&(day, district, circle)).copied().unwrap_or_default().min(1);
        if trip == 1 {
            return (trip, near, 0, Reverse(day));
        }
        let waiting = self
            .jobs
            .iter()
            .filter(|other| other.day.is_none())
            .filter(|other| other.place.is_some_and(|(d, _)| d == district))
            .filter(|other| {
                other.month.binary_search(&day).is_ok() || other.after.binary_search(&day).is_ok()
            })
            .count();
        let used = self.points.get(&day).copied().unwrap_or_default();
        let free = self.capacity.saturating_sub(used);
        let room = usize::try_from(free / job.points.max(1)).unwrap_or_default();
        (0, 0, waiting.min(room), Reverse(day))
    }

    /// Where no day has room: moves another visit to another of its days, and if that one finds no
    /// room either, a third one for it.
    fn make_room(&mut self, index: usize, deeper: u32) -> bool {
        let Some(job) = self.jobs.get(index) else { return false };
        let points = job.points;
        let candidates: Vec<NaiveDate> = job.month.iter().chain(&job.after).copied().collect();
        for day in candidates {
            for other in 0..self.jobs.len() {
                let Some(found) = self.jobs.get(other) else { continue };
                if found.fixed || found.soon || found.day != Some(day) {
                    continue;
                }
                self.leave(other);
                if self.has_room(day, points) {
                    self.enter(index, day);
                    if let Some(elsewhere) = self.best_day(other) {
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
        false
    }

    /// Visits that must be soon take room that later moves have left before them.
    fn move_forward(&mut self, order: &[usize]) {
        loop {
            let mut moved = false;
            for &index in order {
                let Some(job) = self.jobs.get(index).filter(|job| job.soon) else { continue };
                let Some(day) = job.day else { continue };
                let mut earlier = job.month.iter().chain(&job.after).take_while(|d| **d < day);
                let free = earlier.find(|d| self.has_room(**d, job.points)).copied();
                if let Some(free) = free {
                    self.leave(index);
                    self.enter(index, free);
                    moved = true;
                }
            }
            if !moved {
                return;
            }
        }
    }
}
