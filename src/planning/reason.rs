//! Why a duty does not exist: codes for `explain`, worded by `i18n`.

/// `raw_due` is on or before `onboarded_on`.
pub const BEFORE_ONBOARDING: &str = "before_onboarding";
/// The slot is on or before `cadence_since`.
pub const BEFORE_CADENCE: &str = "before_cadence_since";
/// The row of the matrix has no such duty.
pub const ROW_EXEMPT: &str = "row_exempt";
/// The loan is not active (any more).
pub const LOAN_ENDED: &str = "loan_not_active";
/// The loan ends before the duty would be due.
pub const MATURES_BEFORE: &str = "matures_before";
/// The loan runs too short for this duty.
pub const SHORT_TERM: &str = "short_term";
/// The exposure is below the rule's amount.
pub const SMALL_EXPOSURE: &str = "small_exposure";
/// The balance of the loan is below the rule's amount.
pub const SMALL_BALANCE: &str = "small_balance";
/// Exposure or balance is missing.
pub const AMOUNT_MISSING: &str = "amount_missing";
/// The customer has no active loan.
pub const NO_ACTIVE_LOAN: &str = "no_active_loan";
/// The flag is not open.
pub const FLAG_NOT_OPEN: &str = "flag_not_open";
/// The task is done.
pub const TASK_CLOSED: &str = "task_closed";
/// On a day without an active loan, and the next slot comes no later than the moved one would.
pub const NEXT_SLOT_FIRST: &str = "next_slot_first";
/// The extra visit stands in its place.
pub const EXTRA_VISIT: &str = "extra_visit_instead";
/// Not drawn in the sample of the year.
pub const NOT_DRAWN: &str = "not_drawn";
/// The extra visit would be due before the present time in debt began.
pub const BEFORE_ANCHOR: &str = "before_anchor";
/// Only a policy that came into force later asks for it, on a day before that.
pub const BEFORE_POLICY: &str = "before_policy";
