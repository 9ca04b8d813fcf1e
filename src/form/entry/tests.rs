use super::*;
use crate::form::Words;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn choices() -> Vec<Choice> {
    let choice = |code: &str, zh: &str, en: &str| Choice {
        code: code.to_owned(),
        words: Words { zh: zh.to_owned(), en: en.to_owned() },
    };
    vec![
        choice("yes", "一致", "as agreed"),
        choice("partly", "部分一致", "partly"),
        choice("no", "不一致", "no"),
    ]
}

fn day_of(y: i32, m: u32, d: u32) -> Value {
    Value::Date(NaiveDate::from_ymd_opt(y, m, d).unwrap())
}

#[test]
fn amounts_are_read_as_officers_write_them() {
    let money = |text| parse(&Kind::Money, text, today());
    let yuan = |n: i64| Ok(Value::Money(Fen(n * 100)));
    let cases = [
        ("5200", yuan(5_200)),
        ("5,200.50", Ok(Value::Money(Fen(520_050)))),
        ("52万", yuan(520_000)),
        ("52w", yuan(520_000)),
        ("52W", yuan(520_000)),
        ("0.5 万", yuan(5_000)),
        ("1.2亿", yuan(120_000_000)),
        ("300元", yuan(300)),
        ("￥300", yuan(300)),
        // A price with what it is of; words beside an amount belong into the note.
        ("3,850 元/吨", yuan(3_850)),
        ("5万元/亩", yuan(50_000)),
        ("328,000,000，含建设期利息", Err(EntryFault::NotANumber)),
        ("５２００", yuan(5_200)),
        ("12。5万", yuan(125_000)),
        ("-3", Ok(Value::Money(Fen(-300)))),
        ("", Err(EntryFault::Empty)),
        ("  ", Err(EntryFault::Empty)),
        ("万", Err(EntryFault::NotANumber)),
        ("1.234", Err(EntryFault::TooManyDecimals)),
        ("1,2", Err(EntryFault::MisplacedComma)),
        ("99999999999999999999", Err(EntryFault::TooLarge)),
        ("9999999999亿", Err(EntryFault::TooLarge)),
        ("三百", Err(EntryFault::NotANumber)),
    ];
    for (text, expected) in cases {
        assert_eq!(money(text), expected, "{text}");
    }
}

#[test]
fn a_number_may_have_the_unit_of_its_question() {
    let days = Kind::Number(Words { zh: "天".to_owned(), en: "days".to_owned() });
    let bare = Kind::Number(Words { zh: String::new(), en: String::new() });
    let read = |kind, text| parse(kind, text, today());
    let of = |n| Ok(Value::Number(Decimal4::from_int(n)));
    for text in ["126", "126天", "126 天", "126 days", "１２６天"] {
        assert_eq!(read(&days, text), of(126), "{text}");
    }
    for (kind, text) in [(&days, "天"), (&days, "126 户"), (&days, "126天左右"), (&bare, "126天")]
    {
        assert_eq!(read(kind, text), Err(EntryFault::NotANumber), "{text}");
    }
    assert_eq!(read(&bare, "126"), of(126));
}

#[test]
fn days_are_read_in_short_and_long() {
    let cases = [
        ("2026-11-23", Ok(day_of(2026, 11, 23))),
        ("20261123", Ok(day_of(2026, 11, 23))),
        ("11-23", Ok(day_of(2026, 11, 23))),
        ("1123", Ok(day_of(2026, 11, 23))),
        ("0105", Ok(day_of(2027, 1, 5))),
        ("6-30", Ok(day_of(2026, 6, 30))),
        ("2026年11月5日", Ok(day_of(2026, 11, 5))),
        ("11/5", Ok(day_of(2026, 11, 5))),
        ("今天", Ok(day_of(2026, 11, 23))),
        ("Today", Ok(day_of(2026, 11, 23))),
        ("昨天", Ok(day_of(2026, 11, 22))),
        ("+10", Ok(day_of(2026, 12, 3))),
        ("2026-02-29", Err(EntryFault::NotADate)),
        ("13-01", Err(EntryFault::NotADate)),
        ("26-11-23", Err(EntryFault::NotADate)),
        ("+99999999999999999", Err(EntryFault::NotADate)),
        ("今天吧", Err(EntryFault::NotADate)),
    ];
    for (text, expected) in cases {
        assert_eq!(parse(&Kind::Date, text, today()), expected, "{text}");
    }
}

#[test]
fn yes_no_options_percent_and_documents() {
    let choice = Kind::Choice(choices());
    let multi = Kind::Multi(choices());
    let cases = [
        (&Kind::Bool, "是", Ok(Value::Bool(true))),
        (&Kind::Bool, "N", Ok(Value::Bool(false))),
        (&Kind::Bool, "maybe", Err(EntryFault::NotYesOrNo)),
        (&choice, "2", Ok(Value::Choice("partly".to_owned()))),
        (&choice, "不一致", Ok(Value::Choice("no".to_owned()))),
        (&choice, "As Agreed", Ok(Value::Choice("yes".to_owned()))),
        (&choice, "0", Err(EntryFault::NotAnOption)),
        (&choice, "4", Err(EntryFault::NotAnOption)),
        (&multi, "3、1 1", Ok(Value::Multi(vec!["yes".to_owned(), "no".to_owned()]))),
        (&multi, "1,9", Err(EntryFault::NotAnOption)),
        (&Kind::Percent, "12.5%", Ok(Value::Number(Decimal4(125_000)))),
        (&Kind::Percent, "１２％", Ok(Value::Number(Decimal4(120_000)))),
        (&Kind::Text, " 王总 ", Ok(Value::Text("王总".to_owned()))),
        (&Kind::Text, "a\nb", Err(EntryFault::LineFeed)),
        (&Kind::LongText, "a\nb\n", Ok(Value::Text("a\nb".to_owned()))),
        (
            &Kind::Document,
            "2",
            Ok(Value::Document {
                state: DocumentState::Promised,
                until: None,
                note: String::new(),
            }),
        ),
        (&Kind::Group(Vec::new()), "1", Err(EntryFault::NotTyped)),
    ];
    for (kind, text, expected) in cases {
        assert_eq!(parse(kind, text, today()), expected, "{text}");
    }
}

#[test]
fn figures_are_shown_grouped() {
    let cases = [
        (0, "0"),
        (123, "1.23"),
        (123_456_780, "1,234,567.80"),
        (-100_000, "-1,000"),
        (99_900, "999"),
    ];
    for (fen, expected) in cases {
        assert_eq!(format_money(Fen(fen)), expected);
    }
    assert_eq!(format_number(Decimal4(12_345_678_900)), "1,234,567.89");
    assert_eq!(format_number(Decimal4(-5_000)), "-0.5");
}

proptest! {
    #[test]
    fn what_the_field_shows_is_read_back(fen in any::<i64>(), number in any::<i64>(), days in 0i32..80_000) {
        prop_assume!(fen != i64::MIN && number != i64::MIN);
        let back = |kind: &Kind, value: Value| {
            prop_assert_eq!(parse(kind, &edit_text(&value), today()), Ok(value));
            Ok(())
        };
        back(&Kind::Money, Value::Money(Fen(fen)))?;
        back(&Kind::Percent, Value::Number(Decimal4(number)))?;
        back(&Kind::Date, Value::Date(NaiveDate::from_num_days_from_ce_opt(700_000 + days).unwrap()))?;
        prop_assert_eq!(parse(&Kind::Money, &format_money(Fen(fen)), today()), Ok(Value::Money(Fen(fen))));
    }

    #[test]
    fn no_text_is_a_panic(text in any::<String>()) {
        let kinds = [Kind::Bool, Kind::Money, Kind::Percent, Kind::Date, Kind::Text, Kind::LongText,
            Kind::Document, Kind::Choice(choices()), Kind::Multi(choices())];
        for kind in &kinds {
            let _ = parse(kind, &text, today());
        }
    }
}

#[test]
fn worked_out_numbers_are_told_to_one_decimal() {
    let cases = [
        ("-33.6524", "-33.7"),
        ("12.34", "12.3"),
        ("0.05", "0.1"),
        ("-0.04", "0"),
        ("1200", "1,200"),
    ];
    for (number, told) in cases {
        assert_eq!(format_tenths(Decimal4::parse(number).unwrap()), told, "{number}");
    }
}

#[test]
fn a_time_of_day_is_kept_in_one_way() {
    for (typed, kept) in [
        ("0930", Some("09:30")),
        ("930", Some("09:30")),
        ("9:30", Some("09:30")),
        ("９：３０", Some("09:30")),
        ("9.05", Some("09:05")),
        ("14时5分", Some("14:05")),
        ("24:00", None),
        ("9:60", None),
        ("上午", None),
        ("", None),
    ] {
        assert_eq!(clock(typed).as_deref(), kept, "{typed}");
    }
}
