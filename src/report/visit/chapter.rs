//! Which chapter an answer belongs to.

/// A chapter of the visit report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chapter {
    Basics,
    Borrower,
    Credit,
    UseOfFunds,
    Operation,
    Finance,
    Debts,
    Security,
    FollowUp,
    Flags,
    Repayment,
    Findings,
    Strategy,
    Conclusion,
    Annex,
}

/// All chapters, in order.
pub(super) const CHAPTERS: &[Chapter] = &[
    Chapter::Basics,
    Chapter::Borrower,
    Chapter::Credit,
    Chapter::UseOfFunds,
    Chapter::Operation,
    Chapter::Finance,
    Chapter::Debts,
    Chapter::Security,
    Chapter::FollowUp,
    Chapter::Flags,
    Chapter::Repayment,
    Chapter::Findings,
    Chapter::Strategy,
    Chapter::Conclusion,
    Chapter::Annex,
];

/// The chapter of an item: its own, or that of its section. A section that nobody has given a
/// chapter goes to the operation, so that no answer is ever left out.
pub(super) fn chapter_of(section: &str, item: &str) -> Chapter {
    match item {
        "use_as_agreed" | "spent_on" | "spent_as_agreed" => Chapter::UseOfFunds,
        "return_account" => Chapter::Repayment,
        "group_trouble" => Chapter::Debts,
        "conditions_met" => Chapter::FollowUp,
        "outside" | "outside_detail" => Chapter::Flags,
        "problems" | "strengths" => Chapter::Findings,
        "tier_proposal" | "tier_why" | "strategy" | "strategy_plan" => Chapter::Strategy,
        _ => match section {
            "head" | "lookup" => Chapter::Basics,
            "changes" | "person" => Chapter::Borrower,
            "use_of_funds" | "consumption" => Chapter::UseOfFunds,
            "finance" | "documents" => Chapter::Finance,
            "debts" => Chapter::Debts,
            "guarantor" | "collateral" => Chapter::Security,
            "followup" => Chapter::FollowUp,
            "repayment" | "bad_loan" => Chapter::Repayment,
            "closing" => Chapter::Conclusion,
            _ => Chapter::Operation,
        },
    }
}
