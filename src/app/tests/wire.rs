//! What goes over the line: bytes a key, and that a terminal shows exactly what was meant.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use ratatui::layout::Size;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::harness::Harness;
use crate::i18n::Lang;
use crate::runtime::backend::Thrifty;

#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn wired(columns: u16, rows: u16) -> (Wire, Terminal<Thrifty<Wire>>) {
    let wire = Wire::default();
    let backend = Thrifty::new(wire.clone(), Some(Size::new(columns, rows))).unwrap();
    let options = TerminalOptions { viewport: Viewport::Fullscreen };
    (wire, Terminal::with_options(backend, options).unwrap())
}

#[test]
fn a_cursor_key_costs_little_and_the_terminal_shows_what_was_meant() {
    let (columns, rows) = (120, 36);
    let (wire, mut terminal) = wired(columns, rows);
    let mut h = Harness::new(columns, rows, Lang::Zh);
    let mut screen = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
    let mut costs = Vec::new();
    let keys = [
        "", "j", "j", "j", "j", "k", "k", "j", "j", "?", "<esc>", "/", "鼎", "盛", "<esc>", "w",
        "<esc>", "<tab>", "<tab>", "l", "l", "l", "2", "j", "1", ":", "<esc>", "<ctrl-g>", "i",
    ];
    for (step, key) in keys.into_iter().enumerate() {
        h.keys(key);
        terminal.draw(|frame| h.app.render(frame)).unwrap();
        let bytes = std::mem::take(&mut *wire.0.lock().unwrap());
        screen.process(&bytes);
        if (1..9).contains(&step) {
            costs.push(bytes.len());
        }
        let shown: Vec<String> =
            screen.screen().rows(0, columns).map(|row| row.trim_end().to_owned()).collect();
        assert_eq!(shown.join("\n").trim_end(), h.screen().trim_end(), "after {step} {key}");
    }
    costs.sort_unstable();
    assert!(costs[costs.len() / 2] <= 1_500, "{costs:?}");
}

#[test]
fn a_drawing_in_which_nothing_changed_writes_no_cell() {
    let (wire, mut terminal) = wired(120, 36);
    let mut h = Harness::new(120, 36, Lang::Zh);
    terminal.draw(|frame| h.app.render(frame)).unwrap();
    wire.0.lock().unwrap().clear();
    terminal.draw(|frame| h.app.render(frame)).unwrap();
    let bytes = std::mem::take(&mut *wire.0.lock().unwrap());
    assert_eq!(
        String::from_utf8_lossy(&bytes),
        String::from_utf8_lossy(crate::runtime::terminal::HIDE)
    );
}
