//! Shares in a text (5%, 三成, a third), held against the least from which words are a signal.

use super::clause::{may_begin, may_end};
use super::figure::{number_end, starts};
use super::{Amounts, Least, Place, Span, Unit};
use crate::domain::money::parse_scaled;

/// How far behind the words an amount may begin, in characters.
const REACH: usize = 12;
/// The same at the beginning of the clause that follows.
const REACH_NEXT: usize = 5;
/// How far behind its word a figure to begin from may stand.
const REACH_FROM: usize = 8;
/// How far before an amount the words may stand that make it what is left.
const REACH_LEFT: usize = 8;

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
const DIGITS: [char; 11] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '两'];

/// How an amount is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Exact,
    /// So much or more.
    Least,
    /// So much or less.
    Most,
}

/// Whether the text names an amount for these words that is below the least. What is not clear,
/// 超过5% for a least of 30, is not below.
pub(super) fn is_below(amounts: &Amounts, least: Least, place: &Place<'_>, span: &Span) -> bool {
    match change(amounts, least.unit, place, span) {
        Some((change, Bound::Exact)) => change < least.hundredths,
        Some((change, Bound::Most)) => change <= least.hundredths,
        Some((_, Bound::Least)) | None => false,
    }
}

/// By how much something changed, in hundredths of a percent or of a point.
fn change(amounts: &Amounts, unit: Unit, place: &Place<'_>, span: &Span) -> Option<(i64, Bound)> {
    let (chars, (begin, to)) = (place.chars, place.clause);
    let reach = (span.end + REACH).min(to);
    if let Some(change) = from_to(amounts, unit, chars.get(..to)?, begin, reach) {
        return Some((change, Bound::Exact));
    }
    let first = |from: usize, last: usize| {
        (from..last).find_map(|at| share(chars, at).map(|(value, end)| (at, value, end)))
    };
    let next = (to + 1).min(place.sentence.1);
    let behind =
        first(span.start, reach).or_else(|| first(next, (next + REACH_NEXT).min(place.sentence.1)));
    if let Some((at, value, end)) = behind {
        let bound = bound(amounts, chars, at, end);
        let from = at.saturating_sub(REACH_LEFT).max(span.start);
        let left = any(&amounts.left, chars.get(from..at)?);
        return match (left, unit) {
            (false, _) => Some((value, bound)),
            // What a margin fell to says nothing of by how much.
            (true, Unit::Points) => None,
            (true, Unit::Percent) => Some((10_000 - value, bound.turned())),
        };
    }
    let (at, value, end) = (begin..span.start).find_map(|at| {
        share(chars, at).filter(|(_, end)| *end <= span.start).map(|(value, end)| (at, value, end))
    })?;
    let joint: String = chars.get(end..span.start)?.iter().collect();
    let joint = joint.trim();
    let joins = joint.is_empty() || amounts.joints.iter().any(|word| word == joint);
    joins.then(|| (value, bound(amounts, chars, at, end)))
}

impl Bound {
    const fn turned(self) -> Self {
        match self {
            Self::Exact => Self::Exact,
            Self::Least => Self::Most,
            Self::Most => Self::Least,
        }
    }
}

/// 从300吨掉到120吨: the share by which it changed, where both are figures of one kind.
fn from_to(
    amounts: &Amounts,
    unit: Unit,
    chars: &[char],
    begin: usize,
    reach: usize,
) -> Option<i64> {
    let word_ends = |at: usize, words: &[String]| {
        words.iter().find_map(|word| {
            let end = at + word.chars().count();
            (starts(chars, at, word) && may_begin(chars, at) && may_end(chars, end)).then_some(end)
        })
    };
    let from = (begin..reach).find_map(|at| word_ends(at, &amounts.from))?;
    let (was, _, behind) = (from..from + REACH_FROM).find_map(|at| value(chars, at))?;
    let to = (behind..behind + REACH).find_map(|at| word_ends(at, &amounts.to))?;
    let (is, at, end) = (to..to + REACH_FROM).find_map(|at| value(chars, at))?;
    let kind = |end: usize| chars.get(end).filter(|c| !c.is_whitespace() && !c.is_ascii());
    let one_kind = match (is_share(chars, from, behind), share(chars, at).is_some()) {
        (true, true) => true,
        (false, false) => {
            kind(behind).is_none() || kind(end).is_none() || kind(behind) == kind(end)
        }
        _ => false,
    };
    if !one_kind || was <= 0 {
        return None;
    }
    let by = (was - is).abs();
    match unit {
        Unit::Points => is_share(chars, from, behind).then_some(by),
        Unit::Percent => by.checked_mul(10_000)?.checked_div(was),
    }
}

fn is_share(chars: &[char], from: usize, end: usize) -> bool {
    (from..end).any(|at| share(chars, at).is_some_and(|(_, behind)| behind == end))
}

/// A share or a plain number that is no day and no year: its hundredths, where it begins and ends.
fn value(chars: &[char], at: usize) -> Option<(i64, usize, usize)> {
    if let Some((value, end)) = share(chars, at) {
        return Some((value, at, end));
    }
    let (value, end) = digits(chars, at)?;
    let day = chars.get(end).is_some_and(|c| "年月日号季".contains(*c));
    (!day).then_some((value, at, end))
}

/// How an amount is meant, by the words before and behind it.
fn bound(amounts: &Amounts, chars: &[char], at: usize, end: usize) -> Bound {
    let before: String = chars.iter().take(at).collect();
    let before = before.trim_end();
    let behind: String = chars.iter().skip(end).take(REACH).collect();
    let beside = |words: &[String]| {
        words.iter().any(|word| {
            before.ends_with(word.as_str()) || behind.trim_start().starts_with(word.as_str())
        })
    };
    if beside(&amounts.under) {
        Bound::Most
    } else if beside(&amounts.over) {
        Bound::Least
    } else {
        Bound::Exact
    }
}

fn any(words: &[String], chars: &[char]) -> bool {
    words.iter().any(|word| {
        (0..chars.len()).any(|at| {
            let end = at + word.chars().count();
            starts(chars, at, word) && may_begin(chars, at) && may_end(chars, end)
        })
    })
}

/// A share that begins here, in hundredths of a percent, and where it ends.
pub(super) fn share(chars: &[char], at: usize) -> Option<(i64, usize)> {
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
    let mut unit = end;
    while chars.get(unit) == Some(&' ') {
        unit += 1;
    }
    let (word, times) = UNITS.iter().find(|(word, _)| starts(chars, unit, word))?;
    let behind = unit + word.chars().count();
    let value = value.checked_mul(*times)?;
    // 三成半.
    let half = *times > 1 && chars.get(behind) == Some(&'半');
    Some(if half { (value + 500, behind + 1) } else { (value, behind) })
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

/// A number as it is spoken, up to ninety-nine, in hundredths; of 两三 the greater one counts.
fn spoken(chars: &[char], at: usize) -> Option<(i64, usize)> {
    let digit = |at: usize| -> Option<i64> {
        let n = DIGITS.iter().position(|digit| chars.get(at) == Some(digit))?;
        Some(if n == 10 { 2 } else { i64::try_from(n).ok()? })
    };
    let (mut value, mut end) = match digit(at) {
        Some(value) => (value, at + 1),
        None => (1, at),
    };
    if let Some(next) = digit(end).filter(|_| end > at) {
        (value, end) = (next, end + 1);
    }
    if chars.get(end) == Some(&'十') {
        let ones = digit(end + 1);
        value = value * 10 + ones.unwrap_or(0);
        end += 1 + usize::from(ones.is_some());
    }
    (end > at).then_some((value * 100, end))
}
