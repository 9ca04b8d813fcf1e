//! The built-in tables line by line. They are written in the plainest TOML, and the reader of all TOML
//! takes ten times as long over them: as long as a fifth of a start. Whatever it does not know is left
//! to that reader; a test holds both to the same answer.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Year;
use crate::domain::workday::{DayKind, SpecialDay};

/// The year of a table, where every line of it is as the built-in ones have them.
pub(super) fn read(text: &str) -> Option<Year> {
    let (mut year, mut announced, mut name) = (None, None, None);
    let mut days = BTreeMap::new();
    for line in text.lines().map(str::trim) {
        if line == "[[holiday]]" {
            name = None;
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once(" = ")?;
        match key {
            "year" => year = Some(value.parse::<i32>().ok()?),
            "announced" => announced = Some(value.parse::<bool>().ok()?),
            "name" => name = Some(quoted(value)?),
            "off" | "work" => {
                let kind = if key == "off" { DayKind::Off } else { DayKind::Work };
                for written in value.strip_prefix('[')?.strip_suffix(']')?.split(", ") {
                    let date = date(quoted(written)?)?;
                    let day = SpecialDay { kind, name: name?.to_owned() };
                    if Some(date.year()) != year || days.insert(date, day).is_some() {
                        return None;
                    }
                }
            }
            _ => return None,
        }
    }
    Some(Year { year: year?, announced: announced?, days })
}

fn quoted(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains(['"', '\\']))
}

fn date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, parts.next()?.parse().ok()?)
}
