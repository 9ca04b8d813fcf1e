//! Rows of `due_visits`: what lists show, by customer and number.

use chrono::NaiveDate;
use rusqlite::{Connection, Result, Row, named_params};

use super::duties::encode_duties;
use super::{Projected, walk};
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::portfolio::CustomerFile;
use crate::planning::Plan;
use crate::store::row::day;

/// A row of `due_visits`, in the order of its columns after the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DueRow {
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

/// How a row on disk stands to the one that should be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It is the same.
    Same,
    /// Only the words about its duties differ, which stand in no index and are counted nowhere.
    Worded,
    /// Something else differs.
    Other,
}

pub(super) fn compare_due(db: &Connection, all: &mut [Projected<'_>]) -> Result<()> {
    let sql = format!(
        "SELECT customer_id, {DUE_COLUMNS} FROM due_visits \
         WHERE customer_id BETWEEN :first AND :last ORDER BY customer_id, n"
    );
    walk(db, &sql, all, |customer, row| {
        let found = match customer.due.get(customer.found.len()) {
            Some(new) => compare(row, new)?,
            None => Found::Other,
        };
        customer.found.push(found);
        Ok(())
    })
}

pub(super) fn due_rows(file: &CustomerFile, plan: &Plan) -> Vec<DueRow> {
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
pub(super) fn urgency(level: Option<Level>, tier: Tier, exposure: Option<Fen>) -> i64 {
    let most = (1i64 << 58) - 2;
    // A missing exposure counts as less than any.
    let exposure = exposure.map_or(0, |fen| fen.0.clamp(0, most) + 1);
    -((level_rank(level) << 61) | ((tier as i64) << 58) | exposure)
}

const DUE_COLUMNS: &str =
    "n, officer, class, opens, due, level, tier, exposure, urgency, codes, duties";

/// Compared as read, nothing is copied.
fn compare(row: &Row<'_>, new: &DueRow) -> Result<Found> {
    let stands = row.get::<_, i64>(1)? == new.n
        && row.get_ref(2)?.as_str()? == new.officer
        && row.get_ref(3)?.as_str()? == new.class
        && day(row, 4)? == new.opens
        && day(row, 5)? == new.due
        && row.get::<_, i64>(6)? == new.level
        && row.get_ref(7)?.as_str()? == new.tier
        && row.get::<_, Option<i64>>(8)? == new.exposure
        && row.get::<_, i64>(9)? == new.urgency;
    Ok(if !stands {
        Found::Other
    } else if row.get_ref(10)?.as_str()? == new.codes && row.get_ref(11)?.as_str()? == new.duties {
        Found::Same
    } else {
        Found::Worded
    })
}

impl Projected<'_> {
    pub(super) fn is_due_the_same(&self) -> bool {
        self.found.len() == self.due.len() && self.found.iter().all(|found| *found == Found::Same)
    }
}

/// Writes the rows that differ. One that is to stand elsewhere in an index is taken out and put in
/// anew, as triggers count rows that come and go.
pub(super) fn write_due(db: &Connection, new: &Projected<'_>) -> Result<()> {
    const GONE: &str = "DELETE FROM due_visits WHERE customer_id = :id AND n = :n";
    const WORDED: &str = "UPDATE due_visits SET codes = :codes, duties = :duties \
        WHERE customer_id = :id AND n = :n";
    let customer = new.file.customer.id.as_str();
    for (n, found) in (0i64..).zip(&new.found) {
        if *found == Found::Other {
            db.prepare_cached(GONE)?.execute(named_params! {":id": customer, ":n": n})?;
        }
    }
    let sql = format!(
        "INSERT INTO due_visits (customer_id, {DUE_COLUMNS}) VALUES (:id, :n, :officer, :class, \
         :opens, :due, :level, :tier, :exposure, :urgency, :codes, :duties)"
    );
    let found = new.found.iter().copied().chain(std::iter::repeat(Found::Other));
    for (row, found) in new.due.iter().zip(found) {
        match found {
            Found::Same => {}
            Found::Worded => {
                db.prepare_cached(WORDED)?.execute(named_params! {
                    ":id": customer, ":n": row.n, ":codes": row.codes, ":duties": row.duties,
                })?;
            }
            Found::Other => {
                db.prepare_cached(&sql)?.execute(named_params! {
                    ":id": customer, ":n": row.n, ":officer": row.officer, ":class": row.class,
                    ":opens": row.opens.to_string(), ":due": row.due.to_string(),
                    ":level": row.level, ":tier": row.tier, ":exposure": row.exposure,
                    ":urgency": row.urgency, ":codes": row.codes, ":duties": row.duties,
                })?;
            }
        }
    }
    Ok(())
}
