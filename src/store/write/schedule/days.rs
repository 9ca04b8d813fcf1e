//! Days that officers fix for due visits.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Row, named_params, params};

use super::{Back, Swap, require_seen, written};
use crate::access::Action;
use crate::domain::duty::Duty;
use crate::domain::ids::{CustomerId, UserId};
use crate::planning;
use crate::protocol::command::{FixedDay, Revision};
use crate::protocol::reply::Refusal;
use crate::store::project::decode_duties;
use crate::store::row::{day as row_day, id, strange};
use crate::store::write::{Ctx, Done};

/// A row of `planned_days`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store::write) struct Kept {
    customer: CustomerId,
    code: String,
    reference: String,
    raw_due: NaiveDate,
    day: NaiveDate,
    by: UserId,
    at: String,
    revision: Revision,
}

const COLUMNS: &str = "customer_id, code, ref, raw_due, day, set_by, set_at, revision";

fn read(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        customer: id(row, 0)?,
        code: row.get(1)?,
        reference: row.get(2)?,
        raw_due: row_day(row, 3)?,
        day: row_day(row, 4)?,
        by: id(row, 5)?,
        at: row.get(6)?,
        revision: row.get(7)?,
    })
}

impl Kept {
    fn is_of(&self, duty: &Duty) -> bool {
        self.code == duty.code.as_code()
            && self.reference == duty.reference
            && self.raw_due == duty.raw_due
    }

    fn same_key(&self, other: &Self) -> bool {
        (&self.customer, &self.code, &self.reference, self.raw_due)
            == (&other.customer, &other.code, &other.reference, other.raw_due)
    }

    fn load(&self, ctx: &Ctx<'_>) -> Result<Option<Self>, Refusal> {
        let sql = format!(
            "SELECT {COLUMNS} FROM planned_days \
             WHERE customer_id = ?1 AND code = ?2 AND ref = ?3 AND raw_due = ?4"
        );
        let raw_due = self.raw_due.to_string();
        let key = params![self.customer.as_str(), self.code, self.reference, raw_due];
        Ok(ctx.tx.prepare_cached(&sql)?.query_row(key, read).optional()?)
    }

    fn insert(&self, ctx: &Ctx<'_>) -> Result<(), Refusal> {
        let sql = format!(
            "INSERT INTO planned_days ({COLUMNS}) VALUES (:customer, :code, :ref, :raw_due, :day, \
             :by, :at, :revision)"
        );
        ctx.tx.prepare_cached(&sql)?.execute(named_params! {
            ":customer": self.customer.as_str(), ":code": self.code, ":ref": self.reference,
            ":raw_due": self.raw_due.to_string(), ":day": self.day.to_string(),
            ":by": self.by.as_str(), ":at": self.at, ":revision": self.revision,
        })?;
        Ok(())
    }

    fn delete(&self, ctx: &Ctx<'_>) -> Result<(), Refusal> {
        const SQL: &str = "DELETE FROM planned_days \
            WHERE customer_id = ?1 AND code = ?2 AND ref = ?3 AND raw_due = ?4";
        let raw_due = self.raw_due.to_string();
        let key = params![self.customer.as_str(), self.code, self.reference, raw_due];
        ctx.tx.prepare_cached(SQL)?.execute(key)?;
        Ok(())
    }
}

/// What the journal says of days: `C1:periodic_onsite:C1@2026-12-20=2026-12-03`, one after another.
fn told(kept: &[Kept]) -> String {
    let lines: Vec<String> = kept
        .iter()
        .map(|k| format!("{}:{}:{}@{}={}", k.customer, k.code, k.reference, k.raw_due, k.day))
        .collect();
    super::super::canon::Object::new().text("days", &lines.join(";")).done()
}

/// Whose days a change was about.
pub(super) fn about(swap: &Swap<Vec<Kept>>) -> Vec<CustomerId> {
    swap.before.iter().chain(&swap.after).map(|kept| kept.customer.clone()).collect()
}

/// Fixes, moves and lets go of days.
pub(super) fn fix(
    ctx: &Ctx<'_>,
    items: &[FixedDay],
    command: &'static str,
) -> Result<Done, Refusal> {
    ctx.require(Action::Visit)?;
    let Some(first) = items.first() else { return Err(Refusal::NotFound) };
    let revision = ctx.next_seq()?;
    let mut swap = Swap { before: Vec::new(), after: Vec::new() };
    for item in items {
        ctx.require_scope(&item.visit.customer)?;
        let (opens, duties) = due_visit(ctx, item)?;
        let sql = format!("SELECT {COLUMNS} FROM planned_days WHERE customer_id = ?1 ORDER BY day");
        let mut there = ctx
            .tx
            .prepare_cached(&sql)?
            .query_map([item.visit.customer.as_str()], read)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        there.retain(|kept| duties.iter().any(|duty| kept.is_of(duty)));
        let mine = item.day.map(|day| day.to_string()).unwrap_or_default();
        let theirs = there.first().map(|kept| kept.day.to_string()).unwrap_or_default();
        let now = there.first().map(|kept| (kept.revision, theirs.as_str(), kept.by.as_str()));
        require_seen(now, item.seen, "day", &mine)?;
        if let Some(day) = item.day {
            check_day(ctx, item, day, opens)?;
        }
        for kept in &there {
            kept.delete(ctx)?;
        }
        swap.before.append(&mut there);
        if let (Some(day), Some(duty)) = (item.day, duties.first()) {
            let kept = Kept {
                customer: item.visit.customer.clone(),
                code: duty.code.as_code().to_owned(),
                reference: duty.reference.clone(),
                raw_due: duty.raw_due,
                day,
                by: ctx.actor.user.clone(),
                at: ctx.at(),
                revision,
            };
            kept.insert(ctx)?;
            swap.after.push(kept);
        }
    }
    let subject = first.visit.customer.as_str();
    let told = (told(&swap.before), told(&swap.after));
    Ok(written((command, subject), (first.seen, revision), told, Back::Days(swap)))
}

/// The due visit as it is projected: when its window opens, and its duties.
fn due_visit(ctx: &Ctx<'_>, item: &FixedDay) -> Result<(NaiveDate, Vec<Duty>), Refusal> {
    const SQL: &str =
        "SELECT opens, duties FROM due_visits WHERE customer_id = ?1 AND due = ?2 ORDER BY n";
    ctx.replan(&item.visit.customer)?;
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let mut rows = statement.query([item.visit.customer.as_str(), &item.visit.due.to_string()])?;
    while let Some(row) = rows.next()? {
        let duties = decode_duties(row.get_ref(1)?.as_str().unwrap_or_default())
            .ok_or_else(|| strange(1))?;
        if duties.first().is_some_and(|duty| duty.raw_due == item.visit.first) {
            return Ok((row_day(row, 0)?, duties));
        }
    }
    // Met, moved or ended meanwhile: the screen shows what is due now.
    Err(Refusal::NotFound)
}

/// A day lies ahead, within the window, and work is done on it.
fn check_day(
    ctx: &Ctx<'_>,
    item: &FixedDay,
    day: NaiveDate,
    opens: NaiveDate,
) -> Result<(), Refusal> {
    const PAUSED: &str = "SELECT until FROM pauses WHERE customer_id = ?1";
    let refuse = |why| Err(Refusal::Invalid { field: "planned_day", why });
    if day < ctx.today {
        return refuse("past");
    }
    if day < opens {
        return refuse("before_window");
    }
    let paused = ctx
        .tx
        .prepare_cached(PAUSED)?
        .query_row([item.visit.customer.as_str()], |row| row_day(row, 0))
        .optional()?;
    if item.visit.due >= ctx.today && day > item.visit.due {
        return refuse("after_due");
    }
    // What is late gets a day soon; a later one is a delay, which somebody else approves.
    let (window, rules) = ((opens, item.visit.due), (&ctx.packs.policy, &*ctx.packs.workdays));
    let (_, last) = planning::month_window(window, paused, rules, ctx.today);
    if day > last {
        return refuse("overdue_later");
    }
    if !ctx.packs.workdays.is_workday(day) {
        return refuse("no_workday");
    }
    if paused.is_some_and(|until| until >= day) { refuse("paused") } else { Ok(()) }
}

/// Puts the days back as they were; the texts for the journal, before and after the command.
pub(super) fn take_back(
    ctx: &Ctx<'_>,
    swap: &Swap<Vec<Kept>>,
) -> Result<(String, String), Refusal> {
    ctx.require(Action::Visit)?;
    for kept in &swap.after {
        ctx.require_scope(&kept.customer)?;
        changed_since(kept.load(ctx)?.as_ref(), kept.revision)?;
        kept.delete(ctx)?;
    }
    for kept in &swap.before {
        ctx.require_scope(&kept.customer)?;
        if !swap.after.iter().any(|after| after.same_key(kept)) {
            changed_since(kept.load(ctx)?.as_ref(), 0)?;
        }
        kept.insert(ctx)?;
    }
    Ok((told(&swap.before), told(&swap.after)))
}

fn changed_since(now: Option<&Kept>, left: Revision) -> Result<(), Refusal> {
    let day = now.map(|kept| kept.day.to_string()).unwrap_or_default();
    let there = now.map(|kept| (kept.revision, day.as_str(), kept.by.as_str()));
    require_seen(there, left, "day", "undo")
}
