//! Files as phones write them, and as nobody should.

use std::io::{BufReader, Cursor};

use proptest::prelude::*;

use super::*;
use crate::demo::photos::{Scene, Shot, exif, png};
use crate::domain::attachment::{Media, Place};
use crate::domain::picture::{HALF_BLOCKS, PictureFault, View};

/// A photo of a phone: a red half at the left, a blue one at the right.
pub(crate) fn jpeg(width: u16, height: u16, exif: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 85);
    if !exif.is_empty() {
        let mut segment = b"Exif\0\0".to_vec();
        segment.extend_from_slice(exif);
        encoder.add_app_segment(1, segment).unwrap();
    }
    let mut pixels = Vec::new();
    for _ in 0..height {
        for x in 0..width {
            pixels.extend(if x < width / 2 { [200, 20, 20] } else { [20, 20, 200] });
        }
    }
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}

pub(crate) fn shot(taken: Option<&str>, seed: u64) -> Shot {
    let taken_at = taken.map(|t| t.parse().unwrap());
    Shot { scene: Scene::Signboard, taken_at, place: Some((312_345, 1_214_737)), seed }
}

fn look(bytes: &[u8]) -> Result<Looks, FileFault> {
    looks(&mut Cursor::new(bytes))
}

#[test]
fn the_kind_is_told_by_content() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let webp = b"RIFF\x10\0\0\0WEBPVP8 ";
    for (bytes, wanted) in [
        (jpeg(8, 8, &[]).as_slice(), Ok(Media::Jpeg)),
        (&png(&shot(None, 1)), Ok(Media::Png)),
        (b"%PDF-1.7\n", Ok(Media::Pdf)),
        (b"PK\x03\x04rest", Ok(Media::Office)),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Ok(Media::OldOffice)),
        (heic, Ok(Media::Heic)),
        (webp, Ok(Media::Webp)),
        (b"II\x2a\0", Ok(Media::Tiff)),
        ("日期,金额\n2026-11-01,100".as_bytes(), Ok(Media::Plain)),
        (b"", Err(FileFault::Empty)),
        (b"\x7fELF\x02\x01\x01", Err(FileFault::UnknownKind)),
        (b"MZ\x90\0\x03", Err(FileFault::UnknownKind)),
        (b"#!/bin/sh\nrm", Err(FileFault::UnknownKind)),
        (b"\0\0\0\x18ftypisom", Err(FileFault::UnknownKind)),
    ] {
        assert_eq!(look(bytes).map(|l| l.media), wanted, "{:?}", bytes.get(..4));
    }
}

#[test]
fn time_and_place_are_read_from_both_kinds() {
    let shot = shot(Some("2026-11-23T09:12:31"), 3);
    for file in [jpeg(40, 30, &exif(&shot)), png(&shot)] {
        let looks = look(&file).unwrap();
        assert_eq!(looks.taken_at.unwrap().to_string(), "2026-11-23 09:12:31");
        assert_eq!(looks.place, Some(Place { latitude: 31_234_500, longitude: 121_473_700 }));
        assert!(looks.pixels.is_some());
        assert_eq!(looks.place.unwrap().to_string(), "31.23450, 121.47370");
    }
    let bare = look(&jpeg(40, 30, &[])).unwrap();
    assert_eq!((bare.taken_at, bare.place, bare.pixels), (None, None, Some((40, 30))));
}

/// EXIF made by hand: fields with any value.
fn made(fields: &[(exif_crate::Tag, exif_crate::Value)]) -> Vec<u8> {
    let fields: Vec<_> = fields
        .iter()
        .map(|(tag, value)| exif_crate::Field {
            tag: *tag,
            ifd_num: exif_crate::In::PRIMARY,
            value: value.clone(),
        })
        .collect();
    let mut writer = exif_crate::experimental::Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut out = Cursor::new(Vec::new());
    writer.write(&mut out, false).unwrap();
    out.into_inner()
}

use ::exif as exif_crate;

#[test]
fn nonsense_in_a_photo_is_no_time_and_no_place() {
    use exif_crate::{Rational, Tag, Value};
    let text = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
    let taken = |at: &str, offset: Option<&str>| {
        let mut fields = vec![(Tag::DateTimeOriginal, text(at))];
        fields.extend(offset.map(|o| (Tag::OffsetTimeOriginal, text(o))));
        look(&jpeg(8, 8, &made(&fields))).unwrap().taken_at.map(|t| t.to_string())
    };
    assert_eq!(taken("2026:11:23 09:00:00", None).as_deref(), Some("2026-11-23 09:00:00"));
    // A phone that is set to Tokyo is read in the time of the branch.
    assert_eq!(
        taken("2026:11:23 00:30:00", Some("+09:00")).as_deref(),
        Some("2026-11-22 23:30:00")
    );
    assert_eq!(
        taken("2026:11:23 09:00:00", Some("rubbish")).as_deref(),
        Some("2026-11-23 09:00:00")
    );
    for bad in [
        "0000:00:00 00:00:00",
        "1970:01:01 00:00:00",
        "9999:12:31 23:59:59",
        "x",
        "",
        "2026:02:30 01:00:00",
    ] {
        assert_eq!(taken(bad, None), None, "{bad}");
    }
    let at = |degrees: [(u32, u32); 3], side: &str| {
        let degrees = degrees.map(|(num, denom)| Rational { num, denom }).to_vec();
        let fields = [
            (Tag::GPSLatitude, Value::Rational(degrees.clone())),
            (Tag::GPSLatitudeRef, text(side)),
            (Tag::GPSLongitude, Value::Rational(vec![Rational { num: 121, denom: 1 }])),
            (Tag::GPSLongitudeRef, text("E")),
        ];
        look(&jpeg(8, 8, &made(&fields))).unwrap().place.map(|p| p.latitude)
    };
    assert_eq!(at([(31, 1), (14, 1), (420, 10)], "N"), Some(31_245_000));
    assert_eq!(at([(31, 1), (14, 1), (420, 10)], "S"), Some(-31_245_000));
    assert_eq!(at([(31, 0), (14, 1), (0, 1)], "N"), None);
    assert_eq!(at([(91, 1), (0, 1), (0, 1)], "N"), None);
    assert_eq!(at([(u32::MAX, 1), (u32::MAX, 1), (u32::MAX, 1)], "N"), None);
    assert_eq!(at([(31, 1), (0, 1), (0, 1)], "Q"), None);
}

fn shown(bytes: &[u8]) -> Result<crate::domain::picture::Picture, PictureFault> {
    let mut file = BufReader::new(Cursor::new(bytes));
    let media = looks(&mut file).map_err(|_fault| PictureFault::Kind)?.media;
    file.seek(SeekFrom::Start(0)).unwrap();
    picture(media, &mut file)
}

#[test]
fn large_photos_become_small_ones_and_stand_upright() {
    use exif_crate::{Tag, Value};
    let small = shown(&jpeg(4000, 3000, &[])).unwrap();
    assert_eq!((small.width, small.height), (1024, 768));
    assert_eq!(small.pixels.len(), 1024 * 768);
    let red = |p: [u8; 3]| p[0] > 150 && p[2] < 60;
    assert!(red(small.pixels[100]) && !red(small.pixels[1000]));
    // Held upright: what was left is now above.
    let turned = made(&[(Tag::Orientation, Value::Short(vec![6]))]);
    let file = jpeg(40, 20, &turned);
    assert_eq!(look(&file).unwrap().pixels, Some((20, 40)));
    let upright = shown(&file).unwrap();
    assert_eq!((upright.width, upright.height), (20, 40));
    assert!(red(upright.pixels[0]) && !red(upright.pixels[20 * 40 - 1]));
}

#[test]
fn a_view_fits_its_cells_and_looks_closer() {
    let whole = shown(&jpeg(400, 200, &[])).unwrap();
    let view = |cells, zoom, middle| whole.view(&View { cells, dots: HALF_BLOCKS, zoom, middle });
    for (cells, wanted) in
        [((76, 17), (68, 34)), ((20, 40), (20, 10)), ((1, 1), (1, 1)), ((0, 0), (1, 1))]
    {
        let seen = view(cells, 1, (500, 500));
        assert_eq!((seen.width, seen.height), wanted, "{cells:?}");
        assert_eq!(seen.pixels.len(), (seen.width * seen.height) as usize);
    }
    // Four times closer, at the right edge: all of it blue.
    let right = view((76, 17), 4, (1000, 500));
    assert_eq!((right.width, right.height), (76, 34));
    assert!(right.pixels.iter().all(|p| p[2] > 150 && p[0] < 60));
    assert!(view((76, 17), 16, (0, 0)).pixels.iter().all(|p| p[0] > 150));
}

#[test]
fn what_claims_to_be_huge_is_refused_before_memory_is_asked_for() {
    let mut file = png(&shot(None, 1));
    // Width and height of the header, and its checksum, which the decoder looks at.
    file[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let sum = flate2::Crc::new();
    let mut sum = sum;
    sum.update(&file[12..29]);
    file[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    assert_eq!(look(&file).unwrap().pixels, Some((65_536, 65_536)));
    assert_eq!(shown(&file), Err(PictureFault::TooLarge));
    let bomb = jpeg(64, 64, &[]);
    let at = bomb.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    let mut bomb = bomb;
    bomb[at + 5..at + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(shown(&bomb), Err(PictureFault::TooLarge));
    assert_eq!(shown(b"%PDF-1.4"), Err(PictureFault::Kind));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is wrong with a file, the answer is a value.
    #[test]
    fn broken_photos_end_nothing(
        seed in 0_u64..4, jpg: bool,
        blows in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..24),
        cut in any::<prop::sample::Index>(),
        whole: bool,
    ) {
        let shot = shot(Some("2026-11-23T09:12:31"), seed);
        let mut file = if jpg { jpeg(48, 32, &exif(&shot)) } else { png(&shot) };
        for (at, byte) in blows {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if !whole {
            let cut = cut.index(file.len());
            file.truncate(cut);
        }
        let _ = look(&file);
        if let Ok(picture) = shown(&file) {
            prop_assert!(picture.width <= 1024 && picture.height <= 1024);
            prop_assert_eq!(picture.pixels.len(), (picture.width * picture.height) as usize);
        }
    }

    /// Bytes of nobody: only the camera's part is broken, where it hurts most.
    #[test]
    fn hostile_exif_ends_nothing(
        blows in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..16),
    ) {
        let mut part = exif(&shot(Some("2026-11-23T09:12:31"), 1));
        for (at, byte) in blows {
            let at = at.index(part.len());
            part[at] = byte;
        }
        let looks = look(&jpeg(8, 8, &part)).unwrap();
        prop_assert!(looks.place.is_none_or(|p| p.latitude.abs() <= 90_000_000));
    }
}
