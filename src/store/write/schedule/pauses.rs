//! Pauses: a supervisor decides that nothing is asked of a customer for a while. What is due stays
//! due and in sight; proposals and reminders wait until the day after.

use chrono::{Days, NaiveDate};
use rusqlite::{OptionalExtension as _, Row, named_params};

use super::{Back, Swap, require_seen, written};
use crate::access::Action;
use crate::domain::ids::{CustomerId, UserId};
use crate::protocol::command::Revision;
use crate::protocol::reply::Refusal;
use crate::store::row::{day, id};
use crate::store::write::canon::Object;
use crate::store::write::{Ctx, Done, needed};

/// A row of `pauses`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store::write) struct Kept {
    customer: CustomerId,
    until: NaiveDate,
    reason: String,
    by: UserId,
    at: String,
    revision: Revision,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        customer: id(row, 0)?,
        until: day(row, 1)?,
        reason: row.get(2)?,
        by: id(row, 3)?,
        at: row.get(4)?,
        revision: row.get(5)?,
    })
}

/// The pause of a customer, over or not.
fn load(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<Option<Kept>, Refusal> {
    const SQL: &str = "SELECT customer_id, until, reason, set_by, set_at, revision FROM pauses \
        WHERE customer_id = ?1";
    Ok(ctx.tx.prepare_cached(SQL)?.query_row([customer.as_str()], read).optional()?)
}

impl Kept {
    fn insert(&self, ctx: &Ctx<'_>) -> Result<(), Refusal> {
        const SQL: &str = "INSERT INTO pauses (customer_id, until, reason, set_by, set_at, \
            revision) VALUES (:customer, :until, :reason, :by, :at, :revision)";
        ctx.tx.prepare_cached(SQL)?.execute(named_params! {
            ":customer": self.customer.as_str(), ":until": self.until.to_string(),
            ":reason": self.reason, ":by": self.by.as_str(), ":at": self.at,
            ":revision": self.revision,
        })?;
        Ok(())
    }

    fn delete(&self, ctx: &Ctx<'_>) -> Result<(), Refusal> {
        const SQL: &str = "DELETE FROM pauses WHERE customer_id = ?1";
        ctx.tx.prepare_cached(SQL)?.execute([self.customer.as_str()])?;
        Ok(())
    }
}

fn told(kept: Option<&Kept>) -> String {
    let Some(kept) = kept else { return Object::new().done() };
    Object::new().text("until", &kept.until.to_string()).text("reason", &kept.reason).done()
}

/// What is there, if the actor saw it; a pause that is over counts as none.
fn seen_one(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    seen: Revision,
    mine: &str,
) -> Result<Option<Kept>, Refusal> {
    ctx.require(Action::Review)?;
    ctx.require_scope(customer)?;
    let there = load(ctx, customer)?;
    let live = there.as_ref().filter(|kept| kept.until >= ctx.today);
    let theirs = live.map(|kept| kept.until.to_string()).unwrap_or_default();
    let now = live.map(|kept| (kept.revision, theirs.as_str(), kept.by.as_str()));
    require_seen(now, seen, "until", mine)?;
    Ok(there)
}

/// Pauses a customer, or changes until when and why.
pub(super) fn pause(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    until: NaiveDate,
    reason: &str,
    seen: Revision,
    command: &'static str,
) -> Result<Done, Refusal> {
    let before = seen_one(ctx, customer, seen, &until.to_string())?;
    let reason = needed(reason, "reason")?;
    if until < ctx.today {
        return Err(Refusal::Invalid { field: "until", why: "past" });
    }
    // No longer than a duty may be put off: a pause is no way round a request.
    let most = u64::try_from(ctx.packs.policy.delay.most_days).unwrap_or(0);
    if ctx.today.checked_add_days(Days::new(most)).is_some_and(|limit| until > limit) {
        return Err(Refusal::Invalid { field: "until", why: "longer_than_a_delay" });
    }
    let after = Kept {
        customer: customer.clone(),
        until,
        reason,
        by: ctx.actor.user.clone(),
        at: ctx.at(),
        revision: ctx.next_seq()?,
    };
    if let Some(before) = &before {
        before.delete(ctx)?;
    }
    after.insert(ctx)?;
    Ok(done(customer, command, Swap { before, after: Some(after) }))
}

/// Ends a pause before its time.
pub(super) fn resume(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    seen: Revision,
    command: &'static str,
) -> Result<Done, Refusal> {
    let Some(before) = seen_one(ctx, customer, seen, "")? else { return Err(Refusal::NotFound) };
    before.delete(ctx)?;
    Ok(done(customer, command, Swap { before: Some(before), after: None }))
}

fn done(customer: &CustomerId, command: &'static str, swap: Swap<Option<Kept>>) -> Done {
    let revision = |kept: &Option<Kept>| kept.as_ref().map_or(0, |kept| kept.revision);
    let steps = (revision(&swap.before), revision(&swap.after));
    let told = (told(swap.before.as_ref()), told(swap.after.as_ref()));
    written((command, customer.as_str()), steps, told, Back::Pause(swap))
}

/// Puts it back as it was.
pub(super) fn take_back(
    ctx: &Ctx<'_>,
    swap: &Swap<Option<Kept>>,
) -> Result<(String, String), Refusal> {
    let Some(one) = swap.after.as_ref().or(swap.before.as_ref()) else {
        return Err(Refusal::NothingToUndo);
    };
    ctx.require(Action::Review)?;
    ctx.require_scope(&one.customer)?;
    let there = load(ctx, &one.customer)?;
    let theirs = there.as_ref().map(|kept| kept.until.to_string()).unwrap_or_default();
    let now = there.as_ref().map(|kept| (kept.revision, theirs.as_str(), kept.by.as_str()));
    require_seen(now, swap.after.as_ref().map_or(0, |kept| kept.revision), "until", "undo")?;
    if let Some(after) = &swap.after {
        after.delete(ctx)?;
    }
    if let Some(before) = &swap.before {
        before.insert(ctx)?;
    }
    Ok((told(swap.before.as_ref()), told(swap.after.as_ref())))
}
