//! For which day and by which policy the book stands projected.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, named_params};

use super::HORIZON;
use crate::assets::Packs;
use crate::store::row::maybe_day;

/// Key in `meta` of the day that the projection is for.
const PLANNED_ON: &str = "planned_on";
/// Key in `meta` of the policy that the projection follows.
const PLANNED_BY: &str = "planned_by";

/// Notes that the whole book was projected.
pub(crate) fn note_projected(db: &Connection, packs: &Packs, today: NaiveDate) -> Result<()> {
    let day = today.to_string();
    for (key, value) in [(PLANNED_ON, day.as_str()), (PLANNED_BY, &packs.policy.version)] {
        db.prepare_cached(
            "INSERT INTO meta (key, value) VALUES (:key, :value) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        )?
        .execute(named_params! {":key": key, ":value": value})?;
    }
    Ok(())
}

/// Whether the whole book stands projected for this day, by the policy of these packs.
pub(crate) fn is_projected(db: &Connection, packs: &Packs, day: NaiveDate) -> Result<bool> {
    let by: Option<String> = db
        .prepare_cached("SELECT value FROM meta WHERE key = :key")?
        .query_row(named_params! {":key": PLANNED_BY}, |row| row.get(0))
        .optional()?;
    Ok(planned_on(db)? == Some(day) && by.as_deref() == Some(packs.policy.version.as_str()))
}

/// Whether a projection for `today` holds every visit that is due up to a day.
pub(crate) fn reaches(today: NaiveDate, to: NaiveDate) -> bool {
    today.checked_add_days(HORIZON).is_some_and(|end| to <= end)
}

/// The day that the whole book was last projected for.
pub(crate) fn planned_on(db: &Connection) -> Result<Option<NaiveDate>> {
    let row = db
        .prepare_cached("SELECT value FROM meta WHERE key = :key")?
        .query_row(named_params! {":key": PLANNED_ON}, |row| maybe_day(row, 0))
        .optional()?;
    Ok(row.flatten())
}
