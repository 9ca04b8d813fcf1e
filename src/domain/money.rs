//! Exact amounts. Money is counted in fen, other decimals in ten-thousandths; nothing here is floating point.

use std::fmt;

/// An amount of money in fen (1/100 yuan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fen(pub i64);

/// A number with at most four decimals, in ten-thousandths: rates in percent, areas, quantities, ratios.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal4(pub i64);

/// Why a text is not a number of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// It has a character that no number has, or no digit.
    NotANumber,
    /// It has more decimals than the type keeps; it is never rounded.
    TooManyDecimals,
    /// A comma stands where no thousands separator belongs.
    MisplacedComma,
    /// It does not fit.
    TooLarge,
}

impl Fen {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Whole yuan.
    pub const fn from_yuan(yuan: i64) -> Self {
        Self(yuan * 100)
    }

    /// Reads yuan with at most two decimals, with or without thousands separators.
    pub fn parse_yuan(text: &str) -> Result<Self, NumberFault> {
        parse_scaled(text, 2).map(Self)
    }

    /// Reads 万元 (ten thousand yuan) with at most six decimals.
    pub fn parse_wan(text: &str) -> Result<Self, NumberFault> {
        parse_scaled(text, 6).map(Self)
    }

    /// The sum, or `None` where it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl Fen {
    /// The sum of several, or `None` where it does not fit: a sum is never cut to what fits.
    pub fn sum_of(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

impl fmt::Display for Fen {
    /// Yuan with two decimals and no separators: `52000000.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

impl Decimal4 {
    /// Reads a number with at most four decimals.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        parse_scaled(text, 4).map(Self)
    }

    /// A whole number.
    pub const fn from_int(n: i64) -> Self {
        Self(n.saturating_mul(10_000))
    }

    /// A part of a whole in percent; `None` where there is nothing below the line.
    pub fn percent_of(part: i64, whole: i64) -> Option<Self> {
        if whole <= 0 {
            return None;
        }
        let scaled = i128::from(part) * 1_000_000 / i128::from(whole);
        i64::try_from(scaled).ok().map(Self)
    }

    /// Always four decimals, as rates are exported: `4.3500`.
    pub fn to_fixed(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let n = self.0.unsigned_abs();
        format!("{sign}{}.{:04}", n / 10_000, n % 10_000)
    }
}

impl fmt::Display for Decimal4 {
    /// Without trailing zeros, as quantities are exported: `12.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fixed = self.to_fixed();
        f.write_str(fixed.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// Digits with a comma before each group of three, as people read them: `1,234,567`.
pub fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Reads a decimal number as an integer of `10^-decimals`, refusing what would have to be rounded.
pub fn parse_scaled(text: &str, decimals: usize) -> Result<i64, NumberFault> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digit = |b: u8| b.is_ascii_digit();
    // Where there are words as well, their commas are not what is wrong.
    if !digits.bytes().any(is_digit)
        || !whole.bytes().all(|b| is_digit(b) || b == b',')
        || !fraction.bytes().all(is_digit)
    {
        return Err(NumberFault::NotANumber);
    }
    let whole = without_separators(whole)?;
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals {
        return Err(NumberFault::TooManyDecimals);
    }
    let mut value: i64 = 0;
    let padding = std::iter::repeat_n(b'0', decimals - fraction.len());
    for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(i64::from(digit - b'0')))
            .ok_or(NumberFault::TooLarge)?;
    }
    Ok(if negative { -value } else { value })
}

/// Takes out commas that separate thousands (`1,234,567`); any other comma is a fault.
fn without_separators(whole: &str) -> Result<String, NumberFault> {
    if !whole.contains(',') {
        return Ok(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let well_formed = (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3);
    if well_formed { Ok(whole.replace(',', "")) } else { Err(NumberFault::MisplacedComma) }
}

#[cfg(test)]
mod tests;
