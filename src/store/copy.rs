//! A whole copy of the file, made in one step by the engine: for the nightly copy, and before the schema
//! is brought up.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::Connection;

use super::error::Error;

/// Copies the whole database to a path where nothing is yet, for the owner alone.
pub(super) fn copy_into(conn: &Connection, copy: &Path) -> Result<(), Error> {
    // The engine fills an empty file, so that the copy has the right mode from its first byte.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(copy)?;
    let name = copy.to_str().ok_or(Error::UnsafePath("no_name"))?;
    let made = conn.execute("VACUUM INTO ?1", [name]).map_err(Error::from);
    let kept = made.and_then(|_| File::open(copy)?.sync_all().map_err(Error::from));
    if kept.is_err() {
        discard(copy);
    }
    kept
}

/// Removes a half-made copy; that it is not there is fine.
pub(super) fn discard(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(kind = ?error.kind(), "a half-made copy was left");
    }
}
