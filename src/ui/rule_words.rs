//! A rule of a signal in words: names of facts, limits with their numbers, and no code. What can't be
//! told so is shown as the pack has it.

use std::collections::BTreeMap;

use crate::domain::flag::Level;
use crate::domain::money::Decimal4;
use crate::i18n::{Lang, warning, words};
use crate::risk::Ratio;
use crate::ui::seen;

/// The rule in words. `limits` are the numbers under which it found something, by name; those of the
/// pack stand in for what is not among them.
pub fn told(rule: &str, limits: &BTreeMap<&str, Decimal4>, lang: Lang) -> String {
    let combined = combination(rule, lang);
    combined.or_else(|| condition(rule, limits, lang)).unwrap_or_else(|| rule.to_owned())
}

/// `of=orange count=2 groups=1 days=90 same=group confirmed`.
fn combination(rule: &str, lang: Lang) -> Option<String> {
    let pairs: BTreeMap<&str, &str> =
        rule.split_whitespace().map(|word| word.split_once('=').unwrap_or((word, ""))).collect();
    let level = Level::from_code(pairs.get("of")?)?;
    let number = |key: &str| pairs.get(key)?.parse::<u32>().ok();
    let (count, groups, days) = (number("count")?, number("groups")?, number("days")?);
    let level = words::level(lang, level);
    let mut told = warning::combined(lang, (count, level, days));
    let more = [
        (groups > 1).then(|| warning::of_groups(lang, groups)),
        pairs.get("same").map(|same| warning::same(lang, same).to_owned()),
        pairs.contains_key("confirmed").then(|| warning::confirmed_alone(lang).to_owned()),
    ];
    for part in more.into_iter().flatten() {
        told.push_str(lang.comma());
        told.push_str(&part);
    }
    Some(told)
}

/// A piece of a condition.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Name(&'a str),
    Number(&'a str),
    Text(&'a str),
    Sign(&'a str),
}

const SIGNS: [&str; 16] =
    ["&&", "||", ">=", "<=", "==", "!=", ">", "<", "(", ")", "[", "]", ",", "-", "+", "!"];

/// `None` = there is something in it that is none of these.
fn tokens(rule: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut rest = rule.trim_start();
    while let Some(first) = rest.chars().next() {
        let token;
        if let Some(quoted) = rest.strip_prefix('\'') {
            let (text, after) = quoted.split_once('\'')?;
            (token, rest) = (Token::Text(text), after);
        } else if first.is_ascii_alphabetic() {
            let (name, after) =
                split(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
            (token, rest) = (Token::Name(name), after);
        } else if first.is_ascii_digit() {
            let (number, after) = split(rest, |c| c.is_ascii_digit() || c == '.');
            (token, rest) = (Token::Number(number), after);
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign))?;
            (token, rest) = (Token::Sign(sign), rest.strip_prefix(sign)?);
        }
        found.push(token);
        rest = rest.trim_start();
    }
    Some(found)
}

/// The longest beginning whose characters all are so, and the rest.
fn split(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !is(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn condition(rule: &str, limits: &BTreeMap<&str, Decimal4>, lang: Lang) -> Option<String> {
    let all = tokens(rule)?;
    let mut told = String::new();
    let (mut unit, mut of_ratio) = (String::new(), false);
    let mut rest = all.as_slice();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let said = match first {
            Token::Sign(sign) => match warning::joint(lang, sign) {
                Some(joint) => joint.to_owned(),
                None => format!(" {} ", compared(sign)?),
            },
            // `0 - limit.x` is a negative limit.
            Token::Number("0") if matches!(rest, [Token::Sign("-"), Token::Name(_), ..]) => {
                let [_, Token::Name(name), after @ ..] = rest else { return None };
                rest = after;
                let unit = of_ratio.then_some(unit.as_str());
                format!("-{}", limit(name.strip_prefix("limit.")?, unit, limits, lang)?)
            }
            Token::Number(number) => format!("{number}{}", warning::unit(lang, &unit)),
            Token::Name(name) if name.starts_with("light.") => {
                let (word, after) = light(name.strip_prefix("light.")?, rest, lang)?;
                rest = after;
                word
            }
            Token::Name(name) => {
                if let Some(name) = name.strip_prefix("limit.") {
                    limit(name, of_ratio.then_some(unit.as_str()), limits, lang)?
                } else {
                    let (word, of) = seen::named(name, lang)?;
                    (unit, of_ratio) = (of, name.starts_with("ratio."));
                    word
                }
            }
            Token::Text(_) => return None,
        };
        told.push_str(&said);
    }
    (!told.is_empty()).then_some(told)
}

const fn compared(sign: &str) -> Option<&'static str> {
    Some(match sign.as_bytes() {
        b">=" => "≥",
        b"<=" => "≤",
        b">" => ">",
        b"<" => "<",
        b"==" => "=",
        b"!=" => "≠",
        b"+" => "+",
        _ => return None,
    })
}

/// `light.current_ratio in ['alarm', 'grave']`: on the bad side of the first limit that is named.
fn light<'a, 'b>(
    code: &str,
    rest: &'a [Token<'b>],
    lang: Lang,
) -> Option<(String, &'a [Token<'b>])> {
    let ratio = Ratio::from_code(code)?;
    let [Token::Name("in"), Token::Sign("["), Token::Text(first), list @ ..] = rest else {
        return None;
    };
    let end = list.iter().position(|token| *token == Token::Sign("]"))?;
    let name = seen::ratio_name(ratio, lang);
    let light = seen::light(ratio, first, lang);
    let gap = lang.pick(" ", "");
    Some((format!("{name}{gap}{light}"), list.get(end + 1..)?))
}

/// A limit with its number; beside a ratio in the ratio's own unit.
fn limit(
    name: &str,
    unit: Option<&str>,
    limits: &BTreeMap<&str, Decimal4>,
    lang: Lang,
) -> Option<String> {
    let pack = crate::assets::warning::shared_limits().ok()?;
    let known = pack.get(name)?;
    let number = limits.get(name).copied().unwrap_or(known.value);
    Some(seen::with_unit(number, unit.unwrap_or(&known.words.unit), lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_read_as_sentences_in_both_languages() {
        let none = BTreeMap::new();
        let cases = [
            (
                "light.current_ratio in ['alarm', 'grave'] && light.debt_ratio in ['grave']",
                "流动比率低于警戒线，且资产负债率超过红线",
                "current ratio under the alarm limit and debt ratio over the red line",
            ),
            (
                "ratio.interest_cover < limit.interest_cover",
                "利息保障倍数 < 1.5",
                "interest cover < 1.5",
            ),
            (
                "ratio.revenue_growth <= 0 - limit.revenue_drop",
                "营收增长率 ≤ -20%",
                "revenue growth ≤ -20%",
            ),
            (
                "days_past_due >= 8 && days_past_due <= 30",
                "逾期天数 ≥ 8天，且逾期天数 ≤ 30天",
                "days past due ≥ 8 days and days past due ≤ 30 days",
            ),
            (
                "of=orange count=2 groups=1 days=90 confirmed",
                "90 天内有 2 个橙色信号，只计已确认的",
                "2 orange flags within 90 days, confirmed ones alone",
            ),
            ("visit.sales_3m % 2", "visit.sales_3m % 2", "visit.sales_3m % 2"),
        ];
        for (rule, zh, en) in cases {
            assert_eq!(told(rule, &none, Lang::Zh), zh);
            assert_eq!(told(rule, &none, Lang::En), en);
        }
        // The number in force when it was found.
        let own = BTreeMap::from([("interest_cover", Decimal4::from_int(2))]);
        let rule = "ratio.interest_cover < limit.interest_cover";
        assert!(told(rule, &own, Lang::Zh).contains("< 2"), "{}", told(rule, &own, Lang::Zh));
    }

    #[test]
    fn every_rule_of_the_library_is_told_without_code() {
        let signals = crate::assets::signals::load().unwrap();
        let rules = signals.all().filter_map(|signal| match &signal.basis {
            crate::risk::Basis::Rule(rule) => Some(rule.clone()),
            _ => None,
        });
        let combined = signals.combinations().iter().map(crate::risk::Combination::told);
        let all: Vec<String> = rules.chain(combined).collect();
        assert!(all.len() > 20, "{}", all.len());
        for rule in all {
            for lang in [Lang::Zh, Lang::En] {
                let said = told(&rule, &BTreeMap::new(), lang);
                let raw = ["light.", "ratio.", "limit.", "_", "&&", "||", "count="];
                assert!(!raw.iter().any(|code| said.contains(code)), "{rule}: {said}");
            }
        }
    }
}
