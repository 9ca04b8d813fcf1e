//! What was seen, in one text: as long as it is the same, or less of the same, nothing is new.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::facts::{self, Known};
use crate::domain::answer::Value;
use crate::domain::money::Decimal4;
use crate::risk::{Ratio, Side, Unit};

/// A fact in one text. One that counts days is the same as long as the day is from which it counts: a
/// mark that is a day tells it, whether it is shown or not.
pub(super) fn of_fact(place: usize, known: &Known) -> String {
    let day = known.day.map(|day| day.to_string()).unwrap_or_default();
    let mark = known.mark.as_deref().unwrap_or_default();
    let name = facts::name(place);
    if facts::is_age(place) {
        if mark.parse::<NaiveDate>().is_ok() {
            return format!("{name}@{mark}#;");
        }
        return format!("{name}@{day}#{mark};");
    }
    let value = match known.value {
        Value::Number(Decimal4(n)) if facts::is_coarse(place) => {
            Value::Number(Decimal4(n / 10_000 * 10_000)).encode()
        }
        _ => known.value.encode(),
    };
    format!("{name}={value}@{day}#{mark};")
}

/// The value of a ratio in the stamp of a rule that asks only how the ratio lies: whole percents and
/// days, tenths of times. Less is the same figure.
pub(super) fn of_ratio(ratio: Ratio, place: usize, known: &Known) -> String {
    let grain = match ratio.unit() {
        Unit::Percent | Unit::Days => 10_000,
        Unit::Times => 1_000,
    };
    let Value::Number(Decimal4(n)) = known.value else { return of_fact(place, known) };
    let value = Value::Number(Decimal4(n.div_euclid(grain).saturating_mul(grain)));
    of_fact(place, &Known { value, ..known.clone() })
}

/// Whether everything that is seen now was seen when a proposal with this stamp was rejected, in
/// whatever order it stands there: some of it, or the same in a milder form, is no news. `side` tells
/// which way a fact is worse. A stamp of before the values of ratios stood in it says nothing of them.
pub fn covers(rejected: &str, now: &str, side: impl Fn(&str) -> Option<Side>) -> bool {
    let old: BTreeSet<&str> = parts(rejected).collect();
    let named = |name: &str| old.iter().any(|old| old.split(['=', '@']).next() == Some(name));
    let unsaid = |part: &str| {
        let ratio = part.split(['=', '@']).next().and_then(|name| name.strip_prefix("ratio."));
        ratio
            .is_some_and(|code| named(&format!("light.{code}")) && !named(&format!("ratio.{code}")))
    };
    let known = |part: &str| {
        old.contains(part) || old.iter().any(|old| is_milder(part, old, &side)) || unsaid(part)
    };
    rejected == now || (parts(now).next().is_some() && parts(now).all(known))
}

fn parts(stamp: &str) -> impl Iterator<Item = &str> {
    stamp.split(';').filter(|part| !part.is_empty())
}

/// Whether a part tells of the same fact and day as another one, of no others, and nothing worse.
fn is_milder(now: &str, old: &str, side: &impl Fn(&str) -> Option<Side>) -> bool {
    let (Some(now), Some(old)) = (Part::of(now), Part::of(old)) else { return false };
    let marks: BTreeSet<&str> = old.mark.split_whitespace().collect();
    let milder = match side(now.name) {
        Some(Side::Above) => now.value <= old.value,
        Some(Side::Below) => now.value >= old.value,
        None => false,
    };
    milder
        && (now.name, now.day) == (old.name, old.day)
        && now.mark.split_whitespace().all(|mark| marks.contains(mark))
}

/// A figure of a stamp.
struct Part<'a> {
    name: &'a str,
    value: Decimal4,
    day: &'a str,
    mark: &'a str,
}

impl<'a> Part<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (name, rest) = text.split_once('=')?;
        let (rest, mark) = rest.split_once('#')?;
        let (value, day) = rest.split_once('@')?;
        let value = match Value::decode(value)? {
            Value::Number(number) => number,
            Value::Money(fen) => Decimal4(fen.0),
            _ => return None,
        };
        Some(Self { name, value, day, mark })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_of_what_was_rejected_is_no_news_and_anything_else_is() {
        let combined = "MGT-03@2026-10-02;ACC-15@2026-10-01;ACC-01@2026-11-23;";
        let circle = "circle_flagged=n:50000@#;circle_flagged_share=n:400000@#;";
        let lies = "light.debt_ratio=c:alarm@2026-09-30#;ratio.debt_ratio=n:710000@2026-09-30#;";
        let short =
            "light.current_ratio=c:alarm@2026-09-30#;ratio.current_ratio=n:9000@2026-09-30#;";
        let near = "near_defaults=n:20000@#C1 C2;";
        let fall = "inflow_drop_before=n:600000@2026-10-31#;";
        let cases = [
            (combined, combined, true),
            (combined, "ACC-01@2026-11-23;ACC-15@2026-10-01;MGT-03@2026-10-02;", true),
            (combined, "ACC-01@2026-11-23;MGT-03@2026-10-02;", true),
            (combined, "ACC-01@2026-11-24;MGT-03@2026-10-02;", false),
            (combined, "ACC-01@2026-11-23;EXT-09@2026-10-02;", false),
            (circle, "circle_flagged=n:40000@#;circle_flagged_share=n:320000@#;", true),
            (circle, "circle_flagged=n:60000@#;circle_flagged_share=n:400000@#;", false),
            (near, "near_defaults=n:10000@#C2;", true),
            (near, "near_defaults=n:10000@#C3;", false),
            (near, "near_defaults=n:30000@#C1 C2 C3;", false),
            (fall, "inflow_drop_before=n:550000@2026-10-31#;", true),
            (fall, "inflow_drop_before=n:550000@2026-11-30#;", false),
            ("days_past_due@2026-11-13#;", "days_past_due@2026-11-13#;", true),
            ("days_past_due@2026-11-13#;", "days_past_due@2026-11-12#;", false),
            ("industry=t:a;b@#;", "industry=t:a;b@#;", true),
            (
                lies,
                "light.debt_ratio=c:alarm@2026-09-30#;ratio.debt_ratio=n:710000@2026-09-30#;",
                true,
            ),
            (
                lies,
                "light.debt_ratio=c:alarm@2026-09-30#;ratio.debt_ratio=n:700000@2026-09-30#;",
                true,
            ),
            (
                lies,
                "light.debt_ratio=c:alarm@2026-09-30#;ratio.debt_ratio=n:990000@2026-09-30#;",
                false,
            ),
            (
                lies,
                "light.debt_ratio=c:alarm@2026-12-31#;ratio.debt_ratio=n:710000@2026-12-31#;",
                false,
            ),
            (
                short,
                "light.current_ratio=c:alarm@2026-09-30#;ratio.current_ratio=n:9000@2026-09-30#;",
                true,
            ),
            (
                short,
                "light.current_ratio=c:alarm@2026-09-30#;ratio.current_ratio=n:500@2026-09-30#;",
                false,
            ),
            // As it was written before values stood in it.
            ("light.debt_ratio=c:alarm@2026-09-30#;", lies, true),
            ("light.debt_ratio=c:watch@2026-09-30#;", lies, false),
            (combined, "", false),
            ("", "", true),
        ];
        for (rejected, now, wanted) in cases {
            let side = |fact: &str| match fact {
                "ratio.debt_ratio" => Some(Side::Above),
                "ratio.current_ratio" => Some(Side::Below),
                _ => facts::side_of(fact),
            };
            assert_eq!(covers(rejected, now, side), wanted, "{rejected} / {now}");
        }
    }
}
