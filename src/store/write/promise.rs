//! Documents promised in a record become 待办 when it is handed in, and those of earlier visits end; so
//! does whatever else the record says was done.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use super::canon::Object;
use super::record::Record;
use super::todo::{COLUMNS, New, close, insert, read, snapshot};
use super::{Ctx, judged};
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::facts::as_key;
use crate::domain::ids::UserId;
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::form::{State, Words};
use crate::protocol::reply::Refusal;

/// Why the program itself drops one; the screen has the words.
mod reason {
    /// The record was handed in again and does not promise it any more.
    pub(super) const AMENDED: &str = "amended";
    /// A later visit was promised the same document anew.
    pub(super) const PROMISED_AGAIN: &str = "promised_again";
    /// A later visit was refused it, or it is not applicable any more.
    pub(super) const ANSWERED: &str = "answered";
}

/// Makes the 待办 agree with the documents of a record that is handed in: promised ones are noted,
/// once per item and visit; what an amendment changed is changed; what an earlier visit was promised
/// and this one has an answer to is ended. Gives what the journal keeps of it, if anything changed.
pub(super) fn follow_documents(ctx: &Ctx<'_>, record: &Record) -> Result<Option<String>, Refusal> {
    let state = judged::of(ctx, record)?;
    let mut changed: Vec<String> = Vec::new();
    let mut promised = Vec::new();
    let answers = judged::answers(ctx, record)?;
    changed.extend(end_kept(ctx, record, (&state, &answers))?);
    for document in documents(&state, &answers) {
        changed.extend(end_earlier(ctx, record, &document)?);
        if let (DocumentState::Promised, Some(until)) = (document.state, document.until) {
            promised.push(document.item.clone());
            changed.extend(note_promise(ctx, record, &document, until)?);
        }
    }
    changed.extend(drop_unpromised(ctx, record, &promised)?);
    if changed.is_empty() {
        return Ok(None);
    }
    let all: Vec<String> = changed
        .iter()
        .map(|todo| Ok(Object::new().text("todo_id", todo).raw("is", &snapshot(ctx, todo)?).done()))
        .collect::<Result<_, Refusal>>()?;
    Ok(Some(format!("[{}]", all.join(","))))
}

/// A document as a record has it.
struct Document {
    item: String,
    title: Arc<Words>,
    state: DocumentState,
    until: Option<NaiveDate>,
    note: String,
}

fn documents(state: &State, answers: &BTreeMap<String, Answer>) -> Vec<Document> {
    let rows = state.rows.iter().filter_map(|row| match &answers.get(&*row.path)?.value {
        Value::Document { state, until, note } => Some(Document {
            item: row.path.to_string(),
            title: Arc::clone(&row.title),
            state: *state,
            until: *until,
            note: note.clone(),
        }),
        _ => None,
    });
    rows.collect()
}

impl Document {
    /// The question with what was said about it: `资产负债表（2026年9月）`.
    fn wording(&self) -> (String, String) {
        let note = self.note.trim();
        if note.is_empty() {
            return (self.title.zh.clone(), self.title.en.clone());
        }
        (format!("{}（{note}）", self.title.zh), format!("{} ({note})", self.title.en)) // tidy: not a text
    }
}

/// Notes what is promised at an item, or changes what was noted at the last submission.
fn note_promise(
    ctx: &Ctx<'_>,
    record: &Record,
    document: &Document,
    until: NaiveDate,
) -> Result<Option<String>, Refusal> {
    const CHANGE: &str = "
        UPDATE todos SET text = ?2, text_en = ?3, due_on = ?4, state = 'open', reason = NULL,
            revision = revision + 1
        WHERE todo_id = ?1";
    let (zh, en) = document.wording();
    let known = {
        let sql = format!(
            "SELECT {COLUMNS} FROM todos
            WHERE visit_id = ?1 AND item = ?2 AND kind = 'document'"
        );
        let mut statement = ctx.tx.prepare_cached(&sql)?;
        statement.query_row([record.visit.as_str(), &document.item], read).optional()?
    };
    let Some(known) = known else {
        let owner = UserId::from(record.officer_now.as_str());
        let new = New {
            customer: &record.customer,
            visit: Some(&record.visit),
            item: Some(&document.item),
            kind: TodoKind::Document,
            text: &zh,
            text_en: Some(&en),
            owner: &owner,
            promised_by: Promiser::Customer,
            due_on: until,
        };
        return insert(ctx, &new).map(Some);
    };
    // What has come in meanwhile has come in.
    let same = known.state == TodoState::Open && known.due_on == until && known.text == zh;
    if same || known.state == TodoState::Done {
        return Ok(None);
    }
    ctx.tx.prepare_cached(CHANGE)?.execute(params![known.id, zh, en, until.to_string()])?;
    Ok(Some(known.id))
}

/// Ends what earlier visits were promised at the same item: this record has the newer answer.
fn end_earlier(
    ctx: &Ctx<'_>,
    record: &Record,
    document: &Document,
) -> Result<Vec<String>, Refusal> {
    const SQL: &str = "
        SELECT t.todo_id FROM todos t JOIN visits v ON v.visit_id = t.visit_id
        WHERE t.customer_id = ?1 AND t.item = ?2 AND t.kind = 'document' AND t.state = 'open'
            AND t.visit_id <> ?3 AND (v.visited_on, v.visit_id) < (?4, ?3)";
    let earlier: Vec<String> = {
        let mut statement = ctx.tx.prepare_cached(SQL)?;
        let (visit, on) = (record.visit.as_str(), record.visited_on.to_string());
        let rows = statement
            .query_map(params![record.customer.as_str(), document.item, visit, on], |row| {
                row.get(0)
            })?;
        rows.collect::<Result<_, _>>()?
    };
    let (state, note) = match document.state {
        DocumentState::Received => (TodoState::Done, record.visit.as_str()),
        DocumentState::Promised => (TodoState::Dropped, reason::PROMISED_AGAIN),
        DocumentState::Refused | DocumentState::NotApplicable => {
            (TodoState::Dropped, reason::ANSWERED)
        }
    };
    for todo in &earlier {
        close(ctx, todo, state, note)?;
    }
    Ok(earlier)
}

/// Ends the 待办 of earlier visits that the record says were kept, with the visit as proof. What an
/// earlier submission of this visit ended so, and this one does not, is open again.
fn end_kept(
    ctx: &Ctx<'_>,
    record: &Record,
    (state, answers): (&State, &BTreeMap<String, Answer>),
) -> Result<Vec<String>, Refusal> {
    const KNOWN: &str = "
        SELECT t.todo_id, t.text, t.state = 'open'
        FROM todos t LEFT JOIN visits v ON v.visit_id = t.visit_id
        WHERE t.customer_id = ?1
            AND (t.visit_id IS NULL AND t.noted_on <= (SELECT max(r.started_at, ?3)
                    FROM records r WHERE r.visit_id = ?2 ORDER BY r.version LIMIT 1)
                OR (v.visited_on, v.visit_id) < (?3, ?2))
            AND (t.state = 'open' OR t.state = 'done' AND t.kind <> 'document' AND t.proof = ?2)
        ORDER BY t.todo_id";
    const OPEN: &str = "
        UPDATE todos SET state = 'open', done_on = NULL, proof = NULL, revision = revision + 1
        WHERE todo_id = ?1";
    let said: BTreeMap<&str, bool> = state
        .rows
        .iter()
        .filter_map(|row| {
            let key = row.path.strip_prefix("promise[")?.strip_suffix("].kept")?;
            match &answers.get(&*row.path)?.value {
                Value::Choice(code) => Some((key, code == "kept")),
                _ => None,
            }
        })
        .collect();
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let known: Vec<(String, String, bool)> = {
        let mut statement = ctx.tx.prepare_cached(KNOWN)?;
        let on = record.visited_on.to_string();
        let named = params![record.customer.as_str(), record.visit.as_str(), on];
        let rows = statement.query_map(named, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    let mut changed = Vec::new();
    for (todo, text, is_open) in known {
        match (said.get(as_key(&text).as_str()), is_open) {
            (Some(true), true) => close(ctx, &todo, TodoState::Done, record.visit.as_str())?,
            (Some(false), false) => {
                ctx.tx.prepare_cached(OPEN)?.execute([&todo])?;
            }
            _ => continue,
        }
        changed.push(todo);
    }
    Ok(changed)
}

/// Drops what an earlier submission of this visit promised and this one does not.
fn drop_unpromised(
    ctx: &Ctx<'_>,
    record: &Record,
    promised: &[String],
) -> Result<Vec<String>, Refusal> {
    const SQL: &str = "
        SELECT todo_id, item FROM todos
        WHERE visit_id = ?1 AND customer_id = ?2 AND kind = 'document' AND state = 'open'";
    let known: Vec<(String, String)> = {
        let mut statement = ctx.tx.prepare_cached(SQL)?;
        let rows = statement
            .query_map([record.visit.as_str(), record.customer.as_str()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        rows.collect::<Result<_, _>>()?
    };
    let mut dropped = Vec::new();
    for (todo, item) in known {
        if !promised.contains(&item) {
            close(ctx, &todo, TodoState::Dropped, reason::AMENDED)?;
            dropped.push(todo);
        }
    }
    Ok(dropped)
}

#[cfg(test)]
mod tests;
