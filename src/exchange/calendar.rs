//! Due visits as iCalendar (RFC 5545): all-day events that common clients open.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, Property};

/// One due visit as a calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Stays the same as long as it is the same due visit.
    pub uid: String,
    /// Customer id; shown when names are left out.
    pub customer_id: String,
    /// Customer name; personal.
    pub customer: String,
    /// The day by which the visit is due.
    pub due: NaiveDate,
    /// First day on which it counts.
    pub opens: NaiveDate,
    /// What the visit is for, in words.
    pub purposes: Vec<String>,
    /// 区域, for the place.
    pub district: String,
}

/// Titles of the language that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Name of the calendar.
    pub calendar: &'static str,
    /// In front of each customer: `Visit`, `回访`.
    pub visit: &'static str,
    /// In front of the first day: `from`, `起始`.
    pub from: &'static str,
}

/// The calendar as text. `private` leaves out names and places.
pub fn write(entries: &[Entry], words: Words, private: bool, now: DateTime<FixedOffset>) -> String {
    let mut calendar = Calendar::new();
    calendar.name(words.calendar);
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    for entry in entries {
        let who = if private { &entry.customer_id } else { &entry.customer };
        let end = entry.due.checked_add_days(Days::new(1)).unwrap_or(entry.due);
        let mut event = Event::new();
        event
            .uid(&entry.uid)
            .timestamp(now.with_timezone(&Utc))
            .summary(&format!("{} {}", words.visit, clean(who)))
            .starts(entry.due)
            // An all-day event ends before the day after.
            .ends(end)
            .class(if private { Class::Private } else { Class::Confidential })
            .append_property(Property::new("TRANSP", "TRANSPARENT"));
        let mut lines = vec![format!("{} {}", words.from, entry.opens)];
        lines.extend(entry.purposes.iter().map(|p| clean(p)));
        event.description(&lines.join("\n"));
        if !private && !entry.district.is_empty() {
            event.location(&clean(&entry.district));
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

/// Text without line ends and control characters, which would end a property.
fn clean(text: &str) -> String {
    text.chars().map(|c| if super::fold::is_dangerous(c) { ' ' } else { c }).collect()
}
