//! Staff, as log-in and the command line ask for them.

use rusqlite::{OptionalExtension, Row};

use super::row::{code, id};
use super::{Error, Store};
use crate::domain::ids::UserId;
use crate::domain::user::{Role, User};

const COLUMNS: &str = "user, name, role, coalesce(branch, ''), disabled";

impl Store {
    /// One member of staff, disabled or not.
    pub fn person(&self, user: &UserId) -> Result<Option<User>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM users WHERE user = ?1");
        let mut statement = self.conn().prepare_cached(&sql)?;
        Ok(statement.query_row([user.as_str()], read).optional()?)
    }

    /// All staff, by login name.
    pub fn people(&self) -> Result<Vec<User>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM users ORDER BY user");
        let mut statement = self.conn().prepare(&sql)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: id(row, 0)?,
        name: row.get(1)?,
        role: code(row, 2, Role::from_code)?,
        branch: row.get(3)?,
        disabled: row.get(4)?,
    })
}
