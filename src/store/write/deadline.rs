//! Deadlines beside visits: met, or let off by a supervisor with a reason.

use rusqlite::{OptionalExtension as _, named_params, params};

use super::canon::Object;
use super::inverse::{Change, Inverse, Undoable};
use super::{Ctx, Done, Written, conflict, needed, strategy, words};
use crate::access::Action;
use crate::domain::deadline::{DeadlineKey, DeadlineKind, DeadlineMark};
use crate::protocol::command::MarkDeadline;
use crate::protocol::reply::Refusal;
use crate::store::lateness;

/// Notes what was done about a deadline.
pub(super) fn mark(ctx: &Ctx<'_>, wish: &MarkDeadline) -> Result<Done, Refusal> {
    const OPEN: &str = "SELECT 1 FROM deadlines \
        WHERE customer_id = ?1 AND kind = ?2 AND ref = ?3 AND due = ?4";
    const SQL: &str = "
        INSERT INTO deadline_marks (customer_id, kind, ref, due_on, mark, marked_on, marked_by, reason,
            value, origin)
        VALUES (:customer, :kind, :ref, :due, :mark, :on, :me, :reason, :value, 'here')";
    let MarkDeadline { key, mark, reason, done_on, value, seen } = wish;
    let on = done_on.unwrap_or(ctx.today);
    let value = value.map(|fen| fen.0).filter(|_| key.kind == DeadlineKind::Valuation);
    let reason = match mark {
        DeadlineMark::Waived => {
            ctx.require(Action::Order)?;
            needed(reason, "reason")?
        }
        DeadlineMark::Received => {
            if !ctx.actor.may(Action::HandleFlags) {
                ctx.require(Action::Visit)?;
            }
            if on > ctx.today {
                return Err(Refusal::Invalid { field: "done_on", why: "future" });
            }
            if key.kind == DeadlineKind::Valuation && value.is_none_or(|fen| fen <= 0) {
                return Err(Refusal::Invalid { field: "new_value", why: "missing" });
            }
            if key.kind.is_proved() { needed(reason, "proof")? } else { words(reason, "proof")? }
        }
    };
    ctx.require_scope(&key.customer)?;
    if let Some((there, by)) = marked(ctx, key)? {
        if *seen == 0 && there == mark.as_code() {
            return Ok(Done::Quiet(crate::protocol::reply::Outcome::Plain));
        }
        return Err(conflict(1, "state", mark.as_code(), &there, &by));
    }
    let (kind, due) = (key.kind.as_code(), key.due.to_string());
    let named = params![key.customer.as_str(), kind, key.reference, due];
    if !ctx.tx.prepare_cached(OPEN)?.exists(named)? {
        return Err(Refusal::NotFound);
    }
    if key.kind == DeadlineKind::Step {
        strategy::mark(ctx, key, *mark, (on, &reason))?;
    } else {
        ctx.tx.prepare_cached(SQL)?.execute(named_params! {
            ":customer": key.customer.as_str(), ":kind": kind, ":ref": key.reference, ":due": due,
            ":mark": mark.as_code(), ":on": on.to_string(), ":value": value,
            ":me": ctx.actor.user.as_str(), ":reason": reason,
        })?;
    }
    ctx.replan(&key.customer)?;
    lateness::propose(ctx.tx, ctx.packs, Some(&key.customer), ctx.today, ctx.now)?;
    let after = told(key).text("mark", mark.as_code()).text("on", &on.to_string());
    let after = match value {
        Some(fen) => after.int("value", fen),
        None => after,
    };
    let after = after.text("reason", &reason).done();
    let mut written = Written::plain(key.customer.as_str(), None, Some(after));
    written.undo = Some(Undoable {
        command: "mark_deadline",
        subject: key.customer.as_str().to_owned(),
        part: format!("{kind}:{}:{due}", key.reference),
        from: 0,
        to: 1,
        inverse: Inverse::Deadline(key.clone()),
    });
    Ok(written.into())
}

/// What is noted already, and by whom.
fn marked(ctx: &Ctx<'_>, key: &DeadlineKey) -> Result<Option<(String, String)>, Refusal> {
    const SQL: &str = "SELECT mark, coalesce(marked_by, '') FROM deadline_marks \
        WHERE customer_id = ?1 AND kind = ?2 AND ref = ?3 AND due_on = ?4";
    if key.kind == DeadlineKind::Step {
        return strategy::marked(ctx, key);
    }
    let due = key.due.to_string();
    let named = params![key.customer.as_str(), key.kind.as_code(), key.reference, due];
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    Ok(statement.query_row(named, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn told(key: &DeadlineKey) -> Object {
    Object::new()
        .text("kind", key.kind.as_code())
        .text("ref", &key.reference)
        .text("due", &key.due.to_string())
}

/// Takes a mark back that this person made.
pub(super) fn take_back(ctx: &Ctx<'_>, key: &DeadlineKey) -> Result<Change, Refusal> {
    const SQL: &str = "DELETE FROM deadline_marks WHERE customer_id = ?1 AND kind = ?2 \
        AND ref = ?3 AND due_on = ?4 AND marked_by = ?5";
    ctx.require_scope(&key.customer)?;
    let due = key.due.to_string();
    let me = ctx.actor.user.as_str();
    let named = params![key.customer.as_str(), key.kind.as_code(), key.reference, due, me];
    let done = match key.kind {
        DeadlineKind::Step => strategy::take_back(ctx, key)?,
        _ => ctx.tx.prepare_cached(SQL)?.execute(named)? > 0,
    };
    if !done {
        return Err(Refusal::NotFound);
    }
    ctx.replan(&key.customer)?;
    Ok(Change { before: Some(told(key).done()), after: None, revision: 0 })
}

#[cfg(test)]
mod tests;
