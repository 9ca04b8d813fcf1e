//! Upkeep of `cadence_since` and `extra_visit_from`.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, named_params};

use super::open_duties;
use crate::assets::Packs;
use crate::domain::duty::DutyCode;
use crate::domain::ids::CustomerId;
use crate::planning::{self, Cell};
use crate::store::portfolio;

/// Keeps `cadence_since` and `extra_visit_from` after a change of the customer's rows, as
/// `planning.md` section 3 says; to be called before the customer is projected again, because the
/// cell before and what was overdue are read from the projection. A date is kept only if asked:
/// an import that brings the column itself has the last word. Returns whether the cell changed.
pub(crate) fn keep_cadence(
    db: &Connection,
    packs: &Packs,
    customer: &CustomerId,
    on: NaiveDate,
    keep: CadenceDates,
) -> Result<bool> {
    let Some(file) = portfolio::load(db, customer)? else { return Ok(false) };
    let plan = planning::plan(&file, &packs.policy, &packs.workdays, on, on);
    upkeep(db, customer, plan.cell.as_ref(), on, keep)
}

/// Which dates of the cadence the system keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CadenceDates {
    /// `cadence_since`
    pub(crate) since: bool,
    /// `extra_visit_from`
    pub(crate) extra: bool,
}

fn upkeep(
    db: &Connection,
    customer: &CustomerId,
    now: Option<&Cell>,
    on: NaiveDate,
    keep: CadenceDates,
) -> Result<bool> {
    let before: Option<Option<String>> = db
        .prepare_cached("SELECT cell FROM customer_facts WHERE customer_id = :id")?
        .query_row(named_params! {":id": customer.as_str()}, |row| row.get(0))
        .optional()?;
    let before = before.flatten();
    let (Some(before), Some(now)) = (before, now) else { return Ok(false) };
    if before == now.to_string() {
        return Ok(false);
    }
    let periodic = [DutyCode::PeriodicOnsite, DutyCode::PeriodicOffsite, DutyCode::Sample];
    let overdue = || -> Result<bool> {
        let duties = open_duties(db, customer)?;
        Ok(duties.iter().any(|duty| duty.due < on && periodic.contains(&duty.code)))
    };
    let worse = before.parse::<Cell>().is_ok_and(|before| now.is_worse_than(&before));
    let extra = keep.extra && (worse || overdue()?);
    db.prepare_cached(
        "UPDATE customers SET cadence_since = iif(:since, :on, cadence_since), \
         extra_visit_from = iif(:extra, :on, extra_visit_from), revision = revision + 1 \
         WHERE customer_id = :id AND (:since OR :extra)",
    )?
    .execute(named_params! {
        ":id": customer.as_str(), ":on": on.to_string(), ":since": keep.since, ":extra": extra,
    })?;
    Ok(true)
}
