use std::collections::BTreeMap;

use super::*;

fn statement(figures: &[(&'static str, i64)]) -> Statement {
    Statement {
        period_end: NaiveDate::from_ymd_opt(2026, 9, 30).unwrap(),
        months: Some(9),
        amounts: figures.iter().map(|(n, v)| (*n, Fen(*v))).collect::<BTreeMap<_, _>>(),
    }
}

#[test]
fn a_ratio_is_unknown_where_a_figure_is() {
    let full = statement(&[("total_liabilities", 682), ("total_assets", 1_000)]);
    assert_eq!(ratio(Ratio::Debt, &full), Some(Decimal4(6_820)));
    assert_eq!(ratio(Ratio::Current, &full), None);
    let zero = statement(&[("total_liabilities", 682), ("total_assets", 0)]);
    assert_eq!(ratio(Ratio::Debt, &zero), None);
}

#[test]
fn limits_are_judged_on_their_side() {
    for (which, value, meaning) in [
        (Ratio::Debt, 5_900, Meaning::Text),
        (Ratio::Debt, 6_820, Meaning::Yellow),
        (Ratio::Debt, 7_010, Meaning::Red),
        (Ratio::Current, 16_000, Meaning::Text),
        (Ratio::Current, 11_200, Meaning::Yellow),
        (Ratio::Current, 9_900, Meaning::Red),
    ] {
        assert_eq!(judge(which, Decimal4(value)), meaning, "{which:?} {value}");
    }
}

#[test]
fn change_against_nothing_is_not_shown() {
    assert_eq!(yoy(Some(Fen(77)), Some(Fen(100))), Some(Decimal4(-2_300)));
    assert_eq!(yoy(Some(Fen(77)), Some(Fen(0))), None);
    assert_eq!(yoy(None, Some(Fen(1))), None);
}
