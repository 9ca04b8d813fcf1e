//! Taking a row out of a repeat group: the rows below it move up, as one step.

use std::collections::BTreeMap;

use rusqlite::{named_params, params};

use super::answer::{open_record, put};
use super::canon::Object;
use super::inverse::{Inverse, Undoable};
use super::record::{self, note_writer};
use super::{Ctx, Done, Written};
use crate::access::Action;
use crate::domain::answer::{Answer, Value};
use crate::domain::ids::VisitId;
use crate::protocol::command::Revision;
use crate::protocol::reply::Refusal;

/// An answer of the group as the table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    item: String,
    value: String,
    evidence: Option<String>,
    note: String,
    unchanged: bool,
    by: String,
    at: String,
    revision: Revision,
}

/// The group's own answer and all its cells, by item.
fn all_of(
    ctx: &Ctx<'_>,
    visit: &str,
    version: i64,
    group: &str,
) -> Result<BTreeMap<String, Kept>, Refusal> {
    const SQL: &str = "
        SELECT item, value, evidence, note, unchanged, answered_by, answered_at, revision
        FROM answers
        WHERE visit_id = ?1 AND version = ?2 AND (item = ?3 OR item >= ?3 || '[' AND item < ?3 || '\\')";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rows = statement.query_map(params![visit, version, group], |row| {
        Ok(Kept {
            item: row.get(0)?,
            value: row.get(1)?,
            evidence: row.get(2)?,
            note: row.get(3)?,
            unchanged: row.get(4)?,
            by: row.get(5)?,
            at: row.get(6)?,
            revision: row.get(7)?,
        })
    })?;
    Ok(rows.map(|kept| kept.map(|kept| (kept.item.clone(), kept))).collect::<Result<_, _>>()?)
}

fn write(ctx: &Ctx<'_>, visit: &str, version: i64, kept: &Kept) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT INTO answers
            (visit_id, version, item, value, evidence, note, unchanged, answered_by, answered_at, revision)
        VALUES (:visit, :version, :item, :value, :evidence, :note, :unchanged, :by, :at, :revision)";
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":visit": visit, ":version": version, ":item": kept.item, ":value": kept.value,
        ":evidence": kept.evidence, ":note": kept.note, ":unchanged": kept.unchanged,
        ":by": kept.by, ":at": kept.at, ":revision": kept.revision,
    })?;
    Ok(())
}

fn clear(ctx: &Ctx<'_>, visit: &str, version: i64, item: &str) -> Result<(), Refusal> {
    const SQL: &str = "DELETE FROM answers WHERE visit_id = ?1 AND version = ?2 AND item = ?3";
    ctx.tx.prepare_cached(SQL)?.execute(params![visit, version, item])?;
    Ok(())
}

/// Number of the row and name of the cell: `suppliers[2].name` → 2, `name`.
fn cell<'i>(item: &'i str, group: &str) -> Option<(u32, &'i str)> {
    let (number, cell) = item.strip_prefix(group)?.strip_prefix('[')?.split_once("].")?;
    Some((number.parse().ok()?, cell))
}

/// What the journal keeps of the group.
fn json(group: &str, all: &BTreeMap<String, Kept>) -> String {
    let parts: Vec<String> = all
        .values()
        .map(|kept| {
            Object::new()
                .text("item", &kept.item)
                .text("value", &kept.value)
                .text("note", &kept.note)
                .text("by", &kept.by)
                .done()
        })
        .collect();
    let own = all.get(group).map_or("", |kept| kept.value.as_str());
    Object::new()
        .text("item", group)
        .text("value", own)
        .raw("answers", &format!("[{}]", parts.join(",")))
        .done()
}

/// Takes one row out. `seen` is every answer of the group that the writer looked at with its
/// revision: rows that somebody changed meanwhile are not moved unseen.
pub(super) fn remove(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    group: &str,
    number: u32,
    seen: &[(String, Revision)],
) -> Result<Done, Refusal> {
    let version = open_record(ctx, visit)?.version;
    let visit = visit.as_str();
    let before = all_of(ctx, visit, version, group)?;
    let there: Vec<(String, Revision)> =
        before.values().map(|kept| (kept.item.clone(), kept.revision)).collect();
    let mut seen = seen.to_vec();
    seen.sort_unstable();
    if there != seen {
        return Err(Refusal::WrongState { state: "rows_changed".to_owned() });
    }
    let count = match before.get(group).and_then(|kept| Value::decode(&kept.value)) {
        Some(Value::Rows(count)) if number < count => count,
        _ => return Err(Refusal::Invalid { field: "item", why: "malformed" }),
    };
    let revision = ctx.next_seq()?;
    let mut moved = Vec::new();
    for kept in before.values() {
        let Some((at, name)) = cell(&kept.item, group).filter(|(at, _)| *at >= number) else {
            continue;
        };
        clear(ctx, visit, version, &kept.item)?;
        if at > number {
            let item = format!("{group}[{}].{name}", at - 1);
            moved.push(Kept { item, revision, ..kept.clone() });
        }
    }
    // Who answered a cell has answered it, wherever it stands now.
    for kept in &moved {
        write(ctx, visit, version, kept)?;
    }
    let left = Answer {
        value: Value::Rows(count - 1),
        evidence: None,
        note: before.get(group).map(|kept| kept.note.clone()).unwrap_or_default(),
        unchanged: false,
    };
    put(ctx, visit, version, group, Some(&left))?;
    forget_drafts(ctx, visit, group)?;
    let after = all_of(ctx, visit, version, group)?;
    let mut written = Written::plain(visit, Some(json(group, &before)), Some(json(group, &after)));
    written.undo = Some(Undoable {
        command: "remove_row",
        subject: visit.to_owned(),
        part: group.to_owned(),
        from: before.get(group).map_or(0, |kept| kept.revision),
        to: revision,
        inverse: Inverse::Rows {
            version,
            before: before.into_values().collect(),
            after: after.into_values().collect(),
        },
    });
    Ok(written.into())
}

/// What was being typed in one of the rows belongs to no row any more.
fn forget_drafts(ctx: &Ctx<'_>, visit: &str, group: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        DELETE FROM field_drafts WHERE visit_id = ?1 AND user = ?2
            AND item >= ?3 || '[' AND item < ?3 || '\\'";
    ctx.tx.prepare_cached(SQL)?.execute([visit, ctx.actor.user.as_str(), group])?;
    Ok(())
}

/// Puts the rows back exactly as they were, unless one of them was changed since. Gives what was
/// there, what is there now, and the revision of the group.
pub(super) fn put_back(
    ctx: &Ctx<'_>,
    visit: &str,
    group: &str,
    version: i64,
    before: &[Kept],
    after: &[Kept],
) -> Result<(String, String, Revision), Refusal> {
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, &VisitId::from(visit))?;
    let there = all_of(ctx, visit, version, group)?;
    if record.version != version || !there.values().eq(after) {
        return Err(Refusal::WrongState { state: "rows_changed".to_owned() });
    }
    for item in there.keys() {
        clear(ctx, visit, version, item)?;
    }
    for kept in before {
        write(ctx, visit, version, kept)?;
    }
    note_writer(ctx, visit, version)?;
    let now = all_of(ctx, visit, version, group)?;
    let revision = now.get(group).map_or(0, |kept| kept.revision);
    Ok((json(group, &there), json(group, &now), revision))
}

#[cfg(test)]
mod tests;
