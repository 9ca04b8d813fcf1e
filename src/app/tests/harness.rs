//! The application with canned pages behind it, driven by key strings, seen as text.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeZone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::canned::Canned;
use crate::app::{App, Effect, Event, Look};
use crate::clock::china;
use crate::i18n::Lang;
use crate::protocol::command::Command;
use crate::ui::key::Key;
use crate::ui::theme::{Meaning, Scheme, Theme};

pub(super) fn now() -> DateTime<FixedOffset> {
    china().with_ymd_and_hms(2026, 11, 23, 9, 12, 0).unwrap()
}

pub(super) struct Harness {
    pub(super) app: App,
    pub(super) canned: Canned,
    pub(super) written: Vec<Command>,
    pub(super) copied: Vec<String>,
    pub(super) quit: bool,
    terminal: Terminal<TestBackend>,
    shown: Buffer,
    at: Duration,
}

impl Harness {
    pub(super) fn new(columns: u16, rows: u16, lang: Lang) -> Self {
        Self::with(columns, rows, Look { lang, clipboard: true, ..Look::default() })
    }

    pub(super) fn with(columns: u16, rows: u16, look: Look) -> Self {
        let mut app = App::new(look, "test", now(), (columns, rows));
        let effects = app.start();
        let mut harness = Self {
            app,
            canned: Canned::default(),
            written: Vec::new(),
            copied: Vec::new(),
            quit: false,
            terminal: Terminal::new(TestBackend::new(columns, rows)).unwrap(),
            shown: Buffer::default(),
            at: Duration::ZERO,
        };
        harness.carry_out(effects);
        harness.draw();
        harness
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Store(request) => {
                    if let crate::protocol::reply::Request::Apply { command, .. } = &request {
                        self.written.push(command.clone());
                    }
                    for reply in self.canned.handle(request) {
                        queue.extend(self.app.update(Event::Store(reply)));
                    }
                }
                Effect::Copy(text) => self.copied.push(text),
                Effect::Redraw => {}
                Effect::Quit => self.quit = true,
            }
        }
    }

    pub(super) fn event(&mut self, event: Event) {
        let effects = self.app.update(event);
        self.carry_out(effects);
    }

    pub(super) fn key(&mut self, key: Key) {
        self.at += Duration::from_millis(60);
        self.event(Event::Key(key, self.at));
    }

    /// `jj<enter>2<tab>`: characters and names in angle brackets; `<lt>` is `<`.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in read_keys(keys) {
            self.key(key);
        }
        self.draw();
        self
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.event(Event::Resize(columns, rows));
        self.terminal.backend_mut().resize(columns, rows);
        self.terminal.resize(ratatui::layout::Rect::new(0, 0, columns, rows)).unwrap();
        self.draw();
    }

    pub(super) fn draw(&mut self) {
        let app = &mut self.app;
        // The backend keeps what stands under the second half of a wide character; the frame
        // does not.
        self.shown = self.terminal.draw(|frame| app.render(frame)).unwrap().buffer.clone();
    }

    pub(super) fn buffer(&self) -> &Buffer {
        &self.shown
    }

    /// The screen as lines, without the cells hidden behind wide characters.
    pub(super) fn screen(&self) -> String {
        as_text(self.buffer())
    }

    /// The screen, then which cells carry which meaning: `3: 5-12 overdue`.
    pub(super) fn screen_with_styles(&self) -> String {
        let mut out = self.screen();
        out.push('\n');
        for (y, row) in rows(self.buffer()).iter().enumerate() {
            let mut runs: Vec<(usize, usize, &'static str)> = Vec::new();
            for (x, _, style) in row {
                let name = meaning(*style);
                match runs.last_mut() {
                    Some((_, end, last)) if *last == name && *end + 2 >= *x => *end = *x,
                    _ => runs.push((*x, *x, name)),
                }
            }
            runs.retain(|(_, _, name)| !name.is_empty());
            if !runs.is_empty() {
                let runs: Vec<String> =
                    runs.iter().map(|(a, b, n)| format!("{a}-{b} {n}")).collect();
                out.extend(["\n", &y.to_string(), ": ", &runs.join(", ")]);
            }
        }
        out
    }
}

/// Characters, and keys by their names in angle brackets; `<lt>` is `<`.
pub(super) fn read_keys(keys: &str) -> Vec<Key> {
    let mut found = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        if let Some((name, after)) = named {
            let key = if name == "lt" { Some(Key::char('<')) } else { Key::parse(name) };
            found.push(key.unwrap_or_else(|| panic!("no key {name}")));
            rest = after;
        } else {
            found.push(Key::char(c));
            rest = rest.get(c.len_utf8()..).unwrap();
        }
    }
    found
}

/// A buffer as lines, without the cells hidden behind wide characters.
pub(super) fn as_text(buffer: &Buffer) -> String {
    let lines: Vec<String> =
        rows(buffer).iter().map(|row| text(row).trim_end().to_owned()).collect();
    lines.join("\n")
}

type Cell = (usize, String, Style);

fn rows(buffer: &Buffer) -> Vec<Vec<Cell>> {
    let area = buffer.area;
    (0..area.height)
        .map(|y| {
            let mut x = 0;
            let mut row = Vec::new();
            while x < area.width {
                let cell = &buffer[(x, y)];
                row.push((usize::from(x), cell.symbol().to_owned(), cell.style()));
                x += u16::try_from(cell.symbol().width().max(1)).unwrap();
            }
            row
        })
        .collect()
}

fn text(row: &[Cell]) -> String {
    row.iter().map(|(_, symbol, _)| symbol.as_str()).collect()
}

/// Width of each line as drawn.
pub(super) fn widths(buffer: &Buffer) -> Vec<usize> {
    rows(buffer).iter().map(|row| text(row).width()).collect()
}

/// The first meaning whose style this is, in the dark scheme.
fn meaning(style: Style) -> &'static str {
    const NAMES: [(Meaning, &str); 12] = [
        (Meaning::Focused, "focused"),
        (Meaning::Selected, "selected"),
        (Meaning::Shadow, "shadow"),
        (Meaning::Overdue, "overdue"),
        (Meaning::Orange, "orange"),
        (Meaning::Yellow, "yellow"),
        (Meaning::Good, "good"),
        (Meaning::Match, "match"),
        (Meaning::Accent, "accent"),
        (Meaning::Heading, "heading"),
        (Meaning::Muted, "muted"),
        (Meaning::Rule, ""),
    ];
    let theme = Theme::new(Scheme::Dark, false, false);
    for (meaning, name) in NAMES {
        let wanted = theme.style(meaning);
        let background = wanted.bg.is_some();
        if (background && style.bg == wanted.bg)
            || (!background
                && style.fg.unwrap_or_default() == wanted.fg.unwrap_or_default()
                && style.add_modifier == wanted.add_modifier)
        {
            return name;
        }
    }
    ""
}
