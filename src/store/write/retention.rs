//! The end of what is kept: compliance puts an erasure forward, somebody else agrees, and then it is
//! done in the same transaction. The journal keeps who was erased and a hash, never what was: what it
//! said of her before goes with the rest.

use rusqlite::{OptionalExtension as _, named_params, params};

use super::canon::Object;
use super::{Ctx, Done, Written, needed, words};
use crate::access::{Action, Scope};
use crate::domain::ids::{CustomerId, ErasureId};
use crate::domain::retention::ErasureState;
use crate::protocol::command::RetentionCommand;
use crate::protocol::reply::Refusal;
use crate::store::journal::{self, Hers};
use crate::store::read::scope::{SAME_BRANCH, Sight};
use crate::store::retention::{self, Expired, Gone};
use crate::store::row::code;
use crate::store::row::free_id;

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &RetentionCommand) -> Result<Done, Refusal> {
    match command {
        RetentionCommand::Propose { reason } => propose(ctx, reason),
        RetentionCommand::Decide { erasure, agree, note } => decide(ctx, erasure, *agree, note),
        RetentionCommand::Withdraw { erasure } => withdraw(ctx, erasure),
        RetentionCommand::Hold { customer, reason } => hold(ctx, customer, reason),
        RetentionCommand::Release { customer, reason } => release(ctx, customer, reason),
    }
}

fn propose(ctx: &Ctx<'_>, reason: &str) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO erasures (erasure, branch, reason, proposed_by, proposed_at)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    const WHO: &str = "
        INSERT INTO erasure_customers (erasure, customer_id, ended_on) VALUES (?1, ?2, ?3)";
    ctx.require(Action::ProposeErasure)?;
    let reason = needed(reason, "reason")?;
    let over = retention::expired(ctx.tx, &Sight::of(ctx.actor), ctx.today, None)?;
    let over: Vec<Expired> = over.into_iter().filter(|over| over.hold.is_none()).collect();
    if over.is_empty() {
        return Err(Refusal::WrongState { state: "nothing_over".to_owned() });
    }
    let base = format!("E-{}", ctx.today.format("%Y%m%d"));
    let id = free_id(ctx.tx, "SELECT 1 FROM erasures WHERE erasure = ?1", &base)?;
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![id, ctx.actor.branch, reason, me, ctx.at()])?;
    for over in &over {
        let ended = over.ended_on.to_string();
        ctx.tx.prepare_cached(WHO)?.execute(params![id, over.customer.as_str(), ended])?;
    }
    tell(ctx, &id)?;
    let customers: Vec<&str> = over.iter().map(|over| over.customer.as_str()).collect();
    let after =
        Object::new().text("customers", &customers.join(";")).text("reason", &reason).done();
    Ok(Written::plain(&id, None, Some(after)).into())
}

/// Those who may agree learn of it.
fn tell(ctx: &Ctx<'_>, erasure: &str) -> Result<(), Refusal> {
    let sql = format!("
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        SELECT p.user, 'erasure_open', :erasure, :today, :at FROM users p JOIN users o ON o.user = :me
        WHERE p.role IN ('supervisor', 'compliance') AND p.disabled = 0 AND p.user <> :me
            AND {SAME_BRANCH}");
    ctx.tx.prepare_cached(&sql)?.execute(named_params! {
        ":erasure": erasure, ":today": ctx.today.to_string(), ":at": ctx.at(),
        ":me": ctx.actor.user.as_str(),
    })?;
    Ok(())
}

/// A proposal of the actor's branch that is still open; with who put it forward.
fn open(ctx: &Ctx<'_>, erasure: &ErasureId) -> Result<String, Refusal> {
    const SQL: &str = "SELECT branch, state, proposed_by FROM erasures WHERE erasure = ?1";
    let found = ctx
        .tx
        .prepare_cached(SQL)?
        .query_row([erasure.as_str()], |row| {
            let state = code(row, 1, ErasureState::from_code)?;
            Ok((row.get::<_, String>(0)?, state, row.get::<_, String>(2)?))
        })
        .optional()?;
    let (branch, state, by) = found.ok_or(Refusal::NotFound)?;
    if ctx.actor.scope() != Scope::Branch(branch) {
        return Err(Refusal::NotFound);
    }
    match state {
        ErasureState::Proposed => Ok(by),
        state => Err(Refusal::WrongState { state: format!("erasure_{}", state.as_code()) }),
    }
}

fn decide(ctx: &Ctx<'_>, erasure: &ErasureId, agree: bool, note: &str) -> Result<Done, Refusal> {
    ctx.require(Action::AgreeErasure)?;
    let by = open(ctx, erasure)?;
    ctx.require_other(&by, None)?;
    let note = if agree { words(note, "note")? } else { needed(note, "note")? };
    let state = if agree { ErasureState::Done } else { ErasureState::Refused };
    end(ctx, erasure, state, &note)?;
    let mut after = Object::new().text("state", state.as_code()).text("note", &note);
    if agree {
        let (erased, kept, rows) = carry_out(ctx, erasure)?;
        after = after
            .text("erased", &erased.join(";"))
            .text("kept", &kept.join(";"))
            .int("rows", i64::try_from(rows).unwrap_or(i64::MAX));
    }
    let before = Object::new().text("state", ErasureState::Proposed.as_code()).done();
    Ok(Written::plain(erasure.as_str(), Some(before), Some(after.done())).into())
}

/// Erases every customer of the proposal whose time is still over; who was held up or has borrowed
/// again meanwhile is kept. Gives those with their proof, these, and the number of rows.
fn carry_out(
    ctx: &Ctx<'_>,
    erasure: &ErasureId,
) -> Result<(Vec<String>, Vec<String>, usize), Refusal> {
    const WHO: &str =
        "SELECT customer_id FROM erasure_customers WHERE erasure = ?1 ORDER BY customer_id";
    const PROOF: &str = "
        UPDATE erasure_customers SET rows = ?3, files = ?4, proof = ?5, words_gone = ?6,
            words_kept = ?7
        WHERE erasure = ?1 AND customer_id = ?2";
    let mut statement = ctx.tx.prepare_cached(WHO)?;
    let customers = statement.query_map([erasure.as_str()], |row| row.get(0).map(CustomerId))?;
    let customers: Vec<CustomerId> = customers.collect::<Result<_, _>>()?;
    let sight = Sight::of(ctx.actor);
    let figure = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let note = |customer: &CustomerId, gone: Option<(&Gone, &Hers)>| {
        ctx.tx.prepare_cached(PROOF)?.execute(params![
            erasure.as_str(),
            customer.as_str(),
            gone.map(|(gone, _)| figure(gone.rows)),
            gone.map(|(gone, _)| figure(gone.files)),
            gone.map_or("", |(gone, _)| gone.proof.as_str()),
            gone.map(|(_, hers)| figure(hers.gone.len())),
            gone.map(|(_, hers)| hers.kept),
        ])
    };
    // Who is kept is said first: what is left without a word is being erased.
    let (mut going, mut kept) = (Vec::new(), Vec::new());
    for customer in customers {
        let over = retention::expired(ctx.tx, &sight, ctx.today, Some(&customer))?;
        if over.iter().any(|over| over.hold.is_none()) {
            going.push(customer);
        } else {
            note(&customer, None)?;
            kept.push(customer.to_string());
        }
    }
    // While her things are there to be found by.
    let mut words = journal::blank(ctx.tx)?;
    let mut rows = retention::erase_shared(ctx.tx)?;
    let mut erased = Vec::new();
    for customer in going {
        let gone = retention::erase(ctx.tx, &customer)?;
        let hers = words.remove(&customer).unwrap_or_default();
        note(&customer, Some((&gone, &hers)))?;
        let of = (erasure, &customer);
        journal::account(ctx.tx, (ctx.actor, ctx.now), of, (&hers, &gone.proof))?;
        rows += gone.rows;
        erased.push(format!("{customer}={}", gone.proof));
    }
    Ok((erased, kept, rows))
}

fn end(ctx: &Ctx<'_>, erasure: &ErasureId, state: ErasureState, note: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE erasures SET state = :state, decided_by = :me, decided_at = :at, note = :note,
            revision = revision + 1
        WHERE erasure = :erasure";
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":state": state.as_code(), ":me": ctx.actor.user.as_str(), ":at": ctx.at(),
        ":note": note, ":erasure": erasure.as_str(),
    })?;
    Ok(())
}

fn withdraw(ctx: &Ctx<'_>, erasure: &ErasureId) -> Result<Done, Refusal> {
    ctx.require(Action::ProposeErasure)?;
    let by = open(ctx, erasure)?;
    if by != ctx.actor.user.as_str() {
        return Err(Refusal::NotAllowed);
    }
    end(ctx, erasure, ErasureState::Withdrawn, "")?;
    let before = Object::new().text("state", ErasureState::Proposed.as_code()).done();
    let after = Object::new().text("state", ErasureState::Withdrawn.as_code()).done();
    Ok(Written::plain(erasure.as_str(), Some(before), Some(after)).into())
}

fn hold(ctx: &Ctx<'_>, customer: &CustomerId, reason: &str) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO holds (customer_id, reason, set_by, set_at, revision)
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    ctx.require(Action::ProposeErasure)?;
    ctx.require_scope(customer)?;
    let reason = needed(reason, "reason")?;
    let me = ctx.actor.user.as_str();
    let values = params![customer.as_str(), reason, me, ctx.at(), ctx.next_seq()?];
    if ctx.tx.prepare_cached(SQL)?.execute(values)? == 0 {
        return Err(Refusal::WrongState { state: "held".to_owned() });
    }
    let after = Object::new().text("reason", &reason).done();
    Ok(Written::plain(customer.as_str(), None, Some(after)).into())
}

fn release(ctx: &Ctx<'_>, customer: &CustomerId, reason: &str) -> Result<Done, Refusal> {
    ctx.require(Action::ProposeErasure)?;
    ctx.require_scope(customer)?;
    let reason = needed(reason, "reason")?;
    let before: Option<String> = ctx
        .tx
        .prepare_cached("SELECT reason FROM holds WHERE customer_id = ?1")?
        .query_row([customer.as_str()], |row| row.get(0))
        .optional()?;
    let Some(before) = before else {
        return Err(Refusal::WrongState { state: "not_held".to_owned() });
    };
    let sql = "DELETE FROM holds WHERE customer_id = ?1";
    ctx.tx.prepare_cached(sql)?.execute([customer.as_str()])?;
    let before = Object::new().text("reason", &before).done();
    let after = Object::new().text("released", &reason).done();
    Ok(Written::plain(customer.as_str(), Some(before), Some(after)).into())
}

#[cfg(test)]
mod tests;
