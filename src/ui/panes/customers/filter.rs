//! The filter language: `officer:zhangwei tier:关注 due:<7d exposure:>10m flag:red line:corporate
//! gap:yes district:城东 score:>400 grade:E figure:late_2 month:2026-11`, in either language, with free text for the rest.

use chrono::{Days, NaiveDate};

use crate::domain::cockpit::Figure;
use crate::domain::customer::Line;
use crate::domain::flag::Level;
use crate::domain::ids::UserId;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::i18n::cockpit::Cockpit;
use crate::i18n::{Lang, words};
use crate::protocol::query::CustomerFilter;

/// Reads a filter; the error is the first word that is not understood.
pub fn parse(text: &str, today: NaiveDate) -> Result<CustomerFilter, String> {
    let mut filter = CustomerFilter::default();
    let mut free: Vec<&str> = Vec::new();
    for word in words_of(text) {
        let Some((key, value)) = word.split_once([':', '\u{ff1a}']) else {
            free.push(word);
            continue;
        };
        let bad = || word.to_owned();
        let value = value.trim_matches('"');
        match key.to_lowercase().as_str() {
            "officer" | "管户" | "客户经理" if !value.is_empty() => {
                filter.officer = Some(UserId::from(value));
            }
            "tier" | "分类" => filter.tier = Some(tier(value).ok_or_else(bad)?),
            "due" | "到期" => filter.due_by = Some(due(value, today).ok_or_else(bad)?),
            "exposure" | "敞口" => {
                filter.min_exposure =
                    Some(amount(value.trim_start_matches(['>', '=', '》'])).ok_or_else(bad)?);
            }
            "flag" | "信号" => filter.level = Some(level(value).ok_or_else(bad)?),
            // Who is on the watch list has a confirmed flag of some level.
            "watch" | "关注" => match value {
                "yes" | "y" | "是" | "1" => {
                    filter.level = filter.level.or(Some(Level::Yellow));
                }
                _ => return Err(bad()),
            },
            "score" | "评分" => {
                let least = value.trim_start_matches(['>', '=', '》']);
                // More than is asked for as "at least one more".
                let beyond = i64::from(value.starts_with(['>', '》']) && !value.contains('='));
                let least: i64 = least.parse().ok().ok_or_else(bad)?;
                filter.min_score = Some(least.checked_add(beyond).ok_or_else(bad)?);
            }
            "grade" | "等级" if !value.is_empty() => filter.grade = Some(value.to_uppercase()),
            "line" | "条线" => filter.line = Some(line(value).ok_or_else(bad)?),
            "gap" | "缺口" => {
                filter.gaps = match value {
                    "yes" | "y" | "是" | "1" => true,
                    "no" | "n" | "否" | "0" => false,
                    _ => return Err(bad()),
                };
            }
            "district" | "区域" if !value.is_empty() => {
                // A dash stands for customers without a district.
                filter.district = Some(if value == "-" { String::new() } else { value.to_owned() });
            }
            "figure" | "指标" => filter.figure = Some(figure(value).ok_or_else(bad)?),
            "month" | "月份" => {
                filter.month = Some(format!("{value}-01").parse().ok().ok_or_else(bad)?);
            }
            _ => return Err(bad()),
        }
    }
    filter.text = free.join(" ");
    Ok(filter)
}

/// The words of a filter; what stands in quotes is one.
fn words_of(text: &str) -> Vec<&str> {
    let mut quoted = false;
    let parted = text.split(move |c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    });
    parted.filter(|word| !word.is_empty()).collect()
}

/// A value by code, by its beginning in English or by its Chinese name.
fn named<T: Copy>(
    value: &str,
    all: &[T],
    code: impl Fn(T) -> &'static str,
    name: impl Fn(Lang, T) -> &'static str,
) -> Option<T> {
    let value = value.to_lowercase();
    if value.is_empty() {
        return None;
    }
    all.iter().copied().find(|item| {
        code(*item) == value
            || name(Lang::Zh, *item).starts_with(value.as_str())
            || name(Lang::En, *item).starts_with(value.as_str())
            || code(*item).starts_with(value.as_str())
    })
}

fn tier(value: &str) -> Option<Tier> {
    if value.eq_ignore_ascii_case("sm") {
        return Some(Tier::SpecialMention);
    }
    named(value, Tier::ALL, Tier::as_code, words::tier)
}

fn level(value: &str) -> Option<Level> {
    named(value, Level::ALL, Level::as_code, words::level)
}

fn line(value: &str) -> Option<Line> {
    named(value, Line::ALL, Line::as_code, words::line)
}

/// By its code or its word, each whole: several begin alike.
fn figure(value: &str) -> Option<Figure> {
    let value = value.to_lowercase();
    let named = |figure: &Figure| {
        [Lang::En, Lang::Zh].into_iter().any(|lang| Cockpit::word(lang, *figure) == value)
    };
    Figure::from_code(&value).or_else(|| Figure::ALL.iter().copied().find(named))
}

/// `<7d`, `7天`, `<2w`, `2026-12-01`, `today`, `今天`: up to and including that day.
fn due(value: &str, today: NaiveDate) -> Option<NaiveDate> {
    let value = value.trim_start_matches(['<', '=', '《']);
    if matches!(value, "today" | "今天" | "今日") {
        return Some(today);
    }
    if let Ok(day) = value.parse() {
        return Some(day);
    }
    let (count, unit) = split_number(value);
    let days: u64 = count.parse().ok()?;
    let days = match unit {
        "d" | "天" | "日" | "" => days,
        "w" | "周" => days.checked_mul(7)?,
        "m" | "月" => days.checked_mul(30)?,
        _ => return None,
    };
    today.checked_add_days(Days::new(days))
}

/// `10m` (million), `500k`, `1000万`, `1.5亿`, or yuan.
fn amount(value: &str) -> Option<Fen> {
    let (number, unit) = split_number(value);
    let fen = Fen::parse_yuan(number).ok()?;
    let factor = match unit.to_lowercase().as_str() {
        "" | "元" => 1,
        "k" => 1_000,
        "万" | "w" => 10_000,
        "m" => 1_000_000,
        "亿" => 100_000_000,
        "bn" | "b" => 1_000_000_000,
        _ => return None,
    };
    fen.0.checked_mul(factor).map(Fen)
}

fn split_number(value: &str) -> (&str, &str) {
    let end = value
        .char_indices()
        .find(|(_, c)| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .map_or(value.len(), |(i, _)| i);
    value.split_at_checked(end).unwrap_or((value, ""))
}

#[cfg(test)]
mod tests;
