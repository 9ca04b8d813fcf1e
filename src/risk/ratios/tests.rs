use super::*;
use proptest::prelude::*;

fn amounts(given: &[(&'static str, i64)]) -> BTreeMap<&'static str, Fen> {
    given.iter().map(|(name, yuan)| (*name, Fen::from_yuan(*yuan))).collect()
}

fn full() -> BTreeMap<&'static str, Fen> {
    amounts(&[
        ("cash", 50),
        ("receivables", 200),
        ("inventory", 300),
        ("current_assets", 600),
        ("total_assets", 1_000),
        ("short_debt", 250),
        ("current_liabilities", 500),
        ("long_debt", 150),
        ("total_liabilities", 682),
        ("revenue", 900),
        ("cost_of_sales", 720),
        ("ebit", 40),
        ("interest_expense", 20),
        ("net_profit", -9),
        ("operating_cash_flow", 100),
    ])
}

#[test]
fn each_ratio_is_worked_out_exactly() {
    let (now, old) = (full(), amounts(&[("revenue", 1_000)]));
    let now = Figures { amounts: &now, months: Some(9) };
    let old = Figures { amounts: &old, months: Some(9) };
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
        (Ratio::CashFlowToCurrent, "20"),
        (Ratio::InterestBearing, "58.651"),
        (Ratio::RevenueGrowth, "-10"),
        (Ratio::DebtToRevenue, "33.3333"),
    ];
    assert_eq!(cases.len(), Ratio::ALL.len());
    for (which, expected) in cases {
        assert_eq!(ratio(which, now, Some(old)).unwrap().to_string(), expected, "{which:?}");
    }
}

#[test]
fn what_is_missing_or_zero_is_named() {
    let with = |change: &[(&'static str, i64)], without: &str, which, months| {
        let mut all = full();
        all.extend(amounts(change));
        all.remove(without);
        ratio(which, Figures { amounts: &all, months }, None)
    };
    let twelve = Some(12);
    let cases = [
        (with(&[], "total_assets", Ratio::Debt, twelve), NotComputable::Missing("total_assets")),
        (
            with(&[("total_assets", 0)], "", Ratio::Debt, twelve),
            NotComputable::NothingBelow("total_assets"),
        ),
        (
            with(&[("revenue", -5)], "", Ratio::NetMargin, twelve),
            NotComputable::NothingBelow("revenue"),
        ),
        (with(&[], "inventory", Ratio::Quick, twelve), NotComputable::Missing("inventory")),
        (with(&[], "", Ratio::AssetTurnover, None), NotComputable::Missing("period_months")),
        (with(&[], "", Ratio::RevenueGrowth, twelve), NotComputable::NoComparison),
    ];
    for (found, expected) in cases {
        assert_eq!(found, Err(expected));
    }
    // Gross profit as stated goes before revenue less cost.
    let stated = with(&[("gross_profit", 90)], "cost_of_sales", Ratio::GrossMargin, None);
    assert_eq!(stated.unwrap().to_string(), "10");
}

#[test]
fn growth_compares_like_with_like() {
    let (now, old) = (full(), full());
    let at = |months| Figures { amounts: &now, months: Some(months) };
    let before = Figures { amounts: &old, months: Some(12) };
    assert_eq!(ratio(Ratio::RevenueGrowth, at(9), Some(before)), Err(NotComputable::NoComparison));
    assert_eq!(ratio(Ratio::RevenueGrowth, at(12), Some(before)), Ok(Decimal4(0)));
}

proptest! {
    #[test]
    fn no_figures_are_a_panic(figures in prop::collection::vec(any::<i64>(), 15), months in any::<i64>()) {
        let amounts: BTreeMap<_, _> = full().into_keys().zip(figures.into_iter().map(Fen)).collect();
        let now = Figures { amounts: &amounts, months: Some(months) };
        for which in Ratio::ALL {
            let _ = ratio(*which, now, Some(now));
        }
    }
}
