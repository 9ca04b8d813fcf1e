//! Typed text to values and back. Codes only: the words of a fault are the screen's.

use chrono::{Datelike, NaiveDate};

use super::Words;
use super::definition::{Choice, Kind};
use crate::domain::answer::{DocumentState, Value};
use crate::domain::money::{Decimal4, Fen, NumberFault, grouped};

/// Why a typed text is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryFault {
    /// Nothing was typed.
    Empty,
    /// Not a number.
    NotANumber,
    /// More decimals than are kept: two for yuan, six for 万, four for other numbers.
    TooManyDecimals,
    /// A comma that separates no thousands.
    MisplacedComma,
    /// Does not fit.
    TooLarge,
    /// Not a date.
    NotADate,
    /// Not yes and not no.
    NotYesOrNo,
    /// None of the options.
    NotAnOption,
    /// A line feed in a one-line text.
    LineFeed,
    /// Answers of this kind are not typed.
    NotTyped,
}

impl From<NumberFault> for EntryFault {
    fn from(fault: NumberFault) -> Self {
        match fault {
            NumberFault::NotANumber => Self::NotANumber,
            NumberFault::TooManyDecimals => Self::TooManyDecimals,
            NumberFault::MisplacedComma => Self::MisplacedComma,
            NumberFault::TooLarge => Self::TooLarge,
        }
    }
}

/// The value that a typed text means for a kind.
///
/// Amounts: yuan, or with 万 / `w`, 亿, 元. Dates: `2026-11-23`, `20261123`, `11-23`, `1123`, 今天 /
/// `today`, 昨天 / `yesterday`, `+7` days; a day without a year is the one nearest to `today`.
/// Choices: number from 1, code or wording. Documents: the code of the state, or its number from 1.
pub fn parse(kind: &Kind, text: &str, today: NaiveDate) -> Result<Value, EntryFault> {
    let plain = narrow(text.trim());
    if plain.is_empty() {
        return Err(EntryFault::Empty);
    }
    match kind {
        Kind::Bool => yes_or_no(&plain).map(Value::Bool),
        Kind::Choice(choices) => option(choices, &plain).map(Value::Choice),
        Kind::Multi(choices) => several(choices, &plain).map(Value::Multi),
        Kind::Number(unit) => number(without_unit(&plain, unit)).map(Value::Number),
        Kind::Percent => number(plain.trim_end_matches('%').trim_end()).map(Value::Number),
        Kind::Money => amount(&plain).map(Value::Money),
        Kind::Date => day(&plain, today).map(Value::Date),
        Kind::Text if text.trim().contains(['\n', '\r']) => Err(EntryFault::LineFeed),
        Kind::Text => Ok(Value::Text(text.trim().to_owned())),
        Kind::LongText => Ok(Value::Text(text.trim_end().to_owned())),
        Kind::Document => document(&plain),
        Kind::Group(_) => Err(EntryFault::NotTyped),
    }
}

/// A value as the field shows it for editing; [`parse`] reads it back. Words of options and of
/// yes/no are not in it: it has the code. Empty for rows of a group.
pub fn edit_text(value: &Value) -> String {
    match value {
        Value::Bool(yes) => (if *yes { "y" } else { "n" }).to_owned(),
        Value::Choice(code) => code.clone(),
        Value::Multi(codes) => codes.join(","),
        Value::Number(n) => n.to_string(),
        Value::Money(fen) => without_zeros(&fen.to_string()),
        Value::Date(day) => day.to_string(),
        Value::Text(text) => text.clone(),
        Value::Document { state, .. } => state.as_code().to_owned(),
        Value::Rows(_) => String::new(),
    }
}

/// An amount for reading, in yuan with thousands separators: `1,234,567.80`.
pub fn format_money(fen: Fen) -> String {
    let text = fen.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |d| ("-", d));
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
    let fraction = if cents == "00" { String::new() } else { format!(".{cents}") };
    format!("{sign}{}{fraction}", grouped(whole))
}

/// A number for reading, with thousands separators and without trailing zeros.
pub fn format_number(number: Decimal4) -> String {
    let text = number.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |d| ("-", d));
    match digits.split_once('.') {
        Some((whole, fraction)) => format!("{sign}{}.{fraction}", grouped(whole)),
        None => format!("{sign}{}", grouped(digits)),
    }
}

/// A worked-out number for reading, to one decimal: more would pretend an exactness that the
/// answers do not have. The value itself stays as it is.
pub fn format_tenths(number: Decimal4) -> String {
    let half = if number.0 < 0 { -500 } else { 500 };
    format_number(Decimal4(number.0.saturating_add(half) / 1_000 * 1_000))
}

/// A worked-out number that is no share: to one decimal, or to two below ten, where a multiple says
/// little without its hundredths. The value itself stays as it is.
pub fn format_worked_out(number: Decimal4) -> String {
    const TEN: i64 = 100_000;
    if number.0.abs() >= TEN {
        return format_tenths(number);
    }
    let half = if number.0 < 0 { -50 } else { 50 };
    format_number(Decimal4((number.0 + half) / 100 * 100))
}

fn without_zeros(text: &str) -> String {
    text.strip_suffix(".00").unwrap_or(text).to_owned()
}

/// Full-width digits and signs, as Chinese input methods leave them, become plain ones.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '。' => '.',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .collect()
}

fn yes_or_no(text: &str) -> Result<bool, EntryFault> {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "1" | "是" | "有" | "对" | "shi" => Ok(true),
        "n" | "no" | "0" | "否" | "无" | "没有" | "不" | "fou" => Ok(false),
        _ => Err(EntryFault::NotYesOrNo),
    }
}

fn option(choices: &[Choice], text: &str) -> Result<String, EntryFault> {
    let text = text.to_lowercase();
    let named = |choice: &&Choice| {
        choice.code == text || choice.words.zh == text || choice.words.en.to_lowercase() == text
    };
    let numbered = || choices.get(text.parse::<usize>().ok()?.checked_sub(1)?);
    choices
        .iter()
        .find(named)
        .or_else(numbered)
        .map(|choice| choice.code.clone())
        .ok_or(EntryFault::NotAnOption)
}

/// Several options; the answer has each once, in the order of the definition.
fn several(choices: &[Choice], text: &str) -> Result<Vec<String>, EntryFault> {
    let mut chosen = Vec::new();
    for part in text.split([',', ';', '、', ' ']).filter(|part| !part.is_empty()) {
        chosen.push(option(choices, part)?);
    }
    let in_order = choices.iter().filter(|c| chosen.contains(&c.code));
    Ok(in_order.map(|c| c.code.clone()).collect())
}

/// A number without the unit that the question is in, as people write it: 126 天.
fn without_unit<'a>(text: &'a str, unit: &Words) -> &'a str {
    let mut units = [&unit.zh, &unit.en].into_iter().filter(|unit| !unit.is_empty());
    let bare = units.find_map(|unit| text.strip_suffix(unit.as_str()));
    bare.map_or(text, str::trim_end)
}

fn number(text: &str) -> Result<Decimal4, EntryFault> {
    Ok(Decimal4::parse(text)?)
}

fn amount(text: &str) -> Result<Fen, EntryFault> {
    // A price says of what: 3,850 元/吨.
    let (text, _) = text.split_once("元/").unwrap_or((text, ""));
    let text = text.strip_suffix('元').unwrap_or(text).trim_end();
    let text = text.strip_prefix(['¥', '￥']).unwrap_or(text).trim_start();
    if let Some(wan) = text.strip_suffix(['万', 'w', 'W']) {
        return Ok(Fen::parse_wan(wan.trim_end())?);
    }
    if let Some(yi) = text.strip_suffix('亿') {
        let wan = Fen::parse_wan(yi.trim_end())?;
        return wan.0.checked_mul(10_000).map(Fen).ok_or(EntryFault::TooLarge);
    }
    Ok(Fen::parse_yuan(text)?)
}

fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, EntryFault> {
    let lower = text.to_lowercase();
    let relative = match lower.as_str() {
        "今天" | "today" | "t" => Some(0),
        "昨天" | "yesterday" => Some(-1),
        "明天" | "tomorrow" => Some(1),
        other => other.strip_prefix('+').and_then(|n| n.parse::<i64>().ok()),
    };
    if let Some(days) = relative {
        return chrono::Duration::try_days(days)
            .and_then(|days| today.checked_add_signed(days))
            .ok_or(EntryFault::NotADate);
    }
    let spaced = lower.replace(['年', '月', '/', '.'], "-").replace('日', "");
    let parts: Vec<&str> = if spaced.contains('-') {
        spaced.split('-').collect()
    } else {
        let cut = |at: usize| spaced.split_at_checked(at);
        match spaced.len() {
            4 => cut(2).map(|(m, d)| vec![m, d]).unwrap_or_default(),
            8 => cut(4)
                .and_then(|(y, rest)| rest.split_at_checked(2).map(|(m, d)| vec![y, m, d]))
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    };
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| digits(part)).collect();
    match numbers.as_deref() {
        Some([year, month, day]) if (1900..=2200).contains(year) => {
            i32::try_from(*year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day))
        }
        Some([month, day]) => nearest(*month, *day, today),
        _ => None,
    }
    .ok_or(EntryFault::NotADate)
}

fn digits(text: &str) -> Option<u32> {
    let all = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

/// The day of last, this or next year that lies nearest to today: in January `12-30` is last year's.
fn nearest(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    (today.year() - 1..=today.year() + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|date| (*date - today).num_days().abs())
}

/// Minutes of a time of day: `14:30`, `9：05`, `1430`, in plain or full-width figures.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let plain: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '\u{FF10}'..='\u{FF19}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '：' | '.' | '时' | '点' => ':',
            other => other,
        })
        .filter(|c| *c != '分')
        .collect();
    let (hours, minutes) = match plain.split_once(':') {
        Some(parts) => parts,
        None => plain.split_at_checked(plain.len().checked_sub(2)?)?,
    };
    let number = |part: &str| {
        let figures = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if figures { part.parse::<u32>().ok() } else { None }
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A time of day as it is kept: `0930`, `9：30` and `9.30` are `09:30`; `None` = it is none.
pub fn clock(text: &str) -> Option<String> {
    minutes(text).map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60))
}

fn document(text: &str) -> Result<Value, EntryFault> {
    let numbered = || DocumentState::ALL.get(text.parse::<usize>().ok()?.checked_sub(1)?).copied();
    let state = DocumentState::from_code(text).or_else(numbered).ok_or(EntryFault::NotAnOption)?;
    Ok(Value::Document { state, until: None, note: String::new() })
}

#[cfg(test)]
mod tests;
