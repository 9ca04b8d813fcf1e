//! Tiers: what is proposed, what is put forward, what was decided.

use chrono::NaiveDate;

use crate::domain::ids::{CustomerId, UserId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::tier::{TierEvent, TierReason, TierState};

/// Customers whose tier waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TiersPage {
    /// Those put forward first, then those that wait, by exposure; last those that were decided upon;
    /// at most five hundred.
    pub rows: Vec<TierRow>,
    /// How many wait.
    pub total: u32,
    /// How many were decided upon and still differ from what is proposed.
    pub answered: u32,
    /// Whether the bank has confirmed the numbers of the rules.
    pub verified: bool,
    /// Id of the pack.
    pub pack: String,
    /// What rising asks for.
    pub spans: TierSpans,
}

/// A customer's tiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierRow {
    /// 客户号
    pub customer: CustomerId,
    /// 客户名称
    pub name: String,
    /// Officer: login name.
    pub officer: String,
    /// Officer: name for people.
    pub officer_name: String,
    /// Exposure; `None` if a balance is missing.
    pub exposure: Option<Fen>,
    /// The worst of the running loans, as the core system says.
    pub booked: Option<Tier>,
    /// What was confirmed for the customer.
    pub confirmed: Option<Tier>,
    /// The worse of both: the one that plans.
    pub in_force: Tier,
    /// What the machine proposes.
    pub machine: Tier,
    /// Why.
    pub reasons: Vec<TierReason>,
    /// Until when it is to be confirmed; `None` = the proposal is the tier in force, or people have
    /// decided upon it.
    pub due_on: Option<NaiveDate>,
    /// What was confirmed with this proposal in view, though it is not the tier in force.
    pub answered: Option<TierAnswered>,
    /// What somebody has put forward.
    pub open: Option<TierOpen>,
    /// What happened to the debtor and has not ended.
    pub events: Vec<TierHappened>,
    /// What has ended, latest first, at most five: whoever decides sees what no longer binds her.
    pub ended: Vec<TierHappened>,
    /// What was decided, latest first, at most five.
    pub past: Vec<TierPast>,
}

/// How long a debtor must pay properly before she may rise, as the rules say: months and instalments,
/// whichever takes longer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TierSpans {
    /// Of the observation after a restructuring, from its first new due date.
    pub observation: (u32, u32),
    /// Before a bad debtor is no longer one.
    pub cure: (u32, u32),
}

/// Something that happened to a debtor and binds her to a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierHappened {
    /// What.
    pub event: TierEvent,
    /// Since when; of a restructuring the first new due date.
    pub since: NaiveDate,
    /// How it is known and, once it has ended, why. Empty where an open flag says it.
    pub note: String,
    /// Who noted it last: name for people. `None` = an open flag says it, and it ends with the flag.
    pub by: Option<String>,
    /// When it ended.
    pub ended_on: Option<NaiveDate>,
}

/// A decision that left the proposal and the tier in force apart: people know better, or the core
/// system books a worse one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierAnswered {
    /// Since when they differ.
    pub since: NaiveDate,
    /// The tier that was confirmed.
    pub tier: Tier,
    /// When.
    pub on: NaiveDate,
    /// By whom: name for people.
    pub by: String,
    /// The same by login name.
    pub by_login: UserId,
}

/// A tier that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierOpen {
    /// Its number.
    pub n: i64,
    /// Which tier.
    pub tier: Tier,
    /// The bank's own grade within it.
    pub subgrade: Option<String>,
    /// Why.
    pub reason: String,
    /// Who: name for people.
    pub by: String,
    /// When, for people.
    pub at: String,
    /// Whether the actor put it forward herself.
    pub own: bool,
}

/// A tier that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierPast {
    /// From which tier.
    pub before: Tier,
    /// To which.
    pub tier: Tier,
    /// The bank's own grade within it.
    pub subgrade: Option<String>,
    /// What became of it.
    pub state: TierState,
    /// Why it was put forward.
    pub reason: String,
    /// Who put it forward and who decided: names for people.
    pub by: String,
    /// When it was decided, for people.
    pub at: String,
}
