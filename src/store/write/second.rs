//! The co-inspector: asked by the lead, signed in her own session and by nobody else. What she
//! signs is the content that she read; a later change of an answer makes the signature void.

use rusqlite::{named_params, params};

use super::canon::Object;
use super::record::{self, Record};
use super::{Ctx, Done, Written, conflict, declared, heard, needed, notice};
use crate::access::Action;
use crate::domain::conduct::Stand;
use crate::domain::gap::{Gap, GapKind};
use crate::domain::ids::{UserId, VisitId};
use crate::domain::user::Role;
use crate::domain::visit::VisitState;
use crate::protocol::command::{Command, Conduct, Revision};
use crate::protocol::page::SecondRow;
use crate::protocol::reply::Refusal;
use crate::store::second;

/// Where the gap of a missing signature leads.
const PLACE: &str = "co_inspector";

/// Does what a command about the co-inspector or the customer's own words says.
pub(super) fn conduct(
    ctx: &Ctx<'_>,
    command: &Command,
    conduct: &Conduct,
) -> Result<Done, Refusal> {
    match conduct {
        Conduct::AskSecond { visit, user, seen } => ask(ctx, visit, user.as_ref(), *seen),
        Conduct::SignSecond { visit, stand, opinion, content_hash, seen } => {
            sign(ctx, visit, *stand, opinion, content_hash, *seen)
        }
        Conduct::TakeQuestionnaire { .. } => declared::take(ctx, command),
        Conduct::DecideDeclared { visit, item, take, seen } => {
            declared::decide(ctx, visit, item, *take, *seen)
        }
    }
}

/// Asks a colleague, asks another one instead, or takes the request back.
fn ask(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    user: Option<&UserId>,
    seen: Revision,
) -> Result<Done, Refusal> {
    const CLEAR: &str = "DELETE FROM co_inspections WHERE visit_id = ?1 AND version = ?2";
    const ASK: &str = "
        INSERT INTO co_inspections (visit_id, version, user, asked_by, asked_at, revision)
        VALUES (:visit, :version, :user, :me, :at, :revision)";
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, visit)?;
    let before = require_seen(ctx, &record, seen, user.map_or("", UserId::as_str))?;
    // Asked again she is told again: her signature is void, or she looked and did not sign, and the
    // message that leads to the record is read.
    let stands = before.as_ref().is_none_or(|row| row.holds);
    if before.as_ref().map(|row| &row.user) == user && stands {
        return Ok(Done::Quiet(crate::protocol::reply::Outcome::Plain));
    }
    if let Some(user) = user {
        require_colleague(ctx, &record, user)?;
    }
    ctx.tx.prepare_cached(CLEAR)?.execute(params![visit.as_str(), record.version])?;
    if let Some(user) = user {
        // The number of the journal row: one that was taken back never comes again.
        let revision = ctx.next_seq()?;
        ctx.tx.prepare_cached(ASK)?.execute(named_params! {
            ":visit": visit.as_str(), ":version": record.version, ":user": user.as_str(),
            ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":revision": revision,
        })?;
        notice::to_second(ctx, &record, user, revision)?;
    }
    let after =
        Object::new().int("version", record.version).maybe("user", user.map(UserId::as_str)).done();
    let before = before.map(|row| told(&record, &row));
    Ok(Written::plain(visit.as_str(), before, Some(after)).into())
}

/// Signs. Only she who was asked, whatever her scope: she was asked about this one record.
fn sign(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    stand: Stand,
    opinion: &str,
    content_hash: &str,
    seen: Revision,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE co_inspections SET stand = :stand, opinion = :opinion, signed_at = :at,
            content_hash = :hash, revision = :revision
        WHERE visit_id = :visit AND version = :version AND user = :me";
    let record = record::load_any(ctx, visit)?;
    let asked = second::of(ctx.tx, visit, record.version)?;
    let asked = match asked {
        Some(row) if row.user == ctx.actor.user => row,
        // To somebody else it is not hers to sign, or not there at all.
        _ => {
            ctx.require_scope(&record.customer)?;
            return Err(Refusal::NotAllowed);
        }
    };
    if !matches!(ctx.actor.role, Role::Officer | Role::Supervisor | Role::Risk) {
        return Err(Refusal::NotAllowed);
    }
    record.require_state(VisitState::is_open)?;
    if asked.revision != seen {
        return Err(conflict(asked.revision, "state", "", "asked", record.author.as_str()));
    }
    if asked.content_hash != content_hash {
        let now = &asked.content_hash;
        return Err(conflict(asked.revision, "content_hash", content_hash, now, &record.author));
    }
    let opinion = needed(opinion, "opinion")?;
    heard::remark(ctx, &record, "heard.second", &opinion)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":stand": stand.as_code(), ":opinion": opinion, ":at": ctx.at(), ":hash": content_hash,
        ":revision": ctx.next_seq()?, ":visit": visit.as_str(), ":version": record.version,
        ":me": ctx.actor.user.as_str(),
    })?;
    notice::second_signed(ctx, &record)?;
    let after = Object::new()
        .int("version", record.version)
        .text("stand", stand.as_code())
        .text("opinion", &opinion)
        .text("content_hash", content_hash)
        .done();
    Ok(Written::plain(visit.as_str(), Some(told(&record, &asked)), Some(after)).into())
}

/// The gap of a signature that is owed: by the rule, or because a colleague was asked.
pub(super) fn gap(ctx: &Ctx<'_>, record: &Record) -> Result<Option<Gap>, Refusal> {
    let asked = second::of(ctx.tx, &record.visit, record.version)?;
    let open = if let Some(row) = asked {
        !row.holds
    } else {
        let rule = &ctx.packs.conduct.two;
        let of = (&record.customer, &record.visit);
        second::reason(ctx.tx, rule, of, record.class, &record.facts)?.is_some()
    };
    Ok(open.then(|| Gap { item: PLACE.to_owned(), kind: GapKind::Unsigned }))
}

fn require_seen(
    ctx: &Ctx<'_>,
    record: &Record,
    seen: Revision,
    mine: &str,
) -> Result<Option<SecondRow>, Refusal> {
    let row = second::of(ctx.tx, &record.visit, record.version)?;
    let now = second::revision(row.as_ref());
    if now == seen {
        return Ok(row);
    }
    let theirs = row.as_ref().map_or("", |row| row.user.as_str());
    Err(conflict(now, PLACE, mine, theirs, theirs))
}

/// Refuses somebody who can't look at the record with eyes of her own.
fn require_colleague(ctx: &Ctx<'_>, record: &Record, user: &UserId) -> Result<(), Refusal> {
    const WROTE: &str = "
        SELECT 1 FROM answers WHERE visit_id = ?1 AND version = ?2 AND answered_by = ?3";
    let who = user.as_str();
    if record.author == who
        || ctx.actor.user == *user
        || record.submitted_by.as_deref() == Some(who)
    {
        return Err(Refusal::Invalid { field: PLACE, why: "self" });
    }
    let colleagues = second::colleagues(ctx.tx, ctx.actor)?;
    if !colleagues.iter().any(|(colleague, _)| colleague == user) {
        return Err(Refusal::Invalid { field: PLACE, why: "unknown_user" });
    }
    let mut statement = ctx.tx.prepare_cached(WROTE)?;
    if statement.exists(params![record.visit.as_str(), record.version, who])? {
        return Err(Refusal::Invalid { field: PLACE, why: "wrote" });
    }
    Ok(())
}

fn told(record: &Record, row: &SecondRow) -> String {
    Object::new()
        .int("version", record.version)
        .text("user", row.user.as_str())
        .maybe("stand", row.stand.map(Stand::as_code))
        .text("opinion", &row.opinion)
        .done()
}

#[cfg(test)]
mod tests;
