//! Why a customer is due: what planning explains, in the words of the protocol.

use rusqlite::Result;

use super::Asked;
use crate::access::mask_name;
use crate::domain::ids::CustomerId;
use crate::planning;
use crate::protocol::page::{WhyDuty, WhyPage};
use crate::store::portfolio;
use crate::store::prepared;
use crate::store::project::HORIZON;

impl Asked<'_> {
    pub(super) fn why(&self, customer: &CustomerId) -> Result<Option<WhyPage>> {
        if !self.sight.sees(self.db, customer)? {
            return Ok(None);
        }
        let Some(file) = portfolio::load(self.db, self.packs, customer)? else { return Ok(None) };
        let to = self.today.checked_add_days(HORIZON).unwrap_or(self.today);
        let why =
            planning::explain(&file, &self.packs.policy, &self.packs.workdays, self.today, to);
        let duties = why.duties.into_iter().map(|explained| WhyDuty {
            duty: explained.duty,
            fate: explained.fate,
            source: explained.source,
            verified: explained.verified,
            uncounted: explained.uncounted,
        });
        let chosen = prepared::chosen(self.db, customer, None)?;
        let people = prepared::people(self.db, customer)?.into_iter();
        let meet = people.filter(|person| chosen.contains(&person.name));
        Ok(Some(WhyPage {
            meet: meet.map(|person| (mask_name(&person.name), person.role)).collect(),
            customer: file.customer.id.clone(),
            name: file.customer.name.clone(),
            as_of: self.today,
            policy: why.policy,
            row: why.row,
            tier: why.tier,
            inputs: why.inputs,
            duties: duties.collect(),
            gaps: why
                .gaps
                .into_iter()
                .map(|gap| (gap.field.to_owned(), gap.reference, gap.blocks))
                .collect(),
        }))
    }
}
