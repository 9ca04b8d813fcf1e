//! What was found in a registered file, read from its columns: of files of visits and of flags alike.

use chrono::NaiveDateTime;
use rusqlite::{Result, Row};

use crate::domain::attachment::{Looks, Media, Place};
use crate::store::row::{code, strange};

/// What a file says of itself, in columns from `at` on: kind, width, height, time, latitude, longitude.
pub(super) fn looks(row: &Row<'_>, at: usize) -> Result<Looks> {
    let taken: Option<String> = row.get(at + 3)?;
    let taken_at = match taken {
        None => None,
        Some(text) => {
            let read = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S");
            Some(read.map_err(|_fault| strange(at + 3))?)
        }
    };
    let pixels: (Option<u32>, Option<u32>) = (row.get(at + 1)?, row.get(at + 2)?);
    let place: (Option<i32>, Option<i32>) = (row.get(at + 4)?, row.get(at + 5)?);
    Ok(Looks {
        media: code(row, at, Media::from_code)?,
        pixels: pixels.0.zip(pixels.1),
        taken_at,
        place: place.0.zip(place.1).map(|(latitude, longitude)| Place { latitude, longitude }),
    })
}
