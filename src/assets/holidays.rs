//! Holiday tables: TOML to workdays.
//!
//! One file a year. A year that is announced follows the State Council's notice; for one that is not,
//! only the legal days fixed by law and lunar calendar are known, without make-up workdays.

mod plain;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;
use toml::Spanned;

use crate::domain::holiday::Wrong;
use crate::domain::workday::{DayKind, SpecialDay, Workdays};

pub use crate::domain::holiday::HolidayFault;

/// The built-in tables: name for messages, content.
const FILES: &[(&str, &str)] = &[
    ("holidays/2007.toml", include_str!("../../assets/holidays/2007.toml")),
    ("holidays/2008.toml", include_str!("../../assets/holidays/2008.toml")),
    ("holidays/2009.toml", include_str!("../../assets/holidays/2009.toml")),
    ("holidays/2010.toml", include_str!("../../assets/holidays/2010.toml")),
    ("holidays/2011.toml", include_str!("../../assets/holidays/2011.toml")),
    ("holidays/2012.toml", include_str!("../../assets/holidays/2012.toml")),
    ("holidays/2013.toml", include_str!("../../assets/holidays/2013.toml")),
    ("holidays/2014.toml", include_str!("../../assets/holidays/2014.toml")),
    ("holidays/2015.toml", include_str!("../../assets/holidays/2015.toml")),
    ("holidays/2016.toml", include_str!("../../assets/holidays/2016.toml")),
    ("holidays/2017.toml", include_str!("../../assets/holidays/2017.toml")),
    ("holidays/2018.toml", include_str!("../../assets/holidays/2018.toml")),
    ("holidays/2019.toml", include_str!("../../assets/holidays/2019.toml")),
    ("holidays/2020.toml", include_str!("../../assets/holidays/2020.toml")),
    ("holidays/2021.toml", include_str!("../../assets/holidays/2021.toml")),
    ("holidays/2022.toml", include_str!("../../assets/holidays/2022.toml")),
    ("holidays/2023.toml", include_str!("../../assets/holidays/2023.toml")),
    ("holidays/2024.toml", include_str!("../../assets/holidays/2024.toml")),
    ("holidays/2025.toml", include_str!("../../assets/holidays/2025.toml")),
    ("holidays/2026.toml", include_str!("../../assets/holidays/2026.toml")),
    ("holidays/2027.toml", include_str!("../../assets/holidays/2027.toml")),
    ("holidays/2028.toml", include_str!("../../assets/holidays/2028.toml")),
    ("holidays/2029.toml", include_str!("../../assets/holidays/2029.toml")),
    ("holidays/2030.toml", include_str!("../../assets/holidays/2030.toml")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    year: Spanned<i32>,
    announced: bool,
    #[serde(default)]
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    off: Vec<Spanned<String>>,
    #[serde(default)]
    work: Vec<Spanned<String>>,
}

/// One year as its table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// Which.
    pub year: i32,
    /// There is a notice of the State Council.
    pub announced: bool,
    /// Its special days, in order.
    pub days: BTreeMap<NaiveDate, SpecialDay>,
}

impl Year {
    /// How many days are off, and how many weekend days are worked.
    pub fn counts(&self) -> (usize, usize) {
        let off = self.days.values().filter(|day| day.kind == DayKind::Off).count();
        (off, self.days.len() - off)
    }
}

/// The built-in tables, read once in the life of the program; `None` if they can't be read.
pub fn shared() -> Option<Arc<Workdays>> {
    static TABLES: OnceLock<Option<Arc<Workdays>>> = OnceLock::new();
    TABLES.get_or_init(|| load().ok().map(Arc::new)).clone()
}

/// The workdays of the built-in tables.
pub fn load() -> Result<Workdays, HolidayFault> {
    built_in().map(workdays)
}

/// The built-in years, in order. Every session reads them before its first screen.
pub fn built_in() -> Result<Vec<Year>, HolidayFault> {
    let all = FILES.iter();
    all.map(|(file, text)| plain::read(text).map_or_else(|| read(file, text), Ok)).collect()
}

/// The text of a built-in year: what a table looks like.
pub fn text(year: i32) -> Option<&'static str> {
    let name = format!("holidays/{year}.toml");
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}

/// The built-in years with those of the bank in the place of the ones that were not announced.
pub fn with_own(own: &[Year]) -> Result<Workdays, HolidayFault> {
    let mut years = built_in()?;
    years.retain(|year| own.iter().all(|other| other.year != year.year));
    years.extend(own.iter().cloned());
    Ok(workdays(years))
}

fn workdays(years: Vec<Year>) -> Workdays {
    let provisional = years.iter().filter(|year| !year.announced).map(|year| year.year).collect();
    let days: HashMap<_, _> = years.into_iter().flat_map(|year| year.days).collect();
    Workdays::new(days, provisional)
}

/// Reads the table of one year.
pub fn read(file: &str, text: &str) -> Result<Year, HolidayFault> {
    read_with(file, text, false)
}

/// Reads a table; a strict one has make-up workdays on weekends alone. One built-in year differs: a
/// holiday that was made longer after the notice.
fn read_with(file: &str, text: &str, strict: bool) -> Result<Year, HolidayFault> {
    let line_at = |at: usize| {
        text.char_indices().take_while(|(byte, _)| *byte < at).filter(|(_, c)| *c == '\n').count()
            + 1
    };
    let table: Table = toml::from_str(text).map_err(|wrong| {
        let line = wrong.span().map_or(1, |span| line_at(span.start));
        fault(file, line, Wrong::Syntax(wrong.message().to_owned()))
    })?;
    let year = *table.year.get_ref();
    if !(2007..2200).contains(&year) {
        return Err(fault(file, line_at(table.year.span().start), Wrong::Year(year)));
    }
    let mut days = BTreeMap::new();
    for holiday in table.holiday {
        let off = holiday.off.into_iter().map(|date| (date, DayKind::Off));
        let work = holiday.work.into_iter().map(|date| (date, DayKind::Work));
        for (written, kind) in off.chain(work) {
            let at = written.span().start;
            let written = written.into_inner();
            let date = written.parse::<NaiveDate>().ok().filter(|date| date.year() == year);
            let Some(date) = date else {
                return Err(fault(file, line_at(at), Wrong::NotOfYear(written, year)));
            };
            let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            if strict && kind == DayKind::Work && !weekend {
                return Err(fault(file, line_at(at), Wrong::WorkOnWeekday(written)));
            }
            if days.insert(date, SpecialDay { kind, name: holiday.name.clone() }).is_some() {
                return Err(fault(file, line_at(at), Wrong::Twice(written)));
            }
        }
    }
    Ok(Year { year, announced: table.announced, days })
}

/// Reads a table that a bank wants to add: announced, of a year that is not there yet, and with
/// every day off that is so by law.
pub fn read_new(file: &str, text: &str, own: &[i32]) -> Result<Year, HolidayFault> {
    let new = read_with(file, text, true)?;
    if !new.announced {
        return Err(fault(file, 1, Wrong::NotAnnounced));
    }
    let known = built_in()?.into_iter().find(|year| year.year == new.year);
    if own.contains(&new.year) || known.as_ref().is_some_and(|year| year.announced) {
        return Err(fault(file, 1, Wrong::YearTwice(new.year)));
    }
    for (date, legal) in known.into_iter().flat_map(|year| year.days) {
        let off = new.days.get(&date).is_some_and(|day| day.kind == DayKind::Off);
        if legal.kind == DayKind::Off && !off {
            return Err(fault(file, 1, Wrong::LegalDayMissing(date, legal.name)));
        }
    }
    Ok(new)
}

fn fault(file: &str, line: usize, what: Wrong) -> HolidayFault {
    HolidayFault { file: file.to_owned(), line, what }
}

#[cfg(test)]
mod tests;
