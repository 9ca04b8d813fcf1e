//! The steps of a confirmed flag, up to its end.

use rusqlite::{named_params, params};

use super::flag::{self, Flag};
use super::{Ctx, Done, needed, words};
use crate::access::Action;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::ids::FlagId;
use crate::domain::user::Role;
use crate::protocol::command::Revision;
use crate::protocol::reply::Refusal;

/// Moves a confirmed flag to a later step, or back from verification to acting.
pub(super) fn go(
    ctx: &Ctx<'_>,
    flag: &FlagId,
    seen: Revision,
    step: FlagStep,
    note: &str,
) -> Result<Done, Refusal> {
    ctx.require(Action::HandleFlags)?;
    let flag = flag::load(ctx, flag)?;
    flag.require_seen(ctx, seen, "step", step.as_code())?;
    flag.require_state(&[FlagState::Confirmed])?;
    let back = flag.step == FlagStep::Verify && step == FlagStep::Acting;
    if step <= flag.step && !back {
        return Err(Refusal::WrongState { state: flag.step.as_code().to_owned() });
    }
    let closes = matches!(step, FlagStep::Cleared | FlagStep::Transferred);
    let note = words(note, "note")?;
    if closes && flag.level > Level::Yellow {
        if flag.is_own(ctx)? {
            return Err(Refusal::OwnRecord);
        }
        needed(&note, "note")?;
    }
    // It is the superiors' eyes that this step is about.
    if step == FlagStep::Acknowledged && ctx.actor.role == Role::Officer {
        return Err(Refusal::NotAllowed);
    }
    let before = flag::snapshot(ctx, &flag.id)?;
    flag::take_over(ctx, &flag.id)?;
    set_step(ctx, &flag, step, closes)?;
    let mut written = flag.written(ctx, "move_flag", step.as_code(), &note, before)?;
    if closes {
        written.undo = None;
    }
    Ok(written.into())
}

fn set_step(ctx: &Ctx<'_>, flag: &Flag, step: FlagStep, closes: bool) -> Result<(), Refusal> {
    const CARE: &str = "
        UPDATE flag_care SET step = :step,
            acknowledged_by = CASE WHEN :superior THEN coalesce(acknowledged_by, :me) ELSE acknowledged_by END,
            acknowledged_at = CASE WHEN :superior THEN coalesce(acknowledged_at, :at) ELSE acknowledged_at END
        WHERE flag_id = :flag";
    const FLAG: &str = "
        UPDATE flags SET revision = revision + 1,
            state = CASE WHEN ?2 THEN 'closed' ELSE state END,
            closed_on = CASE WHEN ?2 THEN ?3 ELSE closed_on END
        WHERE flag_id = ?1";
    ctx.tx.prepare_cached(CARE)?.execute(named_params! {
        ":step": step.as_code(), ":superior": ctx.actor.role != Role::Officer,
        ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":flag": flag.id,
    })?;
    ctx.tx.prepare_cached(FLAG)?.execute(params![flag.id, closes, ctx.today.to_string()])?;
    Ok(())
}
