//! A photo small enough for a terminal. JPEG is decoded at an eighth, a quarter or half of its size,
//! PNG row by row: a picture of fifty million pixels costs as little memory as a small one.

use std::io::{BufRead, Seek, SeekFrom};

use crate::domain::attachment::Media;
use crate::domain::picture::{Picture, PictureFault};

use super::{exif, guarded};

/// The longer side of what is kept of a picture.
const KEPT: u32 = 1024;
/// The most pixels that a picture may claim to have.
const MOST_PIXELS: u64 = 50_000_000;
/// The most bytes that a decoder may ask for at once.
const MOST_BYTES: usize = 64 << 20;

/// Makes a pixel of a decoder's bytes.
type Reader = fn(&[u8]) -> [u8; 3];

/// Width and height as the file says, turned upright.
pub(super) fn size<R: BufRead + Seek>(media: Media, file: &mut R) -> Option<(u32, u32)> {
    let (width, height) = match media {
        Media::Jpeg => {
            let mut decoder = jpeg_decoder::Decoder::new(&mut *file);
            decoder.read_info().ok()?;
            let info = decoder.info()?;
            (u32::from(info.width), u32::from(info.height))
        }
        Media::Png => {
            let mut decoder = png::Decoder::new(&mut *file);
            let info = decoder.read_header_info().ok()?;
            (info.width, info.height)
        }
        _ => return None,
    };
    file.seek(SeekFrom::Start(0)).ok()?;
    let turned = exif::orientation(file) >= 5;
    Some(if turned { (height, width) } else { (width, height) })
}

/// Decodes a picture to at most a thousand pixels a side, turned upright.
pub fn read<R: BufRead + Seek>(media: Media, file: &mut R) -> Result<Picture, PictureFault> {
    let broken = |_error| PictureFault::Broken;
    let orientation = guarded(|| exif::orientation(file)).unwrap_or(1);
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    let read = guarded(|| match media {
        Media::Jpeg => jpeg(file),
        Media::Png => png(file),
        _ => Err(PictureFault::Kind),
    });
    read.unwrap_or(Err(PictureFault::Broken)).map(|picture| picture.upright(orientation))
}

fn jpeg<R: BufRead + Seek>(file: &mut R) -> Result<Picture, PictureFault> {
    let broken = |_error| PictureFault::Broken;
    let mut decoder = jpeg_decoder::Decoder::new(file);
    decoder.set_max_decoding_buffer_size(MOST_BYTES);
    decoder.read_info().map_err(broken)?;
    let info = decoder.info().ok_or(PictureFault::Broken)?;
    claim(u32::from(info.width), u32::from(info.height))?;
    let side = u16::try_from(KEPT).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(side, side).map_err(broken)?;
    let bytes = decoder.decode().map_err(broken)?;
    let (step, pixel): (usize, Reader) = match info.pixel_format {
        jpeg_decoder::PixelFormat::L8 => (1, grey),
        jpeg_decoder::PixelFormat::L16 => (2, grey),
        jpeg_decoder::PixelFormat::RGB24 => (3, colour),
        jpeg_decoder::PixelFormat::CMYK32 => (4, printed),
    };
    let mut small = Shrink::new(u32::from(width), u32::from(height));
    for row in bytes.chunks_exact((usize::from(width) * step).max(1)) {
        small.row(row.chunks_exact(step).map(pixel));
    }
    small.done()
}

fn png<R: BufRead + Seek>(file: &mut R) -> Result<Picture, PictureFault> {
    let broken = |_error| PictureFault::Broken;
    let limits = png::Limits { bytes: MOST_BYTES };
    let mut decoder = png::Decoder::new_with_limits(file, limits);
    let info = decoder.read_header_info().map_err(broken)?;
    claim(info.width, info.height)?;
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = (reader.info().width, reader.info().height);
    let (step, pixel): (usize, Reader) = match reader.output_color_type().0 {
        png::ColorType::Grayscale | png::ColorType::Indexed => (1, grey),
        png::ColorType::GrayscaleAlpha => (2, grey),
        png::ColorType::Rgb => (3, colour),
        png::ColorType::Rgba => (4, colour),
    };
    let mut small = Shrink::new(width, height);
    if reader.info().interlaced {
        let bytes = reader.output_buffer_size().filter(|bytes| *bytes <= MOST_BYTES);
        let mut whole = vec![0; bytes.ok_or(PictureFault::TooLarge)?];
        reader.next_frame(&mut whole).map_err(broken)?;
        let line = usize::try_from(width).unwrap_or(usize::MAX).saturating_mul(step);
        for row in whole.chunks_exact(line.max(1)) {
            small.row(row.chunks_exact(step).map(pixel));
        }
    } else {
        // A file that was cut off shows what is there.
        while let Ok(Some(row)) = reader.next_row() {
            small.row(row.data().chunks_exact(step).map(pixel));
        }
    }
    small.done()
}

/// Refuses what claims to be larger than any camera makes them, before memory is asked for.
fn claim(width: u32, height: u32) -> Result<(), PictureFault> {
    match u64::from(width) * u64::from(height) {
        0 => Err(PictureFault::Broken),
        pixels if pixels > MOST_PIXELS => Err(PictureFault::TooLarge),
        _ => Ok(()),
    }
}

fn grey(bytes: &[u8]) -> [u8; 3] {
    [bytes.first().copied().unwrap_or(0); 3]
}

fn colour(bytes: &[u8]) -> [u8; 3] {
    match bytes {
        [r, g, b, ..] => [*r, *g, *b],
        _ => [0; 3],
    }
}

/// Inks as cameras' software writes them: inverted.
fn printed(bytes: &[u8]) -> [u8; 3] {
    let [c, m, y, k] = bytes else { return [0; 3] };
    [c, m, y].map(|ink| u8::try_from(u16::from(*ink) * u16::from(*k) / 255).unwrap_or(u8::MAX))
}

/// Takes rows of a large picture and keeps the mean of each block.
struct Shrink {
    from: (u32, u32),
    to: (u32, u32),
    /// Sums and count of each pixel of the row being made.
    sums: Vec<[u32; 4]>,
    at: u32,
    picture: Picture,
}

impl Shrink {
    fn new(width: u32, height: u32) -> Self {
        let longer = width.max(height).max(1);
        let kept = |side: u32| {
            let small = u64::from(side) * u64::from(KEPT.min(longer)) / u64::from(longer);
            u32::try_from(small.max(1)).unwrap_or(1)
        };
        let to = (kept(width), kept(height));
        let sums = vec![[0; 4]; usize::try_from(to.0).unwrap_or(0)];
        Self {
            from: (width, height),
            to,
            sums,
            at: 0,
            picture: Picture { width: to.0, ..Picture::default() },
        }
    }

    fn row(&mut self, pixels: impl Iterator<Item = [u8; 3]>) {
        if self.at >= self.from.1 {
            return;
        }
        for (x, [r, g, b]) in (0_u64..).zip(pixels) {
            let x = x * u64::from(self.to.0) / u64::from(self.from.0.max(1));
            let Some(sum) = usize::try_from(x).ok().and_then(|x| self.sums.get_mut(x)) else {
                break;
            };
            for (sum, more) in sum.iter_mut().zip([u32::from(r), u32::from(g), u32::from(b), 1]) {
                *sum += more;
            }
        }
        let line = |y: u32| u64::from(y) * u64::from(self.to.1) / u64::from(self.from.1.max(1));
        self.at += 1;
        if self.at == self.from.1 || line(self.at) != line(self.at - 1) {
            self.finish_row();
        }
    }

    fn finish_row(&mut self) {
        for sum in &mut self.sums {
            let [r, g, b, count] = std::mem::take(sum);
            let mean = |sum: u32| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX);
            self.picture.pixels.push([mean(r), mean(g), mean(b)]);
        }
        self.picture.height += 1;
    }

    fn done(self) -> Result<Picture, PictureFault> {
        if self.picture.height == 0 { Err(PictureFault::Broken) } else { Ok(self.picture) }
    }
}
