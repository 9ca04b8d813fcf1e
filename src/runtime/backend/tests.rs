use std::io::Write;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::*;

const WIDTH: u16 = 24;
const HEIGHT: u16 = 4;

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

/// A terminal of ours, and another program's idea of what it shows.
struct Pair {
    wire: Wire,
    ours: Terminal<Thrifty<Wire>>,
    theirs: vt100::Parser,
}

type Words = Vec<(u16, u16, &'static str, Style)>;

impl Pair {
    fn new() -> Self {
        let wire = Wire::default();
        let backend = Thrifty::new(wire.clone(), Some(Size::new(WIDTH, HEIGHT))).unwrap();
        let options = TerminalOptions { viewport: Viewport::Fullscreen };
        let ours = Terminal::with_options(backend, options).unwrap();
        let (rows, columns) = (HEIGHT.try_into().unwrap(), WIDTH.try_into().unwrap());
        Self { wire, ours, theirs: vt100::Parser::new(rows, columns, 0) }
    }

    /// Draws words at their places; gives what was written and what was meant.
    fn draw(&mut self, words: &Words) -> (String, Buffer) {
        let draw = |buffer: &mut Buffer| {
            for (x, y, word, style) in words {
                let room = usize::from(WIDTH.saturating_sub(*x));
                buffer.set_stringn(*x, *y, word, room, *style);
            }
        };
        self.ours.draw(|frame| draw(frame.buffer_mut())).unwrap();
        let mut meant = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        draw(&mut meant);
        let bytes = std::mem::take(&mut *self.wire.0.lock().unwrap());
        self.theirs.process(&bytes);
        let bytes = String::from_utf8(bytes).unwrap();
        (bytes.replace("\x1b[?25l", "").replace('\x1b', "^"), meant)
    }

    /// Every cell in which the two differ.
    fn differences(&self, meant: &Buffer) -> Vec<String> {
        let mut found = Vec::new();
        for y in 0..HEIGHT {
            let mut x = 0;
            while x < WIDTH {
                let (cell, seen) = (&meant[(x, y)], self.theirs.screen().cell(y, x).unwrap());
                let blank = cell.symbol() == " ";
                let colour = |c| match c {
                    Color::Indexed(n) => vt100::Color::Idx(n),
                    Color::Red => vt100::Color::Idx(1),
                    _ => vt100::Color::Default,
                };
                let is = |modifier| cell.modifier.contains(modifier);
                let text = if seen.has_contents() { seen.contents() } else { " " };
                let same = text == cell.symbol()
                    && seen.bgcolor() == colour(cell.bg)
                    && seen.inverse() == is(Modifier::REVERSED)
                    && seen.underline() == is(Modifier::UNDERLINED)
                    && (blank && !is(Modifier::REVERSED)
                        || seen.fgcolor() == colour(cell.fg)
                            // The other knows only one of the two at a time.
                            && (is(Modifier::BOLD) && is(Modifier::DIM)
                                || seen.bold() == is(Modifier::BOLD)
                                    && seen.dim() == is(Modifier::DIM)));
                if !same {
                    found.push(format!("{x},{y}: {cell:?} is {seen:?}"));
                }
                x += u16::try_from(cell.symbol().width()).unwrap().max(1);
            }
        }
        found
    }
}

fn style() -> impl Strategy<Value = Style> {
    let colour = prop_oneof![
        3 => Just(Color::Reset),
        1 => Just(Color::Red),
        1 => Just(Color::Indexed(245)),
        1 => Just(Color::Indexed(24)),
    ];
    let modifier = prop_oneof![
        4 => Just(Modifier::empty()),
        1 => Just(Modifier::BOLD),
        1 => Just(Modifier::DIM),
        1 => Just(Modifier::REVERSED),
        1 => Just(Modifier::UNDERLINED | Modifier::BOLD),
    ];
    (colour.clone(), colour, modifier)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

fn words() -> impl Strategy<Value = Words> {
    let word = prop::sample::select(vec![
        "回访",
        "a",
        "逾期 3 天",
        " ",
        "          ",
        "到期before",
        "·…●",
        "x y z",
        "中",
        "e\u{301}",
        "                        ",
        "海",
        "AA",
    ]);
    // One after the other: no word covers half of a wide character of another.
    let row = prop::collection::vec((0..5_u16, word, style()), 0..5);
    prop::collection::vec(row, usize::from(HEIGHT)).prop_map(|rows| {
        let mut words = Words::new();
        for (y, row) in (0..).zip(rows) {
            let mut x = 0;
            for (gap, word, style) in row {
                x += gap;
                if x < WIDTH {
                    words.push((x, y, word, style));
                }
                x += u16::try_from(word.width()).unwrap();
            }
        }
        words
    })
}

proptest! {
    #[test]
    fn the_terminal_shows_what_was_meant(frames in prop::collection::vec(words(), 1..6)) {
        let mut pair = Pair::new();
        for words in frames {
            let (bytes, meant) = pair.draw(&words);
            let differences = pair.differences(&meant);
            prop_assert!(differences.is_empty(), "{differences:#?} after {bytes}");
        }
    }
}

proptest! {
    /// Whoever brings a control character into a cell steers nothing: the terminal shows `?` there
    /// and everything else where it belongs.
    #[test]
    fn a_control_character_in_a_cell_steers_nothing(
        words in words(),
        poison in prop::collection::vec(
            (0..WIDTH, 0..HEIGHT, prop::sample::select(CONTROLS.to_vec())), 1..8),
    ) {
        let drawn = |harmless: bool| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
            for (x, y, word, style) in &words {
                buffer.set_stringn(*x, *y, word, usize::from(WIDTH - *x), *style);
            }
            for (x, y, control) in &poison {
                // A cell of its own, not half of a wide character.
                for x in x.saturating_sub(1)..(x + 2).min(WIDTH) {
                    buffer[(x, *y)].reset();
                }
                buffer[(*x, *y)].set_symbol(if harmless { "?" } else { control });
            }
            buffer
        };
        // Straight to the backend: the library lets none through, at the least where it is checked.
        let (mut pair, poisoned) = (Pair::new(), drawn(false));
        let mut cells = Vec::new();
        for y in 0..HEIGHT {
            let mut x = 0;
            while x < WIDTH {
                let cell = &poisoned[(x, y)];
                cells.push((x, y, cell));
                x += u16::try_from(cell.symbol().width()).unwrap().max(1);
            }
        }
        pair.ours.backend_mut().draw(cells.into_iter()).unwrap();
        let bytes = std::mem::take(&mut *pair.wire.0.lock().unwrap());
        pair.theirs.process(&bytes);
        let differences = pair.differences(&drawn(true));
        let bytes = String::from_utf8_lossy(&bytes);
        prop_assert!(differences.is_empty(), "{differences:#?} after {bytes:?}");
    }
}

const CONTROLS: [&str; 9] =
    ["\r", "\n", "\u{8}", "\u{1b}", "\u{7}", "\t", "\u{9b}", "\u{7f}", "\u{0}"];

#[test]
fn only_what_differs_is_said() {
    let muted = Style::new().fg(Color::Indexed(245));
    let lit = Style::new().bg(Color::Indexed(236));
    let loud = lit.fg(Color::Indexed(203)).add_modifier(Modifier::BOLD);
    let cases: [(Words, Words, &str); 12] = [
        // A colour is named once; a reset is three bytes.
        (vec![], vec![(2, 1, "ab", muted)], "^[2;3H^[38;5;245mab^[m"),
        // Wide characters need no move; a row's beginning no column.
        (vec![], vec![(0, 1, "回访", Style::new())], "^[2H回访"),
        // One cell in between is written again, in the same colour only.
        (vec![(0, 0, "abc", muted)], vec![(0, 0, "xbz", muted)], "^[1H^[38;5;245mxbz^[m"),
        // Far away: moved.
        (
            vec![(0, 0, "abcdefgh", Style::new())],
            vec![(0, 0, "Abcdefg-", Style::new())],
            "^[1HA^[6C-",
        ),
        // The next row from its beginning.
        (vec![], vec![(0, 0, "a", Style::new()), (0, 1, "b", Style::new())], "^[1Ha\r\nb"),
        // The next row from where the cursor is.
        (
            vec![],
            vec![(3, 0, "ab", Style::new()), (3, 1, "cd", Style::new()), (9, 2, "e", Style::new())],
            "^[1;4Hab\n^[2Dcd\n^[4Ce",
        ),
        // Blanks after wide characters are one run, whatever is hidden between them.
        (vec![(0, 0, "回访x", Style::new())], vec![(4, 0, "x", Style::new())], "^[1H    "),
        // A lit row of wide characters that is emptied stays lit without a word in between.
        (
            vec![(0, 0, "贷后检查", lit)],
            vec![(0, 0, "        ", lit)],
            "^[1H^[48;5;236m        ^[m",
        ),
        // To the end of the row one sequence clears.
        (vec![(4, 0, "贷后检查 abc", muted)], vec![], "^[1;5H^[K"),
        // Within the row too, if the run is long.
        (
            vec![(0, 0, "abcdefghijkl|", Style::new())],
            vec![(12, 0, "|", Style::new())],
            "^[1H^[12X",
        ),
        // Only the colour of the text is taken back, the ground stays.
        (
            vec![],
            vec![(0, 0, "a", loud), (1, 0, "b", lit)],
            "^[1H^[1;38;5;203;48;5;236ma^[22;39mb^[m",
        ),
        // What some terminals draw wide: the cursor is placed anew behind it.
        (
            vec![(0, 0, "a-b-c-d", Style::new())],
            vec![(0, 0, "·-b-c-e", Style::new())],
            "^[1H·^[1;7He",
        ),
    ];
    for (before, after, wanted) in cases {
        let mut pair = Pair::new();
        pair.draw(&before);
        let (bytes, meant) = pair.draw(&after);
        assert_eq!(bytes, wanted, "{after:?}");
        assert_eq!(pair.differences(&meant), Vec::<String>::new(), "{after:?}");
    }
}

#[test]
fn after_a_resize_nothing_old_is_believed() {
    let mut pair = Pair::new();
    pair.draw(&vec![(0, 0, "回访 abc", Style::new())]);
    pair.ours.clear().unwrap();
    pair.wire.0.lock().unwrap().clear();
    pair.theirs.process(b"\x1b[2J");
    let words = vec![(0, 0, "x", Style::new()), (3, 0, "y", Style::new())];
    let (bytes, meant) = pair.draw(&words);
    assert_eq!(bytes, "^[1Hx  y");
    assert_eq!(pair.differences(&meant), Vec::<String>::new());
}
