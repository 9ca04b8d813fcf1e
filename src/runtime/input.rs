//! The only reader of the terminal: key presses, pastes, sizes.
//!
//! Over a slow line an escape sequence may arrive in pieces and be read as Esc and letters. The
//! letters must never become commands, so Esc waits a moment for what follows.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event as Raw, KeyCode};

use crate::app::Event;
use crate::ui::key::Key;

/// How long Esc waits for the rest of a torn sequence.
const GRACE: Duration = Duration::from_millis(120);

/// More keys that write than this at once are no typing.
const TYPED_AT_ONCE: usize = 8;
/// Keys that come so soon after such a burst still belong to it.
const TAIL: Duration = Duration::from_millis(50);
/// How long what belongs to the same burst may take.
const TOGETHER: Duration = Duration::from_millis(1);
/// A look behind a lone key, at what was read together with it: a paste never comes a key at a time.
/// Not zero, for with no time at all the reader does not even look at what it has read already.
const GLANCE: Duration = Duration::from_micros(50);
/// So much is read before it is handed on.
const MOST_AT_ONCE: usize = 65_536;

/// Starts the reader. It is never joined: reading can't be interrupted.
pub(super) fn spawn(events: Sender<Event>, start: Instant) -> io::Result<()> {
    thread::Builder::new().name("input".to_owned()).spawn(move || read(&events, start))?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads events")]
fn read(events: &Sender<Event>, start: Instant) {
    let mut mender = Mender::default();
    let mut joiner = Joiner::default();
    loop {
        let mut batch = Vec::new();
        let mut next = if mender.waits() { event::poll(GRACE) } else { Ok(true) };
        if let Ok(false) = next {
            batch.extend(mender.give_up().into_iter().map(|key| Event::Key(key, start.elapsed())));
        }
        while let Ok(true) = next {
            match event::read() {
                Ok(raw) => batch.extend(translate(raw, &mut mender, start.elapsed())),
                Err(error) => {
                    next = Err(error);
                    break;
                }
            }
            // All that has arrived belongs together: nobody types that fast.
            next = match batch.len() {
                MOST_AT_ONCE.. => Ok(false),
                0 | 1 => event::poll(GLANCE),
                _ => event::poll(TOGETHER),
            };
        }
        for event in joiner.join(batch) {
            if events.send(event).is_err() {
                return;
            }
        }
        if next.is_err() {
            // The screen has nothing left to listen to; it may be gone as well.
            let _ = events.send(Event::Hangup);
            return;
        }
    }
}

fn translate(raw: Raw, mender: &mut Mender, at: Duration) -> Vec<Event> {
    match raw {
        Raw::Key(key) if key.is_press() || key.is_repeat() => {
            mender.feed(Key::from(key)).into_iter().map(|k| Event::Key(k, at)).collect()
        }
        Raw::Paste(text) => vec![Event::Paste(text)],
        Raw::Resize(columns, rows) => vec![Event::Resize(columns, rows)],
        _ => Vec::new(),
    }
}

/// Makes a paste of keys that nobody typed: a terminal that does not mark pastes sends them as
/// keys, and none of these may become a command or an answer.
#[derive(Debug, Default)]
pub struct Joiner {
    /// When the last such paste ended.
    last: Option<Duration>,
}

impl Joiner {
    /// Takes what arrived at once. A key held down repeats itself and is no paste.
    pub fn join(&mut self, batch: Vec<Event>) -> Vec<Event> {
        let mut out = Vec::with_capacity(batch.len());
        let mut run: Vec<(Key, Duration)> = Vec::new();
        for event in batch {
            match event {
                Event::Key(key, at) if typed(key).is_some() => run.push((key, at)),
                other => {
                    self.end(&mut run, &mut out);
                    out.push(other);
                }
            }
        }
        self.end(&mut run, &mut out);
        out
    }

    fn end(&mut self, run: &mut Vec<(Key, Duration)>, out: &mut Vec<Event>) {
        let run = std::mem::take(run);
        let (Some((first, began)), Some((_, ended))) = (run.first(), run.last()) else { return };
        let differ = run.iter().any(|(key, _)| key != first);
        let goes_on = self.last.is_some_and(|last| began.saturating_sub(last) <= TAIL);
        if goes_on || run.len() > TYPED_AT_ONCE && differ {
            self.last = Some(*ended);
            out.push(Event::Paste(run.iter().filter_map(|(key, _)| typed(*key)).collect()));
        } else {
            out.extend(run.into_iter().map(|(key, at)| Event::Key(key, at)));
        }
    }
}

/// The character that a key puts into a text.
fn typed(key: Key) -> Option<char> {
    match key.code {
        KeyCode::Enter if !key.ctrl && !key.alt => Some('\n'),
        KeyCode::Tab if !key.ctrl && !key.alt => Some('\t'),
        // A line feed in a paste reads as Ctrl-J.
        KeyCode::Char('j') if key.ctrl && !key.alt => Some('\n'),
        _ => key.typed(),
    }
}

/// Puts torn escape sequences together again.
#[derive(Debug, Default)]
pub struct Mender {
    held: Vec<Key>,
}

impl Mender {
    /// Whether keys are held back: then [`Mender::give_up`] is due after the grace time.
    pub fn waits(&self) -> bool {
        !self.held.is_empty()
    }

    /// Takes a key; gives those that are certain now.
    pub fn feed(&mut self, key: Key) -> Vec<Key> {
        let escape = Key::plain(KeyCode::Esc);
        // `Esc [` may also be told as Alt-[.
        let bracket = key.alt && matches!(key.code, KeyCode::Char('[' | 'O'));
        match self.held.len() {
            0 if key == escape => {
                self.held.push(key);
                Vec::new()
            }
            0 if bracket => {
                self.held.push(escape);
                self.held.push(Key { alt: false, ..key });
                Vec::new()
            }
            0 => vec![key],
            1 => match key.code {
                KeyCode::Char('[' | 'O') if !key.ctrl => {
                    self.held.push(key);
                    Vec::new()
                }
                _ => {
                    let mut out = std::mem::take(&mut self.held);
                    out.extend(self.feed(key));
                    out
                }
            },
            _ => self.inside(key),
        }
    }

    /// Inside a sequence: digits and semicolons go on, another character ends it.
    fn inside(&mut self, key: Key) -> Vec<Key> {
        let Some(c) = key.typed() else {
            self.held.clear();
            return self.feed(key);
        };
        if matches!(c, '0'..='9' | ';' | '<' | '?') && self.held.len() < 24 {
            self.held.push(key);
            return Vec::new();
        }
        // The Linux console begins F1 to F5 with two brackets.
        if c == '['
            && self.held.len() == 2
            && self.held.last().is_some_and(|k| k.typed() == Some('['))
        {
            self.held.push(key);
            return Vec::new();
        }
        let console = self.held.get(2).is_some_and(|k| k.typed() == Some('['));
        let single = self.held.get(1).is_some_and(|k| k.typed() == Some('O'));
        let number: String = self.held.iter().skip(2).filter_map(|k| k.typed()).collect();
        self.held.clear();
        let number = number.split(';').next().unwrap_or_default();
        if let Some(n) = function_key(c, number, console, single) {
            return vec![Key::plain(KeyCode::F(n))];
        }
        let code = match (c, number) {
            ('A', _) => KeyCode::Up,
            ('B', _) => KeyCode::Down,
            ('C', _) => KeyCode::Right,
            ('D', _) => KeyCode::Left,
            ('H', _) | ('~', "1" | "7") => KeyCode::Home,
            ('F', _) | ('~', "4" | "8") => KeyCode::End,
            ('Z', _) => KeyCode::BackTab,
            ('~', "3") => KeyCode::Delete,
            ('~', "5") => KeyCode::PageUp,
            ('~', "6") => KeyCode::PageDown,
            // An unknown sequence is dropped rather than guessed at.
            _ => return Vec::new(),
        };
        vec![Key::plain(code)]
    }

    /// Nothing followed: a lone Esc is one; a torn sequence without its end is dropped.
    pub fn give_up(&mut self) -> Vec<Key> {
        let held = std::mem::take(&mut self.held);
        if held.len() == 1 { held } else { Vec::new() }
    }
}

/// The number of a function key: as `xterm`, `rxvt` and `PuTTY`, and the Linux console (`console`) send
/// it; `single` = after `ESC O`.
fn function_key(c: char, number: &str, console: bool, single: bool) -> Option<u8> {
    let place = |first: char| u8::try_from(u32::from(c).checked_sub(u32::from(first))?).ok();
    match c {
        'A'..='E' if console => place('A').map(|n| n + 1),
        'P'..='S' if single => place('P').map(|n| n + 1),
        '~' => {
            let codes = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24];
            let code: u8 = number.parse().ok()?;
            (1..).zip(codes).find(|(_, known)| *known == code).map(|(n, _)| n)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
