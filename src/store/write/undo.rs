//! Taking back: the last own command of this session, by its inverse, as a new journal row.

mod past;

use rusqlite::named_params;

use super::canon::Object;
use super::flag_close::FLAG_ENDED;
use super::inverse::{Change, Inverse, Undoable};
use super::{
    Ctx, Done, Written, answer, attach, comment, conflict, deadline, dossier, flag, prepare, proof,
    record, review, rows, schedule, statement, tier, todo, visit,
};
use crate::access::Action;
use crate::domain::answer::Answer;
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::{CustomerId, FlagId, VisitId};
use crate::protocol::command::Command;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::row::{code, maybe_code};
use crate::store::warning::ended;

pub(in crate::store) use past::Past;

/// Takes the command back unless it weighs: then the question comes first. It is tried all the
/// same, because a question after which nothing can be done is none; with the refusal the trial
/// goes.
pub(super) fn undo_light(ctx: &Ctx<'_>, last: &Undoable) -> Result<Done, Refusal> {
    let done = undo(ctx, last)?;
    if Command::weighty(last.command) {
        return Err(Refusal::AskFirst { command: last.command });
    }
    Ok(done)
}

/// Takes the command back, unless somebody has changed the thing since.
pub(super) fn undo(ctx: &Ctx<'_>, last: &Undoable) -> Result<Done, Refusal> {
    let change = match &last.inverse {
        Inverse::Answer { version, before } => undo_answer(ctx, last, *version, before.as_ref())?,
        Inverse::Attach { version, sha256, before } => {
            let (row, revision) =
                attach::undo_attach(ctx, last, *version, sha256, before.as_ref())?;
            Change { before: Some(row), after: None, revision }
        }
        Inverse::Detach { version, row } => {
            attach::undo_detach(ctx, last, *version, row)?;
            Change { before: None, after: Some(row.clone()), revision: 1 }
        }
        Inverse::Proof { sha256, row } => proof::take_back(ctx, last, sha256, row.as_deref())?,
        Inverse::Rows { version, before, after } => {
            let (was, now, revision) =
                rows::put_back(ctx, &last.subject, &last.part, *version, before, after)?;
            Change { before: Some(was), after: Some(now), revision }
        }
        Inverse::Visit(before) => undo_visit(ctx, last, before)?,
        Inverse::Comment(id) => {
            Change { before: Some(comment::uncomment(ctx, id)?), after: None, revision: 0 }
        }
        Inverse::LookUp(before) => {
            let customer = CustomerId::from(last.subject.as_str());
            let done = prepare::take_back(ctx, &customer, &last.part, *before, last.to)?;
            Change { before: done.0, after: done.1, revision: done.2 }
        }
        Inverse::Meeting(names) => {
            let customer = CustomerId::from(last.subject.as_str());
            let done = prepare::meet_again(ctx, &customer, names, last.to)?;
            Change { before: done.0, after: done.1, revision: done.2 }
        }
        Inverse::Dossier { visit, item, field, before } => {
            dossier::take_back(ctx, last, (visit, item, *field), before.as_deref())?
        }
        Inverse::Statement { kept, before, employees } => {
            statement::take_back(ctx, last, kept, (before.as_deref(), *employees))?
        }
        Inverse::Decision => review::undo_decision(ctx, last)?,
        Inverse::Raise => undo_raise(ctx, last)?,
        Inverse::Flag(before) => undo_flag(ctx, last, before)?,
        Inverse::Schedule(back) => schedule::take_back(ctx, last, back)?,
        Inverse::Deadline(key) => deadline::take_back(ctx, key)?,
        Inverse::TierEvent(back) => tier::take_back(ctx, &last.subject, back)?,
        Inverse::Todo(before) => {
            let (was, now, revision) =
                todo::take_back(ctx, &last.subject, last.to, before.as_deref())?;
            Change { before: Some(was), after: Some(now), revision }
        }
    };
    let kept = Object::new().text("command", last.command);
    let kept = match &change.after {
        Some(after) => kept.raw("now", after),
        None => kept,
    };
    let mut written = Written::plain(&last.subject, change.before, Some(kept.done()));
    written.undo = Some(Undoable { to: change.revision, ..last.clone() });
    if let Inverse::Schedule(back) = &last.inverse {
        written.about = schedule::about(back);
    }
    Ok(written.outcome(Outcome::Undone { command: last.command.to_owned() }).into())
}

fn undo_answer(
    ctx: &Ctx<'_>,
    last: &Undoable,
    version: i64,
    before: Option<&Answer>,
) -> Result<Change, Refusal> {
    ctx.require(Action::Visit)?;
    let item = last.part.as_str();
    let record = record::load_open(ctx, &VisitId::from(last.subject.as_str()))?;
    let now = answer::stored(ctx, &last.subject, version, item)?;
    let there = now.as_ref().map_or(0, |stored| stored.revision);
    let text = |answer: Option<&Answer>| answer.map(|a| a.value.encode()).unwrap_or_default();
    if record.version != version || there != last.to {
        let theirs = text(now.as_ref().map(|stored| &stored.answer));
        let by = now.as_ref().map_or("", |stored| stored.by.as_str());
        return Err(conflict(there, item, &text(before), &theirs, by));
    }
    let revision = answer::put(ctx, &last.subject, version, item, before)?;
    // What was begun in the field is given up with the answer.
    answer::forget_draft(ctx, &record.visit, item)?;
    let was = now
        .map(|stored| answer::answer_json(item, Some(&stored.answer), &stored.by, stored.revision));
    let after = answer::answer_json(item, before, ctx.actor.user.as_str(), revision);
    Ok(Change { before: was, after: Some(after), revision })
}

fn undo_visit(ctx: &Ctx<'_>, last: &Undoable, before: &str) -> Result<Change, Refusal> {
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, &VisitId::from(last.subject.as_str()))?;
    record.require_revision(last.to, "undo")?;
    let was = visit::snapshot(ctx.tx, &record.visit)?;
    let now = visit::restore(ctx, &last.subject, before)?;
    Ok(Change { before: Some(was), after: Some(now), revision: last.to + 1 })
}

/// A flag raised by mistake is rejected, not wiped: people may have seen it.
fn undo_raise(ctx: &Ctx<'_>, last: &Undoable) -> Result<Change, Refusal> {
    const SQL: &str = "
        UPDATE flags SET state = 'rejected', confirmed_on = NULL, level_since = NULL,
            revision = revision + 1
        WHERE flag_id = ?1";
    change_flag(ctx, last, |flag| {
        ctx.tx.prepare_cached(SQL)?.execute([flag])?;
        Ok(())
    })
}

fn undo_flag(ctx: &Ctx<'_>, last: &Undoable, before: &str) -> Result<Change, Refusal> {
    const FLAG: &str = "
        UPDATE flags SET level = json_extract(:b, '$.level'), state = json_extract(:b, '$.state'),
            confirmed_on = json_extract(:b, '$.confirmed_on'),
            level_since = json_extract(:b, '$.level_since'),
            closed_on = json_extract(:b, '$.closed_on'), owner = json_extract(:b, '$.owner'),
            measure = json_extract(:b, '$.measure'), due_on = json_extract(:b, '$.due_on'),
            note = json_extract(:b, '$.note'), origin = json_extract(:b, '$.origin'),
            revision = revision + 1
        WHERE flag_id = :flag";
    const CARE: &str = "
        UPDATE flag_care SET step = coalesce(json_extract(:b, '$.step'), 'open'),
            acknowledged_by = json_extract(:b, '$.acknowledged_by'),
            acknowledged_at = json_extract(:b, '$.acknowledged_at'),
            visit_id = json_extract(:b, '$.visit_id'), item = json_extract(:b, '$.item'),
            proposed_level = json_extract(:b, '$.proposed_level'),
            lowered_why = json_extract(:b, '$.lowered_why'),
            note_en = json_extract(:b, '$.note_en'),
            step_due = json_extract(:b, '$.step_due')
        WHERE flag_id = :flag";
    // To-dos that were dropped with the flag are open again.
    const REOPEN: &str = "
        UPDATE todos SET state = 'open', reason = NULL, revision = revision + 1
        WHERE todo_id IN (SELECT value FROM json_each(json_extract(:b, '$.open_todos')))
            AND todo_id IN (SELECT todo_id FROM flag_todos WHERE flag_id = :flag)
            AND state = 'dropped' AND reason = :ended";
    ctx.require(Action::HandleFlags)?;
    if ends_grave(ctx, last, before)? {
        return Err(Refusal::Stays { command: last.command });
    }
    if raised_again(ctx, last)? {
        return Err(Refusal::WrongState { state: "acted_on".to_owned() });
    }
    change_flag(ctx, last, |flag| {
        ctx.tx
            .prepare_cached(REOPEN)?
            .execute(named_params! {":b": before, ":flag": flag, ":ended": FLAG_ENDED})?;
        ended::forget(ctx.tx, flag)?;
        for sql in [FLAG, CARE] {
            ctx.tx.prepare_cached(sql)?.execute(named_params! {":b": before, ":flag": flag})?;
        }
        Ok(())
    })
}

/// Whether the flag has ended and the same signal has a live one again: there are not two.
fn raised_again(ctx: &Ctx<'_>, last: &Undoable) -> Result<bool, Refusal> {
    const SQL: &str = "
        SELECT 1 FROM flags f JOIN flags o ON o.customer_id = f.customer_id AND o.signal = f.signal
        WHERE f.flag_id = ?1 AND f.state IN ('closed', 'rejected') AND o.flag_id <> f.flag_id
            AND o.state IN ('proposed', 'confirmed')";
    Ok(ctx.tx.prepare_cached(SQL)?.exists([&last.subject])?)
}

/// Whether taking back would lower or unconfirm an orange or red flag: that needs other eyes.
fn ends_grave(ctx: &Ctx<'_>, last: &Undoable, before: &str) -> Result<bool, Refusal> {
    const SQL: &str = "SELECT json_extract(?1, '$.level'), json_extract(?1, '$.state')";
    let flag = flag::load(ctx, &FlagId::from(last.subject.as_str()))?;
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let (level, state) = statement.query_row([before], |row| {
        Ok((code(row, 0, Level::from_code)?, maybe_code(row, 1, FlagState::from_code)?))
    })?;
    let lowers = level < flag.level || state != Some(FlagState::Confirmed);
    Ok(flag.state == FlagState::Confirmed && flag.level > Level::Yellow && lowers)
}

fn change_flag(
    ctx: &Ctx<'_>,
    last: &Undoable,
    change: impl FnOnce(&str) -> Result<(), Refusal>,
) -> Result<Change, Refusal> {
    let flag = flag::load(ctx, &FlagId::from(last.subject.as_str()))?;
    flag.require_seen(ctx, last.to, "state", "undo")?;
    let before = flag::snapshot(ctx, &flag.id)?;
    change(&flag.id)?;
    flag::history(ctx, &flag.id, "undone", "")?;
    ctx.replan(&flag.customer)?;
    flag::reclassify(ctx, &flag.customer, &flag.signal)?;
    let after = flag::snapshot(ctx, &flag.id)?;
    Ok(Change { before: Some(before), after: Some(after), revision: flag.revision + 1 })
}
