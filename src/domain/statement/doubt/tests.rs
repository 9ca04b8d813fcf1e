use super::*;

fn statement(given: &[(Line, i64)]) -> Statement {
    let amounts = given.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))).collect();
    Statement { amounts, ..Statement::empty("2026-09-30".parse().unwrap()) }
}

#[test]
fn what_hardly_can_be_is_doubted_and_what_can_is_not() {
    type Case = (&'static [(Line, i64)], Vec<Doubt>);
    let off = |rule, yuan| Doubt::Off(rule, Fen::from_yuan(yuan));
    let cases: [Case; 5] = [
        (&[(Line::Receivables, -5)], vec![Doubt::Negative(Line::Receivables)]),
        (&[(Line::Equity, -5), (Line::NetProfit, -9), (Line::OperatingCashFlow, -1)], vec![]),
        (&[(Line::Cash, 80), (Line::RestrictedCash, 90)], vec![off(Balance::RestrictedCash, 10)]),
        (&[(Line::Cash, 80), (Line::RestrictedCash, 80)], vec![]),
        (
            &[(Line::TotalAssets, 1_000), (Line::TotalLiabilities, 600), (Line::Equity, 300)],
            vec![off(Balance::Sheet, 100)],
        ),
    ];
    for (given, expected) in cases {
        assert_eq!(doubts(&statement(given), None), expected, "{given:?}");
    }
}

#[test]
fn a_statement_of_half_the_lines_would_empty_the_ratios() {
    let lines = |n: usize| {
        let all: Vec<(Line, i64)> = Line::ALL.iter().take(n).map(|line| (*line, 0)).collect();
        statement(&all)
    };
    let thin = |now, before| doubts(&lines(now), Some(&lines(before)));
    assert_eq!(thin(3, 24), [Doubt::Thin(3, 24)]);
    assert_eq!(thin(11, 24), [Doubt::Thin(11, 24)]);
    assert_eq!(thin(12, 24), []);
    assert_eq!(thin(0, 24), [], "one without a line is refused, not asked about");
    assert_eq!(doubts(&lines(3), None), [], "the first statement has nothing to be compared with");
}

#[test]
fn a_unit_that_was_mistaken_is_asked_about() {
    let assets = |yuan| statement(&[(Line::TotalAssets, yuan)]);
    let found = |now, before| doubts(&assets(now), Some(&assets(before)));
    let unit = [Doubt::Unit(Line::TotalAssets)];
    assert_eq!(found(10_386, 103_860_000), unit);
    assert_eq!(found(103_860_000, 10_386), unit);
    assert_eq!(found(103_860, 103_860_000), unit);
    assert_eq!(found(104_000, 103_860_000), []);
    assert_eq!(found(0, 103_860_000), []);
    let revenue = |yuan| statement(&[(Line::TotalAssets, 5), (Line::Revenue, yuan)]);
    assert_eq!(doubts(&revenue(7), Some(&revenue(70_000))), [Doubt::Unit(Line::Revenue)]);
    assert_eq!(doubts(&assets(1), None), []);
}

#[test]
fn what_no_statement_can_say_is_known_at_one_place() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let today = day("2026-11-27");
    let found = |end, months, share: Option<i64>| -> Vec<Impossible> {
        impossible((day(end), today), months, share.map(Decimal4::from_int)).collect()
    };
    assert_eq!(found("2026-11-27", Some(24), Some(100)), []);
    assert_eq!(found("2026-11-28", None, None), [Impossible::ToCome]);
    assert_eq!(found("9999-12-31", Some(13), None), [Impossible::ToCome]);
    assert_eq!(found("2026-09-30", Some(0), None), [Impossible::Months]);
    assert_eq!(found("2026-09-30", Some(25), Some(101)), [Impossible::Months, Impossible::Pledged]);
}
