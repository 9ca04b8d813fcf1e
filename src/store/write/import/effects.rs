//! What follows from changed rows: the dates that the system keeps of a cadence, the plan, and the
//! search index, all in the transaction of the import.

use std::collections::VecDeque;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::{CADENCE_GIVEN, CELL, EXTRA_GIVEN, INDEX, PLAN, State, journal_text};
use crate::access::Scope;
use crate::domain::ids::CustomerId;
use crate::domain::portfolio::CustomerFile;
use crate::store::Error;
use crate::store::read::scope::Sight;
use crate::store::{lateness, portfolio, project, search, tiers};

/// From how many touched customers on the whole book is taken instead of one by one.
const MANY: i64 = 2_000;

/// Brings the plan, the kept dates and the index in line with the rows.
pub(super) fn follow_up(tx: &Connection, state: &State) -> Result<(), Error> {
    let today = state.today();
    let (planned, indexed) = tx.query_row(
        "SELECT count(*) FILTER (WHERE why & ?1), count(*) FILTER (WHERE why & ?2) FROM temp.touched",
        params![PLAN, INDEX],
        |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?)),
    )?;
    if planned > 0 {
        keep_cadence(tx, state)?;
        project_touched(tx, state, planned, today)?;
        classify_touched(tx, planned, today)?;
        if is_in_use(state)? {
            lateness::propose(tx, &state.packs, None, today, state.now)?;
        }
    }
    if indexed >= MANY {
        search::reindex_book(tx)?;
    } else if indexed > 0 {
        each_touched(tx, INDEX, |customer| {
            search::index_customer(tx, customer)?;
            Ok(())
        })?;
    }
    Ok(())
}

/// Whether the book had customers before: what a new one is filled with goes out again as it came in,
/// and what is late in it is proposed by the first job.
fn is_in_use(state: &State) -> Result<bool, Error> {
    let Some(past) = &state.past else { return Ok(false) };
    Ok(past.prepare_cached("SELECT 1 FROM customers LIMIT 1")?.exists([])?)
}

fn each_touched(
    tx: &Connection,
    why: u8,
    mut act: impl FnMut(&CustomerId) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut statement =
        tx.prepare("SELECT customer_id FROM temp.touched WHERE why & ?1 ORDER BY customer_id")?;
    let mut rows = statement.query([why])?;
    while let Some(row) = rows.next()? {
        act(&CustomerId(row.get(0)?))?;
    }
    Ok(())
}

fn project_touched(
    tx: &Connection,
    state: &State,
    planned: i64,
    today: NaiveDate,
) -> Result<(), Error> {
    let book: i64 = tx.query_row("SELECT count(*) FROM customers", [], |r| r.get(0))?;
    if planned >= MANY && planned * 2 >= book {
        project::project_book(tx, &state.packs, today)?;
        return Ok(());
    }
    each_touched(tx, PLAN, |customer| {
        project::project_customer(tx, &state.packs, customer, today)?;
        Ok(())
    })
}

/// What a list of tiers tells is worked out with what it rests on.
fn classify_touched(tx: &Connection, planned: i64, today: NaiveDate) -> Result<(), Error> {
    if planned >= MANY {
        tiers::classify_book(tx, today)?;
        return Ok(());
    }
    each_touched(tx, PLAN, |customer| {
        tiers::refresh(tx, customer, today)?;
        Ok(())
    })
}

/// Sets `cadence_since`, and `extra_visit_from` where `planning.md` section 3 says so, of known
/// customers whose cell the import has changed, unless the file itself says these dates.
fn keep_cadence(tx: &Connection, state: &State) -> Result<(), Error> {
    let Some(past) = &state.past else { return Ok(()) };
    let count: i64 =
        tx.query_row("SELECT count(*) FROM temp.touched WHERE why & ?1", [CELL], |r| r.get(0))?;
    // All questions to the past see the same moment.
    let moment = past.unchecked_transaction()?;
    let book: i64 = moment.query_row("SELECT count(*) FROM customers", [], |r| r.get(0))?;
    if book == 0 || count == 0 {
        return Ok(());
    }
    if count < MANY {
        return each_touched(tx, CELL, |customer| {
            let then = portfolio::load(&moment, &state.packs, customer)?;
            let now = portfolio::load(tx, &state.packs, customer)?;
            match (then, now) {
                (Some(then), Some(now)) => keep_one(tx, state, &moment, &then, &now),
                // A new customer's cell has not changed.
                _ => Ok(()),
            }
        });
    }
    // Both books side by side, in the order of their customers.
    let all = Sight::within(Scope::All);
    let (mut now, mut after) = (VecDeque::new(), String::new());
    portfolio::each(&moment, &state.packs, &all, |then| -> Result<(), Error> {
        loop {
            if now.is_empty() {
                now.extend(portfolio::slice(tx, &state.packs, &all, &after)?);
                let Some(last): Option<&CustomerFile> = now.back() else { return Ok(()) };
                after.clone_from(&last.customer.id.0);
            }
            match now.pop_front() {
                Some(file) if file.customer.id == then.customer.id => {
                    return keep_one(tx, state, &moment, &then, &file);
                }
                Some(_) => {}
                None => return Ok(()),
            }
        }
    })
}

fn keep_one(
    tx: &Connection,
    state: &State,
    past: &Connection,
    then: &CustomerFile,
    now: &CustomerFile,
) -> Result<(), Error> {
    let on = state.as_of();
    let Some(change) = project::cadence_change(past, &state.packs, then, now, on)? else {
        return Ok(());
    };
    let customer = &now.customer.id;
    let why: u8 = tx
        .prepare_cached("SELECT why FROM temp.touched WHERE customer_id = ?1")?
        .query_row([customer.as_str()], |r| r.get(0))
        .optional()?
        .unwrap_or(0);
    if why & CELL == 0 {
        return Ok(());
    }
    let set = project::CadenceDates {
        since: why & CADENCE_GIVEN == 0,
        extra: why & EXTRA_GIVEN == 0 && change.extra,
    };
    project::keep_duties(tx, &state.packs, (then, now), set, on)?;
    if !set.since && !set.extra {
        return Ok(());
    }
    let before = project::set_cadence(tx, customer, on, set)?;
    let day = Some(on.to_string());
    let [since, extra] = before.clone();
    let after = [if set.since { day.clone() } else { since }, if set.extra { day } else { extra }];
    let (before, after) = (journal_text::cadence(&before), journal_text::cadence(&after));
    let subject = format!("customers:{customer}");
    state.journal(tx, "keep_cadence", &subject, Some(&before), Some(&after))
}
