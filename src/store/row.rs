//! Reading of columns: dates by hand, codes with their own table, everything else by rusqlite.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::types::{FromSqlError, Type, ValueRef};
use rusqlite::{Connection, Error, Result, Row};

use crate::clock::china;

/// `YYYY-MM-DD`, read without the general parser: a book has a million of them.
pub(crate) fn parse_day(text: &[u8]) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u32, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// A column that holds something the program doesn't know: the file was written by other hands.
pub(crate) fn strange(index: usize) -> Error {
    Error::FromSqlConversionFailure(index, Type::Text, Box::new(FromSqlError::InvalidType))
}

/// The id `base`, with a number behind it as long as `taken` finds what is called so already.
pub(crate) fn free_id(db: &Connection, taken: &str, base: &str) -> Result<String> {
    let mut statement = db.prepare_cached(taken)?;
    let (mut id, mut n) = (base.to_owned(), 1);
    while statement.exists([&id])? {
        n += 1;
        id = format!("{base}-{n}");
    }
    Ok(id)
}

/// A date that must be there.
pub(crate) fn day(row: &Row<'_>, index: usize) -> Result<NaiveDate> {
    maybe_day(row, index)?.ok_or_else(|| strange(index))
}

/// A date that may be missing.
pub(crate) fn maybe_day(row: &Row<'_>, index: usize) -> Result<Option<NaiveDate>> {
    match row.get_ref(index)? {
        ValueRef::Null => Ok(None),
        ValueRef::Text(text) => parse_day(text).map(Some).ok_or_else(|| strange(index)),
        _ => Err(strange(index)),
    }
}

/// A code that must be there.
pub(crate) fn code<T>(row: &Row<'_>, index: usize, known: fn(&str) -> Option<T>) -> Result<T> {
    maybe_code(row, index, known)?.ok_or_else(|| strange(index))
}

/// A code that may be missing.
pub(crate) fn maybe_code<T>(
    row: &Row<'_>,
    index: usize,
    known: fn(&str) -> Option<T>,
) -> Result<Option<T>> {
    match row.get_ref(index)? {
        ValueRef::Null => Ok(None),
        other => other.as_str().ok().and_then(known).map(Some).ok_or_else(|| strange(index)),
    }
}

/// A count as pages show it.
pub(crate) fn count(row: &Row<'_>, index: usize) -> Result<u32> {
    let n: i64 = row.get(index)?;
    Ok(u32::try_from(n.max(0)).unwrap_or(u32::MAX))
}

/// A sum of counts; of nothing it is NULL.
pub(crate) fn sum(row: &Row<'_>, index: usize) -> Result<u32> {
    let n: Option<i64> = row.get(index)?;
    Ok(u32::try_from(n.unwrap_or(0).max(0)).unwrap_or(u32::MAX))
}

/// A text id or `None`.
pub(crate) fn maybe_id<T: From<String>>(row: &Row<'_>, index: usize) -> Result<Option<T>> {
    Ok(row.get::<_, Option<String>>(index)?.map(T::from))
}

/// A text id.
pub(crate) fn id<T: From<String>>(row: &Row<'_>, index: usize) -> Result<T> {
    row.get::<_, String>(index).map(T::from)
}

/// An instant as stored (UTC) in the time of the branch; `None` if it is none.
pub(crate) fn branch_time(stored: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(stored).ok().map(|at| at.with_timezone(&china()))
}

/// `11-23 09:12:31` in the branch, as messages and comments show it.
pub(crate) fn shown_to_second(stored: &str) -> String {
    branch_time(stored).map(|at| at.format("%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

/// `11-23 09:12` in the branch.
pub(crate) fn shown_to_minute(stored: &str) -> String {
    branch_time(stored).map(|at| at.format("%m-%d %H:%M").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
