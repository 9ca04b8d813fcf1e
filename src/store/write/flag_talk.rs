//! Words about a flag: several departments look at it, each says what it has to say, and whoever is
//! asked has it in her queue until she answers (R114).

use rusqlite::{OptionalExtension as _, params};

use super::canon::Object;
use super::{Ctx, Done, Written, flag, needed, notice};
use crate::access::Action;
use crate::domain::flag::{Department, FlagState};
use crate::protocol::command::FlagWord;
use crate::protocol::reply::Refusal;
use crate::store::row::maybe_code;

/// Adds a word; it is not taken back, as what others have read can't be unread.
pub(super) fn discuss(ctx: &Ctx<'_>, word: &FlagWord) -> Result<Done, Refusal> {
    let asks = word.asks;
    // Who gives opinions on records may give them on flags as well.
    if !ctx.actor.may(Action::HandleFlags) {
        ctx.require(Action::Opine)?;
    }
    let words = needed(&word.words, "words")?;
    let found = flag::load(ctx, &word.flag)?;
    found.require_state(&[FlagState::Proposed, FlagState::Confirmed])?;
    let mine = Department::of(ctx.actor.role);
    if asks.is_some() && asks == mine {
        return Err(Refusal::Invalid { field: "asks", why: "own_department" });
    }
    flag::take_over(ctx, &found.id)?;
    let before = lies_with(ctx, &found.id)?;
    let answered = before.is_some() && before == mine;
    let after = asks.or(before.filter(|_| !answered));
    ctx.tx
        .prepare_cached("UPDATE flag_care SET lies_with = ?2 WHERE flag_id = ?1")?
        .execute(params![found.id, after.map(Department::as_code)])?;
    let what = asks.map_or("comment", |asks| match asks {
        Department::Supervisor => "asked_supervisor",
        Department::Risk => "asked_risk",
        Department::Compliance => "asked_compliance",
    });
    flag::history(ctx, &found.id, what, &words)?;
    if let Some(asks) = asks {
        notice::flag_asked(ctx, &found.id, asks)?;
    } else if answered {
        notice::flag_answered(ctx, &found.id)?;
    }
    let told =
        |with: Option<Department>| Object::new().maybe("lies_with", with.map(Department::as_code));
    let (before, after) = (told(before).done(), told(after).text("words", &words).done());
    Ok(Written::plain(&found.id, Some(before), Some(after)).into())
}

/// Whose word is waited for.
fn lies_with(ctx: &Ctx<'_>, flag: &str) -> Result<Option<Department>, Refusal> {
    const SQL: &str = "SELECT lies_with FROM flag_care WHERE flag_id = ?1";
    let found = ctx
        .tx
        .prepare_cached(SQL)?
        .query_row([flag], |row| maybe_code(row, 0, Department::from_code))
        .optional()?;
    Ok(found.flatten())
}

#[cfg(test)]
mod tests;
