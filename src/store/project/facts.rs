//! The row of `customer_facts`: what lists sort and count by.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, Result, Row, ToSql};

use crate::domain::flag::{FlagState, Level};
use crate::domain::loan::{LoanStatus, Tier};
use crate::domain::portfolio::CustomerFile;
use crate::planning::Plan;
use crate::store::row::{code, maybe_day};

/// A row of `customer_facts`, in the order of its columns after the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FactsRow {
    pub(super) officer: String,
    exposure: Option<i64>,
    tier: &'static str,
    days_past_due: i64,
    red: i64,
    orange: i64,
    yellow: i64,
    proposed: i64,
    next_due: Option<NaiveDate>,
    last_visit: Option<NaiveDate>,
    gaps: i64,
    pub(super) cell: Option<String>,
    unplanned: i64,
    exempt: i64,
}

pub(super) fn facts_row(file: &CustomerFile, plan: &Plan, today: NaiveDate) -> FactsRow {
    let open = |level: Level| {
        let hits = file.flags.iter().filter(|flag| {
            flag.level == level
                && matches!(flag.state, FlagState::Confirmed | FlagState::Closed)
                && flag.confirmed_on.is_some_and(|on| on <= today)
                && match flag.closed_on {
                    Some(on) => on > today,
                    None => flag.state == FlagState::Confirmed,
                }
        });
        i64::try_from(hits.count()).unwrap_or(i64::MAX)
    };
    let active = file.loans.iter().filter(|loan| loan.status == LoanStatus::Active);
    let proposed = file.flags.iter().filter(|flag| flag.state == FlagState::Proposed);
    let done = file.visits.iter().filter(|v| v.state.is_done() && v.visited_on <= today);
    FactsRow {
        officer: file.customer.officer.0.clone(),
        exposure: plan.exposure.map(|fen| fen.0),
        tier: plan.tier.as_code(),
        days_past_due: active.filter_map(|loan| loan.days_past_due).max().unwrap_or(0),
        red: open(Level::Red),
        orange: open(Level::Orange),
        yellow: open(Level::Yellow),
        proposed: i64::try_from(proposed.count()).unwrap_or(i64::MAX),
        next_due: plan.visits.iter().map(|visit| visit.due).min(),
        last_visit: done.map(|visit| visit.visited_on).max(),
        gaps: i64::try_from(plan.gaps.len()).unwrap_or(i64::MAX),
        cell: plan.cell.as_ref().map(ToString::to_string),
        unplanned: i64::from(plan.unplanned),
        exempt: i64::from(plan.exempt),
    }
}

impl FactsRow {
    /// Loans of which the bank reports no days may be past due for longer, by their schedules.
    pub(super) fn count_since(&mut self, oldest_open: NaiveDate, today: NaiveDate) {
        self.days_past_due = self.days_past_due.max((today - oldest_open).num_days());
    }
}

pub(super) const FACTS_COLUMNS: &str = "officer, exposure, tier, days_past_due, red, orange, yellow, \
    proposed, next_due, last_visit, gaps, cell, unplanned, exempt";

/// Columns after the customer id.
pub(super) fn facts_of(row: &Row<'_>) -> Result<FactsRow> {
    Ok(FactsRow {
        officer: row.get(1)?,
        exposure: row.get(2)?,
        tier: code(row, 3, Tier::from_code)?.as_code(),
        days_past_due: row.get(4)?,
        red: row.get(5)?,
        orange: row.get(6)?,
        yellow: row.get(7)?,
        proposed: row.get(8)?,
        next_due: maybe_day(row, 9)?,
        last_visit: maybe_day(row, 10)?,
        gaps: row.get(11)?,
        cell: row.get(12)?,
        unplanned: row.get(13)?,
        exempt: row.get(14)?,
    })
}

/// Writes a customer's row: of one that is there, `old`, only the columns that differ, as each that
/// is set moves the row in every index that has it.
// Not by `REPLACE`: its statement journal costs several times as much as the row.
pub(super) fn write_facts(
    db: &Connection,
    customer: &str,
    new: &FactsRow,
    old: Option<&FactsRow>,
) -> Result<()> {
    let Some(old) = old else {
        let values: Vec<&str> = new.cells().iter().map(|(_, parameter, _)| *parameter).collect();
        let sql = format!(
            "INSERT INTO customer_facts (customer_id, {FACTS_COLUMNS}) VALUES (:id, {})",
            values.join(", ")
        );
        return execute(db, &sql, customer, &new.cells());
    };
    let (cells, before) = (new.cells(), old.cells());
    let differ: Vec<FactsCell> = cells
        .into_iter()
        .zip(before)
        .filter_map(|(new, old)| (new.2 != old.2).then_some(new))
        .collect();
    if differ.is_empty() {
        return Ok(());
    }
    let set: Vec<String> =
        differ.iter().map(|(name, value, _)| format!("{name} = {value}")).collect();
    let sql = format!("UPDATE customer_facts SET {} WHERE customer_id = :id", set.join(", "));
    execute(db, &sql, customer, &differ)
}

/// Name of a column, its parameter and what is to stand there.
type FactsCell = (&'static str, &'static str, Value);

fn execute(db: &Connection, sql: &str, customer: &str, cells: &[FactsCell]) -> Result<()> {
    let mut parameters: Vec<(&str, &dyn ToSql)> = vec![(":id", &customer)];
    parameters.extend(cells.iter().map(|(_, name, value)| (*name, value as &dyn ToSql)));
    db.prepare_cached(sql)?.execute(parameters.as_slice())?;
    Ok(())
}

impl FactsRow {
    /// In the order of [`FACTS_COLUMNS`].
    fn cells(&self) -> [FactsCell; 14] {
        let text = |text: &str| Value::Text(text.to_owned());
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).into();
        [
            ("officer", ":officer", text(&self.officer)),
            ("exposure", ":exposure", self.exposure.into()),
            ("tier", ":tier", text(self.tier)),
            ("days_past_due", ":days_past_due", self.days_past_due.into()),
            ("red", ":red", self.red.into()),
            ("orange", ":orange", self.orange.into()),
            ("yellow", ":yellow", self.yellow.into()),
            ("proposed", ":proposed", self.proposed.into()),
            ("next_due", ":next_due", day(self.next_due)),
            ("last_visit", ":last_visit", day(self.last_visit)),
            ("gaps", ":gaps", self.gaps.into()),
            ("cell", ":cell", self.cell.clone().into()),
            ("unplanned", ":unplanned", self.unplanned.into()),
            ("exempt", ":exempt", self.exempt.into()),
        ]
    }
}
