//! Upkeep of `cadence_since` and `extra_visit_from` (`planning.md` section 3, "Change of cadence").

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, named_params};

use crate::assets::Packs;
use crate::domain::ids::CustomerId;
use crate::domain::portfolio::CustomerFile;
use crate::planning::{self, Cell};

/// Which dates of the cadence the system keeps; one that the file itself brings stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CadenceDates {
    /// `cadence_since`
    pub(crate) since: bool,
    /// `extra_visit_from`
    pub(crate) extra: bool,
}

/// What a change of a customer's rows means for her cadence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CadenceChange {
    /// For the worse, or while a periodic duty was overdue: she is visited once more.
    pub(crate) extra: bool,
}

/// Compares a customer's cell on the day of the change with the one before it, which is read from
/// `past`: a connection that still sees the rows as they were. While a customer has no cell, the
/// last one that she had counts, so that a gap that comes and goes is no change. `None` = no change.
pub(crate) fn cadence_change(
    past: &Connection,
    packs: &Packs,
    then: &CustomerFile,
    now: &CustomerFile,
    on: NaiveDate,
) -> Result<Option<CadenceChange>> {
    let plan = |file| planning::plan(file, &packs.policy, &packs.workdays, on, on);
    let Some(cell) = plan(now).cell else { return Ok(None) };
    let old = plan(then);
    let worse = match &old.cell {
        Some(before) if *before == cell => return Ok(None),
        Some(before) => cell.is_worse_than(before),
        None => match last_cell(past, &now.customer.id)? {
            None => return Ok(None),
            Some(text) if text == cell.to_string() => return Ok(None),
            // What the cell of an older program asked for is not known.
            Some(text) => text.parse::<Cell>().is_ok_and(|before| cell.is_worse_than(&before)),
        },
    };
    Ok(Some(CadenceChange { extra: worse || old.has_overdue_periodic(on) }))
}

/// The last cell that a customer had, as the projection keeps it.
fn last_cell(db: &Connection, customer: &CustomerId) -> Result<Option<String>> {
    let found: Option<Option<String>> = db
        .prepare_cached("SELECT cell FROM customer_facts WHERE customer_id = :id")?
        .query_row(named_params! {":id": customer.as_str()}, |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// Sets the dates that are kept to the day of the change. Returns the two dates before.
pub(crate) fn set_cadence(
    db: &Connection,
    customer: &CustomerId,
    on: NaiveDate,
    set: CadenceDates,
) -> Result<[Option<String>; 2]> {
    let before = db
        .prepare_cached(
            "SELECT cadence_since, extra_visit_from FROM customers WHERE customer_id = :id",
        )?
        .query_row(named_params! {":id": customer.as_str()}, |row| {
            Ok([row.get(0)?, row.get(1)?])
        })?;
    db.prepare_cached(
        "UPDATE customers SET cadence_since = iif(:since, :on, cadence_since), \
         extra_visit_from = iif(:extra, :on, extra_visit_from), revision = revision + 1 \
         WHERE customer_id = :id AND (:since OR :extra)",
    )?
    .execute(named_params! {
        ":id": customer.as_str(), ":on": on.to_string(), ":since": set.since, ":extra": set.extra,
    })?;
    Ok(before)
}
