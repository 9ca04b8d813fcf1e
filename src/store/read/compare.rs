//! Two visits of a customer side by side, and the numbers of all of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Result, named_params, params};

use super::Asked;
use crate::domain::answer::Value;
use crate::domain::facts::Facts;
use crate::domain::ids::CustomerId;
use crate::domain::visit::{VisitClass, VisitState};
use crate::protocol::page::{CompareChoice, ComparePage, CompareSide, SideId};
use crate::store::row::{code, day, id, maybe_code, strange};

/// Visits that can be chosen: the latest of a long history.
const MOST: i64 = 120;
/// Records whose numbers make a trend.
const SERIES: i64 = 24;

impl Asked<'_> {
    pub(super) fn compare(
        &self,
        customer: &CustomerId,
        left: Option<&SideId>,
        right: Option<&SideId>,
    ) -> Result<Option<ComparePage>> {
        let Some(name) = self.name_in_scope(customer)? else { return Ok(None) };
        let choices = self.choices(customer)?;
        let position = |side: &SideId| choices.iter().position(|choice| choice.id == *side);
        let last = choices.len().checked_sub(1);
        let right = right.and_then(position).or(last);
        let left = match left {
            Some(side) => position(side),
            None => right.and_then(|at| before(&choices, at)),
        };
        let side = |at: Option<usize>| {
            let choice = at.and_then(|at| choices.get(at));
            choice.map(|choice| self.side(&choice.id)).transpose()
        };
        let (left, right) = (side(left)?.flatten(), side(right)?.flatten());
        let series = self.series(customer)?;
        Ok(Some(ComparePage { customer: customer.clone(), name, left, right, series, choices }))
    }

    fn name_in_scope(&self, customer: &CustomerId) -> Result<Option<String>> {
        let sql = format!(
            "SELECT c.name FROM customers c WHERE c.customer_id = :id AND {}",
            self.sight.sieve("c.officer")
        );
        self.db
            .prepare_cached(&sql)?
            .query_row(
                named_params! {":id": customer.as_str(), ":scope": self.sight.value()},
                |row| row.get(0),
            )
            .optional()
    }

    /// Everything that can be chosen, the oldest first: each version of each record, and visits
    /// that came by import.
    fn choices(&self, customer: &CustomerId) -> Result<Vec<CompareChoice>> {
        const SQL: &str = "
            SELECT v.visit_id, r.version, v.visited_on, v.class, coalesce(r.state, v.state),
                coalesce(u.name, r.author, v.officer, '')
            FROM visits v LEFT JOIN records r ON r.visit_id = v.visit_id
            LEFT JOIN users u ON u.user = coalesce(r.author, v.officer)
            WHERE v.customer_id = ?1
            ORDER BY v.visited_on DESC, v.visit_id DESC, r.version DESC LIMIT ?2";
        let mut choices: Vec<CompareChoice> = self
            .db
            .prepare_cached(SQL)?
            .query_map(params![customer.as_str(), MOST], |row| {
                Ok(CompareChoice {
                    id: (id(row, 0)?, row.get(1)?),
                    visited_on: day(row, 2)?,
                    class: code(row, 3, VisitClass::from_code)?,
                    state: maybe_code(row, 4, VisitState::from_code)?
                        .unwrap_or(VisitState::Approved),
                    officer_name: row.get(5)?,
                })
            })?
            .collect::<Result<_>>()?;
        choices.reverse();
        Ok(choices)
    }

    fn side(&self, side: &SideId) -> Result<Option<CompareSide>> {
        const SQL: &str = "
            SELECT coalesce(v.channel, ''), v.conclusion, v.note, coalesce(r.pack, ''),
                coalesce(r.sections, ''), coalesce(r.facts, '')
            FROM visits v LEFT JOIN records r ON r.visit_id = v.visit_id AND r.version IS ?2
            WHERE v.visit_id = ?1";
        let (visit, version) = side;
        let found = self
            .db
            .prepare_cached(SQL)?
            .query_row(params![visit.as_str(), version], |row| {
                let (sections, facts): (String, String) = (row.get(4)?, row.get(5)?);
                let ids = sections.split(';').filter(|s| !s.is_empty());
                Ok(CompareSide {
                    id: side.clone(),
                    channel: row.get(0)?,
                    conclusion: row.get(1)?,
                    note: row.get(2)?,
                    pack: row.get(3)?,
                    pack_text: None,
                    sections: ids.map(str::to_owned).collect(),
                    facts: Facts::decode(&facts),
                    answers: BTreeMap::new(),
                })
            })
            .optional()?;
        let Some(mut found) = found else { return Ok(None) };
        if let Some(version) = version {
            let answers = self.answers(visit, *version)?;
            found.answers = answers.into_iter().map(|(item, at)| (item, at.answer)).collect();
            if found.pack != self.packs.library.id() {
                found.pack_text = self.pack_text(&found.pack)?;
            }
        }
        Ok(Some(found))
    }

    /// Numbers of the records in force, the oldest first.
    fn series(&self, customer: &CustomerId) -> Result<Vec<(NaiveDate, BTreeMap<String, Value>)>> {
        const SQL: &str = "
            SELECT v.visited_on, a.item, a.value
            FROM (SELECT w.visit_id, w.visited_on, (
                    SELECT r.version FROM records r WHERE r.visit_id = w.visit_id
                    ORDER BY r.state = 'approved' DESC, r.state = 'submitted' DESC, r.version DESC
                    LIMIT 1) AS version
                FROM visits w WHERE w.customer_id = ?1 AND w.origin = 'here'
                ORDER BY w.visited_on DESC, w.visit_id DESC LIMIT ?2) v
            CROSS JOIN answers a ON a.visit_id = v.visit_id AND a.version = v.version
            WHERE a.value GLOB '[nf]:*'
            ORDER BY v.visited_on, v.visit_id, a.item";
        let mut series: Vec<(NaiveDate, BTreeMap<String, Value>)> = Vec::new();
        let mut statement = self.db.prepare_cached(SQL)?;
        let mut rows = statement.query(params![customer.as_str(), SERIES])?;
        while let Some(row) = rows.next()? {
            let on = day(row, 0)?;
            let value: String = row.get(2)?;
            let value = Value::decode(&value).ok_or_else(|| strange(2))?;
            if series.last().is_none_or(|(last, _)| *last != on) {
                series.push((on, BTreeMap::new()));
            }
            if let Some((_, values)) = series.last_mut() {
                values.insert(row.get(1)?, value);
            }
        }
        Ok(series)
    }
}

/// What a visit is compared with unless somebody chooses: the latest done visit before it that has
/// a record, otherwise the one before it.
fn before(choices: &[CompareChoice], at: usize) -> Option<usize> {
    let this = choices.get(at)?;
    let earlier = || {
        let earlier = choices.iter().enumerate().take(at).rev();
        earlier.filter(|(_, choice)| choice.id.0 != this.id.0)
    };
    let recorded = earlier().find(|(_, choice)| choice.id.1.is_some() && choice.state.is_done());
    recorded.or_else(|| earlier().next()).map(|(at, _)| at)
}
