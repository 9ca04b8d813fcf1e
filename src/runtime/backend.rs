//! The backend: ratatui's for crossterm, but cheaper on the line for Chinese text.
//!
//! The stock one moves the cursor after every wide character and names all colours at each change;
//! over SSH that doubles the bytes of a key. This one knows how wide a character is.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// A backend over a writer; `size` stands in for the terminal's own in tests.
#[derive(Debug)]
pub(crate) struct Thrifty<W: Write> {
    inner: CrosstermBackend<W>,
    size: Option<Size>,
}

impl<W: Write> Thrifty<W> {
    /// A backend over a writer.
    pub(crate) const fn new(writer: W, size: Option<Size>) -> Self {
        Self { inner: CrosstermBackend::new(writer), size }
    }
}

/// Codes of the modifiers in use.
const MODIFIERS: [(Modifier, &str); 6] = [
    (Modifier::BOLD, ";1"),
    (Modifier::DIM, ";2"),
    (Modifier::ITALIC, ";3"),
    (Modifier::UNDERLINED, ";4"),
    (Modifier::REVERSED, ";7"),
    (Modifier::CROSSED_OUT, ";9"),
];

/// Writes the code of a colour; `base` is 30 for the text and 40 for the ground.
fn colour(out: &mut Vec<u8>, colour: Color, base: u8) -> io::Result<()> {
    let basic = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Color::Reset => Ok(()),
        Color::Indexed(n) => write!(out, ";{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => write!(out, ";{};2;{r};{g};{b}", base + 8),
        named => {
            let place = (0_u8..).zip(basic).find(|(_, c)| *c == named).map_or(7, |(n, _)| n);
            let code = if place < 8 { base + place } else { base + 52 + place };
            write!(out, ";{code}")
        }
    }
}

impl<W: Write> Backend for Thrifty<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut out = Vec::new();
        let mut at = None;
        let mut style = (Color::Reset, Color::Reset, Modifier::empty());
        for (x, y, cell) in content {
            if at != Some((x, y)) {
                write!(out, "\x1b[{};{}H", y + 1, x + 1)?;
            }
            let wanted = (cell.fg, cell.bg, cell.modifier);
            if wanted != style {
                out.extend_from_slice(b"\x1b[0");
                for (modifier, code) in MODIFIERS {
                    if cell.modifier.contains(modifier) {
                        out.extend_from_slice(code.as_bytes());
                    }
                }
                colour(&mut out, cell.fg, 30)?;
                colour(&mut out, cell.bg, 40)?;
                out.push(b'm');
                style = wanted;
            }
            let symbol = cell.symbol();
            out.extend_from_slice(symbol.as_bytes());
            // Terminals agree on the width of a single character, not on that of several joined.
            let single = symbol.chars().nth(1).is_none();
            let width = u16::try_from(symbol.width()).unwrap_or(1).max(1);
            at = single.then(|| (x.saturating_add(width), y));
        }
        if style != (Color::Reset, Color::Reset, Modifier::empty()) {
            out.extend_from_slice(b"\x1b[0m");
        }
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
        self.inner.clear()
    }
    fn clear_region(&mut self, kind: ClearType) -> io::Result<()> {
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
