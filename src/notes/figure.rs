//! Amounts of money and days in a text.

use chrono::NaiveDate;

use super::number::{number, spoken};
use super::words::{spaced, starts};
use super::{Finding, Stand, What};
use crate::domain::money::{Fen, parse_scaled};

/// Units of money with how many yuan they are; longer ones first.
const UNITS: [(&str, i64); 10] = [
    ("亿元", 100_000_000),
    ("万元", 10_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千元", 1_000),
    ("元", 1),
    ("块", 1),
    ("million yuan", 1_000_000),
    ("yuan", 1),
    ("rmb", 1),
];
/// Other money and things: what is counted in them is no amount of yuan.
const OTHERS: [&str; 51] = [
    "美元", "美金", "港元", "港币", "欧元", "日元", "英镑", "韩元", "澳元", "平", "方", "立方",
    "吨", "公斤", "千克", "斤", "克", "公里", "米", "里", "亩", "公顷", "人", "名", "位", "户",
    "家", "人次", "次", "件", "套", "台", "辆", "个", "只", "头", "羽", "株", "棵", "箱", "瓶",
    "袋", "张", "条", "份", "册", "度", "千瓦", "升", "字", "股",
];
/// What is made of lumps (块) is no money.
const LUMPS: &str = "砖地板石田屏玻";
/// Signs that say before a number that it is money.
const SIGNS: &str = "￥¥";

/// Amounts and days, in the order of the text.
pub(super) fn figures(chars: &[char]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let written = c.is_ascii_digit();
        let inside = written && at > 0 && spaced(chars, at - 1);
        if inside || !(written || digit(*c).is_some() || *c == '十') {
            at += 1;
            continue;
        }
        if let Some(end) = day(chars, at) {
            found.push(Finding { what: What::Day, stand: Stand::Said, start: at, end });
            at = end;
        } else if let Some((fen, end)) = amount(chars, at) {
            found.push(Finding { what: What::Amount(fen), stand: Stand::Said, start: at, end });
            at = end;
        } else if written {
            at = number_end(chars, at);
        } else {
            // A number in words is one number, whatever it is of.
            at = number(chars, at).map_or(at + 1, |(.., end)| end);
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

/// An amount of yuan: a number with its unit, or behind a sign.
fn amount(chars: &[char], from: usize) -> Option<(Fen, usize)> {
    let signed = from > 0 && chars.get(from - 1).is_some_and(|c| SIGNS.contains(*c));
    let others = |end: usize| {
        let blanks = chars.iter().skip(end).take_while(|c| **c == ' ').count();
        OTHERS.iter().any(|word| starts(chars, end + blanks, word))
    };
    let lump = |end: usize| {
        let before = end.checked_sub(1).and_then(|at| chars.get(at));
        before == Some(&'块') && chars.get(end).is_some_and(|c| LUMPS.contains(*c))
    };
    // Digits with one unit, to the fen.
    let digits_end = number_end(chars, from);
    let digits: String = chars.get(from..digits_end)?.iter().collect();
    let exact = |yuan: i64| Some(Fen(parse_scaled(&digits, 4).ok()?.checked_mul(yuan)? / 100));
    if let Some((yuan, end)) = unit(chars, digits_end, &UNITS).filter(|_| !digits.is_empty()) {
        return exact(yuan).map(|fen| (fen, end)).filter(|_| !others(end) && !lump(end));
    }
    // 3千万元, 十五万: a number in words, of money by its unit or by its ten thousands.
    if let Some((hundredths, scaled, end)) = number(chars, from) {
        let money = unit(chars, end, &UNITS).filter(|(one, _)| *one == 1);
        let behind = money.map_or(end, |(_, behind)| behind);
        let written = end == digits_end;
        let counts = !written && (money.is_some() || scaled || signed);
        if counts && !others(behind) && !lump(behind) && hundredths > 0 {
            return Some((Fen(hundredths), behind));
        }
    }
    (signed && !digits.is_empty() && !others(digits_end))
        .then(|| exact(1))
        .flatten()
        .map(|fen| (fen, digits_end))
}

/// `2026-11-23`, `2026.11.23`, `2026年11月23日`, `2026年11月`, `11月23日`, `十一月三日`: behind its last
/// character. What no calendar has is none.
fn day(chars: &[char], from: usize) -> Option<usize> {
    let is = |at: usize, c: char| chars.get(at) == Some(&c);
    let exists = |year: u32, month: u32, day: u32| {
        let year = i32::try_from(year).ok()?;
        NaiveDate::from_ymd_opt(year, month, day)
    };
    let year = written(chars, from, 5);
    if let Some((year, sep)) = year.filter(|(_, end)| end - from == 4)
        && let Some(mark) = chars.get(sep).filter(|c| "-/.".contains(**c))
    {
        let (month, then) = written(chars, sep + 1, 2)?;
        let (day, end) = is(then, *mark).then(|| written(chars, then + 1, 2)).flatten()?;
        // 2026.11.23.1 is a number of something.
        let goes_on = chars.get(end).is_some_and(char::is_ascii_digit)
            || is(end, *mark) && chars.get(end + 1).is_some_and(char::is_ascii_digit);
        return exists(year, month, day).filter(|_| !goes_on).map(|_| end);
    }
    let of_year = year.filter(|(_, end)| end - from == 4 && is(*end, '年'));
    let month_at = of_year.map_or(from, |(_, end)| end + 1);
    let (month, end) = part(chars, month_at)?;
    if !is(end, '月') || !(1..=12).contains(&month) || of_year.is_none() && is(end + 1, '份') {
        return None;
    }
    let behind = end + 1;
    let day = part(chars, behind).filter(|(_, end)| is(*end, '日') || is(*end, '号'));
    if let Some((day, end)) = day {
        // Without its year the last of February may be the 29th.
        let year = of_year.map_or(2000, |(year, _)| year);
        return exists(year, month, day).map(|_| end + 1);
    }
    of_year.map(|_| behind)
}

/// A number of so many digits at most, and where it ends.
fn written(chars: &[char], from: usize, most: usize) -> Option<(u32, usize)> {
    let digits: String =
        chars.iter().skip(from).take(most).take_while(|c| c.is_ascii_digit()).collect();
    Some((digits.parse().ok()?, from + digits.len()))
}

/// A month or a day of a month, in digits or as it is spoken.
fn part(chars: &[char], from: usize) -> Option<(u32, usize)> {
    written(chars, from, 2).or_else(|| {
        let (hundredths, end) = spoken(chars, from)?;
        Some((u32::try_from(hundredths / 100).ok()?, end))
    })
}
