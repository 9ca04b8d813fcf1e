//! Shares in a text (5%, 三成, a third), held against the least from which words are a signal.

use super::clause::{any, hits, may_begin, may_end, spaced, word_at};
use super::figure::{digit, number_end, starts, unit};
use super::number::{is_amount, is_time, number};
use super::{Amounts, Least, Place, Span, Unit};
use crate::domain::money::parse_scaled;

/// How far behind the words an amount may begin, in characters.
const REACH: usize = 12;
/// The same in a language with spaces: fell by no more than 5 percent.
const REACH_SPACED: usize = 18;
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

/// Behind a figure these tell how it changes or is meant, not of what it is: 从三千二掉到一千左右.
const OF_NOTHING: &str = "掉降跌减缩滑落涨升增跳变少了的左上下出吧呢啊还就只才，";

/// How an amount is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Exact,
    /// So much or more.
    Least,
    /// So much or less.
    Most,
}

/// A share in hundredths of a percent, or another number in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figure {
    hundredths: i64,
    is_share: bool,
    at: usize,
    end: usize,
}

/// What a clause names first, whatever its words are.
pub(super) struct Named {
    /// Where a word stands from which something changed, and behind it.
    from: Option<(usize, usize)>,
    share: Option<Figure>,
}

impl Named {
    fn of(amounts: &Amounts, place: &Place<'_>) -> Self {
        let (chars, (begin, to)) = (place.chars, place.clause);
        let from = hits(chars, place.clause, &amounts.from).next();
        Self { from, share: first_share(chars, begin, to) }
    }
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
    let (chars, to, last) = (place.chars, place.clause.1, place.sentence.1);
    let named = place.named.get_or_init(|| Named::of(amounts, place));
    let reach = (span.end + if spaced(chars, span.start) { REACH_SPACED } else { REACH }).min(to);
    let from = named.from.filter(|(at, _)| *at < reach);
    if let Some(change) = from.and_then(|(_, behind)| from_to(amounts, unit, place, behind)) {
        return Some((change, Bound::Exact));
    }
    let next = (to + 1).min(last);
    let behind = first_share(chars, span.start, reach)
        .or_else(|| first_share(chars, next, (next + REACH_NEXT).min(last)));
    if let Some(share) = behind {
        let (bound, at) = bound(amounts, chars, share);
        let from = at.saturating_sub(REACH_LEFT).max(span.start);
        return match (any(chars, (from, at), &amounts.left), unit) {
            (false, _) => Some((share.hundredths, bound)),
            // What a margin fell to says nothing of by how much.
            (true, Unit::Points) => None,
            (true, Unit::Percent) => Some((10_000 - share.hundredths, bound.turned())),
        };
    }
    let share = named.share.filter(|share| share.end <= span.start)?;
    let (mut from, mut to) = (share.end, span.start);
    while from < to && is_blank(chars, from) {
        from += 1;
    }
    while from < to && is_blank(chars, to - 1) {
        to -= 1;
    }
    let joins =
        from == to || amounts.joints.iter().any(|word| word_at(chars, from, word) == Some(to));
    joins.then(|| (share.hundredths, bound(amounts, chars, share).0))
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
fn from_to(amounts: &Amounts, unit: Unit, place: &Place<'_>, from: usize) -> Option<i64> {
    let chars = place.chars.get(..place.clause.1)?;
    let was = (from..from + REACH_FROM).find_map(|at| figure(chars, at))?;
    let to = (was.end..was.end + REACH).find_map(|at| any_at(chars, at, &amounts.to))?;
    let is = (to..to + REACH_FROM).find_map(|at| figure(chars, at))?;
    let bounded = |end| any_at(chars, end, &amounts.over).or(any_at(chars, end, &amounts.under));
    let kind = |end: usize| {
        let of = chars.get(end).filter(|c| !c.is_whitespace() && !c.is_ascii());
        of.filter(|c| !OF_NOTHING.contains(**c) && bounded(end).is_none() && end != to - 1)
    };
    let (before, after) = (kind(was.end), kind(is.end));
    let one_kind = was.is_share == is.is_share
        && (was.is_share || before.is_none() || after.is_none() || before == after);
    if !one_kind || was.hundredths <= 0 {
        return None;
    }
    let by = (was.hundredths - is.hundredths).abs();
    match unit {
        Unit::Points => was.is_share.then_some(by),
        Unit::Percent => by.checked_mul(10_000)?.checked_div(was.hundredths),
    }
}

/// A share, or a number in digits or words that is no time.
fn figure(chars: &[char], at: usize) -> Option<Figure> {
    if let Some(share) = share_at(chars, at) {
        return Some(share);
    }
    let (hundredths, _, end) = number(chars, at)?;
    (!is_time(chars, end)).then_some(Figure { hundredths, is_share: false, at, end })
}

/// How a share is meant, by the words beside it, and where it or the words before it begin.
fn bound(amounts: &Amounts, chars: &[char], share: Figure) -> (Bound, usize) {
    let (mut last, mut first) = (share.at, share.end);
    while last > 0 && is_blank(chars, last - 1) {
        last -= 1;
    }
    while is_blank(chars, first) {
        first += 1;
    }
    let before = |word: &String| {
        let at = last.checked_sub(word.chars().count())?;
        word_at(chars, at, word).map(|_end| at)
    };
    for (words, bound) in [(&amounts.under, Bound::Most), (&amounts.over, Bound::Least)] {
        if let Some(at) = words.iter().filter_map(before).min() {
            return (bound, at);
        }
        if any_at(chars, first, words).is_some() {
            return (bound, share.at);
        }
    }
    (Bound::Exact, share.at)
}

fn is_blank(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(|c| c.is_whitespace())
}

/// Behind the first of these words that begins here.
fn any_at(chars: &[char], at: usize, words: &[String]) -> Option<usize> {
    words.iter().find_map(|word| word_at(chars, at, word))
}

/// The first share that begins in a part of a text.
fn first_share(chars: &[char], from: usize, to: usize) -> Option<Figure> {
    (from..to).find_map(|at| share_at(chars, at))
}

/// A share that begins here.
fn share_at(chars: &[char], at: usize) -> Option<Figure> {
    let (hundredths, end) = share(chars, at)?;
    Some(Figure { hundredths, is_share: true, at, end })
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
fn spoken(chars: &[char], at: usize) -> Option<(i64, usize)> {
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
