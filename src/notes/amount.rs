//! Amounts in a text: shares (5%, 三成, a third) and numbers (890万, 六万八).

use super::Unit;
use super::figure::{digit, unit};
use super::number::{digits, is_amount, is_time, number, spoken};
use super::words::{may_begin, may_end, starts};

/// What stands behind the number of a share, and how many hundredths of a percent one of it is.
const UNITS: [(&str, i64); 9] = [
    ("个百分点", 1),
    ("百分点", 1),
    ("个点", 1),
    ("percentage points", 1),
    ("percent", 1),
    ("per cent", 1),
    ("points", 1),
    ("%", 1),
    ("成", 10),
];
/// Shares that are words of their own, in hundredths of a percent.
const FRACTIONS: [(&str, i64); 10] = [
    ("一半", 5_000),
    ("半数", 5_000),
    ("half", 5_000),
    ("two thirds", 6_667),
    ("a third", 3_333),
    ("one third", 3_333),
    ("a quarter", 2_500),
    ("a fifth", 2_000),
    ("a tenth", 1_000),
    ("ten percent", 1_000),
];

/// A share in hundredths of a percent, or another number in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) value: i64,
    pub(super) is_share: bool,
    /// What stands behind it makes it a time or an order.
    pub(super) is_time: bool,
    /// It is said to be in ten thousands.
    pub(super) scaled: bool,
    pub(super) start: usize,
    /// Behind the last character.
    pub(super) end: usize,
}

/// A share or a number that begins here.
pub(super) fn amount(chars: &[char], at: usize) -> Option<Amount> {
    share_at(chars, at).or_else(|| {
        let (value, scaled, end) = number(chars, at)?;
        let is_time = is_time(chars, end);
        Some(Amount { value, is_share: false, is_time, scaled, start: at, end })
    })
}

/// A share that begins here.
pub(super) fn share_at(chars: &[char], at: usize) -> Option<Amount> {
    let (value, end) = share(chars, at)?;
    Some(Amount { value, is_share: true, is_time: false, scaled: false, start: at, end })
}

/// A change in hundredths of a unit: in points as it is, in percent held against what it is of.
pub(super) fn part(unit: Unit, by: i64, of: i64) -> Option<i64> {
    match unit {
        Unit::Points => Some(by),
        Unit::Percent => by.checked_mul(10_000)?.checked_div(of),
    }
}

/// A share that begins here, in hundredths of a percent, and where it ends.
fn share(chars: &[char], at: usize) -> Option<(i64, usize)> {
    if !may_begin(chars, at) {
        return None;
    }
    for (word, value) in FRACTIONS {
        let end = at + word.chars().count();
        if starts(chars, at, word) && may_end(chars, end) {
            return Some((value, end));
        }
    }
    if starts(chars, at, "百分之") {
        return digits(chars, at + 3).or_else(|| spoken(chars, at + 3));
    }
    let (value, end) = digits(chars, at).or_else(|| spoken(chars, at))?;
    if starts(chars, end, "分之") {
        let (part, end) = digits(chars, end + 2).or_else(|| spoken(chars, end + 2))?;
        return Some((part.checked_mul(10_000)?.checked_div(value)?, end));
    }
    let (times, behind) = unit(chars, end, &UNITS)?;
    let value = value.checked_mul(times)?;
    if times == 1 {
        return Some((value, behind));
    }
    // 三成半, 一成五.
    let tenth = chars.get(behind).and_then(|c| if *c == '半' { Some(5) } else { digit(*c) });
    let tenth = tenth.filter(|_| !is_amount(chars, behind + 1));
    Some(tenth.map_or((value, behind), |tenth| (value + tenth * 100, behind + 1)))
}
