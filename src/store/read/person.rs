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

/// A query that finds something if a user began, handed in or ever wrote in a record: in one
/// version, or without one in any.
pub(super) fn wrote_sql(visit: &str, version: Option<&str>, user: &str) -> String {
    let of = |alias: &str| {
        let version = version.map(|version| format!(" AND {alias}.version = {version}"));
        format!("{alias}.visit_id = {visit}{}", version.unwrap_or_default())
    };
    format!(
        "SELECT 1 FROM records wr WHERE {} AND (wr.author = {user} OR wr.submitted_by = {user}) \
         UNION ALL SELECT 1 FROM answers wa WHERE {} AND wa.answered_by = {user} \
         UNION ALL SELECT 1 FROM record_writers ww WHERE {} AND ww.user = {user}",
        of("wr"),
        of("wa"),
        of("ww")
    )
}

/// Whether this user began, handed in or ever wrote in this version: she may not review it.
pub(crate) fn wrote_in(
    db: &Connection,
    user: &UserId,
    visit: &VisitId,
    version: i64,
) -> Result<bool> {
    db.prepare_cached(&wrote_sql(":visit", Some(":version"), ":user"))?.exists(
        named_params! {":visit": visit.as_str(), ":version": version, ":user": user.as_str()},
    )
}

/// Whether this user ever wrote in a version of the record of a visit.
pub(crate) fn wrote_of(db: &Connection, user: &UserId, visit: &VisitId) -> Result<bool> {
    db.prepare_cached(&wrote_sql(":visit", None, ":user"))?
        .exists(named_params! {":visit": visit.as_str(), ":user": user.as_str()})
}
