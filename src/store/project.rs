//! Placeholder of branch `exchange` until branch `read` is merged.
use crate::assets::Packs;
use crate::domain::ids::CustomerId;
use chrono::NaiveDate;
use rusqlite::{Connection, Result};
#[expect(clippy::unnecessary_wraps, reason = "placeholder")]
pub(crate) fn project_customer(
    _db: &Connection,
    _packs: &Packs,
    _customer: &CustomerId,
    _today: NaiveDate,
) -> Result<bool> {
    Ok(false)
}
#[expect(clippy::unnecessary_wraps, reason = "placeholder")]
pub(crate) fn project_book(_db: &Connection, _packs: &Packs, _today: NaiveDate) -> Result<usize> {
    Ok(0)
}
