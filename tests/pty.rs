//! The real program on a real terminal: it draws, leaves with 0, and restores what it found; when
//! the line drops, what was being typed is kept.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::match_wild_err_arm,
    reason = "a test: what is unexpected ends it"
)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_secs(30);

struct Terminal {
    screen: vt100::Parser,
    raw: Vec<u8>,
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

fn start(db: &Path, words: &[&str]) -> Terminal {
    let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_huifang"));
    command.args(words);
    command.args(["--db", &db.to_string_lossy(), "--lang", "zh-CN", "--as-of", "2026-11-23"]);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    let child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let input = pair.master.take_writer().unwrap();
    let (tell, output) = channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(n) = reader.read(&mut bytes) {
            if n == 0 || tell.send(bytes[..n].to_vec()).is_err() {
                break;
            }
        }
    });
    let (rows, columns) = (NonZeroU16::new(36).unwrap(), NonZeroU16::new(120).unwrap());
    let screen = vt100::Parser::new(rows, columns, 0);
    Terminal { screen, raw: Vec::new(), output, input, child, _master: pair.master }
}

impl Terminal {
    /// Reads until the screen shows this text.
    fn until(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.screen.screen().contents().contains(text) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.raw.extend_from_slice(&bytes);
                    self.screen.process(&bytes);
                }
                Err(_) => {
                    panic!("{text} never came; the screen:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    fn keys(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    /// Waits for the end; gives the exit status.
    fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.raw.extend_from_slice(&bytes);
                    self.screen.process(&bytes);
                }
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                    self.child.kill().unwrap();
                    panic!("does not end; the screen:\n{}", self.screen.screen().contents());
                }
            }
        }
        self.child.wait().unwrap().exit_code()
    }
}

#[test]
fn it_draws_leaves_and_restores_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(&folder.path().join("demo.db"), &["demo", "--customers", "60"]);
    terminal.until("2026年11月");
    terminal.until("张伟");
    terminal.keys("q");
    terminal.until("退出");
    terminal.keys("y");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.screen.screen().alternate_screen(), "still on the alternate screen");
    assert!(!terminal.screen.screen().hide_cursor(), "the cursor is still hidden");
    assert!(!terminal.screen.screen().bracketed_paste(), "pastes are still marked");
}

#[test]
fn a_dropped_line_keeps_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("demo.db");
    let mut terminal = start(&db, &["demo", "--customers", "60"]);
    terminal.until("2026年11月");
    let id = terminal.child.process_id().unwrap();
    let sent = std::process::Command::new("kill").args(["-HUP", &id.to_string()]).status().unwrap();
    assert!(sent.success());
    terminal.end();
    // The file is whole, and the next session goes on with it.
    let mut again = start(&db, &["demo"]);
    again.until("2026年11月");
    again.keys("\u{3}\u{3}");
    assert_eq!(again.end(), 0);
}
