//! Windows, freshness, and which rule holds.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule(id: &str, focus: Focus) -> FocusRule {
    FocusRule {
        id: id.to_owned(),
        focus,
        duties: Vec::new(),
        industries: Vec::new(),
        tiers: Vec::new(),
        level: None,
        new_loan_days: None,
        first_visit: false,
        always: false,
        reason: Words::default(),
        source: String::new(),
        verified: false,
    }
}

#[test]
fn a_result_counts_up_to_its_last_day() {
    let lookup = LookUp {
        code: String::new(),
        title: Words::default(),
        place: Words::default(),
        help: Words::default(),
        about: About::Both,
        lines: vec![Line::Corporate],
        fresh_days: 30,
        options: Vec::new(),
        source: String::new(),
        verified: false,
    };
    assert!(lookup.is_fresh(day("2026-10-24"), day("2026-11-23")));
    assert!(!lookup.is_fresh(day("2026-10-23"), day("2026-11-23")));
    // Looked up after the visit that it is noted for: still an answer.
    assert!(lookup.is_fresh(day("2026-11-24"), day("2026-11-23")));
    let pack = Preparation { lookups: vec![lookup], ..Preparation::default() };
    assert_eq!(pack.lookups_for(Some(Line::Corporate)).count(), 1);
    assert_eq!(pack.lookups_for(Some(Line::MicroShop)).count(), 0);
    assert_eq!(pack.lookups_for(None).count(), 1, "of an unknown line everything is asked");
}

#[test]
fn the_first_rule_that_holds_proposes_the_focus() {
    let pack = Preparation {
        focuses: vec![
            FocusRule { level: Some(Level::Orange), ..rule("flag", Focus::RiskControl) },
            FocusRule {
                duties: vec![DutyCode::Handover],
                first_visit: true,
                ..rule("new", Focus::GettingToKnow)
            },
            FocusRule { new_loan_days: Some(90), ..rule("loan", Focus::RiskControl) },
            FocusRule { industries: vec!["煤".to_owned()], ..rule("coal", Focus::RiskControl) },
            FocusRule { always: true, ..rule("rest", Focus::SideInformation) },
        ],
        ..Preparation::default()
    };
    let of = |situation: Situation<'_>| pack.focus(&situation).map(|rule| rule.id.clone()).unwrap();
    let visited = Situation { visited: true, ..Situation::default() };
    assert_eq!(of(visited.clone()), "rest");
    assert_eq!(of(Situation::default()), "new");
    let yellow = Situation { level: Some(Level::Yellow), ..visited.clone() };
    assert_eq!(of(yellow), "rest", "milder than the rule asks");
    let red = Situation { level: Some(Level::Red), ..Situation::default() };
    assert_eq!(of(red), "flag", "the first rule wins");
    let (old, young) = (Some(91), Some(90));
    assert_eq!(of(Situation { youngest_loan_days: old, ..visited.clone() }), "rest");
    assert_eq!(of(Situation { youngest_loan_days: young, ..visited.clone() }), "loan");
    assert_eq!(of(Situation { industry: Some("原煤批发"), ..visited.clone() }), "coal");
    let handed = [DutyCode::PeriodicOnsite, DutyCode::Handover];
    assert_eq!(of(Situation { duties: &handed, ..visited }), "new");
    assert!(Preparation::default().focus(&Situation::default()).is_none());
}

#[test]
fn a_script_comes_part_by_part_and_only_what_fits() {
    let say = |part, channels: &[Channel], lines: &[Line], zh: &str| ScriptLine {
        part,
        focuses: Vec::new(),
        channels: channels.to_vec(),
        lines: lines.to_vec(),
        words: Words::same(zh),
    };
    let pack = Preparation {
        script: vec![
            say(Part::Closing, &[], &[], "bye"),
            say(Part::Opening, &[Channel::Phone], &[], "call"),
            say(Part::Opening, &[Channel::Onsite], &[], "there"),
            say(Part::Opening, &[], &[Line::MicroShop], "shop"),
        ],
        ..Preparation::default()
    };
    let said = |channel, line| {
        let lines = pack.script(Focus::RiskControl, channel, line);
        lines.map(|said| said.words.zh.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(said(Channel::Phone, Some(Line::MicroShop)), ["call", "shop", "bye"]);
    assert_eq!(said(Channel::Onsite, Some(Line::Corporate)), ["there", "bye"]);
    assert_eq!(said(Channel::Onsite, None), ["there", "bye"]);
}
