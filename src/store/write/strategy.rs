//! Financing strategies: one person puts a strategy forward, another approves it; then it is in
//! force and the steps of its plan stand among the deadlines.
//!
//! To approve a record is to say that it is well founded; to approve a strategy is to decide on the
//! exposure. So a reviewer does the second by a key of its own, even where the record caused it.

mod record;
mod step;

use rusqlite::{OptionalExtension as _, named_params, params};

use super::canon::Object;
use super::{Ctx, Done, Written, conflict, needed, notice, words};
use crate::access::Action;
use crate::assets::strategy as pack;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::money::Fen;
use crate::domain::strategy::{PlanStep, Strategy, StrategyState};
use crate::domain::visit::VisitState;
use crate::protocol::command::{Revision, StrategyCommand};
use crate::protocol::reply::Refusal;
use crate::risk::strategy::PlanFault;
use crate::store::row::{code, day, maybe_code, maybe_id};
use crate::store::{lateness, strategy};

pub(super) use record::follow;
pub(super) use step::{mark, marked, take_back};

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &StrategyCommand) -> Result<Done, Refusal> {
    match command {
        StrategyCommand::Propose { customer, strategy, reason, steps, seen } => {
            let wish = Wish { strategy: *strategy, reason, steps, visit: None };
            propose(ctx, customer, &wish, *seen)
        }
        StrategyCommand::Decide { customer, n, seen, approve, note } => {
            decide(ctx, customer, (*n, *seen), *approve, note)
        }
        StrategyCommand::Withdraw { customer, n, seen } => withdraw(ctx, customer, *n, *seen),
    }
}

/// What is put forward.
struct Wish<'a> {
    strategy: Strategy,
    reason: &'a str,
    steps: &'a [PlanStep],
    visit: Option<&'a VisitId>,
}

/// A proposal that waits.
struct Open {
    n: i64,
    strategy: Strategy,
    by: String,
    revision: Revision,
    visit: Option<VisitId>,
}

/// The proposal of a customer that waits.
fn waiting(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<Option<Open>, Refusal> {
    const SQL: &str = "SELECT n, strategy, proposed_by, revision, visit_id FROM strategies
        WHERE customer_id = ?1 AND state = 'proposed'";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement.query_row([customer.as_str()], |row| {
        Ok(Open {
            n: row.get(0)?,
            strategy: code(row, 1, Strategy::from_code)?,
            by: row.get(2)?,
            revision: row.get(3)?,
            visit: maybe_id(row, 4)?,
        })
    });
    Ok(found.optional()?)
}

/// How a customer stands when something is put forward.
struct Stand {
    before: Strategy,
    balance: Option<Fen>,
    /// The proposal that it is laid over.
    open: Option<Open>,
}

fn propose(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    wish: &Wish<'_>,
    seen: Revision,
) -> Result<Done, Refusal> {
    if !ctx.actor.may(Action::Visit) && !ctx.actor.may(Action::HandleFlags) {
        return Err(Refusal::NotAllowed);
    }
    ctx.require_scope(customer)?;
    let open = waiting(ctx, customer)?;
    match &open {
        None if seen == 0 => {}
        None => return Err(Refusal::WrongState { state: "decided".to_owned() }),
        Some(open) if open.by != ctx.actor.user.as_str() || seen == 0 => {
            return Err(Refusal::Invalid { field: "strategy", why: "asked_already" });
        }
        Some(open) if open.revision != seen => {
            let (mine, theirs) = (wish.strategy.as_code(), open.strategy.as_code());
            return Err(conflict(open.revision, "strategy", mine, theirs, &open.by));
        }
        Some(_) => {}
    }
    let reason = needed(wish.reason, "reason")?;
    let before = strategy::in_force(ctx.tx, customer)?;
    // A plan that runs may be changed; anything else that is in force need not be put forward again.
    if wish.strategy == before && !before.has_plan() {
        return Err(Refusal::Invalid { field: "strategy", why: "in_force_already" });
    }
    let balance = strategy::balance(ctx.tx, customer)?;
    if let Some(fault) = pack::shared().fault_of(wish.strategy, wish.steps, balance, ctx.today) {
        return Err(Refusal::Invalid { field: "plan", why: why_of(fault) });
    }
    let stand = Stand { before, balance, open };
    Ok(write(ctx, customer, wish, &reason, &stand)?.into())
}

/// The codes under which a refusal tells what a plan lacks.
const fn why_of(fault: PlanFault) -> &'static str {
    match fault {
        PlanFault::NoPlan => "no_plan",
        PlanFault::TooMany => "too_many_steps",
        PlanFault::Days => "step_days",
        PlanFault::TooFar => "too_far",
        PlanFault::Targets => "step_targets",
        PlanFault::NotNothing => "not_nothing",
        PlanFault::Measure => "step_measure",
    }
}

/// Lays a proposal down, over the one that waits if there is one. What takes no second person is in
/// force at once.
fn write(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    wish: &Wish<'_>,
    reason: &str,
    stand: &Stand,
) -> Result<Written, Refusal> {
    const NEW: &str = "
        INSERT INTO strategies (customer_id, n, state, before, strategy, reason, visit_id, balance,
            pack, proposed_by, proposed_at)
        VALUES (:customer, :n, 'proposed', :before, :strategy, :reason, :visit, :balance, :pack, :me, :at)";
    const AGAIN: &str = "
        UPDATE strategies SET before = :before, strategy = :strategy, reason = :reason,
            visit_id = coalesce(:visit, visit_id), balance = :balance, pack = :pack,
            proposed_by = :me, proposed_at = :at, revision = revision + 1
        WHERE customer_id = :customer AND n = :n";
    const NEXT: &str = "SELECT coalesce(max(n), 0) + 1 FROM strategies WHERE customer_id = ?1";
    let rules = pack::shared();
    let Stand { before, balance, open } = stand;
    let n = match open {
        Some(open) => open.n,
        None => ctx.tx.prepare_cached(NEXT)?.query_row([customer.as_str()], |row| row.get(0))?,
    };
    ctx.tx.prepare_cached(if open.is_some() { AGAIN } else { NEW })?.execute(named_params! {
        ":customer": customer.as_str(), ":n": n, ":before": before.as_code(),
        ":strategy": wish.strategy.as_code(), ":reason": reason,
        ":visit": wish.visit.map(VisitId::as_str), ":balance": balance.map(|fen| fen.0),
        ":pack": rules.id, ":me": ctx.actor.user.as_str(), ":at": ctx.at(),
    })?;
    let steps = write_steps(ctx, customer, n, wish.steps)?;
    let state = if rules.takes_two(*before, wish.strategy) {
        notice::strategy_open(ctx, customer, n)?;
        StrategyState::Proposed
    } else {
        put_in_force(ctx, customer, n, StrategyState::Noted, None)?;
        StrategyState::Noted
    };
    let was = Object::new().text("strategy", before.as_code()).done();
    let after = Object::new()
        .int("n", n)
        .text("strategy", wish.strategy.as_code())
        .text("state", state.as_code())
        .text("reason", reason)
        .maybe("visit", wish.visit.map(VisitId::as_str))
        .text("pack", &rules.id)
        .raw("steps", &steps)
        .done();
    Ok(Written::plain(customer.as_str(), Some(was), Some(after)))
}

/// Replaces the steps of a proposal; returns them as the journal keeps them.
fn write_steps(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    n: i64,
    steps: &[PlanStep],
) -> Result<String, Refusal> {
    const STEP: &str = "
        INSERT INTO strategy_steps (customer_id, n, step, due_on, target, measure)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    ctx.tx
        .prepare_cached("DELETE FROM strategy_steps WHERE customer_id = ?1 AND n = ?2")?
        .execute(params![customer.as_str(), n])?;
    let mut told = Vec::with_capacity(steps.len());
    for (step, at) in steps.iter().zip(1_i64..) {
        let (due, measure) = (step.due.to_string(), needed(&step.measure, "measure")?);
        ctx.tx.prepare_cached(STEP)?.execute(params![
            customer.as_str(),
            n,
            at,
            due,
            step.target.0,
            measure
        ])?;
        let one = Object::new().text("due", &due).int("target", step.target.0);
        told.push(one.text("measure", &measure).done());
    }
    Ok(format!("[{}]", told.join(",")))
}

/// Brings a strategy into force over the one before.
fn put_in_force(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    n: i64,
    state: StrategyState,
    decided: Option<&str>,
) -> Result<(), Refusal> {
    const OVER: &str = "UPDATE strategies SET in_force = 0 WHERE customer_id = ?1 AND in_force = 1";
    const NOW: &str = "
        UPDATE strategies SET state = :state, in_force = 1, decided_by = :by, decided_at = :at,
            note = :note, revision = revision + 1
        WHERE customer_id = :customer AND n = :n";
    ctx.tx.prepare_cached(OVER)?.execute([customer.as_str()])?;
    let by = decided.map(|_| ctx.actor.user.as_str());
    ctx.tx.prepare_cached(NOW)?.execute(named_params! {
        ":state": state.as_code(), ":by": by, ":at": by.map(|_| ctx.at()), ":note": decided,
        ":customer": customer.as_str(), ":n": n,
    })?;
    // Met before it is planned, so that the plan needs no second look.
    strategy::meet(ctx.tx, Some(customer), ctx.today)?;
    ctx.replan(customer)?;
    lateness::propose(ctx.tx, ctx.packs, Some(customer), ctx.today, ctx.now)?;
    Ok(())
}

/// The proposal that a decision means, if it waits and is the one that was seen.
fn meant(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    (n, seen): (i64, Revision),
    mine: &str,
) -> Result<Open, Refusal> {
    const KNOWN: &str = "SELECT 1 FROM strategies WHERE customer_id = ?1 AND n = ?2";
    ctx.require_scope(customer)?;
    match waiting(ctx, customer)? {
        Some(open) if open.n == n && open.revision == seen => Ok(open),
        Some(open) if open.n == n => {
            Err(conflict(open.revision, "state", mine, "proposed", &open.by))
        }
        _ if ctx.tx.prepare_cached(KNOWN)?.exists(params![customer.as_str(), n])? => {
            Err(Refusal::WrongState { state: "decided".to_owned() })
        }
        _ => Err(Refusal::NotFound),
    }
}

fn decide(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    which: (i64, Revision),
    approve: bool,
    note: &str,
) -> Result<Done, Refusal> {
    const REFUSE: &str = "
        UPDATE strategies SET state = 'refused', decided_by = :me, decided_at = :at, note = :note,
            revision = revision + 1
        WHERE customer_id = :customer AND n = :n";
    ctx.require(Action::Review)?;
    let open = meant(ctx, customer, which, if approve { "approved" } else { "refused" })?;
    ctx.require_other(&open.by, open.visit.as_ref())?;
    let note = if approve { words(note, "note")? } else { needed(note, "note")? };
    let before = strategy::in_force(ctx.tx, customer)?;
    if approve {
        require_ready(ctx, customer, &open)?;
        put_in_force(ctx, customer, open.n, StrategyState::Approved, Some(&note))?;
    } else {
        ctx.tx.prepare_cached(REFUSE)?.execute(named_params! {
            ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":note": note,
            ":customer": customer.as_str(), ":n": open.n,
        })?;
    }
    notice::strategy_decided(ctx, customer, open.n, &open.by)?;
    let state = if approve { StrategyState::Approved } else { StrategyState::Refused };
    let was = Object::new().int("n", open.n).text("strategy", before.as_code()).done();
    let after = Object::new()
        .int("n", open.n)
        .text("strategy", open.strategy.as_code())
        .text("state", state.as_code())
        .text("note", &note)
        .done();
    Ok(Written::plain(customer.as_str(), Some(was), Some(after)).into())
}

/// What is approved has a plan that still holds, and a record behind it that was handed in.
fn require_ready(ctx: &Ctx<'_>, customer: &CustomerId, open: &Open) -> Result<(), Refusal> {
    const STEPS: &str = "SELECT due_on, target, measure FROM strategy_steps
        WHERE customer_id = ?1 AND n = ?2 ORDER BY step";
    const RECORD: &str =
        "SELECT state FROM records WHERE visit_id = ?1 ORDER BY version DESC LIMIT 1";
    let invalid = |why| Refusal::Invalid { field: "plan", why };
    let steps: Vec<PlanStep> = ctx
        .tx
        .prepare_cached(STEPS)?
        .query_map(params![customer.as_str(), open.n], |row| {
            let target = Fen(row.get(1)?);
            Ok(PlanStep { due: day(row, 0)?, target, measure: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    if open.strategy.has_plan() && steps.is_empty() {
        return Err(invalid("no_steps"));
    }
    let balance = strategy::balance(ctx.tx, customer)?;
    match pack::shared().fault_of(open.strategy, &steps, balance, ctx.today) {
        // What was paid since it was put forward is no reason to begin anew.
        None | Some(PlanFault::Targets) => {}
        Some(fault) => return Err(invalid(why_of(fault))),
    }
    let Some(visit) = &open.visit else { return Ok(()) };
    let mut statement = ctx.tx.prepare_cached(RECORD)?;
    let state = statement
        .query_row([visit.as_str()], |row| maybe_code(row, 0, VisitState::from_code))
        .optional()?
        .flatten();
    if state.is_some_and(VisitState::is_open) {
        return Err(Refusal::Invalid { field: "strategy", why: "record_open" });
    }
    Ok(())
}

fn withdraw(ctx: &Ctx<'_>, customer: &CustomerId, n: i64, seen: Revision) -> Result<Done, Refusal> {
    if !ctx.actor.may(Action::Visit) && !ctx.actor.may(Action::HandleFlags) {
        return Err(Refusal::NotAllowed);
    }
    let open = meant(ctx, customer, (n, seen), "withdrawn")?;
    if open.by != ctx.actor.user.as_str() {
        return Err(Refusal::NotAllowed);
    }
    take_away(ctx, customer, n)?;
    let before = Object::new().int("n", n).text("strategy", open.strategy.as_code()).done();
    let after = Object::new().int("n", n).text("state", "withdrawn").done();
    Ok(Written::plain(customer.as_str(), Some(before), Some(after)).into())
}

/// A proposal that nobody has decided on waits no longer.
fn take_away(ctx: &Ctx<'_>, customer: &CustomerId, n: i64) -> Result<(), Refusal> {
    const SQL: &str = "UPDATE strategies SET state = 'withdrawn', revision = revision + 1
        WHERE customer_id = ?1 AND n = ?2";
    ctx.tx.prepare_cached(SQL)?.execute(params![customer.as_str(), n])?;
    Ok(())
}

#[cfg(test)]
mod tests;
