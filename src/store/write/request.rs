//! Requests (延期与终止): an officer asks, a supervisor who did not ask decides. The original due date
//! is never touched; planning reads the approved request beside it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, named_params, params};

use super::canon::Object;
use super::{Ctx, Done, Written, conflict, needed, notice, words};
use crate::access::Action;
use crate::domain::duty::Duty;
use crate::domain::ids::{CustomerId, RequestId};
use crate::domain::order::RequestKind;
use crate::planning;
use crate::protocol::command::{RequestCommand, Revision};
use crate::protocol::reply::Refusal;
use crate::store::project::{decode_duties, level_of};
use crate::store::row::free_id;
use crate::store::row::{maybe_day, strange};

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &RequestCommand) -> Result<Done, Refusal> {
    match command {
        RequestCommand::Ask { .. } => ask(ctx, command),
        RequestCommand::Decide { bundle, seen, approve, note } => {
            decide(ctx, (bundle, *seen), *approve, note)
        }
        RequestCommand::Withdraw { bundle } => withdraw(ctx, bundle),
    }
}

/// Whether a request has an id, or had it before it was taken back: a message or a decision that is
/// still under way would hit another one.
const TAKEN: &str = "
    SELECT 1 FROM requests WHERE request_id = ?1
    UNION ALL SELECT 1 FROM journal WHERE subject = ?1 LIMIT 1";

/// Asks for all duties of a due visit at once: they are decided together.
fn ask(ctx: &Ctx<'_>, command: &RequestCommand) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO requests (request_id, customer_id, code, ref, raw_due, kind, new_due, reason,
            requested_by, origin)
        VALUES (:id, :customer, :code, :ref, :raw_due, :kind, :new_due, :reason, :me, 'here')";
    const CARE: &str = "
        INSERT INTO request_care (request_id, bundle, interim, asked_at, ground)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    let RequestCommand::Ask { customer, due, kind, new_due, reason, interim, ground } = command
    else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::Visit)?;
    ctx.require_scope(customer)?;
    let reason = needed(reason, "reason")?;
    let interim = words(interim, "interim")?;
    let duties = duties_of(ctx, customer, *due)?;
    let new_due = check_date(ctx, *kind, *new_due, &duties)?;
    if interim.is_empty() && needs_interim(ctx, customer)? {
        return Err(Refusal::Invalid { field: "interim", why: "missing" });
    }
    refuse_twice(ctx, customer, &duties)?;
    let base = format!("R-{customer}-{}", ctx.today.format("%Y%m%d"));
    let bundle = free_id(ctx.tx, TAKEN, &base)?;
    for (n, duty) in (1..).zip(&duties) {
        let id = if n == 1 { bundle.clone() } else { format!("{bundle}.{n}") };
        ctx.tx.prepare_cached(SQL)?.execute(named_params! {
            ":id": id, ":customer": customer.as_str(), ":code": duty.code.as_code(),
            ":ref": duty.reference, ":raw_due": duty.raw_due.to_string(), ":kind": kind.as_code(),
            ":new_due": new_due.map(|day| day.to_string()), ":reason": reason,
            ":me": ctx.actor.user.as_str(),
        })?;
        ctx.tx.prepare_cached(CARE)?.execute(params![
            id,
            bundle,
            interim,
            ctx.at(),
            ground.as_code()
        ])?;
    }
    notice::request_open(ctx, customer, &bundle)?;
    let named: BTreeSet<String> = duties
        .iter()
        .map(|d| format!("{}:{}@{}", d.code.as_code(), d.reference, d.raw_due))
        .collect();
    let after = Object::new()
        .text("kind", kind.as_code())
        .text("duties", &named.into_iter().collect::<Vec<_>>().join(";"))
        .maybe("new_due", new_due.map(|day| day.to_string()).as_deref())
        .text("ground", ground.as_code())
        .text("reason", &reason)
        .text("interim", &interim)
        .done();
    Ok(Written::plain(&bundle, None, Some(after)).into())
}

/// The duties of the due visit as it is projected.
fn duties_of(ctx: &Ctx<'_>, customer: &CustomerId, due: NaiveDate) -> Result<Vec<Duty>, Refusal> {
    const SQL: &str =
        "SELECT duties FROM due_visits WHERE customer_id = ?1 AND due = ?2 ORDER BY n";
    ctx.replan(customer)?;
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let mut rows = statement.query([customer.as_str(), &due.to_string()])?;
    let mut duties = Vec::new();
    while let Some(row) = rows.next()? {
        duties.extend(
            decode_duties(row.get_ref(0)?.as_str().unwrap_or_default())
                .ok_or_else(|| strange(0))?,
        );
    }
    // Met, moved or ended meanwhile: the screen shows what is due now.
    if duties.is_empty() { Err(Refusal::NotFound) } else { Ok(duties) }
}

/// A delay has a new date: after the present one, not before today, and within the policy's limit.
fn check_date(
    ctx: &Ctx<'_>,
    kind: RequestKind,
    new_due: Option<NaiveDate>,
    duties: &[Duty],
) -> Result<Option<NaiveDate>, Refusal> {
    let refuse = |why| Err(Refusal::Invalid { field: "new_due", why });
    if kind == RequestKind::Termination {
        return Ok(None);
    }
    let Some(day) = new_due else { return refuse("missing") };
    if day < ctx.today {
        return refuse("past");
    }
    if duties.iter().any(|duty| day <= duty.due) {
        return refuse("not_later");
    }
    let last = planning::last_delay(duties, &ctx.packs.policy, ctx.today);
    match last {
        None => return refuse("put_off_enough"),
        Some(last) if day > last => return Err(Refusal::TooFar { field: "new_due", last }),
        Some(_) => {}
    }
    Ok(Some(day))
}

/// Whether the customer has an open flag so grave that something must be done meanwhile.
fn needs_interim(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<bool, Refusal> {
    const SQL: &str = "SELECT max(level) FROM due_visits WHERE customer_id = ?1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rank: Option<i64> = statement.query_row([customer.as_str()], |row| row.get(0))?;
    let level = rank.and_then(level_of);
    Ok(level.is_some_and(|level| level >= ctx.packs.policy.delay.interim_from))
}

fn refuse_twice(ctx: &Ctx<'_>, customer: &CustomerId, duties: &[Duty]) -> Result<(), Refusal> {
    const SQL: &str = "
        SELECT 1 FROM requests WHERE customer_id = ?1 AND code = ?2 AND ref = ?3 AND raw_due = ?4
            AND decision IS NULL";
    for duty in duties {
        let raw_due = duty.raw_due.to_string();
        let key = params![customer.as_str(), duty.code.as_code(), duty.reference, raw_due];
        if ctx.tx.prepare_cached(SQL)?.exists(key)? {
            return Err(Refusal::Invalid { field: "request", why: "asked_already" });
        }
    }
    Ok(())
}

/// What a bundle holds that the decision needs.
struct Bundle {
    customer: CustomerId,
    requested_by: String,
    open: bool,
    new_due: Option<NaiveDate>,
    /// Of its duties, which are only ever written together.
    revision: Revision,
}

fn load(ctx: &Ctx<'_>, bundle: &RequestId) -> Result<Bundle, Refusal> {
    const SQL: &str = "
        SELECT r.customer_id, coalesce(r.requested_by, ''), r.decision IS NULL, r.new_due,
            (SELECT max(a.revision) FROM request_care o JOIN requests a USING (request_id)
                WHERE o.bundle = ?1)
        FROM request_care k JOIN requests r USING (request_id)
        WHERE k.bundle = ?1 ORDER BY r.decision IS NULL LIMIT 1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement
        .query_row([bundle.as_str()], |row| {
            let customer = CustomerId(row.get(0)?);
            let new_due = maybe_day(row, 3)?;
            let (requested_by, open, revision) = (row.get(1)?, row.get(2)?, row.get(4)?);
            Ok(Bundle { customer, requested_by, open, new_due, revision })
        })
        .optional()?;
    let found = found.ok_or(Refusal::NotFound)?;
    ctx.require_scope(&found.customer)?;
    if !found.open {
        return Err(Refusal::WrongState { state: "decided".to_owned() });
    }
    Ok(found)
}

/// A supervisor who did not ask approves or refuses all duties of the request.
fn decide(
    ctx: &Ctx<'_>,
    (bundle, seen): (&RequestId, Revision),
    approve: bool,
    note: &str,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE requests SET decision = :decision, decided_by = :me, decided_on = :today,
            revision = revision + 1
        WHERE request_id IN (SELECT request_id FROM request_care WHERE bundle = :bundle)";
    const NOTE: &str = "UPDATE request_care SET note = ?2 WHERE bundle = ?1";
    ctx.require(Action::Review)?;
    let found = load(ctx, bundle)?;
    let me = ctx.actor.user.as_str();
    ctx.require_other(&found.requested_by, None)?;
    if seen != found.revision {
        let mine = if approve { "approved" } else { "refused" };
        return Err(conflict(found.revision, "decision", mine, "", &found.requested_by));
    }
    let note = if approve { words(note, "note")? } else { needed(note, "note")? };
    if approve && found.new_due.is_some_and(|day| day < ctx.today) {
        return Err(Refusal::Invalid { field: "new_due", why: "past" });
    }
    let decision = if approve { "approved" } else { "refused" };
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":decision": decision, ":me": me, ":today": ctx.today.to_string(),
        ":bundle": bundle.as_str(),
    })?;
    ctx.tx.prepare_cached(NOTE)?.execute([bundle.as_str(), &note])?;
    ctx.replan(&found.customer)?;
    notice::request_decided(ctx, &found.customer, bundle.as_str(), &found.requested_by)?;
    let before = Object::new().maybe("decision", None).done();
    let after = Object::new().text("decision", decision).text("note", &note).done();
    Ok(Written::plain(bundle.as_str(), Some(before), Some(after)).into())
}

/// Takes an own open request back; the journal keeps that it was made.
fn withdraw(ctx: &Ctx<'_>, bundle: &RequestId) -> Result<Done, Refusal> {
    ctx.require(Action::Visit)?;
    let found = load(ctx, bundle)?;
    if found.requested_by != ctx.actor.user.as_str() {
        return Err(Refusal::NotAllowed);
    }
    let ids = "SELECT group_concat(request_id, ';') FROM request_care WHERE bundle = ?1";
    let rows: String =
        ctx.tx.prepare_cached(ids)?.query_row([bundle.as_str()], |row| row.get(0))?;
    ctx.tx
        .prepare_cached("DELETE FROM request_care WHERE bundle = ?1")?
        .execute([bundle.as_str()])?;
    for id in rows.split(';') {
        ctx.tx.prepare_cached("DELETE FROM requests WHERE request_id = ?1")?.execute([id])?;
    }
    let before = Object::new().text("requests", &rows).done();
    Ok(Written::plain(bundle.as_str(), Some(before), None).into())
}

#[cfg(test)]
mod tests;
