//! A terminal for the real program: a pty, a screen that understands what it writes, and the
//! program in it. Waiting is always for something that is seen, with a deadline.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long anything may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

/// The day on which all of this happens.
pub(crate) const DAY: &str = "2026-11-23";

/// What the program finds when it starts.
pub(crate) struct Setup {
    pub(crate) size: (u16, u16),
    pub(crate) words: Vec<String>,
    pub(crate) env: Vec<(&'static str, String)>,
    /// A shell command around the program (`"$@"`), for limits and ignored signals.
    pub(crate) wrap: Option<&'static str>,
    /// Whether the end of the line also sends the signal for it.
    pub(crate) controlling: bool,
    /// What the terminal says when it is asked what it is; nothing, as some do.
    pub(crate) answers: &'static str,
    /// Size of a cell in pixels, if the terminal tells it.
    pub(crate) dots: (u16, u16),
}

impl Setup {
    /// The demo at the officer's desk.
    pub(crate) fn demo(db: &Path) -> Self {
        let db = db.to_string_lossy();
        let words = ["demo", "--db", &db, "--lang", "zh-CN", "--as-of", DAY];
        Self {
            size: (120, 36),
            words: words.map(str::to_owned).into(),
            env: vec![("TERM", "xterm-256color".to_owned()), ("LANG", "C.UTF-8".to_owned())],
            wrap: None,
            controlling: true,
            answers: "",
            dots: (0, 0),
        }
    }

    /// In a terminal that says this of itself, with cells of so many pixels.
    pub(crate) fn saying(self, answers: &'static str, dots: (u16, u16)) -> Self {
        Self { answers, dots, ..self }
    }

    /// With another value of a variable of the environment; empty = not set.
    pub(crate) fn env(mut self, name: &'static str, value: &str) -> Self {
        self.env.retain(|(n, _)| *n != name);
        if !value.is_empty() {
            self.env.push((name, value.to_owned()));
        }
        self
    }

    pub(crate) fn start(&self) -> Terminal {
        Terminal::start(self)
    }
}

/// A demo of its own for a test: a copy of one that is made once.
pub(crate) fn demo() -> (TempDir, PathBuf) {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, made) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("made.db");
        let made = Command::new(env!("CARGO_BIN_EXE_huifang"))
            .args(["demo", "--no-open", "--as-of", DAY, "--db"])
            .arg(&db)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        (folder, db)
    });
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("demo.db");
    std::fs::copy(made, &db).unwrap();
    (folder, db)
}

/// The program in a terminal.
pub(crate) struct Terminal {
    pub(crate) screen: vt100::Parser,
    /// Every byte that came.
    pub(crate) raw: Vec<u8>,
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Settings of the line before the program touched it.
    before: String,
}

fn settings(line: &dyn MasterPty) -> String {
    // The master answers for the line; which settings there are is no matter here.
    format!("{:?}", line.get_termios())
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

impl Terminal {
    pub(crate) fn start(setup: &Setup) -> Self {
        let (cols, rows) = setup.size;
        let (pixel_width, pixel_height) = (cols * setup.dots.0, rows * setup.dots.1);
        let size = PtySize { rows, cols, pixel_width, pixel_height };
        let pair = native_pty_system().openpty(size).unwrap();
        let program = env!("CARGO_BIN_EXE_huifang");
        let mut command = match setup.wrap {
            None => CommandBuilder::new(program),
            Some(script) => {
                let mut shell = CommandBuilder::new("sh");
                shell.args(["-c", script, "sh", program]);
                shell
            }
        };
        command.args(&setup.words);
        command.set_controlling_tty(setup.controlling);
        command.env_clear();
        command.env("PATH", std::env::var("PATH").unwrap());
        command.env("HOME", "/nonexistent");
        command.cwd("/");
        for (name, value) in &setup.env {
            command.env(name, value);
        }
        let before = settings(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let (tell, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(n) = reader.read(&mut bytes) {
                if n == 0 || tell.send(bytes[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(cells(rows), cells(cols), 0);
        let (master, raw) = (pair.master, Vec::new());
        let mut terminal = Self { screen, raw, output, input, child, master, before };
        if !setup.answers.is_empty() {
            terminal.when_asked(setup.answers);
        }
        terminal
    }

    /// Waits for the question what this terminal is, and answers it.
    fn when_asked(&mut self, answer: &str) {
        self.when_raw("the question", |raw| raw.windows(3).any(|three| three == b"\x1b[c"));
        self.bytes(answer.as_bytes());
    }

    /// What the screen shows.
    pub(crate) fn shows(&self) -> String {
        self.screen.screen().contents()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// Reads until something holds for the screen.
    pub(crate) fn when(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        // Half a drawing shows new beside old.
        while !self.raw.ends_with(b"\x1b[?2026l") || !holds(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(bytes) = self.output.recv_timeout(left) else {
                panic!("{what} never came; the screen:\n{}", self.shows());
            };
            self.take(&bytes);
        }
    }

    /// Reads until something holds for all that was written.
    pub(crate) fn when_raw(&mut self, what: &str, holds: impl Fn(&[u8]) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(&self.raw) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(bytes) = self.output.recv_timeout(left) else {
                panic!("{what} never came; the screen:\n{}", self.shows());
            };
            self.take(&bytes);
        }
    }

    /// Reads until the screen shows this text.
    pub(crate) fn until(&mut self, text: &str) {
        self.when(text, |screen| screen.contents().contains(text));
    }

    /// Reads until the screen doesn't show this text any more.
    pub(crate) fn until_gone(&mut self, text: &str) {
        self.when(&format!("the end of {text}"), |screen| !screen.contents().contains(text));
    }

    /// Reads what comes until nothing has come for this long; how many bytes came.
    pub(crate) fn quiet(&mut self, long: Duration) -> usize {
        let (end, mut count) = (Instant::now() + PATIENCE, 0);
        while let Ok(bytes) = self.output.recv_timeout(long) {
            count += bytes.len();
            self.take(&bytes);
            assert!(Instant::now() < end, "never quiet; the screen:\n{}", self.shows());
        }
        count
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).unwrap();
        self.input.flush().unwrap();
    }

    pub(crate) fn keys(&mut self, keys: &str) {
        self.bytes(keys.as_bytes());
    }

    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
    }

    /// Process of the program.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal: `HUP`, `KILL` …
    pub(crate) fn signal(&self, name: &str) {
        let id = self.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the end; gives the exit status.
    pub(crate) fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    self.child.kill().unwrap();
                    panic!("does not end; the screen:\n{}", self.shows());
                }
            }
        }
        self.child.wait().unwrap().exit_code()
    }

    /// After the end: the terminal is as it was found.
    pub(crate) fn is_restored(&self, after: &str) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "{after}: still on the alternate screen");
        assert!(!screen.hide_cursor(), "{after}: the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "{after}: pastes are still marked");
        assert_eq!(settings(&*self.master), self.before, "{after}: settings of the line");
    }

    /// Leaves with two Ctrl-C, as one does when nothing else is known; checks the terminal.
    pub(crate) fn leave(&mut self) {
        self.keys("\u{3}\u{3}");
        assert_eq!(self.end(), 0, "the screen:\n{}", self.shows());
        self.is_restored("Ctrl-C twice");
    }
}

impl Terminal {
    /// Leaves although nobody knows what the program has been told before.
    pub(crate) fn leave_somehow(&mut self) {
        for _ in 0..20 {
            // It may have left already.
            let _ = self.input.write_all(&[0x03]);
            self.quiet(Duration::from_millis(150));
            if self.child.try_wait().unwrap().is_some() {
                break;
            }
        }
        assert_eq!(self.end(), 0, "the screen:\n{}", self.shows());
        self.is_restored("many Ctrl-C");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Of a test that failed: nothing may be left running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until all pages of the first screen are there: the dossier comes last.
pub(crate) fn at_the_agenda(terminal: &mut Terminal) {
    terminal.until("2026年11月");
    terminal.until("可继续的草稿");
    terminal.until("概况");
    terminal.until("风险信号");
}

/// Goes by the search to the record that the officer was given back.
pub(crate) fn to_record(terminal: &mut Terminal) {
    at_the_agenda(terminal);
    terminal.keys("/");
    terminal.until("查找");
    terminal.keys("C000008");
    terminal.until("枫陵顺兴");
    // So many keys in so short a time would be taken for a paste.
    terminal.quiet(Duration::from_millis(80));
    terminal.keys("\r");
    terminal.until("在办记录");
    terminal.keys("v");
}

/// Opens that record, at its field for a name.
pub(crate) fn open_record(terminal: &mut Terminal) {
    to_record(terminal);
    terminal.until("复核意见");
    terminal.until("Enter 编辑");
}

/// Opens the record and types a text into the field for a name, without finishing it.
pub(crate) fn type_into_record(terminal: &mut Terminal, text: &str) {
    open_record(terminal);
    terminal.keys("\r");
    terminal.until("Enter 确定");
    terminal.keys("\u{15}");
    terminal.keys(text);
    terminal.until(text);
}

/// Looks into the file as another program would.
#[expect(clippy::disallowed_methods, reason = "a test looks at the file from outside")]
pub(crate) fn file(db: &Path) -> rusqlite::Connection {
    let file = rusqlite::Connection::open(db).unwrap();
    file.busy_timeout(PATIENCE).unwrap();
    file
}

/// One value out of the file.
pub(crate) fn count(db: &Path, sql: &str) -> i64 {
    file(db).query_row(sql, [], |row| row.get(0)).unwrap()
}
