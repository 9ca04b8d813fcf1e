//! Very many rows at once: the engine's `CHECK`s wait, and are made good for all of them together.
//!
//! To look a code up in a list, the engine builds the list as a table of its own, in a `CHECK` once a
//! row: more than half of what an import did. In a query it builds it once. Nothing is checked less:
//! the conditions are those of the schema itself, and what does not fulfil them is never committed.

use rusqlite::{Connection, ffi};

use super::Error;
use crate::protocol::tables::Table;

/// While this lives rows are written unchecked; types, keys and references are looked at as ever.
pub(crate) struct Waiting<'c>(&'c Connection);

impl<'c> Waiting<'c> {
    pub(crate) fn begin(db: &'c Connection) -> Result<Self, Error> {
        db.pragma_update(None, "ignore_check_constraints", true)?;
        Ok(Self(db))
    }

    /// Checks all rows of these tables. After an error the transaction must be given up.
    pub(crate) fn make_good(self, tables: &[Table]) -> Result<(), Error> {
        for table in tables {
            let sql: String = self
                .0
                .prepare_cached("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1")?
                .query_row([table.name], |row| row.get(0))?;
            let conditions = conditions(&sql);
            if conditions.is_empty() {
                continue;
            }
            // As in a `CHECK`, what can't be told is allowed.
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM {} WHERE NOT (({})))",
                table.name,
                conditions.join(") AND (")
            );
            if self.0.query_row(&sql, [], |row| row.get(0))? {
                return Err(Error::Engine { code: ffi::SQLITE_CONSTRAINT_CHECK });
            }
        }
        Ok(())
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.pragma_update(None, "ignore_check_constraints", false) {
            tracing::warn!(error = %Error::from(error), "engine profile after many rows");
        }
    }
}

/// What stands in the parentheses behind each `CHECK` of a table's definition.
fn conditions(definition: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in definition.split("CHECK (").skip(1) {
        let (mut depth, mut quoted) = (1, false);
        let within = part.chars().take_while(|c| {
            match c {
                '\'' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => {}
            }
            depth > 0
        });
        found.push(within.collect());
    }
    found
}

#[cfg(test)]
mod tests;
