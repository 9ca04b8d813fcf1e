//! The steps of a confirmed flag, up to its end.

use rusqlite::{named_params, params};

use super::flag::{self, Flag};
use super::todo::{self, New};
use super::{Ctx, Done, needed, proof, words};
use crate::access::Action;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::todo::{Promiser, TodoKind};
use crate::domain::user::Role;
use crate::protocol::command::Command;
use crate::protocol::reply::Refusal;

/// Moves a confirmed flag to a later step, or back from verification to acting.
pub(super) fn go(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let Command::MoveFlag { flag, seen, step, note, measure } = command else {
        return Err(Refusal::NotFound);
    };
    let step = *step;
    ctx.require(Action::HandleFlags)?;
    let flag = flag::load(ctx, flag)?;
    flag.require_seen(ctx, *seen, "step", step.as_code())?;
    flag.require_state(&[FlagState::Confirmed])?;
    if !flag.step.ways(flag.level).contains(&step) {
        let why = if step <= flag.step { "reached" } else { "out_of_order" };
        return Err(Refusal::Invalid { field: "step", why });
    }
    let note = words(note, "note")?;
    if step.ends() && flag.level > Level::Yellow {
        if flag.is_own(ctx)? {
            return Err(Refusal::OwnRecord);
        }
        needed(&note, "note")?;
        proof::require(ctx, &flag, step)?;
    }
    // It is the superiors' eyes and decision that these steps are about.
    if step.is_superiors(flag.level) && ctx.actor.role == Role::Officer {
        return Err(Refusal::NotAllowed);
    }
    let before = flag::snapshot(ctx, &flag.id)?;
    flag::take_over(ctx, &flag.id)?;
    let measure = words(measure, "measure")?;
    if step == FlagStep::MeasureDecided {
        decide_measure(ctx, &flag, &measure)?;
    }
    set_step(ctx, &flag, step, step.ends())?;
    flag::set_due(ctx, &flag.id)?;
    let told = if measure.is_empty() { note } else { format!("{measure} {note}") };
    let mut written = flag.written(ctx, "move_flag", step.as_code(), told.trim(), before)?;
    // Steps of a measure are on people's lists from now on; nothing is taken out from under them.
    if step.ends() || step == FlagStep::MeasureDecided {
        written.undo = None;
    }
    Ok(written.into())
}

/// Keeps the measure, which a flag must have by now, and puts its steps on the owner's list.
fn decide_measure(ctx: &Ctx<'_>, flag: &Flag, measure: &str) -> Result<(), Refusal> {
    const SQL: &str = "UPDATE flags SET measure = ?2 WHERE flag_id = ?1";
    let decided = if measure.is_empty() { flag.measure.as_deref() } else { Some(measure) };
    let decided = needed(decided.unwrap_or_default(), "measure")?;
    ctx.tx.prepare_cached(SQL)?.execute(params![flag.id, decided])?;
    let Some(known) = ctx.packs.care.measure(&decided) else { return Ok(()) };
    if !known.levels.contains(&flag.level) {
        return Err(Refusal::Invalid { field: "measure", why: "other_level" });
    }
    let owner = flag.owner.as_ref().unwrap_or(&ctx.actor.user);
    for step in &known.steps {
        let new = New {
            customer: &flag.customer,
            visit: None,
            item: None,
            kind: TodoKind::Measure,
            text: &step.zh,
            text_en: Some(&step.en),
            owner,
            promised_by: Promiser::Bank,
            due_on: ctx.packs.workdays.plus_workdays(ctx.today, step.workdays),
        };
        todo::insert(ctx, &new)?;
    }
    Ok(())
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
