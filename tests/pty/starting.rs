//! Which terminals it starts on, and what it says to the others.

use std::process::{Command, Stdio};

use crate::terminal::{Setup, demo};

#[test]
fn every_terminal_that_can_show_a_screen_shows_it() {
    let (_folder, db) = demo();
    for term in ["linux", "vt100", "screen", "xterm-mono", "xterm-256color", "made-up"] {
        let mut terminal = Setup::demo(&db).env("TERM", term).start();
        terminal.until("2026年11月");
        terminal.until("张伟");
        terminal.leave();
    }
}

#[test]
fn others_are_told_in_ascii_and_left_as_they_are() {
    let (_folder, db) = demo();
    for (name, value) in [("TERM", "dumb"), ("TERM", ""), ("LANG", "zh_CN.GB18030")] {
        let mut terminal = Setup::demo(&db).env(name, value).start();
        assert_eq!(terminal.end(), 1, "{name}={value}");
        let said = String::from_utf8_lossy(&terminal.raw).into_owned();
        assert!(said.starts_with("huifang: ") && said.is_ascii(), "{name}={value}: {said}");
        assert!(!said.contains('\u{1b}'), "{name}={value}: {said:?}");
        terminal.is_restored(name);
    }
}

#[test]
fn without_a_terminal_it_says_so() {
    let (_folder, db) = demo();
    let said = Command::new(env!("CARGO_BIN_EXE_huifang"))
        .args(["demo", "--db", &db.to_string_lossy(), "--as-of", "2026-11-23", "--lang", "en"])
        .env("TERM", "xterm")
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(1));
    assert!(said.stdout.is_empty());
    assert!(error.lines().count() == 1 && error.starts_with("huifang: "), "{error}");
}

/// The parameters of every SGR sequence in what was written.
fn sgr(raw: &[u8]) -> Vec<u32> {
    let text = String::from_utf8_lossy(raw);
    let mut found = Vec::new();
    for part in text.split("\u{1b}[").skip(1) {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap();
        let (parameters, rest) = part.split_at(end);
        if rest.starts_with('m') {
            found.extend(parameters.split(';').filter_map(|n| n.parse::<u32>().ok()));
        }
    }
    found
}

#[test]
fn no_color_is_no_colour() {
    let (_folder, db) = demo();
    let coloured = |n: &u32| matches!(n, 30..=38 | 40..=48 | 90..=107);
    for (value, wanted) in [("1", false), ("", true)] {
        let mut terminal = Setup::demo(&db).env("NO_COLOR", value).start();
        terminal.until("张伟");
        terminal.keys("2");
        terminal.until("客户");
        terminal.leave();
        let any = sgr(&terminal.raw).iter().any(coloured);
        assert_eq!(any, wanted, "NO_COLOR={value}");
    }
}
