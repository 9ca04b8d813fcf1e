use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::app::{Event, Look};
use crate::domain::ids::FlagId;
use crate::protocol::page::{Page, QueuePage, QueueRow};
use crate::protocol::query::{Query, Slot};
use crate::protocol::reply::{Refusal, Reply, Request};
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;

fn app() -> App {
    let now = "2026-11-23T09:12:00+08:00".parse().unwrap();
    App::new(Look::default(), "s", now, (120, 36))
}

fn press(app: &mut App, key: &str) -> Vec<Effect> {
    app.update(Event::Key(Key::parse(key).unwrap(), Duration::from_secs(9)))
}

/// Number of the watch that a slot got.
fn seq_of(effects: &[Effect], slot: Slot) -> u64 {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Store(Request::Watch { slot: s, seq, .. }) if *s == slot => Some(*seq),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no watch of {slot:?} in {effects:?}"))
}

fn watched(effects: &[Effect], slot: Slot) -> Option<Query> {
    effects.iter().find_map(|effect| match effect {
        Effect::Store(Request::Watch { slot: s, query, .. }) if *s == slot => Some(query.clone()),
        _ => None,
    })
}

fn row(visit: &str, own: bool) -> QueueRow {
    QueueRow {
        visit: VisitId::from(visit),
        version: 1,
        customer: CustomerId(format!("C-{visit}")),
        name: visit.to_owned(),
        author_name: String::new(),
        own,
        visited_on: chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        submitted_at: "11-20 17:02".to_owned(),
        waiting_workdays: 1,
        late_days: 0,
        flags: [0; 3],
        changes: 0,
        missing: 0,
        exposure: None,
    }
}

/// An application on the review screen with this queue.
fn reviewing(rows: Vec<QueueRow>) -> (App, Vec<Effect>) {
    let mut app = app();
    app.start();
    let effects = press(&mut app, "5");
    let seq = seq_of(&effects, Slot::Queue);
    let page = Page::Queue(Arc::new(QueuePage { rows }));
    let effects = app.update(Event::Store(Reply::Loaded { slot: Slot::Queue, seq, page }));
    (app, effects)
}

fn record_of(visit: &str) -> Query {
    Query::Record { visit: VisitId::from(visit) }
}

#[test]
fn the_record_beside_the_queue_is_the_selected_one() {
    let (mut app, effects) = reviewing(vec![row("V1", false), row("V2", false)]);
    assert_eq!(watched(&effects, Slot::Record), Some(record_of("V1")));
    let effects = press(&mut app, "j");
    assert_eq!(watched(&effects, Slot::Record), Some(record_of("V2")));
}

#[test]
fn n_and_p_go_through_the_queue_from_the_record() {
    let (mut app, _) = reviewing(vec![row("V1", false), row("V2", true), row("V3", false)]);
    press(&mut app, "enter");
    assert_eq!(app.key_context(), KeyContext::Record);
    assert_eq!(watched(&press(&mut app, "n"), Slot::Record), Some(record_of("V2")));
    assert_eq!(watched(&press(&mut app, "n"), Slot::Record), Some(record_of("V3")));
    assert_eq!(watched(&press(&mut app, "n"), Slot::Record), None);
    assert_eq!(watched(&press(&mut app, "p"), Slot::Record), Some(record_of("V2")));
}

#[test]
fn a_decision_goes_on_to_the_next_that_i_may_review_and_at_last_back_to_the_queue() {
    let (mut app, _) = reviewing(vec![row("V1", false), row("V2", true), row("V3", false)]);
    press(&mut app, "enter");
    app.run(vec![Action::Reviewed(VisitId::from("V1"))]);
    assert_eq!(app.panes.record.visit(), Some(&VisitId::from("V3")));
    let (mut app, _) = reviewing(vec![row("V1", false), row("V2", true)]);
    press(&mut app, "enter");
    app.run(vec![Action::Reviewed(VisitId::from("V1"))]);
    assert_eq!(app.panes.record.visit(), None);
    assert_eq!(app.key_context(), KeyContext::Queue);
}

#[test]
fn a_flags_history_lies_above_and_asks_for_its_page() {
    let mut app = app();
    app.start();
    app.run(vec![Action::OpenFlag(FlagId::from("F1"))]);
    assert_eq!(app.key_context(), KeyContext::Reading);
    let query = Query::FlagHistory { flag: FlagId::from("F1") };
    assert_eq!(watched(&app.rewatch(), Slot::History), Some(query));
    press(&mut app, "esc");
    assert!(app.overlays.is_empty());
}

#[test]
fn a_flag_raised_on_the_workbench_is_asked_for_in_its_pane() {
    let mut app = app();
    app.start();
    app.place.customer = Some(CustomerId::from("C1"));
    app.follow();
    press(&mut app, "f");
    assert_eq!(app.place.focused(), PaneId::Flags);
    assert_eq!(app.key_context(), KeyContext::Form);
}

#[test]
fn closing_ones_own_flag_is_refused_in_words_about_flags() {
    let mut app = app();
    app.start();
    let command = Command::MoveFlag {
        flag: FlagId::from("F1"),
        seen: 1,
        step: crate::domain::flag::FlagStep::Cleared,
        note: "x".to_owned(),
    };
    let effects = app.run(vec![Action::apply(command)]);
    let [Effect::Store(Request::Apply { op, .. })] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let why = Refusal::OwnRecord;
    app.update(Event::Store(Reply::Refused { op: op.clone(), why }));
    assert_eq!(app.status.said.as_ref().unwrap().text, app.text().flags.four_eyes);
}
