//! The preparation of a visit, gathered in one read: what is on file, what changed, what to look up,
//! whom to meet, what to collect. Names of people leave this file masked.

mod found;
mod near;
mod since;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Asked;
use crate::access::{Action, mask_name, mask_phone};
use crate::domain::duty::{DutyCode, Fate};
use crate::domain::facts::Facts;
use crate::domain::flag::FlagState;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::{Purpose, VisitClass};
use crate::form::{Form, Kind, Needed};
use crate::protocol::page::{BriefPage, DossierPage, FlagRow, MustMeet, Paper, Person, WhyDuty};
use crate::protocol::query::{FlagScope, Window};
use crate::protocol::reply::Refusal;
use crate::store::prepared;
use crate::store::write::facts;

/// More flags than this nobody takes along.
const FLAGS: Window = Window { offset: 0, limit: 200 };

/// The form that the visit will have, as far as it is known before.
struct Planned {
    facts: Facts,
    /// Sections with the number of their questions.
    outline: Vec<(String, u32)>,
    papers: Vec<Paper>,
}

impl Asked<'_> {
    pub(super) fn preparation(&self, customer: &CustomerId) -> Result<Option<BriefPage>, Refusal> {
        let Some(dossier) = self.dossier(customer)? else { return Ok(None) };
        let pack = &self.packs.preparation;
        let open = dossier.record.as_ref().filter(|(_, state)| state.is_open());
        let open = open.map(|(visit, _)| visit.clone());
        let (day, class) = self.when(open.as_ref())?;
        let duties = self.open_duties(customer)?;
        let planned = self.planned(customer, open.as_ref(), day, class, &duties)?;
        let lookups = pack
            .lookups_for(dossier.line)
            .map(|lookup| prepared::look_up(self.db, customer, lookup, day, None));
        let chosen = prepared::chosen(self.db, customer, open.as_ref())?;
        let people = self.people(customer, &chosen)?;
        let codes: Vec<DutyCode> = duties.iter().map(|item| item.duty.code).collect();
        let must_meet = self.must_meet(&dossier, &codes, &people);
        let focus = facts::focus(self.db, pack, customer, &planned.facts)?;
        Ok(Some(BriefPage {
            day,
            occasions: self.packs.occasions.told_on(day, &self.packs.workdays),
            since: self.since(customer, open.as_ref(), day)?,
            found: self.found(customer, open.as_ref(), day)?,
            flags: self.live_flags_of(customer)?,
            covenants: self.covenants(customer)?,
            people_revision: prepared::meeting_revision(self.db, customer)?,
            instalments: self.next_instalments(customer, pack.instalments)?,
            neighbours: self.neighbours(&dossier, pack.near_days)?,
            lookups: lookups.collect::<rusqlite::Result<_>>()?,
            focus: focus.map(|rule| (rule.focus, rule.id.clone())),
            writable: self.actor.may(Action::Visit),
            pack: pack.id.clone(),
            outline: planned.outline,
            papers: planned.papers,
            must_meet,
            people,
            duties,
            dossier,
        }))
    }

    /// Day and class of the visit: of the open draft, otherwise today and on site, which asks more.
    fn when(&self, open: Option<&VisitId>) -> rusqlite::Result<(NaiveDate, VisitClass)> {
        let page = open.map(|visit| self.visit(visit)).transpose()?.flatten();
        Ok(page.map_or((self.today, VisitClass::Onsite), |page| (page.visited_on, page.class)))
    }

    /// Duties that are open, the earliest first.
    fn open_duties(&self, customer: &CustomerId) -> rusqlite::Result<Vec<WhyDuty>> {
        let mut duties = self.why(customer)?.map(|why| why.duties).unwrap_or_default();
        duties.retain(|item| item.fate == Fate::Open);
        duties.sort_by_key(|item| (item.duty.due, item.duty.code));
        Ok(duties)
    }

    /// Composes the form as a visit on this day would have it, without any answer.
    fn planned(
        &self,
        customer: &CustomerId,
        open: Option<&VisitId>,
        day: NaiveDate,
        class: VisitClass,
        duties: &[WhyDuty],
    ) -> Result<Planned, Refusal> {
        let nobody = VisitId::from("");
        let visit = open.unwrap_or(&nobody);
        let purposes: Vec<Purpose> = duties
            .iter()
            .filter(|item| item.duty.opens <= day)
            .map(|item| Purpose { code: item.duty.code, reference: None })
            .collect();
        let mut facts = facts::gather(self.db, self.packs, customer, visit, class, day, &purposes)?;
        facts::add_preparation(self.db, &self.packs.preparation, customer, open, &mut facts)?;
        let library = &self.packs.library;
        let sections = library.compose(&facts);
        let last = self.last_answers(customer, visit, day)?;
        let form = Form::new(Arc::clone(library), &sections, facts.clone(), last);
        let state = form.evaluate(&BTreeMap::new());
        let outline = state.sections.iter().map(|section| {
            let items = u32::try_from(section.progress.items).unwrap_or(u32::MAX);
            (section.id.to_string(), items)
        });
        let papers = state.rows.iter().filter(|row| matches!(row.item.kind, Kind::Document));
        let papers = papers.map(|row| Paper {
            item: row.item.code.clone(),
            window: row.item.window(day),
            hard: row.needed == Needed::Hard,
            photo: row.item.photo,
            last: row.last.as_deref().map(|(answer, day)| (answer.value.clone(), *day)),
        });
        Ok(Planned { outline: outline.collect(), papers: papers.collect(), facts })
    }

    fn people(&self, customer: &CustomerId, chosen: &[String]) -> rusqlite::Result<Vec<Person>> {
        let people = prepared::people(self.db, customer)?;
        let shown = people.into_iter().map(|person| Person {
            key: person.key(customer),
            name: self.shown(mask_name, &person.name),
            chosen: chosen.contains(&person.name),
            role: person.role,
            phone: person.phone.as_deref().map(|phone| self.shown(mask_phone, phone)),
        });
        Ok(shown.collect())
    }

    fn must_meet(
        &self,
        dossier: &DossierPage,
        duties: &[DutyCode],
        people: &[Person],
    ) -> Vec<MustMeet> {
        let has = |roles: &[String], only_chosen: bool| {
            people.iter().any(|person| {
                let fits = person.role.as_ref().is_some_and(|role| roles.contains(role));
                fits && (person.chosen || !only_chosen)
            })
        };
        let mut all: Vec<MustMeet> = Vec::new();
        for rule in self.packs.preparation.meetings_for(dossier.line, duties) {
            for roles in &rule.roles {
                // What an earlier rule asks for already is not said twice.
                if all.iter().any(|known| known.roles.iter().all(|role| roles.contains(role))) {
                    continue;
                }
                all.push(MustMeet {
                    rule: rule.id.clone(),
                    on_file: has(roles, false),
                    chosen: has(roles, true),
                    roles: roles.clone(),
                });
            }
        }
        all
    }

    fn live_flags_of(&self, customer: &CustomerId) -> rusqlite::Result<Vec<FlagRow>> {
        let page = self.flags(&FlagScope::Customer(customer.clone()), FLAGS)?;
        let mut rows = page.map(|page| page.rows).unwrap_or_default();
        rows.retain(|row| matches!(row.state, FlagState::Proposed | FlagState::Confirmed));
        Ok(rows)
    }
}

#[cfg(test)]
mod tests;
