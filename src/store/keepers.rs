//! What those who answer for the book are told of it: supervisors, risk management, administrators.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, params};

use super::instant;

/// Tells each of them once a subject; returns how many heard of it now.
pub(super) fn tell_keepers(
    db: &Connection,
    kind: &str,
    subject: &str,
    date: NaiveDate,
    now: DateTime<FixedOffset>,
) -> rusqlite::Result<usize> {
    const TELL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        SELECT user, ?1, ?2, ?3, ?4 FROM users
        WHERE role IN ('supervisor', 'risk', 'admin') AND disabled = 0";
    let told = params![kind, subject, date.to_string(), instant::store(now)];
    db.prepare_cached(TELL)?.execute(told)
}
