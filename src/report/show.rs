//! Values in words: exact amounts, whole dates.

use chrono::NaiveDate;

use super::Desk;
use super::model::Said;
use crate::domain::answer::Value;
use crate::domain::money::{Decimal4, Fen};
use crate::form::definition::{Choice, Item, Kind};
use crate::form::{Words, entry};
use crate::i18n::report as texts;
use crate::i18n::{Lang, words};

/// One of the two wordings.
pub(super) fn pick(words: &Words, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &words.zh,
        Lang::En => &words.en,
    }
}

/// A question as the head of a column: without the place where a row's own name goes.
pub(super) fn column_head(title: &str) -> String {
    let mut head = String::new();
    let mut inside = false;
    for c in title.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => {}
            _ => head.push(c),
        }
    }
    let short =
        head.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | ',' | '，'));
    if short.is_empty() { title.to_owned() } else { short.to_owned() }
}

/// An exact amount: `2,000万元`, `1,234.50元`, `RMB 20,000,000` (never parted).
pub(super) fn money(lang: Lang, fen: Fen) -> String {
    const WAN: i64 = 1_000_000;
    let t = texts::Report::of(lang);
    // With at most two decimals of 万元 nothing is lost.
    let in_wan = fen.0.unsigned_abs() >= WAN.unsigned_abs() && fen.0 % (WAN / 100) == 0;
    if lang == Lang::Zh && in_wan {
        return t.in_wan(&entry::format_money(Fen(fen.0 / (WAN / 100))));
    }
    t.in_yuan(&entry::format_money(fen))
}

/// An amount for a column of figures: 万元 with two decimals, thousands of yuan with one.
pub(super) fn figure(lang: Lang, fen: Fen) -> String {
    let (unit, places) = match lang {
        Lang::Zh => (10_000, 2),
        Lang::En => (10_000, 1),
    };
    let half = if fen.0 < 0 { -unit / 2 } else { unit / 2 };
    // 万元 to hundredths and thousands of yuan to tenths both are units of a hundred yuan.
    let units = fen.0.saturating_add(half) / unit;
    let base = if places == 2 { 100 } else { 10 };
    let sign = if units < 0 { "-" } else { "" };
    let (whole, rest) = (units.unsigned_abs() / base, units.unsigned_abs() % base);
    let whole = crate::i18n::format::grouped(whole);
    if places == 2 { format!("{sign}{whole}.{rest:02}") } else { format!("{sign}{whole}.{rest}") }
}

fn option<'a>(choices: &'a [Choice], code: &'a str, lang: Lang) -> &'a str {
    choices.iter().find(|choice| choice.code == code).map_or(code, |c| pick(&c.words, lang))
}

impl Desk<'_> {
    /// An amount in a column of figures; a dash says that it is not known.
    pub(super) fn figure(&self, fen: Option<Fen>) -> Said {
        match fen {
            Some(fen) => Said::from(figure(self.lang, fen)),
            None => Said::missing(self.t.unknown),
        }
    }

    /// A day, or that it is not known.
    pub(super) fn day(&self, day: Option<NaiveDate>) -> Said {
        match day {
            Some(day) => Said::from(day.to_string()),
            None => Said::missing(self.t.unknown),
        }
    }

    /// Texts one behind the other.
    pub(super) fn join<T: AsRef<str>>(&self, parts: &[T]) -> String {
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        parts.join(self.lang.list_mark())
    }

    /// A value of a checklist.
    pub(super) fn value(&self, item: &Item, value: &Value) -> String {
        let lang = self.lang;
        match (value, &item.kind) {
            (Value::Bool(yes), _) => (if *yes { self.t.yes } else { self.t.no }).to_owned(),
            (Value::Choice(code), kind) => option(kind.choices(), code, lang).to_owned(),
            (Value::Multi(codes), kind) => {
                let names: Vec<&str> =
                    codes.iter().map(|code| option(kind.choices(), code, lang)).collect();
                self.join(&names)
            }
            (Value::Number(n), Kind::Percent) if item.computed => {
                format!("{}%", entry::format_tenths(*n))
            }
            (Value::Number(n), Kind::Percent) => format!("{}%", entry::format_number(*n)),
            (Value::Number(n), Kind::Number(unit)) => {
                let unit = pick(unit, lang);
                let gap = if unit.is_empty() || lang == Lang::Zh { "" } else { " " };
                // What is worked out has more decimals than anybody has seen.
                let n = if item.computed {
                    entry::format_worked_out(*n)
                } else {
                    entry::format_number(*n)
                };
                format!("{n}{gap}{unit}")
            }
            (Value::Number(n), _) => entry::format_number(*n),
            (Value::Money(fen), _) => money(lang, *fen),
            (Value::Date(day), _) => day.to_string(),
            (Value::Text(text), _) => text.clone(),
            (Value::Document { state, until, note }, _) => {
                let mut out = words::document(lang, *state).to_owned();
                for more in [until.map(|day| day.to_string()), Some(note.clone())] {
                    let more = more.filter(|more| !more.is_empty());
                    out.push_str(&more.map(|more| format!(" {more}")).unwrap_or_default());
                }
                out
            }
            (Value::Rows(count), _) => self.t.rows(*count),
        }
    }

    /// A figure of a cross-check.
    pub(super) fn check_figure(&self, figure: Option<crate::form::Figure>) -> Said {
        match figure {
            None => Said::missing(self.t.unknown),
            Some(crate::form::Figure::Money(fen)) => money(self.lang, fen).into(),
            Some(crate::form::Figure::Percent(n)) => format!("{}%", entry::format_tenths(n)).into(),
            Some(crate::form::Figure::Number(n)) => crate::i18n::format::two_decimals(n).into(),
        }
    }

    /// Code and name of a signal, or the officer's own words.
    pub(super) fn signal(&self, code: &str) -> String {
        let signals = crate::assets::signals::shared().ok();
        match signals.as_ref().and_then(|signals| signals.get(code)) {
            Some(signal) => format!("{code} {}", self.lang.pick(&signal.en, &signal.zh)),
            None => code.to_owned(),
        }
    }
}

/// `+12.5%`, `-3.0%`.
pub(super) fn signed_percent(percent: Decimal4) -> String {
    let text = entry::format_tenths(percent);
    let sign = if text.starts_with('-') { "" } else { "+" };
    format!("{sign}{text}%")
}
