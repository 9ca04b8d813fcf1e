//! The backend: ratatui's for crossterm, but cheaper on the line for Chinese text.
//!
//! The stock one moves the cursor after every wide character and names all colours at each change;
//! over SSH that doubles the bytes of a key. This one knows how wide a character is and what stands
//! on the terminal: it goes to the next change the shortest way, says of colours only what differs,
//! and clears empty places instead of writing blanks.

mod ink;
mod shown;

use std::io::{self, Write};
use std::ops::Range;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr;

use ink::Ink;
use shown::{Mark, Shown};

/// From how many empty cells on clearing them is shorter than writing them: to the end of the row,
/// and within it, where the cursor must be moved behind them.
const CLEAR_ROW: u16 = 4;
const CLEAR_SOME: u16 = 9;
/// Over how many cells it may pay to write them again instead of moving.
const OVERWRITE: u16 = 4;

/// A backend over a writer; `size` stands in for the terminal's own in tests and benches.
#[derive(Debug)]
pub struct Thrifty<W: Write> {
    inner: CrosstermBackend<W>,
    size: Option<Size>,
    shown: Shown,
}

impl<W: Write> Thrifty<W> {
    /// A backend over a writer.
    pub fn new(writer: W, size: Option<Size>) -> io::Result<Self> {
        let mut backend = Self {
            inner: CrosstermBackend::new(writer),
            size,
            shown: Shown::blank(Size::default()),
        };
        backend.shown = Shown::blank(backend.size()?);
        Ok(backend)
    }
}

/// What may be written of a cell. Drawing moves the cursor by the same returns, line feeds and
/// backspaces that could stand in a text from outside: one that has come as far as a cell shows as
/// `?` and moves nothing.
fn harmless(symbol: &str) -> &str {
    if !symbol.chars().any(char::is_control) {
        return symbol;
    }
    if symbol.width() > 1 { "??" } else { "?" }
}

/// One drawing in the making.
struct Drawing<'s> {
    out: Vec<u8>,
    shown: &'s mut Shown,
    /// Where the terminal's cursor is, if that is known.
    at: Option<(u16, u16)>,
    /// Whether it is there on every terminal: since it was last placed nothing was written that
    /// some draw wider than others.
    sure: bool,
    ink: Ink,
    /// Empty cells not written yet, with their row.
    empty: Option<(Range<u16>, u16)>,
}

impl Drawing<'_> {
    fn cell(&mut self, x: u16, y: u16, cell: &Cell) {
        let (ink, symbol) = (Ink::of(cell), harmless(cell.symbol()));
        if symbol == " " && ink.is_bare() {
            return self.blank(x, y, ink);
        }
        self.spare(x, y);
        self.flush();
        self.go(x, y);
        let keeps = symbol == " " && ink.blanks_like(self.ink);
        if !keeps {
            self.turn(ink);
        }
        self.out.extend_from_slice(symbol.as_bytes());
        let mut characters = symbol.chars();
        let first = characters.next().unwrap_or(' ');
        let width = u16::try_from(symbol.width()).unwrap_or(1).max(1);
        // Terminals agree on the width of a single character, not on that of several joined.
        let single = characters.next().is_none();
        self.at = single.then(|| (x.saturating_add(width), y));
        self.sure &= first.is_ascii() || width == 2;
        let mark = match width {
            1 if single => Mark::Narrow(first, ink),
            2 if single => Mark::Wide,
            _ => Mark::Other,
        };
        let halved = self.shown.put(x, y, width, mark);
        if halved && !ink.is_bare() {
            // Some terminals empty the other half in the new ground.
            self.blank(x.saturating_add(width), y, Ink::PLAIN);
        }
    }

    /// Takes an empty cell to those before it, if what lies between is empty as well.
    fn blank(&mut self, x: u16, y: u16, ink: Ink) {
        let joins = self.empty.as_ref().is_some_and(|(run, row)| {
            *row == y && x <= run.end + OVERWRITE && self.shown.is_bare(run.end, x, y)
        });
        if !joins {
            self.flush();
        }
        let halved = self.shown.put(x, y, 1, Mark::Narrow(' ', ink));
        let end = x.saturating_add(1 + u16::from(halved));
        let (run, _) = self.empty.get_or_insert((x..x, y));
        run.end = run.end.max(end);
    }

    /// Leaves the last of the empty cells that wait unwritten: something comes to stand there.
    fn spare(&mut self, x: u16, y: u16) {
        let Some((mut run, row)) = self.empty.take() else { return };
        if row == y && run.end == x.saturating_add(1) {
            run.end = x;
        }
        self.empty = (!run.is_empty()).then_some((run, row));
    }

    /// Writes the empty cells that wait.
    fn flush(&mut self) {
        let Some((run, y)) = self.empty.take() else { return };
        let count = run.end - run.start;
        self.go(run.start, y);
        // A terminal clears in the ground it writes in.
        if !self.ink.is_bare() {
            self.turn(Ink::PLAIN);
        }
        if count >= CLEAR_ROW && self.shown.is_bare(run.end, self.shown.width(), y) {
            self.out.extend_from_slice(b"\x1b[K");
        } else if count >= CLEAR_SOME {
            self.say(format_args!("\x1b[{count}X"));
        } else {
            self.out.extend(std::iter::repeat_n(b' ', usize::from(count)));
            self.at = Some((run.end, y));
        }
    }

    fn turn(&mut self, ink: Ink) {
        self.ink.turn_to(ink, &mut self.out);
        self.ink = ink;
    }

    /// Moves the cursor the shortest way.
    fn go(&mut self, x: u16, y: u16) {
        match self.at {
            Some(here) if here == (x, y) => return,
            Some((from, row)) if row == y && from < x && self.sure => self.forward(from, x, y),
            Some((_, row)) if x == 0 && row.checked_add(1) == Some(y) => {
                self.out.extend_from_slice(b"\r\n");
                self.sure = true;
            }
            // Behind the last column terminals differ in where they are.
            Some((from, row))
                if self.sure && row.checked_add(1) == Some(y) && from < self.shown.width() =>
            {
                self.out.push(b'\n');
                match (from.checked_sub(x), x.abs_diff(from)) {
                    (_, 0) => {}
                    (Some(_), 1) => self.out.push(b'\x08'),
                    (Some(back), _) => self.say(format_args!("\x1b[{back}D")),
                    (None, gap) => self.say(format_args!("\x1b[{gap}C")),
                }
            }
            _ => {
                match x {
                    0 => self.say(format_args!("\x1b[{}H", y + 1)),
                    _ => self.say(format_args!("\x1b[{};{}H", y + 1, x + 1)),
                }
                self.sure = true;
            }
        }
        self.at = Some((x, y));
    }

    /// Over what stands in between: written again where that is no longer than moving.
    fn forward(&mut self, from: u16, to: u16, y: u16) {
        let gap = to - from;
        let mut text = String::new();
        let same = gap <= OVERWRITE
            && (from..to).all(|x| match self.shown.at(x, y) {
                Mark::Narrow(c, ink) if c.is_ascii() => {
                    text.push(c);
                    ink == self.ink || (c == ' ' && ink.blanks_like(self.ink))
                }
                _ => false,
            });
        match gap {
            _ if same => self.out.extend_from_slice(text.as_bytes()),
            1 => self.out.extend_from_slice(b"\x1b[C"),
            _ => self.say(format_args!("\x1b[{gap}C")),
        }
    }

    fn say(&mut self, sequence: std::fmt::Arguments<'_>) {
        // Writing to memory has nothing that could fail.
        let _in_memory = self.out.write_fmt(sequence);
    }
}

impl<W: Write> Backend for Thrifty<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut drawing = Drawing {
            out: Vec::new(),
            shown: &mut self.shown,
            at: None,
            sure: false,
            ink: Ink::PLAIN,
            empty: None,
        };
        for (x, y, cell) in content {
            drawing.cell(x, y, cell);
        }
        drawing.flush();
        drawing.turn(Ink::PLAIN);
        let out = drawing.out;
        self.inner.write_all(&out)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }
    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }
    /// Never asked of the terminal: the answer would have to be read by the input thread.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }
    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }
    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }
    fn clear_region(&mut self, kind: ClearType) -> io::Result<()> {
        // Only the whole screen is ever cleared; of anything else nothing would be known.
        let size = if kind == ClearType::All { self.size()? } else { Size::default() };
        self.shown = Shown::blank(size);
        self.inner.clear_region(kind)
    }
    fn size(&self) -> io::Result<Size> {
        self.size.map_or_else(|| self.inner.size(), Ok)
    }
    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }
    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests;
