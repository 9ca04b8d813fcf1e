//! Pictures that the terminal draws itself, where it can: as sixels, or by kitty's protocol. What a
//! picture covers is left empty by the screen; this follows which picture lies where.

mod sixel;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ratatui::layout::Rect;

use super::probe::Answers;
use crate::domain::picture::Picture;
use crate::protocol::page::PicturePage;
use crate::ui::overlays::Placed;

/// How a terminal is told to draw a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Sixels: xterm, foot, mlterm, Windows Terminal, Konsole and others.
    Sixel,
    /// The graphics protocol of kitty: kitty, Ghostty, `WezTerm`.
    Kitty,
}

/// That a terminal draws pictures itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pixels {
    /// How it is told to.
    pub protocol: Protocol,
    /// Pixels of a cell, across and down.
    pub dots: (u16, u16),
}

/// The most bytes of a part of a picture in kitty's protocol.
const PART: usize = 4096;
/// Takes the picture away in kitty's protocol.
const KITTY_AWAY: &[u8] = b"\x1b_Ga=d,d=I,i=1,q=2\x1b\\";

/// Finds out whether a terminal draws pictures: by its name, by what it answered, and by whether its
/// window has a size in pixels. `asked` is what the settings say, if they do.
pub fn of(asked: Option<Protocol>, answers: Answers, term: Option<&str>) -> Option<Pixels> {
    let kitty = |term: &str| ["kitty", "ghostty", "wezterm"].iter().any(|one| term.contains(one));
    let protocol = match (asked, answers.sixel) {
        (Some(protocol), _) => protocol,
        (None, _) if term.is_some_and(kitty) => Protocol::Kitty,
        (None, true) => Protocol::Sixel,
        (None, false) => return None,
    };
    let window = ratatui::crossterm::terminal::window_size().ok()?;
    let side = |pixels: u16, cells: u16| pixels.checked_div(cells).filter(|one| *one > 0);
    let dots = (side(window.width, window.columns)?, side(window.height, window.rows)?);
    Some(Pixels { protocol, dots })
}

/// The picture that lies on the screen.
#[derive(Debug)]
pub(super) struct Canvas {
    pixels: Option<Pixels>,
    shown: Option<(Rect, Arc<PicturePage>)>,
}

/// What has to be done to the screen for a picture.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stroke {
    /// Everything has to be drawn anew: only that takes sixels away.
    pub(super) anew: bool,
    /// What to write behind the drawing.
    pub(super) bytes: Vec<u8>,
}

impl Canvas {
    pub(super) const fn new(pixels: Option<Pixels>) -> Self {
        Self { pixels, shown: None }
    }

    /// The screen was cleared, and the picture with it.
    pub(super) fn forget(&mut self) {
        self.shown = None;
    }

    /// Follows the picture that the screen has left room for.
    pub(super) fn follow(&mut self, placed: Option<&Placed>) -> Stroke {
        let Some(pixels) = self.pixels else { return Stroke::default() };
        let same = match (&self.shown, placed) {
            (None, None) => true,
            (Some((area, page)), Some(new)) => *area == new.area && Arc::ptr_eq(page, &new.page),
            _ => false,
        };
        if same {
            return Stroke::default();
        }
        let mut stroke = Stroke::default();
        if self.shown.take().is_some() {
            match pixels.protocol {
                Protocol::Sixel => stroke.anew = true,
                Protocol::Kitty => stroke.bytes.extend_from_slice(KITTY_AWAY),
            }
        }
        if let Some(new) = placed
            && let Ok(picture) = &new.page.picture
        {
            draw(pixels, new.area, picture, &mut stroke.bytes);
            self.shown = Some((new.area, Arc::clone(&new.page)));
        }
        stroke
    }
}

/// Writes a picture at its place; the cursor goes back to where it was.
fn draw(pixels: Pixels, area: Rect, picture: &Picture, out: &mut Vec<u8>) {
    let place = format!("\x1b7\x1b[{};{}H", area.y + 1, area.x + 1);
    out.extend_from_slice(place.as_bytes());
    match pixels.protocol {
        Protocol::Sixel => sixel::encode(picture, out),
        Protocol::Kitty => kitty(picture, area, out),
    }
    out.extend_from_slice(b"\x1b8");
}

/// A picture in kitty's protocol, as PNG in parts. Nothing is written of one that can't be packed.
fn kitty(picture: &Picture, area: Rect, out: &mut Vec<u8>) {
    let Some(file) = png(picture) else { return };
    let text = STANDARD.encode(file);
    let parts: Vec<&[u8]> = text.as_bytes().chunks(PART).collect();
    let last = parts.len().saturating_sub(1);
    for (n, part) in parts.into_iter().enumerate() {
        let more = u8::from(n < last);
        let head = if n == 0 {
            let Rect { width, height, .. } = area;
            format!("\x1b_Ga=T,f=100,i=1,q=2,C=1,c={width},r={height},m={more};")
        } else {
            format!("\x1b_Gm={more};")
        };
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(part);
        out.extend_from_slice(b"\x1b\\");
    }
}

fn png(picture: &Picture) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(picture.pixels.as_flattened()).ok()?;
    writer.finish().ok()?;
    Some(file)
}

#[cfg(test)]
mod tests;
