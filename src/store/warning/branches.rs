//! Branches that the own file of signals names and no officer has: their entries count for nobody.

use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Result as Rows, params};

use crate::assets::warning::{OWN_FILE, book};
use crate::store::{Error, Store, instant};
use crate::warning::branches::{Unknown, unknown};

impl Store {
    /// Branches that `signals.toml` beside the database names and nobody has.
    pub fn unknown_branches(&self) -> Result<Vec<Unknown>, Error> {
        unknown_beside(self.conn(), self.path())
    }

    /// Those that the text of such a file names.
    pub fn unknown_branches_of(&self, text: &str) -> Result<Vec<Unknown>, Error> {
        Ok(unknown(book(text)?.named.clone(), &known(self.conn())?))
    }
}

fn unknown_beside(db: &Connection, database: &Path) -> Result<Vec<Unknown>, Error> {
    match std::fs::read_to_string(database.with_file_name(OWN_FILE)) {
        Ok(text) => Ok(unknown(book(&text)?.named.clone(), &known(db)?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

/// The branches of the people.
fn known(db: &Connection) -> Rows<Vec<String>> {
    const SQL: &str =
        "SELECT DISTINCT branch FROM users WHERE coalesce(branch, '') <> '' ORDER BY branch";
    db.prepare_cached(SQL)?.query_map([], |row| row.get(0))?.collect()
}

/// Tells whoever answers for the rules, each name once.
pub(in crate::store) fn tell(
    db: &Connection,
    strange: &[Unknown],
    date: NaiveDate,
    now: DateTime<FixedOffset>,
) -> Rows<()> {
    const TELL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        SELECT user, 'rules_branch', ?1, ?2, ?3 FROM users
        WHERE role IN ('supervisor', 'risk', 'admin') AND disabled = 0";
    for one in strange {
        let told = params![one.named.branch, date.to_string(), instant::store(now)];
        db.prepare_cached(TELL)?.execute(told)?;
    }
    Ok(())
}
