//! Answers: the write that happens most. It touches the answer and the journal, nothing else;
//! how many answers there are already makes no difference.

use rusqlite::{OptionalExtension, named_params, params};

use super::canon::Object;
use super::inverse::{Inverse, Undoable};
use super::record::{note_writer, require_writer};
use super::{Ctx, Done, Written, conflict, words};
use crate::access::Action;
use crate::domain::answer::{Answer, Evidence, Value};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::VisitState;
use crate::form::{Carry, Item, Kind};
use crate::protocol::command::{Command, Revision};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::instant;
use crate::store::row::{code, id, maybe_code, strange};

/// An open record, as far as saving an answer needs it.
pub(super) struct OpenRecord {
    pub(super) version: i64,
    pub(super) pack: String,
}

/// The record, if it may be written now.
pub(super) fn open_record(ctx: &Ctx<'_>, visit: &VisitId) -> Result<OpenRecord, Refusal> {
    const SQL: &str = "
        SELECT r.version, r.state, r.pack, v.customer_id, r.author, coalesce(v.officer, ''), c.officer
        FROM records r JOIN visits v USING (visit_id) JOIN customers c USING (customer_id)
        WHERE r.visit_id = ?1 ORDER BY r.version DESC LIMIT 1";
    ctx.require(Action::Visit)?;
    let found = ctx
        .tx
        .prepare_cached(SQL)?
        .query_row([visit.as_str()], |row| {
            let state = code(row, 1, VisitState::from_code)?;
            let record = OpenRecord { version: row.get(0)?, pack: row.get(2)? };
            let hands: [String; 3] = [row.get(4)?, row.get(5)?, row.get(6)?];
            Ok((record, state, id::<CustomerId>(row, 3)?, hands))
        })
        .optional()?;
    let (record, state, customer, hands) = found.ok_or(Refusal::NotFound)?;
    ctx.require_scope(&customer)?;
    let [author, then, now] = &hands;
    require_writer(ctx, author, then, now)?;
    if state.is_open() {
        Ok(record)
    } else {
        Err(Refusal::WrongState { state: state.as_code().to_owned() })
    }
}

/// An answer on disk.
pub(super) struct Stored {
    pub(super) answer: Answer,
    pub(super) by: String,
    pub(super) at: String,
    pub(super) revision: Revision,
}

/// The answer at an item, if there is one.
pub(super) fn stored(
    ctx: &Ctx<'_>,
    visit: &str,
    version: i64,
    item: &str,
) -> Result<Option<Stored>, Refusal> {
    const SQL: &str = "
        SELECT value, evidence, note, unchanged, answered_by, answered_at, revision FROM answers
        WHERE visit_id = ?1 AND version = ?2 AND item = ?3";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement.query_row(params![visit, version, item], |row| {
        Ok(Stored {
            answer: Answer {
                value: Value::decode(&row.get::<_, String>(0)?).ok_or_else(|| strange(0))?,
                evidence: maybe_code(row, 1, Evidence::from_code)?,
                note: row.get(2)?,
                unchanged: row.get(3)?,
            },
            by: row.get(4)?,
            at: row.get(5)?,
            revision: row.get(6)?,
        })
    });
    Ok(found.optional()?)
}

/// Records, changes or clears one answer.
pub(super) fn record(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    item: &str,
    answer: Option<&Answer>,
    seen: Revision,
) -> Result<Done, Refusal> {
    let record = open_record(ctx, visit)?;
    check_item(item)?;
    if let Some(answer) = answer {
        check_answer(answer)?;
        if record.pack == ctx.packs.library.id()
            && let Some(known) = ctx.packs.library.item(item)
        {
            check_kind(known, &answer.value)?;
            check_unchanged(known, answer)?;
        }
    }
    let before = stored(ctx, visit.as_str(), record.version, item)?;
    let now = before.as_ref().map_or(0, |stored| stored.revision);
    if before.as_ref().map(|stored| &stored.answer) == answer {
        let at = before.as_ref().and_then(|stored| instant::read(&stored.at)).unwrap_or(ctx.now);
        return Ok(Done::Quiet(saved(item, now, instant::time_of_day(at))));
    }
    if now != seen {
        let text = |answer: Option<&Answer>| answer.map(|a| a.value.encode()).unwrap_or_default();
        let by = before.as_ref().map_or("", |stored| stored.by.as_str());
        let theirs = text(before.as_ref().map(|stored| &stored.answer));
        return Err(conflict(now, item, &text(answer), &theirs, by));
    }
    let revision = put(ctx, visit.as_str(), record.version, item, answer)?;
    forget_draft(ctx, visit, item)?;
    let after = answer_json(item, answer, ctx.actor.user.as_str(), revision);
    let before_json =
        before.as_ref().map(|b| answer_json(item, Some(&b.answer), &b.by, b.revision));
    let outcome = saved(item, revision, instant::time_of_day(ctx.now));
    let mut written = Written::plain(visit.as_str(), before_json, Some(after)).outcome(outcome);
    written.undo = Some(Undoable {
        command: "answer",
        subject: visit.as_str().to_owned(),
        part: item.to_owned(),
        from: now,
        to: revision,
        inverse: Inverse::Answer {
            version: record.version,
            before: before.map(|stored| stored.answer),
        },
    });
    Ok(written.into())
}

fn saved(item: &str, revision: Revision, at: String) -> Outcome {
    Outcome::Saved { item: item.to_owned(), revision, at }
}

/// Writes or clears an answer; returns its new revision, 0 when cleared. A revision is the number
/// of the journal row, so one that a cleared answer had never comes again.
pub(super) fn put(
    ctx: &Ctx<'_>,
    visit: &str,
    version: i64,
    item: &str,
    answer: Option<&Answer>,
) -> Result<Revision, Refusal> {
    const WRITE: &str = "
        INSERT INTO answers (visit_id, version, item, value, evidence, note, unchanged, answered_by, answered_at, revision)
        VALUES (:visit, :version, :item, :value, :evidence, :note, :unchanged, :me, :at, :revision)
        ON CONFLICT (visit_id, version, item) DO UPDATE SET
            value = excluded.value, evidence = excluded.evidence, note = excluded.note,
            unchanged = excluded.unchanged, answered_by = excluded.answered_by,
            answered_at = excluded.answered_at, revision = excluded.revision";
    const CLEAR: &str = "DELETE FROM answers WHERE visit_id = ?1 AND version = ?2 AND item = ?3";
    note_writer(ctx, visit, version)?;
    let Some(answer) = answer else {
        ctx.tx.prepare_cached(CLEAR)?.execute(params![visit, version, item])?;
        return Ok(0);
    };
    let revision = ctx.next_seq()?;
    ctx.tx.prepare_cached(WRITE)?.execute(named_params! {
        ":visit": visit, ":version": version, ":item": item, ":value": answer.value.encode(),
        ":evidence": answer.evidence.map(Evidence::as_code), ":note": answer.note,
        ":unchanged": answer.unchanged, ":me": ctx.actor.user.as_str(), ":at": ctx.at(),
        ":revision": revision,
    })?;
    Ok(revision)
}

/// What the journal keeps of an answer.
pub(super) fn answer_json(
    item: &str,
    answer: Option<&Answer>,
    by: &str,
    revision: Revision,
) -> String {
    let object = Object::new().text("item", item).text("by", by).int("revision", revision);
    match answer {
        None => object.raw("value", "null").done(),
        Some(answer) => object
            .text("value", &answer.value.encode())
            .maybe("evidence", answer.evidence.map(Evidence::as_code))
            .text("note", &answer.note)
            .int("unchanged", i64::from(answer.unchanged))
            .done(),
    }
}

pub(super) fn check_item(item: &str) -> Result<(), Refusal> {
    if item.is_empty() || item.chars().count() > 200 || item.chars().any(char::is_control) {
        return Err(Refusal::Invalid { field: "item", why: "malformed" });
    }
    Ok(())
}

/// Whether the value can be kept and read back as it is, without control characters.
pub(super) fn check_answer(answer: &Answer) -> Result<(), Refusal> {
    words(&answer.note, "note")?;
    match &answer.value {
        Value::Text(text) => words(text, "value").map(|_| ())?,
        Value::Document { note, .. } => words(note, "value").map(|_| ())?,
        _ => {}
    }
    if Value::decode(&answer.value.encode()).as_ref() == Some(&answer.value) {
        Ok(())
    } else {
        Err(Refusal::Invalid { field: "value", why: "malformed" })
    }
}

/// A value of another kind than the question's is refused; whether it is right is for the form.
pub(super) fn check_kind(item: &Item, value: &Value) -> Result<(), Refusal> {
    let fits = match (&item.kind, value) {
        (Kind::Bool, Value::Bool(_))
        | (Kind::Number(_) | Kind::Percent, Value::Number(_))
        | (Kind::Money, Value::Money(_))
        | (Kind::Date, Value::Date(_))
        | (Kind::LongText, Value::Text(_))
        | (Kind::Document, Value::Document { .. })
        | (Kind::Group(_), Value::Rows(_)) => true,
        (Kind::Text, Value::Text(text)) => !text.contains('\n'),
        (kind @ Kind::Choice(_), Value::Choice(code)) => {
            kind.choices().iter().any(|choice| choice.code == *code)
        }
        (kind @ Kind::Multi(_), Value::Multi(codes)) => {
            codes.iter().all(|code| kind.choices().iter().any(|choice| choice.code == *code))
        }
        _ => false,
    };
    if fits && !item.computed {
        Ok(())
    } else {
        Err(Refusal::Invalid { field: "value", why: "wrong_kind" })
    }
}

/// What belongs to one visit alone is never "unchanged, seen again".
fn check_unchanged(item: &Item, answer: &Answer) -> Result<(), Refusal> {
    if answer.unchanged && item.carry == Carry::Never {
        return Err(Refusal::Invalid { field: "value", why: "this_visit" });
    }
    Ok(())
}

/// The field is on disk: what was kept while it was being typed is of no use any more.
pub(super) fn forget_draft(ctx: &Ctx<'_>, visit: &VisitId, item: &str) -> Result<(), Refusal> {
    const SQL: &str = "DELETE FROM field_drafts WHERE visit_id = ?1 AND user = ?2 AND item = ?3";
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute([visit.as_str(), me, item])?;
    Ok(())
}

/// Nothing is being typed any more: whatever field was kept is given up.
fn forget_any_draft(ctx: &Ctx<'_>, visit: &VisitId) -> Result<(), Refusal> {
    const SQL: &str = "DELETE FROM field_drafts WHERE visit_id = ?1 AND user = ?2";
    ctx.tx.prepare_cached(SQL)?.execute([visit.as_str(), ctx.actor.user.as_str()])?;
    Ok(())
}

/// Keeps the field being typed or the place in the form; on the soft connection, not journalled.
pub(super) fn keep(ctx: &Ctx<'_>, command: &Command) -> Result<(), Refusal> {
    const DRAFT: &str = "
        INSERT INTO field_drafts (visit_id, user, item, text, caret, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (visit_id, user) DO UPDATE SET
            item = excluded.item, text = excluded.text, caret = excluded.caret, at = excluded.at";
    const PLACE: &str = "UPDATE records SET cursor = ?3 WHERE visit_id = ?1 AND version = ?2";
    match command {
        Command::KeepDraft { visit, item, text, caret } => {
            open_record(ctx, visit)?;
            if item.is_empty() {
                return forget_any_draft(ctx, visit);
            }
            check_item(item)?;
            if text.is_empty() {
                return forget_draft(ctx, visit, item);
            }
            if text.chars().count() > 32_000 {
                return Err(Refusal::Invalid { field: "text", why: "too_long" });
            }
            let me = ctx.actor.user.as_str();
            ctx.tx.prepare_cached(DRAFT)?.execute(params![
                visit.as_str(),
                me,
                item,
                text,
                caret,
                ctx.at()
            ])?;
        }
        Command::KeepPlace { visit, item } => {
            let record = open_record(ctx, visit)?;
            check_item(item)?;
            ctx.tx.prepare_cached(PLACE)?.execute(params![visit.as_str(), record.version, item])?;
        }
        _ => {}
    }
    Ok(())
}
