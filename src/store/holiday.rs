//! The holidays in force: the built-in years, with those that the bank has added in the place of the
//! ones that were not announced when the program was built.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use super::{Error, Store};
use crate::assets::Packs;
use crate::assets::holidays::{self, Year};

/// A year that the bank has added, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnYear {
    /// The year with its days.
    pub year: Year,
    /// Who added it: login name.
    pub added_by: String,
    /// When (UTC, as stored).
    pub added_at: String,
}

impl Store {
    /// Years that the bank has added, in order.
    pub fn own_years(&self) -> Result<Vec<OwnYear>, Error> {
        own(self.conn())
    }

    /// The table of a year that the bank has added.
    pub fn year_text(&self, year: i32) -> Result<Option<String>, Error> {
        const SQL: &str =
            "SELECT content FROM holiday_years WHERE year = ?1 AND removed_at IS NULL";
        let mut statement = self.conn().prepare_cached(SQL)?;
        Ok(statement.query_row([year], |row| row.get(0)).optional()?)
    }

    /// Takes the years that the file says are in force.
    pub(super) fn follow_years(&mut self) -> Result<(), Error> {
        if is_in_force(self.conn(), &self.packs)? {
            return Ok(());
        }
        let own: Vec<Year> = own(self.conn())?.into_iter().map(|own| own.year).collect();
        let packs = self.packs.with_years(&own).map_err(|fault| {
            tracing::error!(%fault, "holidays in force");
            Error::Damaged { code: rusqlite::ffi::SQLITE_MISMATCH }
        })?;
        self.packs = Arc::new(packs);
        Ok(())
    }
}

fn own(conn: &Connection) -> Result<Vec<OwnYear>, Error> {
    const SQL: &str = "
        SELECT content, added_by, added_at FROM holiday_years
        WHERE removed_at IS NULL ORDER BY year";
    let mut statement = conn.prepare_cached(SQL)?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        // It was read before it was kept: only another program's hand makes it unreadable.
        let text: String = row.get(0)?;
        let year = holidays::read("holiday_years", &text).map_err(|fault| {
            tracing::error!(%fault, "holidays in force");
            Error::Damaged { code: rusqlite::ffi::SQLITE_MISMATCH }
        })?;
        all.push(OwnYear { year, added_by: row.get(1)?, added_at: row.get(2)? });
    }
    Ok(all)
}

/// Whether these packs hold the years in force.
pub(super) fn is_in_force(conn: &Connection, packs: &Packs) -> Result<bool, Error> {
    const SQL: &str = "SELECT year FROM holiday_years WHERE removed_at IS NULL ORDER BY year";
    let mut statement = conn.prepare_cached(SQL)?;
    let years = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i32>, _>>()?;
    Ok(years == packs.own_years)
}
