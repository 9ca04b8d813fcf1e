//! Two sessions on one file, and one that nobody touches.

use std::time::Duration;

use crate::leaving::ticks_of;
use crate::terminal::{Setup, demo, open_record, type_into_record};

#[test]
fn a_change_by_another_session_shows_without_a_key() {
    let (_folder, db) = demo();
    let mut here = Setup::demo(&db).start();
    open_record(&mut here);
    here.quiet(Duration::from_millis(300));
    let cursor = |shows: String| {
        let at = shows.lines().position(|line| line.contains("复核意见"));
        (at, shows.lines().nth(at.unwrap() - 1).unwrap().to_owned())
    };
    let before = cursor(here.shows());
    let mut there = Setup::demo(&db).start();
    type_into_record(&mut there, "QXZ他人所写");
    there.keys("\u{13}");
    here.until("QXZ他人所写");
    assert_eq!(cursor(here.shows()), before, "the row in focus moved");
    there.leave();
    here.leave();
}

#[test]
fn a_session_that_nobody_touches_writes_nothing() {
    let (_folder, db) = demo();
    let mut terminal = Setup::demo(&db).start();
    terminal.until("2026年11月");
    terminal.quiet(Duration::from_millis(800));
    let before = ticks_of(terminal.id()).unwrap();
    assert_eq!(terminal.quiet(Duration::from_secs(3)), 0);
    let used = ticks_of(terminal.id()).unwrap() - before;
    assert!(used < 30, "{used} ticks of the processor in three idle seconds");
    terminal.leave();
}
