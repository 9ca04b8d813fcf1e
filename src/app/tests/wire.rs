//! What goes over the line: bytes a key, and that a terminal shows exactly what was meant.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::harness::Harness;
use crate::i18n::Lang;

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

/// The real backend, but of a set size and without asking a terminal anything.
struct Fixed(CrosstermBackend<Wire>, Size);

impl Backend for Fixed {
    type Error = io::Error;
    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.0.draw(content)
    }
    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }
    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }
    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }
    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }
    fn clear_region(&mut self, kind: ClearType) -> io::Result<()> {
        self.0.clear_region(kind)
    }
    fn size(&self) -> io::Result<Size> {
        Ok(self.1)
    }
    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.1, pixels: Size::ZERO })
    }
    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.0)
    }
}

fn wired(columns: u16, rows: u16) -> (Wire, Terminal<Fixed>) {
    let wire = Wire::default();
    let backend = Fixed(CrosstermBackend::new(wire.clone()), Size::new(columns, rows));
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
        String::from_utf8_lossy(crate::runtime::terminal::NOTHING)
    );
}
