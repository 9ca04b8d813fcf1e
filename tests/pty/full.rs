//! A disk that takes no more: told, kept on the screen, saved when there is room again.

use std::process::Command;
use std::time::Duration;

use crate::terminal::{Setup, Terminal, count, demo, open_record};

/// No file of the program may grow beyond this: as a quota or a full disk, without being root.
fn limit(terminal: &Terminal, bytes: &str) {
    let limit = format!("--fsize={bytes}:unlimited");
    let id = terminal.id().to_string();
    let set = Command::new("prlimit").args([&limit, "--pid", &id]).status();
    assert!(set.unwrap().success());
}

#[test]
fn a_full_disk_is_told_and_the_answer_stays_until_there_is_room() {
    let (_folder, db) = demo();
    let mut terminal = Setup::demo(&db).start();
    open_record(&mut terminal);
    terminal.quiet(Duration::from_millis(300));
    limit(&terminal, "1");
    terminal.keys("\r");
    terminal.until("Enter 确定");
    terminal.keys("\u{15}");
    terminal.keys("QXZ写不下");
    terminal.until("磁盘已满");
    terminal.keys("\u{13}");
    terminal.until("保存中");
    // Moving about changes nothing of it.
    terminal.keys("j");
    terminal.keys("k");
    terminal.quiet(Duration::from_millis(200));
    assert!(terminal.shows().contains("QXZ写不下"), "{}", terminal.shows());
    assert!(!terminal.shows().contains("已存"), "{}", terminal.shows());
    limit(&terminal, "unlimited");
    terminal.keys("\u{13}");
    terminal.until("已存");
    let there = "SELECT count(*) FROM answers WHERE value LIKE '%QXZ写不下%'";
    assert_eq!(count(&db, there), 1);
    terminal.leave();
}
