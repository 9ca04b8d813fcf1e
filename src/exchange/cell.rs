//! Raw cells become values (`exchange.md` section 1.1): nothing is rounded, guessed or repaired.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::fold::{half_width_char, is_dangerous, trim};
use super::rows::{Raw, decimal_of};
use crate::domain::money::{NumberFault, parse_scaled};
use crate::outgoing::needs_guard;
use crate::protocol::import::Why;
use crate::protocol::tables::{Cell, CodeName, Column, Kind};

/// What a masked cell reads.
pub const MASK: &str = "***";
/// Longest one-line text.
pub const TEXT_LIMIT: usize = 500;
/// Longest free text.
pub const FREE_TEXT_LIMIT: usize = 32_000;
/// How many digits of a number Excel keeps.
const EXCEL_DIGITS: usize = 15;

/// What amounts are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// 元
    #[default]
    Yuan,
    /// 万元
    Wan,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Leave the field as it is.
    Masked,
    /// This value.
    Value(Cell),
}

/// Reads one cell of a column.
pub fn read(column: &Column, raw: Raw<'_>, unit: Unit) -> Result<Said, Why> {
    let text = match raw {
        Raw::Empty => return Ok(Said::Value(empty(column))),
        Raw::Error(_) => return Err(Why::FormulaError),
        Raw::Text(text) => Cow::Borrowed(text),
        Raw::Number(n) => Cow::Owned(decimal_of(n)),
        Raw::Bool(yes) => Cow::Borrowed(if yes { "TRUE" } else { "FALSE" }),
        Raw::Date(at) => match column.kind {
            Kind::Date => return Ok(Said::Value(day(Some(at.date()), Why::NotADate)?)),
            Kind::Month => return Ok(Said::Value(month(Some(at.date()))?)),
            Kind::Text => Cow::Owned(at.date().to_string()),
            Kind::Amount | Kind::Rate | Kind::Integer | Kind::Quantity => {
                return Err(Why::NotANumber);
            }
            Kind::YesNo => return Err(Why::NotYesNo),
            Kind::Code(codes) | Kind::CodeList(codes) => return Err(Why::NotACode(codes)),
        },
    };
    let text = trim(&text);
    if text.is_empty() {
        return Ok(Said::Value(empty(column)));
    }
    if text == MASK {
        return Ok(Said::Masked);
    }
    if column.kind == Kind::Text {
        if matches!(raw, Raw::Number(_)) && digits(text) > EXCEL_DIGITS {
            return Err(Why::DigitsLost);
        }
        return plain_text(column, text).map(|text| {
            Said::Value(if text.is_empty() { Cell::Empty } else { Cell::Text(text.into_owned()) })
        });
    }
    if text.chars().any(is_dangerous) {
        return Err(Why::Control);
    }
    typed(column, text, unit).map(Said::Value)
}

/// A cell with nothing in it; for yes/no that is no.
fn empty(column: &Column) -> Cell {
    if column.kind == Kind::YesNo { Cell::Int(0) } else { Cell::Empty }
}

fn typed(column: &Column, text: &str, unit: Unit) -> Result<Cell, Why> {
    match column.kind {
        Kind::Date => day(parse_date(text), Why::NotADate),
        Kind::Month => month(parse_month(text)),
        Kind::Amount => {
            let decimals = if unit == Unit::Wan { 6 } else { 2 };
            number(text, decimals, column.signed).map_err(|why| unit_in(text).unwrap_or(why))
        }
        Kind::Rate => number(trim(text.strip_suffix('%').unwrap_or(text)), 4, column.signed),
        Kind::Quantity => number(text, 4, column.signed),
        Kind::Integer => number(text, 0, column.signed),
        Kind::YesNo => yes_no(text),
        Kind::Code(codes) => code(text, codes).map(|c| Cell::Text(c.to_owned())),
        Kind::CodeList(codes) => code_list(text, codes),
        Kind::Text => Ok(Cell::Text(text.to_owned())),
    }
}

/// Text as it is stored: line ends as line feeds, the guard of an export taken off, nothing in it
/// that a terminal would obey.
fn plain_text<'a>(column: &Column, text: &'a str) -> Result<Cow<'a, str>, Why> {
    let mut text = Cow::Borrowed(text);
    if text.contains("\r\n") {
        text = Cow::Owned(text.replace("\r\n", "\n"));
    }
    if !text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        for c in text.chars() {
            if c == '\n' {
                if !column.free_text {
                    return Err(Why::OneLine);
                }
            } else if is_dangerous(c) {
                return Err(Why::Control);
            }
        }
        if text.chars().all(|c| matches!(c, '\n' | ' ' | '\u{3000}' | '\u{A0}')) {
            return Ok(Cow::Borrowed(""));
        }
    }
    let limit = if column.free_text { FREE_TEXT_LIMIT } else { TEXT_LIMIT };
    let text = without_guard(text);
    // Bytes are never fewer than characters, so that most texts need no count.
    if text.len() > limit && text.chars().count() > limit {
        return Err(Why::TooLong(limit));
    }
    Ok(text)
}

/// Takes off the `'` that an export wrote.
fn without_guard(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.starts_with('\'') || !needs_guard(&text) {
        return text;
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\'').unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.strip_prefix('\'').unwrap_or(&text).to_owned()),
    }
}

fn number(text: &str, decimals: u8, signed: bool) -> Result<Cell, Why> {
    if text.starts_with('-') && !signed {
        // Minus nothing is nothing; whatever else is not a number says so first.
        return match parse_scaled(text, usize::from(decimals)) {
            Ok(0) => Ok(Cell::Int(0)),
            Ok(_) | Err(NumberFault::TooLarge) => Err(Why::Negative),
            Err(fault) => Err(number_fault(fault, decimals)),
        };
    }
    if text.starts_with('.') || text.ends_with('.') {
        return Err(Why::NotANumber);
    }
    parse_scaled(text, usize::from(decimals))
        .map(Cell::Int)
        .map_err(|fault| number_fault(fault, decimals))
}

/// Whether it is the unit behind it that keeps an amount from being a number. Which unit a file has
/// is said once for all of it: a row that counts otherwise than its neighbours is a slip.
fn unit_in(text: &str) -> Option<Why> {
    let bare = text.strip_suffix('元').unwrap_or(text);
    let bare = bare.strip_suffix(['万', '亿']).unwrap_or(bare);
    (bare.len() < text.len() && parse_scaled(trim(bare), 6).is_ok()).then_some(Why::UnitInCell)
}

fn number_fault(fault: NumberFault, decimals: u8) -> Why {
    match fault {
        NumberFault::NotANumber => Why::NotANumber,
        NumberFault::TooManyDecimals => Why::TooManyDecimals(decimals),
        NumberFault::MisplacedComma => Why::MisplacedComma,
        NumberFault::TooLarge => Why::TooLarge,
    }
}

fn yes_no(text: &str) -> Result<Cell, Why> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "是" => Ok(Cell::Int(1)),
        "0" | "false" | "no" | "否" => Ok(Cell::Int(0)),
        _ => Err(Why::NotYesNo),
    }
}

/// The code that a text names, by itself or by one of its Chinese names.
pub fn code(text: &str, codes: &'static [CodeName]) -> Result<&'static str, Why> {
    let named =
        |text: &str| codes.iter().find(|c| c.code == text || c.zh.contains(&text)).map(|c| c.code);
    named(text)
        .or_else(|| named(&text.chars().map(half_width_char).collect::<String>()))
        .ok_or(Why::NotACode(codes))
}

/// Codes in the order given; an entry may name one duty as `code:ref`.
fn code_list(text: &str, codes: &'static [CodeName]) -> Result<Cell, Why> {
    let mut list = String::new();
    for entry in text.split([';', '；']).map(trim).filter(|e| !e.is_empty()) {
        if !list.is_empty() {
            list.push(';');
        }
        match entry.split_once([':', '：']) {
            None => list.push_str(code(entry, codes)?),
            Some((name, reference)) => {
                let reference = trim(reference);
                if reference.is_empty() {
                    return Err(Why::UnknownPurposeRef);
                }
                list.push_str(code(trim(name), codes)?);
                list.push(':');
                list.push_str(reference);
            }
        }
    }
    if list.chars().count() > FREE_TEXT_LIMIT {
        return Err(Why::TooLong(FREE_TEXT_LIMIT));
    }
    Ok(if list.is_empty() { Cell::Empty } else { Cell::Text(list) })
}

fn day(date: Option<NaiveDate>, why: Why) -> Result<Cell, Why> {
    let date = date.filter(|d| (1..=9999).contains(&d.year())).ok_or(why)?;
    Ok(Cell::Text(date.to_string()))
}

fn month(date: Option<NaiveDate>) -> Result<Cell, Why> {
    match day(date, Why::NotAMonth)? {
        Cell::Text(text) => Ok(Cell::Text(text.chars().take(7).collect())),
        other => Ok(other),
    }
}

/// `YYYY-MM-DD`, `YYYY/M/D` or `YYYYMMDD`.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let (y, m, d) = if let Some((y, rest)) = text.split_once('-') {
        let (m, d) = rest.split_once('-')?;
        (y, exactly(m, 2)?, exactly(d, 2)?)
    } else if let Some((y, rest)) = text.split_once('/') {
        let (m, d) = rest.split_once('/')?;
        (y, m, d)
    } else {
        (exactly(text, 8)?.get(..4)?, text.get(4..6)?, text.get(6..8)?)
    };
    NaiveDate::from_ymd_opt(i32::try_from(small(exactly(y, 4)?)?).ok()?, small(m)?, small(d)?)
}

/// The first day of `YYYY-MM`, `YYYY/M` or `YYYYMM`.
fn parse_month(text: &str) -> Option<NaiveDate> {
    let (y, m) = if let Some((y, m)) = text.split_once('-') {
        (y, exactly(m, 2)?)
    } else if let Some((y, m)) = text.split_once('/') {
        (y, m)
    } else {
        (exactly(text, 6)?.get(..4)?, text.get(4..6)?)
    };
    NaiveDate::from_ymd_opt(i32::try_from(small(exactly(y, 4)?)?).ok()?, small(m)?, 1)
}

fn exactly(text: &str, digits: usize) -> Option<&str> {
    (text.len() == digits).then_some(text)
}

/// A number of one to four digits.
fn small(text: &str) -> Option<u32> {
    let fits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count() - usize::from(text.starts_with("0."))
}

#[cfg(test)]
mod tests;
