use std::collections::BTreeMap;

use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;

fn statement(months: Option<i64>, given: &[(Line, i64)]) -> Statement {
    let amounts = given.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))).collect();
    let end = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    Statement { months, amounts, ..Statement::empty(end) }
}

const FULL: [(Line, i64); 22] = [
    (Line::Cash, 50),
    (Line::RestrictedCash, 20),
    (Line::Receivables, 200),
    (Line::Inventory, 300),
    (Line::CurrentAssets, 600),
    (Line::TotalAssets, 1_000),
    (Line::ShortDebt, 250),
    (Line::CurrentLiabilities, 500),
    (Line::LongDebt, 150),
    (Line::TotalLiabilities, 682),
    (Line::Equity, 318),
    (Line::Revenue, 900),
    (Line::CostOfSales, 720),
    (Line::Ebit, 40),
    (Line::Depreciation, 30),
    (Line::IncomeTax, 10),
    (Line::InterestExpense, 20),
    (Line::NetProfit, -9),
    (Line::OperatingCashFlow, 100),
    (Line::DebtService, 48),
    (Line::GuaranteesGiven, 159),
    (Line::TopFiveSales, 630),
];

fn full(months: Option<i64>) -> Statement {
    statement(months, &FULL)
}

fn beside() -> Beside {
    Beside {
        exposure: Some(Fen::from_yuan(100)),
        secured: Some(Fen::from_yuan(80)),
        collateral: Some(Fen::from_yuan(160)),
        inflow: Some(Fen::from_yuan(90)),
        opening: Opening::default(),
    }
}

#[test]
fn turnover_is_told_of_the_average_between_beginning_and_end() {
    let end = full(Some(9));
    let mut began = full(Some(12));
    began.period_end = NaiveDate::from_ymd_opt(2025, 12, 31).unwrap();
    for (line, yuan) in [(Line::Receivables, 100), (Line::Inventory, 100), (Line::TotalAssets, 600)]
    {
        began.amounts.insert(line, Fen::from_yuan(yuan));
    }
    let told = |others: &[Statement], of: Ratio| {
        ratio(of, &end, None, &Beside::began(others, &end)).unwrap().to_string()
    };
    // 900 in nine months are 1,200 a year; on average 150 were owed, 200 in stock, 800 in all.
    let cases = [
        (Ratio::ReceivableTurnover, "8", "6"),
        (Ratio::ReceivableDays, "45", "60"),
        (Ratio::InventoryTurnover, "4.8", "3.2"),
        (Ratio::InventoryDays, "75", "112.5"),
        (Ratio::AssetTurnover, "1.5", "1.2"),
    ];
    let other_year = {
        let mut other = began.clone();
        other.period_end = NaiveDate::from_ymd_opt(2024, 12, 31).unwrap();
        other
    };
    for (of, average, alone) in cases {
        assert_eq!(told(std::slice::from_ref(&began), of), average, "{of:?}");
        assert_eq!(told(std::slice::from_ref(&other_year), of), alone, "{of:?}");
        assert_eq!(told(&[], of), alone, "{of:?}");
    }
    // What is known only of the end stands for itself.
    began.amounts.remove(&Line::Inventory);
    assert_eq!(told(&[began], Ratio::InventoryTurnover), "3.2");
}

#[test]
fn each_ratio_is_worked_out_exactly() {
    let mut now = full(Some(9));
    now.amounts.insert(Line::AffiliateSales, Fen::from_yuan(288));
    now.pledged = Some(Decimal4::from_int(55));
    let old = statement(Some(9), &[(Line::Revenue, 1_000)]);
    let cases = [
        (Ratio::Debt, "68.2"),
        (Ratio::Current, "1.2"),
        (Ratio::Quick, "0.6"),
        (Ratio::Cash, "0.1"),
        (Ratio::CashToShortDebt, "0.2"),
        (Ratio::ReceivableTurnover, "6"),
        (Ratio::ReceivableDays, "60"),
        (Ratio::InventoryTurnover, "3.2"),
        (Ratio::InventoryDays, "112.5"),
        (Ratio::AssetTurnover, "1.2"),
        (Ratio::GrossMargin, "20"),
        (Ratio::NetMargin, "-1"),
        (Ratio::InterestCover, "2"),
        // 100 in nine months are 133.33 a year.
        (Ratio::CashFlowToCurrent, "26.6667"),
        (Ratio::InterestBearing, "58.651"),
        (Ratio::RevenueGrowth, "-10"),
        (Ratio::DebtToRevenue, "33.3333"),
        (Ratio::DebtService, "1.25"),
        (Ratio::Contingent, "50"),
        (Ratio::TopFive, "70"),
        (Ratio::AffiliateSales, "32"),
        (Ratio::RestrictedCash, "40"),
        (Ratio::SharePledge, "55"),
        (Ratio::LoanToValue, "50"),
        // A quarter of the debt is ours, so that a quarter of the revenue should come here.
        (Ratio::AccountCoverage, "40"),
    ];
    assert_eq!(cases.len(), Ratio::ALL.len());
    for (which, expected) in cases {
        let found = ratio(which, &now, Some(&old), &beside());
        assert_eq!(found.unwrap().to_string(), expected, "{which:?}");
    }
}

#[test]
fn what_is_missing_or_zero_is_named() {
    let with = |change: &[(Line, i64)], without: Option<Line>, which, months| {
        let mut all = full(months);
        all.amounts.extend(change.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))));
        if let Some(line) = without {
            all.amounts.remove(&line);
        }
        ratio(which, &all, None, &Beside::default())
    };
    let missing = |line| NotComputable::Missing(Input::Line(line));
    let nothing = |line| NotComputable::NothingBelow(Input::Line(line));
    let twelve = Some(12);
    let cases = [
        (with(&[], Some(Line::TotalAssets), Ratio::Debt, twelve), missing(Line::TotalAssets)),
        (with(&[(Line::TotalAssets, 0)], None, Ratio::Debt, twelve), nothing(Line::TotalAssets)),
        (with(&[(Line::Revenue, -5)], None, Ratio::NetMargin, twelve), nothing(Line::Revenue)),
        (with(&[], Some(Line::Inventory), Ratio::Quick, twelve), missing(Line::Inventory)),
        (with(&[], None, Ratio::AssetTurnover, None), NotComputable::Missing(Input::Months)),
        (
            with(&[], None, Ratio::AssetTurnover, Some(0)),
            NotComputable::NothingBelow(Input::Months),
        ),
        (with(&[], None, Ratio::RevenueGrowth, twelve), NotComputable::NoComparison),
        // Guarantees can't be measured by an equity that is used up.
        (with(&[(Line::Equity, -1)], None, Ratio::Contingent, twelve), nothing(Line::Equity)),
        (with(&[], Some(Line::IncomeTax), Ratio::DebtService, twelve), missing(Line::IncomeTax)),
        (with(&[], None, Ratio::SharePledge, twelve), NotComputable::Missing(Input::Pledged)),
        (with(&[], None, Ratio::LoanToValue, twelve), NotComputable::Missing(Input::Collateral)),
        (with(&[], None, Ratio::AccountCoverage, twelve), NotComputable::Missing(Input::Exposure)),
    ];
    for (found, expected) in cases {
        assert_eq!(found, Err(expected));
    }
    // Gross profit as stated goes before revenue less cost.
    let stated =
        with(&[(Line::GrossProfit, 90)], Some(Line::CostOfSales), Ratio::GrossMargin, None);
    assert_eq!(stated.unwrap().to_string(), "10");
}

#[test]
fn the_share_of_this_bank_ends_at_the_whole() {
    let mut now = full(Some(9));
    now.amounts.insert(Line::ShortDebt, Fen::from_yuan(10));
    now.amounts.insert(Line::LongDebt, Fen::ZERO);
    let found = ratio(Ratio::AccountCoverage, &now, None, &beside());
    assert_eq!(found.unwrap().to_string(), "10");
}

#[test]
fn growth_compares_like_with_like() {
    let growth = |months, before| {
        ratio(Ratio::RevenueGrowth, &full(Some(months)), Some(&full(Some(before))), &beside())
    };
    assert_eq!(growth(9, 12), Err(NotComputable::NoComparison));
    assert_eq!(growth(12, 12), Ok(Decimal4(0)));
}

proptest! {
    #[test]
    fn no_figures_are_a_panic(
        figures in prop::collection::vec(any::<i64>(), Line::ALL.len()),
        months in any::<i64>(),
        beside in any::<[i64; 3]>(),
    ) {
        let amounts: BTreeMap<_, _> =
            Line::ALL.iter().copied().zip(figures.into_iter().map(Fen)).collect();
        let now = Statement { amounts, ..statement(Some(months), &[]) };
        let [exposure, collateral, inflow] = beside.map(|n| Some(Fen(n)));
        let beside = Beside { exposure, secured: exposure, collateral, inflow, opening: Opening::default() };
        for which in Ratio::ALL {
            let _ = ratio(*which, &now, Some(&now), &beside);
        }
    }
}
