//! Handing a record in and taking it back.

use rusqlite::{named_params, params};

use super::record::{self, Record};
use super::{Ctx, Done, Written, complete, conflict, needed, notice, opinion, promise};
use crate::access::Action;
use crate::domain::ids::VisitId;
use crate::domain::visit::VisitState;
use crate::protocol::command::Revision;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::project;
use crate::store::row::maybe_day;

/// Hands a record in: from now on it counts, and nobody writes in it.
pub(super) fn submit(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    seen: Revision,
    seen_answers: Revision,
    lateness_reason: Option<&str>,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE records SET state = 'submitted', submitted_by = :me, submitted_at = :at,
            content_hash = :hash, lateness_reason = :late, reviewed_by = NULL, reviewed_at = NULL,
            review_note = NULL, cursor = NULL, revision = revision + 1
        WHERE visit_id = :visit AND version = :version";
    ctx.require(Action::Visit)?;
    let record = record::load(ctx, visit)?;
    record.require_writer(ctx)?;
    record.require_state(VisitState::is_open)?;
    record.require_revision(seen, "submitted")?;
    refuse_unseen(ctx, &record, seen_answers)?;
    let gaps = complete::hard_gaps(ctx, &record)?;
    if !gaps.is_empty() {
        return Err(Refusal::Incomplete(gaps));
    }
    let late = match lateness_reason {
        Some(reason) if !reason.trim().is_empty() => Some(needed(reason, "lateness_reason")?),
        _ if serves_overdue(ctx, &record)? => {
            return Err(Refusal::Invalid { field: "lateness_reason", why: "missing" });
        }
        _ => None,
    };
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
    let next_due = next_due(ctx, &record)?;
    let after = record
        .journal(VisitState::Submitted)
        .text("content_hash", &hash)
        .maybe("lateness_reason", late.as_deref())
        .maybe("next_due", next_due.map(|day| day.to_string()).as_deref())
        .raw("todos", todos.as_deref().unwrap_or("[]"))
        .done();
    let before = record.journal(record.state).done();
    let outcome = Outcome::Submitted { visit: visit.clone(), next_due };
    Ok(Written::plain(visit.as_str(), Some(before), Some(after)).outcome(outcome).into())
}

/// Nobody hands in an answer of somebody else that she has not seen.
fn refuse_unseen(ctx: &Ctx<'_>, record: &Record, seen: Revision) -> Result<(), Refusal> {
    const SQL: &str = "
        SELECT seq, actor, coalesce(json_extract(after, '$.item'), json_extract(after, '$.now.item'), ''),
            coalesce(json_extract(after, '$.value'), json_extract(after, '$.now.value'), '')
        FROM journal
        WHERE subject = ?1 AND seq > ?2 AND actor <> ?3 AND command IN ('answer', 'undo', 'remove_row')
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

fn next_due(ctx: &Ctx<'_>, record: &Record) -> Result<Option<chrono::NaiveDate>, Refusal> {
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
