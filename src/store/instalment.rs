//! What an instalment counts as, at one place for everybody who reads `repayments`.
//!
//! Paid in full is what the amount says where one is given, else the day: a part of what was due,
//! even with a day, leaves it open. Nothing is owed any more of what fell due after the end of a loan
//! that was settled or written off: the import never takes such rows away.
//!
//! The conditions name the instalment `r` and its loan `l`.

/// Condition: `r` is paid in full, at all or by a day (an expression of SQL): a payment dated later
/// has not been made. Where the amounts are not known, any payment is; where nothing fell due, there
/// is nothing to pay.
macro_rules! in_full {
    () => {
        $crate::store::instalment::in_full!("'9999-12-31'")
    };
    ($day:literal) => {
        concat!(
            "(CASE WHEN coalesce(r.principal, 0) + coalesce(r.interest, 0) <= 0 \
             AND coalesce(r.principal, r.interest) IS NOT NULL THEN 1 \
             WHEN r.paid_on > ",
            $day,
            " THEN 0 \
             WHEN coalesce(r.principal, r.interest) IS NULL \
             THEN r.paid_on IS NOT NULL OR coalesce(r.paid_amount, 0) > 0 \
             WHEN r.paid_amount IS NULL THEN r.paid_on IS NOT NULL \
             ELSE r.paid_amount >= coalesce(r.principal, 0) + coalesce(r.interest, 0) END)"
        )
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

/// Condition: `r` was not paid by this day, or is open to this hour.
macro_rules! open_after {
    ($day:literal) => {
        concat!(
            "(coalesce(",
            $crate::store::instalment::paid_on!(),
            ", '9999-12-31') > ",
            $day,
            ")"
        )
    };
}

/// Condition: `r`, whose day has passed, was paid after it or is open.
macro_rules! late {
    () => {
        $crate::store::instalment::open_after!("r.due_on")
    };
}

/// Due day of the oldest of what is open on a day (an expression of SQL) of `l`, for
/// [`days_past_due`](crate::domain::loan::days_past_due); read only where the loan is running and the
/// bank reports no days: what an ended loan leaves open is no delay that grows. The maturity is the due
/// day of the principal: where it has passed and a balance is left, that is open whatever the schedule
/// says. One that lies ahead tells nothing of how the loan is paid.
macro_rules! oldest_open {
    ($day:literal) => {
        concat!(
            "CASE WHEN l.status = 'active' AND l.days_past_due IS NULL THEN \
             nullif(min(coalesce((SELECT min(r.due_on) FROM repayments r \
             WHERE r.loan_id = l.loan_id AND NOT ",
            $crate::store::instalment::in_full!($day),
            "), '9999-12-31'), CASE WHEN l.balance > 0 AND l.matures_on < ",
            $day,
            " THEN l.matures_on ELSE '9999-12-31' END), '9999-12-31') END"
        )
    };
}

pub(in crate::store) use {in_full, late, oldest_open, open_after, owed, paid_on};

#[cfg(test)]
mod tests;
