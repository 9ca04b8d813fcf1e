//! Live flags and what their own rules see now: graver, no longer, worse than what was rejected.

use super::*;

fn owes(yuan: i64) -> Material {
    let lines = [(Line::TotalAssets, 100), (Line::TotalLiabilities, yuan)];
    Material { statements: vec![statement("2026-09-30", 9, &lines)], ..Material::default() }
}

fn flag(level: Level, state: FlagState, stamp: Option<String>) -> PastFlag {
    PastFlag {
        id: "F1".to_owned(),
        signal: "FIN-01".to_owned(),
        level,
        state,
        raised_on: day("2026-11-01"),
        by_rule: stamp.is_some(),
        stamp,
        lowered: false,
        lapsed: false,
        ended: None,
    }
}

fn stamp_at(yuan: i64) -> String {
    findings(&owes(yuan)).remove(0).stamp
}

fn with(yuan: i64, flag: PastFlag) -> Vec<(String, Level)> {
    found(&Material { flags: vec![flag], ..owes(yuan) })
}

#[test]
fn a_live_flag_rises_with_its_rule_and_stays_where_somebody_made_it_milder() {
    use FlagState::{Confirmed, Proposed};
    let red = [("FIN-01".to_owned(), Level::Red)];
    for state in [Proposed, Confirmed] {
        assert_eq!(with(105, flag(Level::Orange, state, Some(stamp_at(75)))), red);
        assert_eq!(with(99, flag(Level::Orange, state, Some(stamp_at(75)))), [], "no graver level");
        assert_eq!(with(105, flag(Level::Red, state, Some(stamp_at(105)))), []);
        // One that a person raised rises as well.
        assert_eq!(with(105, flag(Level::Orange, state, None)), red);
        // Made milder on these figures, or on worse ones: it stays. On better ones: it rises.
        let lowered = |stamp| PastFlag { lowered: true, ..flag(Level::Orange, state, stamp) };
        assert_eq!(with(105, lowered(Some(stamp_at(105)))), []);
        assert_eq!(with(105, lowered(Some(stamp_at(120)))), []);
        assert_eq!(with(120, lowered(Some(stamp_at(105)))), red);
        assert_eq!(with(105, lowered(Some(stamp_at(75)))), red);
        assert_eq!(with(105, lowered(Some(String::new()))), red, "the rule saw nothing then");
    }
}

#[test]
fn what_was_rejected_comes_again_when_the_figure_is_worse() {
    let rejected = |yuan| flag(Level::Orange, FlagState::Rejected, Some(stamp_at(yuan)));
    assert_eq!(with(71, rejected(71)), []);
    assert_eq!(with(99, rejected(71)), [("FIN-01".to_owned(), Level::Orange)]);
    assert_eq!(with(71, rejected(99)), []);
    assert_eq!(with(105, rejected(99)), [("FIN-01".to_owned(), Level::Red)]);
}

#[test]
fn a_proposal_whose_rule_holds_no_longer_is_told_once() {
    let told = |material: &Material, flag: PastFlag| -> Vec<bool> {
        let book = crate::assets::warning::shared().unwrap();
        let flags = [flag];
        let past = Past { flags: &flags, visits: &[] };
        let lapses = lapses(&book.general, &facts(material), past, today());
        lapses.into_iter().map(|(_, holds)| holds).collect()
    };
    let proposed = || flag(Level::Orange, FlagState::Proposed, Some(stamp_at(75)));
    let lapsed = || PastFlag { lapsed: true, ..proposed() };
    assert_eq!(told(&owes(75), proposed()), [false; 0]);
    assert_eq!(told(&owes(40), proposed()), [false]);
    assert_eq!(told(&owes(40), lapsed()), [false; 0]);
    assert_eq!(told(&owes(75), lapsed()), [true]);
    // What is not known says neither; what somebody decided or raised is hers.
    assert_eq!(told(&Material::default(), proposed()), [false; 0]);
    assert_eq!(
        told(&owes(40), flag(Level::Orange, FlagState::Confirmed, Some(stamp_at(75)))),
        [false; 0]
    );
    assert_eq!(told(&owes(40), flag(Level::Orange, FlagState::Proposed, None)), [false; 0]);
}
