//! Changing a live flag: level, owner, measure, date. A level that rises has the flag seen and its
//! measure decided anew; an orange or red one is made milder by other eyes alone. What a superior has
//! decided about one, she decides again when an officer puts something else in its place.

use std::cmp::Ordering;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, named_params, params};

use super::flag::{Flag, Handling, handling, history, keep_lowered, load, set_due, snapshot};
use super::{Ctx, Done, flag, flag_raise, flag_text, look_at, notice, proof, words};
use crate::access::Action;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::ids::UserId;
use crate::domain::user::Role;
use crate::protocol::command::{Command, FlagAgain};
use crate::protocol::page::CHANGED;
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
    let of = (&flag.customer, flag.owner.as_ref());
    let handling = handling(ctx, of, *level, Some(owner), measure, Some(date))?;
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
    let milder = *level < flag.level;
    let why = if milder { Some(flag_text::reason(ctx, &note, "note")?) } else { None };
    let decided_anew = *level == flag.level && undoes_decision(ctx, &flag, &handling, *due_on);
    if decided_anew {
        flag_text::reason(ctx, &note, "note")?;
    }
    let before = snapshot(ctx, &flag.id)?;
    flag::take_over(ctx, &flag.id)?;
    if let Some(why) = why {
        keep_lowered(ctx, &flag.id, flag.level, &why)?;
    }
    tell_old_and_new(ctx, &flag, &handling, *due_on)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":level": level.as_code(), ":owner": handling.owner.as_str(),
        ":measure": handling.measure, ":due": due_on.to_string(), ":note": note,
        ":risen": *level > flag.level && flag.state == FlagState::Confirmed,
        ":today": ctx.today.to_string(), ":flag": flag.id,
    })?;
    if !note.is_empty() {
        flag::keep_english(ctx, &flag.id, None)?;
    }
    if *level > flag.level {
        begin_again(ctx, &flag.id)?;
    }
    if decided_anew {
        ctx.tx
            .prepare_cached("UPDATE flag_care SET step = 'acknowledged' WHERE flag_id = ?1")?
            .execute([&flag.id])?;
    }
    if decided_anew || *level != flag.level {
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
        Ordering::Greater => "raised_level",
        // That it was made milder stands in the line before.
        Ordering::Less | Ordering::Equal => "updated",
    };
    let written = flag.written(ctx, command.code(), what, &note, before)?;
    if has_risen {
        notice::grave_flag(ctx, &flag.id)?;
    }
    if decided_anew {
        notice::flag_weakened(ctx, &flag.id, "flag_replanned")?;
    }
    Ok(written.into())
}

/// Whether an officer puts another measure, or a later day, in the place of what a superior has
/// decided about an orange or red flag.
fn undoes_decision(ctx: &Ctx<'_>, flag: &Flag, new: &Handling, due_on: NaiveDate) -> bool {
    let decided =
        matches!(flag.step, FlagStep::MeasureDecided | FlagStep::Acting | FlagStep::Verify);
    ctx.actor.role == Role::Officer
        && flag.state == FlagState::Confirmed
        && flag.level > Level::Yellow
        && decided
        && (flag.measure.as_deref() != Some(new.measure.as_str())
            || flag.due_on.is_some_and(|day| due_on > day))
}

/// Keeps what stood there before: a line of the history for each of owner, measure and day.
fn tell_old_and_new(
    ctx: &Ctx<'_>,
    flag: &Flag,
    new: &Handling,
    due_on: NaiveDate,
) -> Result<(), Refusal> {
    if flag.owner.as_ref() != Some(&new.owner) {
        let old = flag.owner.as_ref().map(|owner| named(ctx, owner)).transpose()?;
        tell_change(ctx, &flag.id, "owner_changed", old.as_deref(), &named(ctx, &new.owner)?)?;
    }
    tell_measure(ctx, flag, &new.measure)?;
    if flag.due_on != Some(due_on) {
        let old = flag.due_on.map(|day| day.to_string());
        tell_change(ctx, &flag.id, "due_changed", old.as_deref(), &due_on.to_string())?;
    }
    Ok(())
}

/// Keeps which measure stood there before, where another one takes its place.
pub(super) fn tell_measure(ctx: &Ctx<'_>, flag: &Flag, new: &str) -> Result<(), Refusal> {
    let old = flag.measure.as_deref().filter(|old| !old.is_empty());
    if old == Some(new) {
        return Ok(());
    }
    tell_change(ctx, &flag.id, "measure_changed", old, new)
}

fn tell_change(
    ctx: &Ctx<'_>,
    flag: &str,
    what: &str,
    old: Option<&str>,
    new: &str,
) -> Result<(), Refusal> {
    history(ctx, flag, what, &format!("{}{CHANGED}{new}", old.unwrap_or("-")))
}

/// Who a member of staff is, for people.
fn named(ctx: &Ctx<'_>, user: &UserId) -> Result<String, Refusal> {
    const SQL: &str = "SELECT name FROM users WHERE user = ?1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let name = statement.query_row(params![user.as_str()], |row| row.get::<_, String>(0));
    Ok(name.optional()?.filter(|n| !n.is_empty()).unwrap_or_else(|| user.to_string()))
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
    flag::take_over(ctx, &flag.id)?;
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
