//! Events outside: entered with a look-at for every customer of the branch whom they concern, and
//! closed with what came of them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::canon::Object;
use super::look_at::{self, Wanted};
use super::{Ctx, Done, Written, conflict, flag_text, needed, todo};
use crate::access::{Action, Actor};
use crate::assets::drivers;
use crate::domain::event::{EventKind, Reach};
use crate::domain::flag::Leftover;
use crate::domain::ids::EventId;
use crate::domain::todo::TodoState;
use crate::protocol::command::{EventCommand, NewEvent, Revision};
use crate::protocol::query::Reaching;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::Store;
use crate::store::concerned::{Price, concerned};
use crate::store::read::events::OF_BRANCH;
use crate::store::read::scope::Sight;
use crate::store::row::free_id;

/// Words of a list, and how many there may be.
const MOST_WORDS: usize = 30;

/// Why a look-at is dropped whose event was closed; the screen has the words for it.
const EVENT_CLOSED: &str = "event_closed";

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &EventCommand) -> Result<Done, Refusal> {
    ctx.require(Action::RegisterEvents)?;
    match command {
        EventCommand::Add(new) => add(ctx, new),
        EventCommand::Close { event, seen, finding, left } => {
            close(ctx, (event, *seen), finding, *left)
        }
    }
}

/// The words of a list, each once and cleaned; none may hold the mark that parts them.
fn list(words: &[String], field: &'static str) -> Result<Vec<String>, Refusal> {
    let mut clean: Vec<String> = Vec::new();
    for word in words.iter().filter(|word| !word.trim().is_empty()) {
        let word = needed(word, field)?;
        if word.contains(';') {
            return Err(Refusal::Invalid { field, why: "malformed" });
        }
        if !clean.contains(&word) {
            clean.push(word);
        }
    }
    if clean.len() > MOST_WORDS {
        return Err(Refusal::Invalid { field, why: "too_long" });
    }
    Ok(clean)
}

/// What an event is called and what is to be looked at.
struct Told {
    title: String,
    points: String,
}

/// What an event says of itself, without those whom it meets.
fn told(new: &NewEvent, today: NaiveDate) -> Result<Told, Refusal> {
    let title = needed(&new.title, "title")?;
    let points = needed(&new.points, "points")?;
    if new.happened_on > today {
        return Err(Refusal::Invalid { field: "happened_on", why: "future" });
    }
    if new.due_on < today {
        return Err(Refusal::Invalid { field: "due_on", why: "past" });
    }
    if (new.kind == EventKind::Price) != new.change.is_some() {
        let why = if new.change.is_some() { "only_price" } else { "missing" };
        return Err(Refusal::Invalid { field: "change", why });
    }
    Ok(Told { title, points })
}

impl Store {
    /// Refuses what entering an event would refuse before it asks whom it meets; otherwise tells how
    /// to ask that.
    pub fn try_event(
        &self,
        new: &NewEvent,
        (actor, now): (&Actor, DateTime<FixedOffset>),
    ) -> Result<Reaching, Refusal> {
        let told = told(new, Self::business_date(now))?;
        let (reach, drivers) = reach(new)?;
        refuse_same((self.conn(), &actor.branch), new, &told.title, (&reach, &drivers))?;
        let change = new.change;
        Ok(Reaching { industries: reach.industries, districts: reach.districts, drivers, change })
    }
}

/// Whom an event concerns, and the codes of its drivers.
fn reach(new: &NewEvent) -> Result<(Reach, Vec<String>), Refusal> {
    let industries = list(&new.industries, "industries")?;
    let districts = list(&new.districts, "districts")?;
    let known = drivers::shared()
        .map_err(|_fault| Refusal::Invalid { field: "drivers", why: "unsound_rules" })?;
    let named = drivers::resolve(&known, &list(&new.drivers, "drivers")?);
    if !named.unknown.is_empty() {
        return Err(Refusal::Invalid { field: "drivers", why: "unknown_driver" });
    }
    let reach = Reach { industries, districts, driven: named.industries };
    if reach.is_empty() {
        return Err(Refusal::Invalid { field: "industries", why: "reaches_nobody" });
    }
    Ok((reach, named.codes))
}

fn add(ctx: &Ctx<'_>, new: &NewEvent) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO events (event_id, kind, title, change, happened_on, industries, districts,
            drivers, points, due_on, branch, entered_by, entered_at)
        VALUES (:event, :kind, :title, :change, :on, :industries, :districts, :drivers, :points,
            :due, :branch, :me, :at)";
    let Told { title, points } = told(new, ctx.today)?;
    let (reach, codes) = reach(new)?;
    refuse_same((ctx.tx, &ctx.actor.branch), new, &title, (&reach, &codes))?;
    let known = drivers::shared()
        .map_err(|_fault| Refusal::Invalid { field: "drivers", why: "unsound_rules" })?;
    let price = Price { change: new.change, known: &known, codes: &codes };
    let met = concerned(ctx.tx, &Sight::of(ctx.actor), (&reach, &price))?;
    if met.is_empty() {
        // A slip of the keys in a district or an industry would pass for a quiet book.
        let field = if reach.districts.is_empty() { "industries" } else { "districts" };
        return Err(Refusal::Invalid { field, why: "meets_nobody" });
    }
    let base = format!("E-{}", ctx.today.format("%Y%m%d"));
    let event = free_id(ctx.tx, "SELECT 1 FROM events WHERE event_id = ?1", &base)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":event": event, ":kind": new.kind.as_code(), ":title": title,
        ":change": new.change.map(|change| change.0), ":on": new.happened_on.to_string(),
        ":industries": reach.industries.join(";"), ":districts": reach.districts.join(";"),
        ":drivers": codes.join(";"), ":points": points, ":due": new.due_on.to_string(),
        ":branch": ctx.actor.branch, ":me": ctx.actor.user.as_str(), ":at": ctx.at(),
    })?;
    let text = format!("{title} · {points}");
    let wanted = Wanted { origin: &event, text: &text, text_en: None, due_on: new.due_on };
    let mut customers = 0;
    for one in met {
        customers += i64::from(look_at::put(ctx, &wanted, &one.customer, &one.officer)?);
    }
    let after = Object::new()
        .text("kind", new.kind.as_code())
        .text("title", &title)
        .text("due_on", &new.due_on.to_string())
        .int("customers", customers)
        .done();
    let written = Written::plain(&event, None, Some(after));
    Ok(written.outcome(Outcome::EventEntered(EventId(event))).into())
}

/// Refuses an event that is open already: everybody would be looked at twice.
fn refuse_same(
    (db, branch): (&Connection, &str),
    new: &NewEvent,
    title: &str,
    (reach, codes): (&Reach, &[String]),
) -> Result<(), Refusal> {
    const SAME: &str = "
        SELECT 1 FROM events WHERE closed_on IS NULL AND branch = :branch AND kind = :kind
            AND title = :title AND happened_on = :on AND change IS :change
            AND industries = :industries AND districts = :districts AND drivers = :drivers";
    let same = db.prepare_cached(SAME)?.exists(named_params! {
        ":branch": branch, ":kind": new.kind.as_code(), ":title": title,
        ":on": new.happened_on.to_string(), ":change": new.change.map(|change| change.0),
        ":industries": reach.industries.join(";"), ":districts": reach.districts.join(";"),
        ":drivers": codes.join(";"),
    })?;
    if same { Err(Refusal::Invalid { field: "title", why: "entered_already" }) } else { Ok(()) }
}

fn close(
    ctx: &Ctx<'_>,
    (event, seen): (&EventId, Revision),
    finding: &str,
    left: Option<Leftover>,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE events SET closed_on = ?2, finding = ?3, revision = revision + 1 WHERE event_id = ?1";
    let finding = flag_text::reason(ctx, finding, "finding")?;
    let found: Option<(Revision, bool, String, String)> = ctx
        .tx
        .prepare_cached(&format!(
            "SELECT e.revision, e.closed_on IS NOT NULL, coalesce(e.finding, ''), e.title \
             FROM events e WHERE e.event_id = :event AND {OF_BRANCH}"
        ))?
        .query_row(named_params! {":event": event.as_str(), ":branch": ctx.actor.branch}, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let (revision, closed, theirs, title) = found.ok_or(Refusal::NotFound)?;
    if seen != revision {
        return Err(conflict(revision, "finding", &finding, &theirs, ""));
    }
    if closed {
        return Err(Refusal::WrongState { state: "closed".to_owned() });
    }
    let today = ctx.today.to_string();
    ctx.tx.prepare_cached(SQL)?.execute(params![event.as_str(), today, finding])?;
    let dropped = settle_looks(ctx, event, left)?;
    let before = Object::new().text("title", &title).done();
    let after = Object::new()
        .text("finding", &finding)
        .text("closed_on", &today)
        .int("dropped", dropped)
        .done();
    Ok(Written::plain(event.as_str(), Some(before), Some(after)).into())
}

/// Whoever closes an event says what becomes of look-ats that nobody has made: they stay, or are
/// dropped, as after an event that was entered by mistake. How many were dropped.
fn settle_looks(ctx: &Ctx<'_>, event: &EventId, left: Option<Leftover>) -> Result<i64, Refusal> {
    const OPEN: &str = "
        SELECT k.todo_id FROM look_ats k JOIN todos t USING (todo_id)
        WHERE k.origin = ?1 AND t.state = 'open' ORDER BY k.todo_id";
    let mut statement = ctx.tx.prepare_cached(OPEN)?;
    let rows = statement.query_map([event.as_str()], |row| row.get(0))?;
    let open: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    match left {
        _ if open.is_empty() => Ok(0),
        None => Err(Refusal::Invalid { field: "left", why: "missing" }),
        Some(Leftover::Stay) => Ok(0),
        Some(Leftover::Drop) => {
            for one in &open {
                todo::close(ctx, one, TodoState::Dropped, EVENT_CLOSED)?;
            }
            Ok(i64::try_from(open.len()).unwrap_or(i64::MAX))
        }
    }
}

#[cfg(test)]
mod tests;
