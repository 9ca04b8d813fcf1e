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

/// Asks. Must be called before the input thread reads; what it writes is wiped. A terminal that says
/// nothing costs a moment, any other the way there and back.
pub fn ask() -> io::Result<Answers> {
    ratatui::crossterm::terminal::enable_raw_mode()?;
    let answers = exchange();
    ratatui::crossterm::terminal::disable_raw_mode()?;
    answers
}

/// The question about itself comes last: every terminal answers it, so that its answer ends the wait.
fn exchange() -> io::Result<Answers> {
    let mut out = io::stdout();
    out.write_all("\r①\x1b[6n\r\x1b[K\x1b[c".as_bytes())?;
    out.flush()?;
    let until = Instant::now() + BUDGET;
    let stdin = io::stdin();
    let mut said = Vec::new();
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        let silent = left.is_zero() || poll(&mut fds, Some(&wait)).unwrap_or(0) == 0;
        let (answers, whole) = read(&said);
        if silent || whole {
            return Ok(answers);
        }
        // Past the standard library's buffer, in which `poll` could not see what waits.
        let mut bytes = [0_u8; 64];
        let count = rustix::io::read(&stdin, &mut bytes)?;
        let Some(more) = bytes.get(..count).filter(|more| !more.is_empty()) else {
            return Ok(answers);
        };
        said.extend_from_slice(more);
        let (answers, whole) = read(&said);
        if whole {
            return Ok(answers);
        }
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
