//! Words that go with an erased customer: which rows they are, how they go, and the row that
//! accounts for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};

use super::{Entry, append};
use crate::access::Actor;
use crate::domain::ids::{CustomerId, ErasureId};
use crate::store::Error;

/// The command of a row that names rows whose words have gone. Such a row keeps its own for ever.
pub(super) const COMMAND: &str = "erase";

/// Rows about a customer who is being erased whose words can go: whoever else they are about is
/// erased already, or goes with her.
const ROWS: &str = "
    SELECT a.seq FROM journal_about a CROSS JOIN journal j ON j.seq = a.seq
    WHERE a.customer_id = ?1 AND j.salt IS NOT NULL AND j.command <> ?2
        AND (j.before IS NOT NULL OR j.after IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM journal_about o JOIN customers c USING (customer_id)
            WHERE o.seq = a.seq AND c.customer_id NOT IN (SELECT customer_id FROM erasing))
    ORDER BY a.seq";

/// What was written about a customer before words could go; `?1` = the customer.
const OLD: &str = "
    SELECT count(*) FROM journal j
    WHERE j.digest IS NULL AND (j.before IS NOT NULL OR j.after IS NOT NULL) AND j.subject IN (
        SELECT ?1
        UNION ALL SELECT 'customers:' || ?1
        UNION ALL SELECT visit_id FROM visits WHERE customer_id = ?1
        UNION ALL SELECT 'visits:' || visit_id FROM visits WHERE customer_id = ?1
        UNION ALL SELECT flag_id FROM flags WHERE customer_id = ?1
        UNION ALL SELECT 'flags:' || flag_id FROM flags WHERE customer_id = ?1
        UNION ALL SELECT 'loans:' || loan_id FROM loans WHERE customer_id = ?1
        UNION ALL SELECT 'collateral:' || collateral_id FROM collateral WHERE customer_id = ?1
        UNION ALL SELECT 'covenants:' || covenant_id FROM covenants WHERE customer_id = ?1
        UNION ALL SELECT 'conditions:' || condition_id FROM conditions WHERE customer_id = ?1
        UNION ALL SELECT todo_id FROM todos WHERE customer_id = ?1
        UNION ALL SELECT request_id FROM requests WHERE customer_id = ?1)";

/// The same of rows of an import, whose subject names the table and a key that begins with the
/// customer, or with a loan of hers.
const OLD_KEYS: &str = "
    SELECT count(*) FROM (SELECT ?2 AS key UNION SELECT loan_id FROM loans WHERE customer_id = ?2) k
    JOIN journal j ON j.subject >= ?1 || ':' || k.key || '|' AND j.subject < ?1 || ':' || k.key || '}'
    WHERE j.digest IS NULL AND (j.before IS NOT NULL OR j.after IS NOT NULL)";

/// Tables with such a key.
const KEYED: [&str; 11] = [
    "drawdowns",
    "repayments",
    "contacts",
    "guarantors",
    "statements",
    "statement_details",
    "account_flows",
    "utilities",
    "relations",
    "deadline_marks",
    "kept_duties",
];

/// Rows of one customer.
#[derive(Debug, Default)]
pub(in crate::store) struct Hers {
    /// Whose words have gone now.
    pub(in crate::store) gone: Vec<i64>,
    /// Written before words could go: they stay.
    pub(in crate::store) kept: i64,
}

/// Takes the words of every row about those who are being erased.
pub(in crate::store) fn blank(conn: &Connection) -> Result<BTreeMap<CustomerId, Hers>, Error> {
    let mut all: BTreeMap<CustomerId, Hers> = BTreeMap::new();
    // A row about two of them goes once.
    let mut going = BTreeSet::new();
    let mut statement = conn.prepare("SELECT customer_id FROM erasing")?;
    let customers = statement.query_map([], |row| row.get::<_, String>(0))?;
    for customer in customers.collect::<Result<Vec<_>, _>>()? {
        let mut kept: i64 = conn.prepare_cached(OLD)?.query_row([&customer], |row| row.get(0))?;
        for table in KEYED {
            let mut statement = conn.prepare_cached(OLD_KEYS)?;
            kept += statement.query_row([table, customer.as_str()], |row| row.get::<_, i64>(0))?;
        }
        let mut statement = conn.prepare_cached(ROWS)?;
        let rows = statement.query_map([customer.as_str(), COMMAND], |row| row.get(0))?;
        let gone = rows.collect::<Result<Vec<i64>, _>>()?;
        going.extend(gone.iter().copied());
        all.insert(CustomerId(customer), Hers { gone, kept });
    }
    let sql = "UPDATE journal SET before = NULL, after = NULL, salt = NULL WHERE seq = ?1";
    let mut statement = conn.prepare(sql)?;
    for seq in going {
        statement.execute(params![seq])?;
    }
    Ok(all)
}

/// Writes the row that accounts for what went.
pub(in crate::store) fn account(
    conn: &Connection,
    (actor, now): (&Actor, DateTime<FixedOffset>),
    (erasure, customer): (&ErasureId, &CustomerId),
    (hers, proof): (&Hers, &str),
) -> Result<(), Error> {
    let after = serde_json::json!({
        "erasure": erasure.as_str(),
        "rows": listed(&hers.gone),
        "kept": hers.kept,
        "proof": proof,
    });
    let after = after.to_string();
    let entry = Entry {
        actor,
        now,
        op: None,
        command: COMMAND,
        subject: customer.as_str(),
        before: None,
        after: Some(&after),
    };
    append(conn, &entry)?;
    Ok(())
}

/// `3-7;9;12`: numbers in order, with runs drawn together.
fn listed(rows: &[i64]) -> String {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let text = |(first, last): &(i64, i64)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    runs.iter().map(text).collect::<Vec<_>>().join(";")
}

/// Strikes out what an accounting row names. Only rows read so far are in the set: it accounts for
/// nothing that comes after it.
pub(super) fn settle(owed: &mut BTreeSet<i64>, after: Option<&str>) {
    if owed.is_empty() {
        return;
    }
    let told = after.and_then(|after| serde_json::from_str::<serde_json::Value>(after).ok());
    let Some(rows) = told.as_ref().and_then(|told| told.get("rows")?.as_str()) else { return };
    for run in rows.split(';') {
        let (first, last) = run.split_once('-').unwrap_or((run, run));
        let (Ok(first), Ok(last)) = (first.parse::<i64>(), last.parse::<i64>()) else { continue };
        if first <= last {
            let named: Vec<i64> = owed.range(first..=last).copied().collect();
            for seq in named {
                owed.remove(&seq);
            }
        }
    }
}

#[cfg(test)]
mod tests;
