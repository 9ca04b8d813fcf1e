use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::app::{Event, Look};
use crate::domain::ids::{FlagId, VisitId};
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
        officer: "zhang".into(),
        district: None,
        author_name: String::new(),
        own,
        mine: !own,
        returned: 0,
        waits_for: Vec::new(),
        disputed: false,
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
    // What waits for somebody else comes last.
    assert_eq!(watched(&press(&mut app, "n"), Slot::Record), Some(record_of("V3")));
    assert_eq!(watched(&press(&mut app, "n"), Slot::Record), Some(record_of("V2")));
    assert_eq!(watched(&press(&mut app, "n"), Slot::Record), None);
    assert_eq!(watched(&press(&mut app, "p"), Slot::Record), Some(record_of("V3")));
}

#[test]
fn a_decision_opens_the_next_record_that_waits_for_me_and_the_last_leads_back() {
    let (mut app, _) = reviewing(vec![row("V1", false), row("V2", true), row("V3", false)]);
    press(&mut app, "enter");
    app.run(vec![Action::Reviewed(VisitId::from("V1"))]);
    assert_eq!(app.key_context(), KeyContext::Record);
    assert_eq!(app.panes.queue.visit(), Some(VisitId::from("V3")));
    assert_eq!(app.panes.record.visit(), Some(&VisitId::from("V3")));
    // Whoever has gone elsewhere meanwhile is not called back.
    press(&mut app, "1");
    app.run(vec![Action::Reviewed(VisitId::from("V3"))]);
    assert_eq!(app.place.screen, Screen::Today);
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
        measure: String::new(),
        left: None,
    };
    let effects = app.run(vec![Action::apply(command)]);
    let [Effect::Store(Request::Apply { op, .. })] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let why = Refusal::OwnRecord;
    app.update(Event::Store(Reply::Refused { op: op.clone(), why }));
    assert_eq!(app.status.said.as_ref().unwrap().text, app.text().flags.four_eyes);
}

/// The request of the write among these effects.
fn write_of(effects: &[Effect]) -> (crate::domain::ids::OpId, Command) {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Store(Request::Apply { op, command }) => Some((op.clone(), command.clone())),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("nothing written in {effects:?}"))
}

fn type_in(app: &mut App, text: &str) {
    for (at, c) in text.chars().enumerate() {
        // Far apart, so that it is no paste.
        let at = Duration::from_secs(20 + at as u64);
        app.update(Event::Key(Key::char(c), at));
    }
}

/// Fills in both dialogs of a flag in one's own words, up to the last field.
fn raise(app: &mut App, signal: &str, due: &str) {
    type_in(app, signal);
    press(app, "enter");
    // The measure has the focus; the owner stands before it.
    press(app, "backtab");
    for typed in ["zhang", "call the owner", due] {
        type_in(app, typed);
        press(app, "tab");
    }
}

#[test]
fn a_refused_form_comes_back_with_everything_typed_and_the_reason() {
    let mut app = app();
    app.start();
    app.place.customer = Some(CustomerId::from("C1"));
    app.follow();
    press(&mut app, "f");
    raise(&mut app, "rent unpaid", "2026-11-01");
    let (op, command) = write_of(&press(&mut app, "ctrl-s"));
    assert!(matches!(command, Command::RaiseFlag { .. }), "{command:?}");
    assert!(app.overlays.is_empty());
    let why = Refusal::Invalid { field: "due_on", why: "past" };
    app.update(Event::Store(Reply::Refused { op, why }));
    assert_eq!(app.key_context(), KeyContext::Form);
    let shown = format!("{:?}", app.overlays.last());
    assert!(shown.contains("期限早于今天"), "{shown}");
    // The day has the focus: it is corrected, and the rest goes along as it was typed.
    for _ in 0..10 {
        press(&mut app, "backspace");
    }
    type_in(&mut app, "2026-12-01");
    let (_, command) = write_of(&press(&mut app, "ctrl-s"));
    let Command::RaiseFlag { signal, measure, due_on, customer, .. } = command else { panic!() };
    assert_eq!(
        (signal.as_str(), measure.as_str(), customer.as_str(), due_on.unwrap().to_string()),
        ("rent unpaid", "call the owner", "C1", "2026-12-01".to_owned())
    );
}

#[test]
fn an_answer_that_the_pane_does_not_take_keeps_its_form() {
    let mut app = app();
    app.start();
    app.place.customer = Some(CustomerId::from("C1"));
    app.follow();
    press(&mut app, "f");
    // A code of a known group, but of no signal.
    type_in(&mut app, "FIN-99");
    press(&mut app, "ctrl-s");
    assert_eq!(app.key_context(), KeyContext::Form);
    let shown = format!("{:?}", app.overlays.last());
    assert!(shown.contains(app.text().flags.unknown_signal), "{shown}");
}

#[test]
fn three_leads_to_the_checklist_itself() {
    let mut app = app();
    app.start();
    app.place.go(Screen::Checklist);
    app.place.focus_on(PaneId::Flags);
    press(&mut app, "1");
    app.panes.checklist.open(VisitId::from("V1"));
    press(&mut app, "3");
    assert_eq!(app.place.focused(), PaneId::Checklist);
}

#[test]
fn back_to_the_screen_before_shows_the_same_customer() {
    let mut app = app();
    app.start();
    app.run(vec![Action::OpenCustomer(CustomerId::from("C1"))]);
    app.run(vec![Action::ScreenCustomers, Action::OpenCustomer(CustomerId::from("C2"))]);
    assert_eq!(app.place.customer, Some(CustomerId::from("C2")));
    press(&mut app, "-");
    app.follow();
    assert_eq!((app.place.screen, app.place.customer.clone()), (Screen::Today, Some("C1".into())));
}

#[test]
fn a_flag_raised_from_the_customer_table_leaves_the_screen_as_it_is() {
    let mut app = app();
    app.start();
    app.run(vec![Action::ScreenCustomers, Action::SelectCustomer(CustomerId::from("C1"))]);
    app.follow();
    app.run(vec![Action::Flag]);
    assert_eq!((app.place.screen, app.key_context()), (Screen::Customers, KeyContext::Form));
    raise(&mut app, "rent unpaid", "2026-12-01");
    let (op, command) = write_of(&press(&mut app, "ctrl-s"));
    assert!(matches!(command, Command::RaiseFlag { .. }), "{command:?}");
    app.update(Event::Store(Reply::Refused { op, why: Refusal::Busy }));
    assert_eq!(app.place.screen, Screen::Customers);
    // The same again, from the form that came back.
    let (_, again) = write_of(&press(&mut app, "ctrl-s"));
    assert_eq!(again, command);
}

#[test]
fn tab_stays_within_the_screen() {
    for screen in Screen::ALL {
        let mut app = app();
        app.start();
        app.place.go(screen);
        let start = app.place.focused();
        for key in ["tab", "backtab"] {
            for _ in 0..screen.panes().len() {
                press(&mut app, key);
                assert_eq!(app.place.screen, screen);
            }
            assert_eq!(app.place.focused(), start);
        }
    }
}
