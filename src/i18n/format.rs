//! Numbers, dates and amounts for people. Nothing here is read back by the program.

use chrono::{Datelike, NaiveDate};

use super::Lang;
use crate::domain::money::{self, Decimal4, Fen};

/// `1,234,567`.
pub fn grouped(n: u64) -> String {
    money::grouped(&n.to_string())
}

/// `5,200万`, `18.30亿` or `52m`; small amounts keep what matters: `1.5万`, `8,500元`.
pub fn amount(lang: Lang, fen: Fen) -> String {
    let sign = if fen.0 < 0 { "-" } else { "" };
    let yuan = fen.0.unsigned_abs() / 100;
    let body = match lang {
        Lang::Zh if yuan >= 100_000_000 => {
            let hundredths = (yuan + 500_000) / 1_000_000;
            format!("{}.{:02}亿", grouped(hundredths / 100), hundredths % 100)
        }
        Lang::Zh if yuan >= 100_000 => format!("{}万", grouped((yuan + 5_000) / 10_000)),
        Lang::Zh if yuan >= 10_000 => cut(yuan, 10_000, 1, "万"),
        Lang::Zh => format!("{}元", grouped(yuan)),
        Lang::En if yuan >= 1_000_000_000 => three_digits(yuan, 1_000_000_000, "bn"),
        Lang::En if yuan >= 1_000_000 => three_digits(yuan, 1_000_000, "m"),
        Lang::En if yuan >= 10_000 => format!("{}k", grouped((yuan + 500) / 1_000)),
        Lang::En => grouped(yuan),
    };
    format!("{sign}{body}")
}

/// At least three digits that count: `3.98m`, `52.4m`, `1,203m`.
fn three_digits(value: u64, unit: u64, name: &str) -> String {
    cut(value, unit, if value < 10 * unit { 2 } else { 1 }, name)
}

/// Rounded to so many decimals of the unit, without zeros at the end.
fn cut(value: u64, unit: u64, places: u32, name: &str) -> String {
    let scale = 10_u64.pow(places);
    let scaled = (value * scale + unit / 2) / unit;
    let (whole, rest) = (scaled / scale, scaled % scale);
    let rest = format!("{rest:0width$}", width = places as usize);
    match rest.trim_end_matches('0') {
        "" => format!("{}{name}", grouped(whole)),
        rest => format!("{}.{rest}{name}", grouped(whole)),
    }
}

/// An amount or a dash where it is unknown (never 0).
pub fn maybe_amount(lang: Lang, fen: Option<Fen>) -> String {
    fen.map_or_else(|| "-".to_owned(), |f| amount(lang, f))
}

/// `11-23`.
pub fn day(date: NaiveDate) -> String {
    format!("{:02}-{:02}", date.month(), date.day())
}

/// `11-23`, with the year in front unless it is the year of `today`: `27-01-04`.
pub fn near_day(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() {
        day(date)
    } else {
        format!("{:02}-{}", date.year().rem_euclid(100), day(date))
    }
}

/// `2026-11-23`.
pub fn full_day(date: NaiveDate) -> String {
    date.to_string()
}

/// A day or a dash.
pub fn maybe_day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "-".to_owned(), full_day)
}

/// `2026年11月` or `November 2026`.
pub fn month(lang: Lang, date: NaiveDate) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match lang {
        Lang::Zh => format!("{}年{}月", date.year(), date.month()),
        Lang::En => {
            let name = NAMES.get(date.month0() as usize).copied().unwrap_or_default();
            format!("{name} {}", date.year())
        }
    }
}

/// `周一` or `Mon`.
pub fn weekday(lang: Lang, date: NaiveDate) -> &'static str {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let names = match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    };
    names.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default()
}

/// A number with one decimal: `68.2`.
pub fn one_decimal(value: Decimal4) -> String {
    decimals(value, 1)
}

/// A number with two decimals: `1.12`.
pub fn two_decimals(value: Decimal4) -> String {
    decimals(value, 2)
}

fn decimals(value: Decimal4, places: u32) -> String {
    let unit = 10_u64.pow(4 - places);
    let scaled = (value.0.unsigned_abs() + unit / 2) / unit;
    let sign = if value.0 < 0 && scaled > 0 { "-" } else { "" };
    let base = 10_u64.pow(places);
    format!("{sign}{}.{:0width$}", scaled / base, scaled % base, width = places as usize)
}

/// `68.2%` from a ratio of 0.682.
pub fn percent(ratio: Decimal4) -> String {
    format!("{}%", decimals(Decimal4(ratio.0.saturating_mul(100)), 1))
}

/// With a sign, as changes are shown: `+4.1`.
pub fn signed(text: &str) -> String {
    if text.starts_with('-') { text.to_owned() } else { format!("+{text}") }
}

/// A number with what it counts, in English: `1 day`, `3 days`.
pub fn counted<N>(count: N, one: &str) -> String
where
    N: Copy + std::fmt::Display + PartialEq + From<u8>,
{
    let many = if count == N::from(1) { "" } else { "s" };
    format!("{count} {one}{many}")
}

#[cfg(test)]
mod tests;
