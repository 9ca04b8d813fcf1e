//! Instants as kept: UTC text `YYYY-MM-DDTHH:MM:SS.mmmZ`, which sorts as it should. What people
//! see is the branch's time, and the business date is the day there.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};

use crate::clock::china;

const STORED: &str = "%Y-%m-%dT%H:%M:%S%.3fZ";

/// An instant as it is kept.
pub(super) fn store(now: DateTime<FixedOffset>) -> String {
    now.with_timezone(&Utc).format(STORED).to_string()
}

/// Reads [`store`].
pub(super) fn read(text: &str) -> Option<DateTime<FixedOffset>> {
    let utc = NaiveDateTime::parse_from_str(text, STORED).ok()?.and_utc();
    Some(utc.with_timezone(&china()))
}

/// When a day begins in the branch, as it is kept.
pub(super) fn start_of(day: NaiveDate) -> String {
    let begins = day.and_time(chrono::NaiveTime::MIN).and_local_timezone(china());
    begins.single().map(store).unwrap_or_default()
}

/// The business date.
pub(super) fn business_date(now: DateTime<FixedOffset>) -> NaiveDate {
    now.with_timezone(&china()).date_naive()
}

/// Time of day in the branch: `09:12:31`.
pub(super) fn time_of_day(now: DateTime<FixedOffset>) -> String {
    now.with_timezone(&china()).format("%H:%M:%S").to_string()
}
