//! Holiday tables: TOML to workdays.
//!
//! One file a year. A year that is announced follows the State Council's notice; for one that is not,
//! only the legal days fixed by law and lunar calendar are known, without make-up workdays.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::domain::workday::{DayKind, SpecialDay, Workdays};

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

/// Why a holiday table can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HolidayFault {
    /// It is not a holiday table in TOML.
    #[error("{file}: {message}")]
    Syntax {
        /// Which file.
        file: String,
        /// What the reader says, with the line.
        message: String,
    },
    /// A text is not a date of the table's year.
    #[error("{file}: `{date}` is not a date of {year}")]
    NotOfYear {
        /// Which file.
        file: String,
        /// The text.
        date: String,
        /// The year of the table.
        year: i32,
    },
    /// A date or year stands twice.
    #[error("{file}: {what} stands twice")]
    Twice {
        /// Which file.
        file: String,
        /// The date or year.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    year: i32,
    announced: bool,
    #[serde(default)]
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    off: Vec<String>,
    #[serde(default)]
    work: Vec<String>,
}

/// The built-in tables, read once in the life of the program; `None` if they can't be read.
pub fn shared() -> Option<Arc<Workdays>> {
    static TABLES: OnceLock<Option<Arc<Workdays>>> = OnceLock::new();
    TABLES.get_or_init(|| load().ok().map(Arc::new)).clone()
}

/// The workdays of the built-in tables.
pub fn load() -> Result<Workdays, HolidayFault> {
    parse(FILES)
}

/// Workdays from tables of one year each: (name for messages, TOML).
pub fn parse(files: &[(&str, &str)]) -> Result<Workdays, HolidayFault> {
    let mut days = HashMap::new();
    let mut years: Vec<i32> = Vec::new();
    let mut provisional = Vec::new();
    for (file, text) in files {
        let table: Table = toml::from_str(text).map_err(|fault| HolidayFault::Syntax {
            file: (*file).to_owned(),
            message: fault.to_string(),
        })?;
        if years.contains(&table.year) {
            return Err(twice(file, table.year.to_string()));
        }
        years.push(table.year);
        if !table.announced {
            provisional.push(table.year);
        }
        for holiday in table.holiday {
            let off = holiday.off.into_iter().map(|date| (date, DayKind::Off));
            let work = holiday.work.into_iter().map(|date| (date, DayKind::Work));
            for (text, kind) in off.chain(work) {
                let date = text.parse::<NaiveDate>().ok().filter(|d| d.year() == table.year);
                let Some(date) = date else {
                    let (file, year) = ((*file).to_owned(), table.year);
                    return Err(HolidayFault::NotOfYear { file, date: text, year });
                };
                if days.insert(date, SpecialDay { kind, name: holiday.name.clone() }).is_some() {
                    return Err(twice(file, text));
                }
            }
        }
    }
    Ok(Workdays::new(days, provisional))
}

fn twice(file: &str, what: String) -> HolidayFault {
    HolidayFault::Twice { file: file.to_owned(), what }
}

#[cfg(test)]
mod tests;
