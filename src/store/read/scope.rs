//! Who sees what, as SQL: the one place where a scope becomes a condition.

use rusqlite::{Connection, OptionalExtension as _, Result, named_params};

use crate::access::{Actor, Scope};
use crate::domain::ids::{CustomerId, UserId};

/// The people of a branch, the parameter `:scope`. Who has no branch (officers that an import
/// created) belongs to the unnamed branch, and to the only branch while no other one is named.
pub(crate) const PEOPLE: &str = "SELECT u.user FROM users u WHERE coalesce(u.branch, '') = :scope \
    OR coalesce(u.branch, '') = '' AND NOT EXISTS (SELECT 1 FROM users o \
    WHERE coalesce(o.branch, '') NOT IN ('', :scope))";

/// Whether member of staff `p` looks after the branch of officer `o`: the same rule as [`PEOPLE`],
/// so that who sees a customer is also told about her.
pub(crate) const SAME_BRANCH: &str = "(coalesce(o.branch, '') = coalesce(p.branch, '') \
    OR coalesce(o.branch, '') = '' AND NOT EXISTS (SELECT 1 FROM users x \
    WHERE coalesce(x.branch, '') NOT IN ('', coalesce(p.branch, ''))))";

/// A scope as conditions on a column that holds an officer; each uses the parameter `:scope`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sight {
    scope: Scope,
}

impl Sight {
    /// What this actor sees.
    pub(crate) fn of(actor: &Actor) -> Self {
        Self { scope: actor.scope() }
    }

    /// What lies within a scope.
    pub(crate) const fn within(scope: Scope) -> Self {
        Self { scope }
    }

    /// The part of it that belongs to one officer, if one is asked for.
    pub(crate) fn narrowed(self, db: &Connection, officer: Option<&UserId>) -> Result<Self> {
        let Some(officer) = officer else { return Ok(self) };
        let seen = match &self.scope {
            Scope::Own(me) => me == officer,
            Scope::All => true,
            Scope::Nothing => false,
            Scope::Branch(branch) => db
                .prepare_cached(&format!("SELECT 1 WHERE :user IN ({PEOPLE})"))?
                .exists(named_params! {":user": officer.as_str(), ":scope": branch})?,
        };
        Ok(Self { scope: if seen { Scope::Own(officer.clone()) } else { Scope::Nothing } })
    }

    /// Condition that may be looked up by an index that starts with the officer.
    pub(crate) fn seek(&self, column: &str) -> String {
        match self.scope {
            Scope::Own(_) => format!("{column} = :scope"),
            Scope::Branch(_) => format!("{column} IN ({PEOPLE})"),
            Scope::All => ":scope IS NOT NULL".to_owned(),
            Scope::Nothing => ":scope IS NULL".to_owned(),
        }
    }

    /// Condition for queries that walk in another order and sieve: several officers never make
    /// the engine collect and sort them all when only a window of rows is wanted.
    pub(crate) fn sieve(&self, column: &str) -> String {
        match self.scope {
            Scope::Branch(_) => format!("+{}", self.seek(column)),
            _ => self.seek(column),
        }
    }

    /// Condition that is never looked up by an index, so that another order leads.
    pub(crate) fn walk(&self, column: &str) -> String {
        match self.scope {
            Scope::Own(_) => format!("+{}", self.seek(column)),
            _ => self.sieve(column),
        }
    }

    /// Value of `:scope`.
    pub(crate) fn value(&self) -> &str {
        match &self.scope {
            Scope::Own(user) => user.as_str(),
            Scope::Branch(branch) => branch,
            Scope::All | Scope::Nothing => "",
        }
    }

    /// Whether every row is seen.
    pub(crate) fn is_all(&self) -> bool {
        self.scope == Scope::All
    }

    /// Whether one officer's rows are seen: lists are then short.
    pub(crate) const fn officer(&self) -> Option<&UserId> {
        match &self.scope {
            Scope::Own(user) => Some(user),
            _ => None,
        }
    }

    /// Whether this customer is there and in scope: the same answer on purpose.
    pub(crate) fn sees(&self, db: &Connection, customer: &CustomerId) -> Result<bool> {
        let sql = format!(
            "SELECT 1 FROM customers c WHERE c.customer_id = :id AND {}",
            self.sieve("c.officer")
        );
        let found = db
            .prepare_cached(&sql)?
            .query_row(named_params! {":id": customer.as_str(), ":scope": self.value()}, |_| Ok(()))
            .optional()?;
        Ok(found.is_some())
    }
}
