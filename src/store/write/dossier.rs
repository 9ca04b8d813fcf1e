//! What a visit found changed goes into the dossier: one answer, one field, never by itself. What
//! stood there before is kept beside it.

use rusqlite::{OptionalExtension as _, named_params, params};

use super::canon::Object;
use super::inverse::{Change, Inverse, Undoable};
use super::{Ctx, Done, Written, answer, conflict, judged, needed, record};
use crate::access::{Action, mask_name, mask_phone};
use crate::domain::answer::Value;
use crate::domain::customer::DossierField;
use crate::domain::ids::{CustomerId, VisitId};
use crate::protocol::command::{DossierNews, Revision};
use crate::protocol::reply::Refusal;
use crate::store::search;

/// The longest text of a field of the dossier, in characters.
const MOST: usize = 200;

/// Takes an answer over.
pub(super) fn update(ctx: &Ctx<'_>, news: &DossierNews) -> Result<Done, Refusal> {
    const KEEP: &str = "
        INSERT INTO dossier_updates (visit_id, item, n, version, field, before, after, by, at)
        VALUES (:visit, :item, (SELECT coalesce(max(n), 0) + 1 FROM dossier_updates
            WHERE visit_id = :visit AND item = :item), :version, :field, :before, :after, :by, :at)";
    let DossierNews { visit, item, field, value, seen } = news;
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, visit)?;
    let library = judged::library(ctx, &record)?;
    let asked = library.item(item).filter(|asked| asked.updates == Some(*field));
    asked.ok_or(Refusal::Invalid { field: "item", why: "no_news" })?;
    // Only what is on record has changed: an update without the answer would have no reason.
    let said = answer::stored(ctx, visit.as_str(), record.version, item)?;
    let said = said.is_some_and(|said| match &said.answer.value {
        Value::Text(text) => !text.trim().is_empty(),
        _ => false,
    });
    if !said {
        return Err(Refusal::Invalid { field: "item", why: "not_answered" });
    }
    let value = needed(value, "dossier")?;
    if value.chars().count() > MOST || value.contains('\n') {
        return Err(Refusal::Invalid { field: "dossier", why: "too_long" });
    }
    let (before, revision) = standing(ctx, &record.customer, *field)?;
    if revision != *seen {
        return Err(stale(revision, item, *field, Some(&value), before.as_deref()));
    }
    if before.as_deref() == Some(value.as_str()) {
        return Err(Refusal::Invalid { field: "dossier", why: "same" });
    }
    put(ctx, &record.customer, *field, Some(&value))?;
    ctx.tx.prepare_cached(KEEP)?.execute(named_params! {
        ":visit": visit.as_str(), ":item": item, ":version": record.version,
        ":field": field.as_code(), ":before": before, ":after": value,
        ":by": ctx.actor.user.as_str(), ":at": ctx.at(),
    })?;
    let (was, now) =
        (json(visit, item, *field, before.as_deref()), json(visit, item, *field, Some(&value)));
    let mut written = Written::plain(record.customer.as_str(), Some(was), Some(now));
    written.undo = Some(Undoable {
        command: "update_dossier",
        subject: record.customer.as_str().to_owned(),
        part: String::new(),
        from: revision,
        to: revision + 1,
        inverse: Inverse::Dossier {
            visit: visit.clone(),
            item: item.clone(),
            field: *field,
            before,
        },
    });
    Ok(written.into())
}

/// Puts the field back as it was before, while the record is open and nobody has changed the
/// customer since.
pub(super) fn take_back(
    ctx: &Ctx<'_>,
    last: &Undoable,
    (visit, item, field): (&VisitId, &str, DossierField),
    before: Option<&str>,
) -> Result<Change, Refusal> {
    const FORGET: &str = "
        DELETE FROM dossier_updates WHERE visit_id = ?1 AND item = ?2
            AND n = (SELECT max(n) FROM dossier_updates WHERE visit_id = ?1 AND item = ?2)";
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, visit)?;
    let (now, revision) = standing(ctx, &record.customer, field)?;
    if revision != last.to {
        return Err(stale(revision, item, field, before, now.as_deref()));
    }
    put(ctx, &record.customer, field, before)?;
    ctx.tx.prepare_cached(FORGET)?.execute(params![visit.as_str(), item])?;
    Ok(Change {
        before: Some(json(visit, item, field, now.as_deref())),
        after: Some(json(visit, item, field, before)),
        revision: revision + 1,
    })
}

/// What stands in a field now, and the customer's revision.
fn standing(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    field: DossierField,
) -> Result<(Option<String>, Revision), Refusal> {
    let sql = format!("SELECT {}, revision FROM customers WHERE customer_id = ?1", field.as_code());
    let found = ctx
        .tx
        .prepare_cached(&sql)?
        .query_row([customer.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.ok_or(Refusal::NotFound)
}

/// Writes a field; plan and search follow. The codes of the fields are the columns.
fn put(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    field: DossierField,
    value: Option<&str>,
) -> Result<(), Refusal> {
    let sql = format!(
        "UPDATE customers SET {} = ?2, revision = revision + 1 WHERE customer_id = ?1",
        field.as_code()
    );
    ctx.tx.prepare_cached(&sql)?.execute(params![customer.as_str(), value])?;
    if field == DossierField::Phone {
        search::index_customer(ctx.tx, customer)?;
    }
    ctx.replan(customer)
}

/// The customer was changed since: by an import, or by somebody else.
fn stale(
    now: Revision,
    item: &str,
    field: DossierField,
    mine: Option<&str>,
    theirs: Option<&str>,
) -> Refusal {
    let shown = |text: Option<&str>| Value::Text(masked(field, text.unwrap_or_default())).encode();
    conflict(now, item, &shown(mine), &shown(theirs), "")
}

/// Names of people and numbers as journal and conflict may show them.
fn masked(field: DossierField, text: &str) -> String {
    match field {
        DossierField::Phone => mask_phone(text),
        DossierField::LegalRep | DossierField::Controller => mask_name(text),
        DossierField::Industry | DossierField::Address => text.to_owned(),
    }
}

/// What the journal keeps.
fn json(visit: &VisitId, item: &str, field: DossierField, value: Option<&str>) -> String {
    let value = value.map(|text| masked(field, text));
    let object = Object::new().text("visit", visit.as_str()).text("item", item);
    object.maybe(field.as_code(), value.as_deref()).done()
}

#[cfg(test)]
mod tests;
