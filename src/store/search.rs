//! Search for customers by name, pinyin, initials, id, contract and phone.
//!
//! The index finds candidates, ib-matcher decides and gives the place to highlight. Only what lies
//! within the actor's scope is looked at.

mod tokens;

use std::collections::HashSet;

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::PinyinNotation;
use rusqlite::{Connection, OptionalExtension as _, Result, named_params};

use super::read::scope::Sight;
use crate::domain::ids::CustomerId;
use tokens::Folded;
pub(in crate::store) use tokens::half_width;

/// Candidates looked at per stage: enough to fill a page, few enough for one key press.
const CANDIDATES: i64 = 600;

/// A customer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Row of the customer.
    pub(crate) rid: i64,
    /// Byte range of the match in the name, if the name matched.
    pub(crate) span: Option<(usize, usize)>,
    /// Kind of match, place in the name, length of the name: lower is better.
    rank: (u8, usize, usize),
    /// Last of the order.
    customer: String,
}

/// Where candidates come from, in the order in which they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Start,
    Inside,
    Id,
}

/// Customers in sight that match, best first: names that start so, names that hold it, then ids,
/// contracts and phones (these first if there are digits in the text).
pub(crate) fn search(
    db: &Connection,
    sight: &Sight,
    text: &str,
    limit: usize,
) -> Result<Vec<Found>> {
    let pattern = Folded::of(text).text;
    let mut found: Vec<Found> = Vec::new();
    if pattern.is_empty() || limit == 0 {
        return Ok(found);
    }
    let digits = pattern.chars().any(|c| c.is_ascii_digit());
    let stages = if digits {
        [Stage::Id, Stage::Start, Stage::Inside]
    } else {
        [Stage::Start, Stage::Inside, Stage::Id]
    };
    let pinyin =
        PinyinMatchConfig::builder(PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter)
            .data(tokens::pinyin())
            .build();
    let matcher: IbMatcher<'_> =
        IbMatcher::builder(pattern.as_str()).pinyin(pinyin).is_pattern_partial(true).build();
    let mut known = HashSet::new();
    for (order, stage) in (1u8..).zip(stages) {
        let query = match stage {
            Stage::Start => tokens::name_query(&pattern, true),
            Stage::Inside => tokens::name_query(&pattern, false),
            Stage::Id => tokens::id_query(&pattern),
        };
        let Some(query) = query else { continue };
        let wanted = i64::try_from(limit).unwrap_or(CANDIDATES);
        // Triples of an id hardly err, and each candidate costs a look at its contracts.
        let cap =
            if stage == Stage::Id { wanted.saturating_mul(4) } else { CANDIDATES.max(wanted) };
        for (rid, customer, name) in candidates(db, sight, &query, cap)? {
            if known.contains(&rid) {
                continue;
            }
            let hit = if stage == Stage::Id {
                holds_id(db, rid, &customer, &pattern)?
                    .map(|whole| (None, if whole { 0 } else { order }, 0))
            } else {
                in_name(&matcher, &name).map(|(span, start)| (Some(span), order, start))
            };
            let Some((span, kind, start)) = hit else { continue };
            known.insert(rid);
            let rank = (kind, start, name.chars().count());
            found.push(Found { rid, span, rank, customer });
        }
        if found.len() >= limit {
            break;
        }
    }
    found.sort_by(|a, b| (a.rank, &a.customer).cmp(&(b.rank, &b.customer)));
    found.truncate(limit);
    Ok(found)
}

fn candidates(
    db: &Connection,
    sight: &Sight,
    query: &str,
    cap: i64,
) -> Result<Vec<(i64, String, String)>> {
    let query = match sight.officer() {
        Some(officer) => tokens::of_officer(query, officer.as_str()),
        None => query.to_owned(),
    };
    let sql = format!(
        "SELECT c.rid, c.customer_id, c.name FROM customer_index \
         CROSS JOIN customers c ON c.rid = customer_index.rowid \
         WHERE customer_index MATCH :query AND {} LIMIT :cap",
        sight.sieve("c.officer")
    );
    db.prepare_cached(&sql)?
        .query_map(named_params! {":query": query, ":scope": sight.value(), ":cap": cap}, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect()
}

/// Where the pattern stands in the name: bytes of the name, and the place in the folded name.
fn in_name(matcher: &IbMatcher<'_>, name: &str) -> Option<((usize, usize), usize)> {
    let folded = Folded::of(name);
    let hit = matcher.find(folded.text.as_str())?;
    Some((folded.original(hit.start(), hit.end())?, hit.start()))
}

/// Whether the pattern is the customer id (`Some(true)`) or some id, contract or phone holds it.
fn holds_id(db: &Connection, rid: i64, customer: &str, pattern: &str) -> Result<Option<bool>> {
    if Folded::of(customer).text == pattern {
        return Ok(Some(true));
    }
    let held = ids_of(db, rid, customer)?.iter().any(|id| Folded::of(id).text.contains(pattern));
    Ok(held.then_some(false))
}

/// Everything about a customer that is looked up by its digits.
fn ids_of(db: &Connection, rid: i64, customer: &str) -> Result<Vec<String>> {
    let mut ids: Vec<String> = db
        .prepare_cached(
            "SELECT phone FROM customers WHERE rid = :rid AND phone IS NOT NULL \
             UNION ALL SELECT phone FROM contacts WHERE customer_id = :id AND phone IS NOT NULL \
             UNION ALL SELECT contract_no FROM loans WHERE customer_id = :id AND contract_no IS NOT NULL",
        )?
        .query_map(named_params! {":rid": rid, ":id": customer}, |row| row.get(0))?
        .collect::<Result<_>>()?;
    ids.push(customer.to_owned());
    Ok(ids)
}

/// Indexes a customer anew. To be called in the same transaction whenever its id, name, officer,
/// phone, contacts or contracts change; does nothing if there is no such customer.
pub(crate) fn index_customer(db: &Connection, customer: &CustomerId) -> Result<()> {
    let found: Option<(i64, String, String)> = db
        .prepare_cached("SELECT rid, name, officer FROM customers WHERE customer_id = :id")?
        .query_row(named_params! {":id": customer.as_str()}, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((rid, name, officer)) = found else { return Ok(()) };
    unindex(db, rid)?;
    insert(db, rid, customer.as_str(), &name, &officer)
}

/// Takes a row of `customers` out of the index.
pub(crate) fn unindex(db: &Connection, rid: i64) -> Result<()> {
    db.prepare_cached("DELETE FROM customer_index WHERE rowid = :rid")?
        .execute(named_params! {":rid": rid})?;
    Ok(())
}

/// Builds the whole index anew: after an import this is faster than row by row.
pub(crate) fn reindex_book(db: &Connection) -> Result<usize> {
    db.execute("INSERT INTO customer_index (customer_index) VALUES ('delete-all')", [])?;
    let mut statement =
        db.prepare("SELECT rid, customer_id, name, officer FROM customers ORDER BY rid")?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let customer: String = row.get(1)?;
        let (name, officer): (String, String) = (row.get(2)?, row.get(3)?);
        insert(db, row.get(0)?, &customer, &name, &officer)?;
        count += 1;
    }
    Ok(count)
}

fn insert(db: &Connection, rid: i64, customer: &str, name: &str, officer: &str) -> Result<()> {
    let ids = ids_of(db, rid, customer)?;
    db.prepare_cached("INSERT INTO customer_index (rowid, tokens) VALUES (:rid, :tokens)")?
        .execute(named_params! {":rid": rid, ":tokens": tokens::tokens_of(name, officer, &ids)})?;
    Ok(())
}

#[cfg(test)]
mod tests;
