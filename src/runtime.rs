//! The loop: wait for an event, take everything that waits already, do what follows, draw once.
//!
//! There is no frame rate: an idle program wakes at each minute for the clock and writes nothing
//! else. Reading the terminal, signals and the death of the line have a thread each; all of them
//! speak through one channel.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::Timelike;

use crate::app::{App, Effect, Event};
use crate::clock::Clock;
use crate::i18n::Catalog;
use crate::protocol::reply::{Reply, Request};

pub mod backend;
pub mod input;
pub mod pixels;
pub mod probe;
mod signals;
pub mod terminal;

pub use signals::outlive_file_limit;

use pixels::Pixels;
use terminal::Screen;

/// How long the first drawing waits for the first pages.
const FIRST_PAGES: Duration = Duration::from_millis(50);
/// How long a drawing waits for the page that a key asked for, so that both are drawn at once.
const SETTLE: Duration = Duration::from_millis(8);
/// How long personal data stay on the screen in clear.
const IN_CLEAR: Duration = Duration::from_secs(15);
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
/// restored before this returns, also on errors and panics, and what was being typed is kept.
pub fn run(
    mut app: App,
    clock: &dyn Clock,
    wires: &Wires,
    pixels: Option<Pixels>,
) -> anyhow::Result<()> {
    // First of all, so that the store reads while the terminal is set up.
    if begin(&mut app, clock, wires).context("the terminal can't be set up")? == Turn::Leave {
        return Ok(());
    }
    // Before the screen: a signal must never meet a terminal that nobody would restore.
    signals::spawn(&wires.events).context("signals can't be watched")?;
    let mut screen = Screen::enter(pixels).context("the terminal can't be set up")?;
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let start = Instant::now();
        input::spawn(wires.events.clone(), start).context("the input thread can't be started")?;
        turn(&mut app, clock, wires, &mut screen)
    }));
    // What a panic says may hold a customer's name; where it happened does not.
    let outcome = outcome.unwrap_or_else(|_panic| {
        Err(anyhow::anyhow!("panic at {}", terminal::fault().unwrap_or_default()))
    });
    let down = outcome.as_ref().is_err_and(anyhow::Error::is::<StoreDown>);
    if outcome.is_err() && !down {
        // The state may be half changed, but what was being typed is worth the try.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            for effect in app.update(Event::Hangup) {
                if let Effect::Store(request) = effect {
                    let _ = wires.requests.send(request);
                }
            }
        }));
    }
    if !down {
        let _ = catch_unwind(AssertUnwindSafe(|| finish(&mut app, wires)));
    }
    let restored = terminal::restore();
    outcome?;
    restored.context("the terminal can't be restored")
}

/// The store's thread has ended by a fault: nobody answers any more.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct StoreDown(&'static str);

/// Why the loop ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Go,
    Leave,
}

/// Tells the application what it must know before its first drawing, and asks for the first pages.
fn begin(app: &mut App, clock: &dyn Clock, wires: &Wires) -> anyhow::Result<Turn> {
    let (columns, rows) = Screen::size()?;
    let mut effects = app.update(Event::Tick(clock.now()));
    effects.extend(app.update(Event::Resize(columns, rows)));
    effects.extend(app.start());
    carry_out(effects, wires, None)
}

fn turn(
    app: &mut App,
    clock: &dyn Clock,
    wires: &Wires,
    screen: &mut Screen,
) -> anyhow::Result<()> {
    let mut patience = FIRST_PAGES;
    let mut conceal: Option<Instant> = None;
    loop {
        if settle(app, wires, screen, patience)? == Turn::Leave {
            return Ok(());
        }
        patience = SETTLE;
        screen.draw(app)?;
        fault_for_tests();
        let now = clock.now();
        let minute = Duration::from_millis(u64::from(
            60_000_u32.saturating_sub(now.second() * 1_000 + now.nanosecond() / 1_000_000),
        ));
        conceal = app.is_in_clear().then(|| conceal.unwrap_or_else(|| Instant::now() + IN_CLEAR));
        let left = conceal.map(|end| end.saturating_duration_since(Instant::now()));
        let wait = left.map_or(minute, |left| left.min(minute));
        // Whatever comes meanwhile prolongs nothing.
        let event = if left == Some(Duration::ZERO) {
            Event::Conceal
        } else {
            match wires.inbox.recv_timeout(wait) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Tick(clock.now()),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        };
        if take(event, app, wires, screen)? == Turn::Leave {
            return Ok(());
        }
    }
}

/// Takes an event and everything that waits behind it.
fn take(event: Event, app: &mut App, wires: &Wires, screen: &mut Screen) -> anyhow::Result<Turn> {
    let mut next = Some(event);
    while let Some(event) = next {
        let down = matches!(event, Event::Store(Reply::Down { .. }));
        let effects = app.update(event);
        if down {
            return Err(StoreDown(Catalog::of(app.lang()).shell.down).into());
        }
        if carry_out(effects, wires, Some(&mut *screen))? == Turn::Leave {
            return Ok(Turn::Leave);
        }
        next = wires.inbox.try_recv().ok();
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

/// Without a screen there is nothing to copy from and nothing to draw again.
fn carry_out(
    effects: Vec<Effect>,
    wires: &Wires,
    mut screen: Option<&mut Screen>,
) -> anyhow::Result<Turn> {
    let mut turn = Turn::Go;
    for effect in effects {
        match effect {
            Effect::Store(request) => {
                if wires.requests.send(request).is_err() {
                    turn = Turn::Leave;
                }
            }
            Effect::Copy(text) => screen.as_ref().map_or(Ok(()), |_| Screen::copy(&text))?,
            Effect::Redraw => screen.as_mut().map_or(Ok(()), |screen| screen.redraw())?,
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

/// In builds for tests a fault can be asked for: the screen panics with its next drawing once the
/// file named by `HUIFANG_TEST_PANIC` is there.
fn fault_for_tests() {
    let asked = cfg!(debug_assertions)
        && std::env::var_os("HUIFANG_TEST_PANIC")
            .is_some_and(|file| std::path::Path::new(&file).exists());
    assert!(!asked, "asked for by HUIFANG_TEST_PANIC");
}

/// Says on a terminal that can't show a screen why not, in ASCII; `None` = it can.
pub fn refuse(term: Option<&str>, locale: Option<&str>) -> Option<&'static str> {
    if matches!(term, None | Some("" | "dumb")) {
        return Some(
            "this terminal can't show a screen (TERM is dumb or not set). Try: huifang --help",
        );
    }
    let locale = locale.unwrap_or_default().to_ascii_lowercase();
    if !locale.is_empty() && !locale.contains("utf-8") && !locale.contains("utf8") {
        return Some("the locale is not UTF-8. Set LANG=C.UTF-8 (and UTF-8 in the SSH client)");
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
