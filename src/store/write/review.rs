//! Review: approve, return, take either back; and the amendment of what was approved. Never by
//! somebody who had a hand in the record: asked here, and refused by the schema as well.

use rusqlite::{named_params, params};

use super::canon::Object;
use super::inverse::{Change, Inverse, Undoable};
use super::record::{self, Record};
use super::{Ctx, Done, Written, heard, needed, notice, opinion, words};
use crate::access::Action;
use crate::domain::ids::VisitId;
use crate::domain::review::Verdict;
use crate::domain::visit::VisitState;
use crate::protocol::command::Revision;
use crate::protocol::reply::{Outcome, Refusal};

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

/// Approves exactly the content that the reviewer looked at. Where further opinions are needed,
/// her approval is kept as hers, and the record is approved with the last of them.
pub(super) fn approve(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    seen: Revision,
    content_hash: &str,
    note: &str,
) -> Result<Done, Refusal> {
    let record = under_review(ctx, visit, seen, "approved")?;
    let note = words(note, "note")?;
    record.require_content(ctx, content_hash)?;
    opinion::require_pin(ctx, &record)?;
    heard::remark(ctx, &record, "heard.review", &note)?;
    let me = ctx.actor.user.as_str();
    let needed = opinion::renew_needs(ctx, &record)?;
    if !needed.is_empty() {
        opinion::put(ctx, &record, opinion::REVIEW, Verdict::Agree, &note)?;
    }
    let missing = opinion::missing(ctx, &record)?;
    let state = if missing.is_empty() { VisitState::Approved } else { VisitState::Submitted };
    if missing.is_empty() {
        record.decide(ctx, state, me, &note)?;
        notice::approved(ctx, &record)?;
    } else {
        notice::opinions_wanted(ctx, &record, &missing)?;
    }
    let waits: Vec<_> = missing.iter().map(|level| level.as_code()).collect();
    let after = record
        .journal(state)
        .text("content_hash", content_hash)
        .text("note", &note)
        .text("waits_for", &waits.join(";"))
        .done();
    let before = record.journal(record.state).done();
    let mut written = Written::plain(visit.as_str(), Some(before), Some(after));
    written.undo = Some(undoable(ctx, "approve", &record, missing.is_empty())?);
    Ok(written.outcome(Outcome::Reviewed { approved: missing.is_empty() }).into())
}

/// How a decision is taken back: from the revision that it left, and only while the journal knows
/// of nothing later about this visit.
fn undoable(
    ctx: &Ctx<'_>,
    command: &'static str,
    record: &Record,
    decided: bool,
) -> Result<Undoable, Refusal> {
    Ok(Undoable {
        command,
        subject: record.visit.as_str().to_owned(),
        part: String::new(),
        from: ctx.next_seq()?,
        to: record.revision + i64::from(decided),
        inverse: Inverse::Decision,
    })
}

/// Takes the reviewer's own decision back, as long as nobody has acted on it.
pub(super) fn undo_decision(ctx: &Ctx<'_>, last: &Undoable) -> Result<Change, Refusal> {
    const LATER: &str = "SELECT 1 FROM journal WHERE subject = ?1 AND seq > ?2 LIMIT 1";
    const BACK: &str = "
        UPDATE records SET state = 'submitted', reviewed_by = NULL, reviewed_at = NULL,
            review_note = NULL, revision = revision + 1
        WHERE visit_id = ?1 AND version = ?2";
    ctx.require(Action::Review)?;
    let visit = VisitId::from(last.subject.as_str());
    let record = record::load(ctx, &visit)?;
    record.require_revision(last.to, "undo")?;
    let acted = ctx.tx.prepare_cached(LATER)?.exists(params![visit.as_str(), last.from])?;
    if acted {
        return Err(Refusal::WrongState { state: "acted_on".to_owned() });
    }
    let me = ctx.actor.user.as_str();
    let decided = record.state != VisitState::Submitted;
    if decided && record.reviewed_by.as_deref() != Some(me) {
        return Err(Refusal::WrongState { state: "acted_on".to_owned() });
    }
    opinion::take_back(ctx, &record)?;
    if record.state == VisitState::Returned {
        forget_return(ctx, &record)?;
    }
    if decided {
        notice::taken_back(ctx, &record)?;
        ctx.tx.prepare_cached(BACK)?.execute(params![visit.as_str(), record.version])?;
        record.put_in_force(ctx)?;
        ctx.replan(&record.customer)?;
    }
    let before = record.journal(record.state).done();
    let after = record.journal(VisitState::Submitted).done();
    let revision = record.revision + i64::from(decided);
    Ok(Change { before: Some(before), after: Some(after), revision })
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
    keep_returned(ctx, &record, &reason)?;
    heard::remark(ctx, &record, "heard.return", &reason)?;
    record.decide(ctx, VisitState::Returned, ctx.actor.user.as_str(), &reason)?;
    notice::returned(ctx, &record)?;
    let after = record.journal(VisitState::Returned).text("reason", &reason).done();
    let before = record.journal(record.state).done();
    let mut written = Written::plain(visit.as_str(), Some(before), Some(after));
    written.undo = Some(undoable(ctx, "return", &record, true)?);
    Ok(written.into())
}

/// Keeps what the record holds as it goes back, so that its reviewer sees what was mended.
fn keep_returned(ctx: &Ctx<'_>, record: &Record, reason: &str) -> Result<(), Refusal> {
    const RETURN: &str = "
        INSERT INTO returns (visit_id, version, n, user, at, reason)
        SELECT ?1, ?2, 1 + count(*), ?3, ?4, ?5 FROM returns WHERE visit_id = ?1 AND version = ?2";
    const ANSWERS: &str = "
        INSERT INTO returned_answers (visit_id, version, n, item, value, evidence, note, unchanged)
        SELECT a.visit_id, a.version, (SELECT max(n) FROM returns WHERE visit_id = ?1 AND version = ?2),
            a.item, a.value, a.evidence, a.note, a.unchanged
        FROM answers a WHERE a.visit_id = ?1 AND a.version = ?2";
    let (visit, me) = (record.visit.as_str(), ctx.actor.user.as_str());
    ctx.tx.prepare_cached(RETURN)?.execute(params![visit, record.version, me, ctx.at(), reason])?;
    ctx.tx.prepare_cached(ANSWERS)?.execute(params![visit, record.version])?;
    Ok(())
}

/// The last return never happened: its copy goes.
fn forget_return(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    let visit = record.visit.as_str();
    for table in ["returned_answers", "returns"] {
        let sql = format!(
            "DELETE FROM {table} WHERE visit_id = ?1 AND version = ?2 AND n = \
             (SELECT max(n) FROM returns WHERE visit_id = ?1 AND version = ?2)"
        );
        ctx.tx.prepare_cached(&sql)?.execute(params![visit, record.version])?;
    }
    Ok(())
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

#[cfg(test)]
mod tests;
