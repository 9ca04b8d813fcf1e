//! Tiers: one person puts a tier forward, another confirms it; then it stands with the customer, and
//! her visits are planned by it. What happened to a debtor is noted beside it.

use chrono::{Days, NaiveDate};
use rusqlite::{OptionalExtension as _, named_params, params};

use super::canon::Object;
use super::inverse::{Change, Inverse, Undoable};
use super::record::Record;
use super::{Ctx, Done, Written, needed, notice, words};
use crate::access::Action;
use crate::assets::tiers as pack;
use crate::domain::gap::{Gap, GapKind};
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::tier::{TierEvent, TierReason};
use crate::protocol::command::TierCommand;
use crate::protocol::reply::Refusal;
use crate::store::project::{CadenceDates, cadence_change, keep_duties, set_cadence};
use crate::store::row::code;
use crate::store::{portfolio, tiers};

/// Characters of a grade within a tier.
const SUBGRADE: usize = 12;
/// Where the gap of a tier that waits leads.
const GAP: &str = "tier";

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &TierCommand) -> Result<Done, Refusal> {
    match command {
        TierCommand::Propose { customer, tier, subgrade, reason } => {
            put_forward(ctx, customer, (*tier, subgrade), reason)
        }
        TierCommand::Decide { customer, n, confirm, note } => {
            decide(ctx, customer, *n, *confirm, note)
        }
        TierCommand::Withdraw { customer, n } => withdraw(ctx, customer, *n),
        TierCommand::Note { customer, event, since, ended, note } => {
            note_event(ctx, customer, (*event, *since), *ended, note)
        }
    }
}

fn may_propose(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let may = ctx.actor.may(Action::Visit) || ctx.actor.may(Action::HandleFlags);
    if may { Ok(()) } else { Err(Refusal::NotAllowed) }
}

/// The tier that plans now.
fn in_force(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<Tier, Refusal> {
    const SQL: &str = "SELECT coalesce(x.tier, c.tier, 'normal') FROM customers c
        LEFT JOIN customer_facts x ON x.customer_id = c.customer_id WHERE c.customer_id = ?1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found =
        statement.query_row([customer.as_str()], |row| code(row, 0, Tier::from_code)).optional()?;
    found.ok_or(Refusal::NotFound)
}

/// Nobody decides upon a better tier than what binds the debtor asks for at least, from wherever she
/// comes: arrears, an event that has not ended, an observation that still runs. And a bad one rises
/// no further while her payments are not proper for long enough yet.
fn require_floor(ctx: &Ctx<'_>, customer: &CustomerId, tier: Tier) -> Result<(), Refusal> {
    let best = tiers::best_of(ctx.tx, customer, ctx.today)?.ok_or(Refusal::NotFound)?;
    if tier >= best.tier {
        return Ok(());
    }
    let why = match best.reasons.first() {
        Some(TierReason::Overdue { .. }) => "still_overdue",
        Some(TierReason::Event(event)) if event.is_observed() => "observed",
        Some(TierReason::Event(_)) => "event_stands",
        Some(TierReason::BadShare(_)) => "bad_share",
        Some(TierReason::NotCured(..) | TierReason::NoSchedule | TierReason::Cured(..)) | None => {
            "not_cured"
        }
    };
    Err(Refusal::Invalid { field: "tier", why })
}

/// The gap of a tier that waits: what is proposed differs from the tier in force, and it was neither
/// decided upon nor put forward within the days that a confirmation may be old. An amendment is of a
/// visit that was handed in before.
pub(super) fn gap(ctx: &Ctx<'_>, record: &Record) -> Result<Option<Gap>, Refusal> {
    let sql = format!(
        "SELECT 1 FROM tier_proposals p WHERE p.customer_id = ?1 AND NOT {} AND NOT EXISTS (
            SELECT 1 FROM tier_decisions d WHERE d.customer_id = p.customer_id
                AND d.state = 'proposed' AND date(d.proposed_at, '+8 hours') >= ?2)",
        tiers::answered()
    );
    if record.version > 1 {
        return Ok(None);
    }
    tiers::refresh(ctx.tx, &record.customer, ctx.today)?;
    let since = ctx.today.checked_sub_days(Days::new(pack::shared().confirm_days));
    let since = since.unwrap_or(ctx.today).to_string();
    let waits = ctx.tx.prepare_cached(&sql)?.exists([record.customer.as_str(), &since])?;
    Ok(waits.then(|| Gap { item: GAP.to_owned(), kind: GapKind::Unclassified }))
}

fn put_forward(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    (tier, subgrade): (Tier, &str),
    reason: &str,
) -> Result<Done, Refusal> {
    const OPEN: &str = "SELECT 1 FROM tier_decisions WHERE customer_id = ?1 AND state = 'proposed'";
    const SQL: &str = "
        INSERT INTO tier_decisions (customer_id, n, state, before, tier, machine, machine_reasons,
            pack, reason, proposed_by, proposed_at, subgrade)
        VALUES (:customer, (SELECT coalesce(max(n), 0) + 1 FROM tier_decisions
            WHERE customer_id = :customer), 'proposed', :before, :tier, :machine, :reasons, :pack,
            :reason, :me, :at, :subgrade)";
    may_propose(ctx)?;
    ctx.require_scope(customer)?;
    if ctx.tx.prepare_cached(OPEN)?.exists([customer.as_str()])? {
        return Err(Refusal::Invalid { field: "tier", why: "asked_already" });
    }
    ctx.replan(customer)?;
    let standing = tiers::refresh(ctx.tx, customer, ctx.today)?;
    let (before, machine) = standing.ok_or(Refusal::NotFound)?;
    require_floor(ctx, customer, tier)?;
    let subgrade = words(subgrade, "subgrade")?;
    if subgrade.chars().count() > SUBGRADE || subgrade.contains('\n') {
        return Err(Refusal::Invalid { field: "subgrade", why: "too_long" });
    }
    let subgrade = Some(subgrade).filter(|text| !text.is_empty());
    // Agreeing with the machine needs no words; everything else does.
    let reason =
        if tier == machine.tier { words(reason, "reason")? } else { needed(reason, "reason")? };
    let pack = pack::shared().id.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":customer": customer.as_str(), ":before": before.as_code(), ":tier": tier.as_code(),
        ":machine": machine.tier.as_code(), ":reasons": machine.encode_reasons(), ":pack": pack,
        ":reason": reason, ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":subgrade": subgrade,
    })?;
    notice::tier_open(ctx, customer)?;
    let after = Object::new()
        .text("tier", tier.as_code())
        .text("subgrade", subgrade.as_deref().unwrap_or_default())
        .text("machine", machine.tier.as_code())
        .text("machine_reasons", &machine.encode_reasons())
        .text("pack", pack)
        .text("reason", &reason)
        .done();
    let was = Object::new().text("tier", before.as_code()).done();
    Ok(Written::plain(customer.as_str(), Some(was), Some(after)).into())
}

/// An open proposal: its tier, and who made it.
fn open(ctx: &Ctx<'_>, customer: &CustomerId, n: i64) -> Result<(Tier, String), Refusal> {
    const SQL: &str =
        "SELECT tier, proposed_by, state FROM tier_decisions WHERE customer_id = ?1 AND n = ?2";
    ctx.require_scope(customer)?;
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement
        .query_row(params![customer.as_str(), n], |row| {
            Ok((code(row, 0, Tier::from_code)?, row.get(1)?, row.get::<_, String>(2)?))
        })
        .optional()?;
    match found {
        None => Err(Refusal::NotFound),
        Some((tier, by, state)) if state == "proposed" => Ok((tier, by)),
        Some(_) => Err(Refusal::WrongState { state: "decided".to_owned() }),
    }
}

fn decide(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    n: i64,
    confirm: bool,
    note: &str,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE tier_decisions SET state = :state, decided_by = :me, decided_at = :at, note = :note
        WHERE customer_id = :customer AND n = :n";
    ctx.require(Action::Review)?;
    let (tier, by) = open(ctx, customer, n)?;
    ctx.require_other(&by, None)?;
    let before = in_force(ctx, customer)?;
    if confirm {
        // What stands against it may have happened since it was put forward.
        require_floor(ctx, customer, tier)?;
    }
    let note = if confirm { words(note, "note")? } else { needed(note, "note")? };
    let state = if confirm { "confirmed" } else { "refused" };
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":state": state, ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":note": note,
        ":customer": customer.as_str(), ":n": n,
    })?;
    if confirm {
        take_over(ctx, customer, tier)?;
    }
    tiers::refresh(ctx.tx, customer, ctx.today)?;
    notice::tier_decided(ctx, customer, n, &by)?;
    let was = Object::new().text("tier", before.as_code()).done();
    let after = Object::new()
        .int("n", n)
        .text("decision", state)
        .text("tier", tier.as_code())
        .text("note", &note)
        .done();
    Ok(Written::plain(customer.as_str(), Some(was), Some(after)).into())
}

/// The confirmed tier stands with the customer: cadence and plan follow.
fn take_over(ctx: &Ctx<'_>, customer: &CustomerId, tier: Tier) -> Result<(), Refusal> {
    const SQL: &str =
        "UPDATE customers SET tier = ?2, revision = revision + 1 WHERE customer_id = ?1";
    let then = portfolio::load(ctx.tx, ctx.packs, customer)?.ok_or(Refusal::NotFound)?;
    ctx.tx.prepare_cached(SQL)?.execute([customer.as_str(), tier.as_code()])?;
    let now = portfolio::load(ctx.tx, ctx.packs, customer)?.ok_or(Refusal::NotFound)?;
    // The projection still holds the cell as it was.
    if let Some(change) = cadence_change(ctx.tx, ctx.packs, &then, &now, ctx.today)? {
        let set = CadenceDates { since: true, extra: change.extra };
        keep_duties(ctx.tx, ctx.packs, (&then, &now), set, ctx.today)?;
        set_cadence(ctx.tx, customer, ctx.today, set)?;
    }
    ctx.replan(customer)
}

fn withdraw(ctx: &Ctx<'_>, customer: &CustomerId, n: i64) -> Result<Done, Refusal> {
    const SQL: &str =
        "UPDATE tier_decisions SET state = 'withdrawn' WHERE customer_id = ?1 AND n = ?2";
    may_propose(ctx)?;
    let (tier, by) = open(ctx, customer, n)?;
    if by != ctx.actor.user.as_str() {
        return Err(Refusal::NotAllowed);
    }
    ctx.tx.prepare_cached(SQL)?.execute(params![customer.as_str(), n])?;
    let before = Object::new().int("n", n).text("tier", tier.as_code()).done();
    let after = Object::new().int("n", n).text("state", "withdrawn").done();
    Ok(Written::plain(customer.as_str(), Some(before), Some(after)).into())
}

/// An event as it is noted.
#[derive(Debug, Clone)]
struct Noted {
    ended_on: Option<String>,
    note: String,
    by: String,
    at: String,
}

/// The way back of a noted event.
#[derive(Debug, Clone)]
pub(super) struct Back {
    event: TierEvent,
    since: NaiveDate,
    /// What was there; `None` = it was noted by mistake.
    before: Option<Noted>,
    /// When it was written: whoever writes it later acts upon it.
    at: String,
}

fn noted(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    (event, since): (TierEvent, NaiveDate),
) -> Result<Option<Noted>, Refusal> {
    const SQL: &str = "SELECT ended_on, note, by, at FROM tier_events
        WHERE customer_id = ?1 AND event = ?2 AND since = ?3";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let key = [customer.as_str(), event.as_code(), &since.to_string()];
    let row = statement.query_row(key, |row| {
        Ok(Noted { ended_on: row.get(0)?, note: row.get(1)?, by: row.get(2)?, at: row.get(3)? })
    });
    Ok(row.optional()?)
}

/// Notes what happened to a debtor, or that it has ended; what was ended by mistake is noted again.
/// The machine looks again at once.
fn note_event(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    (event, since): (TierEvent, NaiveDate),
    ended: bool,
    note: &str,
) -> Result<Done, Refusal> {
    const ADD: &str = "
        INSERT INTO tier_events (customer_id, event, since, ended_on, note, by, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    const SET: &str = "
        UPDATE tier_events SET ended_on = ?4, note = note || char(10) || ?5, by = ?6, at = ?7
        WHERE customer_id = ?1 AND event = ?2 AND since = ?3";
    may_propose(ctx)?;
    ctx.require_scope(customer)?;
    let note = needed(note, "note")?;
    // The first new due date after a restructuring lies ahead as a rule.
    if since > ctx.today && !event.is_observed() {
        return Err(Refusal::Invalid { field: "happened_on", why: "future" });
    }
    let before = noted(ctx, customer, (event, since))?;
    let (sql, state, ended_on) = match (ended, before.as_ref().map(|row| &row.ended_on)) {
        (true, Some(None)) => (SET, "ended", Some(ctx.today.to_string())),
        (true, _) => return Err(Refusal::NotFound),
        (false, Some(None)) => return Err(Refusal::Invalid { field: "event", why: "exists" }),
        (false, Some(Some(_))) => (SET, "reopened", None),
        (false, None) => (ADD, "noted", None),
    };
    let (me, at, day) = (ctx.actor.user.as_str(), ctx.at(), since.to_string());
    let values = params![customer.as_str(), event.as_code(), day, ended_on, note, me, at];
    ctx.tx.prepare_cached(sql)?.execute(values)?;
    tiers::refresh(ctx.tx, customer, ctx.today)?;
    let told = told_event(event, since).text("state", state).text("note", &note);
    let mut written = Written::plain(customer.as_str(), None, Some(told.done()));
    written.undo = Some(Undoable {
        command: "note_tier_event",
        subject: customer.as_str().to_owned(),
        part: format!("{}:{day}", event.as_code()),
        from: 0,
        to: 1,
        inverse: Inverse::TierEvent(Box::new(Back { event, since, before, at })),
    });
    Ok(written.into())
}

fn told_event(event: TierEvent, since: NaiveDate) -> Object {
    Object::new().text("event", event.as_code()).text("since", &since.to_string())
}

/// Puts an event back as it was, unless somebody has written it since. The machine looks again.
pub(super) fn take_back(ctx: &Ctx<'_>, customer: &str, back: &Back) -> Result<Change, Refusal> {
    const PUT: &str = "
        UPDATE tier_events SET ended_on = ?4, note = ?5, by = ?6, at = ?7
        WHERE customer_id = ?1 AND event = ?2 AND since = ?3";
    const DROP: &str =
        "DELETE FROM tier_events WHERE customer_id = ?1 AND event = ?2 AND since = ?3";
    let customer = &CustomerId::from(customer);
    may_propose(ctx)?;
    ctx.require_scope(customer)?;
    let (event, since) = (back.event, back.since);
    let now = noted(ctx, customer, (event, since))?.ok_or(Refusal::NotFound)?;
    if now.at != back.at || now.by != ctx.actor.user.as_str() {
        return Err(Refusal::WrongState { state: "acted_on".to_owned() });
    }
    let key = (customer.as_str(), event.as_code(), since.to_string());
    if let Some(was) = &back.before {
        let values = params![key.0, key.1, key.2, was.ended_on, was.note, was.by, was.at];
        ctx.tx.prepare_cached(PUT)?.execute(values)?;
    } else {
        ctx.tx.prepare_cached(DROP)?.execute(params![key.0, key.1, key.2])?;
    }
    tiers::refresh(ctx.tx, customer, ctx.today)?;
    let told = |row: &Noted| {
        let told = told_event(event, since).maybe("ended_on", row.ended_on.as_deref());
        told.text("note", &row.note).done()
    };
    Ok(Change { before: Some(told(&now)), after: back.before.as_ref().map(told), revision: 1 })
}

#[cfg(test)]
mod tests;
