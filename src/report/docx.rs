//! Office Open XML: A4, 宋体 and 黑体, head and numbered foot on each page, tables whose heading
//! row is repeated. Written by hand, because every byte has to follow from the document: fixed
//! times, no random ids, parts always in the same order.

mod body;
mod parts;
mod xml;

use std::io::{Cursor, Write as _};

use chrono::NaiveDate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::model::Document;

/// Writes a document as the bytes of a `.docx`; `day` is what the file says of its making.
pub(super) fn write(document: &Document, day: NaiveDate) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(document, day)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/document.xml", body::document(document)),
        ("word/styles.xml", parts::styles(document.chinese)),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/fontTable.xml", parts::FONTS.to_owned()),
        ("word/header1.xml", parts::header(document)),
        ("word/footer1.xml", parts::footer(document)),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
    ];
    for (name, content) in parts {
        archive.start_file(name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
