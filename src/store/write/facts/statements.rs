//! The customer's statements in the four columns in which they are compared.

use std::fmt::Write as _;

use chrono::{Datelike, Months, NaiveDate};
use rusqlite::{OptionalExtension, Result, params};

use super::{Gathering, whole};
use crate::domain::answer::Value;
use crate::domain::facts::{COLUMNS, FIGURES};
use crate::domain::money::Fen;
use crate::protocol::reply::Refusal;
use crate::store::row::maybe_day;

impl Gathering<'_> {
    /// The latest statement, the last year-end before it, the same day a year before, and the one
    /// in force when the first active loan was paid out.
    pub(super) fn statements(&mut self) -> Result<(), Refusal> {
        const FIRST: &str = "
            SELECT min(disbursed_on) FROM loans WHERE customer_id = ?1 AND status = 'active'";
        let Some(latest) = self.statement_before(self.day)? else { return Ok(()) };
        let paid_out = {
            let mut statement = self.tx.prepare_cached(FIRST)?;
            statement.query_row([self.customer], |row| maybe_day(row, 0))?
        };
        let year_end = NaiveDate::from_ymd_opt(latest.year() - 1, 12, 31);
        let same = latest.checked_sub_months(Months::new(12));
        let start = match paid_out {
            Some(day) => self.statement_before(day)?,
            None => None,
        };
        for (column, day) in COLUMNS.into_iter().zip([Some(latest), year_end, same, start]) {
            if let Some(day) = day {
                self.column(column, day)?;
            }
        }
        Ok(())
    }

    /// The end of the last period that a statement was made for, not after the day.
    fn statement_before(&self, day: NaiveDate) -> Result<Option<NaiveDate>, Refusal> {
        const SQL: &str = "
            SELECT max(period_end) FROM statements
            WHERE customer_id = ?1 AND period_end <= ?2 AND total_assets IS NOT NULL";
        let mut statement = self.tx.prepare_cached(SQL)?;
        let row =
            statement.query_row(params![self.customer, day.to_string()], |row| maybe_day(row, 0));
        Ok(row?)
    }

    fn column(&mut self, column: &str, end: NaiveDate) -> Result<(), Refusal> {
        // The first two figures are the day itself and the months.
        let mut sql = String::from(
            "SELECT coalesce(period_months, CAST(substr(period_end, 6, 2) AS INTEGER))",
        );
        for figure in FIGURES.iter().skip(2) {
            let _ = write!(sql, ", {figure}");
        }
        sql.push_str(" FROM statements WHERE customer_id = ?1 AND period_end = ?2");
        let found: Option<Vec<Option<i64>>> = {
            let mut statement = self.tx.prepare_cached(&sql)?;
            let row = statement.query_row(params![self.customer, end.to_string()], |row| {
                (0..FIGURES.len() - 1).map(|i| row.get(i)).collect::<Result<_>>()
            });
            row.optional()?
        };
        let Some(found) = found else { return Ok(()) };
        self.put(&format!("{column}.on"), Some(Value::Date(end)));
        for (figure, value) in FIGURES.iter().skip(1).zip(found) {
            let value = value.map(|n| match *figure {
                "months" => whole(n),
                _ => Value::Money(Fen(n)),
            });
            self.put(&format!("{column}.{figure}"), value);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
