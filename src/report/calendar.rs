//! Due visits and deadlines beside them as iCalendar (RFC 5545): all-day events that common clients
//! open, move and strike out.
//!
//! A day has no time zone: the event lies on the branch's business date wherever it is read. The
//! UID is made of the customer and the first duty, or of what the deadline is about and its period;
//! the sequence rises with every change, and what is gone is told as cancelled for a while, so that a
//! client which adds up files shows no ghosts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};

use crate::domain::deadline::Deadline;
use crate::domain::duty::{Duty, DutyClass, DutyCode};
use crate::domain::facts::key_of;
use crate::domain::ids::{CustomerId, UserId};
use crate::i18n::{Catalog, Lang, words};
use crate::protocol::calendar::CalendarEvent;

/// A file that is published, not an invitation; for clients that want a zone all the same.
const HEAD: [(&str, &str); 2] = [("METHOD", "PUBLISH"), ("X-WR-TIMEZONE", "Asia/Shanghai")]; // tidy: not a text
/// What stands in the first lines of every calendar that is made here.
pub const MARKS: [&str; 3] =
    ["BEGIN:VCALENDAR", "PRODID:ICALENDAR-RS", "X-WR-TIMEZONE:Asia/Shanghai"]; // tidy: not a text
/// The property that rises with every change.
const SEQUENCE: &str = "SEQUENCE"; // tidy: not a text
/// A due visit does not make the day busy.
const FREE: (&str, &str) = ("TRANSP", "TRANSPARENT"); // tidy: not a text

/// Second part of the UID of a deadline; no duty has this code.
const DEADLINE: &str = "deadline"; // tidy: not a text

/// How long a file tells what is no more: longer than anybody waits between two files.
const TOLD_FOR: Days = Days::new(60);

/// What stands in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A due visit.
    Visit {
        /// On site or not.
        class: DutyClass,
        /// Its duties, the first one first.
        duties: Vec<Duty>,
    },
    /// A deadline beside visits.
    Deadline(Box<Deadline>),
}

/// A due visit, or a deadline beside visits, as a calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose calendar.
    pub officer: UserId,
    /// Customer; shown when names are left out.
    pub customer: CustomerId,
    /// Name; personal.
    pub name: String,
    /// 区域, for the place.
    pub district: Option<String>,
    /// The day by which it is due.
    pub due: NaiveDate,
    /// First day on which it counts, or from which on it stands in lists.
    pub opens: NaiveDate,
    /// What it is.
    pub what: What,
}

/// What an event says.
struct Said {
    summary: String,
    description: String,
    place: Option<String>,
}

fn said(entry: &Entry, private: bool, lang: Lang) -> Said {
    let who = if private { entry.customer.as_str() } else { entry.name.as_str() };
    match &entry.what {
        What::Visit { class, duties } => {
            let t = &Catalog::of(lang).calendar;
            let mut codes: Vec<DutyCode> = duties.iter().map(|duty| duty.code).collect();
            codes.dedup();
            let codes: Vec<&str> = codes.into_iter().map(|code| words::duty(lang, code)).collect();
            let class = words::duty_class(lang, *class);
            Said {
                summary: plain(&format!("{} {who} {class}", t.visit)),
                description: plain(&format!(
                    "{}{}{}",
                    codes.join(lang.list_mark()),
                    lang.semicolon(),
                    t.from_day(entry.opens)
                )),
                place: entry.district.as_deref().filter(|_| !private).map(plain),
            }
        }
        What::Deadline(deadline) => {
            let t = &Catalog::of(lang).deadlines;
            // What the bank wrote about it may name people; how often it was late changes no event.
            // Nor does the balance of the day.
            let told = Deadline { late_in_a_row: 0, balance: None, ..Deadline::clone(deadline) };
            let about = if private { String::new() } else { t.told(&told) };
            Said {
                summary: plain(&format!("{} {who} {}", t.label, t.of(deadline.kind))),
                description: plain(format!("{}  {about}", deadline.reference).trim_end()),
                place: None,
            }
        }
    }
}

/// What the next file says of these due visits and of those that the last one had.
pub fn next(
    entries: &[Entry],
    known: &[CalendarEvent],
    private: bool,
    lang: Lang,
    today: NaiveDate,
) -> Vec<CalendarEvent> {
    let mut before: BTreeMap<(UserId, String), &CalendarEvent> =
        known.iter().map(|event| ((event.officer.clone(), event.uid.clone()), event)).collect();
    let mut events: BTreeMap<(UserId, String), CalendarEvent> = BTreeMap::new();
    for entry in entries {
        let Some(uid) = uid(entry) else { continue };
        let said = said(entry, private, lang);
        let place = said.place.as_deref().unwrap_or_default();
        let digest = key_of(&format!(
            "{}\n{}\n{place}\n{}\n{private}",
            said.summary, said.description, entry.due
        ));
        let old = before.remove(&(entry.officer.clone(), uid.clone()));
        let sequence = match old {
            Some(old) if old.digest == digest && old.cancelled_on.is_none() => old.sequence,
            Some(old) => old.sequence.saturating_add(1),
            None => 0,
        };
        let event = CalendarEvent {
            officer: entry.officer.clone(),
            uid: uid.clone(),
            due: entry.due,
            summary: said.summary,
            digest,
            sequence,
            cancelled_on: None,
        };
        events.insert((entry.officer.clone(), uid), event);
    }
    for ((officer, uid), old) in before {
        let since = old.cancelled_on.unwrap_or(today);
        if since + TOLD_FOR < today {
            continue;
        }
        let sequence = old.sequence.saturating_add(u32::from(old.cancelled_on.is_none()));
        let event = CalendarEvent { sequence, cancelled_on: Some(since), ..old.clone() };
        events.insert((officer, uid), event);
    }
    events.into_values().collect()
}

/// The file, from what [`next`] gave.
pub fn write(
    entries: &[Entry],
    events: &[CalendarEvent],
    private: bool,
    lang: Lang,
    now: DateTime<FixedOffset>,
) -> String {
    let by_uid: BTreeMap<(UserId, String), &Entry> = entries
        .iter()
        .filter_map(|entry| Some(((entry.officer.clone(), uid(entry)?), entry)))
        .collect();
    let mut calendar = Calendar::new();
    calendar.name(Catalog::of(lang).calendar.file_title);
    for (name, value) in HEAD {
        calendar.append_property(Property::new(name, value));
    }
    for told in events {
        let entry = by_uid.get(&(told.officer.clone(), told.uid.clone()));
        let mut event = Event::new();
        event
            .uid(&told.uid)
            .timestamp(now.with_timezone(&Utc))
            .summary(&told.summary)
            .starts(told.due)
            // An all-day event ends before the day after.
            .ends(told.due.checked_add_days(Days::new(1)).unwrap_or(told.due))
            .class(if private { Class::Private } else { Class::Confidential })
            .append_property(Property::new(SEQUENCE, told.sequence.to_string()))
            .append_property(Property::new(FREE.0, FREE.1));
        match (told.cancelled_on, entry) {
            (None, Some(entry)) => {
                let said = said(entry, private, lang);
                event.status(EventStatus::Confirmed).description(&said.description);
                if let Some(place) = said.place {
                    event.location(&place);
                }
            }
            _ => {
                event.status(EventStatus::Cancelled);
            }
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

/// `C001_use=5f=of=5f=funds_L001=23=1_2026-11-29@huifang`: ids may have any characters; those that
/// are not plain stand as their code points. A deadline has a part more, and no day but that of its
/// period: a valuation or an insurance that is put off moves, and is not struck out.
fn uid(entry: &Entry) -> Option<String> {
    let (customer, day);
    let parts: Vec<&str> = match &entry.what {
        What::Visit { duties, .. } => {
            let first = duties.first()?;
            (customer, day) = (entry.customer.as_str(), first.raw_due.to_string());
            vec![customer, first.code.as_code(), &first.reference, &day]
        }
        What::Deadline(deadline) => {
            (customer, day) = (
                entry.customer.as_str(),
                deadline.period_end.map(|end| end.to_string()).unwrap_or_default(),
            );
            vec![customer, DEADLINE, deadline.kind.as_code(), &deadline.reference, &day]
        }
    };
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push('_');
        }
        for c in part.chars() {
            if c.is_ascii_alphanumeric() || c == '-' || c == '.' {
                text.push(c);
            } else {
                // Writing into a string never fails.
                let _ = write!(text, "={:x}=", u32::from(c));
            }
        }
    }
    text.push_str("@huifang"); // tidy: not a text
    Some(text)
}

/// Whether a published event is that of a deadline beside visits.
pub fn is_deadline(event: &CalendarEvent) -> bool {
    event.uid.split('_').nth(1) == Some(DEADLINE)
}

/// Text without control characters and marks that turn the direction of a line.
fn plain(text: &str) -> String {
    super::model::clean(text).replace('\n', " ")
}

#[cfg(test)]
mod tests;
