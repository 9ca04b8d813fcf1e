//! What was typed is there again; what was told as saved is on disk.

use std::time::{Duration, Instant};

use crate::leaving::open_again;
use crate::terminal::{PATIENCE, Setup, count, demo, to_record, type_into_record};

#[test]
fn half_a_field_survives_the_end_of_the_session() {
    for signal in ["HUP", "TERM"] {
        let (_folder, db) = demo();
        let mut terminal = Setup::demo(&db).start();
        type_into_record(&mut terminal, "QXZ写到一半");
        terminal.signal(signal);
        assert_eq!(terminal.end(), 0, "SIG{signal}");
        let mut again = Setup::demo(&db).start();
        open_again(&mut again, "QXZ写到一半");
        again.leave();
    }
}

#[test]
fn half_a_field_survives_a_kill() {
    let (_folder, db) = demo();
    let mut terminal = Setup::demo(&db).start();
    type_into_record(&mut terminal, "QXZ写到一半");
    let kept = "SELECT count(*) FROM field_drafts WHERE text = 'QXZ写到一半'";
    let end = Instant::now() + PATIENCE;
    while count(&db, kept) == 0 {
        assert!(Instant::now() < end, "what is being typed is never kept");
        terminal.quiet(Duration::from_millis(50));
    }
    terminal.signal("KILL");
    terminal.end();
    let mut again = Setup::demo(&db).start();
    open_again(&mut again, "QXZ写到一半");
    again.leave();
}

#[test]
fn every_answer_told_as_saved_is_there_after_a_kill() {
    let (_folder, db) = demo();
    let mut seed = 20_261_123_u32;
    for round in 0..10 {
        let mut terminal = Setup::demo(&db).start();
        to_record(&mut terminal);
        terminal.until("复核意见");
        // What was being typed when the last session was killed is being typed again.
        terminal.when("the keys", |screen| {
            screen.contents().contains("Enter 确定") || screen.contents().contains("Enter 编辑")
        });
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let answers = 1 + (seed >> 16) % 3;
        let mut told = String::new();
        for n in 0..=answers {
            let answer = format!("QX{round}Z{n}W");
            if !terminal.shows().contains("Enter 确定") {
                // So many keys in so short a time would be taken for a paste.
                terminal.quiet(Duration::from_millis(30));
                terminal.keys("\r");
                terminal.until("Enter 确定");
            }
            terminal.keys("\u{15}");
            terminal.keys(&answer);
            terminal.until(&answer);
            terminal.keys("\u{13}");
            if n < answers {
                terminal.until("Enter 编辑");
                terminal.when("已存", |screen| {
                    let shown = screen.contents();
                    shown.contains("已存") && shown.contains(&answer)
                });
                told = answer;
            }
        }
        // The last answer may or may not be on its way.
        for _ in 0..(seed >> 8) % 3 {
            terminal.quiet(Duration::from_millis(1));
        }
        terminal.signal("KILL");
        terminal.end();
        let last = format!("QX{round}Z{answers}W");
        let there = format!(
            "SELECT count(*) FROM answers WHERE value LIKE '%{told}%' OR value LIKE '%{last}%'"
        );
        assert_eq!(count(&db, &there), 1, "{told} or {last}");
        let told_once = format!(
            "SELECT count(*) FROM journal WHERE command = 'answer' AND after LIKE '%{told}%'"
        );
        assert_eq!(count(&db, &told_once), 1, "{told}");
    }
}
