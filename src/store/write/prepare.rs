//! Preparing a visit: noting look-ups, choosing whom to meet. An open draft of the customer takes
//! both over at once: a finding asks its question there.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, named_params, params};

use super::canon::Object;
use super::inverse::{Inverse, Undoable};
use super::record::{self, purposes_text, sections_text};
use super::visit::{self, Plan};
use super::{Ctx, Done, Written, conflict, facts, needed, words};
use crate::access::{Action, mask_name};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::preparation::LookedUp;
use crate::form::preparation::LookUpOption;
use crate::protocol::command::{LookUpNote, Revision};
use crate::protocol::page::LookUpRow;
use crate::protocol::reply::Refusal;
use crate::store::prepared;

/// A look-up as it is written.
struct Note<'a> {
    customer: &'a CustomerId,
    code: &'a str,
    n: Revision,
    option: &'a str,
    result: &'a str,
    detail: &'a str,
    place: &'a str,
    on: Option<NaiveDate>,
    restores: Option<Revision>,
}

/// Notes what a look-up gave.
pub(super) fn note(ctx: &Ctx<'_>, note: &LookUpNote) -> Result<Done, Refusal> {
    let LookUpNote { customer, check, option, detail, place, on, seen } = note;
    ctx.require(Action::Visit)?;
    ctx.require_scope(customer)?;
    let line = prepared::line(ctx.tx, customer)?;
    let mut asked = ctx.packs.preparation.lookups_for(line);
    let lookup = asked
        .find(|lookup| lookup.code == *check)
        .ok_or(Refusal::Invalid { field: "check", why: "unknown_code" })?;
    let option =
        lookup.option(option).ok_or(Refusal::Invalid { field: "option", why: "unknown_code" })?;
    let there = prepared::look_up(ctx.tx, customer, lookup, ctx.today, None)?;
    if *seen != there.revision {
        return Err(stale(check, &option.code, &there));
    }
    let detail = match option.result {
        LookedUp::Nothing => words(detail, "detail")?,
        LookedUp::Found | LookedUp::NotQueried => needed(detail, "detail")?,
    };
    let place = words(place, "place")?;
    let on = day(ctx, option, *on)?;
    let before = entry_json(ctx, customer, check, there.revision)?;
    let result = option.result.as_code();
    let n = there.revision + 1;
    let written = Note {
        customer,
        code: check,
        n,
        option: &option.code,
        result,
        detail: &detail,
        place: &place,
        on,
        restores: None,
    };
    insert(ctx, &written)?;
    refresh(ctx, customer)?;
    let after = entry_json(ctx, customer, check, n)?;
    let mut done = Written::plain(customer.as_str(), before, after);
    done.undo = Some(Undoable {
        command: "note_look_up",
        subject: customer.as_str().to_owned(),
        part: check.clone(),
        from: there.revision,
        to: n,
        inverse: Inverse::LookUp(there.last.is_some().then_some(there.revision)),
    });
    Ok(done.into())
}

/// The day of a look-up: not later than today; what was not queried has none.
fn day(
    ctx: &Ctx<'_>,
    option: &LookUpOption,
    on: Option<NaiveDate>,
) -> Result<Option<NaiveDate>, Refusal> {
    if option.result == LookedUp::NotQueried {
        return Ok(None);
    }
    let on = on.ok_or(Refusal::Invalid { field: "looked_up_on", why: "missing" })?;
    if on > ctx.today {
        return Err(Refusal::Invalid { field: "looked_up_on", why: "future" });
    }
    Ok(Some(on))
}

fn stale(check: &str, mine: &str, there: &LookUpRow) -> Refusal {
    let (theirs, by) = there
        .last
        .as_ref()
        .map(|last| (format!("{} {}", last.option, last.detail), last.by.clone()))
        .unwrap_or_default();
    conflict(there.revision, check, mine, theirs.trim(), &by)
}

fn insert(ctx: &Ctx<'_>, note: &Note<'_>) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT INTO prep_checks (customer_id, code, n, option, result, detail, place, looked_up_on,
            due_on, restores, pack, by, at)
        VALUES (:customer, :code, :n, :option, :result, :detail, :place, :on,
            (SELECT min(due) FROM due_visits WHERE customer_id = :customer), :restores, :pack, :by, :at)";
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":customer": note.customer.as_str(), ":code": note.code, ":n": note.n,
        ":option": note.option, ":result": note.result, ":detail": note.detail,
        ":place": note.place, ":on": note.on.map(|day| day.to_string()),
        ":restores": note.restores, ":pack": ctx.packs.preparation.id,
        ":by": ctx.actor.user.as_str(), ":at": ctx.at(),
    })?;
    Ok(())
}

/// JSON of an entry; `None` = there is none.
fn entry_json(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    code: &str,
    n: Revision,
) -> Result<Option<String>, Refusal> {
    const SQL: &str = "
        SELECT json_object('check', code, 'revision', n, 'option', option, 'result', result,
            'detail', detail, 'place', place, 'looked_up_on', looked_up_on, 'due_on', due_on,
            'pack', pack)
        FROM prep_checks WHERE customer_id = ?1 AND code = ?2 AND n = ?3";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    Ok(statement.query_row(params![customer.as_str(), code, n], |row| row.get(0)).optional()?)
}

/// Takes a look-up back: the entry before it counts again, as a new one.
pub(super) fn take_back(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    code: &str,
    before: Option<Revision>,
    left: Revision,
) -> Result<(Option<String>, Option<String>, Revision), Refusal> {
    const AGAIN: &str = "
        INSERT INTO prep_checks (customer_id, code, n, option, result, detail, place, looked_up_on,
            due_on, restores, pack, by, at)
        SELECT customer_id, code, :n, option, result, detail, place, looked_up_on,
            due_on, n, pack, by, :at
        FROM prep_checks WHERE customer_id = :customer AND code = :code AND n = :before";
    ctx.require(Action::Visit)?;
    ctx.require_scope(customer)?;
    let there = prepared::look_up_revision(ctx.tx, customer, code)?;
    if there != left {
        return Err(conflict(there, code, "undo", "", ""));
    }
    let was = entry_json(ctx, customer, code, there)?;
    let n = there + 1;
    if let Some(before) = before {
        ctx.tx.prepare_cached(AGAIN)?.execute(named_params! {
            ":n": n, ":at": ctx.at(), ":customer": customer.as_str(), ":code": code,
            ":before": before,
        })?;
    } else {
        let gone = Note {
            customer,
            code,
            n,
            option: "",
            result: "withdrawn",
            detail: "",
            place: "",
            on: None,
            restores: Some(0),
        };
        insert(ctx, &gone)?;
    }
    refresh(ctx, customer)?;
    Ok((was, entry_json(ctx, customer, code, n)?, n))
}

/// Chooses whom to meet, by the keys of the brief.
pub(super) fn plan_meeting(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    people: &[String],
    seen: Revision,
) -> Result<Done, Refusal> {
    ctx.require(Action::Visit)?;
    ctx.require_scope(customer)?;
    let there = prepared::meeting_revision(ctx.tx, customer)?;
    let before = prepared::chosen(ctx.tx, customer, open_visit(ctx, customer)?.as_ref())?;
    if seen != there {
        return Err(conflict(there, "people", "", &masked(&before).join(" "), ""));
    }
    let on_file = prepared::people(ctx.tx, customer)?;
    let mut names = Vec::with_capacity(people.len());
    for key in people {
        let person = on_file.iter().find(|person| person.key(customer) == *key);
        let person = person.ok_or(Refusal::Invalid { field: "people", why: "unknown_code" })?;
        names.push(person.name.clone());
    }
    choose(ctx, customer, &names, there + 1)?;
    let mut done = Written::plain(
        customer.as_str(),
        Some(people_json(&before, there)),
        Some(people_json(&names, there + 1)),
    );
    done.undo = Some(Undoable {
        command: "plan_meeting",
        subject: customer.as_str().to_owned(),
        part: String::from("people"),
        from: there,
        to: there + 1,
        inverse: Inverse::Meeting(before),
    });
    Ok(done.into())
}

/// Puts an earlier choice back.
pub(super) fn meet_again(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    names: &[String],
    left: Revision,
) -> Result<(Option<String>, Option<String>, Revision), Refusal> {
    ctx.require(Action::Visit)?;
    ctx.require_scope(customer)?;
    let there = prepared::meeting_revision(ctx.tx, customer)?;
    if there != left {
        return Err(conflict(there, "people", "undo", "", ""));
    }
    let was = prepared::chosen(ctx.tx, customer, open_visit(ctx, customer)?.as_ref())?;
    choose(ctx, customer, names, there + 1)?;
    Ok((Some(people_json(&was, there)), Some(people_json(names, there + 1)), there + 1))
}

fn choose(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    names: &[String],
    n: Revision,
) -> Result<(), Refusal> {
    const MEETING: &str =
        "INSERT INTO prep_meetings (customer_id, n, by, at) VALUES (?1, ?2, ?3, ?4)";
    const PERSON: &str =
        "INSERT OR IGNORE INTO prep_people (customer_id, n, name) VALUES (?1, ?2, ?3)";
    let (id, me) = (customer.as_str(), ctx.actor.user.as_str());
    ctx.tx.prepare_cached(MEETING)?.execute(params![id, n, me, ctx.at()])?;
    for name in names {
        ctx.tx.prepare_cached(PERSON)?.execute(params![id, n, name])?;
    }
    refresh(ctx, customer)
}

fn masked(names: &[String]) -> Vec<String> {
    names.iter().map(|name| mask_name(name)).collect()
}

/// JSON of a choice: names masked, because the journal can't be changed.
fn people_json(names: &[String], n: Revision) -> String {
    Object::new().text("people", &masked(names).join("、")).int("revision", n).done() // tidy: not a text
}

/// The customer's draft of a first version.
fn open_visit(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<Option<VisitId>, Refusal> {
    Ok(open_visits(ctx, customer)?.into_iter().next())
}

fn open_visits(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<Vec<VisitId>, Refusal> {
    const SQL: &str = "
        SELECT v.visit_id FROM visits v JOIN records r USING (visit_id)
        WHERE v.customer_id = ?1 AND v.origin = 'here' AND r.version = 1
            AND r.state IN ('draft', 'returned')
        ORDER BY v.visited_on DESC, v.visit_id";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rows = statement.query_map([customer.as_str()], |row| row.get(0).map(VisitId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tells the open drafts of the customer what is prepared now: their forms are composed anew, and
/// who changed that had a hand in them.
fn refresh(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<(), Refusal> {
    for visit in open_visits(ctx, customer)? {
        prepare_anew(ctx, &visit)?;
    }
    Ok(())
}

/// Gives an open visit what is prepared now, and composes its form anew if that changed anything.
fn prepare_anew(ctx: &Ctx<'_>, visit: &VisitId) -> Result<(), Refusal> {
    let record = record::load(ctx, visit)?;
    let mut facts = record.facts.clone();
    facts::prepare(ctx, &record, &mut facts)?;
    if facts == record.facts {
        return Ok(());
    }
    visit::keep_pack(ctx)?;
    let channel: String = ctx
        .tx
        .prepare_cached("SELECT coalesce(channel, '') FROM visits WHERE visit_id = ?1")?
        .query_row([record.visit.as_str()], |row| row.get(0))?;
    visit::write(
        ctx,
        &record,
        &Plan {
            visited_on: record.visited_on,
            class: record.class,
            channel: &channel,
            purposes: purposes_text(&record.purposes),
            sections: &sections_text(&ctx.packs.library.compose(&facts)),
            facts: &facts.encode(),
        },
    )
}

#[cfg(test)]
mod tests;
