//! 待办: noted, changed and ended by hand. They are the business of whoever handles flags or makes visits, within the scope.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, named_params};

use super::inverse::{Inverse, Undoable};
use super::visit::check_visit;
use super::{Ctx, Done, Written, conflicts, heard, needed};
use crate::access::Action;
use crate::domain::ids::{CustomerId, TodoId, UserId, VisitId};
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::protocol::command::{Command, Revision, TodoCommand};
use crate::protocol::reply::Refusal;
use crate::store::row::free_id;
use crate::store::row::{code, day, id};

/// Why one is dropped that was noted by mistake; the screen has the words for it.
const UNDONE: &str = "undone";

/// A 待办 as writes see it.
pub(super) struct Todo {
    pub(super) id: String,
    customer: CustomerId,
    pub(super) text: String,
    owner: UserId,
    pub(super) due_on: NaiveDate,
    pub(super) state: TodoState,
    revision: Revision,
}

/// Columns of [`read`].
pub(super) const COLUMNS: &str = "todo_id, customer_id, text, owner, due_on, state, revision";

/// Reads [`COLUMNS`].
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Todo> {
    Ok(Todo {
        id: row.get(0)?,
        customer: id(row, 1)?,
        text: row.get(2)?,
        owner: id(row, 3)?,
        due_on: day(row, 4)?,
        state: code(row, 5, TodoState::from_code)?,
        revision: row.get(6)?,
    })
}

/// One of them, if its customer is in scope.
fn load(ctx: &Ctx<'_>, todo: &TodoId) -> Result<Todo, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM todos WHERE todo_id = ?1");
    let found = ctx.tx.prepare_cached(&sql)?.query_row([todo.as_str()], read).optional()?;
    let todo = found.ok_or(Refusal::NotFound)?;
    ctx.require_scope(&todo.customer)?;
    Ok(todo)
}

impl Todo {
    fn require_open(&self) -> Result<(), Refusal> {
        if self.state == TodoState::Open {
            return Ok(());
        }
        Err(Refusal::WrongState { state: self.state.as_code().to_owned() })
    }

    /// Refuses a writer who looked at an older revision; names each field that differs.
    fn require_revision(
        &self,
        ctx: &Ctx<'_>,
        seen: Revision,
        mine: &[(&str, String)],
    ) -> Result<(), Refusal> {
        if seen == self.revision {
            return Ok(());
        }
        let by = last_writer(ctx, &self.id)?;
        let theirs = |field: &str| match field {
            "text" => self.text.clone(),
            "owner" => self.owner.to_string(),
            "due_on" => self.due_on.to_string(),
            _ => self.state.as_code().to_owned(),
        };
        Err(conflicts((self.revision, self.state.as_code(), &by), mine, theirs))
    }

    /// Ends a change: journal and way back.
    fn written(
        &self,
        ctx: &Ctx<'_>,
        command: &'static str,
        before: String,
    ) -> Result<Written, Refusal> {
        let after = snapshot(ctx, &self.id)?;
        let mut written = Written::plain(&self.id, Some(before.clone()), Some(after));
        written.undo =
            Some(way_back(&self.id, command, self.revision, Inverse::Todo(Some(before))));
        Ok(written)
    }
}

fn way_back(todo: &str, command: &'static str, from: Revision, inverse: Inverse) -> Undoable {
    Undoable { command, subject: todo.to_owned(), part: String::new(), from, to: from + 1, inverse }
}

/// Who changed one last, as the journal has it; empty where only a migration knows.
fn last_writer(ctx: &Ctx<'_>, todo: &str) -> Result<String, Refusal> {
    const SQL: &str = "SELECT actor FROM journal WHERE subject = ?1 ORDER BY seq DESC LIMIT 1";
    let found: Option<String> =
        ctx.tx.prepare_cached(SQL)?.query_row([todo], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// JSON of one.
pub(super) fn snapshot(ctx: &Ctx<'_>, todo: &str) -> Result<String, Refusal> {
    const SQL: &str = "
        SELECT json_object('customer_id', customer_id, 'visit_id', visit_id, 'item', item,
            'kind', kind, 'text', text, 'owner', owner, 'promised_by', promised_by,
            'due_on', due_on, 'state', state, 'done_on', done_on, 'proof', proof,
            'reason', reason)
        FROM todos WHERE todo_id = ?1";
    Ok(ctx.tx.prepare_cached(SQL)?.query_row([todo], |row| row.get(0))?)
}

fn require_hands(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    if ctx.actor.may(Action::HandleFlags) { Ok(()) } else { ctx.require(Action::Visit) }
}

/// A day that is not past already, unless it was so before.
fn check_due(ctx: &Ctx<'_>, due_on: NaiveDate, before: Option<NaiveDate>) -> Result<(), Refusal> {
    if due_on < ctx.today && before != Some(due_on) {
        return Err(Refusal::Invalid { field: "due_on", why: "past" });
    }
    Ok(())
}

/// What a new one says.
pub(super) struct New<'a> {
    pub(super) customer: &'a CustomerId,
    pub(super) visit: Option<&'a VisitId>,
    pub(super) item: Option<&'a str>,
    pub(super) kind: TodoKind,
    pub(super) text: &'a str,
    pub(super) text_en: Option<&'a str>,
    pub(super) owner: &'a UserId,
    pub(super) promised_by: Promiser,
    pub(super) due_on: NaiveDate,
}

pub(super) fn insert(ctx: &Ctx<'_>, new: &New<'_>) -> Result<String, Refusal> {
    const SQL: &str = "
        INSERT INTO todos (todo_id, customer_id, visit_id, item, kind, text, text_en, owner,
            promised_by, due_on, noted_by, noted_on)
        VALUES (:todo, :customer, :visit, :item, :kind, :text, :en, :owner, :by, :due, :me, :today)";
    let base = format!("T-{}-{}", new.customer, ctx.today.format("%Y%m%d"));
    let todo = free_id(ctx.tx, "SELECT 1 FROM todos WHERE todo_id = ?1", &base)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":todo": todo, ":customer": new.customer.as_str(),
        ":visit": new.visit.map(VisitId::as_str), ":item": new.item, ":kind": new.kind.as_code(),
        ":text": new.text, ":en": new.text_en, ":owner": new.owner.as_str(),
        ":by": new.promised_by.as_code(), ":due": new.due_on.to_string(),
        ":me": ctx.actor.user.as_str(), ":today": ctx.today.to_string(),
    })?;
    Ok(todo)
}

/// Notes, changes or ends one.
pub(super) fn run(ctx: &Ctx<'_>, command: &Command, wish: &TodoCommand) -> Result<Done, Refusal> {
    match wish {
        TodoCommand::Add { .. } => add(ctx, command),
        TodoCommand::Set { .. } => set(ctx, command),
        TodoCommand::End { todo, seen, done, note } => end(ctx, todo, *seen, *done, note),
    }
}

/// Notes one by hand.
fn add(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let Command::Todo(TodoCommand::Add {
        customer,
        visit,
        item,
        kind,
        text,
        owner,
        promised_by,
        due_on,
    }) = command
    else {
        return Err(Refusal::NotFound);
    };
    require_hands(ctx)?;
    ctx.require_scope(customer)?;
    if let Some(visit) = visit {
        check_visit(ctx, customer, visit)?;
    }
    // Documents promised come from the record itself, so that there is one of each.
    if *kind == TodoKind::Document {
        return Err(Refusal::Invalid { field: "kind", why: "malformed" });
    }
    let text = needed(text, "text")?;
    let owner = &ctx.owner(owner, customer, "owner")?;
    check_due(ctx, *due_on, None)?;
    let new = New {
        customer,
        visit: visit.as_ref(),
        item: item.as_deref(),
        kind: *kind,
        text: &text,
        text_en: None,
        owner,
        promised_by: *promised_by,
        due_on: *due_on,
    };
    let todo = insert(ctx, &new)?;
    let after = snapshot(ctx, &todo)?;
    let mut written = Written::plain(&todo, None, Some(after));
    written.undo = Some(way_back(&todo, command.code(), 0, Inverse::Todo(None)));
    Ok(written.into())
}

/// Changes text, owner or day of an open one.
fn set(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE todos SET text = :text, owner = :owner, due_on = :due,
            text_en = CASE WHEN text = :text THEN text_en END, revision = revision + 1
        WHERE todo_id = :todo";
    let Command::Todo(TodoCommand::Set { todo, seen, text, owner, due_on }) = command else {
        return Err(Refusal::NotFound);
    };
    require_hands(ctx)?;
    let todo = load(ctx, todo)?;
    let text = needed(text, "text")?;
    let mine = [
        ("text", text.clone()),
        ("owner", owner.to_string()),
        ("due_on", due_on.to_string()),
        ("state", TodoState::Open.as_code().to_owned()),
    ];
    todo.require_revision(ctx, *seen, &mine)?;
    todo.require_open()?;
    let owner = if *owner == todo.owner {
        ctx.require_staff(owner, "owner")?;
        owner.clone()
    } else {
        ctx.owner(owner, &todo.customer, "owner")?
    };
    check_due(ctx, *due_on, Some(todo.due_on))?;
    let before = snapshot(ctx, &todo.id)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":text": text, ":owner": owner.as_str(), ":due": due_on.to_string(), ":todo": todo.id,
    })?;
    Ok(todo.written(ctx, command.code(), before)?.into())
}

/// Ends an open one: done with what proves it, or dropped with the reason.
fn end(
    ctx: &Ctx<'_>,
    todo: &TodoId,
    seen: Revision,
    done: bool,
    note: &str,
) -> Result<Done, Refusal> {
    require_hands(ctx)?;
    let todo = load(ctx, todo)?;
    let state = if done { TodoState::Done } else { TodoState::Dropped };
    todo.require_revision(ctx, seen, &[("state", state.as_code().to_owned())])?;
    todo.require_open()?;
    let note = needed(note, if done { "proof" } else { "reason" })?;
    let before = snapshot(ctx, &todo.id)?;
    close(ctx, &todo.id, state, &note)?;
    let (customer, of) = (&todo.customer, todo.id.as_str());
    heard::listen(ctx, &heard::Note { customer, place: "heard.todo", of, by: None, text: &note })?;
    Ok(todo.written(ctx, "end_todo", before)?.into())
}

/// Ends one, today.
pub(super) fn close(
    ctx: &Ctx<'_>,
    todo: &str,
    state: TodoState,
    note: &str,
) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE todos SET state = :state, revision = revision + 1,
            done_on = CASE WHEN :state = 'done' THEN :today END,
            proof = CASE WHEN :state = 'done' THEN :note END,
            reason = CASE WHEN :state = 'dropped' THEN :note END
        WHERE todo_id = :todo";
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":state": state.as_code(), ":today": ctx.today.to_string(), ":note": note, ":todo": todo,
    })?;
    Ok(())
}

/// Takes a change back; gives what was there, what is there now, and its revision. One that was
/// noted by mistake is dropped, not wiped: people may have seen it.
pub(super) fn take_back(
    ctx: &Ctx<'_>,
    todo: &str,
    seen: Revision,
    before: Option<&str>,
) -> Result<(String, String, Revision), Refusal> {
    const SQL: &str = "
        UPDATE todos SET text = json_extract(:b, '$.text'), owner = json_extract(:b, '$.owner'),
            due_on = json_extract(:b, '$.due_on'), state = json_extract(:b, '$.state'),
            done_on = json_extract(:b, '$.done_on'), proof = json_extract(:b, '$.proof'),
            reason = json_extract(:b, '$.reason'), revision = revision + 1
        WHERE todo_id = :todo";
    require_hands(ctx)?;
    let todo = load(ctx, &TodoId::from(todo))?;
    todo.require_revision(ctx, seen, &[("state", "undo".to_owned())])?;
    let was = snapshot(ctx, &todo.id)?;
    match before {
        Some(before) => {
            let values = named_params! {":b": before, ":todo": todo.id};
            ctx.tx.prepare_cached(SQL)?.execute(values)?;
        }
        None => close(ctx, &todo.id, TodoState::Dropped, UNDONE)?,
    }
    Ok((was, snapshot(ctx, &todo.id)?, todo.revision + 1))
}

#[cfg(test)]
mod tests;
