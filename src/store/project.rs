//! The plan as rows: `due_visits` and `customer_facts`, rewritten only where they differ.
//!
//! Both tables are projections. A change of a customer projects that customer in the same
//! transaction; the change of the business date projects the book.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension as _, Result, Row, named_params};

use super::portfolio;
use super::read::scope::Sight;
use super::row::{code, day, maybe_day, strange};
use crate::access::Scope;
use crate::assets::Packs;
use crate::domain::duty::{Duty, DutyClass, DutyCode};
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::CustomerId;
use crate::domain::loan::{LoanStatus, Tier};
use crate::domain::money::Fen;
use crate::domain::portfolio::CustomerFile;
use crate::planning::{self, Cell, Plan};

/// How far ahead due visits are projected.
pub(crate) const HORIZON: Days = Days::new(120);

/// Key in `meta` of the day that the projection is for.
const PLANNED_ON: &str = "planned_on";

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

/// A row of `customer_facts`, in the order of its columns after the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FactsRow {
    officer: String,
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
    cell: Option<String>,
}

/// Projects one customer for `today`; a customer that is not there has no rows afterwards.
pub(crate) fn project_customer(
    db: &Connection,
    packs: &Packs,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<bool> {
    let Some(file) = portfolio::load(db, customer)? else { return Ok(false) };
    project(db, packs, &file, today)
}

/// Projects every customer for `today`, keeps the cadence dates of those whose cell changed with
/// the day, and notes the day. Returns how many customers changed.
pub(crate) fn project_book(db: &Connection, packs: &Packs, today: NaiveDate) -> Result<usize> {
    let everything = Sight::within(Scope::All);
    let mut changed = 0;
    let mut after = String::new();
    loop {
        let files = portfolio::slice(db, &everything, &after)?;
        let Some(last) = files.last() else { break };
        after.clone_from(&last.customer.id.0);
        for file in &files {
            changed += usize::from(project(db, packs, file, today)?);
        }
    }
    db.prepare_cached(
        "INSERT INTO meta (key, value) VALUES (:key, :day) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
    )?
    .execute(named_params! {":key": PLANNED_ON, ":day": today.to_string()})?;
    Ok(changed)
}

/// Keeps `cadence_since` and `extra_visit_from` after a change of the customer's rows, as
/// `planning.md` section 3 says; to be called before the customer is projected again, because the
/// cell before and what was overdue are read from the projection. A date is kept only if asked:
/// an import that brings the column itself has the last word. Returns whether the cell changed.
pub(crate) fn keep_cadence(
    db: &Connection,
    packs: &Packs,
    customer: &CustomerId,
    on: NaiveDate,
    keep: CadenceDates,
) -> Result<bool> {
    let Some(file) = portfolio::load(db, customer)? else { return Ok(false) };
    let plan = planning::plan(&file, &packs.policy, &packs.workdays, on, on);
    upkeep(db, customer, plan.cell.as_ref(), on, keep)
}

/// Which dates of the cadence the system keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CadenceDates {
    /// `cadence_since`
    pub(crate) since: bool,
    /// `extra_visit_from`
    pub(crate) extra: bool,
}

fn upkeep(
    db: &Connection,
    customer: &CustomerId,
    now: Option<&Cell>,
    on: NaiveDate,
    keep: CadenceDates,
) -> Result<bool> {
    let before = read_facts(db, customer)?.and_then(|facts| facts.cell);
    let (Some(before), Some(now)) = (before, now) else { return Ok(false) };
    if before == now.to_string() {
        return Ok(false);
    }
    let overdue = || -> Result<bool> {
        let duties = open_duties(db, customer)?;
        use DutyCode::{PeriodicOffsite, PeriodicOnsite, Sample};
        Ok(duties.iter().any(|duty| {
            duty.due < on && matches!(duty.code, PeriodicOnsite | PeriodicOffsite | Sample)
        }))
    };
    let worse = before.parse::<Cell>().is_ok_and(|before| now.is_worse_than(&before));
    let extra = keep.extra && (worse || overdue()?);
    db.prepare_cached(
        "UPDATE customers SET cadence_since = iif(:since, :on, cadence_since), \
         extra_visit_from = iif(:extra, :on, extra_visit_from), revision = revision + 1 \
         WHERE customer_id = :id AND (:since OR :extra)",
    )?
    .execute(named_params! {
        ":id": customer.as_str(), ":on": on.to_string(), ":since": keep.since, ":extra": extra,
    })?;
    Ok(true)
}

/// The day that the whole book was last projected for.
pub(crate) fn planned_on(db: &Connection) -> Result<Option<NaiveDate>> {
    let row = db
        .prepare_cached("SELECT value FROM meta WHERE key = :key")?
        .query_row(named_params! {":key": PLANNED_ON}, |row| maybe_day(row, 0))
        .optional()?;
    Ok(row.flatten())
}

fn project(db: &Connection, packs: &Packs, file: &CustomerFile, today: NaiveDate) -> Result<bool> {
    let to = today.checked_add_days(HORIZON).unwrap_or(NaiveDate::MAX);
    let plan = planning::plan(file, &packs.policy, &packs.workdays, today, to);
    let due = write_due(db, file, &due_rows(file, &plan))?;
    let facts = write_facts(db, file, facts_row(file, &plan, today))?;
    Ok(due || facts)
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

fn facts_row(file: &CustomerFile, plan: &Plan, today: NaiveDate) -> FactsRow {
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
    }
}

const DUE_COLUMNS: &str =
    "n, officer, class, opens, due, level, tier, exposure, urgency, codes, duties";

/// Whether the row on disk is this one; compared as read, nothing is copied.
fn same_due(row: &Row<'_>, new: &DueRow) -> Result<bool> {
    Ok(row.get::<_, i64>(0)? == new.n
        && row.get_ref(1)?.as_str()? == new.officer
        && row.get_ref(2)?.as_str()? == new.class
        && day(row, 3)? == new.opens
        && day(row, 4)? == new.due
        && row.get::<_, i64>(5)? == new.level
        && row.get_ref(6)?.as_str()? == new.tier
        && row.get::<_, Option<i64>>(7)? == new.exposure
        && row.get::<_, i64>(8)? == new.urgency
        && row.get_ref(9)?.as_str()? == new.codes
        && row.get_ref(10)?.as_str()? == new.duties)
}

fn write_due(db: &Connection, file: &CustomerFile, new: &[DueRow]) -> Result<bool> {
    let customer = file.customer.id.as_str();
    let sql = format!("SELECT {DUE_COLUMNS} FROM due_visits WHERE customer_id = :id ORDER BY n");
    let mut kept = 0;
    let mut same = true;
    {
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(named_params! {":id": customer})?;
        while let Some(row) = rows.next()? {
            same = same && matches!(new.get(kept), Some(new) if same_due(row, new)?);
            kept += 1;
        }
    }
    if same && kept == new.len() {
        return Ok(false);
    }
    if kept > 0 {
        db.prepare_cached("DELETE FROM due_visits WHERE customer_id = :id")?
            .execute(named_params! {":id": customer})?;
    }
    let sql = format!(
        "INSERT INTO due_visits (customer_id, {DUE_COLUMNS}) VALUES (:id, :n, :officer, :class, \
         :opens, :due, :level, :tier, :exposure, :urgency, :codes, :duties)"
    );
    let mut insert = db.prepare_cached(&sql)?;
    for row in new {
        insert.execute(named_params! {
            ":id": customer, ":n": row.n, ":officer": row.officer, ":class": row.class,
            ":opens": row.opens.to_string(), ":due": row.due.to_string(), ":level": row.level,
            ":tier": row.tier, ":exposure": row.exposure, ":urgency": row.urgency,
            ":codes": row.codes, ":duties": row.duties,
        })?;
    }
    Ok(true)
}

const FACTS_COLUMNS: &str = "officer, exposure, tier, days_past_due, red, orange, yellow, \
    proposed, next_due, last_visit, gaps, cell";

fn facts_of(row: &Row<'_>) -> Result<FactsRow> {
    Ok(FactsRow {
        officer: row.get(0)?,
        exposure: row.get(1)?,
        tier: code(row, 2, Tier::from_code)?.as_code(),
        days_past_due: row.get(3)?,
        red: row.get(4)?,
        orange: row.get(5)?,
        yellow: row.get(6)?,
        proposed: row.get(7)?,
        next_due: maybe_day(row, 8)?,
        last_visit: maybe_day(row, 9)?,
        gaps: row.get(10)?,
        cell: row.get(11)?,
    })
}

fn read_facts(db: &Connection, customer: &CustomerId) -> Result<Option<FactsRow>> {
    let sql = format!("SELECT {FACTS_COLUMNS} FROM customer_facts WHERE customer_id = :id");
    db.prepare_cached(&sql)?
        .query_row(named_params! {":id": customer.as_str()}, facts_of)
        .optional()
}

fn write_facts(db: &Connection, file: &CustomerFile, mut new: FactsRow) -> Result<bool> {
    let old = read_facts(db, &file.customer.id)?;
    if new.cell.is_none() {
        // The last cell stays known while there is none, so that a customer who comes back to
        // another one is seen to have changed.
        new.cell = old.as_ref().and_then(|old| old.cell.clone());
    }
    if old.as_ref() == Some(&new) {
        return Ok(false);
    }
    let sql = format!(
        "REPLACE INTO customer_facts (customer_id, {FACTS_COLUMNS}) VALUES (:id, :officer, \
         :exposure, :tier, :days_past_due, :red, :orange, :yellow, :proposed, :next_due, \
         :last_visit, :gaps, :cell)"
    );
    db.prepare_cached(&sql)?.execute(named_params! {
        ":id": file.customer.id.as_str(), ":officer": new.officer, ":exposure": new.exposure,
        ":tier": new.tier, ":days_past_due": new.days_past_due, ":red": new.red,
        ":orange": new.orange, ":yellow": new.yellow, ":proposed": new.proposed,
        ":next_due": new.next_due.map(|d| d.to_string()),
        ":last_visit": new.last_visit.map(|d| d.to_string()), ":gaps": new.gaps,
        ":cell": new.cell,
    })?;
    Ok(true)
}

/// Duties as `due_visits.duties` keeps them: one a line, fields parted by tabs.
pub(crate) fn encode_duties(duties: &[Duty]) -> String {
    let mut out = String::new();
    for duty in duties {
        let delayed = duty.delayed_from.map(|day| day.to_string()).unwrap_or_default();
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{delayed}\t{}\t{}",
            duty.code.as_code(),
            escape(&duty.reference),
            duty.class.as_code(),
            duty.opens,
            duty.raw_due,
            duty.due,
            escape(&duty.rule),
            escape(&duty.policy),
        );
    }
    out
}

/// Reads [`encode_duties`]; `None` if a line is none of ours.
pub(crate) fn decode_duties(text: &str) -> Option<Vec<Duty>> {
    let parse = |field: &str| super::row::parse_day(field.as_bytes());
    text.lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [code, reference, class, opens, raw_due, due, delayed, rule, policy] = fields[..]
            else {
                return None;
            };
            Some(Duty {
                code: DutyCode::from_code(code)?,
                reference: unescape(reference),
                class: DutyClass::from_code(class)?,
                opens: parse(opens)?,
                raw_due: parse(raw_due)?,
                due: parse(due)?,
                delayed_from: if delayed.is_empty() { None } else { Some(parse(delayed)?) },
                rule: unescape(rule),
                policy: unescape(policy),
            })
        })
        .collect()
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

fn escape(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(['\\', '\t', '\n', '\r']) {
        text.replace('\\', "\\\\")
            .replace('\t', "\\t")
            .replace('\n', "\\n")
            .replace('\r', "\\r")
            .into()
    } else {
        text.into()
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('r')) => out.push('\r'),
            ('\\', Some(other)) => out.push(other),
            (plain, _) => out.push(plain),
        }
    }
    out
}

#[cfg(test)]
mod tests;
