//! No dead keys: whatever the keymap binds in a place does something there.

use super::desk::{Desk, Office};
use super::harness::Harness;
use crate::i18n::Lang;
use crate::ui::action::Action;
use crate::ui::key::Key;
use crate::ui::keymap::{KeyContext, Keymap};

/// A place, and who gets there by which keys. The places of one typed answer and of a
/// conflict are played through by the flows of the checklist.
const PLACES: [(KeyContext, &[(&str, &str)]); 18] = [
    (KeyContext::Always, &[("zhangwei", "")]),
    (KeyContext::Global, &[("zhangwei", ""), ("zhangwei", "2")]),
    (KeyContext::List, &[("zhangwei", "2")]),
    (KeyContext::Calendar, &[("zhangwei", "<tab>")]),
    (KeyContext::Agenda, &[("zhangwei", "")]),
    (KeyContext::Dossier, &[("zhangwei", "<tab><tab>")]),
    (KeyContext::Flags, &[("zhangwei", "4")]),
    (KeyContext::Customers, &[("zhangwei", "2")]),
    (KeyContext::Queue, &[("lifang", "5"), ("lifang", "5s")]),
    (KeyContext::Record, &[("lifang", "5<enter>")]),
    (KeyContext::Comparing, &[("lifang", "5<enter>xd"), ("lifang", "5<enter>xd<tab>h")]),
    (
        KeyContext::Statements,
        &[("zhangwei", "/C000113<enter>s"), ("zhangwei", "/C000113<enter>sl")],
    ),
    (KeyContext::Entering, &[("zhangwei", "/C000113<enter>se")]),
    (KeyContext::Reading, &[("zhangwei", "w"), ("zhangwei", "p,")]),
    (KeyContext::Touring, &[("zhangwei", ":tour<enter>")]),
    (KeyContext::Picking, &[("zhangwei", ":"), ("zhangwei", "2f")]),
    (KeyContext::Confirm, &[("zhangwei", "q")]),
    (KeyContext::Form, &[("zhangwei", "4f")]),
];

/// What may come before the key so that there is something to undo, to go back from, to turn.
const BEFORE: [&str; 10] = [
    "",
    "[",
    "<down><down>",
    "<tab>",
    "2",
    "fx<enter>",
    "<end>",
    "<end>h",
    "<end><up><up>h",
    // On to the second dialog of a flag, up to its level.
    "x<enter><backtab><backtab>",
];

fn is_at(desk: &mut Desk, place: KeyContext) -> bool {
    let here = desk.app.key_context();
    place == KeyContext::Always || here.layers().contains(&place)
}

fn state(desk: &Desk) -> String {
    let app = &desk.app;
    let said = &app.status.said;
    let (written, copied) = (desk.written.len(), desk.copied.len());
    format!(
        "{:?} {:?} {:?} {:?} {:?} {said:?} {written} {copied} {} {} {:?}",
        app.place,
        app.panes,
        app.overlays,
        app.look.lang,
        app.look.theme,
        app.status.quit_armed,
        desk.quit,
        app.status.quiet.covered()
    )
}

/// Whether a key changes anything in a place after one of the beginnings.
fn works(place: KeyContext, user: &str, way: &str, key: Key, office: &Office) -> bool {
    BEFORE.iter().any(|before| {
        let mut desk = office.desk(user);
        desk.keys(way).keys(before);
        is_at(&mut desk, place) && presses(&mut desk, key)
    })
}

fn presses(desk: &mut Desk, key: Key) -> bool {
    desk.app.status.said = None;
    desk.app.status.quit_armed = false;
    let before = state(desk);
    desk.key(key);
    desk.draw();
    state(desk) != before
}

/// The keys of a place that do nothing by any of the ways that lead there.
fn dead(place: KeyContext, ways: &[(&str, &str)], office: &Office) -> Vec<String> {
    let map = Keymap::default();
    let rows = map.rows_of(place).filter(|row| row.context == place);
    let keys = rows.filter(|row| row.action != Action::Redraw).filter_map(|row| {
        let key = *row.keys.first()?;
        Some((key, row.action.clone()))
    });
    let mut left: Vec<_> = keys.collect();
    for (user, way) in ways {
        let mut desk = office.desk(user);
        desk.keys(way);
        assert!(is_at(&mut desk, place), "{place:?} {way:?}\n{}", desk.screen());
        left.retain(|(key, _)| {
            if !is_at(&mut desk, place) {
                desk = office.desk(user);
                desk.keys(way);
            }
            !presses(&mut desk, *key) && !works(place, user, way, *key, office)
        });
    }
    left.into_iter().map(|(key, action)| format!("{place:?}: {key} {action:?}")).collect()
}

#[test]
fn every_key_of_the_keymap_does_something_in_its_place() {
    let office = Office::open();
    let dead: Vec<String> =
        PLACES.iter().flat_map(|(place, ways)| dead(*place, ways, &office)).collect();
    assert!(dead.is_empty(), "{dead:#?}");
}

/// The invented portfolio has no messages yet: these are canned ones.
#[test]
fn every_key_of_the_messages_does_something() {
    for row in Keymap::default().rows_of(KeyContext::Inbox) {
        if row.context != KeyContext::Inbox {
            continue;
        }
        let works = row.keys.iter().all(|key| {
            ["", "<down>"].into_iter().any(|before| {
                let mut h = Harness::new(120, 36, Lang::Zh);
                h.keys("i").keys(before);
                let then = (format!("{:?}", h.app.overlays), h.written.len());
                h.key(*key);
                h.draw();
                then != (format!("{:?}", h.app.overlays), h.written.len())
            })
        });
        assert!(works, "{row:?}");
    }
}
