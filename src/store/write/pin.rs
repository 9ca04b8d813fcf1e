//! The PIN of a locked screen and of a weighty decision: setting it, giving it, taking a forgotten one
//! away. The hash is
//! worked out before the lock is taken, because that takes long on purpose.

use rusqlite::{OptionalExtension as _, named_params, params};

use super::canon::Object;
use super::{Ctx, Done, Written, record};
use crate::access::Action;
use crate::domain::ids::{UserId, VisitId};
use crate::domain::pin::{Pin, TRIES};
use crate::protocol::command::{Command, PinCommand};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::{instant, pin};

/// How long a PIN that was given for a decision waits for it.
const HOLDS: chrono::Duration = chrono::Duration::minutes(2);

/// What was worked out before the write began.
#[derive(Debug)]
pub(super) struct Worked {
    /// Revision of the PIN that was looked at; 0 = none was set.
    seen: i64,
    /// Whether the PIN that was typed is the one that is set.
    right: bool,
    /// The new one, sealed.
    sealed: Option<String>,
}

/// A PIN as kept.
struct Kept {
    sealed: String,
    failures: u32,
    revision: i64,
}

/// Compares and seals.
pub(super) fn work(ctx: &Ctx<'_>, command: &Command) -> Result<Option<Worked>, Refusal> {
    let (typed, new) = match command {
        Command::Pin(PinCommand::Unlock { pin } | PinCommand::Vouch { pin, .. }) => {
            (Some(pin), None)
        }
        Command::Pin(PinCommand::Set { present, new }) => (present.as_ref(), Some(new)),
        _ => return Ok(None),
    };
    if let Some(why) = new.and_then(Pin::fault) {
        return Err(Refusal::Invalid { field: "pin", why });
    }
    let kept = kept(ctx, &ctx.actor.user)?;
    let right = match (&kept, typed) {
        (Some(kept), Some(typed)) => pin::opens(&kept.sealed, typed.as_bytes()),
        (Some(_), None) => false,
        (None, _) => true,
    };
    // Nobody waits for a seal that will not be used.
    let sealed = match new.filter(|_| right) {
        Some(new) => Some(pin::seal(new.as_bytes())?),
        None => None,
    };
    Ok(Some(Worked { seen: kept.map_or(0, |kept| kept.revision), right, sealed }))
}

pub(super) fn run(ctx: &Ctx<'_>, command: &PinCommand) -> Result<Done, Refusal> {
    match command {
        PinCommand::Set { .. } => set(ctx),
        PinCommand::Unlock { .. } => unlock(ctx),
        PinCommand::Vouch { visit, .. } => vouch(ctx, visit),
        PinCommand::Reset { user } => reset(ctx, user),
    }
}

fn set(ctx: &Ctx<'_>) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO pins (user, sealed, set_at) VALUES (:user, :sealed, :at)
        ON CONFLICT (user) DO UPDATE SET sealed = excluded.sealed, set_at = excluded.set_at,
            failures = 0, revision = revision + 1";
    let worked = still(ctx)?;
    let Some(sealed) = worked.sealed.as_ref().filter(|_| worked.right) else {
        return wrong(ctx);
    };
    if !ctx.tx.prepare_cached("SELECT 1 FROM users WHERE user = ?1")?.exists([me(ctx)])? {
        return Err(Refusal::NotFound);
    }
    ctx.tx
        .prepare_cached(SQL)?
        .execute(named_params! {":user": me(ctx), ":sealed": sealed, ":at": ctx.at()})?;
    let after = Object::new().text("result", "set").done();
    let written = Written::plain(me(ctx), None, Some(after));
    Ok(written.outcome(Outcome::Pin { right: true, left: TRIES }).into())
}

fn unlock(ctx: &Ctx<'_>) -> Result<Done, Refusal> {
    given(ctx, me(ctx))
}

/// Said about one record, by somebody who may decide about it.
fn vouch(ctx: &Ctx<'_>, visit: &VisitId) -> Result<Done, Refusal> {
    if !ctx.actor.may(Action::Review) {
        ctx.require(Action::Opine)?;
    }
    record::load(ctx, visit)?;
    given(ctx, visit.as_str())
}

/// A decision about a record with a red flag wants the PIN of whoever has one: given in this session,
/// about this record, as the last thing that she did to it. Each serves once, and none for long.
pub(super) fn require_vouched(ctx: &Ctx<'_>, visit: &VisitId) -> Result<(), Refusal> {
    const LAST: &str = "
        SELECT command = 'vouch' AND session = ?3 AND at >= ?4 FROM journal
        WHERE subject = ?1 AND actor = ?2 ORDER BY seq DESC LIMIT 1";
    if kept(ctx, &ctx.actor.user)?.is_none() {
        return Ok(());
    }
    let since = instant::store(ctx.now - HOLDS);
    let values = params![visit.as_str(), me(ctx), ctx.actor.session, since];
    let mut statement = ctx.tx.prepare_cached(LAST)?;
    let vouched: Option<bool> = statement.query_row(values, |row| row.get(0)).optional()?;
    if vouched == Some(true) {
        Ok(())
    } else {
        Err(Refusal::Invalid { field: "pin", why: "pin_needed" })
    }
}

/// The PIN was typed: about what, and whether it was the right one.
fn given(ctx: &Ctx<'_>, subject: &str) -> Result<Done, Refusal> {
    let worked = still(ctx)?;
    if worked.seen == 0 {
        return Err(Refusal::WrongState { state: "no_pin".to_owned() });
    }
    if !worked.right {
        return wrong(ctx);
    }
    ctx.tx.prepare_cached("UPDATE pins SET failures = 0 WHERE user = ?1")?.execute([me(ctx)])?;
    let after = Object::new().text("result", "right").done();
    let written = Written::plain(subject, None, Some(after));
    Ok(written.outcome(Outcome::Pin { right: true, left: TRIES }).into())
}

/// A wrong one is no refusal: it is counted, whatever session it comes from, until a right one.
fn wrong(ctx: &Ctx<'_>) -> Result<Done, Refusal> {
    let sql = "UPDATE pins SET failures = failures + 1 WHERE user = ?1";
    ctx.tx.prepare_cached(sql)?.execute([me(ctx)])?;
    let failures = kept(ctx, &ctx.actor.user)?.map_or(0, |kept| kept.failures);
    let left = TRIES.saturating_sub(failures);
    let after = Object::new().text("result", "wrong").int("left", i64::from(left)).done();
    let written = Written::plain(me(ctx), None, Some(after));
    Ok(written.outcome(Outcome::Pin { right: false, left }).into())
}

fn reset(ctx: &Ctx<'_>, user: &UserId) -> Result<Done, Refusal> {
    ctx.require(Action::ManagePeople)?;
    let gone =
        ctx.tx.prepare_cached("DELETE FROM pins WHERE user = ?1")?.execute([user.as_str()])?;
    if gone == 0 {
        return Err(Refusal::WrongState { state: "no_pin".to_owned() });
    }
    let after = Object::new().text("result", "reset").done();
    Ok(Written::plain(user.as_str(), None, Some(after)).into())
}

/// What was worked out, if nobody has set another PIN meanwhile.
fn still<'a>(ctx: &Ctx<'a>) -> Result<&'a Worked, Refusal> {
    let worked = ctx.pin.ok_or(Refusal::NotFound)?;
    let now = kept(ctx, &ctx.actor.user)?.map_or(0, |kept| kept.revision);
    if now == worked.seen { Ok(worked) } else { Err(Refusal::Busy) }
}

fn kept(ctx: &Ctx<'_>, user: &UserId) -> Result<Option<Kept>, Refusal> {
    const SQL: &str = "SELECT sealed, failures, revision FROM pins WHERE user = ?1";
    let found = ctx.tx.prepare_cached(SQL)?.query_row(params![user.as_str()], |row| {
        Ok(Kept { sealed: row.get(0)?, failures: row.get(1)?, revision: row.get(2)? })
    });
    Ok(found.optional()?)
}

fn me<'a>(ctx: &Ctx<'a>) -> &'a str {
    ctx.actor.user.as_str()
}

#[cfg(test)]
mod tests;
