//! Review: approve, return, comment; and the amendment of what was approved. Never by somebody
//! who had a hand in the record: asked here, and refused by the schema as well.

use rusqlite::{named_params, params};

use super::canon::Object;
use super::record::{self, Record};
use super::undo::{Inverse, Undoable};
use super::{Ctx, Done, Written, conflict, needed, notice, words};
use crate::access::Action;
use crate::domain::ids::VisitId;
use crate::domain::visit::VisitState;
use crate::protocol::command::Revision;
use crate::protocol::reply::Refusal;

/// A record that the actor may decide about.
fn under_review(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    seen: Revision,
    mine: &str,
) -> Result<Record, Refusal> {
    ctx.require(Action::Review)?;
    let record = record::load(ctx, visit)?;
    if record.is_own(ctx)? {
        return Err(Refusal::OwnRecord);
    }
    record.require_state(|state| state == VisitState::Submitted)?;
    record.require_revision(seen, mine)?;
    Ok(record)
}

fn decide(ctx: &Ctx<'_>, record: &Record, state: VisitState, note: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE records SET state = :state, reviewed_by = :me, reviewed_at = :at,
            review_note = :note, revision = revision + 1
        WHERE visit_id = :visit AND version = :version";
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":state": state.as_code(), ":me": ctx.actor.user.as_str(), ":at": ctx.at(),
        ":note": note, ":visit": record.visit.as_str(), ":version": record.version,
    })?;
    record.put_in_force(ctx)?;
    ctx.replan(&record.customer)
}

/// Approves exactly the content that the reviewer looked at.
pub(super) fn approve(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    seen: Revision,
    content_hash: &str,
    note: &str,
) -> Result<Done, Refusal> {
    let record = under_review(ctx, visit, seen, "approved")?;
    let note = words(note, "note")?;
    let kept = record.content_hash.as_deref().unwrap_or_default();
    let by = record.submitted_by.as_deref().unwrap_or_default();
    if kept != content_hash {
        return Err(conflict(record.revision, "content_hash", content_hash, kept, by));
    }
    // What is there now, not what was noted when it was handed in.
    let found = record.hash(ctx)?;
    if found != kept {
        return Err(conflict(record.revision, "content_hash", content_hash, &found, by));
    }
    decide(ctx, &record, VisitState::Approved, &note)?;
    let after =
        record.journal(VisitState::Approved).text("content_hash", kept).text("note", &note).done();
    let before = record.journal(record.state).done();
    Ok(Written::plain(visit.as_str(), Some(before), Some(after)).into())
}

/// Returns a record with a reason, or with comments that say enough.
pub(super) fn return_to(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    seen: Revision,
    reason: &str,
) -> Result<Done, Refusal> {
    const COMMENTED: &str = "
        SELECT 1 FROM comments WHERE visit_id = ?1 AND version = ?2 AND resolved = 0";
    let record = under_review(ctx, visit, seen, "returned")?;
    let reason = words(reason, "reason")?;
    let commented =
        ctx.tx.prepare_cached(COMMENTED)?.exists(params![visit.as_str(), record.version])?;
    if reason.is_empty() && !commented {
        return Err(Refusal::Invalid { field: "reason", why: "missing" });
    }
    decide(ctx, &record, VisitState::Returned, &reason)?;
    notice::returned(ctx, &record)?;
    let after = record.journal(VisitState::Returned).text("reason", &reason).done();
    let before = record.journal(record.state).done();
    Ok(Written::plain(visit.as_str(), Some(before), Some(after)).into())
}

/// Comments on the latest version.
pub(super) fn comment(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    item: Option<&str>,
    text: &str,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO comments (comment_id, visit_id, version, item, text, author, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    if !ctx.actor.may(Action::Visit) {
        ctx.require(Action::Review)?;
    }
    let record = record::load(ctx, visit)?;
    let text = needed(text, "text")?;
    let id = format!("K-{}", ctx.next_seq()?);
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![
        id,
        visit.as_str(),
        record.version,
        item,
        text,
        me,
        ctx.at()
    ])?;
    let after = Object::new()
        .text("comment_id", &id)
        .int("version", record.version)
        .maybe("item", item)
        .text("text", &text)
        .done();
    let mut written = Written::plain(visit.as_str(), None, Some(after));
    written.undo = Some(Undoable {
        command: "comment",
        subject: visit.as_str().to_owned(),
        part: id.clone(),
        from: 0,
        to: 1,
        inverse: Inverse::Comment(id),
    });
    Ok(written.into())
}

/// Takes a comment back that has not been dealt with yet. Returns what it said.
pub(super) fn uncomment(ctx: &Ctx<'_>, id: &str) -> Result<String, Refusal> {
    const SQL: &str = "
        DELETE FROM comments WHERE comment_id = ?1 AND author = ?2 AND resolved = 0
        RETURNING json_object('comment_id', comment_id, 'item', item, 'text', text)";
    let me = ctx.actor.user.as_str();
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let mut rows = statement.query([id, me])?;
    match rows.next()? {
        Some(row) => Ok(row.get(0)?),
        None => Err(conflict(0, "comment", "", "resolved", "")),
    }
}

/// Opens a new version of an approved record with the same answers.
pub(super) fn amend(ctx: &Ctx<'_>, visit: &VisitId, reason: &str) -> Result<Done, Refusal> {
    const RECORD: &str = "
        INSERT INTO records (visit_id, version, state, pack, sections, facts, author, started_at, amend_reason)
        SELECT visit_id, version + 1, 'draft', pack, sections, facts, :me, :at, :reason
        FROM records WHERE visit_id = :visit AND version = :version";
    // Who gave an answer stays its author: also of the new version.
    const ANSWERS: &str = "
        INSERT INTO answers (visit_id, version, item, value, evidence, note, unchanged, answered_by, answered_at, revision)
        SELECT visit_id, version + 1, item, value, evidence, note, unchanged, answered_by, answered_at, revision
        FROM answers WHERE visit_id = ?1 AND version = ?2";
    // And whoever wrote in the version before.
    const WRITERS: &str = "
        INSERT INTO record_writers (visit_id, version, user)
        SELECT visit_id, version + 1, user FROM record_writers
        WHERE visit_id = ?1 AND version = ?2 ON CONFLICT DO NOTHING";
    // And that an answer was the customer's word.
    const DECLARED: &str = "
        INSERT INTO declared_answers (visit_id, version, item, value, declared_by, declared_on, decided, taken_by, taken_at)
        SELECT visit_id, version + 1, item, value, declared_by, declared_on, decided, taken_by, taken_at
        FROM declared_answers WHERE visit_id = ?1 AND version = ?2";
    ctx.require(Action::Visit)?;
    let record = record::load(ctx, visit)?;
    record.require_writer(ctx)?;
    record.require_state(|state| state == VisitState::Approved)?;
    let reason = needed(reason, "reason")?;
    ctx.tx.prepare_cached(RECORD)?.execute(named_params! {
        ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":reason": reason,
        ":visit": visit.as_str(), ":version": record.version,
    })?;
    for sql in [ANSWERS, WRITERS, DECLARED] {
        ctx.tx.prepare_cached(sql)?.execute(params![visit.as_str(), record.version])?;
    }
    record::note_writer(ctx, visit.as_str(), record.version + 1)?;
    let after = Object::new()
        .int("version", record.version + 1)
        .text("state", VisitState::Draft.as_code())
        .text("reason", &reason)
        .done();
    let before = record.journal(record.state).done();
    Ok(Written::plain(visit.as_str(), Some(before), Some(after)).into())
}
