//! What borrowers paid in the two years before the figures of today begin, on their day or late, and
//! what was raised in them: what signals and the scores of earlier quarters are held against. Who
//! does not pay now was late before, in spells; a few of the sound ones had one. Drawn from a stream
//! of its own, so that nothing else in the book hangs on it.

use chrono::NaiveDate;

use super::borrower::{Book, Borrower, days_before, months_after};
use super::chance::Chance;
use super::flags::{REJECTED, row_of};
use super::repayments::{RECENT, instalment};
use super::row::Row;
use crate::domain::flag::{Flag, FlagState};
use crate::domain::ids::FlagId;
use crate::domain::loan::{Loan, Tier};
use crate::domain::money::Fen;

/// Stream of these draws.
const STREAM: u64 = 0x5041_5354;
/// How many days back these begin.
const SPAN: i64 = 800;
/// Interest of a year, in ten-thousandths.
const RATE: i64 = 480;

/// What officers see before somebody pays late, and now and then without.
const FORESEEN: [&str; 3] = ["ACC-09", "OPS-02", "OPS-03"];
/// Of a thousand spells so many were seen coming …
const SEEN: i64 = 750;
/// … and of a thousand borrowers so many were suspected of what never came.
const SUSPECTED: i64 = 220;

/// Instalments and flags of the past of a borrower, settled loans and all.
pub(super) fn rows(book: &Book<'_>, borrower: &Borrower, seed: u64, n: u32) -> Vec<Row> {
    let today = book.today;
    if !borrower.detailed {
        return Vec::new();
    }
    let mut chance = Chance::of(seed ^ STREAM, u64::from(n));
    let spells = spells(today, borrower, &mut chance);
    let loans = &borrower.file.loans;
    let mut rows: Vec<Row> =
        loans.iter().flat_map(|loan| of_loan(today, loan, &spells, &mut chance)).collect();
    rows.extend(flags(book, borrower, &spells, &mut chance));
    rows
}

/// Flags that are long over.
fn flags(
    book: &Book<'_>,
    borrower: &Borrower,
    spells: &[(NaiveDate, NaiveDate)],
    chance: &mut Chance,
) -> Vec<Row> {
    let mut raised: Vec<(NaiveDate, FlagState)> = Vec::new();
    for (begins, _) in spells {
        if chance.per_mille(SEEN) {
            raised.push((days_before(*begins, chance.between(10, 60)), FlagState::Closed));
        }
    }
    if chance.per_mille(SUSPECTED) {
        let on = days_before(book.today, chance.between(RECENT, SPAN));
        let was_rejected = chance.per_mille(500);
        raised.push((on, if was_rejected { FlagState::Rejected } else { FlagState::Closed }));
    }
    let owed = borrower.file.loans.iter().map(|loan| loan.disbursed_on).min();
    raised.retain(|(on, _)| owed.is_some_and(|owed| owed < *on));
    let customer = &borrower.file.customer;
    let mut rows = Vec::new();
    for (k, (on, state)) in (1..).zip(raised) {
        let code = chance.pick(&FORESEEN);
        let Some(signal) = book.names.signals.iter().find(|s| s.code == code) else { continue };
        let is_closed = state == FlagState::Closed;
        let ended = days_before(on, -chance.between(20, 120));
        let flag = Flag {
            id: FlagId(format!("P{}-{k}", customer.id)),
            signal: code.to_owned(),
            level: signal.level(),
            state,
            raised_on: on,
            confirmed_on: is_closed.then(|| days_before(on, -1)),
            level_since: None,
            closed_on: is_closed.then_some(ended),
            owner: is_closed.then(|| customer.officer.clone()),
        };
        let (measure, note) = if is_closed { (signal.measure, "") } else { ("", REJECTED) };
        rows.push(row_of(&customer.id, &flag, measure, note));
    }
    rows
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
        (true, _) => (3, (6, 11)),
        (false, true) => (1, (6, 10)),
        (false, false) => (i64::from(chance.per_mille(240)), (3, 5)),
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
            let paid = Some(days_before(due, -days));
            rows.push(instalment(loan, due, (principal, interest), paid));
        }
        if is_last {
            break;
        }
    }
    rows
}
