//! What the last visit with a record found, and where it differed from the one before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Result;

use crate::assets::checklists;
use crate::domain::answer::Value;
use crate::domain::ids::{CustomerId, VisitId};
use crate::form::{Form, Kind, Row};
use crate::protocol::page::{Changed, Found, PastRecord, VisitRow};
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
                Some(before) => self.differences(&record, &before)?,
                None => Vec::new(),
            },
        }))
    }

    /// A record whose checklist can't be read any more gives none.
    fn differences(&self, record: &PastRecord, before: &VisitRow) -> Result<Vec<Changed>> {
        let Some(earlier) = self.past_record(&before.visit)? else { return Ok(Vec::new()) };
        let Ok(library) = checklists::for_record(record.pack_text.as_deref()) else {
            return Ok(Vec::new());
        };
        let last: BTreeMap<_, _> = earlier
            .answers
            .into_iter()
            .map(|(item, answer)| (item, (answer, before.visited_on)))
            .collect();
        let state = Form::new(library, &record.sections, record.facts.clone(), last)
            .evaluate(&record.answers);
        Ok(state.rows.iter().filter_map(|row| changed(row, record)).collect())
    }
}

/// The change of a row, but not of what is asked about many things or as a document.
fn changed(row: &Row, record: &PastRecord) -> Option<Changed> {
    let told_elsewhere = matches!(row.item.kind, Kind::Group(_) | Kind::Document | Kind::LongText);
    if told_elsewhere || row.repeat.is_some() || row.subject.is_some() {
        return None;
    }
    let answer = record.answers.get(&*row.path);
    let now = row.computed.as_ref().or_else(|| Some(&answer?.value))?;
    let then = &row.last.as_ref()?.0.value;
    (now != then).then(|| Changed {
        item: row.path.to_string(),
        then: then.clone(),
        now: now.clone(),
        percent: row.delta.and_then(|delta| delta.percent),
        note: answer.map(|answer| answer.note.clone()).unwrap_or_default(),
    })
}
