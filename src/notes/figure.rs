//! Amounts of money and days in a text.

use super::words::{spaced, starts};
use super::{Finding, Stand, What};
use crate::domain::money::{Fen, parse_scaled};

/// Units of money with how many yuan they are; longer ones first.
const UNITS: [(&str, i64); 9] = [
    ("亿元", 100_000_000),
    ("万元", 10_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千元", 1_000),
    ("元", 1),
    ("million yuan", 1_000_000),
    ("yuan", 1),
    ("rmb", 1),
];

/// Amounts and days, in the order of the text.
pub(super) fn figures(chars: &[char]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let digit = chars.get(at).is_some_and(char::is_ascii_digit);
        let inside = at > 0 && spaced(chars, at - 1);
        if !digit || inside {
            at += 1;
            continue;
        }
        if let Some(end) = day(chars, at) {
            found.push(Finding { what: What::Day, stand: Stand::Said, start: at, end });
            at = end;
        } else if let Some((fen, end)) = amount(chars, at) {
            found.push(Finding { what: What::Amount(fen), stand: Stand::Said, start: at, end });
            at = end;
        } else {
            at = number_end(chars, at);
        }
    }
    found
}

/// Behind the last character of a number with thousands separators and a decimal point.
pub(super) fn number_end(chars: &[char], from: usize) -> usize {
    let mut end = from;
    while let Some(c) = chars.get(end) {
        let joins = matches!(c, ',' | '.') && chars.get(end + 1).is_some_and(char::is_ascii_digit);
        if !c.is_ascii_digit() && !joins {
            break;
        }
        end += 1;
    }
    end
}

/// A digit as it is spoken.
pub(super) fn digit(c: char) -> Option<i64> {
    const DIGITS: [char; 11] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '两'];
    let n = DIGITS.iter().position(|digit| *digit == c)?;
    Some(if n == 10 { 2 } else { i64::try_from(n).ok()? })
}

/// What one of the unit is that stands behind a number, and where that ends.
pub(super) fn unit(chars: &[char], end: usize, units: &[(&str, i64)]) -> Option<(i64, usize)> {
    let blanks = chars.get(end..)?.iter().take_while(|c| **c == ' ').count();
    let at = end + blanks;
    let (word, one) = units.iter().find(|(word, _)| starts(chars, at, word))?;
    Some((*one, at + word.chars().count()))
}

fn amount(chars: &[char], from: usize) -> Option<(Fen, usize)> {
    let end = number_end(chars, from);
    let digits: String = chars.get(from..end)?.iter().collect();
    let (yuan, behind) = unit(chars, end, &UNITS)?;
    let hundredths = parse_scaled(&digits, 4).ok()?.checked_mul(yuan)? / 100;
    Some((Fen(hundredths), behind))
}

/// `2026-11-23`, `2026年11月23日`, `2026年11月`, `11月23日`: behind its last character.
fn day(chars: &[char], from: usize) -> Option<usize> {
    let digits = |from: usize, most: usize| {
        let n = (0..most).take_while(|n| chars.get(from + n).is_some_and(char::is_ascii_digit));
        n.count()
    };
    let is = |at: usize, c: char| chars.get(at) == Some(&c);
    let year = digits(from, 5);
    if year == 4 && (is(from + 4, '-') || is(from + 4, '/')) {
        let month = digits(from + 5, 2);
        let sep = from + 5 + month;
        let day = if month > 0 && (is(sep, '-') || is(sep, '/')) { digits(sep + 1, 2) } else { 0 };
        return (day > 0).then_some(sep + 1 + day);
    }
    let month_at = if year == 4 && is(from + 4, '年') { from + 5 } else { from };
    let month = digits(month_at, 2);
    if month == 0
        || !is(month_at + month, '月')
        || is(month_at + month + 1, '份') && month_at == from
    {
        return None;
    }
    let behind = month_at + month + 1;
    let day = digits(behind, 2);
    if day > 0 && (is(behind + day, '日') || is(behind + day, '号')) {
        return Some(behind + day + 1);
    }
    (month_at > from).then_some(behind)
}
