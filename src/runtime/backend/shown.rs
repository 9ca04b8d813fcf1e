//! What stands on the terminal: which cells may be written over instead of jumped.

use ratatui::layout::Size;

use super::ink::Ink;

/// What a cell of the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// One narrow character.
    Narrow(char, Ink),
    /// The left half of a wide character.
    Wide,
    /// Anything else: a right half, several characters joined, a place not known.
    Other,
}

const BLANK: Mark = Mark::Narrow(' ', Ink::PLAIN);

/// The cells of the terminal, row by row.
#[derive(Debug)]
pub(super) struct Shown {
    size: Size,
    marks: Vec<Mark>,
}

impl Shown {
    /// An empty terminal.
    pub(super) fn blank(size: Size) -> Self {
        let cells = usize::from(size.width) * usize::from(size.height);
        Self { size, marks: vec![BLANK; cells] }
    }

    fn index(&self, x: u16, y: u16) -> Option<usize> {
        let inside = x < self.size.width && y < self.size.height;
        inside.then(|| usize::from(y) * usize::from(self.size.width) + usize::from(x))
    }

    /// What stands there; outside nothing is known.
    pub(super) fn at(&self, x: u16, y: u16) -> Mark {
        self.index(x, y).and_then(|i| self.marks.get(i)).copied().unwrap_or(Mark::Other)
    }

    /// Cells in a row.
    pub(super) const fn width(&self) -> u16 {
        self.size.width
    }

    /// Whether all cells of a row from one column up to another are empty in the plain ground.
    pub(super) fn is_bare(&self, from: u16, to: u16, y: u16) -> bool {
        (from..to).all(|x| matches!(self.at(x, y), Mark::Narrow(' ', ink) if ink.is_bare()))
    }

    /// Notes what was written over this many cells. The half that is left of a wide character is
    /// empty then; whether there is one behind the last cell is the answer.
    pub(super) fn put(&mut self, x: u16, y: u16, width: u16, mark: Mark) -> bool {
        let behind = x.saturating_add(width);
        let halved = self.at(behind.saturating_sub(1), y) == Mark::Wide;
        for cell in x..behind {
            self.set(cell, y, if cell == x { mark } else { Mark::Other });
        }
        if halved {
            self.set(behind, y, BLANK);
        }
        halved
    }

    fn set(&mut self, x: u16, y: u16, mark: Mark) {
        if let Some(place) = self.index(x, y).and_then(|i| self.marks.get_mut(i)) {
            *place = mark;
        }
    }
}
