//! The financing strategy in force, and the steps of its plan that the balance has met.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, named_params, params};

use super::row::code;
use crate::assets::strategy as pack;
use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::domain::strategy::Strategy;

/// What holds for a customer: what was decided last, else what the pack assumes.
pub(super) fn in_force(db: &Connection, customer: &CustomerId) -> Result<Strategy> {
    const SQL: &str = "SELECT strategy FROM strategies WHERE customer_id = ?1 AND in_force = 1";
    let mut statement = db.prepare_cached(SQL)?;
    let found = statement
        .query_row([customer.as_str()], |row| code(row, 0, Strategy::from_code))
        .optional()?;
    Ok(found.unwrap_or(pack::shared().assumed))
}

/// Balance of the active loans; `None` if one is missing.
pub(super) fn balance(db: &Connection, customer: &CustomerId) -> Result<Option<Fen>> {
    const SQL: &str = "SELECT coalesce(sum(balance), 0), count(*) = count(balance) FROM loans
        WHERE customer_id = ?1 AND status = 'active'";
    let mut statement = db.prepare_cached(SQL)?;
    statement.query_row([customer.as_str()], |row| {
        let (sum, known): (i64, bool) = (row.get(0)?, row.get(1)?);
        Ok(known.then_some(Fen(sum)))
    })
}

/// Notes which steps of plans in force the balance has met by today, of one customer or of all;
/// returns whose. A step that was met stays met: what the balance does afterwards is the next
/// step's business.
pub(super) fn meet(
    db: &Connection,
    customer: Option<&CustomerId>,
    today: NaiveDate,
) -> Result<Vec<CustomerId>> {
    const FOUND: &str = "SELECT s.customer_id, p.n, p.step, p.target FROM strategies s
        JOIN strategy_steps p ON p.customer_id = s.customer_id AND p.n = s.n
        WHERE s.in_force = 1 AND p.met_on IS NULL AND p.mark IS NULL";
    const MET: &str = "UPDATE strategy_steps SET met_on = :today, met_balance = :balance
        WHERE customer_id = :customer AND n = :n AND step = :step";
    let sql = match customer {
        Some(_) => format!("{FOUND} AND s.customer_id = ?1 ORDER BY 1, 2, 3"),
        None => format!("{FOUND} AND ?1 IS NULL ORDER BY 1, 2, 3"),
    };
    let open: Vec<(CustomerId, i64, i64, i64)> = db
        .prepare_cached(&sql)?
        .query_map(params![customer.map(CustomerId::as_str)], |row| {
            Ok((CustomerId(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_>>()?;
    let mut met: Vec<CustomerId> = Vec::new();
    let mut known: Option<(CustomerId, Option<Fen>)> = None;
    for (customer, n, step, target) in open {
        // Found in order of customers: each balance is added up once.
        if known.as_ref().is_none_or(|(of, _)| *of != customer) {
            known = Some((customer.clone(), balance(db, &customer)?));
        }
        let Some(now) = known.as_ref().and_then(|(_, balance)| *balance) else { continue };
        if now > Fen(target) {
            continue;
        }
        db.prepare_cached(MET)?.execute(named_params! {
            ":today": today.to_string(), ":balance": now.0, ":customer": customer.as_str(),
            ":n": n, ":step": step,
        })?;
        if met.last() != Some(&customer) {
            met.push(customer);
        }
    }
    Ok(met)
}
