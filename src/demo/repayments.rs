//! Instalments of loans as rows: those of today, which run from some months ago to a year ahead. What
//! lies before them is made by [`super::past`].

use chrono::NaiveDate;

use super::borrower::{days_before, months_after};
use super::chance::Chance;
use super::row::Row;
use crate::domain::loan::Loan;
use crate::domain::money::Fen;

/// From so many days before today on instalments are those of today.
pub(super) const RECENT: i64 = 200;

/// An instalment of a loan, paid in full where it was paid.
pub(super) fn instalment(
    loan: &Loan,
    due: NaiveDate,
    (principal, interest): (Fen, Fen),
    paid: Option<NaiveDate>,
) -> Row {
    Row::of("repayments")
        .text("loan_id", loan.id.as_str())
        .date("due_on", Some(due))
        .money("principal", Some(principal))
        .money("interest", Some(interest))
        .date("paid_on", paid)
        .money("paid_amount", principal.checked_add(interest).filter(|_| paid.is_some()))
}

/// Monthly interest, paid up to today but for the arrears; the principal at the end.
pub(super) fn of_today(today: NaiveDate, loan: &Loan, chance: &mut Chance) -> Vec<Row> {
    let (Some(balance), Some(end)) = (loan.balance, loan.matures_on) else { return Vec::new() };
    let rate = chance.between(335, 650);
    let mut rows = Vec::new();
    for month in 1..=60 {
        let due = months_after(loan.disbursed_on, month).min(end);
        if due >= days_before(today, RECENT) && due <= months_after(today, 13) {
            let interest = Fen(balance.0 / 12 * rate / 10_000);
            let principal = if due == end { balance } else { Fen::ZERO };
            let late = loan.days_past_due.unwrap_or(0);
            let paid = due < days_before(today, late);
            rows.push(instalment(loan, due, (principal, interest), paid.then_some(due)));
        }
        if due == end {
            break;
        }
    }
    rows
}
