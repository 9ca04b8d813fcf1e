//! Statements of a customer: both tables together.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, Row, named_params, params};

use super::Asked;
use crate::domain::answer::Value;
use crate::domain::customer::Line as BusinessLine;
use crate::domain::ids::CustomerId;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine, StatementSource};
use crate::protocol::command::Revision;
use crate::protocol::page::StatementsPage;
use crate::store::collateral::counts;
use crate::store::row::{day, maybe_code, maybe_day};

/// Columns before the amounts.
const HEAD: usize = 6;

/// How many statements the overlay shows: ten years of quarters.
const MOST: u32 = 40;

/// What the customer `c` owes of running loans that collateral secures; null if she has none, or one of
/// their balances is missing.
pub(in crate::store) const SECURED: &str = "
    SELECT CASE WHEN count(*) = count(s.balance) THEN sum(s.balance) END FROM loans s
    WHERE s.customer_id = c.customer_id AND s.status = 'active'
        AND s.guarantee_mode IN ('mortgage', 'pledge')";

impl Asked<'_> {
    /// Everything about statements, for the overlay.
    pub(super) fn statements_page(&self, customer: &CustomerId) -> Result<Option<StatementsPage>> {
        let sql = format!(
            "SELECT c.name, c.industry, c.line, x.exposure, (SELECT min(disbursed_on) FROM loans l \
             WHERE l.customer_id = c.customer_id AND l.status = 'active'), ({SECURED}) \
             FROM customers c LEFT JOIN customer_facts x ON x.customer_id = c.customer_id \
             WHERE c.customer_id = :id AND {}",
            self.sight.sieve("c.officer")
        );
        let parameters = named_params! {":id": customer.as_str(), ":scope": self.sight.value()};
        let head = self.db.prepare_cached(&sql)?.query_row(parameters, |row| {
            let line = maybe_code(row, 2, BusinessLine::from_code)?;
            let exposure: Option<i64> = row.get(3)?;
            let exposure = (exposure.map(Fen), row.get::<_, Option<i64>>(5)?.map(Fen));
            Ok((row.get(0)?, row.get(1)?, line, exposure, maybe_day(row, 4)?))
        });
        let Some((name, industry, line, (exposure, secured), disbursed_on)) = head.optional()?
        else {
            return Ok(None);
        };
        let statements = self.statements(customer, MOST)?;
        let revisions = statements
            .iter()
            .map(|statement| revision(self.db, customer, statement.period_end))
            .collect::<Result<_>>()?;
        let collateral =
            concat!("SELECT k.value FROM collateral k WHERE k.customer_id = :id AND ", counts!());
        let flows = self.flows(customer)?;
        Ok(Some(StatementsPage {
            customer: customer.clone(),
            name,
            industry,
            unfinished: is_unfinished(self.db, customer, line)?,
            statements,
            revisions,
            disbursed_on,
            exposure,
            secured,
            collateral: self.rows_of(customer, collateral, |row| row.get(0).map(Fen))?,
            inflows: flows.into_iter().map(|(month, inflow, _)| (month, inflow)).collect(),
        }))
    }

    /// Statements, latest first, at most so many.
    pub(super) fn statements(&self, customer: &CustomerId, most: u32) -> Result<Vec<Statement>> {
        of_customer(self.db, customer, most)
    }
}

/// Statements, latest first, at most so many.
pub(in crate::store) fn of_customer(
    db: &Connection,
    customer: &CustomerId,
    most: u32,
) -> Result<Vec<Statement>> {
    // A file may bring the one table without the other.
    let sql = select(
        "(SELECT period_end FROM statements WHERE customer_id = :id \
         UNION SELECT period_end FROM statement_details WHERE customer_id = :id \
         ORDER BY period_end DESC LIMIT :most)",
    );
    let mut statement = db.prepare_cached(&sql)?;
    let key = named_params! {":id": customer.as_str(), ":most": most};
    statement.query_map(key, read)?.collect()
}

/// Both tables for the days that a query gives, latest first.
fn select(days: &str) -> String {
    let mut sql = String::from(
        "SELECT k.period_end, s.period_months, d.shares_pledged, d.source, coalesce(d.audited, 0), \
         s.customer_id IS NOT NULL OR d.customer_id IS NOT NULL",
    );
    for line in StatementLine::ALL {
        let table = if line.is_basic() { 's' } else { 'd' };
        let _ = write!(sql, ", {table}.{}", line.as_code());
    }
    let _ = write!(
        sql,
        " FROM {days} k \
         LEFT JOIN statements s ON s.customer_id = :id AND s.period_end = k.period_end \
         LEFT JOIN statement_details d ON d.customer_id = :id AND d.period_end = k.period_end \
         ORDER BY k.period_end DESC"
    );
    sql
}

/// The statement of one day.
pub(in crate::store) fn of_day(
    db: &Connection,
    customer: &CustomerId,
    day: NaiveDate,
) -> Result<Option<Statement>> {
    let sql = select("(SELECT :day AS period_end)");
    let key = named_params! {":id": customer.as_str(), ":day": day.to_string()};
    let found = db.prepare_cached(&sql)?.query_row(key, |row| {
        // The day itself is no row of either table.
        let statement = read(row)?;
        Ok((row.get::<_, bool>(HEAD - 1)?, statement))
    });
    Ok(found.optional()?.filter(|(there, _)| *there).map(|(_, statement)| statement))
}

/// The latest statement before a day.
pub(in crate::store) fn before(
    db: &Connection,
    customer: &CustomerId,
    day: NaiveDate,
) -> Result<Option<Statement>> {
    const LAST: &str =
        "SELECT max(period_end) FROM statements WHERE customer_id = ?1 AND period_end < ?2";
    let key = [customer.as_str(), &day.to_string()];
    let last = db.prepare_cached(LAST)?.query_row(key, |row| maybe_day(row, 0))?;
    last.map_or(Ok(None), |last| of_day(db, customer, last))
}

/// Records that were handed in and say that what is built is completed (`:yes`).
pub(in crate::store) const COMPLETED: &str = "
    visits v JOIN records r USING (visit_id)
    JOIN answers a ON a.visit_id = r.visit_id AND a.version = r.version
        AND a.item = 'completed' AND a.value = :yes
    WHERE r.state IN ('submitted', 'approved')";

/// Whether a customer is a project that is still being built: no record that was handed in says that
/// it is completed.
pub(in crate::store) fn is_unfinished(
    db: &Connection,
    customer: &CustomerId,
    line: Option<BusinessLine>,
) -> Result<bool> {
    if line != Some(BusinessLine::Project) {
        return Ok(false);
    }
    let sql = format!("SELECT 1 FROM {COMPLETED} AND v.customer_id = :customer");
    let yes = Value::Bool(true).encode();
    let key = named_params! {":customer": customer.as_str(), ":yes": yes};
    Ok(!db.prepare_cached(&sql)?.exists(key)?)
}

/// Revision of a statement: of both rows together, so that a change of either is noticed.
pub(in crate::store) fn revision(
    db: &Connection,
    customer: &CustomerId,
    day: NaiveDate,
) -> Result<Revision> {
    const SQL: &str = "SELECT
        coalesce((SELECT revision FROM statements WHERE customer_id = ?1 AND period_end = ?2), 0)
        + coalesce((SELECT revision FROM statement_details
            WHERE customer_id = ?1 AND period_end = ?2), 0)";
    let key = params![customer.as_str(), day.to_string()];
    db.prepare_cached(SQL)?.query_row(key, |row| row.get(0))
}

fn read(row: &Row<'_>) -> Result<Statement> {
    let mut amounts = BTreeMap::new();
    for (at, line) in (HEAD..).zip(StatementLine::ALL) {
        if let Some(fen) = row.get::<_, Option<i64>>(at)? {
            amounts.insert(*line, Fen(fen));
        }
    }
    Ok(Statement {
        period_end: day(row, 0)?,
        months: row.get(1)?,
        amounts,
        pledged: row.get::<_, Option<i64>>(2)?.map(Decimal4),
        source: maybe_code(row, 3, StatementSource::from_code)?,
        audited: row.get(4)?,
    })
}

#[cfg(test)]
mod tests;
