//! Data whose time is over: whose they are, and how they go. The data dictionary says how many years
//! after the end of a relation a customer is kept; what is open, or held up, is never over.

mod reach;

use chrono::{DateTime, FixedOffset, Months, NaiveDate};
use rusqlite::{Connection, named_params, params};
use sha2::{Digest, Sha256};

use super::hex::hex;
use super::read::scope::Sight;
use super::row::{count, day};
use super::{Error, Store, files, instant, search};
use crate::access::Scope;
use crate::assets::privacy;
use crate::domain::ids::{CustomerId, UserId};

#[cfg(test)]
pub(in crate::store) use reach::{NOT_HERS, TABLES};

/// All loans of the customer are over, and this is the last day of the last one. A loan of which that
/// day is not known may have ended yesterday.
const ENDED: &str = "
    SELECT max(CASE WHEN l.status = 'active' THEN '9999-12-31'
        ELSE coalesce(l.settled_on, '9999-12-31') END) FROM loans l
    WHERE l.customer_id = c.customer_id";

/// Nothing is open about the customer.
const QUIET: &str = "
    NOT EXISTS (SELECT 1 FROM visits v JOIN records r USING (visit_id)
        WHERE v.customer_id = c.customer_id AND r.state IN ('draft', 'submitted', 'returned'))
    AND NOT EXISTS (SELECT 1 FROM flags f
        WHERE f.customer_id = c.customer_id AND f.state IN ('proposed', 'confirmed'))
    AND NOT EXISTS (SELECT 1 FROM todos t WHERE t.customer_id = c.customer_id AND t.state = 'open')
    AND NOT EXISTS (SELECT 1 FROM packet_customers m JOIN packets p USING (packet)
        WHERE m.customer_id = c.customer_id AND p.state = 'open')";

/// A customer whose time is over.
pub(in crate::store) struct Expired {
    pub(in crate::store) customer: CustomerId,
    pub(in crate::store) name: String,
    pub(in crate::store) ended_on: NaiveDate,
    /// What holds the erasure up, and who said so.
    pub(in crate::store) hold: Option<(String, String)>,
    /// The same person by login name.
    pub(in crate::store) held_by: Option<UserId>,
}

/// The last day on which a relation must have ended for its data to be over; `None` = they never are.
pub(in crate::store) fn limit(today: NaiveDate) -> Option<NaiveDate> {
    today.checked_sub_months(Months::new(privacy::customers().years * 12))
}

/// Whose time is over, in sight, longest over first. Those in an open proposal are left out.
pub(in crate::store) fn expired(
    db: &Connection,
    sight: &Sight,
    today: NaiveDate,
    only: Option<&CustomerId>,
) -> rusqlite::Result<Vec<Expired>> {
    let Some(limit) = limit(today) else { return Ok(Vec::new()) };
    let which = match only {
        Some(_) => "c.customer_id = :only",
        None => {
            ":only IS NULL AND NOT EXISTS (
                SELECT 1 FROM erasure_customers x JOIN erasures e USING (erasure)
                WHERE x.customer_id = c.customer_id AND e.state = 'proposed')"
        }
    };
    let sql = format!(
        "SELECT * FROM (SELECT c.customer_id, c.name, ({ENDED}) AS ended, h.reason,
            coalesce(u.name, h.set_by, ''), h.set_by
        FROM customers c LEFT JOIN holds h ON h.customer_id = c.customer_id
        LEFT JOIN users u ON u.user = h.set_by
        WHERE {} AND {which} AND {QUIET})
        WHERE ended <= :limit ORDER BY ended, customer_id",
        sight.sieve("c.officer")
    );
    let parameters = named_params! {
        ":scope": sight.value(), ":limit": limit.to_string(),
        ":only": only.map(CustomerId::as_str),
    };
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(parameters, |row| {
        let hold: Option<String> = row.get(3)?;
        Ok(Expired {
            customer: CustomerId(row.get(0)?),
            name: row.get(1)?,
            ended_on: day(row, 2)?,
            hold: hold.zip(row.get(4)?),
            held_by: row.get::<_, Option<String>>(5)?.map(UserId),
        })
    })?;
    rows.collect()
}

/// Compliance of each branch learns once a month that there is something to erase; gives the number of
/// messages. What waits for agreement, or is held up, is nothing to remind of.
pub(in crate::store) fn remind(
    db: &Connection,
    date: NaiveDate,
    now: DateTime<FixedOffset>,
) -> Result<i64, Error> {
    const WHO: &str = "
        SELECT user, coalesce(branch, '') FROM users u
        WHERE role = 'compliance' AND disabled = 0 AND NOT EXISTS (SELECT 1 FROM notices n
            WHERE n.to_user = u.user AND n.kind = 'retention_due' AND n.subject = ?1)
        ORDER BY 2, 1";
    const SQL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        VALUES (?1, 'retention_due', ?2, ?3, ?4)";
    let month = date.format("%Y-%m").to_string();
    let mut statement = db.prepare(WHO)?;
    let people = statement.query_map([&month], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let people: Vec<(String, String)> = people.collect::<Result<_, _>>()?;
    let mut told = 0;
    let mut known: Option<(String, bool)> = None;
    for (user, branch) in people {
        // In order of branches: each is gone through once.
        let is_known = known.as_ref().is_some_and(|(of, _)| *of == branch);
        if !is_known {
            let sight = Sight::within(Scope::Branch(branch.clone()));
            let over = expired(db, &sight, date, None)?;
            known = Some((branch, over.iter().any(|over| over.hold.is_none())));
        }
        if known.as_ref().is_some_and(|(_, waits)| *waits) {
            let values = params![user, month, date.to_string(), instant::store(now)];
            db.prepare_cached(SQL)?.execute(values)?;
            told += 1;
        }
    }
    Ok(told)
}

/// How many customers would be over, were it known when their last loan ended.
pub(in crate::store) fn undated(
    db: &Connection,
    sight: &Sight,
    today: NaiveDate,
) -> rusqlite::Result<u32> {
    let Some(limit) = limit(today) else { return Ok(0) };
    let sql = format!(
        "SELECT count(*) FROM (SELECT l.customer_id FROM loans l
        JOIN customers c ON c.customer_id = l.customer_id WHERE {}
        GROUP BY l.customer_id HAVING sum(l.status = 'active') = 0 AND sum(l.settled_on IS NULL) > 0
            AND max(coalesce(l.settled_on, l.matures_on, l.disbursed_on)) <= :limit)",
        sight.sieve("c.officer")
    );
    let parameters = named_params! {":scope": sight.value(), ":limit": limit.to_string()};
    db.prepare_cached(&sql)?.query_row(parameters, |row| count(row, 0))
}

/// What became of one customer.
pub(in crate::store) struct Gone {
    /// Rows of all tables.
    pub(in crate::store) rows: usize,
    /// Registered files.
    pub(in crate::store) files: usize,
    /// SHA-256 over what they said, by which a copy could be proved to be what was erased.
    pub(in crate::store) proof: String,
}

/// Erases what is gone through once for all customers that are being erased; gives the rows.
pub(in crate::store) fn erase_shared(db: &Connection) -> Result<usize, Error> {
    let mut rows = 0;
    for (table, whose) in reach::SHARED {
        rows += db.execute(&format!("DELETE FROM {table} WHERE {whose}"), [])?;
    }
    Ok(rows)
}

/// Erases everything else of a customer. Others keep what they say of her, but it leads nowhere.
pub(in crate::store) fn erase(db: &Connection, customer: &CustomerId) -> Result<Gone, Error> {
    let id = customer.as_str();
    let mut digest = Sha256::new();
    let mut gone = Gone { rows: 0, files: 0, proof: String::new() };
    let rid: Option<i64> = {
        let mut statement =
            db.prepare_cached("SELECT rid FROM customers WHERE customer_id = ?1")?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(|row| row.get(0)).transpose()?
    };
    db.prepare_cached(
        "UPDATE relations SET related_customer_id = NULL WHERE related_customer_id = ?1",
    )?
    .execute([id])?;
    for (table, whose) in reach::TABLES {
        // Read first, because what comes later in the list may be found by what comes earlier.
        let mut statement = db.prepare(&format!("SELECT * FROM {table} WHERE {whose}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            digest.update(table.as_bytes());
            for column in 0..columns {
                let value = format!("{:?}", row.get_ref(column)?);
                digest.update(value.len().to_be_bytes());
                digest.update(value);
            }
        }
        drop(rows);
        let deleted = db.execute(&format!("DELETE FROM {table} WHERE {whose}"), [id])?;
        gone.rows += deleted;
        if ["attachments", "proofs"].contains(table) {
            gone.files += deleted;
        }
    }
    if let Some(rid) = rid {
        search::unindex(db, rid)?;
    }
    gone.proof = hex(&digest.finalize());
    Ok(gone)
}

impl Store {
    /// After an erasure: what was written ahead is taken into the file, so that no old page is left
    /// lying beside it, and files that no row names any more go. Failing changes nothing that the
    /// night's tidying does not make good.
    pub(in crate::store) fn sweep_erased(&self, now: DateTime<FixedOffset>) {
        let cut = "PRAGMA wal_checkpoint(TRUNCATE)";
        if let Err(error) = self.conn().query_row(cut, [], |_| Ok(())) {
            tracing::warn!(error = %Error::from(error), "write-ahead log not cut");
        }
        if let Err(error) = files::Shelf::of(self.conn()).tidy(self.conn(), now) {
            tracing::warn!(%error, "files of an erasure are left for the night");
        }
    }
}

#[cfg(test)]
mod tests;
