//! Occasions for a light-touch visit (契机回访): festivals and days of the bank's own. No duties, and
//! no duty is met by them.

use chrono::{Datelike as _, Days, NaiveDate};

use super::workday::{DayKind, Workdays};

/// When an occasion is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OccasionDay {
    /// The first day of the holiday with this name.
    Holiday(String),
    /// Every year on this day.
    Yearly {
        /// Month, from 1.
        month: u32,
        /// Day of the month.
        day: u32,
    },
}

/// An occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// What for, in Chinese.
    pub zh: String,
    /// What for, in English.
    pub en: String,
    /// When.
    pub day: OccasionDay,
    /// From how many days before on it is told.
    pub days_before: u32,
}

/// An occasion on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccasionOn {
    /// The day.
    pub on: NaiveDate,
    /// What for, in Chinese.
    pub zh: String,
    /// What for, in English.
    pub en: String,
}

/// All occasions that a bank knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Occasions(pub Vec<Occasion>);

impl Occasions {
    /// The occasions that are told on a day, the nearest first.
    pub fn told_on(&self, date: NaiveDate, table: &Workdays) -> Vec<OccasionOn> {
        let mut found: Vec<OccasionOn> = self
            .0
            .iter()
            .filter_map(|occasion| {
                let on = date
                    .iter_days()
                    .take(occasion.days_before as usize + 1)
                    .find(|day| occasion.is_on(*day, table))?;
                Some(OccasionOn { on, zh: occasion.zh.clone(), en: occasion.en.clone() })
            })
            .collect();
        found.sort_by_key(|occasion| occasion.on);
        found
    }
}

impl Occasion {
    fn is_on(&self, date: NaiveDate, table: &Workdays) -> bool {
        match &self.day {
            OccasionDay::Yearly { month, day } => date.month() == *month && date.day() == *day,
            OccasionDay::Holiday(name) => {
                let of_it = |date: NaiveDate| {
                    let special = table.special(date);
                    special.is_some_and(|day| day.kind == DayKind::Off && day.name == *name)
                };
                of_it(date) && !date.checked_sub_days(Days::new(1)).is_some_and(of_it)
            }
        }
    }
}

/// `05-18`; a day that some years don't have is none.
pub fn month_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    let two = |part: &str| part.len() == 2;
    let (month, day) =
        (two(month).then(|| month.parse().ok())??, two(day).then(|| day.parse().ok())??);
    // 2027 is no leap year.
    NaiveDate::from_ymd_opt(2027, month, day).map(|_| (month, day))
}
