//! Score cards of the bank's own: put forward by one person, brought into force by another. The next
//! night scores the book by the new one; each stored score names its card.

use rusqlite::{OptionalExtension, named_params, params};
use sha2::{Digest, Sha256};

use super::canon::Object;
use super::{Ctx, Done, Written, needed, words};
use crate::access::Action;
use crate::assets::score;
use crate::protocol::command::CardCommand;
use crate::protocol::reply::Refusal;
use crate::store::card::is_built_in;
use crate::store::journal::hex;

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &CardCommand) -> Result<Done, Refusal> {
    ctx.require(Action::DecidePolicy)?;
    match command {
        CardCommand::Propose { content, reason } => propose(ctx, content, reason),
        CardCommand::Decide { card, sha256, activate, reason } => {
            decide(ctx, card, sha256, *activate, reason)
        }
        CardCommand::Retire { card, reason } => retire(ctx, card, reason),
    }
}

/// Keeps a card that waits for somebody else's decision.
fn propose(ctx: &Ctx<'_>, content: &str, reason: &str) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO score_cards (card, content, sha256, state, reason, proposed_by, proposed_at)
        VALUES (?1, ?2, ?3, 'proposed', ?4, ?5, ?6)";
    let reason = needed(reason, "reason")?;
    let unsound = Refusal::Invalid { field: "card", why: "unsound_card" };
    let id = score::parse("card", content).map_err(|_fault| unsound.clone())?.id;
    if id.trim().is_empty() || id.chars().any(char::is_control) {
        return Err(unsound);
    }
    let mut known = ctx.tx.prepare_cached("SELECT 1 FROM score_cards WHERE card = ?1")?;
    if is_built_in(&id) || known.exists([&id])? {
        return Err(Refusal::Invalid { field: "card", why: "known" });
    }
    let sha256 = hex(&Sha256::digest(content));
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![id, content, sha256, reason, me, ctx.at()])?;
    tell(ctx, &id, "card_proposed")?;
    let after = Object::new().text("sha256", &sha256).text("reason", &reason).done();
    Ok(Written::plain(&id, None, Some(after)).into())
}

/// Brings a card into force or refuses it. Whoever put it forward can only take it back.
fn decide(
    ctx: &Ctx<'_>,
    card: &str,
    sha256: &str,
    activate: bool,
    reason: &str,
) -> Result<Done, Refusal> {
    const FOUND: &str = "SELECT state, sha256, proposed_by FROM score_cards WHERE card = ?1";
    const SQL: &str = "
        UPDATE score_cards SET state = :state, decided_by = :me, decided_at = :at,
            revision = revision + 1 WHERE card = :card";
    let reason = if activate { words(reason, "reason")? } else { needed(reason, "reason")? };
    let found: Option<(String, String, String)> = ctx
        .tx
        .prepare_cached(FOUND)?
        .query_row([card], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (state, kept, proposed_by) = found.ok_or(Refusal::NotFound)?;
    if state != "proposed" {
        return Err(Refusal::WrongState { state });
    }
    if kept != sha256 {
        return Err(Refusal::Invalid { field: "card", why: "changed" });
    }
    let me = ctx.actor.user.as_str();
    if activate && proposed_by == me {
        return Err(Refusal::OwnRecord);
    }
    let before = in_force(ctx)?;
    if activate {
        end_active(ctx)?;
    }
    let state = if activate { "active" } else { "refused" };
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":state": state, ":me": me, ":at": ctx.at(), ":card": card,
    })?;
    if activate {
        tell(ctx, card, "card_active")?;
    }
    let before = Object::new().text("state", "proposed").maybe("in_force", before.as_deref());
    let after = Object::new().text("sha256", sha256).text("reason", &reason).text("state", state);
    Ok(Written::plain(card, Some(before.done()), Some(after.done())).into())
}

/// Goes back to the card that is built in: who may decide may do this alone, because it needs no
/// trust in anybody's figures.
fn retire(ctx: &Ctx<'_>, card: &str, reason: &str) -> Result<Done, Refusal> {
    let reason = needed(reason, "reason")?;
    if in_force(ctx)?.as_deref() != Some(card) {
        return Err(Refusal::NotFound);
    }
    end_active(ctx)?;
    tell(ctx, card, "card_retired")?;
    let before = Object::new().text("state", "active").done();
    let after = Object::new().text("reason", &reason).text("state", "retired").done();
    Ok(Written::plain(card, Some(before), Some(after)).into())
}

fn in_force(ctx: &Ctx<'_>) -> Result<Option<String>, Refusal> {
    const SQL: &str = "SELECT card FROM score_cards WHERE state = 'active'";
    Ok(ctx.tx.prepare_cached(SQL)?.query_row([], |row| row.get(0)).optional()?)
}

fn end_active(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    const SQL: &str =
        "UPDATE score_cards SET state = 'retired', revision = revision + 1 WHERE state = 'active'";
    ctx.tx.prepare_cached(SQL)?.execute([])?;
    Ok(())
}

/// Everybody who may decide learns of it.
fn tell(ctx: &Ctx<'_>, card: &str, kind: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        SELECT user, ?1, ?2, ?3, ?4 FROM users
        WHERE role IN ('supervisor', 'risk') AND disabled = 0 AND user <> ?5";
    let today = ctx.today.to_string();
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![kind, card, today, ctx.at(), me])?;
    Ok(())
}

#[cfg(test)]
mod tests;
