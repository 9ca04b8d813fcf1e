//! Staff, as log-in and the command line ask for them.

use rusqlite::{Connection, OptionalExtension, Row};

use super::row::{code, id};
use super::{Error, Store};
use crate::access::Actor;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::user::{Role, User};
use crate::protocol::reply::Refusal;

const COLUMNS: &str = "user, name, role, coalesce(branch, ''), disabled";

impl Store {
    /// One member of staff, disabled or not.
    pub fn person(&self, user: &UserId) -> Result<Option<User>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM users WHERE user = ?1");
        let mut statement = self.conn().prepare_cached(&sql)?;
        Ok(statement.query_row([user.as_str()], read).optional()?)
    }

    /// Whether somebody is a user, or is named as the officer of a customer.
    pub fn knows_officer(&self, user: &UserId) -> Result<bool, Error> {
        const SQL: &str = "SELECT EXISTS (SELECT 1 FROM users WHERE user = ?1) \
            OR EXISTS (SELECT 1 FROM customers WHERE officer = ?1)";
        Ok(self.conn().prepare_cached(SQL)?.query_row([user.as_str()], |row| row.get(0))?)
    }

    /// Whether there is such a customer.
    pub fn knows_customer(&self, customer: &CustomerId) -> Result<bool, Error> {
        const SQL: &str = "SELECT EXISTS (SELECT 1 FROM customers WHERE customer_id = ?1)";
        Ok(self.conn().prepare_cached(SQL)?.query_row([customer.as_str()], |row| row.get(0))?)
    }

    /// All staff, by login name.
    pub fn people(&self) -> Result<Vec<User>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM users ORDER BY user");
        let mut statement = self.conn().prepare(&sql)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Refuses somebody who is not, or no more, what her session says: disabled, another role, another
/// branch. A new role is a new log-in. Whoever keeps house as the owner of the file need not be a
/// user.
pub(super) fn check_standing(conn: &Connection, actor: &Actor) -> Result<(), Refusal> {
    const SQL: &str = "
        SELECT role = ?2 AND coalesce(branch, '') = ?3 AND disabled = 0 FROM users WHERE user = ?1";
    if actor.operator && actor.role == Role::Auditor {
        return Ok(());
    }
    let found: Option<bool> = conn
        .prepare_cached(SQL)?
        .query_row([actor.user.as_str(), actor.role.as_code(), &actor.branch], |row| row.get(0))
        .optional()?;
    if found.unwrap_or(actor.operator) { Ok(()) } else { Err(Refusal::NotAllowed) }
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
