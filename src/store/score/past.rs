//! Scores of the quarters before today, as the nights of those days would have kept them. Only an
//! invented book needs them: a real one has its nights behind it.

use chrono::{Datelike as _, NaiveDate};
use rusqlite::{Connection, Result, Transaction};

use super::{Reading, deal, each_slice, keep};
use crate::access::Scope;
use crate::risk::score::Card;
use crate::store::instalment::{open_after, owed};
use crate::store::read::scope::Sight;
use crate::store::row::maybe_day;

/// Quarters that are scored.
const QUARTERS: usize = 8;
/// A larger book has figures for its first customers alone, and would take long.
const MOST: i64 = 2_000;

/// Stores the scores of the ends of the quarters before a day, the earliest first.
pub(in crate::store) fn keep_past(
    tx: &Transaction<'_>,
    card: &Card,
    today: NaiveDate,
) -> Result<()> {
    let customers: i64 = tx.query_row("SELECT count(*) FROM customers", [], |row| row.get(0))?;
    if customers > MOST {
        return Ok(());
    }
    let everything = Sight::within(Scope::All);
    for on in quarter_ends(today) {
        each_slice(tx, &everything, on, |slice| {
            stand_at(tx, slice, on)?;
            keep(tx, card, on, slice).map(|_changed| ())
        })?;
    }
    Ok(())
}

/// The last days of the quarters before a day, the earliest first.
fn quarter_ends(today: NaiveDate) -> Vec<NaiveDate> {
    let first = |day: NaiveDate| NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1);
    let before = |day: &NaiveDate| first(*day).and_then(|first| first.pred_opt());
    let mut ends: Vec<NaiveDate> =
        std::iter::successors(before(&today), before).take(QUARTERS).collect();
    ends.reverse();
    ends
}

/// Puts the days past due of that day in the place of those of today; who had no loan then is not
/// known.
fn stand_at(db: &Connection, slice: &mut [Reading], on: NaiveDate) -> Result<()> {
    const STOOD: &str = concat!(
        "SELECT l.customer_id, min(r.due_on) FILTER (WHERE r.due_on < :day AND ",
        owed!(),
        " AND ",
        open_after!(":day"),
        ") FROM loans l LEFT JOIN repayments r ON r.loan_id = l.loan_id \
        WHERE l.customer_id BETWEEN :first AND :last AND l.disbursed_on <= :day \
        GROUP BY l.customer_id ORDER BY l.customer_id"
    );
    let at = on.to_string();
    for customer in slice.iter_mut() {
        customer.past_due = None;
    }
    deal(db, STOOD, &[(":day", &at)], slice, |customer, row| {
        let oldest = maybe_day(row, 1)?;
        customer.past_due = Some(oldest.map_or(0, |due| (on - due).num_days()));
        Ok(())
    })?;
    for customer in slice.iter_mut().filter(|customer| customer.past_due.is_none()) {
        *customer = Reading { id: customer.id.clone(), ..Reading::default() };
    }
    Ok(())
}
