//! The pack as it is written. Unknown keys are faults: a misspelt rule must not pass for none.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    pub(super) id: String,
    pub(super) version: u32,
    pub(super) node: Nodes,
    pub(super) row: Vec<MatrixRow>,
    pub(super) long_term: LongTerm,
    pub(super) grid: Grid,
    pub(super) half_year: HalfYear,
    pub(super) extra_visit: ExtraVisit,
    pub(super) merge: Merge,
    pub(super) overdue: Overdue,
    pub(super) remind: Remind,
    pub(super) delay: Delay,
    pub(super) gaps: Gaps,
    pub(super) month: Month,
    /// Of what was put together: the version of its base, and what differs from it.
    #[serde(rename = "base")]
    _base: Option<String>,
    #[serde(default, rename = "own")]
    _own: Vec<Own>,
}

/// A value of a branch's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Own {
    #[serde(rename = "key")]
    _key: String,
    #[serde(rename = "instead")]
    _instead: String,
    #[serde(rename = "value")]
    _value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nodes {
    pub(super) use_of_funds: Node,
    pub(super) day90: Node,
    pub(super) renewal_talk: Node,
    pub(super) before_maturity: Node,
    pub(super) handover: Node,
    pub(super) flag_revisit: Flag,
    pub(super) directed: Directed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Node {
    pub(super) source: String,
    pub(super) verified: bool,
    pub(super) class: String,
    pub(super) opens: String,
    pub(super) due: String,
    pub(super) not_before: Option<String>,
    pub(super) min_term: Option<String>,
    pub(super) min_exposure: Option<String>,
    pub(super) min_balance: Option<String>,
    pub(super) onsite_min_term: Option<String>,
    #[serde(default)]
    pub(super) onsite_rows: Vec<String>,
    #[serde(default)]
    pub(super) except_rows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Flag {
    pub(super) source: String,
    pub(super) verified: bool,
    pub(super) opens: String,
    pub(super) yellow: FlagStep,
    pub(super) orange: FlagStep,
    pub(super) red: FlagStep,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlagStep {
    pub(super) class: String,
    pub(super) first: String,
    pub(super) again: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Directed {
    pub(super) source: String,
    pub(super) verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MatrixRow {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) verified: bool,
    pub(super) low_risk: Option<bool>,
    #[serde(default)]
    pub(super) lines: Vec<String>,
    #[serde(default)]
    pub(super) grades: Vec<String>,
    pub(super) from: Option<String>,
    pub(super) below: Option<String>,
    pub(super) normal: String,
    pub(super) special_mention: String,
    pub(super) substandard: String,
    pub(super) doubtful_loss: String,
}

/// Declares sections whose keys are all texts, beside source and mark.
macro_rules! sections {
    ($($name:ident { $($field:ident),+ })+) => {$(
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            #[serde(rename = "source")]
            _source: String,
            #[serde(rename = "verified")]
            _verified: bool,
            $(pub(super) $field: String,)+
        }
    )+};
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LongTerm {
    pub(super) source: String,
    pub(super) verified: bool,
    pub(super) term: String,
    pub(super) tolerance: String,
    pub(super) offsite: String,
    pub(super) onsite_enough: String,
    pub(super) exempt: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remind {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
    pub(super) before: Vec<String>,
    pub(super) after: String,
}

sections! {
    Grid { window_per_month, anchor_gap, moved }
    HalfYear { after_anchor, earliest, window }
    ExtraVisit { due }
    Merge { reach, window_part }
    Overdue { grace, late_submission }
    Delay { most, interim_from }
    Gaps { past_maturity, zero_balance }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Month {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
    pub(super) day: String,
    pub(super) onsite: String,
    pub(super) offsite: String,
    pub(super) workdays_after: String,
    pub(super) long_holiday: String,
    pub(super) before_holiday: String,
    /// Policies that were written before it was a rule don't have it.
    pub(super) near: Option<String>,
}
