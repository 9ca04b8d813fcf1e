//! Steps as people type them.

use super::entry::steps;
use crate::domain::money::Fen;
use crate::domain::sample::day;
use crate::i18n::{Catalog, Lang};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Theme;

#[test]
fn a_step_is_a_day_a_balance_and_a_measure() {
    let theme = Theme::default();
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    let (text, lang) = (Catalog::of(Lang::Zh), Lang::Zh);
    let ctx = Ctx { text, lang, theme: &theme, now, today: now.date_naive(), home: None };
    let read = |typed: &[&str], balance: Option<i64>| {
        let typed: Vec<String> = typed.iter().map(|&text| text.to_owned()).collect();
        steps(&typed, balance.map(Fen::from_yuan), &ctx)
            .map(|all| all.iter().map(|one| (one.due, one.target.0 / 100)).collect::<Vec<_>>())
    };
    let (march, june) = (day("2027-03-31"), day("2027-06-30"));
    let good: [(&[&str], _); 4] = [
        (
            &["2027-03-31 800万 处置存货", "", "2027-06-30 0 处置厂房"],
            vec![(march, 8_000_000), (june, 0)],
        ),
        (&["03-31 8000000 a b c"], vec![(march, 8_000_000)]),
        // Behind a minus stands what goes off the step before.
        (&["3-31 -200万 还款", "6-30 －300万 还款"], vec![(march, 8_000_000), (june, 5_000_000)]),
        (&["", " "], vec![]),
    ];
    for (typed, expected) in good {
        assert_eq!(read(typed, Some(10_000_000)), Ok(expected), "{typed:?}");
    }
    for (typed, n) in [
        (["", "2027-03-31 800万"], 2),
        (["soon 800万 还款", ""], 1),
        (["2027-03-31 many 还款", ""], 1),
        (["2027-03-31", ""], 1),
    ] {
        assert_eq!(read(&typed, Some(1)), Err(text.strategies.step_fault(n)), "{typed:?}");
    }
    // Nothing goes off a balance that nobody knows.
    assert!(read(&["2027-03-31 -1 还款"], None).is_err());
}
