//! What is promised and agreed at the demo's visits.

use chrono::{DateTime, Days, FixedOffset};

use super::Scribe;
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::ids::VisitId;
use crate::domain::todo::{Promiser, TodoKind};
use crate::protocol::command::{Command, TodoCommand};
use crate::protocol::page::VisitPage;
use crate::protocol::reply::Refusal;

/// At some visits a document is promised: one comes in with the next visit, one is late, one is
/// still to come.
const fn promise_of(place: u32) -> Option<u64> {
    match place {
        1 | 6 => Some(20),
        18 => Some(30),
        24 | 27 => Some(12),
        _ => None,
    }
}

/// What is agreed at a visit besides: what, by whom, within how many days.
const fn agreed_at(place: u32) -> Option<(TodoKind, Promiser, &'static str, u64)> {
    Some(match place {
        21 => (TodoKind::Agreed, Promiser::Customer, "每月十日前报送库存表", 20),
        9 => (
            TodoKind::Recommendation,
            Promiser::Customer,
            "分散下游客户，单户销售占比降到三成以下",
            60,
        ),
        24 => (TodoKind::Measure, Promiser::Bank, "核实应收账款构成，索取前五户对账函", 3),
        _ => return None,
    })
}

impl Scribe<'_> {
    /// The last document is not there yet but promised.
    pub(super) fn promise(
        &mut self,
        place: u32,
        visit: &VisitId,
        at: DateTime<FixedOffset>,
    ) -> Result<(), Refusal> {
        // The second and the third desk wait for nothing that is late.
        let quiet = self.officer.user.as_str() != "zhangwei" && place < 24;
        let Some(days) = promise_of(place).filter(|_| !quiet) else { return Ok(()) };
        let page = self.page(visit, at)?;
        let received = |value: &Value| matches!(value, Value::Document { .. });
        let last = page.answers.iter().rfind(|(_, recorded)| received(&recorded.answer.value));
        let Some((item, recorded)) = last else { return Ok(()) };
        let until = at.date_naive().checked_add_days(Days::new(days));
        let value = Value::Document {
            state: DocumentState::Promised,
            until,
            note: String::from("最近一期"),
        };
        let answer = Some(Answer { value, ..recorded.answer.clone() });
        let (item, seen) = (item.clone(), recorded.revision);
        self.as_officer(at, &Command::Answer { visit: visit.clone(), item, answer, seen })?;
        Ok(())
    }

    /// Notes what was agreed besides.
    pub(super) fn agree(
        &mut self,
        place: u32,
        page: &VisitPage,
        at: DateTime<FixedOffset>,
    ) -> Result<(), Refusal> {
        let quiet = self.officer.user.as_str() != "zhangwei";
        let agreed = agreed_at(place).filter(|_| !quiet);
        let Some((kind, promised_by, text, days)) = agreed else { return Ok(()) };
        let day = at.date_naive();
        let command = Command::Todo(TodoCommand::Add {
            customer: page.customer.clone(),
            visit: Some(page.visit.clone()),
            item: None,
            kind,
            text: text.to_owned(),
            owner: self.officer.user.clone(),
            promised_by,
            due_on: day.checked_add_days(Days::new(days)).unwrap_or(day),
        });
        self.as_officer(at, &command)?;
        Ok(())
    }
}
