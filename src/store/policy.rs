//! The policy in force: the built-in one until two people have put another in its place.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::versions::{POLICIES, Version, unreadable};
use super::{Error, Store};
use crate::assets::{Packs, policy};

impl Store {
    /// All policies that were put forward, latest first.
    pub fn policies(&self) -> Result<Vec<Version>, Error> {
        POLICIES.list(self.conn())
    }

    /// The text of a policy: of a version, or of the one in force.
    pub fn policy_text(&self, version: Option<&str>) -> Result<Option<String>, Error> {
        let version = version.unwrap_or(&self.packs.policy.version);
        let found = POLICIES.text(self.conn(), version)?;
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
        if is_in_force(self.conn(), &self.packs)? {
            if self.packs.leaving.is_some() && !self.is_leaving()? {
                self.packs = Arc::new(Packs { leaving: None, ..(*self.packs).clone() });
            }
            return Ok(());
        }
        if let Some((_, content)) = POLICIES.active(self.conn())? {
            let policy = policy::parse("policies", &content).map_err(|fault| unreadable(&fault))?;
            let packs = Packs { leaving: self.leaving()?, ..self.packs.with_policy(policy) };
            self.packs = Arc::new(packs);
        }
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
