//! Times in a text (三天, 一个半月, two weeks), held against how long something has to last.

use super::near::Piece;
use super::number::{digits, spoken};
use super::words::{hits, look, may_begin, may_end, starts, word_at};
use super::{Amounts, Lasting};

/// What stands behind the number of a time, and how many days one of it is; longer ones first. 三月 is
/// a month of the year, 三季度 a quarter of it.
const UNITS: [(&str, i64); 20] = [
    ("个星期", 7),
    ("个礼拜", 7),
    ("星期", 7),
    ("礼拜", 7),
    ("周", 7),
    ("个季度", 90),
    ("个月", 30),
    ("小时", 0),
    ("个钟头", 0),
    ("分钟", 0),
    ("天", 1),
    ("年", 365),
    (" days", 1),
    (" day", 1),
    (" weeks", 7),
    (" week", 7),
    (" months", 30),
    (" month", 30),
    (" years", 365),
    (" hours", 0),
];
/// The same behind what is no number of the calendar: 俩月, 半月.
const MONTHS: [(&str, i64); 3] = [("月", 30), ("季度", 90), ("季", 90)];
/// Numbers that are words of their own, in hundredths; longer ones first. Of what is not told the least
/// counts.
const NUMBERS: [(&str, i64); 28] = [
    ("半个", 50),
    ("半拉", 50),
    ("大半", 50),
    ("半", 50),
    ("个把", 100),
    ("好几", 300),
    ("几十", 3_000),
    ("几", 300),
    ("数", 300),
    ("俩", 200),
    ("仨", 300),
    ("half a", 50),
    ("a couple of", 200),
    ("a few", 300),
    ("several", 300),
    ("two", 200),
    ("three", 300),
    ("four", 400),
    ("five", 500),
    ("six", 600),
    ("seven", 700),
    ("eight", 800),
    ("nine", 900),
    ("ten", 1_000),
    ("twenty", 2_000),
    ("thirty", 3_000),
    ("forty", 4_000),
    ("a", 100),
];
/// Whole times, in days.
const WORDS: [(&str, i64); 4] = [("fortnight", 14), ("月余", 30), ("半晌", 0), ("个把月", 30)];
/// These begin like a time and are none.
const NONE: [&str; 4] = ["一天到晚", "一天天", "一天比一天", "一年到头"];
/// More years than anything of a loan lasts: 2026年.
const MOST_YEARS: i64 = 100;

/// A time in days, from the least to the most that it can be: 二十多天, 超过两周.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    least: i64,
    most: i64,
}

/// Whether what stands in these clauses can mean a signal that has to last so long: the longest time of
/// the clauses from the first of its words to the last counts, or else of the one that follows. What is
/// not clear, 超过五天 for a least of 30, can.
pub(super) fn can_mean(
    amounts: &Amounts,
    lasting: Lasting,
    chars: &[char],
    clauses: &[Piece],
    (start, end): Piece,
) -> bool {
    let first = clauses.partition_point(|clause| clause.0 <= start).saturating_sub(1);
    let behind = clauses.partition_point(|clause| clause.0 < end).max(first + 1);
    let own = clauses.get(first..behind).unwrap_or_default();
    let time = longest(amounts, chars, own)
        .or_else(|| longest(amounts, chars, clauses.get(behind..=behind).unwrap_or_default()));
    let Some(time) = time else { return !lasting.named };
    // 逾期0天: what did not last at all is in no band.
    if time.most == 0 && lasting.most.is_some() {
        return false;
    }
    time.most >= lasting.least && lasting.most.is_none_or(|most| time.least <= most)
}

/// The longest time that clauses name.
fn longest(amounts: &Amounts, chars: &[char], clauses: &[Piece]) -> Option<Time> {
    let mut found: Option<Time> = None;
    for (from, to) in clauses {
        let mut at = *from;
        while at < *to {
            look();
            let none = NONE.iter().find(|word| starts(chars, at, word));
            let Some((mut time, end)) = time(chars, at).filter(|_| none.is_none()) else {
                at += none.map_or(1, |word| word.chars().count());
                continue;
            };
            bound(amounts, chars, (*from, at, end, *to), &mut time);
            if found.is_none_or(|known| known.least < time.least) {
                found = Some(time);
            }
            at = end;
        }
    }
    found
}

/// How a time is meant, by the words beside it.
fn bound(amounts: &Amounts, chars: &[char], place: (usize, usize, usize, usize), time: &mut Time) {
    let (from, at, end, to) = place;
    let last = at - usize::from(at.checked_sub(1).is_some_and(|at| blank(chars, at)));
    let first = end + usize::from(blank(chars, end));
    let beside = |words: &[String]| {
        let before = hits(chars, (from, at), words).any(|(_, behind)| behind == last);
        before || first < to && words.iter().any(|word| word_at(chars, first, word).is_some())
    };
    if beside(&amounts.under) {
        *time = Time { least: 0, most: time.least - 1 };
    } else if beside(&amounts.over) {
        *time = Time { least: time.least + 1, most: i64::MAX };
    }
}

/// A time that begins here, and where it ends.
fn time(chars: &[char], at: usize) -> Option<(Time, usize)> {
    if !may_begin(chars, at) {
        return None;
    }
    let exact = |days| Time { least: days, most: days };
    let whole = |(word, _): &&(&str, i64)| word_at(chars, at, word).is_some();
    if let Some((word, days)) = WORDS.iter().find(whole) {
        return Some((exact(*days), at + word.chars().count()));
    }
    let named = NUMBERS.iter().find(|(word, _)| starts(chars, at, word));
    let (number, mut end) = match named {
        Some((word, number)) => (*number, at + word.chars().count()),
        None => digits(chars, at).or_else(|| spoken(chars, at))?,
    };
    // 三十来天; 十几天, 四十多天, 两个多月.
    end += usize::from(chars.get(end) == Some(&'来'));
    let begins = end;
    while chars.get(end).is_some_and(|c| "多几余".contains(*c)) {
        end += 1;
    }
    let months = starts(chars, end, "个多月");
    end += if months { 2 } else { 0 };
    let more = end > begins;
    if named.is_none() && starts(chars, end, "个半月") {
        return Some((exact(number * 30 / 100 + 15), end + 3));
    }
    let units = if named.is_some() || months { &MONTHS[..] } else { &[] };
    let blank = usize::from(named.is_none() && blank(chars, end) && is_wide(chars, end + 1));
    let of = |(word, _): &&(&str, i64)| starts(chars, end + blank, word);
    let (word, one) = UNITS.iter().chain(units).find(of)?;
    let behind = end + blank + word.chars().count();
    let year = *one == 365 && number >= MOST_YEARS * 100;
    let time = if more { above(number, *one) } else { exact(number * one / 100) };
    (may_end(chars, behind) && !year).then_some((time, behind))
}

/// So many and some more: of tens up to the next ten.
const fn above(number: i64, one: i64) -> Time {
    let step = if number % 10_000 == 0 {
        100
    } else if number % 1_000 == 0 {
        10
    } else {
        1
    };
    let days = number * one / 100;
    Time { least: days + 1, most: days + step * one - 1 }
}

fn blank(chars: &[char], at: usize) -> bool {
    chars.get(at) == Some(&' ')
}

/// Whether a character of a language without spaces stands here.
fn is_wide(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(|c| !c.is_ascii())
}
