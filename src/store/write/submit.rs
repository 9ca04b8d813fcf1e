//! Handing a record in and taking it back.

use chrono::NaiveDate;
use rusqlite::{named_params, params};

use super::record::{self, Record};
use super::{
    Ctx, Done, Written, answer, complete, conflict, needed, notice, opinion, promise, strategy,
};
use crate::access::Action;
use crate::domain::answer::Value;
use crate::domain::gap::{Gap, GapKind};
use crate::domain::ids::VisitId;
use crate::domain::strategy::Strategy;
use crate::domain::visit::VisitState;
use crate::protocol::command::{Command, Revision};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::likeness::{self, Found, Search};
use crate::store::project;
use crate::store::row::maybe_day;

/// Items in which the officer says when she wants to see the customer next, and why.
const NEXT: &str = "next_visit";
const NEXT_WHY: &str = "next_visit_why";

/// Hands a record in: from now on it counts, and nobody writes in it.
pub(super) fn submit(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE records SET state = 'submitted', submitted_by = :me, submitted_at = :at,
            content_hash = :hash, lateness_reason = :late, reviewed_by = NULL, reviewed_at = NULL,
            review_note = NULL, cursor = NULL, revision = revision + 1
        WHERE visit_id = :visit AND version = :version";
    let Command::Submit { visit, seen, seen_answers, lateness_reason, likeness_reason } = command
    else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, visit)?;
    record.require_revision(*seen, "submitted")?;
    refuse_unseen(ctx, &record, *seen_answers)?;
    let gaps = complete::hard_gaps(ctx, &record)?;
    if !gaps.is_empty() {
        return Err(Refusal::Incomplete(gaps));
    }
    let late = match lateness_reason.as_deref() {
        Some(reason) if !reason.trim().is_empty() => Some(needed(reason, "lateness_reason")?),
        _ if serves_overdue(ctx, &record)? => {
            return Err(Refusal::Invalid { field: "lateness_reason", why: "missing" });
        }
        _ => None,
    };
    let (like, like_reason) = likeness(ctx, &record, likeness_reason.as_deref())?;
    let hash = record.hash(ctx)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":hash": hash, ":late": late,
        ":visit": visit.as_str(), ":version": record.version,
    })?;
    record::note_writer(ctx, visit.as_str(), record.version)?;
    ctx.tx
        .prepare_cached("UPDATE comments SET resolved = 1 WHERE visit_id = ?1 AND version = ?2")?
        .execute(params![visit.as_str(), record.version])?;
    // What somebody else is typing stays hers.
    ctx.tx
        .prepare_cached("DELETE FROM field_drafts WHERE visit_id = ?1 AND user = ?2")?
        .execute([visit.as_str(), ctx.actor.user.as_str()])?;
    record.put_in_force(ctx)?;
    ctx.replan(&record.customer)?;
    notice::grave_flags_of_visit(ctx, &record.customer, visit)?;
    opinion::renew_needs(ctx, &record)?;
    notice::mended(ctx, &record)?;
    let todos = promise::follow_documents(ctx, &record)?;
    let strategy = strategy::follow(ctx, &record)?;
    let next_due = next_due(ctx, &record)?;
    keep(ctx, &record, next_due, like_reason.as_deref())?;
    likeness::keep(ctx.tx, visit, record.version, &like)?;
    likeness::index(ctx.tx, ctx.packs, visit, record.version)?;
    let after = record
        .journal(VisitState::Submitted)
        .text("content_hash", &hash)
        .maybe("lateness_reason", late.as_deref())
        .maybe("likeness_reason", like_reason.as_deref())
        .maybe("next_due", next_due.map(|day| day.to_string()).as_deref())
        .raw("todos", todos.as_deref().unwrap_or("[]"))
        .maybe("strategy_proposed", strategy.map(Strategy::as_code))
        .done();
    let before = record.journal(record.state).done();
    let outcome = Outcome::Submitted { visit: visit.clone(), next_due };
    Ok(Written::plain(visit.as_str(), Some(before), Some(after)).outcome(outcome).into())
}

/// Texts that are like others, and why: from the pack's limit on a reason is required.
fn likeness(
    ctx: &Ctx<'_>,
    record: &Record,
    reason: Option<&str>,
) -> Result<(Vec<Found>, Option<String>), Refusal> {
    let found = Search::new(ctx.tx, ctx.packs).of(&record.visit, record.version)?;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    match reason {
        Some(reason) if !found.is_empty() => Ok((found, Some(needed(reason, "likeness_reason")?))),
        None if !found.is_empty() => {
            Err(Refusal::Invalid { field: "likeness_reason", why: "missing" })
        }
        _ => Ok((found, None)),
    }
}

/// When the customer is to be seen next, by the plan as it is now and by the officer's wish, which
/// may be sooner and never later.
fn keep(
    ctx: &Ctx<'_>,
    record: &Record,
    planned: Option<NaiveDate>,
    likeness_reason: Option<&str>,
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR REPLACE INTO handings
            (visit_id, version, likeness_reason, planned_next, planned_codes, wished_next, wish_reason)
        VALUES (:visit, :version, :like, :planned, coalesce((
            SELECT codes FROM due_visits WHERE customer_id = :customer ORDER BY due, n LIMIT 1), ''),
            :wished, :why)";
    let visit = record.visit.as_str();
    let value = |item: &str| -> Result<Option<Value>, Refusal> {
        Ok(answer::stored(ctx, visit, record.version, item)?.map(|stored| stored.answer.value))
    };
    let wished = match value(NEXT)? {
        Some(Value::Date(day)) => Some(day),
        _ => None,
    };
    // An amendment is of a visit after which others came.
    let first = record.version == 1;
    if first && wished.zip(planned).is_some_and(|(wished, planned)| wished > planned) {
        let gap = Gap { item: NEXT.to_owned(), kind: GapKind::Invalid };
        return Err(Refusal::Incomplete(vec![gap]));
    }
    let why = match value(NEXT_WHY)?.filter(|_| wished.is_some()) {
        Some(Value::Text(why)) => Some(why),
        _ => None,
    };
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":visit": visit, ":version": record.version, ":like": likeness_reason,
        ":planned": planned.map(|day| day.to_string()), ":customer": record.customer.as_str(),
        ":wished": wished.map(|day| day.to_string()), ":why": why,
    })?;
    Ok(())
}

/// Nobody hands in an answer of somebody else that she has not seen.
fn refuse_unseen(ctx: &Ctx<'_>, record: &Record, seen: Revision) -> Result<(), Refusal> {
    const SQL: &str = "
        SELECT seq, actor, coalesce(json_extract(after, '$.item'), json_extract(after, '$.now.item'), ''),
            coalesce(json_extract(after, '$.value'), json_extract(after, '$.now.value'), '')
        FROM journal
        WHERE subject = ?1 AND seq > ?2 AND actor <> ?3
            AND command IN ('answer', 'undo', 'remove_row', 'take_questionnaire', 'decide_declared')
        ORDER BY seq DESC LIMIT 1";
    let me = ctx.actor.user.as_str();
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let mut rows = statement.query(params![record.visit.as_str(), seen, me])?;
    let Some(row) = rows.next()? else { return Ok(()) };
    let (now, by, item, value): (i64, String, String, String) =
        (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    Err(conflict(now, &item, "", &value, &by))
}

/// Whether the visit was made after the due date of a duty that it serves. An amendment is of a
/// visit that has been counted already.
fn serves_overdue(ctx: &Ctx<'_>, record: &Record) -> Result<bool, Refusal> {
    if record.version > 1 {
        return Ok(false);
    }
    ctx.replan(&record.customer)?;
    let open = project::open_duties(ctx.tx, &record.customer)?;
    Ok(open.iter().any(|duty| {
        duty.due < record.visited_on
            && record.purposes.iter().any(|p| p.covers(duty.code, &duty.reference))
    }))
}

fn next_due(ctx: &Ctx<'_>, record: &Record) -> Result<Option<NaiveDate>, Refusal> {
    const SQL: &str = "SELECT min(due) FROM due_visits WHERE customer_id = ?1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    Ok(statement.query_row([record.customer.as_str()], |row| maybe_day(row, 0))?)
}

/// Takes a record back that nobody has reviewed yet.
pub(super) fn withdraw(ctx: &Ctx<'_>, visit: &VisitId, seen: Revision) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE records SET state = 'draft', submitted_by = NULL, submitted_at = NULL,
            content_hash = NULL, revision = revision + 1
        WHERE visit_id = ?1 AND version = ?2";
    ctx.require(Action::Visit)?;
    let record = record::load(ctx, visit)?;
    record.require_writer(ctx)?;
    record.require_state(|state| state == VisitState::Submitted)?;
    record.require_revision(seen, "draft")?;
    ctx.tx.prepare_cached(SQL)?.execute(params![visit.as_str(), record.version])?;
    record.put_in_force(ctx)?;
    ctx.replan(&record.customer)?;
    let before = record.journal(record.state).maybe("content_hash", record.content_hash.as_deref());
    let after = record.journal(VisitState::Draft).done();
    Ok(Written::plain(visit.as_str(), Some(before.done()), Some(after)).into())
}
