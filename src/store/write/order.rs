//! Inspections that a superior orders (专项检查): the same one at many customers, one task each. Its
//! points become questions of the visit that serves it; what is done is what a visit proves.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, named_params, params};

use super::canon::{Object, listed};
use super::whom::whom;
use super::{Ctx, Done, Written, conflict, needed, notice, packet};
use crate::access::Action;
use crate::domain::duty::DutyClass;
use crate::domain::ids::{CustomerId, TaskId};
use crate::protocol::command::{OrderCommand, Revision, Whom};
use crate::protocol::reply::Refusal;
use crate::store::read;
use crate::store::row::free_id;
use crate::store::row::id;

/// A point longer than this is no question any more.
const LONGEST_POINT: usize = 200;
/// Nobody answers more than these in one visit.
const MOST_POINTS: usize = 20;

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &OrderCommand) -> Result<Done, Refusal> {
    match command {
        OrderCommand::Issue { whom, class, due_on, points } => {
            issue(ctx, whom, *class, *due_on, points)
        }
        OrderCommand::Cancel { tasks, reason } => cancel(ctx, tasks, reason),
        OrderCommand::StartPacket(new) => packet::start(ctx, new),
        OrderCommand::NoteOddity { packet, customer, text, seen } => {
            packet::note_oddity(ctx, packet, customer, text, *seen)
        }
        OrderCommand::Sign { packet, content_hash } => packet::sign(ctx, packet, content_hash),
        OrderCommand::WithdrawPacket { packet, seen, reason } => {
            packet::withdraw(ctx, packet, *seen, reason)
        }
    }
}

fn issue(
    ctx: &Ctx<'_>,
    whom_: &Whom,
    class: DutyClass,
    due_on: NaiveDate,
    points: &[String],
) -> Result<Done, Refusal> {
    const TASK: &str = "
        INSERT INTO tasks (task_id, customer_id, issued_on, due_on, class, issued_by, points, origin)
        VALUES (:id, :customer, :today, :due, :class, :me, :points, 'here')";
    const CARE: &str = "INSERT INTO task_care (task_id, batch, issued_at) VALUES (?1, ?2, ?3)";
    ctx.require(Action::Order)?;
    if due_on < ctx.today {
        return Err(Refusal::Invalid { field: "due_on", why: "past" });
    }
    let points = numbered(points)?;
    let customers = whom(ctx, whom_)?;
    let base = format!("Z{}", ctx.today.format("%Y%m%d"));
    let batch = free_id(ctx.tx, "SELECT 1 FROM task_care WHERE batch = ?1", &base)?;
    let me = ctx.actor.user.as_str();
    for customer in &customers {
        let base = format!("{batch}-{customer}");
        let task = free_id(ctx.tx, "SELECT 1 FROM tasks WHERE task_id = ?1", &base)?;
        ctx.tx.prepare_cached(TASK)?.execute(named_params! {
            ":id": task, ":customer": customer.as_str(), ":today": ctx.today.to_string(),
            ":due": due_on.to_string(), ":class": class.as_code(), ":me": me, ":points": points,
        })?;
        ctx.tx.prepare_cached(CARE)?.execute(params![task, batch, ctx.at()])?;
        ctx.replan(customer)?;
    }
    notice::tasks_issued(ctx, &batch)?;
    let after = Object::new()
        .text("due_on", &due_on.to_string())
        .text("class", class.as_code())
        .text("points", &points)
        .text("customers", &listed(customers.iter().map(CustomerId::as_str)))
        .done();
    Ok(Written::plain(&batch, None, Some(after)).into())
}

/// The points, one a line, each once: a line is one question of the form.
fn numbered(points: &[String]) -> Result<String, Refusal> {
    let mut lines: Vec<String> = Vec::new();
    for point in points.iter().filter(|point| !point.trim().is_empty()) {
        let point = needed(point, "points")?;
        if point.contains('\n') || point.chars().count() > LONGEST_POINT {
            return Err(Refusal::Invalid { field: "points", why: "too_long" });
        }
        if !lines.contains(&point) {
            lines.push(point);
        }
    }
    match lines.len() {
        0 => Err(Refusal::Invalid { field: "points", why: "missing" }),
        n if n > MOST_POINTS => Err(Refusal::Invalid { field: "points", why: "too_long" }),
        _ => Ok(lines.join("\n")),
    }
}

/// A task as a cancellation sees it.
struct Task {
    customer: CustomerId,
    here: bool,
    closed: bool,
    done: bool,
    revision: Revision,
    batch: String,
}

/// Calls off what nobody has made yet: all of them or none.
fn cancel(ctx: &Ctx<'_>, tasks: &[(TaskId, Revision)], reason: &str) -> Result<Done, Refusal> {
    const TASK: &str =
        "UPDATE tasks SET closed_on = ?2, revision = revision + 1 WHERE task_id = ?1";
    const CARE: &str = "
        UPDATE task_care SET cancelled_by = ?2, cancelled_at = ?3, cancel_reason = ?4
        WHERE task_id = ?1";
    ctx.require(Action::Order)?;
    let reason = needed(reason, "reason")?;
    let mut batch = String::new();
    for (task, seen) in tasks {
        let found = load(ctx, task)?;
        ctx.require_scope(&found.customer)?;
        let state = if !found.here {
            Some("imported")
        } else if found.closed || found.done {
            Some("closed")
        } else {
            None
        };
        if let Some(state) = state {
            return Err(Refusal::WrongState { state: state.to_owned() });
        }
        if found.revision != *seen {
            return Err(conflict(found.revision, "state", "cancelled", "", ""));
        }
        let me = ctx.actor.user.as_str();
        ctx.tx.prepare_cached(TASK)?.execute([task.as_str(), &ctx.today.to_string()])?;
        ctx.tx.prepare_cached(CARE)?.execute([task.as_str(), me, &ctx.at(), &reason])?;
        ctx.replan(&found.customer)?;
        notice::task_cancelled(ctx, &found.customer, task.as_str())?;
        batch = found.batch;
    }
    if batch.is_empty() {
        return Err(Refusal::NotFound);
    }
    let after = Object::new()
        .text("tasks", &listed(tasks.iter().map(|(task, _)| task.as_str())))
        .text("reason", &reason)
        .done();
    Ok(Written::plain(&batch, None, Some(after)).into())
}

fn load(ctx: &Ctx<'_>, task: &TaskId) -> Result<Task, Refusal> {
    let sql = format!(
        "SELECT t.customer_id, k.task_id IS NOT NULL, t.closed_on IS NOT NULL, {} IS NOT NULL,
            t.revision, coalesce(k.batch, t.task_id)
        FROM tasks t LEFT JOIN task_care k USING (task_id) WHERE t.task_id = ?1",
        read::task::MADE
    );
    let found = ctx
        .tx
        .prepare_cached(&sql)?
        .query_row([task.as_str()], |row| {
            Ok(Task {
                customer: id(row, 0)?,
                here: row.get(1)?,
                closed: row.get(2)?,
                done: row.get(3)?,
                revision: row.get(4)?,
                batch: row.get(5)?,
            })
        })
        .optional()?;
    found.ok_or(Refusal::NotFound)
}

#[cfg(test)]
mod tests;
