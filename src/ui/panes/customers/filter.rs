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
use crate::i18n::{Catalog, Lang, words};
use crate::protocol::query::CustomerFilter;

/// A word that is not understood, and what would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// As it was typed.
    pub word: String,
    /// What may stand there.
    pub wants: Wants,
}

/// What may stand in a place of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// One of the words before a colon.
    Key,
    /// A tier.
    Tier,
    /// A level of flags.
    Level,
    /// A business line.
    Line,
    /// A day, or so many days from now.
    Day,
    /// An amount.
    Amount,
    /// A whole number, or more than it.
    Least,
    /// Yes or no.
    YesNo,
    /// A figure of the cockpit.
    Figure,
    /// A month.
    Month,
    /// Any text.
    Text,
}

impl Wants {
    /// What may stand there, for people.
    pub fn told(self, lang: Lang) -> String {
        let text = &Catalog::of(lang).customers;
        let words: Vec<&str> = match self {
            Self::Tier => Tier::ALL.iter().map(|tier| words::tier(lang, *tier)).collect(),
            Self::Level => Level::ALL.iter().map(|level| words::level(lang, *level)).collect(),
            Self::Line => Line::ALL.iter().map(|line| words::line(lang, *line)).collect(),
            Self::Figure => Figure::ALL.iter().map(|it| Cockpit::word(lang, *it)).collect(),
            Self::Key => vec![text.wants_key],
            Self::Day => vec![text.wants_day],
            Self::Amount => vec![text.wants_amount],
            Self::Least => vec![text.wants_least],
            Self::YesNo => vec![text.wants_yes],
            Self::Month => vec![text.wants_month],
            Self::Text => vec![text.wants_text],
        };
        words.join(lang.list_mark())
    }
}

/// Signs before a figure, also as a Chinese keyboard types them.
const MORE: [char; 5] = ['>', '=', '\u{ff1e}', '\u{ff1d}', '》'];
const LESS: [char; 5] = ['<', '=', '\u{ff1c}', '\u{ff1d}', '《'];

/// Reads a filter; the error is the first word that is not understood.
pub fn parse(text: &str, today: NaiveDate) -> Result<CustomerFilter, Misread> {
    let mut filter = CustomerFilter::default();
    let mut free: Vec<&str> = Vec::new();
    for word in words_of(text) {
        let Some((key, value)) = word.split_once([':', '\u{ff1a}']) else {
            free.push(word);
            continue;
        };
        let bad = |wants| move || Misread { word: word.to_owned(), wants };
        let value = value.trim_matches('"');
        let some = || Some(value).filter(|text| !text.is_empty()).ok_or_else(bad(Wants::Text));
        match key.to_lowercase().as_str() {
            "officer" | "管户" | "客户经理" => {
                filter.officer = Some(UserId::from(some()?));
            }
            "tier" | "分类" => filter.tier = Some(tier(value).ok_or_else(bad(Wants::Tier))?),
            "due" | "到期" | "下次应访" => {
                filter.due_by = Some(due(value, today).ok_or_else(bad(Wants::Day))?);
            }
            "exposure" | "敞口" => {
                let least = amount(value.trim_start_matches(MORE));
                filter.min_exposure = Some(least.ok_or_else(bad(Wants::Amount))?);
            }
            "flag" | "信号" => filter.level = Some(level(value).ok_or_else(bad(Wants::Level))?),
            // Who is on the watch list has a confirmed flag of some level.
            "watch" | "关注" => match value {
                "yes" | "y" | "是" | "1" => {
                    filter.level = filter.level.or(Some(Level::Yellow));
                }
                _ => return Err(bad(Wants::YesNo)()),
            },
            "score" | "评分" => {
                let figure = value.trim_start_matches(MORE);
                let sign = value.strip_suffix(figure).unwrap_or_default();
                // More than is asked for as "at least one more".
                let beyond = !sign.is_empty() && !sign.contains(['=', '\u{ff1d}']);
                let least = figure.parse::<i64>().ok();
                let least = least.and_then(|least| least.checked_add(i64::from(beyond)));
                filter.min_score = Some(least.ok_or_else(bad(Wants::Least))?);
            }
            "grade" | "等级" => filter.grade = Some(some()?.to_uppercase()),
            "line" | "条线" => filter.line = Some(line(value).ok_or_else(bad(Wants::Line))?),
            "gap" | "缺口" => {
                filter.gaps = match value {
                    "yes" | "y" | "是" | "1" => true,
                    "no" | "n" | "否" | "0" => false,
                    _ => return Err(bad(Wants::YesNo)()),
                };
            }
            "district" | "区域" => {
                // A dash stands for customers without a district.
                let district = some()?;
                filter.district = Some(if district == "-" { "" } else { district }.to_owned());
            }
            "figure" | "指标" => {
                filter.figure = Some(figure(value).ok_or_else(bad(Wants::Figure))?);
            }
            "month" | "月份" => {
                let first = format!("{value}-01").parse().ok();
                filter.month = Some(first.ok_or_else(bad(Wants::Month))?);
            }
            _ => return Err(bad(Wants::Key)()),
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
    let value = value.trim_start_matches(LESS);
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
