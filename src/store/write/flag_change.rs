//! Changing a live flag: level, owner, measure, date. A level that rises has the flag seen and its
//! measure decided anew; an orange or red one is made milder by other eyes alone.

use std::cmp::Ordering;

use rusqlite::named_params;

use super::flag::{handling, keep_lowered, load, set_due, snapshot, take_over};
use super::{Ctx, Done, flag_raise, flag_text, look_at, notice, proof, words};
use crate::access::Action;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::user::Role;
use crate::protocol::command::{Command, FlagAgain};
use crate::protocol::reply::Refusal;
use crate::store::warning::ended;

/// Changes level, owner, measure or date of a live flag.
pub(super) fn update(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE flags SET level = :level, owner = :owner, measure = :measure, due_on = :due,
            note = CASE WHEN :note = '' THEN note ELSE :note END,
            level_since = CASE WHEN :risen THEN :today ELSE level_since END,
            revision = revision + 1
        WHERE flag_id = :flag";
    let Command::UpdateFlag { flag, seen, level, owner, measure, due_on, note } = command else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::HandleFlags)?;
    let flag = load(ctx, flag)?;
    let mine = [
        ("level", level.as_code().to_owned()),
        ("owner", owner.to_string()),
        ("measure", measure.trim().to_owned()),
        ("due_on", due_on.to_string()),
    ];
    flag.require_revision(ctx, *seen, &mine)?;
    flag.require_state(&[FlagState::Proposed, FlagState::Confirmed])?;
    // A date that was there may stay while something else is changed.
    let stays = flag.due_on == Some(*due_on) && *level <= flag.level;
    let date = if stays { ctx.today } else { *due_on };
    let handling = handling(ctx, *level, Some(owner), measure, Some(date))?;
    let note = words(note, "note")?;
    if *level < flag.level && flag.level > Level::Yellow {
        // Lowering is halfway to closing: the same four eyes, the same proof.
        if flag.is_own(ctx)? {
            return Err(Refusal::OwnRecord);
        }
        flag_text::reason(ctx, &note, "note")?;
        if flag.state == FlagState::Confirmed {
            proof::require(ctx, &flag, FlagStep::Cleared)?;
        }
    }
    let milder = flag.state == FlagState::Proposed && *level < flag.level;
    let why = if milder { Some(flag_text::reason(ctx, &note, "note")?) } else { None };
    let before = snapshot(ctx, &flag.id)?;
    take_over(ctx, &flag.id)?;
    if let Some(why) = why {
        keep_lowered(ctx, &flag.id, flag.level, &why)?;
    }
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":level": level.as_code(), ":owner": handling.owner.as_str(),
        ":measure": handling.measure, ":due": due_on.to_string(), ":note": note,
        ":risen": *level > flag.level && flag.state == FlagState::Confirmed,
        ":today": ctx.today.to_string(), ":flag": flag.id,
    })?;
    if *level > flag.level {
        begin_again(ctx, &flag.id)?;
    }
    if *level != flag.level {
        set_due(ctx, &flag.id)?;
    }
    if *level < flag.level {
        let of = (&flag.customer, flag.signal.as_str());
        ended::stamp_lowered(ctx.tx, ctx.packs, &flag.id, of, ctx.today)?;
    }
    let has_risen = flag.state == FlagState::Confirmed && *level > flag.level;
    if has_risen {
        look_at::because_of_flag(ctx, (&flag.id, &flag.signal), &flag.customer, *level)?;
    }
    let what = match level.cmp(&flag.level) {
        _ if milder => "updated",
        Ordering::Greater => "raised_level",
        Ordering::Less => "lowered_level",
        Ordering::Equal => "updated",
    };
    let written = flag.written(ctx, command.code(), what, &note, before)?;
    if has_risen {
        notice::grave_flag(ctx, &flag.id)?;
    }
    Ok(written.into())
}

/// A superior has a rejected flag decided again; who rejected it then confirms it, or leaves it to her.
pub(super) fn reopen(ctx: &Ctx<'_>, command: &Command, wish: &FlagAgain) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE flags SET state = 'proposed', revision = revision + 1 WHERE flag_id = ?1";
    let FlagAgain { flag, seen, reason } = wish;
    ctx.require(Action::HandleFlags)?;
    let flag = load(ctx, flag)?;
    if ctx.actor.role == Role::Officer {
        return Err(Refusal::NotAllowed);
    }
    flag.require_seen(ctx, *seen, "state", FlagState::Proposed.as_code())?;
    flag.require_state(&[FlagState::Rejected])?;
    let reason = flag_text::reason(ctx, reason, "reason")?;
    if flag_raise::open(ctx, &flag.customer, &flag.signal)?.is_some() {
        let why = "open_already";
        return Err(Refusal::Invalid { field: "signal", why });
    }
    let before = snapshot(ctx, &flag.id)?;
    take_over(ctx, &flag.id)?;
    ctx.tx.prepare_cached(SQL)?.execute([&flag.id])?;
    set_due(ctx, &flag.id)?;
    let written = flag.written(ctx, command.code(), "reopened", &reason, before)?;
    notice::flag_reopened(ctx, &flag.id)?;
    Ok(written.into())
}

/// A flag that is graver now was neither seen as such, nor was its measure decided for that.
pub(super) fn begin_again(ctx: &Ctx<'_>, flag: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE flag_care SET step = 'open', acknowledged_by = NULL, acknowledged_at = NULL
        WHERE flag_id = ?1";
    ctx.tx.prepare_cached(SQL)?.execute([flag])?;
    Ok(())
}
