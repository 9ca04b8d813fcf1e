//! What keeps a customer from being planned, and what makes the plan doubtful (section 3, "Gaps").

use chrono::NaiveDate;

use crate::domain::code::codes;
use crate::domain::loan::LoanStatus;
use crate::domain::money::Fen;
use crate::domain::portfolio::CustomerFile;

use super::Policy;
use super::cadence;
use super::seen::{Seen, ended_on};

codes! {
    /// What is missing.
    pub enum GapKind {
        /// 数据缺口: a field.
        Data = "data",
        /// 口径缺口: a row of the matrix.
        Rule = "rule",
    }
}

/// Something that the plan of a customer lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// Table and column (`loans.matures_on`), or `cadence` for a rule.
    pub field: &'static str,
    /// The loan, or the customer where the field is the customer's or the rule's.
    pub reference: String,
    /// Data or rule.
    pub kind: GapKind,
    /// Takes away the periodic duties.
    pub blocks: bool,
}

/// The gaps of a customer on a day, by field and reference. None without an active loan.
pub fn gaps(file: &CustomerFile, policy: &Policy, as_of: NaiveDate) -> Vec<Gap> {
    of_seen(&Seen::new(file, policy, as_of), policy)
}

/// An ended loan without any end is a gap as well: anchor and moved slots hang on that day.
pub(super) fn of_seen(seen: &Seen<'_>, policy: &Policy) -> Vec<Gap> {
    let mut gaps = Vec::new();
    if seen.active.is_empty() {
        return gaps;
    }
    let customer = &seen.file.customer;
    let mut data = |field: &'static str, reference: &str, blocks: bool| {
        gaps.push(Gap { field, reference: reference.to_owned(), kind: GapKind::Data, blocks });
    };
    let needs_line = customer.line.is_none() && !customer.low_risk;
    if needs_line {
        data("customers.line", customer.id.as_str(), true);
    }
    if !seen.file.officer_known {
        data("customers.officer", customer.id.as_str(), false);
    }
    // Up to these days nothing is owed: one to come would leave a customer without any visit.
    let to_come = |day: Option<NaiveDate>| day.is_some_and(|day| day > seen.as_of);
    if customer.onboarded_on.is_none() || to_come(customer.onboarded_on) {
        data("customers.onboarded_on", customer.id.as_str(), false);
    }
    if to_come(customer.cadence_since) {
        data("customers.cadence_since", customer.id.as_str(), false);
    }
    for loan in &seen.active {
        let age = (seen.as_of - loan.disbursed_on).num_days();
        match loan.balance {
            None => data("loans.balance", loan.id.as_str(), true),
            Some(Fen::ZERO) if age > policy.gap_zero_balance_days => {
                data("loans.balance", loan.id.as_str(), false);
            }
            Some(_) => {}
        }
        match loan.matures_on {
            None => data("loans.matures_on", loan.id.as_str(), true),
            Some(day)
                if day < loan.disbursed_on
                    || (seen.as_of - day).num_days() > policy.gap_past_maturity_days =>
            {
                data("loans.matures_on", loan.id.as_str(), false);
            }
            Some(_) => {}
        }
        if loan.tier.is_none() {
            data("loans.tier", loan.id.as_str(), false);
        }
    }
    // A sum that does not fit is no sum: somebody typed a balance that can't be.
    if seen.exposure.is_none() && seen.active.iter().all(|loan| loan.balance.is_some()) {
        data("loans.balance", customer.id.as_str(), true);
    }
    for loan in seen.loans() {
        if loan.status != LoanStatus::Active && ended_on(loan).is_none() {
            data("loans.matures_on", loan.id.as_str(), true);
        }
    }
    if let Some(exposure) = seen.exposure
        && !needs_line
        && cadence::matching(seen, policy, exposure).is_none()
    {
        let reference = customer.id.0.clone();
        gaps.push(Gap { field: "cadence", reference, kind: GapKind::Rule, blocks: true });
    }
    gaps.sort();
    gaps
}
