//! The steps of a confirmed flag, up to its end.

use rusqlite::{named_params, params};

use super::flag::{self, Flag};
use super::todo::{self, New};
use super::{Ctx, Done, flag_change, flag_text, proof, words};
use crate::access::Action;
use crate::domain::flag::{FlagState, FlagStep, Leftover, Level};
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::domain::user::Role;
use crate::protocol::command::Command;
use crate::protocol::reply::Refusal;
use crate::store::warning::ended;

/// Why a to-do is dropped whose flag has ended; the screen has the words for it.
pub(super) const FLAG_ENDED: &str = "flag_ended";

/// Moves a confirmed flag to a later step, or back from verification to acting.
pub(super) fn go(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let Command::MoveFlag { flag, seen, step, note, measure, left } = command else {
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
    if step.ends() {
        require_proof(ctx, &flag, step, &note)?;
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
    set_step(ctx, &flag, step)?;
    if step.ends() {
        settle_todos(ctx, &flag, *left)?;
        ended::keep(ctx.tx, ctx.packs, &flag.id, (&flag.customer, &flag.signal), ctx.today)?;
    }
    flag::set_due(ctx, &flag.id)?;
    let told = if measure.is_empty() { note } else { format!("{measure} {note}") };
    let mut written = flag.written(ctx, command.deed(), step.as_code(), told.trim(), before)?;
    // Steps of a measure are on people's lists from now on; nothing is taken out from under them.
    if step == FlagStep::MeasureDecided {
        written.undo = None;
    }
    Ok(written.into())
}

/// Whoever ends a flag proves it; a grave one is ended by another's hand and with a file.
fn require_proof(ctx: &Ctx<'_>, flag: &Flag, step: FlagStep, note: &str) -> Result<(), Refusal> {
    let grave = flag.level > Level::Yellow;
    if grave && flag.is_own(ctx)? {
        return Err(Refusal::OwnRecord);
    }
    flag_text::proof(ctx, note)?;
    if grave { proof::require(ctx, flag, step) } else { Ok(()) }
}

/// Whoever ends a flag says what becomes of the steps of its measure that nobody has done.
fn settle_todos(ctx: &Ctx<'_>, flag: &Flag, left: Option<Leftover>) -> Result<(), Refusal> {
    const OPEN: &str = "
        SELECT l.todo_id FROM flag_todos l JOIN todos t USING (todo_id)
        WHERE l.flag_id = ?1 AND t.state = 'open'";
    let mut statement = ctx.tx.prepare_cached(OPEN)?;
    let rows = statement.query_map([&flag.id], |row| row.get(0))?;
    let open: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    match left {
        _ if open.is_empty() => Ok(()),
        None => Err(Refusal::Invalid { field: "left", why: "missing" }),
        Some(Leftover::Stay) => Ok(()),
        Some(Leftover::Drop) => {
            open.iter().try_for_each(|one| todo::close(ctx, one, TodoState::Dropped, FLAG_ENDED))
        }
    }
}

/// Keeps the measure, which a flag must have by now, and puts its steps on the owner's list.
fn decide_measure(ctx: &Ctx<'_>, flag: &Flag, measure: &str) -> Result<(), Refusal> {
    const SQL: &str = "UPDATE flags SET measure = ?2 WHERE flag_id = ?1";
    const LISTED: &str = "
        SELECT 1 FROM flag_todos l JOIN todos t USING (todo_id)
        WHERE l.flag_id = ?1 AND t.state = 'open' AND t.text = ?2";
    const LINK: &str = "INSERT INTO flag_todos (todo_id, flag_id) VALUES (?1, ?2)";
    let decided = if measure.is_empty() { flag.measure.as_deref() } else { Some(measure) };
    let (decided, known) = flag_text::measure(ctx, decided.unwrap_or_default(), flag.level)?;
    flag_change::tell_measure(ctx, flag, &decided)?;
    ctx.tx.prepare_cached(SQL)?.execute(params![flag.id, decided])?;
    let owner = flag.owner.as_ref().unwrap_or(&ctx.actor.user);
    for step in known.iter().flat_map(|measure| &measure.steps) {
        // Decided a second time, its steps are on the list already.
        if ctx.tx.prepare_cached(LISTED)?.exists(params![flag.id, step.zh])? {
            continue;
        }
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
        let todo = todo::insert(ctx, &new)?;
        ctx.tx.prepare_cached(LINK)?.execute(params![todo, flag.id])?;
    }
    Ok(())
}

fn set_step(ctx: &Ctx<'_>, flag: &Flag, step: FlagStep) -> Result<(), Refusal> {
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
    ctx.tx.prepare_cached(FLAG)?.execute(params![flag.id, step.ends(), ctx.today.to_string()])?;
    Ok(())
}
