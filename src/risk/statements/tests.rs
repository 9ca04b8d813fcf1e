use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn statement(end: &str, months: i64, given: &[(Line, i64)]) -> Statement {
    let end: NaiveDate = end.parse().unwrap();
    let amounts = given.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))).collect();
    Statement { months: Some(months), amounts, ..Statement::empty(end) }
}

#[test]
fn a_rule_holds_within_a_yuan_or_a_thousandth() {
    let sheet = |assets, liabilities, equity| {
        let lines = [
            (Line::TotalAssets, assets),
            (Line::TotalLiabilities, liabilities),
            (Line::Equity, equity),
        ];
        Balance::Sheet.judge(&statement("2026-09-30", 9, &lines))
    };
    assert_eq!(sheet(100, 60, 40), Verdict::Holds);
    assert_eq!(sheet(101, 60, 40), Verdict::Holds);
    assert_eq!(sheet(102, 60, 40), Verdict::Off(Fen::from_yuan(2)));
    assert_eq!(sheet(100_100, 60_000, 40_000), Verdict::Holds);
    assert_eq!(sheet(100_101, 60_000, 40_000), Verdict::Off(Fen::from_yuan(101)));
    assert_eq!(sheet(99_000, 60_000, 40_000), Verdict::Off(Fen::from_yuan(-1_000)));
    assert_eq!(sheet(20, 60, -40), Verdict::Holds, "equity may be used up");
}

#[test]
fn each_rule_is_broken_by_its_own_lines_only() {
    let good = [
        (Line::Cash, 50),
        (Line::RestrictedCash, 20),
        (Line::Receivables, 200),
        (Line::Inventory, 300),
        (Line::CurrentAssets, 600),
        (Line::NoncurrentAssets, 400),
        (Line::TotalAssets, 1_000),
        (Line::ShortDebt, 250),
        (Line::Payables, 100),
        (Line::CurrentLiabilities, 500),
        (Line::NoncurrentLiabilities, 100),
        (Line::TotalLiabilities, 600),
        (Line::PaidInCapital, 300),
        (Line::RetainedEarnings, 90),
        (Line::Equity, 400),
        (Line::Revenue, 900),
        (Line::CostOfSales, 700),
        (Line::GrossProfit, 200),
        (Line::ProfitBeforeTax, 40),
        (Line::IncomeTax, 10),
        (Line::NetProfit, 30),
        (Line::OperatingCashFlow, 50),
        (Line::InvestingCashFlow, -30),
        (Line::FinancingCashFlow, -10),
        (Line::CashChange, 10),
        (Line::OpeningCash, 30),
        (Line::ClosingCash, 40),
    ];
    let full = statement("2026-09-30", 9, &good);
    assert!(balances(&full).all(|(_, verdict)| verdict == Verdict::Holds));
    assert_eq!(facts(std::slice::from_ref(&full), NaiveDate::MAX), []);
    for rule in Balance::ALL {
        for line in rule.lines() {
            let mut less = full.clone();
            less.amounts.remove(&line);
            assert_eq!(rule.judge(&less), Verdict::Unknown(line), "{rule:?}");
        }
        let mut off = full.clone();
        // The first line on the left is always added.
        let first = rule.lines().next().unwrap();
        off.amounts.insert(first, Fen::from_yuan(5_000));
        assert!(matches!(rule.judge(&off), Verdict::Off(fen) if fen.0 > 0), "{rule:?}");
        assert!(
            facts(std::slice::from_ref(&off), NaiveDate::MAX).contains(&Fact::Unbalanced),
            "{rule:?}"
        );
    }
}

#[test]
fn a_line_that_is_left_out_follows_from_the_others() {
    let lines = [
        (Line::TotalAssets, 100),
        (Line::TotalLiabilities, 130),
        (Line::Revenue, 70),
        (Line::GrossProfit, 7),
        (Line::Cash, 3),
    ];
    let of = statement("2026-09-30", 9, &lines);
    let cases = [
        (Balance::Sheet, Line::Equity, Some(-30)),
        (Balance::Gross, Line::CostOfSales, Some(63)),
        // A limit says nothing of the value.
        (Balance::CurrentAssets, Line::Inventory, None),
        (Balance::Sheet, Line::Cash, None),
        (Balance::Net, Line::NetProfit, None),
    ];
    for (rule, line, expected) in cases {
        assert_eq!(rule.solve(line, &of), expected.map(Fen::from_yuan), "{rule:?} {line:?}");
    }
    let mut whole = of;
    whole.amounts.insert(Line::Equity, Fen::from_yuan(-30));
    for line in Balance::Sheet.lines() {
        assert_eq!(Balance::Sheet.solve(line, &whole), whole.get(line), "{line:?}");
    }
}

#[test]
fn two_periods_running_are_told_from_one() {
    let of = |end, months, profit, cash| {
        let lines = [(Line::NetProfit, profit), (Line::OperatingCashFlow, cash)];
        statement(end, months, &lines)
    };
    let cases: [(&[Statement], &[Fact]); 9] = [
        (&[], &[]),
        (&[of("2026-09-30", 9, -1, 5)], &[Fact::Loss]),
        (&[of("2026-09-30", 9, -1, 5), of("2025-12-31", 12, -3, -2)], &[Fact::LossTwice]),
        (
            &[of("2025-12-31", 12, 1, -5), of("2026-09-30", 9, 1, -5)],
            &[Fact::NegativeCashFlowTwice],
        ),
        // The same months of the year before do not run on to it, and neither does an old year-end.
        (&[of("2025-09-30", 9, 1, -5), of("2026-09-30", 9, 1, -5)], &[Fact::NegativeCashFlow]),
        (&[of("2026-09-30", 9, -1, 5), of("2022-12-31", 12, -3, -2)], &[Fact::Loss]),
        (&[of("2026-09-30", 3, -1, 5), of("2026-06-30", 3, -3, 2)], &[Fact::LossTwice]),
        // A quarter between them is a part of the same year.
        (
            &[of("2026-06-30", 6, -1, -5), of("2026-09-30", 9, -1, -5)],
            &[Fact::Loss, Fact::NegativeCashFlow],
        ),
        (&[of("2026-09-30", 9, 0, 0), of("2025-12-31", 12, -3, -2)], &[]),
    ];
    for (given, expected) in cases {
        assert_eq!(facts(given, NaiveDate::MAX), expected, "{given:?}");
    }
    let used_up = statement("2026-09-30", 9, &[(Line::Equity, -1)]);
    assert_eq!(facts(&[used_up], NaiveDate::MAX), [Fact::NegativeEquity]);
}

#[test]
fn what_the_bank_knows_belongs_to_the_latest_period() {
    let lines = [(Line::TotalAssets, 10), (Line::TotalLiabilities, 6)];
    let all = [statement("2025-12-31", 12, &lines), statement("2026-12-31", 12, &lines)];
    let (secured, collateral) = (Some(Fen(50)), Some(Fen(100)));
    let beside = Beside { exposure: Some(Fen(90)), secured, collateral, ..Beside::default() };
    let periods = periods(&all, &beside);
    assert_eq!(periods[0].statement.period_end.to_string(), "2026-12-31");
    assert_eq!(periods[0].same.map(|s| s.period_end), Some(periods[1].statement.period_end));
    assert_eq!(periods[0].value(Ratio::LoanToValue), Some(Decimal4::from_int(50)));
    assert_eq!(periods[1].value(Ratio::LoanToValue), None);
    assert_eq!(periods[1].value(Ratio::Debt), Some(Decimal4::from_int(60)));
}

#[test]
fn an_inflow_counts_only_when_every_month_is_known() {
    let now = statement("2026-03-31", 3, &[]);
    let flows = |known: &[(&'static str, Option<i64>)]| {
        let flows = known.iter().map(|(month, inflow)| (*month, inflow.map(Fen)));
        beside((None, None), [], flows, Some(&now)).inflow
    };
    let quarter = [("2026-01", Some(1)), ("2026-02", Some(2)), ("2026-03", Some(4))];
    assert_eq!(flows(&quarter), Some(Fen(7)));
    assert_eq!(flows(&[&[("2025-12", Some(50))], &quarter[..]].concat()), Some(Fen(7)));
    assert_eq!(flows(&quarter[..2]), None);
    assert_eq!(flows(&[quarter[0], ("2026-02", None), quarter[2]]), None);
    let none = beside((None, None), [], std::iter::empty(), None);
    assert_eq!(none, Beside::default());
    let two = beside((None, None), [Fen(3), Fen(4)], std::iter::empty(), None);
    assert_eq!(two.collateral, Some(Fen(7)));
}

#[test]
fn worse_twice_is_said_of_neighbours_alone_and_not_of_noise() {
    let library = crate::assets::signals::shared().unwrap();
    let of = |end, months, liabilities| {
        let lines = [(Line::TotalAssets, 10_000), (Line::TotalLiabilities, liabilities)];
        statement(end, months, &lines)
    };
    let cases: [([Statement; 3], bool); 6] = [
        (
            [of("2026-03-31", 3, 5_000), of("2026-06-30", 6, 5_100), of("2026-09-30", 9, 5_200)],
            true,
        ),
        // Over the turn of the year, and from year to year.
        (
            [of("2025-09-30", 9, 5_000), of("2025-12-31", 12, 5_100), of("2026-03-31", 3, 5_200)],
            true,
        ),
        (
            [of("2023-12-31", 12, 5_000), of("2024-12-31", 12, 5_100), of("2025-12-31", 12, 5_200)],
            true,
        ),
        // Nothing is told of the last quarter of 2025.
        (
            [of("2024-12-31", 12, 5_000), of("2025-09-30", 9, 6_000), of("2026-06-30", 6, 7_000)],
            false,
        ),
        // A year and a quarter are no even steps.
        (
            [of("2025-06-30", 6, 5_000), of("2026-06-30", 6, 6_000), of("2026-09-30", 9, 7_000)],
            false,
        ),
        // Less than one percent of what it was.
        (
            [of("2026-03-31", 3, 5_000), of("2026-06-30", 6, 5_040), of("2026-09-30", 9, 5_080)],
            false,
        ),
    ];
    for (all, expected) in cases {
        let periods = periods(&all, &Beside::default());
        assert_eq!(worsens(&library, &periods, Ratio::Debt), expected, "{all:?}");
    }
}

#[test]
fn debts_without_assets_are_as_grave_as_a_debt_ratio_can_be() {
    type Case = (&'static [(Line, i64)], Option<Level>);
    let library = crate::assets::signals::shared().unwrap();
    let of = |lines: &[(Line, i64)], unfinished| {
        let all = [statement("2026-09-30", 9, lines)];
        level(&library, &periods(&all, &Beside::default())[0], Ratio::Debt, None, unfinished)
    };
    let cases: [Case; 5] = [
        (&[(Line::TotalAssets, 100), (Line::TotalLiabilities, 520)], Some(Level::Red)),
        (&[(Line::TotalAssets, 0), (Line::TotalLiabilities, 5)], Some(Level::Red)),
        (&[(Line::TotalAssets, 0), (Line::Equity, -5)], Some(Level::Red)),
        (&[(Line::TotalAssets, 0), (Line::TotalLiabilities, 0)], None),
        // What is not known is not grave.
        (&[(Line::Equity, -5)], None),
    ];
    for (lines, expected) in cases {
        assert_eq!(of(lines, false), expected, "{lines:?}");
        assert_eq!(of(lines, true), None, "a project is not judged while it is built");
    }
}

proptest! {
    #[test]
    fn no_figures_are_a_panic(figures in prop::collection::vec(any::<i64>(), Line::ALL.len())) {
        let amounts = Line::ALL.iter().copied().zip(figures.into_iter().map(Fen)).collect();
        let now = Statement { amounts, ..statement("2026-09-30", 9, &[]) };
        prop_assert_eq!(balances(&now).count(), Balance::ALL.len());
        let _ = facts(std::slice::from_ref(&now), NaiveDate::MAX);
    }
}
