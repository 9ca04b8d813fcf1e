//! Photos for the demo: drawn in code, small, the same for the same wish, with what a phone would
//! have written into them.

use chrono::NaiveDateTime;
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};

/// What is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// A shop front with its board.
    Signboard,
    /// Shelves with boxes.
    Stock,
    /// Machines in a hall.
    Workshop,
    /// People at a table.
    Meeting,
}

/// A photo that is wished for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shot {
    /// What is to be seen.
    pub scene: Scene,
    /// When it is said to be taken; `None` = the phone wrote nothing.
    pub taken_at: Option<NaiveDateTime>,
    /// Where: ten-thousandths of a degree north and east.
    pub place: Option<(u32, u32)>,
    /// Another number, another picture.
    pub seed: u64,
}

const WIDTH: u32 = 320;
const HEIGHT: u32 = 240;

/// A canvas of red, green, blue.
struct Canvas(Vec<[u8; 3]>);

impl Canvas {
    fn new() -> Self {
        let pixels = WIDTH * HEIGHT;
        Self(vec![[0; 3]; usize::try_from(pixels).unwrap_or(0)])
    }

    /// Fills a rectangle.
    fn block(&mut self, (x, y): (u32, u32), (width, height): (u32, u32), colour: [u8; 3]) {
        for row in y..(y + height).min(HEIGHT) {
            for column in x..(x + width).min(WIDTH) {
                let index = usize::try_from(row * WIDTH + column).unwrap_or(usize::MAX);
                if let Some(pixel) = self.0.get_mut(index) {
                    *pixel = colour;
                }
            }
        }
    }

    /// Fills everything, lighter towards the top.
    fn ground(&mut self, [r, g, b]: [u8; 3]) {
        for y in 0..HEIGHT {
            let less = u8::try_from(y / 4).unwrap_or(u8::MAX);
            let line = [r.saturating_sub(less), g.saturating_sub(less), b.saturating_sub(less)];
            self.block((0, y), (WIDTH, 1), line);
        }
    }
}

/// The photo as a PNG file.
pub fn png(shot: &Shot) -> Vec<u8> {
    let mut canvas = Canvas::new();
    let n = u32::try_from(shot.seed % 97).unwrap_or(0);
    match shot.scene {
        Scene::Signboard => signboard(&mut canvas, n),
        Scene::Stock => stock(&mut canvas, n),
        Scene::Workshop => workshop(&mut canvas, n),
        Scene::Meeting => meeting(&mut canvas, n),
    }
    // A mark that tells pictures of the same scene apart.
    let mark = u8::try_from(shot.seed % 251).unwrap_or(0);
    canvas.block((2, 2), (3, 3), [mark, u8::try_from((shot.seed >> 8) % 251).unwrap_or(0), 90]);
    let mut out = Vec::new();
    // Writing to memory can't fail.
    let _ = encode(&canvas, &exif(shot), &mut out);
    out
}

fn encode(canvas: &Canvas, exif: &[u8], out: &mut Vec<u8>) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(out, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header()?;
    if !exif.is_empty() {
        writer.write_chunk(png::chunk::ChunkType(*b"eXIf"), exif)?;
    }
    let bytes: Vec<u8> = canvas.0.iter().flatten().copied().collect();
    writer.write_image_data(&bytes)?;
    writer.finish()
}

/// What a phone writes, as the standard has it; empty if it wrote nothing.
pub fn exif(shot: &Shot) -> Vec<u8> {
    let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
    let mut fields = Vec::new();
    if let Some(at) = shot.taken_at {
        let text = at.format("%Y:%m:%d %H:%M:%S").to_string().into_bytes();
        fields.push(field(Tag::DateTimeOriginal, Value::Ascii(vec![text])));
        fields.push(field(Tag::OffsetTimeOriginal, Value::Ascii(vec![b"+08:00".to_vec()])));
    }
    if let Some((north, east)) = shot.place {
        let degrees = |tenthousandths: u32| {
            let whole = Rational { num: tenthousandths, denom: 10_000 };
            let none = Rational { num: 0, denom: 1 };
            Value::Rational(vec![whole, none, none])
        };
        fields.push(field(Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])));
        fields.push(field(Tag::GPSLatitude, degrees(north)));
        fields.push(field(Tag::GPSLongitudeRef, Value::Ascii(vec![b"E".to_vec()])));
        fields.push(field(Tag::GPSLongitude, degrees(east)));
    }
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut out = std::io::Cursor::new(Vec::new());
    if fields.is_empty() || writer.write(&mut out, true).is_err() {
        return Vec::new();
    }
    out.into_inner()
}

fn signboard(canvas: &mut Canvas, n: u32) {
    canvas.ground([150, 190, 225]);
    canvas.block((0, 190), (320, 50), [120, 118, 112]);
    canvas.block((40, 60), (240, 135), [196, 178, 150]);
    canvas.block((48, 68), (224, 34), [178, 34, 34]);
    for stroke in 0..6 {
        let x = 66 + stroke * 34;
        canvas.block((x, 76), (20, 3), [250, 230, 120]);
        canvas.block((x + (stroke * 7 + n) % 15, 74), (3, 22), [250, 230, 120]);
        canvas.block((x, 90), (22, 3), [250, 230, 120]);
    }
    canvas.block((64, 116), (84, 60), [90, 130, 150]);
    canvas.block((104, 116), (3, 60), [60, 70, 80]);
    canvas.block((176, 112), (72, 83), [70, 60, 56]);
    canvas.block((182, 118), (28, 77), [120, 150, 165]);
    canvas.block((214, 118), (28, 77), [120, 150, 165]);
    canvas.block((20 + n, 200), (58, 22), [60, 90, 160]);
    canvas.block((30 + n, 188), (34, 14), [80, 110, 180]);
}

fn stock(canvas: &mut Canvas, n: u32) {
    canvas.ground([205, 205, 200]);
    for shelf in 0..4 {
        let y = 40 + shelf * 50;
        canvas.block((10, y + 38), (300, 6), [110, 90, 70]);
        for place in 0..8 {
            let height = 14 + (place * 11 + shelf * 7 + n) % 24;
            if !(place + shelf * 3 + n).is_multiple_of(7) {
                let shade = u8::try_from(130 + (place * 13 + shelf * 19) % 90).unwrap_or(200);
                let box_at = (16 + place * 37, y + 38 - height);
                canvas.block(box_at, (31, height), [shade, shade - 30, 70]);
                canvas.block((box_at.0 + 8, box_at.1 + 3), (14, 4), [240, 236, 220]);
            }
        }
    }
    canvas.block((8, 20), (5, 220), [90, 90, 95]);
    canvas.block((307, 20), (5, 220), [90, 90, 95]);
}

fn workshop(canvas: &mut Canvas, n: u32) {
    canvas.ground([120, 128, 134]);
    canvas.block((0, 170), (320, 70), [96, 98, 92]);
    for lamp in 0..4 {
        canvas.block((24 + lamp * 80, 14), (46, 6), [250, 250, 225]);
    }
    for machine in 0..3 {
        let x = 18 + machine * 102;
        canvas.block((x, 96), (80, 84), [44, 96, 84]);
        canvas.block((x + 8, 104), (40, 26), [180, 205, 210]);
        canvas.block(
            (x + 56, 104),
            (14, 10),
            if (machine + n).is_multiple_of(3) { [200, 60, 40] } else { [70, 190, 90] },
        );
        canvas.block((x + 4, 146), (72, 5), [210, 180, 60]);
    }
    canvas.block((0, 196), (320, 12), [60, 60, 64]);
    for part in 0..9 {
        canvas.block((10 + part * 35 + n % 20, 186), (16, 12), [190, 190, 195]);
    }
}

fn meeting(canvas: &mut Canvas, n: u32) {
    canvas.ground([214, 204, 188]);
    canvas.block((30, 24), (120, 70), [170, 200, 214]);
    for person in 0..3 {
        let x = 50 + person * 84 + n % 12;
        canvas.block((x + 8, 84), (24, 28), [226, 184, 152]);
        canvas.block((x + 6, 78), (28, 10), [40, 34, 30]);
        let coat = [[52, 70, 120], [120, 60, 60], [70, 80, 70]];
        let coat = coat.get(usize::try_from(person).unwrap_or(0)).copied().unwrap_or_default();
        canvas.block((x, 112), (40, 60), coat);
    }
    canvas.block((20, 168), (280, 16), [140, 100, 66]);
    canvas.block((36, 184), (14, 50), [110, 78, 50]);
    canvas.block((270, 184), (14, 50), [110, 78, 50]);
    canvas.block((120, 158), (44, 10), [245, 245, 240]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_are_small_and_the_same_each_time() {
        for scene in [Scene::Signboard, Scene::Stock, Scene::Workshop, Scene::Meeting] {
            let taken_at =
                chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(9, 5, 0);
            let shot = Shot { scene, taken_at, place: Some((312_000, 1_214_700)), seed: 7 };
            let file = png(&shot);
            assert!((400..20_000).contains(&file.len()), "{scene:?}: {}", file.len());
            assert_eq!(png(&shot), file);
            assert_ne!(png(&Shot { seed: 8, ..shot }), file);
        }
    }
}
