//! Where a file is used already: it belongs to one visit, and it proves one flag. Both at once only
//! where what was seen on a visit proves what became of a flag of the same customer.

use rusqlite::{OptionalExtension as _, params};

use super::Ctx;
use crate::domain::ids::{FlagId, VisitId};
use crate::domain::visit::VisitState;
use crate::protocol::page::{FirstPlace, FirstUse};
use crate::protocol::reply::Refusal;
use crate::store::row::{code, day, id};

/// The visit to which a file belongs.
pub(super) fn visit_of(ctx: &Ctx<'_>, sha256: &str) -> Result<Option<VisitId>, Refusal> {
    const SQL: &str = "SELECT visit_id FROM attachments WHERE sha256 = ?1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    Ok(statement.query_row([sha256], |row| id(row, 0)).optional()?)
}

/// The flag that a file proves.
pub(super) fn flag_of(ctx: &Ctx<'_>, sha256: &str) -> Result<Option<FlagId>, Refusal> {
    const SQL: &str = "SELECT flag_id FROM proofs WHERE sha256 = ?1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    Ok(statement.query_row([sha256], |row| id(row, 0)).optional()?)
}

/// Whether what was seen on a visit can prove what became of a flag: the same customer, and not
/// before the flag was raised.
pub(super) fn proves(ctx: &Ctx<'_>, visit: &VisitId, flag: &FlagId) -> Result<bool, Refusal> {
    const SQL: &str = "
        SELECT 1 FROM visits v JOIN flags f ON f.customer_id = v.customer_id
        WHERE v.visit_id = ?1 AND f.flag_id = ?2 AND v.visited_on >= f.raised_on";
    Ok(ctx.tx.prepare_cached(SQL)?.exists(params![visit.as_str(), flag.as_str()])?)
}

/// The visit in which a file was used first, as far as the actor may know it.
pub(super) fn first_visit(ctx: &Ctx<'_>, visit: &VisitId) -> Result<Option<FirstUse>, Refusal> {
    const SQL: &str = "
        SELECT v.customer_id, c.name, v.visited_on, v.state
        FROM visits v JOIN customers c USING (customer_id) WHERE v.visit_id = ?1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement.query_row([visit.as_str()], |row| {
        let state = code(row, 3, VisitState::from_code)?;
        let place = FirstPlace::Visit { visit: visit.clone(), on: day(row, 2)?, state };
        Ok(FirstUse { customer: id(row, 0)?, name: row.get(1)?, place })
    });
    Ok(found.optional()?.filter(|first| ctx.require_scope(&first.customer).is_ok()))
}

/// The flag that a file proved first, as far as the actor may know it.
pub(super) fn first_flag(ctx: &Ctx<'_>, flag: &FlagId) -> Result<Option<FirstUse>, Refusal> {
    const SQL: &str = "
        SELECT f.customer_id, c.name, f.raised_on
        FROM flags f JOIN customers c USING (customer_id) WHERE f.flag_id = ?1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement.query_row([flag.as_str()], |row| {
        let place = FirstPlace::Flag { flag: flag.clone(), on: day(row, 2)? };
        Ok(FirstUse { customer: id(row, 0)?, name: row.get(1)?, place })
    });
    Ok(found.optional()?.filter(|first| ctx.require_scope(&first.customer).is_ok()))
}
