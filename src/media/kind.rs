//! The kind of a file by its first bytes.

use crate::domain::attachment::{FileFault, Media};

/// So many bytes tell.
pub(super) const HEAD: u64 = 4096;

/// What a file that begins so is.
pub(super) fn of(head: &[u8]) -> Result<Media, FileFault> {
    let brand = head.get(8..12).unwrap_or_default();
    Ok(match head {
        [] => return Err(FileFault::Empty),
        [0xFF, 0xD8, 0xFF, ..] => Media::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Media::Png,
        [b'R', b'I', b'F', b'F', ..] if brand == b"WEBP" => Media::Webp,
        [_, _, _, _, b'f', b't', b'y', b'p', ..]
            if [b"heic", b"heix", b"heif", b"mif1", b"hevc"].iter().any(|b| brand == *b) =>
        {
            Media::Heic
        }
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Media::Tiff,
        [b'%', b'P', b'D', b'F', b'-', ..] => Media::Pdf,
        [b'P', b'K', 3, 4, ..] => Media::Office,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Media::OldOffice,
        text if is_text(text) => Media::Plain,
        _ => return Err(FileFault::UnknownKind),
    })
}

/// Text has no control characters but those of lines, and no script or program begins a document.
fn is_text(head: &[u8]) -> bool {
    let plain = |b: &u8| *b >= 0x20 && *b != 0x7F || matches!(b, b'\n' | b'\r' | b'\t');
    !head.starts_with(b"#!") && head.iter().all(plain)
}
