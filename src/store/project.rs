//! The plan as rows: `due_visits`, `customer_facts` and `month_duties`, rewritten only where they
//! differ.
//!
//! All three are projections. A change of a customer projects that customer in the same
//! transaction; the change of the business date projects the book.

mod cadence;
mod deadlines;
mod due;
mod duties;
mod facts;
mod kept;
mod months;
mod stand;

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Result, Row, named_params};

use super::instalment::oldest_open;
use super::portfolio;
use super::read::scope::Sight;
use super::row::{day as row_day, strange};
use crate::access::Scope;
use crate::assets::Packs;
use crate::domain::duty::Duty;
use crate::domain::ids::CustomerId;
use crate::domain::loan::{Loan, LoanStatus};
use crate::domain::portfolio::CustomerFile;
use crate::planning;
pub(crate) use cadence::{CadenceDates, cadence_change, set_cadence};
pub(crate) use deadlines::deadline_of;
pub(crate) use due::level_of;
use due::{DueRow, Found, compare_due, due_rows, write_due};
pub(crate) use duties::decode_duties;
use facts::{FACTS_COLUMNS, FactsRow, facts_of, facts_row, write_facts};
pub(crate) use kept::{keep_duties, write_kept};
pub(crate) use months::month_key;
use months::{MONTH_COLUMNS, MonthRow, month_rows, same_month, write_months};
pub(crate) use stand::{is_projected, note_projected, planned_on, reaches};

/// How far ahead due visits are projected.
pub(crate) const HORIZON: Days = Days::new(120);

/// Projects one customer for `today`; a customer that is not there has no rows afterwards.
pub(crate) fn project_customer(
    db: &Connection,
    packs: &Packs,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<bool> {
    let Some(file) = portfolio::load(db, packs, customer)? else { return Ok(false) };
    Ok(project_files(db, packs, &[file], today)? > 0)
}

/// Projects a customer of whom signals were proposed and nothing else was written. A proposal stands on
/// no plan: where the book stands projected for the day, only their number differs.
pub(crate) fn project_proposals(
    db: &Connection,
    packs: &Packs,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<()> {
    const SQL: &str = "
        UPDATE customer_facts SET proposed = (
            SELECT count(*) FROM flags f WHERE f.customer_id = customer_facts.customer_id
                AND coalesce(f.state, CASE WHEN f.closed_on IS NOT NULL THEN 'closed'
                    WHEN f.confirmed_on IS NOT NULL THEN 'confirmed' ELSE 'proposed' END) = 'proposed')
        WHERE customer_id = ?1";
    let stands = is_projected(db, packs, today)?;
    if !stands || db.prepare_cached(SQL)?.execute([customer.as_str()])? == 0 {
        project_customer(db, packs, customer, today)?;
    }
    Ok(())
}

/// Projects every customer for `today` and notes the day. Returns how many customers changed.
pub(crate) fn project_book(db: &Connection, packs: &Packs, today: NaiveDate) -> Result<usize> {
    let mut changed = 0;
    let mut after = Some(String::new());
    while let Some(from) = after {
        let step = project_some(db, packs, &from, today)?;
        changed += step.changed;
        after = step.last;
    }
    note_projected(db, packs, today)?;
    Ok(changed)
}

/// Some customers of the book projected.
pub(crate) struct Step {
    /// How many of them changed.
    pub(crate) changed: usize,
    /// The last of them; `None` where the book ends.
    pub(crate) last: Option<String>,
}

/// Projects the next customers after this id. Whoever projects a book in several transactions notes
/// at the end of all that it stands ([`note_projected`]).
pub(crate) fn project_some(
    db: &Connection,
    packs: &Packs,
    after: &str,
    today: NaiveDate,
) -> Result<Step> {
    let files = portfolio::slice(db, packs, &Sight::within(Scope::All), after)?;
    let changed = project_files(db, packs, &files, today)?;
    Ok(Step { changed, last: files.last().map(|file| file.customer.id.0.clone()) })
}

/// What a customer's rows should be, and whether those on disk are these already.
struct Projected<'a> {
    file: &'a CustomerFile,
    due: Vec<DueRow>,
    facts: FactsRow,
    months: Vec<MonthRow>,
    /// The rows of `due_visits` that were seen on disk, by number.
    found: Vec<Found>,
    /// The same of `month_duties`.
    seen_months: usize,
    same_months: bool,
    /// The row of `customer_facts` on disk.
    old_facts: Option<FactsRow>,
}

/// Projects customers that follow each other in the book: reads what is on disk in three passes,
/// writes only what differs. Returns how many customers changed.
pub(crate) fn project_files(
    db: &Connection,
    packs: &Packs,
    files: &[CustomerFile],
    today: NaiveDate,
) -> Result<usize> {
    let to = today.checked_add_days(HORIZON).unwrap_or(NaiveDate::MAX);
    let mut all: Vec<Projected<'_>> = files
        .iter()
        .map(|file| {
            let plan = planning::plan(file, &packs.policy, &packs.workdays, today, to);
            Projected {
                file,
                due: due_rows(file, &plan),
                facts: facts_row(file, &plan, today),
                months: month_rows(file, &plan),
                found: Vec::new(),
                seen_months: 0,
                same_months: true,
                old_facts: None,
            }
        })
        .collect();
    count_days(db, &mut all, today)?;
    compare_due(db, &mut all)?;
    compare_facts(db, &mut all)?;
    compare_months(db, &mut all)?;
    let moved = deadlines::project(db, packs, files, today)?;
    let mut changed = 0;
    for (customer, moved) in all.iter().zip(moved) {
        let same_due = customer.is_due_the_same();
        if !same_due {
            write_due(db, customer)?;
        }
        let id = customer.file.customer.id.as_str();
        let same_facts = customer.old_facts.as_ref() == Some(&customer.facts);
        if !same_facts {
            write_facts(db, id, &customer.facts, customer.old_facts.as_ref())?;
        }
        let same_months = customer.same_months && customer.seen_months == customer.months.len();
        if !same_months {
            write_months(db, id, &customer.months, customer.seen_months)?;
        }
        changed += usize::from(!(same_due && same_facts && same_months && !moved));
    }
    Ok(changed)
}

/// Walks through rows on disk and customers side by side, both in order of customer id.
fn walk(
    db: &Connection,
    sql: &str,
    all: &mut [Projected<'_>],
    mut look: impl FnMut(&mut Projected<'_>, &Row<'_>) -> Result<()>,
) -> Result<()> {
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Ok(()) };
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(named_params! {
        ":first": first.file.customer.id.as_str(), ":last": last.file.customer.id.as_str(),
    })?;
    let mut customers = all.iter_mut();
    let mut here = customers.next();
    while let Some(row) = rows.next()? {
        let id = row.get_ref(0)?.as_bytes()?;
        while here.as_ref().is_some_and(|c| c.file.customer.id.as_str().as_bytes() < id) {
            here = customers.next();
        }
        let Some(customer) = here.as_mut() else { break };
        if customer.file.customer.id.as_str().as_bytes() == id {
            look(customer, row)?;
        }
    }
    Ok(())
}

/// Days past due that the bank does not report, from schedules and maturities of running loans; a
/// book of which all days are reported costs no look.
fn count_days(db: &Connection, all: &mut [Projected<'_>], today: NaiveDate) -> Result<()> {
    const SQL: &str = concat!(
        "SELECT l.customer_id, min(",
        oldest_open!(":today"),
        ") AS since FROM loans l \
         WHERE l.customer_id BETWEEN :first AND :last AND l.status = 'active' \
            AND l.days_past_due IS NULL \
         GROUP BY l.customer_id HAVING since IS NOT NULL ORDER BY l.customer_id"
    );
    let untold = |loan: &Loan| loan.status == LoanStatus::Active && loan.days_past_due.is_none();
    if !all.iter().any(|customer| customer.file.loans.iter().any(untold)) {
        return Ok(());
    }
    let sql = SQL.replace(":today", &format!("'{today}'"));
    walk(db, &sql, all, |customer, row| {
        customer.facts.count_since(row_day(row, 1)?, today);
        Ok(())
    })
}

fn compare_facts(db: &Connection, all: &mut [Projected<'_>]) -> Result<()> {
    let sql = format!(
        "SELECT customer_id, {FACTS_COLUMNS} FROM customer_facts \
         WHERE customer_id BETWEEN :first AND :last ORDER BY customer_id"
    );
    walk(db, &sql, all, |customer, row| {
        let old = facts_of(row)?;
        if customer.facts.cell.is_none() {
            // The last cell stays known while there is none, so that a customer who comes back
            // to another one is seen to have changed.
            customer.facts.cell.clone_from(&old.cell);
        }
        customer.old_facts = Some(old);
        Ok(())
    })
}

fn compare_months(db: &Connection, all: &mut [Projected<'_>]) -> Result<()> {
    let sql = format!(
        "SELECT customer_id, {MONTH_COLUMNS} FROM month_duties \
         WHERE customer_id BETWEEN :first AND :last ORDER BY customer_id, month"
    );
    walk(db, &sql, all, |customer, row| {
        let new = customer.months.get(customer.seen_months);
        customer.same_months =
            customer.same_months && matches!(new, Some(new) if same_month(row, new)?);
        customer.seen_months += 1;
        Ok(())
    })
}

/// The duties of the customer's due visits, in order.
pub(crate) fn open_duties(db: &Connection, customer: &CustomerId) -> Result<Vec<Duty>> {
    let mut all = Vec::new();
    let mut statement =
        db.prepare_cached("SELECT duties FROM due_visits WHERE customer_id = :id ORDER BY n")?;
    let mut rows = statement.query(named_params! {":id": customer.as_str()})?;
    while let Some(row) = rows.next()? {
        all.extend(decode_duties(row.get_ref(0)?.as_str()?).ok_or_else(|| strange(0))?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
