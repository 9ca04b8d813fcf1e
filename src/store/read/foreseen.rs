//! Whom an event would have looked at: told while it is being entered, from the same rows as the
//! to-dos are made of.

use std::collections::BTreeMap;

use rusqlite::named_params;

use super::Asked;
use super::person::name_of;
use crate::access::Action;
use crate::assets::drivers;
use crate::domain::event::Reach;
use crate::domain::ids::UserId;
use crate::domain::money::Fen;
use crate::protocol::page::{ForeseenCustomer, ForeseenOfficer, ForeseenPage};
use crate::protocol::query::Reaching;
use crate::protocol::reply::Refusal;
use crate::store::concerned::{Met, Price, concerned};

/// Customers that are told by name.
const FIRST: usize = 20;

impl Asked<'_> {
    pub(super) fn foreseen(&self, of: &Reaching) -> Result<ForeseenPage, Refusal> {
        if !self.actor.may(Action::RegisterEvents) {
            return Err(Refusal::NotFound);
        }
        let known = drivers::shared()
            .map_err(|_fault| Refusal::Invalid { field: "drivers", why: "unsound_rules" })?;
        let named = drivers::resolve(&known, &of.drivers);
        let reach = Reach {
            industries: of.industries.clone(),
            districts: of.districts.clone(),
            driven: named.industries,
        };
        let mut page = ForeseenPage {
            of: of.clone(),
            unknown_drivers: named.unknown,
            unknown_industries: self.unknown_industries(&of.industries)?,
            unknown_districts: self.unknown_districts(&of.districts)?,
            ..ForeseenPage::default()
        };
        // With a driver that nobody knows the event is refused: what the others would meet is not
        // what it will meet.
        if reach.is_empty() || !page.unknown_drivers.is_empty() {
            return Ok(page);
        }
        let price = Price { change: of.change, known: &known, codes: &named.codes };
        self.count(concerned(self.db, &self.sight, (&reach, &price))?, &mut page)?;
        Ok(page)
    }

    fn count(&self, mut met: Vec<Met>, page: &mut ForeseenPage) -> rusqlite::Result<()> {
        let mut officers: BTreeMap<UserId, u32> = BTreeMap::new();
        let mut sum = 0_i64;
        for one in &met {
            *officers.entry(one.officer.clone()).or_default() += 1;
            sum = sum.saturating_add(one.exposure.map_or(0, |fen| fen.0));
            page.unknown_exposure += u32::from(one.exposure.is_none());
        }
        page.exposure = Fen(sum);
        page.customers = u32::try_from(met.len()).unwrap_or(u32::MAX);
        for (officer, customers) in officers {
            let name = name_of(self.db, officer.as_str())?;
            page.officers.push(ForeseenOfficer { officer, name, customers });
        }
        page.officers.sort_by_key(|one| std::cmp::Reverse(one.customers));
        // By number they came: a stable order keeps that among equals.
        met.sort_by_key(|one| std::cmp::Reverse(one.exposure));
        let first = met.into_iter().take(FIRST).map(|one| ForeseenCustomer {
            customer: one.customer,
            name: one.name,
            exposure: one.exposure,
        });
        page.first = first.collect();
        Ok(())
    }

    /// Those of the words of which no industry of anybody in sight is.
    fn unknown_industries(&self, words: &[String]) -> rusqlite::Result<Vec<String>> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT DISTINCT c.industry FROM customers c WHERE c.industry <> '' AND {}",
            self.sight.sieve("c.officer")
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let named = named_params! {":scope": self.sight.value()};
        let known: Vec<String> =
            statement.query_map(named, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let is_known = |word: &&String| {
            let reach = Reach { industries: vec![(*word).clone()], ..Reach::default() };
            known.iter().any(|industry| reach.meets(Some(industry), None))
        };
        Ok(words.iter().filter(|word| !is_known(word)).cloned().collect())
    }

    /// Those of the districts in which nobody in sight is.
    fn unknown_districts(&self, districts: &[String]) -> rusqlite::Result<Vec<String>> {
        let sql = format!(
            "SELECT 1 FROM customers c WHERE coalesce(c.district, '') = :district AND {}",
            self.sight.sieve("c.officer")
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut unknown = Vec::new();
        for district in districts {
            let named = named_params! {":district": district, ":scope": self.sight.value()};
            if !statement.exists(named)? {
                unknown.push(district.clone());
            }
        }
        Ok(unknown)
    }
}
