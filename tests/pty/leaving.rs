//! However it ends, the terminal is as it was found.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use crate::terminal::{PATIENCE, Setup, demo, to_record, type_into_record};

#[test]
fn it_draws_leaves_and_restores_the_terminal() {
    let (_folder, db) = demo();
    let mut terminal = Setup::demo(&db).start();
    terminal.until("2026年11月");
    terminal.until("张伟");
    assert!(terminal.screen.screen().alternate_screen());
    terminal.keys("q");
    terminal.until("退出");
    terminal.keys("y");
    assert_eq!(terminal.end(), 0);
    terminal.is_restored("q");
    let mut terminal = Setup::demo(&db).start();
    terminal.until("张伟");
    terminal.leave();
}

#[test]
fn a_signal_ends_it_cleanly() {
    for signal in ["HUP", "TERM", "INT"] {
        let (_folder, db) = demo();
        let mut terminal = Setup::demo(&db).start();
        terminal.until("张伟");
        terminal.signal(signal);
        assert_eq!(terminal.end(), 0, "SIG{signal}");
        terminal.is_restored(signal);
    }
}

#[test]
fn a_panic_restores_the_terminal_and_keeps_what_was_typed() {
    let (folder, db) = demo();
    let asked = folder.path().join("panic");
    let name = asked.to_string_lossy();
    let mut terminal = Setup::demo(&db).env("HUIFANG_TEST_PANIC", &name).start();
    type_into_record(&mut terminal, "QXZ");
    std::fs::write(&asked, "").unwrap();
    terminal.keys("W");
    assert_eq!(terminal.end(), 1);
    terminal.is_restored("a panic");
    let said = terminal.shows();
    assert!(said.contains("panic at src/runtime.rs:"), "{said}");
    let mut again = Setup::demo(&db).start();
    // With or without the last key, which may have come too late.
    open_again(&mut again, "QXZ");
    again.leave();
}

/// Opens the record with the field that was being typed.
pub(crate) fn open_again(terminal: &mut crate::terminal::Terminal, text: &str) {
    to_record(terminal);
    terminal.until("Enter 确定");
    terminal.until(text);
}

/// A terminal that takes no more bytes (Ctrl-S, a frozen client) keeps no process alive.
#[test]
fn a_client_that_stops_reading_keeps_nothing_alive() {
    let (_folder, db) = demo();
    let mut holder = Holder::start(&db, "frozen");
    Command::new("kill").args(["-STOP", &holder.own.to_string()]).status().unwrap();
    Command::new("kill").args(["-TERM", &holder.held.to_string()]).status().unwrap();
    holder.ends();
    Command::new("kill").args(["-CONT", &holder.own.to_string()]).status().unwrap();
    holder.kill();
}

/// The line is gone at once, as when the SSH client is killed: with the signal, with the signal
/// ignored, and without it.
#[test]
fn a_line_that_dies_ends_it_and_keeps_what_was_typed() {
    for how in ["signal", "ignored", "unheard"] {
        let (_folder, db) = demo();
        let mut holder = Holder::start(&db, how);
        holder.kill();
        holder.ends();
        let mut again = Setup::demo(&db).start();
        open_again(&mut again, "QXZ还没写完");
        again.leave();
    }
}

/// A process of its own that holds a terminal with the program in it, to be killed.
struct Holder {
    child: std::process::Child,
    own: u32,
    held: u32,
}

impl Holder {
    fn start(db: &Path, how: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "leaving::holds_a_line", "--nocapture"])
            .env("HUIFANG_TEST_HOLD", db)
            .env("HUIFANG_TEST_HOW", how)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let held = lines
            .map_while(Result::ok)
            .find_map(|line| line.split_once("HELD ").map(|(_, id)| id.trim().parse().unwrap()))
            .expect("the program is being held");
        Self { own: child.id(), child, held }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until the held program is gone; it must not have spun meanwhile.
    fn ends(&self) {
        let end = Instant::now() + PATIENCE;
        let (_open, nothing) = channel::<()>();
        let mut ticks = 0;
        while let Some(now) = ticks_of(self.held) {
            ticks = now;
            assert!(Instant::now() < end, "the program stays alive without its line");
            let _ = nothing.recv_timeout(Duration::from_millis(20));
        }
        assert!(ticks < 400, "{ticks} ticks of the processor");
    }
}

/// Processor time that a live process has used, in ticks; `None` = it is gone.
pub(crate) fn ticks_of(process: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    if fields[0] == "Z" {
        return None;
    }
    Some(fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap())
}

/// Not a test: what [`Holder`] runs.
#[test]
fn holds_a_line() {
    let Ok(db) = std::env::var("HUIFANG_TEST_HOLD") else { return };
    let how = std::env::var("HUIFANG_TEST_HOW").unwrap();
    let mut setup = Setup::demo(Path::new(&db));
    setup.controlling = how != "unheard";
    if how == "ignored" {
        setup.wrap = Some("trap '' HUP; exec \"$@\"");
    }
    let mut terminal = setup.start();
    type_into_record(&mut terminal, "QXZ还没写完");
    println!("HELD {}", terminal.id());
    std::io::stdout().flush().unwrap();
    let mut byte = [0];
    let _ = std::io::stdin().read(&mut byte);
}
