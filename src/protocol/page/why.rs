//! Why a customer is due.

use chrono::NaiveDate;

use crate::domain::duty::{Duty, Fate, Uncounted};
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;

/// Why is a customer due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyPage {
    /// Whose.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// As-of day.
    pub as_of: NaiveDate,
    /// Policy version.
    pub policy: String,
    /// Matrix row; `None` = no row matches.
    pub row: Option<String>,
    /// Tier column.
    pub tier: Tier,
    /// Inputs by name, as text: exposure, anchor, term, `onboarded_on`, `cadence_since` …
    pub inputs: Vec<(String, String)>,
    /// Every duty.
    pub duties: Vec<WhyDuty>,
    /// Gaps: field, reference, blocks.
    pub gaps: Vec<(String, String, bool)>,
    /// Whom the officer means to meet, by the preparation: name, masked, and role.
    pub meet: Vec<(String, Option<String>)>,
}

/// A duty with its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyDuty {
    /// The duty.
    pub duty: Duty,
    /// What has become of it.
    pub fate: Fate,
    /// Source of the rule: S, J, M with a reference.
    pub source: String,
    /// Whether the bank has confirmed the numbers of the rule.
    pub verified: bool,
    /// Of an open duty: visits that were made and don't count.
    pub uncounted: Vec<Uncounted>,
}
