//! Records that wait for review: red flags first, then lateness, then age.
//!
//! A row costs a record read whole, a form judged and a customer planned. A standing queue is asked
//! with the page that it gave last, and works out only the rows of customers about whom something
//! was written since.

use std::collections::BTreeSet;

use rusqlite::{Result, named_params};

use super::home::LAST_VERSION;
use super::visit::Review;
use super::{Asked, opinion};
use crate::domain::duty::Fate;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::money::Fen;
use crate::planning;
use crate::protocol::page::{QueuePage, QueueRow, ReviewPart, VisitPage};
use crate::store::portfolio;
use crate::store::row::{branch_time, count, id, shown_to_minute};

/// More than a supervisor reviews in a week; the rest shows as these are done.
const MOST: i64 = 200;

/// A record that waits.
struct Waiting {
    visit: VisitId,
    version: i64,
    submitted_at: Option<String>,
    customer: CustomerId,
    officer: UserId,
    district: Option<String>,
}

/// The queue as it was, and about whom something was written since.
#[derive(Clone, Copy)]
pub(crate) struct Last<'a> {
    pub(crate) page: &'a QueuePage,
    pub(crate) stirred: &'a BTreeSet<CustomerId>,
}

impl Last<'_> {
    /// The row as it still is.
    fn row(&self, record: &Waiting) -> Option<&QueueRow> {
        if self.stirred.contains(&record.customer) {
            return None;
        }
        let same = |row: &&QueueRow| row.visit == record.visit && row.version == record.version;
        self.page.rows.iter().find(same)
    }
}

impl Asked<'_> {
    pub(super) fn queue(&self, last: Option<Last<'_>>) -> Result<QueuePage> {
        let sql = format!(
            "SELECT r.visit_id, r.version, r.submitted_at, v.customer_id, c.officer, c.district \
             FROM records r CROSS JOIN visits v ON v.visit_id = r.visit_id \
             CROSS JOIN customers c ON c.customer_id = v.customer_id \
             WHERE r.state IN ('draft', 'submitted', 'returned') AND r.state = 'submitted' AND {} \
             AND {LAST_VERSION} \
             ORDER BY r.submitted_at, r.visit_id LIMIT :most",
            self.sight.sieve("c.officer")
        );
        let waiting: Vec<Waiting> = self
            .db
            .prepare_cached(&sql)?
            .query_map(named_params! {":scope": self.sight.value(), ":most": MOST}, |row| {
                let (visit, customer) = (id(row, 0)?, id(row, 3)?);
                Ok(Waiting {
                    visit,
                    version: row.get(1)?,
                    submitted_at: row.get(2)?,
                    customer,
                    officer: id(row, 4)?,
                    district: row.get(5)?,
                })
            })?
            .collect::<Result<_>>()?;
        let mut rows = Vec::new();
        for record in waiting {
            let row = if let Some(row) = last.as_ref().and_then(|last| last.row(&record)) {
                // Whose customer she is may have changed, though the record has not.
                let (officer, district) = (record.officer.clone(), record.district.clone());
                QueueRow { officer, district, ..row.clone() }
            } else if let Some((page, review)) = self.visit_and_review(&record.visit)? {
                self.queue_row(&record, page, &review)?
            } else {
                continue;
            };
            rows.push((record.submitted_at, row));
        }
        rows.sort_by(|(at_a, a), (at_b, b)| {
            let red = |row: &QueueRow| row.flags.last().copied().unwrap_or_default() > 0;
            red(b)
                .cmp(&red(a))
                .then(b.late_days.cmp(&a.late_days))
                .then_with(|| at_a.cmp(at_b))
                .then_with(|| a.visit.cmp(&b.visit))
        });
        Ok(QueuePage { rows: rows.into_iter().map(|(_, row)| row).collect() })
    }

    fn queue_row(&self, record: &Waiting, page: VisitPage, review: &Review) -> Result<QueueRow> {
        let (short, changes) = self.short_of(&page);
        let submitted = review.submitted_at.as_deref().and_then(branch_time);
        let (exposure, flags) = self.risk_of(&page)?;
        let author = review.submitted_by.as_deref().unwrap_or(page.author.as_str());
        let hash = review.content_hash.as_deref();
        let me = self.actor.user.as_str();
        let opinions = opinion::opinions(self.db, &page.visit, page.version, hash, me)?;
        let own = self.is_own(&page, review)?;
        let needed = self.needed_now(&page)?;
        let part = self.part(&page, own, &needed, &opinions);
        let current = || opinions.iter().filter(|said| said.current);
        let approved = current().any(|said| said.level.is_none());
        let waits_for = needed.into_iter().filter(|level| {
            approved && !current().any(|o| o.level == Some(*level) && o.verdict.lets_pass())
        });
        Ok(QueueRow {
            mine: matches!(part, ReviewPart::Reviewer | ReviewPart::Opinion(_)),
            returned: self.times_returned(&page.visit, page.version)?,
            waits_for: waits_for.collect(),
            disputed: current().any(|said| !said.verdict.lets_pass()),
            version: page.version,
            author_name: super::person::name_of(self.db, author)?,
            own,
            visited_on: page.visited_on,
            submitted_at: review.submitted_at.as_deref().map(shown_to_minute).unwrap_or_default(),
            waiting_workdays: submitted
                .map_or(0, |at| self.packs.workdays.workdays_between(at.date_naive(), self.today)),
            late_days: self.late_days(&page.customer, &page.visit)?,
            flags,
            changes: u32::try_from(changes).unwrap_or(u32::MAX),
            missing: u32::try_from(short.missing).unwrap_or(u32::MAX),
            exposure,
            officer: record.officer.clone(),
            district: record.district.clone(),
            visit: page.visit,
            customer: page.customer,
            name: page.name,
        })
    }

    /// Exposure, and flags by level: the open ones and those proposed during this visit.
    pub(super) fn risk_of(&self, page: &VisitPage) -> Result<(Option<Fen>, [u32; 3])> {
        let parameters =
            named_params! {":id": page.customer.as_str(), ":visit": page.visit.as_str()};
        self.db
            .prepare_cached(
                "SELECT (SELECT exposure FROM customer_facts WHERE customer_id = :id), \
                 count(*) FILTER (WHERE f.level = 'yellow'), \
                 count(*) FILTER (WHERE f.level = 'orange'), \
                 count(*) FILTER (WHERE f.level = 'red') \
                 FROM flags f LEFT JOIN flag_care k ON k.flag_id = f.flag_id \
                 WHERE f.customer_id = :id AND f.state IN ('proposed', 'confirmed') \
                 AND (f.state = 'confirmed' OR k.visit_id = :visit)",
            )?
            .query_row(parameters, |row| {
                let exposure = row.get::<_, Option<i64>>(0)?.map(Fen);
                Ok((exposure, [count(row, 1)?, count(row, 2)?, count(row, 3)?]))
            })
    }

    /// By how many days the visit met its duties late, at the most.
    fn late_days(&self, customer: &CustomerId, visit: &VisitId) -> Result<i64> {
        let Some(file) = portfolio::load(self.db, self.packs, customer)? else { return Ok(0) };
        let explained = planning::explain(
            &file,
            &self.packs.policy,
            &self.packs.workdays,
            self.today,
            self.today,
        );
        let late = explained.duties.iter().filter_map(|duty| match &duty.fate {
            Fate::Met { visit: by, late_days, .. } if by == visit => Some(*late_days),
            _ => None,
        });
        Ok(late.max().unwrap_or(0))
    }
}
