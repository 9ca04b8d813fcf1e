use std::collections::BTreeMap;

use super::*;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine as Line};
use crate::risk::{Input as Figure, NotComputable};

fn rule(input: Input, steps: &[f64], points: &[i32], missing: i32) -> Rule {
    let text = String::new;
    Rule {
        input,
        zh: text(),
        en: text(),
        how_zh: text(),
        how_en: text(),
        steps: steps.to_vec(),
        points: points.to_vec(),
        missing,
        source: "fit".to_owned(),
        verified: true,
    }
}

fn card(rules: Vec<Rule>) -> Card {
    let band = |from, probability, grade| Band { from, probability, grade };
    Card {
        id: "t@1".to_owned(),
        double_odds: 50,
        base_rate: 0.03,
        rules,
        bands: vec![band(0, 0.01, 'A'), band(50, 0.05, 'C'), band(120, 0.4, 'E')],
        sources: Vec::new(),
        judged: Vec::new(),
    }
}

fn usual() -> Card {
    card(vec![
        rule(Input::Debt, &[0.5, 1.0], &[0, 40, 90], 30),
        rule(Input::Roa, &[0.0], &[60, 0], 20),
    ])
}

fn of(given: &[(Given, f64)]) -> Taken {
    let mut taken = Taken::default();
    for (given, value) in given {
        taken.set(*given, Ok(*value));
    }
    taken
}

#[test]
fn points_add_up_to_the_score_and_a_border_lies_above() {
    type Case<'a> = (&'a [(Given, f64)], [i32; 2], char);
    let cases: [Case<'_>; 7] = [
        (&[(Given::Debt, 0.4999), (Given::Roa, 0.1)], [0, 0], 'A'),
        (&[(Given::Debt, 0.5), (Given::Roa, 0.0)], [40, 0], 'A'),
        (&[(Given::Debt, 1.4), (Given::Roa, -0.01)], [90, 60], 'E'),
        // Not known is neither safe nor risky.
        (&[(Given::Roa, -0.01)], [30, 60], 'C'),
        (&[(Given::Debt, f64::NAN), (Given::Roa, f64::INFINITY)], [30, 20], 'C'),
        // Negative equity and absurd figures are figures.
        (&[(Given::Debt, 716.0), (Given::Roa, -99.0)], [90, 60], 'E'),
        (&[(Given::Debt, -0.1), (Given::Roa, 5.0)], [0, 0], 'A'),
    ];
    for (given, points, grade) in cases {
        let taken = of(given);
        let scored = usual().score(&taken);
        assert_eq!(scored.parts.iter().map(|p| p.points).collect::<Vec<_>>(), points, "{given:?}");
        assert_eq!(scored.score, points.iter().sum::<i32>());
        assert_eq!(scored.score, usual().sum(&taken));
        assert_eq!(scored.grade, grade, "{given:?}");
    }
    assert!(Taken::default().is_empty() && !of(&[(Given::Roa, 0.0)]).is_empty());
}

#[test]
fn a_faulty_card_says_what_is_wrong() {
    let with = |rules| card(rules).check();
    assert_eq!(usual().check(), Ok(()));
    assert_eq!(with(vec![rule(Input::Debt, &[0.5], &[0], 0)]), Err(CardFault::Points(Input::Debt)));
    assert_eq!(
        with(vec![rule(Input::Debt, &[0.5, 0.5], &[0, 1, 2], 0)]),
        Err(CardFault::Steps(Input::Debt))
    );
    assert_eq!(
        with(vec![rule(Input::Debt, &[f64::NAN], &[0, 1], 0)]),
        Err(CardFault::Steps(Input::Debt))
    );
    // More debt is never safer, more profit never riskier.
    assert_eq!(
        with(vec![rule(Input::Debt, &[0.5], &[9, 0], 0)]),
        Err(CardFault::NotMonotone(Input::Debt))
    );
    assert_eq!(
        with(vec![rule(Input::Roa, &[0.5], &[0, 9], 0)]),
        Err(CardFault::NotMonotone(Input::Roa))
    );
    let twice = vec![rule(Input::Roa, &[], &[0], 0), rule(Input::Roa, &[], &[0], 0)];
    assert_eq!(with(twice), Err(CardFault::Twice(Input::Roa)));
    let mut gap = usual();
    gap.bands.remove(0);
    assert_eq!(gap.check(), Err(CardFault::Bands), "a score that no band has");
    let mut falls = usual();
    falls.bands[2].probability = 0.02;
    assert_eq!(falls.check(), Err(CardFault::Bands));
    let mut order = usual();
    order.bands[2].grade = 'B';
    assert_eq!(order.check(), Err(CardFault::Bands), "a worse score has no better grade");
    let out = Err(CardFault::Range(Input::Debt));
    assert_eq!(with(vec![rule(Input::Debt, &[0.5], &[0, i32::MAX], 0)]), out);
    assert_eq!(with(vec![rule(Input::Debt, &[0.5], &[i32::MIN, 0], 0)]), out);
    assert_eq!(with(vec![rule(Input::Debt, &[0.5], &[0, 10], 11)]), out);
    assert_eq!(with(vec![rule(Input::Debt, &[0.5], &[1, 10], 0)]), out);
    assert_eq!(with(vec![rule(Input::Debt, &[0.5], &[0, 10_000], 10_000)]), Ok(()));
    assert_eq!(Card { double_odds: 0, ..usual() }.check(), Err(CardFault::Scale));
    assert_eq!(Card { base_rate: 1.5, ..usual() }.check(), Err(CardFault::Scale));
}

/// Debts without assets have no ratio, and are no neutral case.
#[test]
fn who_owes_on_nothing_has_the_points_of_the_worst_debt() {
    let lines = [(Line::TotalAssets, 0), (Line::TotalLiabilities, 5)];
    let taken = Taken::of_statements(&statement("2026-06-30", Some(6), &lines), None);
    let scored = usual().score(&taken);
    assert_eq!(scored.parts[0].value, Err(Unknown::OwesOnNothing));
    assert_eq!(scored.parts.iter().map(|part| part.points).collect::<Vec<_>>(), [90, 20]);
    let none = [(Line::TotalAssets, 0), (Line::TotalLiabilities, 0)];
    let taken = Taken::of_statements(&statement("2026-06-30", Some(6), &none), None);
    assert_eq!(usual().score(&taken).parts[0].points, 30);
}

fn statement(end: &str, months: Option<i64>, lines: &[(Line, i64)]) -> Statement {
    let amounts: BTreeMap<Line, Fen> =
        lines.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))).collect();
    Statement { months, amounts, ..Statement::empty(end.parse().unwrap()) }
}

#[test]
fn statements_become_ratios_of_a_year() {
    let now = statement(
        "2026-06-30",
        Some(6),
        &[
            (Line::TotalAssets, 1_000),
            (Line::TotalLiabilities, 1_200),
            (Line::CurrentAssets, 300),
            (Line::Inventory, 100),
            (Line::CurrentLiabilities, 400),
            (Line::NetProfit, -50),
            (Line::Revenue, 450),
            (Line::RetainedEarnings, -250),
            (Line::Ebit, 10),
        ],
    );
    let before = statement("2025-06-30", Some(6), &[(Line::Revenue, 500)]);
    let taken = Taken::of_statements(&now, Some(&before));
    let near = |given, wanted: f64| {
        let value = taken.get(given).unwrap();
        assert!((value - wanted).abs() < 1e-9, "{given:?}: {value}");
    };
    near(Given::Debt, 1.2);
    near(Given::Current, 0.75);
    near(Given::Quick, 0.5);
    near(Given::Roa, -0.1);
    near(Given::Retained, -0.25);
    near(Given::AssetTurnover, 0.9);
    near(Given::RevenueGrowth, -0.1);
    near(Given::Loss, 1.0);
    let interest = Figure::Line(Line::InterestExpense);
    assert_eq!(
        taken.get(Given::InterestCover),
        Err(Unknown::Statement(NotComputable::Missing(interest)))
    );
    // Nothing below the line, nothing to compare with, no months: never 0, never fine.
    let bare = statement("2026-06-30", None, &[(Line::TotalAssets, 0), (Line::NetProfit, 1)]);
    let taken = Taken::of_statements(&bare, None);
    let assets = Figure::Line(Line::TotalAssets);
    for given in
        [Given::Debt, Given::Roa, Given::Retained, Given::RevenueGrowth, Given::AssetTurnover]
    {
        assert!(taken.get(given).is_err(), "{given:?}");
    }
    let full = statement("2026-06-30", Some(6), &[(Line::TotalAssets, 0), (Line::NetProfit, 1)]);
    assert_eq!(
        Taken::of_statements(&full, None).get(Given::Roa),
        Err(Unknown::Statement(NotComputable::NothingBelow(assets)))
    );
}

#[test]
fn conduct_stands_beside_statements() {
    let conduct = [(Given::PastDue, Decimal4::from_int(45)), (Given::Inflow, Decimal4(-5_000))];
    let taken = Taken::of_customer(&[], &conduct, None);
    assert_eq!(taken.get(Given::PastDue), Ok(45.0));
    assert_eq!(taken.get(Given::Inflow), Ok(-0.5));
    assert_eq!(taken.get(Given::Debt), Err(Unknown::NotGiven(Given::Debt)));
    // Beyond the days, and only where they are known.
    assert_eq!([44, 45].map(|days| taken.in_default(days)), [true, false]);
    assert!(!Taken::default().in_default(-1));
}

#[test]
fn published_formulas_give_what_is_published() {
    let taken = of(&[(Given::Roa, 0.1), (Given::Debt, 0.5), (Given::Current, 2.0)]);
    let index = formula::zmijewski(&taken).unwrap();
    assert!((index - (-1.9398)).abs() < 1e-9, "{index}");
    assert!(formula::zmijewski(&Taken::default()).is_err());
    let of = formula::Altman {
        current_assets: 50.0,
        current_liabilities: 30.0,
        total_assets: 100.0,
        total_liabilities: 60.0,
        retained_earnings: 10.0,
        ebit: 8.0,
    };
    let z = formula::altman(of).unwrap();
    assert!((z + 2.8756).abs() < 1e-9, "{z}");
    assert_eq!(formula::altman(formula::Altman { total_assets: 0.0, ..of }), None);
}

#[test]
fn the_weaker_of_profit_and_reserves_counts() {
    let weaker = |given: &[(Given, f64)]| Input::Weaker.value(&of(given));
    assert_eq!(weaker(&[(Given::Roa, 0.03), (Given::Retained, -0.4)]), Ok(-0.2));
    assert_eq!(weaker(&[(Given::Roa, -0.05), (Given::Retained, 0.3)]), Ok(-0.05));
    assert_eq!(weaker(&[(Given::Roa, 0.03), (Given::Retained, 0.04)]), Ok(0.02));
    // One of the two alone says nothing of the other.
    let unknown = |given| Err(Unknown::NotGiven(given));
    assert_eq!(weaker(&[(Given::Roa, -0.05)]), unknown(Given::Retained));
    assert_eq!(weaker(&[(Given::Retained, -0.4)]), unknown(Given::Roa));
}

#[test]
fn a_statement_that_ended_too_long_ago_tells_nothing() {
    let end: chrono::NaiveDate = "2020-12-31".parse().unwrap();
    let mut old = Statement::empty(end);
    old.months = Some(12);
    old.amounts.insert(Line::TotalAssets, Fen::from_yuan(100));
    old.amounts.insert(Line::TotalLiabilities, Fen::from_yuan(20));
    let of = |oldest| Taken::of_customer(std::slice::from_ref(&old), &[], oldest);
    assert_eq!(of(Some(end)).get(Given::Debt), Ok(0.2), "on its last day it still does");
    let late = of(end.succ_opt());
    assert!(late.is_empty());
    for given in Given::STATEMENT {
        assert_eq!(late.get(*given), Err(Unknown::TooOld(end)), "{given:?}");
    }
}

#[test]
fn each_figure_is_that_of_the_latest_statement_that_tells_it() {
    let day = |text: &str| text.parse().unwrap();
    let full = statement(
        "2026-09-30",
        Some(9),
        &[
            (Line::TotalAssets, 100),
            (Line::TotalLiabilities, 95),
            (Line::Revenue, 90),
            (Line::NetProfit, -9),
        ],
    );
    let income = statement("2026-10-31", Some(1), &[(Line::Revenue, 10), (Line::NetProfit, 1)]);
    let all = [income.clone(), full];
    let taken = Taken::of_customer(&all, &[], None);
    assert_eq!(taken.get(Given::Debt), Ok(0.95));
    assert_eq!(taken.get(Given::Loss), Ok(0.0), "the later one tells it");
    assert!(taken.get(Given::Current).is_err(), "none tells it");
    assert_eq!(taken.days(), [day("2026-10-31"), day("2026-09-30")]);
    // One that is too old is not fetched back.
    let taken = Taken::of_customer(&all, &[], Some(day("2026-10-01")));
    assert!(taken.get(Given::Debt).is_err());
    // That nothing stands below the line is told.
    let nothing =
        statement("2026-10-31", Some(1), &[(Line::TotalAssets, 0), (Line::TotalLiabilities, 5)]);
    let taken = Taken::of_customer(&[nothing, all[1].clone()], &[], None);
    assert_eq!(taken.get(Given::Debt), Err(Unknown::OwesOnNothing));
}
