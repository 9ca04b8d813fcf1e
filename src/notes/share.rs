//! Shares in a text (5%, 三成, a third), held against the least from which words are a signal.

use super::amount::{Amount, amount, part, share_at};
use super::words::{any, hits, spaced, word_at};
use super::{Amounts, Least, Place, Span, Unit};

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

/// What a clause names first, whatever its words are.
pub(super) struct Named {
    /// Where a word stands from which something changed, and behind it.
    from: Option<(usize, usize)>,
    share: Option<Amount>,
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
            (false, _) => Some((share.value, bound)),
            // What a margin fell to says nothing of by how much.
            (true, Unit::Points) => None,
            (true, Unit::Percent) => Some((10_000 - share.value, bound.turned())),
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
    joins.then(|| (share.value, bound(amounts, chars, share).0))
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
    let was = (from..from + REACH_FROM).find_map(|at| timeless(chars, at))?;
    let to = (was.end..was.end + REACH).find_map(|at| any_at(chars, at, &amounts.to))?;
    let is = (to..to + REACH_FROM).find_map(|at| timeless(chars, at))?;
    let bounded = |end| any_at(chars, end, &amounts.over).or(any_at(chars, end, &amounts.under));
    let kind = |end: usize| {
        let of = chars.get(end).filter(|c| !c.is_whitespace() && !c.is_ascii());
        of.filter(|c| !OF_NOTHING.contains(**c) && bounded(end).is_none() && end != to - 1)
    };
    let (before, after) = (kind(was.end), kind(is.end));
    let one_kind = was.is_share == is.is_share
        && (was.is_share || before.is_none() || after.is_none() || before == after);
    if !one_kind || was.value <= 0 {
        return None;
    }
    if unit == Unit::Points && !was.is_share {
        return None;
    }
    part(unit, (was.value - is.value).abs(), was.value)
}

/// A share, or a number in digits or words that is no time.
fn timeless(chars: &[char], at: usize) -> Option<Amount> {
    amount(chars, at).filter(|amount| !amount.is_time)
}

/// How a share is meant, by the words beside it, and where it or the words before it begin.
fn bound(amounts: &Amounts, chars: &[char], share: Amount) -> (Bound, usize) {
    let (mut last, mut first) = (share.start, share.end);
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
            return (bound, share.start);
        }
    }
    (Bound::Exact, share.start)
}

fn is_blank(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(|c| c.is_whitespace())
}

/// Behind the first of these words that begins here.
fn any_at(chars: &[char], at: usize, words: &[String]) -> Option<usize> {
    words.iter().find_map(|word| word_at(chars, at, word))
}

/// The first share that begins in a part of a text.
fn first_share(chars: &[char], from: usize, to: usize) -> Option<Amount> {
    (from..to).find_map(|at| share_at(chars, at))
}
