//! What an instalment counts as, at one place for everybody who reads `repayments`.
//!
//! Paid in full is what the amount says where one is given, else the day: a part of what was due,
//! even with a day, leaves it open. Nothing is owed any more of what fell due after the end of a loan
//! that was settled or written off: the import never takes such rows away.
//!
//! The conditions name the instalment `r` and its loan `l`.

/// Condition: `r` is paid in full. Where the amounts are not known, any payment is; where nothing
/// fell due, there is nothing to pay.
macro_rules! in_full {
    () => {
        "(CASE WHEN coalesce(r.principal, r.interest) IS NULL \
         THEN r.paid_on IS NOT NULL OR coalesce(r.paid_amount, 0) > 0 \
         WHEN coalesce(r.principal, 0) + coalesce(r.interest, 0) <= 0 THEN 1 \
         WHEN r.paid_amount IS NULL THEN r.paid_on IS NOT NULL \
         ELSE r.paid_amount >= coalesce(r.principal, 0) + coalesce(r.interest, 0) END)"
    };
}

/// The day on which `r` was paid in full, `NULL` = it is open: at the latest the loan's settlement.
/// A payment without a day is not held against anybody: it counts as made when it was due.
macro_rules! paid_on {
    () => {
        concat!(
            "(CASE WHEN ",
            $crate::store::instalment::in_full!(),
            " THEN coalesce(r.paid_on, r.due_on) WHEN l.status = 'settled' \
             THEN coalesce(l.settled_on, l.matures_on, r.due_on) END)"
        )
    };
}

/// Condition: `r` was owed at all, and did not fall due after its loan had ended.
macro_rules! owed {
    () => {
        "(l.status = 'active' OR r.due_on <= coalesce(l.settled_on, l.matures_on, r.due_on))"
    };
}

/// Condition: `r`, whose day has passed, was paid after it or is open.
macro_rules! late {
    () => {
        concat!("(coalesce(", $crate::store::instalment::paid_on!(), ", '9999-12-31') > r.due_on)")
    };
}

/// Due day of the oldest open instalment of the loan in view, for
/// [`days_past_due`](crate::domain::loan::days_past_due); read only where the bank reports no days.
macro_rules! oldest_open {
    ($loan:literal) => {
        concat!(
            "CASE WHEN ",
            $loan,
            ".days_past_due IS NULL THEN (SELECT min(r.due_on) FROM repayments r \
             WHERE r.loan_id = ",
            $loan,
            ".loan_id AND NOT ",
            $crate::store::instalment::in_full!(),
            ") END"
        )
    };
}

pub(in crate::store) use {in_full, late, oldest_open, owed, paid_on};

#[cfg(test)]
mod tests;
