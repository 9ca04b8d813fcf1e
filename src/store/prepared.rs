//! What was prepared for a customer's next visit, for pages and for the facts of a record alike.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, Row, named_params};
use sha2::{Digest as _, Sha256};

use super::hex::hex;
use super::row::{maybe_day, strange};
use crate::domain::customer::Line;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::preparation::LookedUp;
use crate::form::preparation::LookUp;
use crate::protocol::command::Revision;
use crate::protocol::page::{LookUpEntry, LookUpRow};

/// Somebody on file, with the full name: never leaves the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OnFile {
    pub(crate) name: String,
    pub(crate) role: Option<String>,
    pub(crate) phone: Option<String>,
}

impl OnFile {
    /// Stands for the name where it must not be shown.
    pub(crate) fn key(&self, customer: &CustomerId) -> String {
        let text = format!("{customer}\n{}", self.name);
        hex(&Sha256::digest(text)).chars().take(16).collect()
    }
}

/// Everybody on file who can be met: contacts, then representative, controller, borrower and
/// guarantors who are none of the contacts.
pub(crate) fn people(db: &Connection, customer: &CustomerId) -> Result<Vec<OnFile>> {
    const SQL: &str = "
        SELECT name, role, phone FROM (
            SELECT 0 AS rank, name, role, phone FROM contacts WHERE customer_id = :id
            UNION ALL SELECT 1, legal_rep, 'legal_rep', NULL FROM customers WHERE customer_id = :id
            UNION ALL SELECT 2, controller, 'controller', NULL FROM customers WHERE customer_id = :id
            UNION ALL SELECT 3, name, 'borrower', phone FROM customers WHERE customer_id = :id
                AND line IN ('personal_business', 'personal_consumption', 'micro_shop')
                AND NOT EXISTS (SELECT 1 FROM contacts WHERE customer_id = :id AND role = 'borrower')
            UNION ALL SELECT 4, name, 'guarantor', NULL FROM guarantors WHERE customer_id = :id)
        WHERE coalesce(name, '') <> '' ORDER BY rank, name";
    let mut statement = db.prepare_cached(SQL)?;
    let rows = statement.query_map(named_params! {":id": customer.as_str()}, |row| {
        Ok(OnFile { name: row.get(0)?, role: row.get(1)?, phone: row.get(2)? })
    })?;
    let mut all: Vec<OnFile> = Vec::new();
    for person in rows {
        let person = person?;
        match all.iter_mut().find(|known| known.name == person.name) {
            Some(known) if known.role.as_deref().is_none_or(|role| role == "other") => {
                known.role = person.role;
            }
            Some(_) => {}
            None => all.push(person),
        }
    }
    Ok(all)
}

/// Number of the last choice of people; 0 = none.
pub(crate) fn meeting_revision(db: &Connection, customer: &CustomerId) -> Result<Revision> {
    db.prepare_cached("SELECT coalesce(max(n), 0) FROM prep_meetings WHERE customer_id = :id")?
        .query_row(named_params! {":id": customer.as_str()}, |row| row.get(0))
}

/// Names chosen, if no visit was handed in since. `open` is the visit for which they were chosen.
pub(crate) fn chosen(
    db: &Connection,
    customer: &CustomerId,
    open: Option<&VisitId>,
) -> Result<Vec<String>> {
    const SQL: &str = "
        SELECT p.name FROM prep_people p
        JOIN prep_meetings m ON m.customer_id = p.customer_id AND m.n = p.n
        WHERE p.customer_id = :id
            AND p.n = (SELECT max(n) FROM prep_meetings WHERE customer_id = :id)
            AND NOT EXISTS (SELECT 1 FROM visits v JOIN records r USING (visit_id)
                WHERE v.customer_id = :id AND v.origin = 'here' AND v.visit_id <> :open
                    AND r.submitted_at > m.at)
        ORDER BY p.name";
    let open = open.map_or("", VisitId::as_str);
    db.prepare_cached(SQL)?
        .query_map(named_params! {":id": customer.as_str(), ":open": open}, |row| row.get(0))?
        .collect()
}

/// The customer's line.
pub(crate) fn line(db: &Connection, customer: &CustomerId) -> Result<Option<Line>> {
    let code: Option<Option<String>> = db
        .prepare_cached("SELECT line FROM customers WHERE customer_id = :id")?
        .query_row(named_params! {":id": customer.as_str()}, |row| row.get(0))
        .optional()?;
    Ok(code.flatten().as_deref().and_then(Line::from_code))
}

/// Number of the last entry of a look-up; 0 = none.
pub(crate) fn look_up_revision(
    db: &Connection,
    customer: &CustomerId,
    code: &str,
) -> Result<Revision> {
    const SQL: &str =
        "SELECT coalesce(max(n), 0) FROM prep_checks WHERE customer_id = :id AND code = :code";
    db.prepare_cached(SQL)?
        .query_row(named_params! {":id": customer.as_str(), ":code": code}, |row| row.get(0))
}

/// One look-up as it stands on a day; `until` = what was noted after this moment does not count.
pub(crate) fn look_up(
    db: &Connection,
    customer: &CustomerId,
    lookup: &LookUp,
    day: NaiveDate,
    until: Option<&str>,
) -> Result<LookUpRow> {
    const SQL: &str = "
        SELECT k.option, k.result, k.detail, k.place, k.looked_up_on, coalesce(u.name, k.by),
            k.n, k.restores
        FROM prep_checks k LEFT JOIN users u ON u.user = k.by
        WHERE k.customer_id = :id AND k.code = :code AND (:until IS NULL OR k.at <= :until)
        ORDER BY k.n DESC";
    let mut row = LookUpRow {
        code: lookup.code.clone(),
        revision: look_up_revision(db, customer, &lookup.code)?,
        result: LookedUp::NotQueried,
        last: None,
        stale: false,
        before: None,
    };
    let mut statement = db.prepare_cached(SQL)?;
    let parameters =
        named_params! {":id": customer.as_str(), ":code": lookup.code, ":until": until};
    let mut entries = statement.query(parameters)?;
    let mut below = Revision::MAX;
    while let Some(line) = entries.next()? {
        // What was taken back since is as if it had never been noted.
        if line.get::<_, Revision>(6)? >= below {
            continue;
        }
        below = line.get::<_, Option<Revision>>(7)?.unwrap_or(below);
        let Some(entry) = entry(line)? else { break };
        match &row.last {
            None => row.last = Some(entry),
            Some(last) if entry.on.is_some() && entry.on != last.on => {
                row.before = Some(entry);
                break;
            }
            Some(_) => {}
        }
    }
    if let Some(last) = &row.last {
        row.stale = last.on.is_some_and(|on| !lookup.is_fresh(on, day));
        row.result = if row.stale { LookedUp::NotQueried } else { last.result };
    }
    Ok(row)
}

/// Columns of [`look_up`]; `None` = taken back.
fn entry(row: &Row<'_>) -> Result<Option<LookUpEntry>> {
    let result: String = row.get(1)?;
    if result == "withdrawn" {
        return Ok(None);
    }
    Ok(Some(LookUpEntry {
        option: row.get(0)?,
        result: LookedUp::from_code(&result).ok_or_else(|| strange(1))?,
        detail: row.get(2)?,
        place: row.get(3)?,
        on: maybe_day(row, 4)?,
        by: row.get(5)?,
    }))
}
