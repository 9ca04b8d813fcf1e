//! What the last visit with a record found, and where it differed from the one before.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::Result;

use crate::domain::answer::Value;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::money::Decimal4;
use crate::form::Kind;
use crate::protocol::page::{Changed, Found, PastRecord};
use crate::store::read::Asked;

/// Visits among which the last two with a record are looked for.
const LATEST: u32 = 60;

impl Asked<'_> {
    /// `open` is the draft being written now, `day` its day.
    pub(super) fn found(
        &self,
        customer: &CustomerId,
        open: Option<&VisitId>,
        day: NaiveDate,
    ) -> Result<Option<Found>> {
        let mut done = self.visits(customer, LATEST)?;
        done.retain(|row| {
            let counts = row.version.is_some() && row.state.is_done();
            counts && row.visited_on <= day && Some(&row.visit) != open
        });
        let mut done = done.into_iter();
        let Some(latest) = done.next() else { return Ok(None) };
        let Some(record) = self.past_record(&latest.visit)? else { return Ok(None) };
        let before = done.next();
        let text = |item: &str| match &record.answers.get(item)?.value {
            Value::Text(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            _ => None,
        };
        Ok(Some(Found {
            day: latest.visited_on,
            by: latest.officer_name,
            conclusion: text("conclusion"),
            problems: text("problems"),
            strengths: text("strengths"),
            before: before.as_ref().map(|row| row.visited_on),
            changes: match before {
                Some(before) => {
                    let earlier = self.past_record(&before.visit)?;
                    earlier.map_or_else(Vec::new, |then| self.differences(&record, &then))
                }
                None => Vec::new(),
            },
        }))
    }

    /// Answers that differ, in the order of the form now. What is asked about many things, prose
    /// and documents are told elsewhere; what is asked no more has no name to be told by.
    fn differences(&self, now: &PastRecord, then: &PastRecord) -> Vec<Changed> {
        let items = self.packs.library.sections().iter().flat_map(|section| &section.items);
        let mut seen = BTreeSet::new();
        items
            .filter(|item| {
                !matches!(item.kind, Kind::Group(_) | Kind::Document | Kind::LongText)
                    && seen.insert(item.code.as_str())
            })
            .filter_map(|item| {
                let (now, then) = (now.answers.get(&item.code)?, then.answers.get(&item.code)?);
                (now.value != then.value).then(|| Changed {
                    item: item.code.clone(),
                    percent: percent(&then.value, &now.value),
                    then: then.value.clone(),
                    now: now.value.clone(),
                    note: now.note.clone(),
                })
            })
            .collect()
    }
}

/// By how many percent a figure changed.
fn percent(then: &Value, now: &Value) -> Option<Decimal4> {
    let (then, now) = match (then, now) {
        (Value::Money(then), Value::Money(now)) => (then.0, now.0),
        (Value::Number(then), Value::Number(now)) => (then.0, now.0),
        _ => return None,
    };
    let change = i128::from(now) - i128::from(then);
    let percent = (change * 1_000_000).checked_div(i128::from(then.unsigned_abs()))?;
    i64::try_from(percent).ok().map(Decimal4)
}
