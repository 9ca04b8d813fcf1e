//! Score cards of the bank's own: put forward by one person, brought into force by another. The next
//! night scores the book by the new one; each stored score names its card.

use super::canon::Object;
use super::versions::{self, Decision};
use super::{Ctx, Done, Written, needed};
use crate::access::Action;
use crate::assets::score;
use crate::protocol::command::CardCommand;
use crate::protocol::reply::Refusal;
use crate::store::card::is_built_in;
use crate::store::versions::CARDS;

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &CardCommand) -> Result<Done, Refusal> {
    ctx.require(Action::DecidePolicy)?;
    match command {
        CardCommand::Propose { content, reason } => {
            versions::propose(ctx, &CARDS, content, reason, read)
        }
        CardCommand::Decide { card, sha256, activate, reason } => {
            let decision = Decision { id: card, sha256, activate: *activate, reason };
            let in_force = in_force(ctx)?;
            // The next night scores the book; nothing changes before.
            versions::decide(ctx, &CARDS, &decision, in_force.as_deref(), |_, after| Ok(after))
        }
        CardCommand::Retire { card, reason } => retire(ctx, card, reason),
    }
}

/// The id of a card, and whether it is the built-in one's.
fn read(content: &str) -> Result<(String, bool), Refusal> {
    let unsound = Refusal::Invalid { field: "card", why: "unsound_card" };
    let id = score::parse("card", content).map_err(|_fault| unsound.clone())?.id;
    if id.trim().is_empty() || id.chars().any(char::is_control) {
        return Err(unsound);
    }
    let built_in = is_built_in(&id);
    Ok((id, built_in))
}

/// Goes back to the card that is built in: who may decide may do this alone, because it needs no
/// trust in anybody's figures.
fn retire(ctx: &Ctx<'_>, card: &str, reason: &str) -> Result<Done, Refusal> {
    let reason = needed(reason, "reason")?;
    if in_force(ctx)?.as_deref() != Some(card) {
        return Err(Refusal::NotFound);
    }
    versions::retire_active(ctx, &CARDS)?;
    versions::tell(ctx, card, "card_retired")?;
    let before = Object::new().text("state", "active").done();
    let after = Object::new().text("reason", &reason).text("state", "retired").done();
    Ok(Written::plain(card, Some(before), Some(after)).into())
}

/// The id of the own card in force, if there is one.
fn in_force(ctx: &Ctx<'_>) -> Result<Option<String>, Refusal> {
    Ok(CARDS.active(ctx.tx)?.map(|(id, _)| id))
}

#[cfg(test)]
mod tests;
