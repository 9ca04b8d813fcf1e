//! Why a customer is due: every duty with its fate, the row, the inputs, the rule and its source.

use chrono::NaiveDate;

use crate::domain::customer::Line;
use crate::domain::duty::{Duty, Fate, Uncounted};
use crate::domain::flag::Level;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::portfolio::CustomerFile;
use crate::domain::workday::Workdays;

use super::ledger::State;
use super::{Cell, Computed, Gap, Policy, compute, grid, uncounted};

/// The explanation of one customer's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Whose.
    pub customer: CustomerId,
    /// 客户名称
    pub name: String,
    /// As-of day.
    pub as_of: NaiveDate,
    /// Policy version.
    pub policy: String,
    /// Matrix row; `None` = no active loan, or a gap blocks.
    pub row: Option<String>,
    /// The whole cell.
    pub cell: Option<Cell>,
    /// Customer tier.
    pub tier: Tier,
    /// Inputs by name, as text: `line`, `exposure`, `anchor`, `onboarded_on` … Missing ones are empty.
    pub inputs: Vec<(String, String)>,
    /// Every duty up to the last day, in the order of section 6.
    pub duties: Vec<Explained>,
    /// What is missing.
    pub gaps: Vec<Gap>,
}

/// A duty with its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The duty, also if it does not exist: then as it would be.
    pub duty: Duty,
    /// What has become of it.
    pub fate: Fate,
    /// Source of the rule.
    pub source: String,
    /// Whether a written source stands behind its numbers.
    pub verified: bool,
    /// Of an open duty: visits that were made and don't count, oldest first.
    pub uncounted: Vec<Uncounted>,
}

/// Explains the plan of one customer: duties met, open, ended and not existing. Of those that are
/// not met, periodic ones due after `to` are left out.
pub fn explain(
    file: &CustomerFile,
    policy: &Policy,
    days: &Workdays,
    as_of: NaiveDate,
    to: NaiveDate,
) -> Explanation {
    let Computed { seen, gaps, asked, ledger } = compute(file, policy, days, as_of, to, true);
    let mut items = ledger.items;
    items.retain(|item| item.due <= to.max(as_of) || matches!(item.state, State::Met(_)));
    items.sort_by(|a, b| a.key().cmp(&b.key()));
    let duties = items
        .iter()
        .map(|item| Explained {
            duty: item.to_duty(&policy.version),
            fate: item.fate(),
            source: item.provenance().0.to_owned(),
            verified: item.provenance().1,
            uncounted: uncounted::of(&seen, &items, item),
        })
        .collect();
    let customer = &file.customer;
    let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let inputs = [
        ("line", text(customer.line.map(Line::as_code))),
        ("grade", text(customer.grade.as_deref())),
        ("low_risk", customer.low_risk.to_string()),
        ("exposure", seen.exposure.map(|sum| sum.to_string()).unwrap_or_default()),
        ("active_loans", seen.active.len().to_string()),
        ("long_term", seen.long_term.to_string()),
        ("anchor", day(grid::anchor(&seen, policy))),
        ("onboarded_on", day(customer.onboarded_on)),
        ("cadence_since", day(seen.cadence_since())),
        ("extra_visit_from", day(customer.extra_visit_from)),
        ("level", text(seen.level().map(Level::as_code))),
    ];
    Explanation {
        customer: customer.id.clone(),
        name: customer.name.clone(),
        as_of,
        policy: policy.version.clone(),
        row: asked.map(|asked| asked.row.id.clone()),
        cell: asked.map(|asked| asked.cell(seen.tier, policy)),
        tier: seen.tier,
        inputs: inputs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        duties,
        gaps,
    }
}
