//! Which statement tells of a figure, and whom the limits are for.

use super::*;

fn codes(statements: &[Statement]) -> Vec<(String, Level)> {
    found(&Material { statements: statements.to_vec(), ..Material::default() })
}

#[test]
fn a_statement_without_a_balance_sheet_clears_nothing() {
    let full = statement(
        "2026-09-30",
        9,
        &[
            (Line::TotalAssets, 100),
            (Line::TotalLiabilities, 95),
            (Line::Equity, 5),
            (Line::GuaranteesGiven, 11),
        ],
    );
    let expected = [("FIN-01".to_owned(), Level::Orange), ("FIN-12".to_owned(), Level::Red)];
    assert_eq!(codes(std::slice::from_ref(&full)), expected);
    let income = statement("2026-10-31", 1, &[(Line::Revenue, 10)]);
    let both = [income.clone(), full.clone()];
    assert_eq!(codes(&both), expected);
    // What was seen is of the day on which it stood.
    let material = Material { statements: both.to_vec(), ..Material::default() };
    let stamp = findings(&material).remove(0).stamp;
    let told = "light.debt_ratio=c:alarm@2026-09-30#;ratio.debt_ratio=n:950000@2026-09-30#;";
    assert_eq!(stamp, told);
    // One that has the figures is judged, and clears.
    let better =
        statement("2026-10-31", 1, &[(Line::TotalAssets, 100), (Line::TotalLiabilities, 40)]);
    let left = [("FIN-12".to_owned(), Level::Red)];
    assert_eq!(codes(&[better, full.clone()]), left);
    // No assets are told as well: an older ratio says nothing beside them.
    let nothing =
        statement("2026-10-31", 1, &[(Line::TotalAssets, 0), (Line::TotalLiabilities, 7)]);
    assert!(codes(&[nothing, full]).contains(&("FIN-01".to_owned(), Level::Red)));
    // An old one is not fetched back.
    let old = statement("2025-04-30", 4, &[(Line::TotalAssets, 100), (Line::TotalLiabilities, 95)]);
    assert_eq!(codes(&[income, old]), []);
}

#[test]
fn guarantees_on_no_equity_are_above_it() {
    let with = |equity, given| {
        codes(&[statement(
            "2026-09-30",
            9,
            &[(Line::Equity, equity), (Line::GuaranteesGiven, given)],
        )])
    };
    let red = [("FIN-12".to_owned(), Level::Red)];
    assert_eq!(with(-520, 1_120), red);
    assert_eq!(with(0, 1), red);
    assert_eq!(with(-520, 0), []);
    assert_eq!(with(100, 20), []);
}

#[test]
fn single_quarters_follow_each_other_as_well() {
    let of = |end: &str, yuan: i64| {
        statement(end, 3, &[(Line::NetProfit, yuan), (Line::OperatingCashFlow, yuan)])
    };
    let running = |all: &[Statement]| -> Vec<String> {
        codes(all).into_iter().map(|(code, _)| code).collect()
    };
    let now = of("2026-09-30", -5);
    assert_eq!(running(&[now.clone(), of("2026-06-30", -3)]), ["FIN-06", "FIN-07"]);
    assert_eq!(running(&[now.clone(), of("2026-06-30", 3)]), [""; 0]);
    assert_eq!(running(&[now, of("2026-03-31", -3)]), [""; 0]);
}

#[test]
fn who_makes_things_for_a_trade_is_not_of_it() {
    let at = |industry: &str| {
        let bad =
            statement("2026-09-30", 9, &[(Line::TotalAssets, 100), (Line::TotalLiabilities, 78)]);
        let industry = Some(industry.to_owned());
        found(&Material { statements: vec![bad], industry, ..Material::default() }).len()
    };
    for maker in ["通用设备制造", "建筑陶瓷制品制造", "建筑材料制造", "保险柜制造", "金融机具制造"]
    {
        assert_eq!(at(maker), 1, "{maker}");
    }
    // Builders and traders have limits of their own, the finance trade has none.
    for other in ["房屋建筑业", "房地产开发经营", "建筑材料批发", "保险业", "货币金融服务"]
    {
        assert_eq!(at(other), 0, "{other}");
    }
}
