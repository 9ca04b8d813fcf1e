//! Amounts in a text: shares (5%, 三成, a third) and numbers (890万, 六万八).

use super::Unit;
use super::clause::{may_begin, may_end};
use super::figure::{digit, number_end, starts, unit};
use super::number::{is_amount, is_time, number};
use crate::domain::money::parse_scaled;

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

/// A number in digits, in hundredths.
pub(super) fn digits(chars: &[char], at: usize) -> Option<(i64, usize)> {
    let inside = at > 0
        && chars.get(at - 1).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ','));
    if inside || !chars.get(at).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let end = number_end(chars, at);
    let text: String = chars.get(at..end)?.iter().filter(|c| **c != ',').collect();
    Some((parse_scaled(&text, 2).ok()?, end))
}

/// A number as it is spoken, up to ninety-nine, in hundredths, with a digit behind the point: 三点五; of
/// 两三 the greater one counts. What goes on before or behind it, 一百, is none.
pub(super) fn spoken(chars: &[char], at: usize) -> Option<(i64, usize)> {
    let is = |at: usize, marks: &str| chars.get(at).is_some_and(|c| marks.contains(*c));
    let digit = |at: usize| digit(*chars.get(at)?);
    let point = |at: usize| is(at, "点") && digit(at + 1).is_some();
    // Inside a number: 二十 of 一百二十, 五成 of 一点五成.
    let before = at.checked_sub(1);
    if before.is_some_and(|at| digit(at).is_some() || is(at, "十百千万亿"))
        || before.is_some_and(|dot| point(dot) && dot > 0 && digit(dot - 1).is_some())
    {
        return None;
    }
    let (mut value, mut end) = match digit(at) {
        Some(value) => (value, at + 1),
        None => (1, at),
    };
    if let Some(next) = digit(end).filter(|_| end > at) {
        (value, end) = (next, end + 1);
    }
    if is(end, "十") {
        let ones = digit(end + 1);
        value = value * 10 + ones.unwrap_or(0);
        end += 1 + usize::from(ones.is_some());
    }
    value *= 100;
    if end > at && point(end) {
        value += digit(end + 1)? * 10;
        end += 2;
        // 三点五十, and more digits than are told of a share.
        if digit(end).is_some() || is(end, "十") {
            return None;
        }
    }
    (end > at && !is(end, "百千万亿")).then_some((value, end))
}
