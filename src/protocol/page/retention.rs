//! Data whose time is over.

use chrono::NaiveDate;

use crate::domain::ids::{CustomerId, ErasureId, UserId};
use crate::domain::retention::ErasureState;

/// What is due to be erased, and what was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionPage {
    /// Years after the end of the relation, as the data dictionary says.
    pub years: u32,
    /// Whether the bank has confirmed them.
    pub verified: bool,
    /// Proposals that wait for somebody.
    pub open: Vec<ErasureRow>,
    /// Customers whose time is over and that are in no open proposal; longest over first, at most
    /// two hundred.
    pub due: Vec<ExpiredRow>,
    /// How many there are in all.
    pub due_total: u32,
    /// Customers of whom it is not known when their last loan ended, though all are settled: they
    /// are never due.
    pub undated: u32,
    /// Proposals that were decided or taken back, latest first; at most fifty.
    pub past: Vec<ErasureRow>,
}

/// A customer whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpiredRow {
    /// Who.
    pub customer: CustomerId,
    /// Her name.
    pub name: String,
    /// When her last loan ended.
    pub ended_on: NaiveDate,
    /// What holds the erasure up, and who said so.
    pub hold: Option<(String, String)>,
    /// Who said so, by login name.
    pub held_by: Option<UserId>,
}

/// A proposal to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRow {
    /// Which.
    pub erasure: ErasureId,
    /// How it stands.
    pub state: ErasureState,
    /// Why.
    pub reason: String,
    /// Who put it forward: name for people.
    pub by: String,
    /// The same by login name.
    pub by_login: UserId,
    /// When, in the branch: `11-23 09:12`.
    pub at: String,
    /// The actor put it forward: she can take it back, not agree to it.
    pub own: bool,
    /// How many customers it is about.
    pub customers: u32,
    /// Names of some of them, while they are there.
    pub names: Vec<String>,
    /// Who decided, when, and what she said.
    pub decided: Option<(String, String, String)>,
    /// Of a done one: what came of it.
    pub erased: Erased,
}

/// What an erasure came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Customers.
    pub customers: u32,
    /// Rows of all tables.
    pub rows: u64,
    /// Rows of the journal whose words went with them.
    pub words_gone: u64,
    /// Rows of the journal that were written before words could go, and keep theirs.
    pub words_kept: u64,
}
