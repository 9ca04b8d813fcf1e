//! Appointments: pre-loan trips and whatever else takes an officer's time.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Row, named_params};

use super::{Back, Swap, require_seen, written};
use crate::access::Action;
use crate::domain::ids::{AppointmentId, UserId};
use crate::domain::plan::AppointmentKind;
use crate::protocol::command::{Appointment, Revision};
use crate::protocol::reply::Refusal;
use crate::store::read::scope::Sight;
use crate::store::row::free_id;
use crate::store::row::{code, day, id};
use crate::store::write::canon::Object;
use crate::store::write::{Ctx, Done, needed, words};

/// A row of `appointments`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store::write) struct Kept {
    id: AppointmentId,
    officer: UserId,
    day: NaiveDate,
    kind: AppointmentKind,
    title: String,
    district: Option<String>,
    trade_circle: Option<String>,
    points: u32,
    by: UserId,
    at: String,
    revision: Revision,
}

const COLUMNS: &str = "appointment_id, officer, day, kind, title, district, trade_circle, points, \
    set_by, set_at, revision";

fn read(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: id(row, 0)?,
        officer: id(row, 1)?,
        day: day(row, 2)?,
        kind: code(row, 3, AppointmentKind::from_code)?,
        title: row.get(4)?,
        district: row.get(5)?,
        trade_circle: row.get(6)?,
        points: row.get(7)?,
        by: id(row, 8)?,
        at: row.get(9)?,
        revision: row.get(10)?,
    })
}

fn load(ctx: &Ctx<'_>, id: &AppointmentId) -> Result<Option<Kept>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM appointments WHERE appointment_id = ?1");
    Ok(ctx.tx.prepare_cached(&sql)?.query_row([id.as_str()], read).optional()?)
}

impl Kept {
    fn insert(&self, ctx: &Ctx<'_>) -> Result<(), Refusal> {
        let sql = format!(
            "INSERT INTO appointments ({COLUMNS}) VALUES (:id, :officer, :day, :kind, :title, \
             :district, :circle, :points, :by, :at, :revision)"
        );
        ctx.tx.prepare_cached(&sql)?.execute(named_params! {
            ":id": self.id.as_str(), ":officer": self.officer.as_str(),
            ":day": self.day.to_string(), ":kind": self.kind.as_code(), ":title": self.title,
            ":district": self.district, ":circle": self.trade_circle, ":points": self.points,
            ":by": self.by.as_str(), ":at": self.at, ":revision": self.revision,
        })?;
        Ok(())
    }

    fn delete(&self, ctx: &Ctx<'_>) -> Result<(), Refusal> {
        const SQL: &str = "DELETE FROM appointments WHERE appointment_id = ?1";
        ctx.tx.prepare_cached(SQL)?.execute([self.id.as_str()])?;
        Ok(())
    }
}

fn told(kept: Option<&Kept>) -> String {
    let Some(kept) = kept else { return Object::new().done() };
    Object::new()
        .text("officer", kept.officer.as_str())
        .text("day", &kept.day.to_string())
        .text("kind", kept.kind.as_code())
        .text("title", &kept.title)
        .maybe("district", kept.district.as_deref())
        .maybe("trade_circle", kept.trade_circle.as_deref())
        .int("points", i64::from(kept.points))
        .done()
}

/// An officer keeps her own calendar, a supervisor that of her branch.
fn require_calendar(ctx: &Ctx<'_>, officer: &UserId) -> Result<(), Refusal> {
    ctx.require(Action::Visit)?;
    let seen = Sight::of(ctx.actor).narrowed(ctx.tx, Some(officer))?;
    if seen.officer().is_some() { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Enters or changes one.
pub(super) fn appoint(
    ctx: &Ctx<'_>,
    wanted: &Appointment,
    command: &'static str,
) -> Result<Done, Refusal> {
    require_calendar(ctx, &wanted.officer)?;
    ctx.require_staff(&wanted.officer, "owner")?;
    let before = match &wanted.id {
        Some(id) => Some(found(ctx, id, wanted.seen, &wanted.day.to_string())?),
        None => None,
    };
    let moved = before.as_ref().is_none_or(|kept| kept.day != wanted.day);
    if moved && wanted.day < ctx.today {
        return Err(Refusal::Invalid { field: "planned_day", why: "past" });
    }
    if wanted.points > ctx.packs.policy.month.day_points {
        return Err(Refusal::Invalid { field: "points", why: "more_than_a_day" });
    }
    let place =
        |text: &str, field| words(text, field).map(|text| (!text.is_empty()).then_some(text));
    let base = format!("E-{}-{}", wanted.officer, wanted.day.format("%Y%m%d"));
    let id = if let Some(kept) = &before {
        kept.id.clone()
    } else {
        let taken = "SELECT 1 FROM appointments WHERE appointment_id = ?1";
        AppointmentId(free_id(ctx.tx, taken, &base)?)
    };
    let after = Kept {
        id,
        officer: wanted.officer.clone(),
        day: wanted.day,
        kind: wanted.kind,
        title: needed(&wanted.title, "text")?,
        district: place(&wanted.district, "area")?,
        trade_circle: place(&wanted.trade_circle, "area")?,
        points: wanted.points,
        by: ctx.actor.user.clone(),
        at: ctx.at(),
        revision: ctx.next_seq()?,
    };
    if let Some(before) = &before {
        before.delete(ctx)?;
    }
    after.insert(ctx)?;
    Ok(done(command, Swap { before, after: Some(after) }))
}

/// Takes one out.
pub(super) fn cancel(
    ctx: &Ctx<'_>,
    appointment: &AppointmentId,
    seen: Revision,
    command: &'static str,
) -> Result<Done, Refusal> {
    let before = found(ctx, appointment, seen, "")?;
    before.delete(ctx)?;
    Ok(done(command, Swap { before: Some(before), after: None }))
}

/// One that is there, in a calendar of the actor's, as she saw it.
fn found(ctx: &Ctx<'_>, id: &AppointmentId, seen: Revision, mine: &str) -> Result<Kept, Refusal> {
    // Whoever has no calendar learns nothing about those of others.
    ctx.require(Action::Visit)?;
    let kept = load(ctx, id)?.ok_or(Refusal::NotFound)?;
    require_calendar(ctx, &kept.officer)?;
    let theirs = format!("{} {}", kept.day, kept.title);
    require_seen(Some((kept.revision, &theirs, kept.by.as_str())), seen, "day", mine)?;
    Ok(kept)
}

fn done(command: &'static str, swap: Swap<Option<Kept>>) -> Done {
    let one = swap.after.as_ref().or(swap.before.as_ref());
    let subject = one.map(|kept| kept.id.to_string()).unwrap_or_default();
    let revision = |kept: &Option<Kept>| kept.as_ref().map_or(0, |kept| kept.revision);
    let steps = (revision(&swap.before), revision(&swap.after));
    let told = (told(swap.before.as_ref()), told(swap.after.as_ref()));
    written((command, &subject), steps, told, Back::Appointment(swap))
}

/// Puts it back as it was.
pub(super) fn take_back(
    ctx: &Ctx<'_>,
    swap: &Swap<Option<Kept>>,
) -> Result<(String, String), Refusal> {
    let Some(one) = swap.after.as_ref().or(swap.before.as_ref()) else {
        return Err(Refusal::NothingToUndo);
    };
    require_calendar(ctx, &one.officer)?;
    let there = load(ctx, &one.id)?;
    let theirs = there.as_ref().map(|kept| kept.day.to_string()).unwrap_or_default();
    let now = there.as_ref().map(|kept| (kept.revision, theirs.as_str(), kept.by.as_str()));
    let left = swap.after.as_ref().map_or(0, |kept| kept.revision);
    require_seen(now, left, "day", "undo")?;
    if let Some(after) = &swap.after {
        after.delete(ctx)?;
    }
    if let Some(before) = &swap.before {
        before.insert(ctx)?;
    }
    Ok((told(swap.before.as_ref()), told(swap.after.as_ref())))
}
