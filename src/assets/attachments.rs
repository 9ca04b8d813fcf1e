//! The pack of sizes and days for documents and photos.

use serde::Deserialize;

use crate::domain::attachment::FileRules;

const SOURCE: &str = include_str!("../../assets/attachments/default.toml");

/// The pack can't be read.
#[derive(Debug, thiserror::Error)]
pub enum AttachmentFault {
    /// Not TOML, or a key that there is not.
    #[error("attachments/default.toml:{line}: {what}")]
    Shape {
        /// In which line, from 1.
        line: usize,
        /// What the reader says.
        what: String,
    },
    /// A size or a number of days that makes no sense.
    #[error("attachments/default.toml: {0} is out of range")]
    Range(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "pack")]
    _pack: String,
    photo_mb: u64,
    document_mb: u64,
    days_apart: i64,
    source: String,
    verified: bool,
}

/// The built-in pack.
pub fn load() -> Result<FileRules, AttachmentFault> {
    parse(SOURCE)
}

/// Reads a pack.
pub fn parse(text: &str) -> Result<FileRules, AttachmentFault> {
    let raw: Raw = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        AttachmentFault::Shape { line, what: error.message().to_owned() }
    })?;
    let bytes = |megabytes: u64, name| {
        // SQLite keeps the size as a whole number, and a disk is not endless.
        let known = (1..=2_000).contains(&megabytes);
        if known { Ok(megabytes << 20) } else { Err(AttachmentFault::Range(name)) }
    };
    if !(0..=366).contains(&raw.days_apart) {
        return Err(AttachmentFault::Range("days_apart"));
    }
    Ok(FileRules {
        photo_bytes: bytes(raw.photo_mb, "photo_mb")?,
        document_bytes: bytes(raw.document_mb, "document_mb")?,
        days_apart: raw.days_apart,
        source: raw.source,
        verified: raw.verified,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pack_is_sound_and_faults_are_told() {
        let rules = load().unwrap();
        assert_eq!((rules.photo_bytes, rules.document_bytes), (20 << 20, 50 << 20));
        assert!(!rules.verified && !rules.source.is_empty());
        for (from, to, told) in [
            ("photo_mb = 20", "photo_mb = 0", "photo_mb is out of range"),
            ("days_apart = 2", "days_apart = -1", "days_apart is out of range"),
            ("days_apart = 2", "days_aprt = 2", "default.toml:8: unknown field"),
        ] {
            let fault = parse(&SOURCE.replace(from, to)).unwrap_err().to_string();
            assert!(fault.contains(told), "{to}: {fault}");
        }
    }
}
