//! The co-inspector of a record, and what the customer declared.

use std::collections::BTreeMap;

use rusqlite::{Result, named_params};

use super::Asked;
use crate::domain::answer::Value;
use crate::domain::ids::VisitId;
use crate::protocol::page::{Declared, Second, VisitPage};
use crate::store::row::{day, strange};
use crate::store::second;

impl Asked<'_> {
    pub(super) fn second(&self, page: &VisitPage) -> Result<Second> {
        let asked = second::of(self.db, &page.visit, page.version)?;
        let mine = asked.as_ref().is_some_and(|row| row.user == self.actor.user);
        let rule = &self.packs.conduct.two;
        let reason = if page.state.is_open() {
            second::reason(self.db, rule, (&page.customer, &page.visit), page.class, &page.facts)?
        } else {
            None
        };
        let colleagues =
            if page.writable { second::colleagues(self.db, self.actor)? } else { Vec::new() };
        let outside = mine && !self.sight.sees(self.db, &page.customer)?;
        Ok(Second { reason, asked, mine, outside, colleagues })
    }

    pub(super) fn declared(
        &self,
        visit: &VisitId,
        version: i64,
    ) -> Result<BTreeMap<String, Declared>> {
        self.db
            .prepare_cached(
                "SELECT item, value, declared_by, declared_on, coalesce(decided, '') = 'own' \
                 FROM declared_answers WHERE visit_id = :visit AND version = :version",
            )?
            .query_map(named_params! {":visit": visit.as_str(), ":version": version}, |row| {
                let value = Value::decode(row.get_ref(1)?.as_str()?).ok_or_else(|| strange(1))?;
                let declared =
                    Declared { value, by: row.get(2)?, on: day(row, 3)?, kept_own: row.get(4)? };
                Ok((row.get(0)?, declared))
            })?
            .collect()
    }
}
