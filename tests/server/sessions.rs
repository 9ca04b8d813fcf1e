//! Several at once, and lines that drop.

use std::time::Instant;

use crate::place::branch;
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
