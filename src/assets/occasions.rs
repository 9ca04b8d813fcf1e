//! The pack of occasions for a light-touch visit.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::occasion::{Occasion, OccasionDay, Occasions, month_day};

const SOURCE: &str = include_str!("../../assets/occasions/default.toml");

/// The pack can't be read.
#[derive(Debug, thiserror::Error)]
#[error("occasions/default.toml:{line}: {what}")]
pub struct OccasionFault {
    /// In which line, from 1.
    pub line: usize,
    /// What the reader says.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "version")]
    _version: u32,
    own_days_before: u32,
    occasion: Vec<RawOccasion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOccasion {
    #[serde(rename = "code")]
    _code: String,
    zh: String,
    en: String,
    holiday: String,
    days_before: u32,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

fn raw() -> Result<Raw, OccasionFault> {
    toml::from_str(SOURCE).map_err(|error| {
        let before = error.span().and_then(|span| SOURCE.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        OccasionFault { line, what: error.message().to_owned() }
    })
}

/// The built-in pack.
pub fn load() -> Result<Occasions, OccasionFault> {
    with_own(&BTreeMap::new())
}

/// The built-in pack with days of the bank's own: `MM-DD` and what the day is.
pub fn with_own(own: &BTreeMap<String, String>) -> Result<Occasions, OccasionFault> {
    let raw = raw()?;
    let festivals = raw.occasion.into_iter().map(|occasion| Occasion {
        zh: occasion.zh,
        en: occasion.en,
        day: OccasionDay::Holiday(occasion.holiday),
        days_before: occasion.days_before,
    });
    let own = own.iter().filter_map(|(date, name)| {
        let (month, day) = month_day(date)?;
        Some(Occasion {
            zh: name.clone(),
            en: name.clone(),
            day: OccasionDay::Yearly { month, day },
            days_before: raw.own_days_before,
        })
    });
    Ok(Occasions(festivals.chain(own).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::day;

    #[test]
    fn festivals_and_own_days_are_told_some_days_before_and_on_their_first_day() {
        let own = BTreeMap::from([("05-18".to_owned(), "行庆日".to_owned())]);
        let occasions = with_own(&own).unwrap();
        let table = crate::assets::holidays::load().unwrap();
        for (date, told) in [
            ("2026-02-04", vec![]),
            ("2026-02-05", vec![("2026-02-15", "春节问候")]),
            ("2026-02-15", vec![("2026-02-15", "春节问候")]),
            ("2026-02-16", vec![]),
            ("2026-05-14", vec![]),
            ("2026-05-15", vec![("2026-05-18", "行庆日")]),
            ("2026-09-24", vec![("2026-09-25", "中秋问候")]),
            ("2026-09-26", vec![("2026-10-01", "国庆问候")]),
            ("2026-11-23", vec![]),
        ] {
            let found = occasions.told_on(day(date), &table);
            let found: Vec<(String, &str)> =
                found.iter().map(|one| (one.on.to_string(), one.zh.as_str())).collect();
            let told: Vec<(String, &str)> =
                told.into_iter().map(|(on, zh)| (on.to_owned(), zh)).collect();
            assert_eq!(found, told, "{date}");
        }
    }

    #[test]
    fn a_day_of_ones_own_is_two_digits_a_dash_and_two_digits() {
        for (text, expected) in [
            ("05-18", Some((5, 18))),
            ("5-18", None),
            ("02-29", None),
            ("13-01", None),
            ("0518", None),
            ("05-1x", None),
        ] {
            assert_eq!(month_day(text), expected, "{text}");
        }
    }
}
