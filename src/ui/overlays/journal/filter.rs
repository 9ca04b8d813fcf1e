//! The filter of the journal: `who:zhangwei do:reveal about:C000113 from:2026-11-01 to:2026-11-23`, in
//! either language; a word without a key is an object.

use chrono::{Days, NaiveDate};

use crate::domain::ids::UserId;
use crate::i18n::journal::codes_of;
use crate::protocol::query::JournalFilter;

/// Reads a filter; the error is the first word that is not understood.
pub(super) fn parse(text: &str, today: NaiveDate) -> Result<JournalFilter, String> {
    let mut filter = JournalFilter::default();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bad = || word.to_owned();
        let Some((key, value)) = word.split_once([':', '\u{ff1a}']) else {
            filter.about = Some(word.to_owned());
            continue;
        };
        if value.is_empty() {
            return Err(bad());
        }
        match key.to_lowercase().as_str() {
            "who" | "谁" | "人" | "操作人" => filter.person = Some(UserId::from(value)), // tidy: not a text
            "do" | "做" => {
                // A name may have several words: `do:record handed in`.
                let mut name = value.to_owned();
                while let Some(next) = words.peek().filter(|next| !next.contains([':', '\u{ff1a}']))
                {
                    let longer = format!("{name} {next}");
                    if codes_of(&longer).is_empty() {
                        break;
                    }
                    name = longer;
                    words.next();
                }
                filter.kinds = codes_of(&name);
                if filter.kinds.is_empty() {
                    return Err(bad());
                }
            }
            "about" | "对象" | "客户" => filter.about = Some(value.to_owned()), // tidy: not a text
            "from" | "自" | "从" => filter.since = Some(day(value, today).ok_or_else(bad)?), // tidy: not a text
            "to" | "至" | "到" => filter.until = Some(day(value, today).ok_or_else(bad)?), // tidy: not a text
            "on" | "日" => {
                let day = day(value, today).ok_or_else(bad)?;
                (filter.since, filter.until) = (Some(day), Some(day));
            }
            _ => return Err(bad()),
        }
    }
    Ok(filter)
}

/// `2026-11-23`, or `-7` days.
fn day(value: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(days) = value.strip_prefix('-') {
        return today.checked_sub_days(Days::new(days.parse().ok()?));
    }
    value.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_either_language() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        let read = |text| parse(text, today);
        let both = [
            "who:zhangwei do:reveal about:C1 from:2026-11-01 to:2026-11-20",
            "谁：zhangwei 做：查看完整 对象：C1 自：2026-11-01 至：2026-11-20",
            "C1 做:reveal 人:zhangwei from:-22 to:-3",
        ];
        for text in both {
            let filter = read(text).unwrap();
            assert_eq!(filter, read(both[0]).unwrap(), "{text}");
            assert_eq!(filter.kinds, ["reveal"]);
            assert_eq!(filter.since.map(|day| day.to_string()).as_deref(), Some("2026-11-01"));
        }
        // What a row of the list shows finds it, of several words as of one; what follows is its own.
        for lang in [crate::i18n::Lang::En, crate::i18n::Lang::Zh] {
            let name = crate::i18n::report::Report::of(lang).command("submit");
            let filter = parse(&format!("do:{name} C1"), today).unwrap();
            assert!(filter.kinds.contains(&"submit".to_owned()), "{name}: {:?}", filter.kinds);
            assert_eq!(filter.about.as_deref(), Some("C1"), "{name}");
        }
        let day = read("on:2026-11-20").unwrap();
        assert_eq!(day.since, day.until);
        assert_eq!(read("").unwrap(), JournalFilter::default());
        for wrong in ["x:1", "do:zzz", "who:", "from:yesterday", "to:2026-13-01"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
