use super::*;

#[test]
fn yuan_is_exact_or_refused() {
    let cases: &[(&str, Result<i64, NumberFault>)] = &[
        ("0", Ok(0)),
        ("1250", Ok(125_000)),
        ("1,250.50", Ok(125_050)),
        ("-1250.00", Ok(-125_000)),
        ("0.10", Ok(10)),
        (".5", Ok(50)),
        ("12.340", Ok(1234)),
        ("12.345", Err(NumberFault::TooManyDecimals)),
        ("1,25", Err(NumberFault::MisplacedComma)),
        ("1234,567", Err(NumberFault::MisplacedComma)),
        ("", Err(NumberFault::NotANumber)),
        ("-", Err(NumberFault::NotANumber)),
        ("1e5", Err(NumberFault::NotANumber)),
        ("99999999999999999999", Err(NumberFault::TooLarge)),
    ];
    for (text, expected) in cases {
        assert_eq!(Fen::parse_yuan(text).map(|f| f.0), *expected, "{text}");
    }
}

#[test]
fn wan_keeps_fen() {
    assert_eq!(Fen::parse_wan("5200"), Ok(Fen::from_yuan(52_000_000)));
    assert_eq!(Fen::parse_wan("0.000001"), Ok(Fen(1)));
    assert_eq!(Fen::parse_wan("0.0000001"), Err(NumberFault::TooManyDecimals));
}

#[test]
fn a_sum_is_whole_or_none() {
    assert_eq!(Fen::sum_of([Fen(1), Fen(-3), Fen(5)]), Some(Fen(3)));
    assert_eq!(Fen::sum_of([]), Some(Fen::ZERO));
    assert_eq!(Fen::sum_of([Fen(i64::MAX), Fen(1)]), None);
}

#[test]
fn numbers_print_as_they_are_exported() {
    assert_eq!(Fen(-5).to_string(), "-0.05");
    assert_eq!(Fen::from_yuan(52_000_000).to_string(), "52000000.00");
    assert_eq!(Decimal4::parse("4.35").map(Decimal4::to_fixed), Ok("4.3500".to_owned()));
    assert_eq!(Decimal4(125_000).to_string(), "12.5");
    assert_eq!(Decimal4(0).to_string(), "0");
}
