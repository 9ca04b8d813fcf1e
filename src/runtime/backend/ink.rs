//! How cells look, and the shortest way to tell a terminal of a change of it.

use std::io::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Colours and modifiers of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// The modifiers in use: the bit, the code that sets it, the code that ends it.
const MODIFIERS: [(Modifier, u8, u8); 6] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What is seen of a cell without a character, beside its ground.
const SEEN_ON_BLANK: Modifier =
    Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

impl Ink {
    /// As a terminal starts, and as it is after a reset.
    pub(super) const PLAIN: Self =
        Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    pub(super) const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank in this ink is an empty place of the terminal's own ground.
    pub(super) fn is_bare(self) -> bool {
        self.bg == Color::Reset && !self.modifier.intersects(SEEN_ON_BLANK)
    }

    /// Whether a blank looks the same in both.
    pub(super) fn blanks_like(self, other: Self) -> bool {
        let plain = !(self.modifier | other.modifier).intersects(SEEN_ON_BLANK);
        self == other || (plain && self.bg == other.bg)
    }

    /// Tells the terminal, which writes in `self`, to write in `to`: either only what differs, or
    /// everything anew, whichever is shorter.
    pub(super) fn turn_to(self, to: Self, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        if to == Self::PLAIN {
            out.extend_from_slice(b"\x1b[m");
            return;
        }
        let (mut change, mut anew) = (Codes::default(), Codes::default());
        // An empty parameter is 0: everything off.
        anew.0.push(b';');
        let gone = self.modifier - to.modifier;
        // One code ends both bold and dim; the one that stays is set again.
        let dulled = gone.intersects(Modifier::BOLD | Modifier::DIM);
        let mut ended = 0;
        for (modifier, _, end) in MODIFIERS {
            if gone.contains(modifier) && end != ended {
                change.add(&[end]);
                ended = end;
            }
        }
        for (modifier, set, end) in MODIFIERS {
            if to.modifier.contains(modifier) {
                anew.add(&[set]);
                if !self.modifier.contains(modifier) || (dulled && end == 22) {
                    change.add(&[set]);
                }
            }
        }
        for (had, wants, base) in [(self.fg, to.fg, 30), (self.bg, to.bg, 40)] {
            if wants != Color::Reset {
                anew.colour(wants, base);
            }
            if had != wants {
                change.colour(wants, base);
            }
        }
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(if change.0.len() < anew.0.len() { &change.0 } else { &anew.0 });
        out.push(b'm');
    }
}

/// Parameters of a sequence, parted by `;`.
#[derive(Default)]
struct Codes(Vec<u8>);

impl Codes {
    fn add(&mut self, codes: &[u8]) {
        for code in codes {
            if !matches!(self.0.last(), None | Some(b';')) {
                self.0.push(b';');
            }
            // Writing to memory has nothing that could fail.
            let _in_memory = write!(self.0, "{code}");
        }
    }

    /// `base` is 30 for the text and 40 for the ground.
    fn colour(&mut self, colour: Color, base: u8) {
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
            Color::Reset => self.add(&[base + 9]),
            Color::Indexed(n) => self.add(&[base + 8, 5, n]),
            Color::Rgb(r, g, b) => self.add(&[base + 8, 2, r, g, b]),
            named => {
                let place = (0_u8..).zip(basic).find(|(_, c)| *c == named).map_or(7, |(n, _)| n);
                self.add(&[if place < 8 { base + place } else { base + 52 + place }]);
            }
        }
    }
}
