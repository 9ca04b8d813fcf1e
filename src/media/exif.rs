//! What a camera wrote into a photo: time, place, which side is up.

use std::io::{BufRead, Seek};

use chrono::{Duration, NaiveDate, NaiveDateTime};
use exif::{Exif, In, Reader, Tag, Value};

use crate::domain::attachment::Place;

/// The branch's offset from UTC in minutes: a camera that names its zone is read in the branch's.
const BRANCH_MINUTES: i64 = 8 * 60;

/// Time and place; what is missing or senseless is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shot {
    pub(super) taken_at: Option<NaiveDateTime>,
    pub(super) place: Option<Place>,
}

/// Reads what the camera wrote. A file without it, or with nonsense in it, gives nothing.
pub(super) fn read<R: BufRead + Seek>(file: &mut R) -> Shot {
    let Some(exif) = fields(file) else { return Shot::default() };
    Shot { taken_at: taken_at(&exif), place: place(&exif) }
}

/// How the picture must be turned: the number of the standard, 1 = as it is.
pub(super) fn orientation<R: BufRead + Seek>(file: &mut R) -> u32 {
    let turned = fields(file).and_then(|exif| {
        exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0))
    });
    turned.filter(|n| (1..=8).contains(n)).unwrap_or(1)
}

fn fields<R: BufRead + Seek>(file: &mut R) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    match reader.read_from_container(file) {
        Ok(exif) => Some(exif),
        Err(error) => error.distill_partial_result(|_errors| {}).ok(),
    }
}

fn taken_at(exif: &Exif) -> Option<NaiveDateTime> {
    let text = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(parts) => std::str::from_utf8(parts.first()?).ok().map(str::to_owned),
        _ => None,
    };
    let (time, offset) = match text(Tag::DateTimeOriginal) {
        Some(time) => (time, text(Tag::OffsetTimeOriginal)),
        None => (text(Tag::DateTimeDigitized)?, text(Tag::OffsetTimeDigitized)),
    };
    let taken = NaiveDateTime::parse_from_str(time.trim(), "%Y:%m:%d %H:%M:%S").ok()?;
    // Cameras whose clock was never set say 1970 or 2000.
    let first = NaiveDate::from_ymd_opt(2001, 1, 1)?;
    let there = offset.as_deref().and_then(minutes).unwrap_or(BRANCH_MINUTES);
    let here = taken.checked_add_signed(Duration::minutes(BRANCH_MINUTES - there))?;
    (here.date() >= first && here.date() < NaiveDate::from_ymd_opt(2200, 1, 1)?).then_some(here)
}

/// `+09:00` in minutes.
fn minutes(offset: &str) -> Option<i64> {
    let offset = offset.trim();
    let (sign, rest) = match offset.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, offset.strip_prefix('+')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes))
        .then_some(sign * (hours * 60 + minutes))
}

fn place(exif: &Exif) -> Option<Place> {
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, 90)?;
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, 180)?;
    // Nobody lends in the Gulf of Guinea: a receiver that found nothing says 0, 0.
    (latitude != 0 || longitude != 0).then_some(Place { latitude, longitude })
}

/// Degrees, minutes and seconds as millionths of a degree, within the globe.
fn degrees(exif: &Exif, tag: Tag, side: Tag, most: i64) -> Option<i32> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let mut sum = 0_i64;
    for (part, unit) in parts.iter().zip([1_000_000_000_i64, 16_666_667, 277_778]) {
        if part.denom == 0 {
            return None;
        }
        // Thousandths of a millionth, so that seconds keep their decimals.
        let value = i128::from(part.num) * i128::from(unit) / i128::from(part.denom);
        sum = sum.checked_add(i64::try_from(value).ok()?)?;
    }
    let Value::Ascii(names) = &exif.get_field(side, In::PRIMARY)?.value else { return None };
    let sign = match names.first()?.first()? {
        b'N' | b'E' => 1,
        b'S' | b'W' => -1,
        _ => return None,
    };
    let millionths = (sum + 500) / 1000;
    (millionths <= most * 1_000_000).then(|| i32::try_from(sign * millionths).ok()).flatten()
}
