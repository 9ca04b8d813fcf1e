//! Many sessions at once, each over SSH of its own: they look, write and lose nothing.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::place::start;
use crate::terminal::{PATIENCE, Terminal, file};

/// What a session does in turn; the first writes an answer of her record.
const STEPS: usize = 3;

/// Opens a record on her first customer and stands on a question that takes words.
fn begin(terminal: &mut Terminal) {
    terminal.until("今日");
    terminal.keys("2");
    terminal.until("筛选 officer");
    terminal.keys("v");
    terminal.until("本次检查事由");
    terminal.keys("\r");
    terminal.until("检查地点");
    terminal.keys("jjj");
}

/// Writes over the answer of the round before, as a person types.
fn write(terminal: &mut Terminal, round: i64) {
    terminal.keys("\r");
    terminal.until("Enter 确定");
    terminal.keys("\u{15}");
    terminal.until_gone(&word(round - 1));
    terminal.keys(&word(round));
    terminal.until(&word(round));
    terminal.keys("\r");
    terminal.until("Enter 编辑");
}

fn word(round: i64) -> String {
    format!("R{round}E")
}

/// `HUIFANG_SESSIONS=100 cargo test --test server many -- --ignored --nocapture` prints figures.
#[test]
#[ignore = "a load test: how many is said by HUIFANG_SESSIONS, how long by HUIFANG_SECONDS"]
fn many_sessions() {
    let number = |name, usual: u16| -> u16 {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let (sessions, seconds) = (number("HUIFANG_SESSIONS", 10), number("HUIFANG_SECONDS", 20));
    let people: Vec<String> = (0..sessions).map(|n| format!("o{n:04}:officer")).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let Some(branch) = start(&people) else { return };
    let mut all: Vec<Terminal> = Vec::new();
    for person in &people {
        let mut terminal = branch.terminal(person.trim_end_matches(":officer"), &[], &[]);
        begin(&mut terminal);
        all.push(terminal);
    }
    let (memory, _) = branch.inside(
        "for p in $(pgrep -u huifang -x huifang); do grep ^Pss: /proc/$p/smaps_rollup; done | awk '{s+=$2} END {print s}'",
    );
    let (mut looks, mut writes): (Vec<Duration>, Vec<Duration>) = (Vec::new(), Vec::new());
    let end = Instant::now() + Duration::from_secs(seconds.into());
    let (mut round, mut written) = (0, 0);
    while Instant::now() < end || round % STEPS != 0 {
        let began = Instant::now();
        if round % STEPS == 0 {
            written += 1;
        }
        for terminal in &mut all {
            let pressed = Instant::now();
            match round % STEPS {
                0 => {
                    write(terminal, written);
                    writes.push(pressed.elapsed());
                }
                1 => {
                    terminal.keys("2");
                    terminal.until("筛选 officer");
                    looks.push(pressed.elapsed());
                }
                _ => {
                    terminal.keys("3");
                    terminal.until(&word(written));
                    // Not right behind the word: so many keys at once are ignored, as a paste is.
                    terminal.keys("k");
                    looks.push(pressed.elapsed());
                }
            }
        }
        round += 1;
        // One key a second each at the most.
        let left = Duration::from_secs(1).saturating_sub(began.elapsed());
        if let Some(first) = all.first_mut() {
            first.quiet(left);
        }
    }
    for terminal in &mut all {
        terminal.leave();
    }
    let copy = branch.database("load.db");
    let conn = file(&copy);
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let last = format!(
        "SELECT count(*) FROM answers WHERE item = 'visit_place' AND value = 't:{}'",
        word(written)
    );
    assert_eq!(count(&last), i64::from(sessions), "each session's last word is in the file");
    let kept = count("SELECT count(*) FROM journal WHERE command = 'answer'");
    assert_eq!(kept, i64::from(sessions) * written, "each word once in the journal");
    for (what, took) in [("looks", &mut looks), ("words written", &mut writes)] {
        took.sort_unstable();
        let at = |percent: usize| took[(took.len() - 1) * percent / 100];
        let (p50, p99, longest) = (at(50), at(99), at(100));
        // A figure for whoever ran it.
        let line =
            format!("{} {what}: p50 {p50:?}, p99 {p99:?}, longest {longest:?}\n", took.len());
        std::io::stderr().write_all(line.as_bytes()).unwrap();
        assert!(longest < PATIENCE);
    }
    let line = format!("{sessions} sessions, {round} keys each; memory {memory} kB\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}
