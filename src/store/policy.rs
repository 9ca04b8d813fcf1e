//! The policy in force: the built-in one until two people have put another in its place.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row};

use super::{Error, Store};
use crate::assets::{Packs, policy};

/// A policy that was put forward, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLine {
    /// Id and version: `chengdong@2`.
    pub policy: String,
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

impl Store {
    /// All policies that were put forward, latest first.
    pub fn policies(&self) -> Result<Vec<PolicyLine>, Error> {
        const SQL: &str = "
            SELECT policy, state, sha256, reason, proposed_by, proposed_at, decided_by, decided_at
            FROM policies ORDER BY proposed_at DESC, policy";
        let mut statement = self.conn().prepare(SQL)?;
        let lines = statement.query_map([], line)?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// The text of a policy: of a version, or of the one in force.
    pub fn policy_text(&self, version: Option<&str>) -> Result<Option<String>, Error> {
        const SQL: &str = "SELECT content FROM policies WHERE policy = ?1";
        let version = version.unwrap_or(&self.packs.policy.version);
        let mut statement = self.conn().prepare_cached(SQL)?;
        let found: Option<String> = statement.query_row([version], |row| row.get(0)).optional()?;
        Ok(found.or_else(|| is_built_in(version).then(|| policy::default_text().to_owned())))
    }

    /// The packs, after a look whether another policy has come into force.
    pub(crate) fn packs_in_force(&mut self) -> Result<Arc<Packs>, Error> {
        self.follow_packs()?;
        Ok(Arc::clone(&self.packs))
    }

    /// Takes the policy and the holidays that the file says are in force.
    pub(super) fn follow_packs(&mut self) -> Result<(), Error> {
        self.follow_policy()?;
        self.follow_years()
    }

    /// Takes the policy that the file says is in force.
    fn follow_policy(&mut self) -> Result<(), Error> {
        const SQL: &str = "SELECT content FROM policies WHERE state = 'active'";
        if is_in_force(self.conn(), &self.packs)? {
            return Ok(());
        }
        let content: String = self.conn().prepare_cached(SQL)?.query_row([], |row| row.get(0))?;
        // It was read before it was kept: only another program's hand makes it unreadable, and
        // planning on under another policy would move everybody's visits unseen.
        let policy = policy::parse("policies", &content).map_err(|fault| {
            tracing::error!(%fault, "policy in force");
            Error::Damaged { code: rusqlite::ffi::SQLITE_MISMATCH }
        })?;
        self.packs = Arc::new(self.packs.with_policy(policy));
        Ok(())
    }
}

/// Whether these packs hold the policy in force. A file without one of its own has the packs' own.
pub(super) fn is_in_force(conn: &Connection, packs: &Packs) -> Result<bool, Error> {
    const SQL: &str = "SELECT policy = ?1 FROM policies WHERE state = 'active'";
    let mut statement = conn.prepare_cached(SQL)?;
    let same: Option<bool> =
        statement.query_row([&packs.policy.version], |row| row.get(0)).optional()?;
    Ok(same.unwrap_or(true))
}

/// Whether a version is the one built into the program.
pub(super) fn is_built_in(version: &str) -> bool {
    policy::load().is_ok_and(|policy| policy.version == version)
}

fn line(row: &Row<'_>) -> rusqlite::Result<PolicyLine> {
    Ok(PolicyLine {
        policy: row.get(0)?,
        state: row.get(1)?,
        sha256: row.get(2)?,
        reason: row.get(3)?,
        proposed_by: row.get(4)?,
        proposed_at: row.get(5)?,
        decided_by: row.get(6)?,
        decided_at: row.get(7)?,
    })
}
