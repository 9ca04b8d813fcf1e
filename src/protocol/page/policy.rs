//! Policies of the bank's own, as those see them who decide.

/// The policies that were put forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoliciesPage {
    /// Version in force: `default@1`.
    pub in_force: String,
    /// Whether the actor decides about policies at all.
    pub decides: bool,
    /// What was put forward: what waits first, then the latest.
    pub rows: Vec<PolicyRow>,
}

/// A policy that was put forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// Id and version: `chengdong@2`.
    pub policy: String,
    /// `proposed`, `active`, `retired`, `refused`.
    pub state: String,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// Why it was put forward.
    pub reason: String,
    /// Who put it forward: name for people.
    pub by: String,
    /// When, to the minute.
    pub at: String,
    /// The actor did; she can only take it back.
    pub own: bool,
    /// Who decided: name for people.
    pub decided_by: Option<String>,
    /// When, to the minute.
    pub decided_at: Option<String>,
    /// What it says in another way than the version in force, or, when it does not wait any more,
    /// than its base.
    pub differs: Vec<PolicyValue>,
}

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyValue {
    /// Which: `node.day90.due`.
    pub key: String,
    /// What stands in the other; empty = nothing does.
    pub instead: String,
    /// What it says; empty = nothing any more.
    pub value: String,
}
