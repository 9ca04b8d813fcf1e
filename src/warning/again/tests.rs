use super::*;
use crate::domain::flag::Level;
use crate::domain::money::Fen;
use crate::domain::sample::day;

fn input(fact: &str, value: Value, on: &str) -> Input {
    Input { fact: fact.to_owned(), value, day: (!on.is_empty()).then(|| day(on)) }
}

fn finding(inputs: Vec<Input>) -> Finding {
    Finding {
        signal: "X".to_owned(),
        level: Level::Orange,
        inputs,
        stamp: String::new(),
        rule: String::new(),
    }
}

fn percent(n: i64) -> Value {
    Value::Number(Decimal4::from_int(n))
}

fn tiny(n: i64) -> Value {
    Value::Number(Decimal4(n))
}

fn light(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

fn ended(held: Option<bool>, inputs: Vec<Input>) -> Ended {
    Ended { on: day("2026-11-01"), quiet_until: day("2026-12-01"), moved: 5, held, inputs }
}

/// Rules that know which way the ratios are worse.
fn rules() -> Rules {
    let signals = crate::assets::signals::load().unwrap();
    let limits = crate::assets::warning::shared_limits().unwrap();
    let limits = limits.iter().map(|(name, limit)| (name.clone(), limit.value)).collect();
    Rules::compile(&signals, limits).unwrap()
}

#[test]
fn only_what_got_worse_is_news_before_the_time_is_over() {
    let rules = rules();
    let case = |fact: &str, old: (Value, &str), new: (Value, &str)| {
        let ended = ended(Some(true), vec![input(fact, old.0, old.1)]);
        !ended.covers(&finding(vec![input(fact, new.0, new.1)]), &rules, day("2026-11-20"))
    };
    let money = |yuan| Value::Money(Fen::from_yuan(yuan));
    let (june, september) = ("2026-06-30", "2026-09-30");
    let cases = [
        // The same ratio in a newer statement, a little more, much more, less.
        ("ratio.debt_ratio", (percent(520), june), (percent(520), september), false),
        ("ratio.debt_ratio", (percent(520), june), (percent(530), september), false),
        ("ratio.debt_ratio", (percent(520), june), (percent(600), september), true),
        ("ratio.debt_ratio", (percent(520), june), (percent(400), september), false),
        ("ratio.current_ratio", (percent(90), june), (percent(60), september), true),
        ("ratio.current_ratio", (percent(60), june), (percent(90), september), false),
        // Five in a hundred of a small figure are not rounded down.
        ("ratio.debt_ratio", (tiny(199), june), (tiny(208), september), false),
        ("ratio.debt_ratio", (tiny(199), june), (tiny(209), september), true),
        ("light.debt_ratio", (light("alarm"), june), (light("grave"), september), true),
        ("light.debt_ratio", (light("grave"), june), (light("alarm"), september), false),
        ("net_profit", (money(-100), june), (money(-300), september), true),
        ("net_profit", (money(-300), june), (money(-100), september), false),
        // The same unpaid instalment, however late; another one.
        ("days_past_due", (percent(40), june), (percent(60), june), false),
        ("days_past_due", (percent(40), june), (percent(35), september), true),
        ("days_past_due", (percent(40), ""), (percent(60), ""), false),
        ("days_past_due", (percent(40), ""), (percent(5), ""), true),
        // Another signal of a combination, a text.
        ("ACC-09", (Value::Date(day(june)), june), (Value::Date(day(june)), june), false),
        ("ACC-09", (Value::Date(day(june)), june), (Value::Date(day(september)), june), true),
        ("limit.revenue_drop", (percent(20), ""), (percent(10), ""), false),
    ];
    for (fact, old, new, expected) in cases {
        assert_eq!(case(fact, old.clone(), new.clone()), expected, "{fact}: {old:?} -> {new:?}");
    }
    // A figure that the rule did not see then.
    let none = ended(Some(true), Vec::new());
    assert!(!none.covers(&finding(vec![input("ltv", percent(80), "")]), &rules, day("2026-11-20")));
}

#[test]
fn after_its_time_and_after_an_end_without_the_facts_it_comes_again() {
    let rules = rules();
    let inputs = || vec![input("ratio.debt_ratio", percent(520), "2026-06-30")];
    let cases = [
        (Some(true), "2026-11-30", true),
        (Some(true), "2026-12-01", false),
        (Some(false), "2026-11-02", false),
        (None, "2026-11-30", true),
        (None, "2026-12-01", false),
    ];
    for (held, today, quiet) in cases {
        let ended = ended(held, inputs());
        assert_eq!(ended.covers(&finding(inputs()), &rules, day(today)), quiet, "{held:?} {today}");
    }
}
