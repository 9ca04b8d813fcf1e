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
}

impl Workdays {
    /// A table of special days; `provisional` are the years of which only the legal days are known.
    pub fn new(days: HashMap<NaiveDate, SpecialDay>, mut provisional: Vec<i32>) -> Self {
        provisional.sort_unstable();
        Self { days, provisional }
    }

    /// The special day on this date, if it is one.
    pub fn special(&self, date: NaiveDate) -> Option<&SpecialDay> {
        self.days.get(&date)
    }

    /// Whether this date's year is "not yet announced": legal days only, no make-up workdays.
    pub fn is_provisional(&self, date: NaiveDate) -> bool {
        self.provisional.binary_search(&date.year()).is_ok()
    }

    /// Whether work is done on this date.
    pub fn is_workday(&self, date: NaiveDate) -> bool {
        match self.days.get(&date) {
            Some(day) => day.kind == DayKind::Work,
            None => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
        }
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
