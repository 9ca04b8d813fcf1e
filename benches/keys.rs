//! What a key costs inside the program, without terminal and threads: the work of the screen, of the
//! store and of drawing, and the bytes that go over the line. Under `valgrind --tool=callgrind` the
//! instructions of a key are the same on every run.
//!
//! `cargo bench --bench keys -- FILE USER KEYS TIMES [BEFORE]`, with `officer`, `supervisor` … as the
//! user's role in the variable `ROLE`; keys are characters or names in angle brackets.

#![expect(clippy::print_stdout, reason = "printing the figures is what it is for")]

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use huifang::access::Actor;
use huifang::app::{App, Effect, Event, Look};
use huifang::clock::FixedClock;
use huifang::domain::ids::UserId;
use huifang::domain::user::Role;
use huifang::runtime::backend::Thrifty;
use huifang::store::{Mode, Store};
use huifang::ui::key::Key;
use huifang::worker::Worker;
use ratatui::layout::Size;
use ratatui::{Terminal, TerminalOptions, Viewport};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const SIZE: (u16, u16) = (120, 36);

#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<u8>>>);

impl Wire {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Screen and store, one after the other.
struct Desk {
    app: App,
    worker: Worker,
    terminal: Terminal<Thrifty<Wire>>,
    wire: Wire,
    at: Duration,
}

/// What one key took: screen, store, drawing; bytes.
#[derive(Clone, Copy, Default)]
struct Cost {
    screen: Duration,
    store: Duration,
    drawing: Duration,
    bytes: usize,
}

impl Desk {
    fn open(file: &Path, user: &str, role: Role) -> Result<Self> {
        let now = "2026-11-23T09:12:00+08:00".parse()?;
        let packs = Arc::new(huifang::assets::packs());
        let store = Store::open(file, packs, Mode::Existing)?;
        let actor = Actor {
            user: UserId::from(user),
            name: user.to_owned(),
            role,
            branch: "城东支行".to_owned(),
            os_user: "bench".to_owned(),
            session: "bench".to_owned(),
            operator: false,
        };
        let wire = Wire::default();
        let backend = Thrifty::new(wire.clone(), Some(Size::new(SIZE.0, SIZE.1)))?;
        let options = TerminalOptions { viewport: Viewport::Fullscreen };
        let mut desk = Self {
            app: App::new(Look::default(), "bench", now, SIZE),
            worker: Worker::new(store, actor, Arc::new(FixedClock::at(now))).without_jobs(),
            terminal: Terminal::with_options(backend, options)?,
            wire,
            at: Duration::ZERO,
        };
        let mut cost = Cost::default();
        let effects = desk.app.start();
        desk.carry_out(effects, &mut cost);
        desk.draw(&mut cost)?;
        println!("first screen: {}", cost.told());
        Ok(desk)
    }

    fn carry_out(&mut self, effects: Vec<Effect>, cost: &mut Cost) {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            let Effect::Store(request) = effect else { continue };
            let start = Instant::now();
            let replies = self.worker.handle(request);
            cost.store += start.elapsed();
            let start = Instant::now();
            for reply in replies {
                queue.extend(self.app.update(Event::Store(reply)));
            }
            cost.screen += start.elapsed();
        }
    }

    fn draw(&mut self, cost: &mut Cost) -> Result<()> {
        let start = Instant::now();
        let app = &mut self.app;
        self.terminal.draw(|frame| app.render(frame))?;
        cost.drawing += start.elapsed();
        cost.bytes += self.wire.take().len();
        Ok(())
    }

    fn key(&mut self, key: Key) -> Result<Cost> {
        let mut cost = Cost::default();
        self.at += Duration::from_millis(60);
        let start = Instant::now();
        let effects = self.app.update(Event::Key(key, self.at));
        cost.screen = start.elapsed();
        self.carry_out(effects, &mut cost);
        self.draw(&mut cost)?;
        Ok(cost)
    }
}

impl Cost {
    fn told(self) -> String {
        let all = self.screen + self.store + self.drawing;
        let ms = |d: Duration| format!("{:.3}", d.as_secs_f64() * 1_000.0);
        format!(
            "{} ms (screen {}, store {}, drawing {}), {} bytes",
            ms(all),
            ms(self.screen),
            ms(self.store),
            ms(self.drawing),
            self.bytes
        )
    }
}

/// Characters, and keys by their names in angle brackets.
fn keys(text: &str) -> Vec<Key> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        let (key, after) = match named {
            Some((name, after)) => (Key::parse(name), after),
            None => (Some(Key::char(c)), rest.strip_prefix(c).unwrap_or_default()),
        };
        found.extend(key);
        rest = after;
    }
    found
}

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|w| w != "--bench").collect();
    let [file, user, text, times, before @ ..] = words.as_slice() else {
        return Err("FILE USER KEYS TIMES [BEFORE]".into());
    };
    let role = std::env::var("ROLE").ok().and_then(|code| Role::from_code(&code));
    let mut desk = Desk::open(Path::new(file), user, role.unwrap_or(Role::Officer))?;
    for key in keys(before.first().map_or("", String::as_str)) {
        desk.key(key)?;
    }
    let played: Vec<Key> = keys(text);
    let times: usize = times.parse()?;
    let mut costs = Vec::new();
    for key in played.iter().cycle().take(times) {
        costs.push(desk.key(*key)?);
    }
    let pick = |part: usize, of: usize| {
        let nth = |mut all: Vec<Duration>| {
            all.sort_unstable();
            all.get((all.len() * part / of).min(all.len().saturating_sub(1))).copied()
        };
        let mut bytes: Vec<usize> = costs.iter().map(|c| c.bytes).collect();
        bytes.sort_unstable();
        let whole = |c: &Cost| c.screen + c.store + c.drawing;
        println!(
            "{:>3} %: {:.3} ms, {} bytes",
            100 * part / of,
            nth(costs.iter().map(whole).collect()).unwrap_or_default().as_secs_f64() * 1_000.0,
            bytes.get((bytes.len() * part / of).min(bytes.len().saturating_sub(1))).unwrap_or(&0)
        );
    };
    pick(1, 2);
    pick(99, 100);
    let mut mean = Cost::default();
    for cost in &costs {
        mean.screen += cost.screen;
        mean.store += cost.store;
        mean.drawing += cost.drawing;
        mean.bytes += cost.bytes;
    }
    let count = u32::try_from(costs.len().max(1))?;
    mean = Cost {
        screen: mean.screen / count,
        store: mean.store / count,
        drawing: mean.drawing / count,
        bytes: mean.bytes / costs.len().max(1),
    };
    println!("mean: {}", mean.told());
    Ok(())
}
