//! What files are and show: their kind by content, what a camera wrote into them, a small picture.
//!
//! Everything here reads bytes that strangers made. Nothing is believed, sizes are capped before
//! memory is asked for, and a fault inside a decoder ends with "can't be shown", never the program.

mod exif;
mod kind;
mod picture;

use std::io::{BufRead, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::domain::attachment::{FileFault, Looks};

pub use picture::read as picture;

/// Looks at a file: what it is, how large a picture, when and where it was taken.
pub fn looks<R: Read + BufRead + Seek>(file: &mut R) -> Result<Looks, FileFault> {
    let unreadable = |_error| FileFault::Unreadable;
    let mut head = Vec::new();
    file.take(kind::HEAD).read_to_end(&mut head).map_err(unreadable)?;
    let media = kind::of(&head)?;
    let mut looks = Looks { media, pixels: None, taken_at: None, place: None };
    if media.is_picture() {
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let shot = guarded(|| exif::read(file)).unwrap_or_default();
        (looks.taken_at, looks.place) = (shot.taken_at, shot.place);
    }
    if media.is_shown() {
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        looks.pixels = guarded(|| picture::size(media, file)).flatten();
    }
    Ok(looks)
}

/// The characters of a text: UTF-8 with or without its mark, else GB18030; `None` = it is no text.
pub fn text(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// A fault inside a decoder is a file that can't be read, not the end of the session.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
pub(crate) mod tests;
