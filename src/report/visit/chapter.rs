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
    /// With a heading of its own in chapter 1.
    People,
    /// With a heading of its own in chapter 14, apart from what is judged.
    CustomersOwn,
    /// With a heading of its own in chapter 14.
    Gifts,
    /// In no report: told by a table of its own, or written by the officer for herself.
    Nowhere,
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
        "met_anybody"
        | "shop_met"
        | "people_met"
        | "key_person_why"
        | "planned_not_met_why"
        | "attitude"
        | "number_called"
        | "recording_consent"
        | "recording_ref"
        | "questionnaire_by" => Chapter::People,
        "needs" | "renewal" | "satisfaction" | "shop_needs" => Chapter::CustomersOwn,
        "gifts" | "gifts_detail" => Chapter::Gifts,
        "retrospective" | "lookups_clear" | "lookup_later" => Chapter::Nowhere,
        "shop_verdict" => Chapter::Conclusion,
        "shop_use" | "use_as_agreed" | "spent_on" | "spent_as_agreed" | "daily_use"
        | "private_mixed" => Chapter::UseOfFunds,
        "return_account" => Chapter::Repayment,
        "group_trouble" | "shop_owed" | "shop_debts" => Chapter::Debts,
        "conditions_met" => Chapter::FollowUp,
        "outside" | "outside_detail" | "lawsuit_sum" => Chapter::Flags,
        "problems" | "strengths" => Chapter::Findings,
        "tier_proposal" | "tier_why" | "strategy" | "strategy_plan" => Chapter::Strategy,
        _ => match section {
            "head" | "lookup" => Chapter::Basics,
            "changes" | "person" => Chapter::Borrower,
            "use_of_funds" | "consumption" | "product" => Chapter::UseOfFunds,
            "finance" | "documents" | "account" | "contradictions" => Chapter::Finance,
            "debts" | "group" => Chapter::Debts,
            "guarantor" | "collateral" | "legal" => Chapter::Security,
            "followup" | "conditions" | "own" => Chapter::FollowUp,
            "repayment" | "bad_loan" | "flawed" => Chapter::Repayment,
            "closing" | "evaluation" => Chapter::Conclusion,
            _ => Chapter::Operation,
        },
    }
}
