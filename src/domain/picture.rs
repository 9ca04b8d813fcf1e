//! A picture as a terminal can show it: a grid of pixels, and the part of it that is looked at.

/// A picture in red, green, blue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Row by row.
    pub pixels: Vec<[u8; 3]>,
}

/// Why a picture can't be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFault {
    /// Not there, or not for this person: the same on purpose.
    Gone,
    /// Not of a kind that is decoded here.
    Kind,
    /// Broken.
    Broken,
    /// It claims to be larger than any camera makes them.
    TooLarge,
}

/// Which part of a picture is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Cells to fill: columns and rows.
    pub cells: (u16, u16),
    /// Pixels of a cell, across and down.
    pub dots: (u16, u16),
    /// How often larger than the whole picture would be.
    pub zoom: u16,
    /// The middle of the view in thousandths of the picture, from the left and from the top.
    pub middle: (u16, u16),
}

/// Pixels of a cell where a picture is drawn with half blocks.
pub const HALF_BLOCKS: (u16, u16) = (1, 2);

impl Picture {
    fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let (x, y) = (x.min(self.width.saturating_sub(1)), y.min(self.height.saturating_sub(1)));
        let index = u64::from(y) * u64::from(self.width) + u64::from(x);
        usize::try_from(index).ok().and_then(|i| self.pixels.get(i)).copied().unwrap_or_default()
    }

    /// Turned as the camera was held.
    #[must_use]
    pub fn upright(self, orientation: u32) -> Self {
        if orientation == 1 {
            return self;
        }
        let (w, h) = (self.width, self.height);
        let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                let (left, top) = (w - 1, h - 1);
                let (fx, fy) = match orientation {
                    2 => (left - x, y),
                    3 => (left - x, top - y),
                    4 => (x, top - y),
                    5 => (y, x),
                    6 => (y, top - x),
                    7 => (left - y, top - x),
                    8 => (left - y, x),
                    _ => (x, y),
                };
                pixels.push(self.pixel(fx, fy));
            }
        }
        Self { width, height, pixels }
    }

    /// What is seen of it in so many cells.
    #[must_use]
    pub fn view(&self, view: &View) -> Self {
        let side = |cells: u16, dots: u16| u64::from(cells.max(1)) * u64::from(dots.max(1));
        let room = (side(view.cells.0, view.dots.0), side(view.cells.1, view.dots.1));
        let own = (u64::from(self.width.max(1)), u64::from(self.height.max(1)));
        let zoom = u64::from(view.zoom.max(1));
        // The whole picture as large as fits, then as often as asked.
        let wide = own.0 * room.1 > own.1 * room.0;
        let fit = if wide {
            (room.0, (own.1 * room.0 / own.0).max(1))
        } else {
            ((own.0 * room.1 / own.1).max(1), room.1)
        };
        let full = (fit.0 * zoom, fit.1 * zoom);
        let seen = (full.0.min(room.0), full.1.min(room.1));
        let start = |full: u64, seen: u64, middle: u16| {
            (full * u64::from(middle.min(1000)) / 1000).saturating_sub(seen / 2).min(full - seen)
        };
        let from = (start(full.0, seen.0, view.middle.0), start(full.1, seen.1, view.middle.1));
        let source = |at: u64, own: u64, full: u64| u32::try_from(at * own / full).unwrap_or(0);
        let mut pixels = Vec::new();
        for y in from.1..from.1 + seen.1 {
            let (top, bottom) = (source(y, own.1, full.1), source(y + 1, own.1, full.1));
            for x in from.0..from.0 + seen.0 {
                let (left, right) = (source(x, own.0, full.0), source(x + 1, own.0, full.0));
                pixels.push(self.mean(left, top, right.max(left + 1), bottom.max(top + 1)));
            }
        }
        let small = |n: u64| u32::try_from(n).unwrap_or(0);
        Self { width: small(seen.0), height: small(seen.1), pixels }
    }

    fn mean(&self, left: u32, top: u32, right: u32, bottom: u32) -> [u8; 3] {
        let (mut sums, mut count) = ([0_u32; 3], 0);
        for y in top..bottom {
            for x in left..right {
                for (sum, part) in sums.iter_mut().zip(self.pixel(x, y)) {
                    *sum += u32::from(part);
                }
                count += 1;
            }
        }
        sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX))
    }
}
