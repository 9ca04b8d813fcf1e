//! Asks the terminal once how wide it draws an ambiguous character (`①`): most draw one cell, some
//! Chinese clients two, which tears every border.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// How long an answer is waited for; a late one is dropped by the reader of keys.
const BUDGET: Duration = Duration::from_millis(150);

/// Whether the terminal draws ambiguous characters two cells wide; `None` = it did not answer.
/// Must be called before the input thread reads, in raw mode or not; what it writes is wiped.
pub fn ambiguous_is_wide() -> io::Result<Option<bool>> {
    ratatui::crossterm::terminal::enable_raw_mode()?;
    let answer = ask();
    ratatui::crossterm::terminal::disable_raw_mode()?;
    answer
}

fn ask() -> io::Result<Option<bool>> {
    let mut out = io::stdout();
    out.write_all("\r①\x1b[6n\r\x1b[K".as_bytes())?;
    out.flush()?;
    let until = Instant::now() + BUDGET;
    let stdin = io::stdin();
    let mut answer = Vec::new();
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        if left.is_zero() || poll(&mut fds, Some(&wait)).unwrap_or(0) == 0 {
            return Ok(None);
        }
        // Past the standard library's buffer, in which `poll` could not see what waits.
        let mut bytes = [0_u8; 64];
        let count = rustix::io::read(&stdin, &mut bytes)?;
        let Some(read) = bytes.get(..count).filter(|read| !read.is_empty()) else {
            return Ok(None);
        };
        answer.extend_from_slice(read);
        if let Some(column) = column(&answer) {
            return Ok(Some(column > 2));
        }
    }
}

/// The column of a complete cursor position report `ESC [ row ; column R`.
fn column(answer: &[u8]) -> Option<u16> {
    let text = std::str::from_utf8(answer).ok()?;
    let (_, report) = text.rsplit_once("\u{1b}[")?;
    let (_, column) = report.strip_suffix('R')?.split_once(';')?;
    column.parse().ok()
}

#[cfg(test)]
mod tests;
