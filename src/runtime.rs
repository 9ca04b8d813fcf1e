//! The loop: wait for an event, take everything that waits already, do what follows, draw once.
//!
//! There is no frame rate: an idle program wakes at each minute for the clock and writes nothing
//! else. Reading the terminal, signals and the death of the line have a thread each; all of them
//! speak through one channel.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::Timelike;

use crate::app::{App, Effect, Event};
use crate::clock::Clock;
use crate::protocol::reply::Request;

pub(crate) mod backend;
pub mod input;
pub mod probe;
mod signals;
pub mod terminal;

use terminal::Screen;

/// How long the first drawing waits for the first pages.
const FIRST_PAGES: Duration = Duration::from_millis(50);
/// How long a drawing waits for the page that a key asked for, so that both are drawn at once.
const SETTLE: Duration = Duration::from_millis(8);
/// How long leaving waits for writes under way.
const LAST_WRITES: Duration = Duration::from_secs(3);

/// The channel into the screen: the worker gets clones of the sender.
pub fn events() -> (Sender<Event>, Receiver<Event>) {
    channel()
}

/// Where events come from and where requests go.
#[derive(Debug)]
pub struct Wires {
    /// For the threads that this starts.
    pub events: Sender<Event>,
    /// What the loop listens to.
    pub inbox: Receiver<Event>,
    /// The worker's channel.
    pub requests: Sender<Request>,
}

/// Runs the screen until the officer leaves, the line drops or the worker dies. The terminal is
/// restored before this returns, also on errors and panics.
pub fn run(mut app: App, clock: &dyn Clock, wires: &Wires) -> anyhow::Result<()> {
    // Asked for first: the pages are read while the terminal is set up.
    let (columns, rows) = Screen::size().context("the terminal has no size")?;
    let mut effects = app.update(Event::Tick(clock.now()));
    effects.extend(app.update(Event::Resize(columns, rows)));
    effects.extend(app.start());
    for effect in effects {
        if let Effect::Store(request) = effect {
            wires.requests.send(request).context("the store is gone")?;
        }
    }
    let mut screen = Screen::enter().context("the terminal can't be set up")?;
    let start = Instant::now();
    input::spawn(wires.events.clone(), start).context("the input thread can't be started")?;
    signals::spawn(&wires.events).context("signals can't be watched")?;
    let outcome = turn(&mut app, clock, wires, &mut screen);
    let restored = terminal::restore();
    outcome?;
    restored.context("the terminal can't be restored")
}

/// Why the loop ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Go,
    Leave,
}

fn turn(
    app: &mut App,
    clock: &dyn Clock,
    wires: &Wires,
    screen: &mut Screen,
) -> anyhow::Result<()> {
    let mut patience = FIRST_PAGES;
    loop {
        if settle(app, wires, screen, patience)? == Turn::Leave {
            finish(app, wires);
            return Ok(());
        }
        patience = SETTLE;
        screen.draw(app)?;
        let now = clock.now();
        let minute = Duration::from_millis(u64::from(
            60_000_u32.saturating_sub(now.second() * 1_000 + now.nanosecond() / 1_000_000),
        ));
        let event = match wires.inbox.recv_timeout(minute) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => Event::Tick(clock.now()),
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        if take(event, app, wires, screen)? == Turn::Leave {
            finish(app, wires);
            return Ok(());
        }
    }
}

/// Takes an event and everything that waits behind it.
fn take(event: Event, app: &mut App, wires: &Wires, screen: &mut Screen) -> anyhow::Result<Turn> {
    let effects = app.update(event);
    if carry_out(effects, app, wires, screen)? == Turn::Leave {
        return Ok(Turn::Leave);
    }
    while let Ok(event) = wires.inbox.try_recv() {
        let effects = app.update(event);
        if carry_out(effects, app, wires, screen)? == Turn::Leave {
            return Ok(Turn::Leave);
        }
    }
    Ok(Turn::Go)
}

/// Waits a moment for pages that are on their way, so that one drawing shows key and page.
fn settle(
    app: &mut App,
    wires: &Wires,
    screen: &mut Screen,
    patience: Duration,
) -> anyhow::Result<Turn> {
    let until = Instant::now() + patience;
    while app.is_waiting() {
        let left = until.saturating_duration_since(Instant::now());
        let Ok(event) = wires.inbox.recv_timeout(left) else { break };
        if take(event, app, wires, screen)? == Turn::Leave {
            return Ok(Turn::Leave);
        }
    }
    Ok(Turn::Go)
}

fn carry_out(
    effects: Vec<Effect>,
    _: &App,
    wires: &Wires,
    screen: &mut Screen,
) -> anyhow::Result<Turn> {
    let mut turn = Turn::Go;
    for effect in effects {
        match effect {
            Effect::Store(request) => {
                if wires.requests.send(request).is_err() {
                    turn = Turn::Leave;
                }
            }
            Effect::Copy(text) => Screen::copy(&text)?,
            Effect::Redraw => screen.redraw()?,
            Effect::Quit => turn = Turn::Leave,
        }
    }
    Ok(turn)
}

/// Waits until what was handed to the worker is on disk, or for [`LAST_WRITES`].
fn finish(app: &mut App, wires: &Wires) {
    let until = Instant::now() + LAST_WRITES;
    while app.has_pending() {
        let left = until.saturating_duration_since(Instant::now());
        let Ok(event) = wires.inbox.recv_timeout(left) else { break };
        if let Event::Store(reply) = event {
            app.update(Event::Store(reply));
        }
    }
}

/// Says on a terminal that can't show a screen why not, in ASCII; `None` = it can.
pub fn refuse(term: Option<&str>, locale: Option<&str>) -> Option<&'static str> {
    if matches!(term, None | Some("" | "dumb")) {
        return Some(
            "huifang: this terminal can't show a screen (TERM is dumb or not set). Try: huifang --help",
        );
    }
    let locale = locale.unwrap_or_default().to_ascii_lowercase();
    if !locale.is_empty() && !locale.contains("utf-8") && !locale.contains("utf8") {
        return Some(
            "huifang: the locale is not UTF-8. Set LANG=C.UTF-8 (and UTF-8 in the SSH client)",
        );
    }
    None
}

/// The first of `LC_ALL`, `LC_CTYPE`, `LANG` that is set, as [`refuse`] wants it.
pub fn locale() -> Option<String> {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
}

/// Writes a line to the error output: for `main`, after the screen is gone.
pub fn complain(text: &str) -> io::Result<()> {
    writeln!(io::stderr(), "{text}")
}

#[cfg(test)]
mod tests;
