//! What borrowers paid in the two years before the figures of today begin, on their day or late: what
//! the scores of earlier quarters are held against. Who does not pay now was late before, in
//! spells; a few of the sound ones had one. Drawn from a stream of its own, so that nothing else
//! in the book hangs on it.

use chrono::NaiveDate;

use super::borrower::{Borrower, days_before, months_after};
use super::chance::Chance;
use super::row::Row;
use crate::domain::loan::{Loan, Tier};
use crate::domain::money::Fen;

/// Stream of these draws.
const STREAM: u64 = 0x5041_5354;
/// From so many days before today on instalments are made with the other figures.
pub(super) const RECENT: i64 = 200;
/// How many days back these begin.
const SPAN: i64 = 800;
/// Interest of a year, in ten-thousandths.
const RATE: i64 = 480;

/// Instalments of the past of a borrower, settled loans and all.
pub(super) fn rows(today: NaiveDate, borrower: &Borrower, seed: u64, n: u32) -> Vec<Row> {
    if !borrower.detailed {
        return Vec::new();
    }
    let mut chance = Chance::of(seed ^ STREAM, u64::from(n));
    let spells = spells(today, borrower, &mut chance);
    let loans = &borrower.file.loans;
    loans.iter().flat_map(|loan| of_loan(today, loan, &spells, &mut chance)).collect()
}

/// Spells in which she pays late. Who is late once is late again: it comes in spells of months, not
/// here and there.
fn spells(
    today: NaiveDate,
    borrower: &Borrower,
    chance: &mut Chance,
) -> Vec<(NaiveDate, NaiveDate)> {
    let weak = borrower.file.customer.tier.is_some_and(|tier| tier != Tier::Normal);
    let (count, (least, most)) = match (weak, borrower.trouble.is_some()) {
        (true, _) => (2, (9, 13)),
        (false, true) => (1, (6, 10)),
        (false, false) => (i64::from(chance.per_mille(140)), (2, 5)),
    };
    let spell = |_: i64| {
        let begins = days_before(today, chance.between(RECENT, SPAN));
        (begins, months_after(begins, chance.between(least, most)))
    };
    (0..count).map(spell).collect()
}

fn of_loan(
    today: NaiveDate,
    loan: &Loan,
    spells: &[(NaiveDate, NaiveDate)],
    chance: &mut Chance,
) -> Vec<Row> {
    let Some(end) = loan.settled_on.or(loan.matures_on) else { return Vec::new() };
    let (from, to) = (days_before(today, SPAN), days_before(today, RECENT));
    let interest = Fen(loan.amount.0 / 12 * RATE / 10_000);
    let mut rows = Vec::new();
    for month in 1..=60 {
        let due = months_after(loan.disbursed_on, month).min(end);
        if due >= to {
            break;
        }
        let is_last = due == end;
        if due >= from {
            let principal = if is_last { loan.amount } else { Fen::ZERO };
            // What was settled was settled on its day.
            let pressed = spells.iter().any(|(from, to)| due >= *from && due < *to);
            // Not each instalment of a spell is late.
            let late = !is_last && pressed && chance.per_mille(680);
            let days = if late { chance.between(10, 70) } else { 0 };
            rows.push(
                Row::of("repayments")
                    .text("loan_id", loan.id.as_str())
                    .date("due_on", Some(due))
                    .money("principal", Some(principal))
                    .money("interest", Some(interest))
                    .date("paid_on", Some(days_before(due, -days)))
                    .money("paid_amount", principal.checked_add(interest)),
            );
        }
        if is_last {
            break;
        }
    }
    rows
}
