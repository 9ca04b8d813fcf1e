//! What a rule saw, in words: name of the fact, its value with its unit.

use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::loan::Tier;
use crate::domain::money::Decimal4;
use crate::form::entry::{format_number, format_tenths};
use crate::i18n::{Catalog, Lang, format, scan, warning, words};
use crate::risk::{Ratio, Unit};
use crate::ui::value::signal_line;

/// Name and value of a fact; of another signal its name and nothing more.
pub fn told(fact: &str, value: &Value, lang: Lang) -> (String, String) {
    if let Some(place) = scan::place(lang, fact) {
        return (place.to_owned(), plain(value, "", lang));
    }
    if let Some((of, code)) = fact.split_once('.')
        && let Some(ratio) = Ratio::from_code(code)
    {
        return (ratio_name(ratio, lang), of_ratio(of, ratio, value, lang));
    }
    let known = crate::assets::warning::fact_words().ok();
    let known = known.as_ref().and_then(|words| words.get(fact));
    match known {
        Some(words) => {
            let name = if lang == Lang::Zh { &words.zh } else { &words.en };
            (name.clone(), plain(value, &words.unit, lang))
        }
        // A combination saw other flags: their day stands beside.
        None => (signal_line(fact, lang), String::new()),
    }
}

fn ratio_name(ratio: Ratio, lang: Lang) -> String {
    let Ok(signals) = crate::assets::signals::shared() else { return String::new() };
    let name = signals.ratio(ratio).map(|rule| match lang {
        Lang::Zh => rule.zh.clone(),
        Lang::En => rule.en.clone(),
    });
    name.unwrap_or_else(|| ratio.as_code().to_owned())
}

fn of_ratio(of: &str, ratio: Ratio, value: &Value, lang: Lang) -> String {
    match (of, value) {
        ("light", Value::Choice(code)) => warning::light(lang, code).to_owned(),
        (_, Value::Number(number)) => {
            let unit = match ratio.unit() {
                Unit::Percent => "percent",
                Unit::Times => "",
                Unit::Days => "days",
            };
            with_unit(*number, unit, lang)
        }
        _ => String::new(),
    }
}

fn plain(value: &Value, unit: &str, lang: Lang) -> String {
    let text = &Catalog::of(lang).checklist;
    match value {
        Value::Money(fen) => format::amount(lang, *fen),
        Value::Number(number) => with_unit(*number, unit, lang),
        Value::Bool(yes) => (if *yes { text.yes } else { text.no }).to_owned(),
        Value::Choice(code) => match (Tier::from_code(code), Line::from_code(code)) {
            (Some(tier), _) => words::tier(lang, tier).to_owned(),
            (None, Some(line)) => words::line(lang, line).to_owned(),
            (None, None) => code.clone(),
        },
        Value::Text(text) => text.clone(),
        Value::Date(day) => day.to_string(),
        Value::Multi(_) | Value::Document { .. } | Value::Rows(_) => String::new(),
    }
}

fn with_unit(number: Decimal4, unit: &str, lang: Lang) -> String {
    let shown = if number.0 % 10_000 == 0 { format_number(number) } else { format_tenths(number) };
    format!("{shown}{}", warning::unit(lang, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Fen;

    #[test]
    fn each_kind_of_fact_reads_in_both_languages() {
        let number = |n| Value::Number(Decimal4(n));
        let cases = [
            ("days_past_due", number(100_000), "逾期天数 10天", "days past due 10 days"),
            (
                "inflow_drop_before",
                number(352_500),
                "结算流入环比降幅 35.3%",
                "fall of inflow against the 3 months before 35.3%",
            ),
            (
                "light.debt_ratio",
                Value::Choice("alarm".to_owned()),
                "资产负债率 超警戒线",
                "debt ratio beyond the alarm limit",
            ),
            (
                "heard.call_back",
                Value::Text("V-C1 已[停产]".to_owned()),
                "抽样回访 V-C1 已[停产]",
                "call-back V-C1 已[停产]",
            ),
            ("ratio.interest_cover", number(12_000), "利息保障倍数 1.2", "interest cover 1.2"),
            ("net_profit", Value::Money(Fen::from_yuan(-50_000)), "净利润 -5万", "net profit -50k"),
            (
                "ACC-15",
                Value::Date(chrono::NaiveDate::MIN),
                "ACC-15 频繁临时用款申请 ",
                "ACC-15 frequent ad-hoc requests ",
            ),
        ];
        for (fact, value, zh, en) in cases {
            let shown = |lang| {
                let (name, value) = told(fact, &value, lang);
                format!("{name} {value}")
            };
            assert_eq!((shown(Lang::Zh).as_str(), shown(Lang::En).as_str()), (zh, en), "{fact}");
        }
    }
}
