//! The checklist of a visit that is to be made.

use rusqlite::Result;

use super::super::Asked;
use crate::domain::duty::{DutyClass, Fate};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::{Purpose, VisitClass};
use crate::protocol::page::{PackReport, WhyDuty};
use crate::store::write::facts;

impl Asked<'_> {
    /// Every duty of a customer with its fate.
    pub(super) fn duties(&self, customer: &CustomerId) -> Result<Vec<WhyDuty>> {
        Ok(self.why(customer)?.map(|page| page.duties).unwrap_or_default())
    }

    fn open_now(&self, customer: &CustomerId) -> Result<Vec<WhyDuty>> {
        let mut duties = self.duties(customer)?;
        duties.retain(|duty| duty.fate == Fate::Open && duty.duty.opens <= self.today);
        Ok(duties)
    }

    /// The checklist of an on-site visit made today that serves everything that is open.
    pub(super) fn paper(&self, customer: &CustomerId) -> Result<PackReport> {
        let duties = self.open_now(customer)?;
        let purposes: Vec<Purpose> =
            duties.iter().map(|why| Purpose { code: why.duty.code, reference: None }).collect();
        // An id after every other of the day, so that all of them lie before this visit.
        let next = VisitId("\u{10ffff}".to_owned());
        let class = VisitClass::Onsite;
        let facts =
            facts::gather(self.db, self.packs, customer, &next, class, self.today, &purposes);
        let facts = facts.unwrap_or_default();
        let mut last = self.last_answers(customer, &next, self.today)?;
        for (item, (answer, _)) in &mut last {
            self.tell(item, answer);
        }
        Ok(PackReport {
            visit: None,
            pack_text: None,
            sections: self.packs.library.compose(&facts),
            facts,
            last,
            duties,
        })
    }

    /// The checklist of a visit that was begun.
    pub(super) fn paper_of(&self, visit: &VisitId) -> Result<Option<PackReport>> {
        let Some(record) = self.record(visit)? else { return Ok(None) };
        let page = record.visit;
        let row = self.visits(&page.customer, super::MOST)?.into_iter();
        let mut last = page.last;
        for (item, (answer, _)) in &mut last {
            self.tell(item, answer);
        }
        let mut duties = self.open_now(&page.customer)?;
        duties.retain(|why| page.class == VisitClass::Onsite || why.duty.class == DutyClass::Any);
        Ok(Some(PackReport {
            visit: row.into_iter().find(|row| row.visit == *visit),
            pack_text: page.pack_text,
            sections: page.sections,
            facts: page.facts,
            last,
            duties,
        }))
    }
}
