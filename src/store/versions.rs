//! Texts of the bank's own that stand in the place of built-in ones: policies and score cards. One
//! person puts a version forward, another brings it into force; every version is kept.

use rusqlite::{Connection, OptionalExtension, Row};

use super::Error;

/// Where one kind of text is kept, and what is told of it.
pub(super) struct Versions {
    /// Its table.
    pub(super) table: &'static str,
    /// The column that names a version; also what a refusal names.
    pub(super) key: &'static str,
    /// Kinds of the messages about a version that was put forward, and about one in force.
    pub(super) told: [&'static str; 2],
}

/// When visits are due.
pub(super) const POLICIES: Versions =
    Versions { table: "policies", key: "policy", told: ["policy_proposed", "policy_active"] };

/// Cards of the early-warning score.
pub(super) const CARDS: Versions =
    Versions { table: "score_cards", key: "card", told: ["card_proposed", "card_active"] };

/// A version that was put forward, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Id and version: `chengdong@2`.
    pub id: String,
    /// `proposed`, `active`, `retired`, `refused`.
    pub state: String,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// Why it was put forward.
    pub reason: String,
    /// Who put it forward: login name.
    pub proposed_by: String,
    /// When (UTC, as stored).
    pub proposed_at: String,
    /// Who decided: login name.
    pub decided_by: Option<String>,
    /// When (UTC, as stored).
    pub decided_at: Option<String>,
}

impl Versions {
    /// All that were put forward, latest first.
    pub(super) fn list(&self, db: &Connection) -> Result<Vec<Version>, Error> {
        let sql = self.sql(
            "SELECT {key}, state, sha256, reason, proposed_by, proposed_at, decided_by, decided_at
             FROM {table} ORDER BY proposed_at DESC, {key}",
        );
        let mut statement = db.prepare(&sql)?;
        let versions = statement.query_map([], version)?;
        Ok(versions.collect::<Result<_, _>>()?)
    }

    /// The text of a version.
    pub(super) fn text(&self, db: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
        let sql = self.sql("SELECT content FROM {table} WHERE {key} = ?1");
        db.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()
    }

    /// Id and text of the version in force; `None` = the built-in one is.
    pub(super) fn active(&self, db: &Connection) -> rusqlite::Result<Option<(String, String)>> {
        let sql = self.sql("SELECT {key}, content FROM {table} WHERE state = 'active'");
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        db.prepare_cached(&sql)?.query_row([], read).optional()
    }

    /// A statement about this kind of text.
    pub(super) fn sql(&self, pattern: &str) -> String {
        pattern.replace("{table}", self.table).replace("{key}", self.key)
    }
}

/// The one in force can't be read. It was read before it was kept: only another program's hand makes
/// it so, and going on by another one would change everybody's figures unseen.
pub(super) fn unreadable(fault: &dyn std::fmt::Display) -> Error {
    tracing::error!(%fault, "the version in force");
    Error::Damaged { code: rusqlite::ffi::SQLITE_MISMATCH }
}

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        id: row.get(0)?,
        state: row.get(1)?,
        sha256: row.get(2)?,
        reason: row.get(3)?,
        proposed_by: row.get(4)?,
        proposed_at: row.get(5)?,
        decided_by: row.get(6)?,
        decided_at: row.get(7)?,
    })
}
