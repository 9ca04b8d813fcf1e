//! Numbers as they are written or spoken: 890万, 六万八, 一千五, 八百来万.

use std::cmp::Ordering;

use super::figure::{digit, number_end};
use super::words::{look, starts};
use crate::domain::money::parse_scaled;

/// What makes a figure a time or an order instead of an amount.
const NO_AMOUNT: [&str; 16] = [
    "年", "月", "日", "号", "季", "天", "周", "期", "个月", "点钟", "岁", "次", "回", "楼", "星期",
    "家门",
];
/// What a short figure in words must stand before to be one: 一 alone is a figure of speech.
const OF: &str = "块元成吨人名套斤度户亩头柜万";
/// The same for all but 一: 十个柜, but not 一个.
const OF_MORE: &str = "个单条台辆家桌";
/// More characters than a number has.
const LONGEST: usize = 24;
pub(super) const TEN_THOUSAND: i64 = 10_000;

/// A number as it is written or spoken (890万, 六万八, 一千五, 八百来万), in hundredths, whether in ten
/// thousands, and where it ends.
pub(super) fn number(chars: &[char], at: usize) -> Option<(i64, bool, usize)> {
    let mut end = at;
    let (mut whole, mut part, mut last) = (0_i64, 0_i64, 1_i64);
    // The last of 万 and 亿.
    let mut most = 0;
    let mut scaled = false;
    // A figure that waits for what it is of, in hundredths.
    let mut open: Option<i64> = None;
    while let Some(c) = chars.get(end).filter(|_| end < at + LONGEST) {
        look();
        if c.is_ascii_digit() {
            if open.is_some() {
                break;
            }
            let (value, behind) = digits(chars, end)?;
            (open, end) = (Some(value), behind);
            continue;
        }
        if let Some(digit) = digit(*c) {
            // 十二三个: the later one counts.
            open = Some(digit * 100);
            if digit == 0 {
                // 一百零五: units follow, or what says its own.
                last = 1;
            }
            end += 1;
            continue;
        }
        let times = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => TEN_THOUSAND,
            '亿' => 100_000_000,
            // 八百来万, 一个亿.
            '多' | '来' | '个' if end > at && joins(chars, end) => {
                end += 1;
                continue;
            }
            _ => break,
        };
        if times == 10 && open.is_none() && part == 0 {
            open = Some(100);
        }
        if times >= TEN_THOUSAND {
            let unit = part.checked_add(open.take().unwrap_or(0))?;
            // 一万亿: the greater one is of all before; 一亿二千万: the smaller one comes to it; 十万八万:
            // the later one counts.
            whole = match times.cmp(&most) {
                Ordering::Greater => whole.checked_add(unit)?.checked_mul(times)?,
                Ordering::Less => whole.checked_add(unit.checked_mul(times)?)?,
                Ordering::Equal => unit.checked_mul(times)?,
            };
            (part, most, scaled) = (0, times, true);
        } else {
            part = part.checked_add(open.take()?.checked_mul(times)?)?;
        }
        last = times;
        end += 1;
    }
    let rest = open.unwrap_or(0);
    let tail = if last >= 100 { rest.checked_mul(last / 10)? } else { rest };
    let mut value = whole.checked_add(part)?.checked_add(tail)?;
    // 一块八.
    let tenth = chars.get(end + 1).and_then(|c| digit(*c));
    if let (Some('块'), Some(tenth)) = (chars.get(end), tenth) {
        (value, end) = (value + tenth * 10, end + 2);
    }
    let in_words = chars.get(at).is_some_and(|c| !c.is_ascii_digit());
    let short = in_words && end - at < 2;
    let of = |words: &str| chars.get(end).is_some_and(|c| words.contains(*c));
    let stands_alone = short && !(of(OF) || (value != 100 && of(OF_MORE)));
    (end > at && value > 0 && !stands_alone).then_some((value, scaled, end))
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

/// Whether what stands behind a figure makes it a time or an order instead of an amount.
pub(super) fn is_time(chars: &[char], end: usize) -> bool {
    NO_AMOUNT.iter().any(|word| starts(chars, end, word)) && !starts(chars, end, "号人")
}

/// Whether what stands here goes on with a number, or tells of what one is: 两成三户.
pub(super) fn is_amount(chars: &[char], at: usize) -> bool {
    let goes_on = |c: char| digit(c).is_some() || "十百千万亿点".contains(c);
    let of = chars.get(at).is_some_and(|c| goes_on(*c) || OF.contains(*c) || OF_MORE.contains(*c));
    of || is_time(chars, at)
}

/// Whether something stands behind that goes on with a number.
fn joins(chars: &[char], at: usize) -> bool {
    let next = chars.get(at + 1);
    next.is_some_and(|c| "万亿".contains(*c)) || (chars.get(at) != Some(&'个') && next.is_some())
}
