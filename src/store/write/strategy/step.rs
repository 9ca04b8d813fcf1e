//! A step of a plan that was met otherwise than by the balance, or is let off. What has to be asked
//! first the deadlines ask for all kinds alike.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, named_params, params};

use super::Ctx;
use crate::domain::deadline::{DeadlineKey, DeadlineMark};
use crate::domain::strategy::read_step_reference;
use crate::protocol::reply::Refusal;

fn named(key: &DeadlineKey) -> Result<(i64, i64), Refusal> {
    read_step_reference(&key.reference).ok_or(Refusal::NotFound)
}

/// What is noted already, and by whom.
pub(in crate::store::write) fn marked(
    ctx: &Ctx<'_>,
    key: &DeadlineKey,
) -> Result<Option<(String, String)>, Refusal> {
    const SQL: &str = "SELECT mark, marked_by FROM strategy_steps
        WHERE customer_id = ?1 AND n = ?2 AND step = ?3 AND mark IS NOT NULL";
    let (n, step) = named(key)?;
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement
        .query_row(params![key.customer.as_str(), n, step], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// Notes it.
pub(in crate::store::write) fn mark(
    ctx: &Ctx<'_>,
    key: &DeadlineKey,
    mark: DeadlineMark,
    (on, proof): (NaiveDate, &str),
) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE strategy_steps SET mark = :mark, marked_on = :on, marked_by = :me, proof = :proof
        WHERE customer_id = :customer AND n = :n AND step = :step";
    let (n, step) = named(key)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":mark": mark.as_code(), ":on": on.to_string(), ":me": ctx.actor.user.as_str(),
        ":proof": proof, ":customer": key.customer.as_str(), ":n": n, ":step": step,
    })?;
    Ok(())
}

/// Takes a mark back that this person made; tells whether there was one.
pub(in crate::store::write) fn take_back(
    ctx: &Ctx<'_>,
    key: &DeadlineKey,
) -> Result<bool, Refusal> {
    const SQL: &str = "
        UPDATE strategy_steps SET mark = NULL, marked_on = NULL, marked_by = NULL, proof = NULL
        WHERE customer_id = ?1 AND n = ?2 AND step = ?3 AND marked_by = ?4";
    let (n, step) = named(key)?;
    let me = ctx.actor.user.as_str();
    let back = params![key.customer.as_str(), n, step, me];
    Ok(ctx.tx.prepare_cached(SQL)?.execute(back)? > 0)
}
