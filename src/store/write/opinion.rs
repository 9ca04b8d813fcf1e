//! Opinions beside the reviewer's: whose are needed, who gives them, and the approval with the last
//! of them. Each is bound to the content that was read, and nobody speaks twice.

use rusqlite::{OptionalExtension, named_params, params};

use super::record::{self, Record};
use super::{Ctx, Done, Written, conflict, heard, notice, pin, words};
use crate::access::Action;
use crate::domain::review::{OpinionLevel, Verdict};
use crate::domain::visit::VisitState;
use crate::protocol::command::Command;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::read::opinion as known;
use crate::store::row::code;

/// The level under which the reviewer's own approval is kept while further opinions are awaited.
pub(super) const REVIEW: &str = "review";

/// Finds out anew whose opinions the rules want for a version, and keeps that.
pub(super) fn renew_needs(ctx: &Ctx<'_>, record: &Record) -> Result<Vec<OpinionLevel>, Refusal> {
    const FORGET: &str = "DELETE FROM opinion_needs WHERE visit_id = ?1 AND version = ?2";
    const PUT: &str = "INSERT INTO opinion_needs (visit_id, version, level) VALUES (?1, ?2, ?3)";
    let case = known::case(ctx.tx, &record.customer, &record.visit, record.visited_on)?;
    let needed = ctx.packs.review.needed(&case);
    let visit = record.visit.as_str();
    ctx.tx.prepare_cached(FORGET)?.execute(params![visit, record.version])?;
    for level in &needed {
        ctx.tx.prepare_cached(PUT)?.execute(params![visit, record.version, level.as_code()])?;
    }
    Ok(needed)
}

/// Refuses a decision without the PIN that a red flag wants.
pub(super) fn require_pin(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    let case = known::case(ctx.tx, &record.customer, &record.visit, record.visited_on)?;
    if case.red_flag { pin::require_vouched(ctx, &record.visit) } else { Ok(()) }
}

/// The needed opinions that are not there, or against it, for the content handed in.
pub(super) fn missing(ctx: &Ctx<'_>, record: &Record) -> Result<Vec<OpinionLevel>, Refusal> {
    const SQL: &str = "
        SELECT n.level FROM opinion_needs n
        WHERE n.visit_id = :visit AND n.version = :version AND NOT EXISTS (
            SELECT 1 FROM opinions o WHERE o.visit_id = n.visit_id AND o.version = n.version
                AND o.level = n.level AND o.content_hash = :hash AND o.verdict <> 'disagree')";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rows = statement.query_map(
        named_params! {
            ":visit": record.visit.as_str(), ":version": record.version,
            ":hash": record.content_hash,
        },
        |row| code(row, 0, OpinionLevel::from_code),
    )?;
    let mut levels: Vec<_> = rows.collect::<Result<_, _>>()?;
    levels.sort_unstable();
    Ok(levels)
}

/// Writes what the actor says at a level about the content handed in.
pub(super) fn put(
    ctx: &Ctx<'_>,
    record: &Record,
    level: &str,
    verdict: Verdict,
    text: &str,
) -> Result<(), Refusal> {
    const ELSEWHERE: &str = "
        SELECT 1 FROM opinions WHERE visit_id = ?1 AND version = ?2 AND content_hash IS ?3
            AND user = ?4 AND level <> ?5";
    const TAKEN: &str = "
        SELECT user FROM opinions WHERE visit_id = ?1 AND version = ?2 AND content_hash IS ?3
            AND level = ?5 AND user <> ?4";
    const PUT: &str = "
        INSERT INTO opinions (visit_id, version, content_hash, level, user, verdict, text, at)
        VALUES (:visit, :version, :hash, :level, :me, :verdict, :text, :at)
        ON CONFLICT (visit_id, version, content_hash, level) DO UPDATE SET
            verdict = excluded.verdict, text = excluded.text, at = excluded.at,
            revision = revision + 1";
    let (visit, me) = (record.visit.as_str(), ctx.actor.user.as_str());
    let hash = record.content_hash.as_deref();
    let about = params![visit, record.version, hash, me, level];
    if ctx.tx.prepare_cached(ELSEWHERE)?.exists(about)? {
        return Err(Refusal::SpokenAlready);
    }
    let mut statement = ctx.tx.prepare_cached(TAKEN)?;
    let taken: Option<String> = statement.query_row(about, |row| row.get(0)).optional()?;
    if let Some(by) = taken {
        return Err(conflict(record.revision, "opinion", verdict.as_code(), level, &by));
    }
    ctx.tx.prepare_cached(PUT)?.execute(named_params! {
        ":visit": visit, ":version": record.version, ":hash": hash, ":level": level, ":me": me,
        ":verdict": verdict.as_code(), ":text": text, ":at": ctx.at(),
    })?;
    Ok(())
}

/// Gives an opinion, or changes one's own. With the last that is needed the record is approved.
pub(super) fn give(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let Command::GiveOpinion { visit, seen, content_hash, level, verdict, text } = command else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::Opine)?;
    let record = record::load(ctx, visit)?;
    if record.is_own(ctx)? {
        return Err(Refusal::OwnRecord);
    }
    if ctx.actor.role != level.role() {
        return Err(Refusal::NotAllowed);
    }
    record.require_state(|state| state == VisitState::Submitted)?;
    record.require_content(ctx, content_hash)?;
    if !renew_needs(ctx, &record)?.contains(level) {
        return Err(Refusal::WrongState { state: "no_opinion_needed".to_owned() });
    }
    let text = words(text, "text")?;
    if text.is_empty() && *verdict != Verdict::Agree {
        return Err(Refusal::Invalid { field: "text", why: "missing" });
    }
    let there = known::opinion_at(ctx.tx, visit, record.version, content_hash, level.as_code())?;
    let revision = there.as_ref().map_or(0, |(revision, ..)| *revision);
    if revision != *seen {
        let (theirs, by) = there.as_ref().map_or(("", ""), |(_, verdict, by)| (verdict, by));
        return Err(conflict(revision, "opinion", verdict.as_code(), theirs, by));
    }
    require_pin(ctx, &record)?;
    put(ctx, &record, level.as_code(), *verdict, &text)?;
    heard::remark(ctx, &record, "heard.opinion", &text)?;
    let missing = missing(ctx, &record)?;
    let reviewer = known::reviewer(ctx.tx, visit, record.version, content_hash)?;
    let approved = missing.is_empty() && reviewer.is_some();
    if let Some((reviewer, note)) = reviewer.filter(|_| approved) {
        record.decide(ctx, VisitState::Approved, &reviewer, &note)?;
        notice::approved(ctx, &record)?;
    } else if *verdict == Verdict::Disagree {
        notice::opinion_against(ctx, &record, *level)?;
    }
    let state = if approved { VisitState::Approved } else { VisitState::Submitted };
    let after = record
        .journal(state)
        .text("level", level.as_code())
        .text("verdict", verdict.as_code())
        .text("text", &text)
        .text("content_hash", content_hash)
        .done();
    let before =
        there.map(|(_, verdict, _)| record.journal(record.state).text("verdict", &verdict));
    let before = before.map(super::canon::Object::done);
    let written = Written::plain(visit.as_str(), before, Some(after));
    Ok(written.outcome(Outcome::Reviewed { approved }).into())
}

/// The reviewer's own approval is taken back.
pub(super) fn take_back(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    const SQL: &str = "
        DELETE FROM opinions WHERE visit_id = ?1 AND version = ?2 AND content_hash IS ?3
            AND level = ?4 AND user = ?5";
    ctx.tx.prepare_cached(SQL)?.execute(params![
        record.visit.as_str(),
        record.version,
        record.content_hash,
        REVIEW,
        ctx.actor.user.as_str()
    ])?;
    Ok(())
}
