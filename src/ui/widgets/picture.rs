//! A picture in cells: upper half blocks, each cell two pixels; where there is no such block or no
//! colour, the mean of both.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use crate::domain::picture::Picture;
use crate::ui::theme::{Scheme, Theme};

/// Marks for a picture without colour, from dark to light.
const SHADES: [&str; 10] = [" ", ".", ":", "-", "=", "+", "*", "%", "#", "@"];
/// Steps of the colour cube of 256-colour terminals.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// Draws a picture in the middle of an area.
pub fn draw(buf: &mut Buffer, area: Rect, picture: &Picture, theme: &Theme) {
    let width = usize::try_from(picture.width).unwrap_or(0);
    if width == 0 {
        return;
    }
    let rows: Vec<&[[u8; 3]]> = picture.pixels.chunks_exact(width).collect();
    let cells = |n: usize, most: u16| u16::try_from(n).unwrap_or(most).min(most);
    let (wide, high) = (cells(width, area.width), cells(rows.len().div_ceil(2), area.height));
    let (left, top) = (area.x + (area.width - wide) / 2, area.y + (area.height - high) / 2);
    for (y, pair) in (top..top + high).zip(rows.chunks(2)) {
        let [upper, lower] = match pair {
            [upper, lower] => [*upper, *lower],
            [upper] => [*upper, *upper],
            _ => return,
        };
        for (x, (above, below)) in (left..left + wide).zip(upper.iter().zip(lower)) {
            let (symbol, style) = cell(*above, *below, theme);
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }
}

fn cell(above: [u8; 3], below: [u8; 3], theme: &Theme) -> (&'static str, Style) {
    let colour = match theme.scheme() {
        Scheme::Mono => {
            let light = usize::from(light(mean(above, below)));
            return (SHADES.get(light * SHADES.len() / 256).copied().unwrap_or(" "), Style::new());
        }
        Scheme::Sixteen => grey,
        Scheme::Dark | Scheme::Light => indexed,
    };
    let half = theme.glyphs.half;
    if half == " " {
        return (half, Style::new().bg(colour(mean(above, below))));
    }
    let (above, below) = (colour(above), colour(below));
    // A cell of one colour needs no half, which makes long runs and few bytes.
    if above == below {
        (" ", Style::new().bg(below))
    } else {
        (half, Style::new().fg(above).bg(below))
    }
}

fn mean(above: [u8; 3], below: [u8; 3]) -> [u8; 3] {
    let mut out = above;
    for (one, other) in out.iter_mut().zip(below) {
        *one = one.midpoint(other);
    }
    out
}

fn light([r, g, b]: [u8; 3]) -> u8 {
    let sum = u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114;
    u8::try_from(sum / 1000).unwrap_or(u8::MAX)
}

/// The nearest of the colour cube and the greys.
fn indexed(pixel: [u8; 3]) -> Color {
    let step = |part: u8| {
        let near = |(_, step): &(u8, u8)| step.abs_diff(part);
        (0_u8..).zip(STEPS).min_by_key(near).unwrap_or_default()
    };
    let [r, g, b] = pixel.map(step);
    let cube = [r.1, g.1, b.1];
    let shade = light(pixel).saturating_sub(3) / 10;
    let shade = shade.min(23);
    let grey = [8 + 10 * shade; 3];
    let far = |other: [u8; 3]| -> u32 {
        let parts = pixel.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)));
        parts.map(|part| part * part).sum()
    };
    if far(grey) < far(cube) {
        Color::Indexed(232 + shade)
    } else {
        Color::Indexed(16 + 36 * r.0 + 6 * g.0 + b.0)
    }
}

/// Whose sixteen colours nobody knows: four greys mean the same everywhere.
fn grey(pixel: [u8; 3]) -> Color {
    match light(pixel) {
        0..=63 => Color::Black,
        64..=127 => Color::DarkGray,
        128..=191 => Color::Gray,
        _ => Color::White,
    }
}

#[cfg(test)]
mod tests;
