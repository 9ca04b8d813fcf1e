//! Workdays: Monday to Friday, less legal holidays, plus make-up workdays (调休).

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// What a listed day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// 休: a holiday.
    Off,
    /// 班: a make-up workday.
    Work,
}

/// A day that is not an ordinary weekday or weekend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// Off or work.
    pub kind: DayKind,
    /// 春节, 国庆节 …
    pub name: String,
}

/// The holiday table in force (`planning.md` section 5).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workdays {
    days: HashMap<NaiveDate, SpecialDay>,
    provisional: Vec<i32>,
    /// Day number (from the common era) of the first entry of `work`.
    first: i32,
    /// Whether work is done, day by day over the years of the table: planning asks millions of times.
    work: Vec<bool>,
}

fn is_weekday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

impl Workdays {
    /// A table of special days; `provisional` are the years of which only the legal days are known.
    pub fn new(days: HashMap<NaiveDate, SpecialDay>, mut provisional: Vec<i32>) -> Self {
        provisional.sort_unstable();
        let first = days.keys().min().copied();
        let last = days.keys().max().copied();
        let mut table = Self { days, provisional, first: 0, work: Vec::new() };
        if let (Some(first), Some(last)) = (first, last) {
            table.first = first.num_days_from_ce();
            // Weekdays repeat: asking the calendar and the table for each of thousands of days is felt
            // at the start.
            let week: Vec<bool> = first.iter_days().take(7).map(is_weekday).collect();
            let index = |day: NaiveDate| usize::try_from(day.num_days_from_ce() - table.first).ok();
            let len = index(last).map_or(0, |index| index + 1);
            table.work = week.into_iter().cycle().take(len).collect();
            for (day, special) in &table.days {
                let at = index(*day).and_then(|index| table.work.get_mut(index));
                if let Some(work) = at {
                    *work = special.kind == DayKind::Work;
                }
            }
        }
        table
    }

    /// The special day on this date, if it is one.
    pub fn special(&self, date: NaiveDate) -> Option<&SpecialDay> {
        self.days.get(&date)
    }

    /// Whether this date's year is "not yet announced": legal days only, no make-up workdays.
    pub fn is_provisional(&self, date: NaiveDate) -> bool {
        let year = date.year();
        self.provisional.binary_search(&year).is_ok()
            || self.provisional.last().is_some_and(|last| year > *last)
    }

    /// Whether work is done on this date.
    pub fn is_workday(&self, date: NaiveDate) -> bool {
        usize::try_from(date.num_days_from_ce() - self.first)
            .ok()
            .and_then(|index| self.work.get(index).copied())
            .unwrap_or_else(|| is_weekday(date))
    }

    /// The date itself if it is a workday, otherwise the last workday before it.
    pub fn on_or_before(&self, date: NaiveDate) -> NaiveDate {
        let mut day = date;
        while !self.is_workday(day) {
            day = day.pred_opt().unwrap_or(NaiveDate::MIN);
        }
        day
    }

    /// The first workday after a date.
    pub fn next_after(&self, date: NaiveDate) -> NaiveDate {
        self.plus_workdays(date, 1)
    }

    /// The `n`th workday after a date; the date itself when `n` is 0.
    pub fn plus_workdays(&self, date: NaiveDate, n: u32) -> NaiveDate {
        let mut day = date;
        for _ in 0..n {
            day = day + Days::new(1);
            while !self.is_workday(day) {
                day = day + Days::new(1);
            }
        }
        day
    }

    /// Workdays after `from` up to and including `to`; 0 when `to` is not later.
    pub fn workdays_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = day + Days::new(1);
            count += i64::from(self.is_workday(day));
        }
        count
    }
}
