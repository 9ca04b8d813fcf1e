//! A disk that takes no more: told, kept on the screen, saved when there is room again.

use std::process::Command;
use std::time::Duration;

use crate::terminal::{Setup, count, demo, open_record, type_into_record};

#[test]
fn a_full_disk_is_told_and_the_answer_stays_until_there_is_room() {
    let (_folder, db) = demo();
    // Today's jobs have run, so that the next session has nothing to write by itself.
    let mut before = Setup::demo(&db).start();
    open_record(&mut before);
    before.quiet(Duration::from_millis(600));
    before.leave();
    let mut setup = Setup::demo(&db);
    // No file may grow beyond a few pages: as a quota or a full disk, without being root.
    setup.wrap = Some("ulimit -S -f 8; exec \"$@\"");
    let mut terminal = setup.start();
    type_into_record(&mut terminal, "QXZ写不下");
    terminal.until("磁盘已满");
    terminal.keys("\u{13}");
    terminal.until("保存中");
    terminal.until("QXZ写不下");
    let there = "SELECT count(*) FROM answers WHERE value LIKE '%QXZ写不下%'";
    terminal.quiet(Duration::from_millis(200));
    assert!(terminal.shows().contains("QXZ写不下"), "{}", terminal.shows());
    assert!(!terminal.shows().contains("已存"), "{}", terminal.shows());
    let id = terminal.id().to_string();
    let lifted = Command::new("prlimit").args(["--fsize=unlimited", "--pid", &id]).status();
    assert!(lifted.unwrap().success());
    terminal.keys("\u{13}");
    terminal.until("已存");
    assert_eq!(count(&db, there), 1);
    terminal.leave();
}
