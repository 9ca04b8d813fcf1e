//! Leases: who may do a thing with effects outside the database. Time is counted from the start
//! of the machine, so that a wrong clock neither ends nor prolongs one, and a restart ends all.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::error::Error;

/// This start of the machine and the milliseconds since.
#[derive(Debug, Clone)]
pub(super) struct Uptime {
    boot: String,
    millis: i64,
}

impl Uptime {
    /// Reads the machine's own count; where there is none, the wall clock serves.
    pub(super) fn read(now: DateTime<FixedOffset>) -> Self {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
        let millis = std::fs::read_to_string("/proc/uptime").ok().and_then(|text| {
            let (whole, hundredths) = text.split_whitespace().next()?.split_once('.')?;
            Some(whole.parse::<i64>().ok()? * 1000 + hundredths.parse::<i64>().ok()? * 10)
        });
        match (boot, millis) {
            (Ok(boot), Some(millis)) => Self { boot: boot.trim().to_owned(), millis },
            _ => Self { boot: "wall".to_owned(), millis: now.timestamp_millis() },
        }
    }
}

/// Takes a lease that is free, has run out, or is held already by the same session. Returns its
/// epoch, which rises with each change of hands. Call inside an immediate transaction, with the
/// time read after the lock was had.
pub(super) fn take(
    conn: &Connection,
    name: &str,
    holder: &str,
    at: &Uptime,
    length: Duration,
) -> Result<Option<i64>, Error> {
    const SQL: &str = "
        INSERT INTO leases (name, holder, epoch, boot_id, until_boottime_ms)
        VALUES (:name, :holder, 1, :boot, :until)
        ON CONFLICT (name) DO UPDATE SET
            epoch = epoch + (holder <> excluded.holder OR boot_id <> excluded.boot_id),
            holder = excluded.holder, boot_id = excluded.boot_id,
            until_boottime_ms = excluded.until_boottime_ms
        WHERE holder = excluded.holder OR boot_id <> excluded.boot_id OR until_boottime_ms <= :at
        RETURNING epoch";
    let length = i64::try_from(length.as_millis()).unwrap_or(i64::MAX);
    let until = at.millis.saturating_add(length);
    let found = conn
        .prepare_cached(SQL)?
        .query_row(
            named_params! {":name": name, ":holder": holder, ":boot": at.boot, ":until": until, ":at": at.millis},
            |row| row.get(0),
        )
        .optional()?;
    Ok(found)
}

/// Whether a holder still has a lease under this epoch: asked before anything is published.
pub(super) fn holds(
    conn: &Connection,
    name: &str,
    holder: &str,
    epoch: i64,
) -> Result<bool, Error> {
    const SQL: &str = "SELECT 1 FROM leases WHERE name = ?1 AND holder = ?2 AND epoch = ?3";
    Ok(conn.prepare_cached(SQL)?.exists(rusqlite::params![name, holder, epoch])?)
}

/// Gives a lease back.
pub(super) fn release(conn: &Connection, name: &str, holder: &str) -> Result<(), Error> {
    const SQL: &str = "UPDATE leases SET until_boottime_ms = 0 WHERE name = ?1 AND holder = ?2";
    conn.prepare_cached(SQL)?.execute([name, holder])?;
    Ok(())
}
