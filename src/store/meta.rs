//! Facts about the file itself.

use chrono::{DateTime, Duration, FixedOffset};
use rusqlite::{Connection, OptionalExtension};

use super::error::Error;
use super::instant;

/// Hash of the journal: code of `journal::Algorithm`.
pub(super) const ALGORITHM: &str = "journal_algorithm";
/// `1` where the portfolio is invented.
pub(super) const DEMO: &str = "demo";
/// Up to which record, by visit and version, the texts of records that were handed in before there
/// was an index are in it; `done` = all of them.
pub(super) const TEXTS_UP_TO: &str = "texts_indexed_up_to";
/// The latest instant that any session has seen.
pub(super) const MAX_SEEN: &str = "max_seen_utc";

/// How far a clock may stand back before date jobs pause.
const TOLERANCE: Duration = Duration::minutes(5);

/// How far a clock may run ahead of the latest instant seen before somebody must say that it is
/// right: a wrong one would make every right one stand back for years.
const LEAP: Duration = Duration::days(7);

/// How a clock stands to the latest instant that a file has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// As it should.
    Right,
    /// Clearly before it: date jobs pause until it is past.
    Back,
    /// More than a week after it: date jobs pause until somebody confirms the clock.
    Ahead,
}

impl ClockState {
    /// Name in lists; `None` while all is well.
    pub const fn as_code(self) -> Option<&'static str> {
        match self {
            Self::Right => None,
            Self::Back => Some("clock_back"),
            Self::Ahead => Some("clock_ahead"),
        }
    }
}

/// The value of a key.
pub(super) fn get(conn: &Connection, key: &str) -> Result<Option<String>, Error> {
    let mut statement = conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

/// Takes a key out.
pub(super) fn remove(conn: &Connection, key: &str) -> Result<(), Error> {
    conn.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
    Ok(())
}

/// Sets the value of a key.
pub(super) fn set(conn: &Connection, key: &str, value: &str) -> Result<(), Error> {
    const SQL: &str = "
        INSERT INTO meta (key, value) VALUES (?1, ?2)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value";
    conn.prepare_cached(SQL)?.execute([key, value])?;
    Ok(())
}

/// Keeps the latest instant seen; a minute's grain spares a write for each command. A clock that
/// has leapt ahead is not believed.
pub(super) fn see(conn: &Connection, now: DateTime<FixedOffset>) -> Result<(), Error> {
    let seen = get(conn, MAX_SEEN)?.as_deref().and_then(instant::read);
    if seen.is_none_or(|seen| now > seen + Duration::minutes(1))
        && clock_state(conn, now)? != ClockState::Ahead
    {
        set(conn, MAX_SEEN, &instant::store(now))?;
    }
    Ok(())
}

/// How the clock stands. The days of an invented portfolio leap as they like.
pub(super) fn clock_state(
    conn: &Connection,
    now: DateTime<FixedOffset>,
) -> Result<ClockState, Error> {
    let seen = get(conn, MAX_SEEN)?.as_deref().and_then(instant::read);
    Ok(match seen {
        Some(seen) if now < seen - TOLERANCE => ClockState::Back,
        Some(seen) if now > seen + LEAP && get(conn, DEMO)?.as_deref() != Some("1") => {
            ClockState::Ahead
        }
        _ => ClockState::Right,
    })
}
