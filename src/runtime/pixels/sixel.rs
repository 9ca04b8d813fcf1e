//! A picture as sixels: bands of six rows, each drawn once for every colour in it. The colours are a
//! cube of six steps a side, and an ordered dither hides the steps; so a picture needs no search for
//! its own colours, and the same picture gives the same bytes.

use std::io::Write;

use crate::domain::picture::Picture;

/// Rows of a band.
const BAND: usize = 6;
/// Steps of each side of the colour cube.
const STEPS: usize = 6;
const COLOURS: usize = STEPS * STEPS * STEPS;
/// Thresholds of the dither, in sixteenths of a step.
const DITHER: [[u8; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];
/// From so many equal sixels on a repeat is shorter.
const REPEAT: usize = 4;

/// Writes a picture where the cursor is.
pub(super) fn encode(picture: &Picture, out: &mut Vec<u8>) {
    let width = usize::try_from(picture.width).unwrap_or(0);
    if width == 0 {
        return;
    }
    // Pixels that no band draws keep their ground; one pixel is as high as it is wide.
    say(out, format_args!("\x1bP0;1;0q\"1;1;{};{}", picture.width, picture.height));
    for colour in 0..COLOURS {
        let [r, g, b] = parts(colour).map(|step| step * 100 / (STEPS - 1));
        say(out, format_args!("#{colour};2;{r};{g};{b}"));
    }
    let rows: Vec<&[[u8; 3]]> = picture.pixels.chunks_exact(width).collect();
    for (n, band) in rows.chunks(BAND).enumerate() {
        let mut sixels = vec![Vec::new(); COLOURS];
        for (y, row) in band.iter().enumerate() {
            for (x, pixel) in row.iter().enumerate() {
                let colour = nearest(*pixel, x, n * BAND + y);
                if let Some(line) = sixels.get_mut(colour) {
                    line.resize(width, 0_u8);
                    if let Some(sixel) = line.get_mut(x) {
                        *sixel |= 1 << y;
                    }
                }
            }
        }
        for (colour, line) in sixels.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            say(out, format_args!("#{colour}"));
            runs(line, out);
            out.push(b'$');
        }
        out.push(b'-');
    }
    out.extend_from_slice(b"\x1b\\");
}

/// The steps of a colour of the cube.
const fn parts(colour: usize) -> [usize; 3] {
    [colour / (STEPS * STEPS), colour / STEPS % STEPS, colour % STEPS]
}

/// The colour of the cube that stands for a pixel at its place.
fn nearest(pixel: [u8; 3], x: usize, y: usize) -> usize {
    let row = DITHER.get(y % 4).copied().unwrap_or_default();
    let threshold = usize::from(row.get(x % 4).copied().unwrap_or_default());
    // In sixteenths of a step: the rest of a step decides against the threshold.
    let step = |part: u8| {
        let fine = usize::from(part) * (STEPS - 1) * 16 / 255;
        (fine + threshold) / 16
    };
    let steps = pixel.map(step).map(|step| step.min(STEPS - 1));
    steps.into_iter().fold(0, |colour, step| colour * STEPS + step)
}

/// A line of sixels, equal ones told once; what is empty at its end is left out.
fn runs(line: &[u8], out: &mut Vec<u8>) {
    let end = line.iter().rposition(|sixel| *sixel != 0).map_or(0, |last| last + 1);
    for run in line.get(..end).unwrap_or_default().chunk_by(|a, b| a == b) {
        let sixel = run.first().map_or(b'?', |bits| b'?' + bits);
        if run.len() >= REPEAT {
            say(out, format_args!("!{}", run.len()));
            out.push(sixel);
        } else {
            out.extend(std::iter::repeat_n(sixel, run.len()));
        }
    }
}

fn say(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to memory has nothing that could fail.
    let _in_memory = out.write_fmt(text);
}
