//! A customer's questionnaire: taken in whole or not at all. Where the officer has answered
//! herself, her answer stands until she decides.

use rusqlite::{OptionalExtension, named_params, params};

use super::canon::Object;
use super::record::{self, Record};
use super::{Ctx, Done, Written, answer, judged, needed};
use crate::access::Action;
use crate::domain::answer::{Answer, Evidence, Value};
use crate::domain::gap::{Gap, GapKind};
use crate::domain::ids::VisitId;
use crate::protocol::command::{Command, Conduct, Revision};
use crate::protocol::reply::Refusal;
use crate::store::row::strange;

/// What a customer says is hearsay until something was seen.
fn told(value: Value) -> Answer {
    Answer { value, evidence: Some(Evidence::Oral), note: String::new(), unchanged: false }
}

/// Takes a questionnaire in.
pub(super) fn take(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let Command::Conduct(Conduct::TakeQuestionnaire { visit, version, pack, by, on, answers }) =
        command
    else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, visit)?;
    if record.version != *version || record.pack != *pack {
        return Err(Refusal::Invalid { field: "questionnaire", why: "other_form" });
    }
    let by = needed(by, "declared_by")?;
    if *on > ctx.today {
        return Err(Refusal::Invalid { field: "declared_on", why: "future" });
    }
    if answers.is_empty() {
        return Err(Refusal::Invalid { field: "questionnaire", why: "empty" });
    }
    let library = judged::library(ctx, &record)?;
    let mut told_json = Vec::with_capacity(answers.len());
    for (path, value) in answers {
        let item = library.item(path).filter(|item| item.declarable && !item.computed);
        let item = item.ok_or(Refusal::Invalid { field: "item", why: "not_asked" })?;
        let declared = told(value.clone());
        answer::check_answer(&declared)?;
        answer::check_kind(item, value)?;
        let taken = one(ctx, &record, path, &declared, (&by, &on.to_string()))?;
        let entry = Object::new().text("item", path).text("value", &value.encode());
        told_json.push(entry.int("taken", i64::from(taken)).done());
    }
    let after = Object::new()
        .int("version", record.version)
        .text("by", &by)
        .text("on", &on.to_string())
        .raw("answers", &format!("[{}]", told_json.join(",")))
        .done();
    Ok(Written::plain(visit.as_str(), None, Some(after)).into())
}

/// One answer; whether it is now the record's.
fn one(
    ctx: &Ctx<'_>,
    record: &Record,
    path: &str,
    declared: &Answer,
    (by, on): (&str, &str),
) -> Result<bool, Refusal> {
    const SQL: &str = "
        INSERT INTO declared_answers
            (visit_id, version, item, value, declared_by, declared_on, decided, taken_by, taken_at)
        VALUES (:visit, :version, :item, :value, :by, :on, :decided, :me, :at)
        ON CONFLICT (visit_id, version, item) DO UPDATE SET value = excluded.value,
            declared_by = excluded.declared_by, declared_on = excluded.declared_on,
            decided = excluded.decided, taken_by = excluded.taken_by, taken_at = excluded.taken_at";
    let visit = record.visit.as_str();
    let stored = answer::stored(ctx, visit, record.version, path)?;
    let before = declared_value(ctx, record, path)?;
    let value = declared.value.encode();
    let (taken, decided) = match &stored {
        None => (true, None),
        Some(stored) if stored.answer.value == declared.value => (false, Some("own")),
        // What an earlier form said and nobody has looked at since is the customer's, not hers.
        Some(stored) if before == Some(stored.answer.clone()) => (true, None),
        Some(_) => (false, None),
    };
    let same = before.as_ref().is_some_and(|told| told.value == declared.value);
    if taken {
        answer::put(ctx, visit, record.version, path, Some(declared))?;
    } else if same && decided.is_some() {
        // The same form a second time changes nothing.
        return Ok(false);
    }
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":visit": visit, ":version": record.version, ":item": path, ":value": value, ":by": by,
        ":on": on, ":decided": decided, ":me": ctx.actor.user.as_str(), ":at": ctx.at(),
    })?;
    Ok(taken)
}

/// What an earlier questionnaire said, where the officer has not decided for her own.
fn declared_value(ctx: &Ctx<'_>, record: &Record, path: &str) -> Result<Option<Answer>, Refusal> {
    const SQL: &str = "
        SELECT value FROM declared_answers
        WHERE visit_id = ?1 AND version = ?2 AND item = ?3 AND decided IS NOT 'own'";
    let found = ctx
        .tx
        .prepare_cached(SQL)?
        .query_row(params![record.visit.as_str(), record.version, path], |row| {
            Value::decode(row.get_ref(0)?.as_str()?).ok_or_else(|| strange(0))
        })
        .optional()?;
    Ok(found.map(told))
}

/// Decides between the customer's answer and the officer's own.
pub(super) fn decide(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    item: &str,
    take: bool,
    seen: Revision,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE declared_answers SET decided = ?4
        WHERE visit_id = ?1 AND version = ?2 AND item = ?3";
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, visit)?;
    let declared = declared_value(ctx, &record, item)?.ok_or(Refusal::NotFound)?;
    let decided = if take { "declared" } else { "own" };
    let done = if take {
        answer::record(ctx, visit, item, Some(&declared), seen)?
    } else {
        let after = Object::new().text("item", item).text("decided", decided).done();
        Written::plain(visit.as_str(), None, Some(after)).into()
    };
    let version = record.version;
    ctx.tx.prepare_cached(SQL)?.execute(params![visit.as_str(), version, item, decided])?;
    Ok(done)
}

/// Where the customer said something else than the officer, and she has not decided.
pub(super) fn undecided(
    ctx: &Ctx<'_>,
    record: &Record,
    gaps: &mut Vec<Gap>,
) -> Result<(), Refusal> {
    const SQL: &str = "
        SELECT d.item FROM declared_answers d JOIN answers a USING (visit_id, version, item)
        WHERE d.visit_id = ?1 AND d.version = ?2 AND d.decided IS NULL AND a.value <> d.value
        ORDER BY d.item";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![record.visit.as_str(), record.version], |row| row.get::<_, String>(0))?;
    for item in rows {
        gaps.push(Gap { item: item?, kind: GapKind::OpenProposal });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
