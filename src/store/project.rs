//! The plan as rows: `due_visits`, `customer_facts` and `month_duties`, rewritten only where they
//! differ.
//!
//! All three are projections. A change of a customer projects that customer in the same
//! transaction; the change of the business date projects the book.

mod cadence;
mod deadlines;
mod duties;
mod facts;
mod kept;
mod months;
mod stand;

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Result, Row, named_params};

use super::portfolio;
use super::read::scope::Sight;
use super::row::{day, strange};
use crate::access::Scope;
use crate::assets::Packs;
use crate::domain::duty::Duty;
use crate::domain::flag::Level;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::portfolio::CustomerFile;
use crate::planning::{self, Plan};
pub(crate) use cadence::{CadenceDates, cadence_change, set_cadence};

pub(crate) use deadlines::deadline_of;
pub(crate) use duties::{decode_duties, encode_duties};
use facts::{FACTS_COLUMNS, FactsRow, facts_of, facts_row, write_facts};
pub(crate) use kept::{KEPT_COLUMNS, keep_duties, kept_of, write_kept};
pub(crate) use months::month_key;
use months::{MONTH_COLUMNS, MonthRow, month_rows, same_month, write_months};
pub(crate) use stand::{is_projected, note_projected, planned_on, reaches};

/// How far ahead due visits are projected.
pub(crate) const HORIZON: Days = Days::new(120);
/// A row of `due_visits`, in the order of its columns after the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DueRow {
    n: i64,
    officer: String,
    class: &'static str,
    opens: NaiveDate,
    due: NaiveDate,
    level: i64,
    tier: &'static str,
    exposure: Option<i64>,
    urgency: i64,
    codes: String,
    duties: String,
}

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
#[expect(clippy::struct_excessive_bools, reason = "each is one table that is the same or not")]
struct Projected<'a> {
    file: &'a CustomerFile,
    due: Vec<DueRow>,
    facts: FactsRow,
    months: Vec<MonthRow>,
    /// How many rows of `due_visits` were seen on disk.
    seen: usize,
    same_due: bool,
    /// The same of `month_duties`.
    seen_months: usize,
    same_months: bool,
    known: bool,
    same_facts: bool,
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
                seen: 0,
                same_due: true,
                seen_months: 0,
                same_months: true,
                known: false,
                same_facts: false,
            }
        })
        .collect();
    compare_due(db, &mut all)?;
    compare_facts(db, &mut all)?;
    compare_months(db, &mut all)?;
    let moved = deadlines::project(db, packs, files, today)?;
    let mut changed = 0;
    for (customer, moved) in all.iter().zip(moved) {
        let same_due = customer.same_due && customer.seen == customer.due.len();
        if !same_due {
            write_due(db, customer)?;
        }
        let id = customer.file.customer.id.as_str();
        if !customer.same_facts {
            write_facts(db, id, &customer.facts, customer.known)?;
        }
        let same_months = customer.same_months && customer.seen_months == customer.months.len();
        if !same_months {
            write_months(db, id, &customer.months, customer.seen_months)?;
        }
        changed += usize::from(!(same_due && customer.same_facts && same_months && !moved));
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

fn compare_due(db: &Connection, all: &mut [Projected<'_>]) -> Result<()> {
    let sql = format!(
        "SELECT customer_id, {DUE_COLUMNS} FROM due_visits \
         WHERE customer_id BETWEEN :first AND :last ORDER BY customer_id, n"
    );
    walk(db, &sql, all, |customer, row| {
        customer.same_due = customer.same_due
            && matches!(customer.due.get(customer.seen), Some(new) if same_due(row, new)?);
        customer.seen += 1;
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
        customer.known = true;
        customer.same_facts = old == customer.facts;
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

fn due_rows(file: &CustomerFile, plan: &Plan) -> Vec<DueRow> {
    let level = plan.level;
    let rows = plan.visits.iter().zip(0i64..).map(|(visit, n)| {
        let mut codes: Vec<&'static str> = Vec::new();
        for duty in &visit.duties {
            if !codes.contains(&duty.code.as_code()) {
                codes.push(duty.code.as_code());
            }
        }
        DueRow {
            n,
            officer: file.customer.officer.0.clone(),
            class: visit.class.as_code(),
            opens: visit.opens,
            due: visit.due,
            level: level_rank(level),
            tier: visit.tier.as_code(),
            exposure: visit.exposure.map(|fen| fen.0),
            urgency: urgency(level, visit.tier, visit.exposure),
            codes: codes.join(";"),
            duties: encode_duties(&visit.duties),
        }
    });
    rows.collect()
}

/// 0 = no open flag, 3 = red.
fn level_rank(level: Option<Level>) -> i64 {
    match level {
        None => 0,
        Some(Level::Yellow) => 1,
        Some(Level::Orange) => 2,
        Some(Level::Red) => 3,
    }
}

/// The level of a rank as stored.
pub(crate) const fn level_of(rank: i64) -> Option<Level> {
    match rank {
        1 => Some(Level::Yellow),
        2 => Some(Level::Orange),
        3 => Some(Level::Red),
        _ => None,
    }
}

/// What comes after `due` in the order of `planning.md` section 7, most urgent lowest: two bits of
/// level, three of tier, the rest exposure (2.8 billion billion fen are enough).
fn urgency(level: Option<Level>, tier: Tier, exposure: Option<Fen>) -> i64 {
    let most = (1i64 << 58) - 2;
    // A missing exposure counts as less than any.
    let exposure = exposure.map_or(0, |fen| fen.0.clamp(0, most) + 1);
    -((level_rank(level) << 61) | ((tier as i64) << 58) | exposure)
}

const DUE_COLUMNS: &str =
    "n, officer, class, opens, due, level, tier, exposure, urgency, codes, duties";

/// Whether the row on disk is this one; compared as read, nothing is copied.
fn same_due(row: &Row<'_>, new: &DueRow) -> Result<bool> {
    Ok(row.get::<_, i64>(1)? == new.n
        && row.get_ref(2)?.as_str()? == new.officer
        && row.get_ref(3)?.as_str()? == new.class
        && day(row, 4)? == new.opens
        && day(row, 5)? == new.due
        && row.get::<_, i64>(6)? == new.level
        && row.get_ref(7)?.as_str()? == new.tier
        && row.get::<_, Option<i64>>(8)? == new.exposure
        && row.get::<_, i64>(9)? == new.urgency
        && row.get_ref(10)?.as_str()? == new.codes
        && row.get_ref(11)?.as_str()? == new.duties)
}

fn write_due(db: &Connection, new: &Projected<'_>) -> Result<()> {
    let customer = new.file.customer.id.as_str();
    if new.seen > 0 {
        db.prepare_cached("DELETE FROM due_visits WHERE customer_id = :id")?
            .execute(named_params! {":id": customer})?;
    }
    let sql = format!(
        "INSERT INTO due_visits (customer_id, {DUE_COLUMNS}) VALUES (:id, :n, :officer, :class, \
         :opens, :due, :level, :tier, :exposure, :urgency, :codes, :duties)"
    );
    let mut insert = db.prepare_cached(&sql)?;
    for row in &new.due {
        insert.execute(named_params! {
            ":id": customer, ":n": row.n, ":officer": row.officer, ":class": row.class,
            ":opens": row.opens.to_string(), ":due": row.due.to_string(), ":level": row.level,
            ":tier": row.tier, ":exposure": row.exposure, ":urgency": row.urgency,
            ":codes": row.codes, ":duties": row.duties,
        })?;
    }
    Ok(())
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
