//! A record as its form judges it: by the checklists under which it was made, beside what was answered
//! last time.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use super::Ctx;
use super::record::Record;
use crate::assets::checklists;
use crate::domain::answer::{Answer, Evidence, Value};
use crate::form::{Form, Library, State};
use crate::protocol::reply::Refusal;
use crate::store::row::{day, maybe_code, strange};

/// What the form says of the record.
pub(super) fn of(ctx: &Ctx<'_>, record: &Record) -> Result<State, Refusal> {
    let (library, last) = (library(ctx, record)?, last_answers(ctx, record)?);
    let form = Form::new(library, &record.sections, record.facts.clone(), last);
    Ok(form.evaluate(&answers(ctx, record)?))
}

/// The checklists under which the record was made: it is judged by what it was asked.
pub(super) fn library(ctx: &Ctx<'_>, record: &Record) -> Result<Arc<Library>, Refusal> {
    const SQL: &str = "SELECT content FROM packs WHERE pack = ?1";
    if record.pack == ctx.packs.library.id() {
        return Ok(Arc::clone(&ctx.packs.library));
    }
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let text: Option<String> = statement.query_row([&record.pack], |row| row.get(0)).optional()?;
    let kept = text.and_then(|text| checklists::kept(&text).ok());
    Ok(kept.map_or_else(|| Arc::clone(&ctx.packs.library), Arc::new))
}

/// The answers of a version.
pub(super) fn answers(ctx: &Ctx<'_>, record: &Record) -> Result<BTreeMap<String, Answer>, Refusal> {
    const SQL: &str = "
        SELECT item, value, evidence, note, unchanged FROM answers
        WHERE visit_id = ?1 AND version = ?2";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rows = statement.query_map(params![record.visit.as_str(), record.version], |row| {
        Ok((row.get(0)?, read(row)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The answers of the customer's last record in force before this visit, with its day.
fn last_answers(
    ctx: &Ctx<'_>,
    record: &Record,
) -> Result<BTreeMap<String, (Answer, NaiveDate)>, Refusal> {
    const SQL: &str = "
        WITH last AS (
            SELECT v.visit_id, v.visited_on, r.version
            FROM visits v JOIN records r USING (visit_id)
            WHERE v.customer_id = ?1 AND v.visit_id <> ?2 AND v.visited_on <= ?3
                AND (v.visited_on < ?3 OR v.visit_id < ?2)
                AND r.state IN ('submitted', 'approved')
            ORDER BY v.visited_on DESC, v.visit_id DESC, r.state = 'approved' DESC,
                r.version DESC LIMIT 1)
        SELECT a.item, a.value, a.evidence, a.note, a.unchanged, last.visited_on
        FROM last JOIN answers a ON a.visit_id = last.visit_id AND a.version = last.version";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let day_of_visit = record.visited_on.to_string();
    let rows = statement.query_map(
        params![record.customer.as_str(), record.visit.as_str(), day_of_visit],
        |row| Ok((row.get(0)?, (read(row)?, day(row, 5)?))),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Answer> {
    Ok(Answer {
        value: Value::decode(&row.get::<_, String>(1)?).ok_or_else(|| strange(1))?,
        evidence: maybe_code(row, 2, Evidence::from_code)?,
        note: row.get(3)?,
        unchanged: row.get(4)?,
    })
}
