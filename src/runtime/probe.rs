//! Asks the terminal once what it is: how wide it draws an ambiguous character (`①`: most draw one
//! cell, some Chinese clients two, which tears every border), and whether it draws sixel pictures.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// How long an answer is waited for; a late one is dropped by the reader of keys.
const BUDGET: Duration = Duration::from_millis(150);
/// The attribute of a terminal that draws sixel pictures, in its answer about itself (DA1).
const SIXEL: &str = "4";

/// What a terminal said of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// Whether ambiguous characters are drawn two cells wide; `None` = it did not say.
    pub wide: Option<bool>,
    /// Whether it draws sixel pictures.
    pub sixel: bool,
}

/// A question that the terminal has been asked. On a long line the answer is under way while the
/// database is opened. Dropped, it leaves the terminal as it was, with nothing unread.
#[derive(Debug)]
pub struct Asked {
    until: Instant,
    answered: bool,
}

/// Asks. Must be called before the input thread reads; what it writes is wiped. From here on nothing
/// that is typed is echoed. A terminal that says nothing costs a moment.
pub fn ask() -> io::Result<Asked> {
    ratatui::crossterm::terminal::enable_raw_mode()?;
    let asked = Asked { until: Instant::now() + BUDGET, answered: false };
    let mut out = io::stdout();
    // The question about itself comes last: every terminal answers it, so that its answer ends the
    // wait.
    out.write_all("\r①\x1b[6n\r\x1b[K\x1b[c".as_bytes())?;
    out.flush()?;
    Ok(asked)
}

impl Asked {
    /// What the terminal said, waiting for it if need be.
    pub fn answers(mut self) -> Answers {
        self.collect().unwrap_or_default()
    }

    fn collect(&mut self) -> io::Result<Answers> {
        self.answered = true;
        let stdin = io::stdin();
        let mut said = Vec::new();
        loop {
            let left = self.until.saturating_duration_since(Instant::now());
            let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
            let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
            if poll(&mut fds, Some(&wait)).unwrap_or(0) == 0 {
                return Ok(read(&said).0);
            }
            // Past the standard library's buffer, in which `poll` could not see what waits.
            let mut bytes = [0_u8; 64];
            let count = rustix::io::read(&stdin, &mut bytes)?;
            said.extend_from_slice(bytes.get(..count).unwrap_or_default());
            let (answers, whole) = read(&said);
            if whole || count == 0 {
                return Ok(answers);
            }
        }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        if !self.answered {
            // What nobody read would stand at the shell's prompt.
            let _ = self.collect();
        }
        let _ = ratatui::crossterm::terminal::disable_raw_mode();
    }
}

/// What was said so far, and whether that is all: a cursor position `ESC [ row ; column R` and the
/// attributes `ESC [ ? … c`, with whatever else was typed between.
fn read(said: &[u8]) -> (Answers, bool) {
    let text = String::from_utf8_lossy(said);
    let (mut answers, mut whole) = (Answers::default(), false);
    for sequence in text.split("\u{1b}[").skip(1) {
        let end = sequence.find(|c: char| c.is_ascii_alphabetic());
        let Some((body, last)) = end.and_then(|at| sequence.split_at_checked(at)) else { continue };
        let attributes = body.strip_prefix('?');
        match (last.chars().next(), attributes, body.split_once(';')) {
            (Some('R'), None, Some((_, column))) => {
                answers.wide = column.parse().ok().map(|column: u16| column > 2);
            }
            (Some('c'), Some(attributes), _) => {
                // The first number is the terminal's class.
                answers.sixel = attributes.split(';').skip(1).any(|one| one == SIXEL);
                whole = true;
            }
            _ => {}
        }
    }
    (answers, whole)
}

#[cfg(test)]
mod tests;
