//! Calendar files: due visits and deadlines beside them are read, the file is laid down whole, and the store keeps what
//! stands in it before it has its name.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Days, FixedOffset, NaiveDate};

use super::report::{Asking, Fault, at, made_of};
use crate::access::Actor;
use crate::domain::customer::Customer;
use crate::domain::duty::DueVisit;
use crate::domain::flag::Level;
use crate::domain::ids::UserId;
use crate::outgoing::{self, Draft};
use crate::planning::{self, Listed};
use crate::protocol::calendar::{CalendarCommand, CalendarEvent, CalendarMade, CalendarOrder};
use crate::protocol::command::Command;
use crate::protocol::page::DeadlineRow;
use crate::protocol::reply::Refusal;
use crate::report;
use crate::report::calendar::{self, Entry, What};
use crate::store::Store;

/// How far a calendar reaches, in days.
const AHEAD: u64 = 90;

/// A calendar as text, with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The file.
    pub text: String,
    /// Its events.
    pub events: Vec<CalendarEvent>,
}

/// The due visits of everybody in an actor's sight, as of a day and up to another, in the order of
/// the due list.
pub fn due_list(
    store: &Store,
    actor: &Actor,
    as_of: NaiveDate,
    officer: Option<&str>,
    to: NaiveDate,
) -> Result<Vec<Listed>, Refusal> {
    let officer = officer.map(UserId::from);
    let mut list = match store.projected(actor, officer.as_ref(), as_of, to)? {
        Some(list) => list,
        None => planned(store, actor, officer.as_ref(), as_of, to)?,
    };
    planning::sort(&mut list);
    Ok(list)
}

/// The same from the files, for a day that the book does not stand at.
fn planned(
    store: &Store,
    actor: &Actor,
    officer: Option<&UserId>,
    as_of: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Listed>, Refusal> {
    let packs = store.packs();
    let mut list = Vec::new();
    store.each_file(actor, officer, |file| {
        let plan = planning::plan(&file, &packs.policy, &packs.workdays, as_of, to);
        list.extend(plan.visits.into_iter().map(|v| list_item(&file.customer, plan.level, v)));
    })?;
    Ok(list)
}

fn list_item(customer: &Customer, level: Option<Level>, visit: DueVisit) -> Listed {
    Listed {
        name: customer.name.clone(),
        officer: customer.officer.clone(),
        district: customer.district.clone(),
        trade_circle: customer.trade_circle.clone(),
        level,
        visit,
    }
}

/// Due visits as entries of a calendar.
pub fn entries(list: Vec<Listed>) -> Vec<Entry> {
    let entry = |listed: Listed| Entry {
        officer: listed.officer,
        customer: listed.visit.customer,
        name: listed.name,
        district: listed.district,
        due: listed.visit.due,
        opens: listed.visit.opens,
        what: What::Visit { class: listed.visit.class, duties: listed.visit.duties },
    };
    list.into_iter().map(entry).collect()
}

/// Deadlines beside visits as entries of a calendar: what is late, and what falls due up to a day.
pub fn deadline_entries(
    store: &Store,
    actor: &Actor,
    officer: Option<&UserId>,
    to: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    let entry = |row: DeadlineRow| Entry {
        officer: row.officer,
        customer: row.customer,
        name: row.name,
        district: None,
        due: row.deadline.due,
        opens: row.deadline.opens,
        what: What::Deadline(Box::new(row.deadline)),
    };
    Ok(store.deadlines_until(actor, officer, to)?.into_iter().map(entry).collect())
}

/// Draws a calendar of these due visits alone, beside what was published of visits before.
pub fn draw(
    store: &Store,
    actor: &Actor,
    now: DateTime<FixedOffset>,
    order: &CalendarOrder,
    list: Vec<Listed>,
) -> Result<Drawn, Refusal> {
    let mut known = store.published(actor, order.officer.as_ref())?;
    known.retain(|event| !calendar::is_deadline(event));
    Ok(drawn(&entries(list), &known, order, now))
}

fn drawn(
    entries: &[Entry],
    known: &[CalendarEvent],
    order: &CalendarOrder,
    now: DateTime<FixedOffset>,
) -> Drawn {
    let (lang, today) = (report::lang_of(order.lang), Store::business_date(now));
    let events = calendar::next(entries, known, order.private, lang, today);
    let text = calendar::write(entries, &events, order.private, lang, now);
    Drawn { text, events }
}

/// Makes a calendar file: over the last one of the same name, which clients look at.
pub fn make(
    store: &mut Store,
    asking: Asking<'_>,
    order: &CalendarOrder,
    path: &Path,
) -> Result<(PathBuf, usize), Fault> {
    let today = Store::business_date(asking.read_at);
    let to = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let officer = order.officer.as_ref().map(UserId::as_str);
    let mut all = entries(due_list(store, asking.actor, today, officer, to)?);
    all.extend(deadline_entries(store, asking.actor, order.officer.as_ref(), to)?);
    let known = store.published(asking.actor, order.officer.as_ref()).map_err(Refusal::from)?;
    let drawn = drawn(&all, &known, order, asking.read_at);
    let draft = Draft::of(path, drawn.text.as_bytes()).map_err(at(path))?;
    let file = made_of(path, drawn.text.as_bytes());
    let count = drawn.events.len();
    let made = Some(Box::new(CalendarMade { file, events: drawn.events }));
    let command = Command::MakeCalendar(CalendarCommand { order: order.clone(), made });
    store.apply(asking.actor, asking.noted_at, asking.op, &command)?;
    draft.take(path).map_err(at(path))?;
    Ok((path.to_owned(), count))
}

/// Whether a calendar lies at this place that this program made.
pub fn is_ours(path: &Path) -> bool {
    use std::io::Read as _;
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(512).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    read.is_ok() && calendar::MARKS.iter().all(|mark| head.contains(mark))
}

/// The calendar file of a user in a folder for what leaves.
pub fn place(folder: &Path, user: &UserId) -> PathBuf {
    folder.join(format!("calendar-{}.ics", outgoing::name_of(user.as_str())))
}

#[cfg(test)]
mod tests;
