//! What may be confirmed as unchanged, how much was, and times that have not been yet.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::*;
use super::shipped::{LIBRARY, answer, facts, form, today, with_entries};
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::customer::Line;
use crate::domain::facts::{self, entry};
use crate::domain::gap::GapKind;
use crate::domain::loan::Tier;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::visit::VisitClass;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn document(state: DocumentState) -> Value {
    Value::Document { state, until: None, note: String::new() }
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// Whether this answer of one day can be confirmed on another.
fn why(path: &str, last: &Value, then: &str, now: &str) -> Option<Fresh> {
    LIBRARY.item(path).unwrap_or_else(|| panic!("{path}")).asks_anew(last, day(then), day(now))
}

#[test]
fn what_belongs_to_one_visit_is_answered_anew_and_what_stands_is_confirmed() {
    let (then, now) = ("2026-10-14", "2026-11-28");
    let money = Value::Money(Fen::from_yuan(1));
    let number = Value::Number(Decimal4::from_int(1));
    let choice = |code: &str| Value::Choice(code.to_owned());
    let received = document(DocumentState::Received);
    let (visit, period) = (Some(Fresh::Visit), Some(Fresh::Period));
    for (path, last, wanted) in [
        ("start_time", text("9:18"), visit),
        ("end_time", text("11:23"), visit),
        ("people_met", Value::Rows(1), visit),
        ("people_met[0].name", text("梁磊"), visit),
        ("people_met[0].identity", choice("document"), visit),
        ("met_anybody", Value::Bool(true), visit),
        ("problems", text("账期拖长"), visit),
        ("strengths", text("订单足"), visit),
        ("conclusion", text("正常"), visit),
        ("lookup_later[tax]", text("两日内补查"), visit),
        ("promise[x].kept", choice("not_due"), visit),
        ("photo_stock", received.clone(), visit),
        ("doc_bank", received.clone(), period),
        ("invoices_3m", money.clone(), period),
        ("bank_in_3m", money.clone(), period),
        ("sales_3m", money.clone(), period),
        ("power_kwh", number.clone(), period),
        ("turnover_ytd", money.clone(), period),
        ("turnover_last_year", money.clone(), None),
        ("total_assets", money.clone(), None),
        ("operating", choice("normal"), None),
        ("staff_total", number.clone(), None),
        ("inventory", money.clone(), None),
        ("suppliers", Value::Rows(2), None),
        ("suppliers[0].name", text("胡平"), None),
        ("doc_licence", received.clone(), None),
        ("doc_licence", document(DocumentState::Promised), Some(Fresh::Promise)),
    ] {
        assert_eq!(why(path, &last, then, now), wanted, "{path}");
    }
    // The period is still the same.
    assert_eq!(why("doc_bank", &received, "2026-11-02", now), None);
    assert_eq!(why("sales_3m", &money, "2026-11-02", now), None);
    assert_eq!(why("total_assets", &money, "2026-09-30", now), period);
    assert_eq!(why("turnover_last_year", &money, "2025-12-30", "2026-01-05"), period);
}

#[test]
fn what_was_confirmed_is_counted_apart() {
    let known = facts(Some(Line::SmallBusiness), VisitClass::Onsite, Tier::Normal, &[]);
    let unchanged = |value| Answer { unchanged: true, ..answer(value) };
    let given = BTreeMap::from([
        ("operating".to_owned(), unchanged(Value::Choice("normal".to_owned()))),
        ("inventory".to_owned(), unchanged(Value::Money(Fen::from_yuan(9)))),
        ("suppliers".to_owned(), unchanged(Value::Rows(1))),
        ("suppliers[0].name".to_owned(), unchanged(text("胡平"))),
        ("conclusion".to_owned(), answer(text("正常"))),
    ]);
    let carried = form(known, BTreeMap::new()).evaluate(&given).carried(&given);
    assert_eq!(carried, Carried { answered: 4, all: 3, texts: 1, figures: 1 });
}

#[test]
fn a_time_that_has_not_been_yet_can_not_be_handed_in() {
    let known = facts(Some(Line::SmallBusiness), VisitClass::Onsite, Tier::Normal, &[]);
    let given = BTreeMap::from([
        ("start_time".to_owned(), answer(text("09:18"))),
        ("end_time".to_owned(), answer(text("11:23"))),
    ]);
    let form = form(known.clone(), BTreeMap::new());
    let ahead = |on: NaiveDate, hour: u32| {
        let mut state = form.evaluate(&given);
        state.look_at_clock(&given, &known, on.and_hms_opt(hour, 9, 0).unwrap());
        let found = state.gaps.into_iter().filter(|gap| gap.kind == GapKind::Invalid);
        found.map(|gap| gap.item).collect::<Vec<_>>()
    };
    assert_eq!(ahead(today(), 4), ["start_time", "end_time"]);
    assert_eq!(ahead(today(), 10), ["end_time"]);
    assert!(ahead(today(), 12).is_empty());
    assert!(ahead(today().succ_opt().unwrap(), 4).is_empty(), "it was yesterday");
}

#[test]
fn a_covenant_answered_against_the_statement_is_a_contradiction() {
    for (answered, stands, wanted) in [
        ("broken", "ok", true),
        ("ok", "breach", true),
        ("near", "breach", true),
        ("unknown", "ok", true),
        ("ok", "ok", false),
        ("near", "ok", false),
        ("broken", "breach", false),
        ("unknown", "unknown", false),
    ] {
        let mut known = facts(Some(Line::Corporate), VisitClass::Onsite, Tier::Normal, &[]);
        with_entries(&mut known, facts::COVENANTS, &["K1"]);
        let mut put = |name, value| known.0.insert(entry(facts::COVENANTS, "K1", name), value);
        put("figure", Value::Number(Decimal4::from_int(55)));
        put("figure_on", Value::Date(day("2026-09-30")));
        put("stands", Value::Choice(stands.to_owned()));
        let choice = answer(Value::Choice(answered.to_owned()));
        let given = BTreeMap::from([("covenant[K1].kept".to_owned(), choice)]);
        let state = form(known, BTreeMap::new()).evaluate(&given);
        let found = state.contradictions().any(|(_, check)| &*check.id == "covenant_statement");
        assert_eq!(found, wanted, "{answered} {stands}");
        let measured = state.row("covenant[K1].measured").unwrap();
        assert_eq!(measured.computed, Some(Value::Number(Decimal4::from_int(55))));
        let asked = state.row("check_note[covenant_statement]").map(|row| row.needed);
        assert_eq!(asked, wanted.then_some(Needed::Hard), "{answered} {stands}");
    }
}
