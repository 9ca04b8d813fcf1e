//! The rounds of a review: returns and what was mended since, versions, and whose turn it is.

use rusqlite::{Result, named_params, params};

use super::visit::answer;
use super::{Asked, opinion};
use crate::access::Action;
use crate::domain::answer::Answer;
use crate::domain::ids::VisitId;
use crate::domain::review::{CallResult, OpinionLevel};
use crate::domain::visit::VisitState;
use crate::protocol::page::{
    CallRow, Mended, OpinionRow, RecordVersion, ReturnRow, ReviewPart, VisitPage,
};
use crate::store::row::{code, count, shown_to_minute, shown_to_second};

impl Asked<'_> {
    /// Each return of a version, the latest first.
    pub(super) fn returns(&self, visit: &VisitId, version: i64) -> Result<Vec<ReturnRow>> {
        const SQL: &str = "
            SELECT b.n, coalesce(u.name, b.user), b.at, b.reason
            FROM returns b LEFT JOIN users u ON u.user = b.user
            WHERE b.visit_id = ?1 AND b.version = ?2 ORDER BY b.n DESC";
        self.db
            .prepare_cached(SQL)?
            .query_map(params![visit.as_str(), version], |row| {
                let at: String = row.get(2)?;
                Ok(ReturnRow {
                    n: count(row, 0)?,
                    by: row.get(1)?,
                    at: shown_to_minute(&at),
                    reason: row.get(3)?,
                })
            })?
            .collect()
    }

    pub(super) fn times_returned(&self, visit: &VisitId, version: i64) -> Result<u32> {
        const SQL: &str = "SELECT count(*) FROM returns WHERE visit_id = ?1 AND version = ?2";
        self.db
            .prepare_cached(SQL)?
            .query_row(params![visit.as_str(), version], |row| count(row, 0))
    }

    /// Answers that are not those with which the version was returned last.
    pub(super) fn mended(&self, page: &VisitPage, returns: &[ReturnRow]) -> Result<Vec<Mended>> {
        const SQL: &str = "
            SELECT item, value, evidence, note, unchanged FROM returned_answers
            WHERE visit_id = ?1 AND version = ?2 AND n = ?3 ORDER BY item";
        const NOW: &str = "
            SELECT a.item, coalesce(u.name, a.answered_by), a.answered_at
            FROM answers a LEFT JOIN users u ON u.user = a.answered_by
            WHERE a.visit_id = ?1 AND a.version = ?2 ORDER BY a.item";
        let Some(last) = returns.first() else { return Ok(Vec::new()) };
        let visit = page.visit.as_str();
        let before: std::collections::BTreeMap<String, Answer> = self
            .db
            .prepare_cached(SQL)?
            .query_map(params![visit, page.version, last.n], |row| Ok((row.get(0)?, answer(row)?)))?
            .collect::<Result<_>>()?;
        let mut mended = Vec::new();
        let mut statement = self.db.prepare_cached(NOW)?;
        let mut rows = statement.query(params![visit, page.version])?;
        while let Some(row) = rows.next()? {
            let item: String = row.get(0)?;
            let then = before.get(&item);
            if page.answers.get(&item).map(|now| &now.answer) != then {
                let at: String = row.get(2)?;
                let at = shown_to_second(&at);
                mended.push(Mended { item, before: then.cloned(), by: row.get(1)?, at });
            }
        }
        let cleared = before.into_iter().filter(|(item, _)| !page.answers.contains_key(item));
        mended.extend(cleared.map(|(item, then)| Mended {
            item,
            before: Some(then),
            by: String::new(),
            at: String::new(),
        }));
        Ok(mended)
    }

    /// All versions of a record, the latest first.
    pub(super) fn record_versions(&self, visit: &VisitId) -> Result<Vec<RecordVersion>> {
        const SQL: &str = "
            SELECT r.version, r.state, coalesce(u.name, r.author), r.started_at, r.amend_reason
            FROM records r LEFT JOIN users u ON u.user = r.author
            WHERE r.visit_id = ?1 ORDER BY r.version DESC";
        let mut rows: Vec<RecordVersion> = self
            .db
            .prepare_cached(SQL)?
            .query_map([visit.as_str()], |row| {
                let at: String = row.get(3)?;
                Ok(RecordVersion {
                    version: row.get(0)?,
                    state: code(row, 1, VisitState::from_code)?,
                    author_name: row.get(2)?,
                    at: shown_to_minute(&at),
                    reason: row.get(4)?,
                    in_force: false,
                })
            })?
            .collect::<Result<_>>()?;
        let first = |wanted: VisitState| rows.iter().position(|row| row.state == wanted);
        let counts = first(VisitState::Approved).or_else(|| first(VisitState::Submitted));
        if let Some(row) = counts.and_then(|at| rows.get_mut(at)) {
            row.in_force = true;
        }
        Ok(rows)
    }

    /// Whose opinions a version needs: by the rules now while it waits, as kept afterwards.
    pub(super) fn needed_now(&self, page: &VisitPage) -> Result<Vec<OpinionLevel>> {
        if page.state != VisitState::Submitted {
            return opinion::needed(self.db, &page.visit, page.version);
        }
        let case = opinion::case(self.db, &page.customer, &page.visit, page.visited_on)?;
        Ok(self.packs.review.needed(&case))
    }

    /// What the actor may do about a record now.
    pub(super) fn part(
        &self,
        page: &VisitPage,
        own: bool,
        needed: &[OpinionLevel],
        opinions: &[OpinionRow],
    ) -> ReviewPart {
        if own || page.state != VisitState::Submitted || !self.actor.may(Action::Opine) {
            return ReviewPart::Reader;
        }
        let current = || opinions.iter().filter(|said| said.current);
        let said = |level: OpinionLevel| current().any(|o| o.level == Some(level));
        match current().find(|said| said.mine).map(|said| said.level) {
            Some(Some(level)) => return ReviewPart::Spoken(level),
            Some(None) => {
                let all = needed.iter().all(|level| {
                    current().any(|o| o.level == Some(*level) && o.verdict.lets_pass())
                });
                return if all { ReviewPart::Reviewer } else { ReviewPart::Waits };
            }
            None => {}
        }
        if self.actor.may(Action::Review) && !current().any(|said| said.level.is_none()) {
            return ReviewPart::Reviewer;
        }
        let wanted = needed.iter().find(|l| l.role() == self.actor.role && !said(**l));
        wanted.map_or(ReviewPart::Reader, |level| ReviewPart::Opinion(*level))
    }

    /// Calls to the customer about a visit, in order.
    pub(super) fn calls(&self, visit: &VisitId) -> Result<Vec<CallRow>> {
        const SQL: &str = "
            SELECT k.result, k.contact, k.text, coalesce(u.name, k.user), k.at
            FROM call_backs k LEFT JOIN users u ON u.user = k.user
            WHERE k.visit_id = :visit ORDER BY k.n";
        self.db
            .prepare_cached(SQL)?
            .query_map(named_params! {":visit": visit.as_str()}, |row| {
                let at: String = row.get(4)?;
                Ok(CallRow {
                    result: code(row, 0, CallResult::from_code)?,
                    contact: row.get(1)?,
                    text: row.get(2)?,
                    by: row.get(3)?,
                    at: shown_to_minute(&at),
                })
            })?
            .collect()
    }
}
