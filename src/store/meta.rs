//! Facts about the file itself.

use chrono::{DateTime, Duration, FixedOffset};
use rusqlite::{Connection, OptionalExtension};

use super::error::Error;
use super::instant;

/// Hash of the journal: code of `journal::Algorithm`.
pub(super) const ALGORITHM: &str = "journal_algorithm";
/// `1` where the portfolio is invented.
pub(super) const DEMO: &str = "demo";
/// The latest instant that any session has seen.
pub(super) const MAX_SEEN: &str = "max_seen_utc";

/// How far a clock may stand back before date jobs pause.
const TOLERANCE: Duration = Duration::minutes(5);

/// The value of a key.
pub(super) fn get(conn: &Connection, key: &str) -> Result<Option<String>, Error> {
    let mut statement = conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

/// Sets the value of a key.
pub(super) fn set(conn: &Connection, key: &str, value: &str) -> Result<(), Error> {
    const SQL: &str = "
        INSERT INTO meta (key, value) VALUES (?1, ?2)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value";
    conn.prepare_cached(SQL)?.execute([key, value])?;
    Ok(())
}

/// Keeps the latest instant seen; a minute's grain spares a write for each command.
pub(super) fn see(conn: &Connection, now: DateTime<FixedOffset>) -> Result<(), Error> {
    let seen = get(conn, MAX_SEEN)?.as_deref().and_then(instant::read);
    if seen.is_none_or(|seen| now > seen + Duration::minutes(1)) {
        set(conn, MAX_SEEN, &instant::store(now))?;
    }
    Ok(())
}

/// Whether the clock stands clearly before the latest instant that this file has seen.
pub(super) fn clock_back(conn: &Connection, now: DateTime<FixedOffset>) -> Result<bool, Error> {
    let seen = get(conn, MAX_SEEN)?.as_deref().and_then(instant::read);
    Ok(seen.is_some_and(|seen| now < seen - TOLERANCE))
}
