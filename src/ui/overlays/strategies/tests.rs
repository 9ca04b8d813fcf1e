//! Steps as people type them.

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::Strategies;
use super::entry::steps;
use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::domain::sample::day;
use crate::domain::strategy::{Strategy, StrategyState};
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::{StrategiesPage, StrategyDecision, StrategyRow};
use crate::ui::action::Action;
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

/// A customer who waits, with a reason of this many words.
fn row(n: usize, words: usize) -> StrategyRow {
    let reason = (1..=words).map(|word| format!("word{word}of{n}")).collect::<Vec<_>>();
    StrategyRow {
        customer: CustomerId(format!("C{n}")),
        name: format!("Customer {n}"),
        officer: "zhang".to_owned(),
        officer_name: "zhang".to_owned(),
        balance: None,
        current: None,
        assumed: Strategy::Keep,
        open: Some(StrategyDecision {
            n: 1,
            revision: 1,
            state: StrategyState::Proposed,
            before: Strategy::Keep,
            strategy: Strategy::Exit,
            reason: reason.join(" "),
            visit: None,
            balance: None,
            by: "zhang".to_owned(),
            by_login: "zhang".into(),
            own: false,
            wrote: n == 2,
            on: day("2026-11-20"),
            decided: None,
            decided_login: None,
            steps: Vec::new(),
        }),
        past: Vec::new(),
    }
}

#[test]
fn the_pages_read_on_beside_the_list_and_the_rows_stay_in_reach() {
    let theme = Theme::default();
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    let (text, lang) = (Catalog::of(Lang::En), Lang::En);
    let ctx = Ctx { text, lang, theme: &theme, now, today: now.date_naive(), home: None };
    let rows = vec![row(1, 120), row(2, 1), row(3, 1)];
    let page = StrategiesPage { rows, total: 3, waiting: 3, verified: true, pack: "p".to_owned() };
    let mut list = Strategies::new(None);
    list.load(Arc::new(page));
    let screen = |list: &mut Strategies| {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| list.render(frame, frame.area(), &ctx)).unwrap();
        terminal.backend().to_string()
    };
    let first = screen(&mut list);
    assert!(first.contains("word1of1 ") && !first.contains("word90of1"), "{first}");
    assert!(first.contains("─ 16/"), "the place in the text: {first}");
    list.on_action(&Action::PageDown, &ctx);
    let next = screen(&mut list);
    assert!(next.contains("word90of1") && !next.contains("word1of1 "), "{next}");
    // Another row begins at its top; where its text is whole, the pages choose rows again.
    list.on_action(&Action::Next, &ctx);
    assert!(screen(&mut list).contains("word1of2"));
    // Who wrote in the record that asks for it is told so at once.
    let step = list.on_action(&Action::Approve, &ctx);
    assert_eq!(step.actions, [Action::warn(text.strategies.wrote)]);
    list.on_action(&Action::PageDown, &ctx);
    assert!(screen(&mut list).contains("word1of3"));
}
