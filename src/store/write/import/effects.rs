//! What follows from changed rows: the dates that the system keeps of a cadence, the plan, and the
//! search index, all in the transaction of the import.

use std::str::FromStr;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::{CADENCE_GIVEN, EXTRA_GIVEN, INDEX, PLAN, State, journal_text};
use crate::domain::ids::CustomerId;
use crate::planning::Cell as CadenceCell;
use crate::protocol::tables::{Cell, TABLES};
use crate::store::Error;
use crate::store::{project, search};

/// From how many touched customers on the whole book is taken instead of one by one.
const MANY: i64 = 2_000;

/// Brings the plan, the kept dates and the index in line with the rows.
pub(super) fn follow_up(tx: &Connection, state: &State) -> Result<(), Error> {
    let today = state.now.date_naive();
    let (planned, indexed) = tx.query_row(
        "SELECT count(*) FILTER (WHERE why & ?1), count(*) FILTER (WHERE why & ?2) FROM temp.touched",
        params![PLAN, INDEX],
        |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?)),
    )?;
    if planned > 0 {
        note_before(tx, state.as_of())?;
        project_touched(tx, state, planned, today)?;
        let moved = keep_cadence(tx, state)?;
        for customer in moved {
            project::project_customer(tx, &state.packs, &CustomerId(customer), today)?;
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
    tx.execute_batch(
        "DROP TABLE IF EXISTS temp.touched; DROP TABLE IF EXISTS temp.cells;
         DROP TABLE IF EXISTS temp.stage; DROP TABLE IF EXISTS temp.dropped;
         DROP TABLE IF EXISTS temp.missing;",
    )?;
    Ok(())
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

/// Notes the cadence cell of each touched customer, and whether a periodic duty of hers is overdue.
fn note_before(tx: &Connection, as_of: NaiveDate) -> Result<(), Error> {
    tx.execute_batch(
        "DROP TABLE IF EXISTS temp.cells;
         CREATE TEMP TABLE cells (customer_id TEXT NOT NULL PRIMARY KEY, cell TEXT NOT NULL,
             overdue INTEGER NOT NULL) WITHOUT ROWID;",
    )?;
    // The codes of a due visit are those of its duties; it is overdue when its first duty is.
    tx.execute(
        "INSERT INTO temp.cells
         SELECT f.customer_id, f.cell, EXISTS (
             SELECT 1 FROM due_visits AS d
             WHERE d.customer_id = f.customer_id AND d.due < ?1
               AND (d.codes LIKE '%periodic_onsite%' OR d.codes LIKE '%periodic_offsite%'))
         FROM temp.touched AS t JOIN customer_facts AS f ON f.customer_id = t.customer_id
         WHERE t.why & 1 AND f.cell IS NOT NULL",
        params![as_of.to_string()],
    )?;
    Ok(())
}

/// Sets `cadence_since`, and `extra_visit_from` where `planning.md` section 3 says so, of known
/// customers whose cell the import has changed, unless the file itself says these dates.
fn keep_cadence(tx: &Connection, state: &State) -> Result<Vec<String>, Error> {
    let day = state.as_of().to_string();
    let mut moved = Vec::new();
    let mut statement = tx.prepare(
        "SELECT c.customer_id, c.cell, f.cell, c.overdue, t.why
         FROM temp.cells AS c
         JOIN customer_facts AS f ON f.customer_id = c.customer_id AND f.cell <> c.cell
         JOIN temp.touched AS t ON t.customer_id = c.customer_id
         ORDER BY c.customer_id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let customer: String = row.get(0)?;
        let (before, after): (String, String) = (row.get(1)?, row.get(2)?);
        let (overdue, why): (bool, u8) = (row.get(3)?, row.get(4)?);
        let worse = match (CadenceCell::from_str(&before), CadenceCell::from_str(&after)) {
            (Ok(before), Ok(after)) => after.is_worse_than(&before),
            // A cell of an older program: what it asked for is not known.
            _ => false,
        };
        let cadence = why & CADENCE_GIVEN == 0;
        let extra = why & EXTRA_GIVEN == 0 && (worse || overdue);
        if cadence || extra {
            set_dates(tx, state, &customer, cadence.then_some(&day), extra.then_some(&day))?;
            moved.push(customer);
        }
    }
    Ok(moved)
}

fn set_dates(
    tx: &Connection,
    state: &State,
    customer: &str,
    cadence: Option<&String>,
    extra: Option<&String>,
) -> Result<(), Error> {
    let old: Option<(Option<String>, Option<String>)> = tx
        .prepare_cached(
            "SELECT cadence_since, extra_visit_from FROM customers WHERE customer_id = ?1",
        )?
        .query_row([customer], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((old_cadence, old_extra)) = old else { return Ok(()) };
    tx.prepare_cached(
        "UPDATE customers SET cadence_since = coalesce(?2, cadence_since),
             extra_visit_from = coalesce(?3, extra_visit_from), revision = revision + 1
         WHERE customer_id = ?1",
    )?
    .execute(params![customer, cadence, extra])?;
    let Some(table) = TABLES.iter().find(|t| t.name == "customers") else { return Ok(()) };
    let cell = |text: Option<&String>| text.map_or(Cell::Empty, |t| Cell::Text(t.clone()));
    let row = |cadence: Option<&String>, extra: Option<&String>| -> Vec<Cell> {
        let field = |name: &str| match name {
            "cadence_since" => cell(cadence),
            "extra_visit_from" => cell(extra),
            _ => Cell::Empty,
        };
        table.columns.iter().map(|c| field(c.name)).collect()
    };
    let before = row(old_cadence.as_ref(), old_extra.as_ref());
    let after = row(cadence.or(old_cadence.as_ref()), extra.or(old_extra.as_ref()));
    let (before, after) = journal_text::change(table, &before, &after);
    let subject = format!("customers:{customer}");
    state.journal(tx, "keep_cadence", &subject, Some(&before), Some(&after))
}
