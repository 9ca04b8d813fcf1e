//! Visits of the past with what was recorded, and the versions of one record.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::super::Asked;
use super::{MOST, to_minute};
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::VisitState;
use crate::protocol::page::{PastRecord, PastVisit, VersionRow, VisitRow};
use crate::store::row::{code, maybe_day};

impl Asked<'_> {
    /// All visits of a customer, earliest first.
    pub(super) fn past(&self, customer: &CustomerId) -> Result<Vec<PastVisit>> {
        let mut past = Vec::new();
        for row in self.visits(customer, MOST)? {
            past.push(self.past_visit(row)?);
        }
        past.reverse();
        Ok(past)
    }

    fn past_visit(&self, mut row: VisitRow) -> Result<PastVisit> {
        row.conclusion = row.conclusion.map(|text| self.told(&text));
        let submitted_on = self
            .db
            .prepare_cached("SELECT submitted_on FROM visits WHERE visit_id = :visit")?
            .query_row(named_params! {":visit": row.visit.as_str()}, |found| maybe_day(found, 0))?;
        let record = if row.version.is_some() { self.past_record(&row.visit)? } else { None };
        Ok(PastVisit { conclusion: self.whole_conclusion(&row.visit)?, submitted_on, record, row })
    }

    /// The last version, as it stands.
    pub(in crate::store::read) fn past_record(
        &self,
        visit: &VisitId,
    ) -> Result<Option<PastRecord>> {
        const SQL: &str = "SELECT r.version, r.pack, r.sections, r.facts, r.lateness_reason, \
            r.submitted_at, coalesce(w.name, r.reviewed_by), r.content_hash \
            FROM records r LEFT JOIN users w ON w.user = r.reviewed_by \
            WHERE r.visit_id = :visit ORDER BY r.version DESC LIMIT 1";
        let read = |row: &Row<'_>| {
            let (sections, facts): (String, String) = (row.get(2)?, row.get(3)?);
            let submitted: Option<String> = row.get(5)?;
            let lateness: Option<String> = row.get(4)?;
            let record = PastRecord {
                version: row.get(0)?,
                pack_text: None,
                sections: parts(&sections),
                facts: Facts::decode(&facts),
                answers: BTreeMap::new(),
                lateness_reason: lateness.map(|text| self.told(&text)),
                submitted_at: submitted.as_deref().map(to_minute),
                reviewed_by: row.get(6)?,
                hash: row.get(7)?,
            };
            Ok((record, row.get::<_, String>(1)?))
        };
        let found = self
            .db
            .prepare_cached(SQL)?
            .query_row(named_params! {":visit": visit.as_str()}, read)
            .optional()?;
        let Some((mut record, pack)) = found else { return Ok(None) };
        if pack != self.packs.library.id() {
            record.pack_text = self.pack_text(&pack)?;
        }
        for (item, recorded) in self.answers(visit, record.version)? {
            let mut answer = recorded.answer;
            self.tell(&item, &mut answer);
            record.answers.insert(item, answer);
        }
        Ok(Some(record))
    }

    /// The conclusion of a visit with all its lines.
    pub(super) fn whole_conclusion(&self, visit: &VisitId) -> Result<Option<String>> {
        self.text_of("SELECT conclusion FROM visits WHERE visit_id = :visit", visit)
    }

    /// The remark of a visit.
    pub(super) fn note_of(&self, visit: &VisitId) -> Result<Option<String>> {
        self.text_of("SELECT note FROM visits WHERE visit_id = :visit", visit)
    }

    fn text_of(&self, sql: &str, visit: &VisitId) -> Result<Option<String>> {
        let text: Option<String> = self
            .db
            .prepare_cached(sql)?
            .query_row(named_params! {":visit": visit.as_str()}, |row| row.get(0))?;
        Ok(text.filter(|text| !text.trim().is_empty()).map(|text| self.told(&text)))
    }

    /// All versions of a record, in order.
    pub(super) fn versions(&self, visit: &VisitId) -> Result<Vec<VersionRow>> {
        const SQL: &str = "SELECT r.version, r.state, coalesce(a.name, r.author), r.submitted_at, \
            coalesce(w.name, r.reviewed_by), r.reviewed_at, r.review_note, r.amend_reason, \
            r.content_hash, r.author FROM records r LEFT JOIN users a ON a.user = r.author \
            LEFT JOIN users w ON w.user = r.reviewed_by WHERE r.visit_id = :visit ORDER BY r.version";
        let told = |text: Option<String>| text.map(|text| self.told(&text));
        let rows: Vec<(VersionRow, String)> = self
            .db
            .prepare_cached(SQL)?
            .query_map(named_params! {":visit": visit.as_str()}, |row| {
                let (submitted, reviewed): (Option<String>, Option<String>) =
                    (row.get(3)?, row.get(5)?);
                let version = VersionRow {
                    version: row.get(0)?,
                    state: code(row, 1, VisitState::from_code)?,
                    writers: vec![row.get(2)?],
                    submitted_at: submitted.as_deref().map(to_minute),
                    reviewed_by: row.get(4)?,
                    reviewed_at: reviewed.as_deref().map(to_minute),
                    note: told(row.get(6)?).filter(|text| !text.is_empty()),
                    amend_reason: told(row.get(7)?),
                    hash: row.get(8)?,
                };
                Ok((version, row.get(9)?))
            })?
            .collect::<Result<_>>()?;
        let mut versions = Vec::with_capacity(rows.len());
        for (mut version, author) in rows {
            version.writers.extend(self.co_writers(visit, version.version, &author)?);
            versions.push(version);
        }
        Ok(versions)
    }

    /// Everybody else who wrote in a version.
    fn co_writers(&self, visit: &VisitId, version: i64, author: &str) -> Result<Vec<String>> {
        const SQL: &str = "SELECT coalesce(u.name, w.user) FROM record_writers w \
            LEFT JOIN users u ON u.user = w.user \
            WHERE w.visit_id = :visit AND w.version = :version AND w.user <> :author ORDER BY w.user";
        self.db
            .prepare_cached(SQL)?
            .query_map(
                named_params! {":visit": visit.as_str(), ":version": version, ":author": author},
                |row| row.get(0),
            )?
            .collect()
    }
}

/// Ids kept with `;` between them.
fn parts(list: &str) -> Vec<String> {
    list.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
