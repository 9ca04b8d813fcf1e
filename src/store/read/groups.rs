//! Customers that are one risk: of one group by number, or bound by control, group or mutual guarantee.
//! This is the one definition; whoever sums a group asks here. A group does not end where a scope does:
//! members that are out of sight are counted, and nothing else of them is told.

use std::collections::BTreeSet;

use rusqlite::{Connection, Result, named_params};

use super::scope::Sight;
use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::protocol::page::GroupSum;
use crate::risk::portfolio::connected;
use crate::store::row::count;

/// Relations that make two customers one risk.
const BOUND: &str = "'control', 'group', 'mutual_guarantee'";
/// Who has something to lose. An expression on purpose: by the index of exposures each row of the
/// whole book would be looked up one by one.
pub(super) const LENT: &str = "coalesce(x.exposure, 1) > 0";

/// Every group of which somebody is in sight: the ids of all its members.
pub(super) fn all(db: &Connection, sight: &Sight) -> Result<Vec<Vec<String>>> {
    let sql = format!(
        "SELECT '#' || c.group_id, c.customer_id FROM customers c WHERE c.group_id <> '' \
         UNION ALL SELECT r.customer_id, r.related_customer_id FROM relations r \
         JOIN customers c ON c.customer_id = r.customer_id \
         JOIN customers d ON d.customer_id = r.related_customer_id WHERE r.kind IN ({BOUND})"
    );
    let edges: Vec<(String, String)> = db
        .prepare_cached(&sql)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    let sql = format!("SELECT c.customer_id FROM customers c WHERE {}", sight.sieve("c.officer"));
    let seen: BTreeSet<String> = db
        .prepare_cached(&sql)?
        .query_map(named_params! {":scope": sight.value()}, |row| row.get(0))?
        .collect::<Result<_>>()?;
    // The number of a group holds its members together and is none of them.
    let members = |part: Vec<String>| -> Vec<String> {
        part.into_iter().filter(|name| !name.starts_with('#')).collect()
    };
    let parts = connected(&edges).into_iter().map(members);
    Ok(parts.filter(|part| part.iter().any(|member| seen.contains(member))).collect())
}

/// What the group of a customer owes, she among them; `None` = she is in none in which another owes
/// something.
pub(super) fn sum(db: &Connection, sight: &Sight, of: &CustomerId) -> Result<Option<GroupSum>> {
    let sql = format!(
        "WITH RECURSIVE part (id) AS (SELECT :id \
         UNION SELECT o.customer_id FROM part p JOIN customers c ON c.customer_id = p.id \
            JOIN customers o ON o.group_id = c.group_id WHERE c.group_id <> '' \
         UNION SELECT r.related_customer_id FROM part p JOIN relations r ON r.customer_id = p.id \
            JOIN customers o ON o.customer_id = r.related_customer_id WHERE r.kind IN ({BOUND}) \
         UNION SELECT r.customer_id FROM part p JOIN relations r ON r.related_customer_id = p.id \
            WHERE r.kind IN ({BOUND})), \
         members AS (SELECT x.exposure, {sight} AS seen FROM part p \
            JOIN customer_facts x ON x.customer_id = p.id \
            JOIN customers c ON c.customer_id = p.id WHERE {LENT}) \
         SELECT coalesce(sum(seen), 0), coalesce(sum(iif(seen, exposure, 0)), 0), \
            coalesce(sum(seen AND exposure IS NULL), 0), coalesce(sum(NOT seen), 0) FROM members",
        sight = sight.sieve("c.officer")
    );
    let named = named_params! {":id": of.as_str(), ":scope": sight.value()};
    let sum = db.prepare_cached(&sql)?.query_row(named, |row| {
        Ok(GroupSum {
            customers: count(row, 0)?,
            exposure: Fen(row.get(1)?),
            unknown: count(row, 2)?,
            hidden: count(row, 3)?,
        })
    })?;
    Ok((sum.customers > 0 && sum.customers + sum.hidden > 1).then_some(sum))
}
