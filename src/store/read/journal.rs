//! The journal for who audits it: rows by person, kind, object and period, and what is unusual.

mod unusual;

use rusqlite::{Row, named_params};

use super::Asked;
use crate::access::Action;
use crate::domain::ids::CustomerId;
use crate::protocol::page::{JournalEntry, JournalPage};
use crate::protocol::query::JournalFilter;
use crate::protocol::reply::Refusal;
use crate::store::Error;
use crate::store::journal::{Sieve, head, last_anchor};
use crate::store::row::{branch_time, id};

/// A customer by the subject of a row: her own number, or a visit or a flag of hers.
const WHOSE: &str = "coalesce(
    (SELECT customer_id FROM customers WHERE customer_id = j.subject),
    (SELECT customer_id FROM visits WHERE visit_id = j.subject),
    (SELECT customer_id FROM flags WHERE flag_id = j.subject))";

impl Asked<'_> {
    pub(super) fn journal(&self, filter: &JournalFilter) -> Result<JournalPage, Refusal> {
        if !self.actor.may(Action::ReadJournal) {
            return Err(Refusal::NotFound);
        }
        let sieve = Sieve::of(filter);
        let sql = format!(
            "SELECT j.seq, j.at, coalesce(u.name, j.actor), j.actor, j.role, j.command, j.subject,
                {WHOSE}, coalesce(j.before, ''), coalesce(j.after, ''),
                j.digest IS NOT NULL AND j.salt IS NULL
            FROM journal j LEFT JOIN users u ON u.user = j.actor
            WHERE {} ORDER BY j.seq DESC LIMIT :limit",
            sieve.sql
        );
        let mut statement = self.db.prepare(&sql)?;
        let rows = statement.query_map(sieve.parameters().as_slice(), read)?;
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        let most = usize::try_from(filter.limit).unwrap_or(usize::MAX);
        let more = rows.len() > most;
        rows.truncate(most);
        for row in &mut rows {
            self.name_customer(row)?;
        }
        Ok(JournalPage { rows, more, head: head(self.db)?.seq, anchored: last_anchor(self.db)? })
    }

    fn name_customer(&self, row: &mut JournalEntry) -> Result<(), Error> {
        let Some((customer, name)) = &mut row.customer else { return Ok(()) };
        let sql = "SELECT name FROM customers WHERE customer_id = :id";
        let parameters = named_params! {":id": customer.as_str()};
        *name = self.db.prepare_cached(sql)?.query_row(parameters, |row| row.get(0))?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<JournalEntry> {
    let at: String = row.get(1)?;
    let customer: Option<String> = row.get(7)?;
    Ok(JournalEntry {
        seq: row.get(0)?,
        at: branch_time(&at).map_or(at, |at| at.format("%Y-%m-%d %H:%M:%S").to_string()),
        actor: row.get(2)?,
        user: id(row, 3)?,
        role: row.get(4)?,
        command: row.get(5)?,
        subject: row.get(6)?,
        customer: customer.map(|id| (CustomerId(id), String::new())),
        before: row.get(8)?,
        after: row.get(9)?,
        erased: row.get(10)?,
    })
}

#[cfg(test)]
mod tests;
