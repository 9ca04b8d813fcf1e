//! Names of people, and whether somebody wrote in a record.

use rusqlite::{Connection, OptionalExtension as _, Result, named_params};

use crate::domain::ids::{UserId, VisitId};
use crate::domain::user::Role;
use crate::store::row::code;

/// The name for people; the login name of somebody who is no user (any more).
pub(super) fn name_of(db: &Connection, user: &str) -> Result<String> {
    let name = db
        .prepare_cached("SELECT name FROM users WHERE user = :user")?
        .query_row(named_params! {":user": user}, |row| row.get(0))
        .optional()?;
    Ok(name.unwrap_or_else(|| user.to_owned()))
}

/// The role that somebody has on file.
pub(crate) fn role_of(db: &Connection, user: &UserId) -> Result<Option<Role>> {
    db.prepare_cached("SELECT role FROM users WHERE user = :user")?
        .query_row(named_params! {":user": user.as_str()}, |row| code(row, 0, Role::from_code))
        .optional()
}

/// Whether this user began, handed in or ever wrote in this version: she may not review it.
pub(crate) fn wrote_in(
    db: &Connection,
    user: &UserId,
    visit: &VisitId,
    version: i64,
) -> Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM records WHERE visit_id = :visit AND version = :version \
           AND (author = :user OR submitted_by = :user) \
         UNION ALL SELECT 1 FROM answers WHERE visit_id = :visit AND version = :version \
           AND answered_by = :user \
         UNION ALL SELECT 1 FROM record_writers WHERE visit_id = :visit AND version = :version \
           AND user = :user LIMIT 1",
    )?
    .exists(named_params! {":visit": visit.as_str(), ":version": version, ":user": user.as_str()})
}
