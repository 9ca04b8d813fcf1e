//! What a rule saw, in words: name of the fact, its value with its unit.

use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::loan::Tier;
use crate::domain::money::Decimal4;
use crate::form::entry::{format_number, format_tenths};
use crate::i18n::{Catalog, Lang, format, scan, warning, words};
use crate::protocol::page::FlagInput;
use crate::risk::{EVENT, LINE, NEAR, Ratio, Side, Unit, is_limit};
use crate::ui::value::signal_line;

/// Name and value of a fact; of another signal its name and nothing more.
pub fn told(fact: &str, value: &Value, lang: Lang) -> (String, String) {
    if let Some(place) = scan::place(lang, fact) {
        return (place.to_owned(), plain(value, "", lang));
    }
    if let Some(name) = warning::covenant(lang, fact) {
        return (name.to_owned(), plain(value, "", lang));
    }
    if fact == EVENT {
        return (warning::event(lang).to_owned(), plain(value, "", lang));
    }
    if fact == NEAR {
        let who = plain(value, "", lang);
        let unseen = || warning::near_unseen(lang).to_owned();
        return (warning::near(lang).to_owned(), if who.is_empty() { unseen() } else { who });
    }
    if let Some((of, code)) = fact.split_once('.')
        && let Some(ratio) = Ratio::from_code(code)
    {
        return (ratio_name(ratio, lang), of_ratio(of, ratio, value, lang));
    }
    match named(fact, lang) {
        Some((name, unit)) => (name, plain(value, &unit, lang)),
        // A combination saw other flags: their day stands beside.
        None => (signal_line(fact, lang), String::new()),
    }
}

/// Name and unit of a fact; `None` = there is no such fact.
pub fn named(fact: &str, lang: Lang) -> Option<(String, String)> {
    if let Some(ratio) = fact.strip_prefix("ratio.").and_then(Ratio::from_code) {
        return Some((ratio_name(ratio, lang), unit_of(ratio).to_owned()));
    }
    let known = crate::assets::warning::fact_words().ok()?;
    let words = known.get(fact)?;
    let name = if lang == Lang::Zh { &words.zh } else { &words.en };
    Some((name.clone(), words.unit.clone()))
}

/// Name of a ratio.
pub fn ratio_name(ratio: Ratio, lang: Lang) -> String {
    let Ok(signals) = crate::assets::signals::shared() else { return String::new() };
    let name = signals.ratio(ratio).map(|rule| match lang {
        Lang::Zh => rule.zh.clone(),
        Lang::En => rule.en.clone(),
    });
    name.unwrap_or_else(|| ratio.as_code().to_owned())
}

/// How a ratio lies to its limits, in words.
pub fn light(ratio: Ratio, code: &str, lang: Lang) -> &'static str {
    let signals = crate::assets::signals::shared().ok();
    let rule = signals.as_ref().and_then(|signals| signals.ratio(ratio));
    warning::light(lang, code, rule.is_some_and(|rule| rule.beyond == Side::Below))
}

const fn unit_of(ratio: Ratio) -> &'static str {
    match ratio.unit() {
        Unit::Percent => "percent",
        Unit::Times => "",
        Unit::Days => "days",
    }
}

fn of_ratio(of: &str, ratio: Ratio, value: &Value, lang: Lang) -> String {
    match (of, value) {
        ("light", Value::Choice(code)) => light(ratio, code, lang).to_owned(),
        // A multiple says little without its hundredths.
        (_, Value::Number(number)) if ratio.unit() == Unit::Times => {
            format_number(Decimal4((number.0 + 50).div_euclid(100) * 100))
        }
        (_, Value::Number(number)) => with_unit(*number, unit_of(ratio), lang),
        _ => String::new(),
    }
}

/// What a rule saw, line by line: a ratio with its value, how it lies and the limit in one, limits
/// of the rule itself left out, because the rule tells them; that there is an event by what it is.
pub fn lines(inputs: &[FlagInput], lang: Lang) -> Vec<(String, Option<String>)> {
    let of = |prefix: &str, code: &str| {
        let fact = format!("{prefix}{code}");
        inputs.iter().find(move |input| input.fact == fact)
    };
    let mut told = Vec::new();
    let mut rest = inputs.iter().peekable();
    while let Some(input) = rest.next() {
        if is_limit(&input.fact) {
            continue;
        }
        let code = input.fact.split_once('.').map_or("", |(_, code)| code);
        if input.fact.starts_with("ratio.") && of("light.", code).is_some() {
            continue;
        }
        let (name, mut value) = self::told(&input.fact, &input.value, lang);
        if input.fact.starts_with("light.")
            && let (Some(now), Some(ratio)) = (of("ratio.", code), Ratio::from_code(code))
        {
            let line = of(LINE, code).map(|line| of_ratio("ratio", ratio, &line.value, lang));
            let now = of_ratio("ratio", ratio, &now.value, lang);
            let gap = lang.comma();
            value = format!("{now}{gap}{value} {}", line.unwrap_or_default());
        }
        if input.value == Value::Bool(true)
            && let Some(event) = rest.next_if(|next| next.fact == EVENT)
        {
            value = plain(&event.value, "", lang);
        }
        let day = input.day.map(|day| warning::day_of(lang, &input.fact, day));
        told.push((format!("{name} {value}").trim_end().to_owned(), day));
    }
    told
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

/// A number with its unit.
pub fn with_unit(number: Decimal4, unit: &str, lang: Lang) -> String {
    let shown = if number.0 % 10_000 == 0 { format_number(number) } else { format_tenths(number) };
    format!("{shown}{}", warning::unit(lang, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Fen;

    #[test]
    fn a_ratio_is_told_with_value_side_and_limit_in_one_line() {
        let input = |fact: &str, value| FlagInput { fact: fact.to_owned(), value, day: None };
        let number = |n| Value::Number(Decimal4(n));
        let inputs = [
            input("light.current_ratio", Value::Choice("alarm".to_owned())),
            input("ratio.current_ratio", number(8_349)),
            input("line.current_ratio", number(10_000)),
            input("limit.interest_cover", number(15_000)),
            input("near_default", Value::Text("C1 某厂".to_owned())),
            input("near_default", Value::Text(String::new())),
        ];
        let told =
            |lang| lines(&inputs, lang).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(
            told(Lang::Zh),
            ["流动比率 0.83，低于警戒线 1", "违约户 C1 某厂", "违约户 不在您管辖范围的客户"]
        );
        assert_eq!(told(Lang::En)[0], "current ratio 0.83, under the alarm limit 1");
    }

    #[test]
    fn an_event_is_told_by_its_name() {
        let input = |fact: &str, value| FlagInput { fact: fact.to_owned(), value, day: None };
        let named = |title: &str| input(EVENT, Value::Text(title.to_owned()));
        let inputs = [
            input("event_policy", Value::Bool(true)),
            named("铸造行业限产"),
            input("event_price", Value::Number(Decimal4(150_000))),
            named("钢材涨价"),
            // Of older flags nobody kept which one it was.
            input("event_disaster", Value::Bool(true)),
        ];
        let told =
            |lang| lines(&inputs, lang).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        let policy = "涉及的政策事件 铸造行业限产";
        let price = ["不利价格变动 15%", "事件 钢材涨价"];
        assert_eq!(told(Lang::Zh), [policy, price[0], price[1], "涉及的灾害事件 是"]);
        assert_eq!(told(Lang::En)[0], "event of policy that concerns her 铸造行业限产");
    }

    #[test]
    fn each_kind_of_fact_reads_in_both_languages() {
        let number = |n| Value::Number(Decimal4(n));
        let cases = [
            ("days_past_due", number(100_000), "逾期天数 10天", "days past due 10 days"),
            (
                "inflow_drop_before",
                number(352_500),
                "结算流入环比降幅（除季节因素） 35.3%",
                "fall of inflow against the 3 months before, beyond the season 35.3%",
            ),
            (
                "light.debt_ratio",
                Value::Choice("alarm".to_owned()),
                "资产负债率 超过警戒线",
                "debt ratio over the alarm limit",
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
