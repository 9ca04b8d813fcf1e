//! Rows dealt out to customers that follow each other in the book: a table is read once for a slice
//! of them, not once for each.

use chrono::NaiveDate;
use rusqlite::types::ToSql;
use rusqlite::{Connection, Result, Row};

use super::project::month_key;
use crate::domain::ids::CustomerId;

/// Somebody to whom rows are dealt.
pub(super) trait Whose {
    /// Whose they are.
    fn customer(&self) -> &CustomerId;
}

/// First and last of the next customers after this id.
pub(super) fn next_slice(
    db: &Connection,
    after: &str,
    count: usize,
) -> Result<Option<(CustomerId, CustomerId)>> {
    const SQL: &str = "
        SELECT min(customer_id), max(customer_id) FROM (
            SELECT customer_id FROM customers WHERE customer_id > ?1 ORDER BY customer_id LIMIT ?2)";
    let count = i64::try_from(count).unwrap_or(1);
    db.prepare_cached(SQL)?.query_row((after, count), |row| {
        let first: Option<String> = row.get(0)?;
        let last: Option<String> = row.get(1)?;
        Ok(first.zip(last).map(|(first, last)| (CustomerId(first), CustomerId(last))))
    })
}

/// Full months before a day, as `YYYY-MM`.
pub(super) struct Months(NaiveDate);

impl Months {
    pub(super) const fn before(today: NaiveDate) -> Self {
        Self(today)
    }

    /// The month so many before that of the day.
    pub(super) fn back(&self, months: u32) -> String {
        let day = self.0.checked_sub_months(chrono::Months::new(months)).unwrap_or(self.0);
        month_key(day)
    }
}

/// Hands each row to its customer. The query begins with the customer's id, is in its order, and
/// asks for the customers from `:first` to `:last`.
pub(super) fn deal<T: Whose>(
    db: &Connection,
    sql: &str,
    more: &[(&str, &dyn ToSql)],
    all: &mut [T],
    mut take: impl FnMut(&mut T, &Row<'_>) -> Result<()>,
) -> Result<()> {
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Ok(()) };
    let (first, last) = (first.customer().as_str().to_owned(), last.customer().as_str().to_owned());
    let mut statement = db.prepare_cached(sql)?;
    let mut named: Vec<(&str, &dyn ToSql)> = vec![(":first", &first), (":last", &last)];
    named.extend_from_slice(more);
    let mut rows = statement.query(named.as_slice())?;
    let mut customers = all.iter_mut();
    let mut here = customers.next();
    while let Some(row) = rows.next()? {
        let of = row.get_ref(0)?.as_bytes()?;
        while here.as_ref().is_some_and(|c| c.customer().as_str().as_bytes() < of) {
            here = customers.next();
        }
        let Some(customer) = here.as_mut() else { break };
        if customer.customer().as_str().as_bytes() == of {
            take(customer, row)?;
        }
    }
    Ok(())
}
