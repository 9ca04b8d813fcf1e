//! Several at once, and lines that drop.

use std::time::{Duration, Instant};

use crate::place::{branch, start};
use crate::terminal::{PATIENCE, Terminal};

#[test]
fn two_sessions_at_once_see_each_her_own() {
    let Some(branch) = branch() else { return };
    let mut one = branch.terminal("o1023", &[], &[]);
    let mut two = branch.terminal("o1024", &[], &[]);
    for (terminal, own, other) in
        [(&mut one, "o1023的客户0", "o1024的客户"), (&mut two, "o1024的客户0", "o1023的客户")]
    {
        terminal.until("今日");
        terminal.keys("2");
        terminal.until(own);
        assert!(!terminal.shows().contains(other), "{}", terminal.shows());
    }
    one.leave();
    two.leave();
}

/// Six at once need more threads than one officer may have: the limits of her account must not be
/// those of the service.
#[test]
fn sessions_do_not_share_the_limits_of_an_account() {
    let Some(branch) = branch() else { return };
    let mut all: Vec<Terminal> = (0..8)
        .map(|n| branch.terminal(if n % 2 == 0 { "o1023" } else { "o1024" }, &[], &[]))
        .collect();
    for terminal in &mut all {
        terminal.until("今日");
    }
    for terminal in &mut all {
        terminal.leave();
    }
}

#[test]
fn a_dropped_line_leaves_nothing_behind() {
    let Some(branch) = branch() else { return };
    let mut terminal = branch.terminal("o1024", &[], &[]);
    terminal.until("今日");
    let process = branch.process("o1024");
    terminal.signal("KILL");
    terminal.end();
    let gone = format!(
        "for n in $(seq 300); do [ -d /proc/{process} ] || exit 0; sleep 0.1; done; exit 1"
    );
    let (said, status) = branch.inside(&gone);
    assert_eq!(status, 0, "still there after half a minute: {said}");
}

#[test]
#[ignore = "takes two minutes: sshd gives a silent client up after three times fifteen seconds, twice"]
fn half_open_lines_end() {
    let Some(branch) = branch() else { return };
    let mut terminal = branch.terminal("o1024", &[], &[]);
    terminal.until("今日");
    let process = branch.process("o1024");
    terminal.signal("STOP");
    let began = Instant::now();
    let gone = format!(
        "for n in $(seq 1500); do [ -d /proc/{process} ] || exit 0; sleep 0.1; done; exit 1"
    );
    let (said, status) = branch.inside(&gone);
    assert_eq!(status, 0, "still there: {said}");
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
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
        terminal.until("今日");
        all.push(terminal);
    }
    let (memory, _) = branch.inside(
        "for p in $(pgrep -u huifang -x huifang); do grep ^Pss: /proc/$p/smaps_rollup; done | awk '{s+=$2} END {print s}'",
    );
    let mut took: Vec<Duration> = Vec::new();
    let end = Instant::now() + Duration::from_secs(seconds.into());
    let mut screen = 1;
    while Instant::now() < end {
        screen = 3 - screen;
        let round = Instant::now();
        for terminal in &mut all {
            let pressed = Instant::now();
            terminal.keys(if screen == 1 { "1" } else { "2" });
            terminal.until(if screen == 1 { "当日无到期" } else { "的客户1" });
            took.push(pressed.elapsed());
        }
        // One key a second each at the most.
        let left = Duration::from_secs(1).saturating_sub(round.elapsed());
        if let Some(first) = all.first_mut() {
            first.quiet(left);
        }
    }
    for terminal in &mut all {
        terminal.leave();
    }
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() - 1) * percent / 100];
    let line = format!(
        "{sessions} sessions, {} keys: p50 {:?}, p99 {:?}, longest {:?}; memory {memory} kB",
        took.len(),
        at(50),
        at(99),
        at(100)
    );
    // A figure for whoever ran it.
    std::io::Write::write_all(&mut std::io::stderr(), format!("{line}\n").as_bytes()).unwrap();
    assert!(at(100) < PATIENCE);
}
