//! The terminal: entering, leaving, drawing in one write.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use ratatui::Terminal;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::ResetColor;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};

use super::backend::Thrifty;
use super::pixels::{Canvas, Pixels};
use crate::app::App;

/// Begin and end of a drawing that the terminal shows at once (DEC mode 2026).
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// The last thing of a drawing without a cursor; if nothing else changed, the only one.
pub(crate) const HIDE: &[u8] = b"\x1b[?25l";

/// Collects a drawing so that it goes out in one write. The backend keeps one handle, the screen
/// the other, because the backend does not give its writer back.
#[derive(Debug, Clone, Default)]
struct Collector(Arc<Mutex<Vec<u8>>>);

impl Write for Collector {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Collector {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Where the screen panicked.
static FAULT: Mutex<Option<String>> = Mutex::new(None);

/// Where the screen panicked, if it did: file, line and column.
pub(super) fn fault() -> Option<String> {
    FAULT.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The terminal while the screen is up.
#[derive(Debug)]
pub(super) struct Screen {
    terminal: Terminal<Thrifty<Collector>>,
    collected: Collector,
    hidden: bool,
    canvas: Canvas,
}

impl Screen {
    /// Enters: raw mode, alternate screen, bracketed paste; a panic restores before it is told.
    pub(super) fn enter(pixels: Option<Pixels>) -> io::Result<Self> {
        let screen = thread::current().id();
        std::panic::set_hook(Box::new(move |info| {
            // What a panic says may hold a customer's name; where it happened does not.
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "panic");
            if thread::current().id() == screen {
                *FAULT.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
                // Nothing can be done about a failure while panicking.
                let _ = restore();
            }
        }));
        enable_raw_mode()?;
        let entered = Self::set_up(pixels);
        if entered.is_err() {
            let _ = restore();
        }
        entered
    }

    fn set_up(pixels: Option<Pixels>) -> io::Result<Self> {
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        let collected = Collector::default();
        let terminal = Terminal::new(Thrifty::new(collected.clone(), None)?)?;
        Ok(Self { terminal, collected, hidden: false, canvas: Canvas::new(pixels) })
    }

    /// Columns and rows.
    pub(super) fn size() -> io::Result<(u16, u16)> {
        size()
    }

    /// Draws what differs from the last drawing.
    pub(super) fn draw(&mut self, app: &mut App) -> io::Result<()> {
        self.terminal.draw(|frame| app.render(frame))?;
        let stroke = self.canvas.follow(app.placed());
        if stroke.anew {
            self.terminal.clear()?;
            self.terminal.draw(|frame| app.render(frame))?;
        }
        self.present(&stroke.bytes)
    }

    /// Sends what was collected; a drawing that changes nothing sends nothing.
    fn present(&mut self, picture: &[u8]) -> io::Result<()> {
        let bytes = self.collected.take();
        let rest = bytes.strip_suffix(HIDE);
        // A cursor that is hidden already is not hidden again.
        let news = if self.hidden { rest.unwrap_or(&bytes) } else { &bytes };
        self.hidden = rest.is_some() || (self.hidden && bytes.is_empty());
        if news.is_empty() && picture.is_empty() {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(news.len() + picture.len() + BEGIN.len() + END.len());
        frame.extend_from_slice(BEGIN);
        frame.extend_from_slice(news);
        frame.extend_from_slice(picture);
        frame.extend_from_slice(END);
        let mut out = io::stdout().lock();
        out.write_all(&frame)?;
        out.flush()
    }

    /// The next drawing draws everything.
    pub(super) fn redraw(&mut self) -> io::Result<()> {
        self.canvas.forget();
        self.terminal.clear()
    }

    /// Puts a text on the officer's own clipboard (OSC 52).
    pub(super) fn copy(text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }
}

/// Gives the terminal back as it was found. Harmless when done twice. The line's own settings come
/// back even if the terminal takes no more bytes.
pub fn restore() -> io::Result<()> {
    let told = tell();
    cook()?;
    told
}

/// Ends what was begun with bytes: a drawing that was torn, colours, pastes, screen, cursor.
fn tell() -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(END)?;
    execute!(out, ResetColor, DisableBracketedPaste, LeaveAlternateScreen, Show)
}

/// Only the line's own settings, which needs no bytes.
pub(super) fn cook() -> io::Result<()> {
    disable_raw_mode()
}
