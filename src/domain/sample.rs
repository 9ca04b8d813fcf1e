//! Values that the tests of many rooms write down.

use chrono::NaiveDate;

/// `2026-11-23`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
