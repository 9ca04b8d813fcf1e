//! Requests in scope, and how many of them the actor may decide.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{Datelike as _, NaiveDate};
use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::access::Action;
use crate::domain::duty::{Duty, DutyCode};
use crate::domain::ids::CustomerId;
use crate::domain::order::{Decision, RequestGround, RequestKind};
use crate::protocol::page::{RequestCount, RequestEntry, RequestsPage};
use crate::store::instant;
use crate::store::project::decode_duties;
use crate::store::row::{code, count, day, id, maybe_code, maybe_day, shown_to_minute};

/// More than anybody decides in a week; the rest shows as these are done.
const MOST: i64 = 200;

/// Duties by the plan of the customers that were asked for.
type Planned = HashMap<CustomerId, Vec<Duty>>;

impl Asked<'_> {
    pub(super) fn requests_page(&self) -> Result<RequestsPage> {
        let sql = format!(
            "SELECT k.bundle, c.customer_id, c.name, r.kind, group_concat(DISTINCT r.code), \
             min(r.raw_due), r.new_due, coalesce(r.reason, ''), k.interim, \
             coalesce(a.name, r.requested_by, ''), k.asked_at, r.requested_by IS :user, \
             r.decision, coalesce(d.name, r.decided_by, ''), k.note, k.ground, max(r.revision) \
             FROM request_care k CROSS JOIN requests r ON r.request_id = k.request_id \
             CROSS JOIN customers c ON c.customer_id = r.customer_id \
             LEFT JOIN users a ON a.user = r.requested_by \
             LEFT JOIN users d ON d.user = r.decided_by \
             WHERE {} GROUP BY k.bundle \
             ORDER BY r.decision IS NOT NULL, iif(r.decision IS NULL, k.asked_at, ''), \
             r.decided_on DESC, k.bundle LIMIT :most",
            self.sight.sieve("c.officer")
        );
        let parameters = named_params! {
            ":scope": self.sight.value(), ":user": self.actor.user.as_str(), ":most": MOST,
        };
        let mut rows: Vec<RequestEntry> =
            self.db.prepare_cached(&sql)?.query_map(parameters, read)?.collect::<Result<_>>()?;
        let mut planned = Planned::new();
        for row in &mut rows {
            row.due = self.due_of(&mut planned, &row.customer, row.due, &row.codes)?;
        }
        let counts = self.request_counts(&mut planned)?;
        Ok(RequestsPage { rows, counts, grounds: self.grounds()? })
    }

    /// Which grounds were given this year, the most frequent first.
    fn grounds(&self) -> Result<Vec<(RequestGround, u32)>> {
        let sql = format!(
            "SELECT k.ground, count(DISTINCT k.bundle) AS n FROM request_care k \
             CROSS JOIN requests r ON r.request_id = k.request_id \
             CROSS JOIN customers c ON c.customer_id = r.customer_id \
             WHERE k.asked_at >= :since AND k.ground IS NOT NULL AND {} \
             GROUP BY k.ground ORDER BY n DESC, k.ground",
            self.sight.sieve("c.officer")
        );
        self.db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {":scope": self.sight.value(), ":since": self.this_year()},
                |row| Ok((code(row, 0, RequestGround::from_code)?, count(row, 1)?)),
            )?
            .collect()
    }

    /// When the year began in the branch; instants are kept in UTC.
    fn this_year(&self) -> String {
        let first = NaiveDate::from_ymd_opt(self.today.year(), 1, 1).unwrap_or(self.today);
        instant::start_of(first)
    }

    /// The working day on which what a request is about is due by the plan. What the plan has no
    /// longer, because it was met or ended, was due on the last working day up to its raw date.
    fn due_of(
        &self,
        planned: &mut Planned,
        customer: &CustomerId,
        raw: NaiveDate,
        codes: &[DutyCode],
    ) -> Result<NaiveDate> {
        let duties = match planned.entry(customer.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.duties_of(customer)?),
        };
        let same = duties.iter().filter(|duty| duty.raw_due == raw && codes.contains(&duty.code));
        let due = same.map(|duty| duty.delayed_from.unwrap_or(duty.due)).min();
        Ok(due.unwrap_or_else(|| self.packs.workdays.on_or_before(raw)))
    }

    fn duties_of(&self, customer: &CustomerId) -> Result<Vec<Duty>> {
        const SQL: &str = "SELECT duties FROM due_visits WHERE customer_id = ?1";
        let mut statement = self.db.prepare_cached(SQL)?;
        let mut rows = statement.query([customer.as_str()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.extend(decode_duties(row.get_ref(0)?.as_str()?).unwrap_or_default());
        }
        Ok(all)
    }

    /// Who asked how often this year. Several duties of a due visit were asked for as one; a delay
    /// counts from the day on which the visit was due by the plan.
    fn request_counts(&self, planned: &mut Planned) -> Result<Vec<RequestCount>> {
        let sql = format!(
            "SELECT coalesce(r.requested_by, ''), coalesce(a.name, r.requested_by, ''), \
             max(r.decision), max(iif(r.decision = 'approved' AND r.kind = 'delay', r.new_due, NULL)), \
             c.customer_id, min(r.raw_due), group_concat(DISTINCT r.code) \
             FROM request_care k CROSS JOIN requests r ON r.request_id = k.request_id \
             CROSS JOIN customers c ON c.customer_id = r.customer_id \
             LEFT JOIN users a ON a.user = r.requested_by \
             WHERE k.asked_at >= :since AND {} GROUP BY k.bundle ORDER BY 2, 1",
            self.sight.sieve("c.officer")
        );
        let parameters = named_params! {
            ":scope": self.sight.value(), ":since": self.this_year(),
        };
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(parameters)?;
        let mut all: Vec<RequestCount> = Vec::new();
        // Whom the last count is of, the days that her delays came to, and how many delays.
        let (mut whose, mut sum, mut n) = (None, 0, 0);
        while let Some(row) = rows.next()? {
            let who: String = row.get(0)?;
            if whose.as_ref() != Some(&who) {
                let name = row.get(1)?;
                all.push(RequestCount { name, asked: 0, approved: 0, refused: 0, tenths: None });
                (whose, sum, n) = (Some(who), 0, 0);
            }
            let Some(count) = all.last_mut() else { continue };
            count.asked += 1;
            match maybe_code(row, 2, Decision::from_code)? {
                Some(Decision::Approved) => count.approved += 1,
                Some(Decision::Refused) => count.refused += 1,
                None => {}
            }
            if let Some(until) = maybe_day(row, 3)? {
                let codes = codes_of(row, 6)?;
                let due = self.due_of(planned, &id(row, 4)?, day(row, 5)?, &codes)?;
                (sum, n) = (sum + (until - due).num_days(), n + 1);
                count.tenths = mean_in_tenths(sum, n);
            }
        }
        Ok(all)
    }

    pub(super) fn requests_to_decide(&self) -> Result<u32> {
        if !self.actor.may(Action::Review) {
            return Ok(0);
        }
        let sql = format!(
            "SELECT count(DISTINCT k.bundle) FROM requests r \
             CROSS JOIN request_care k ON k.request_id = r.request_id \
             CROSS JOIN customers c ON c.customer_id = r.customer_id \
             WHERE r.decision IS NULL AND r.requested_by IS NOT :user AND {}",
            self.sight.sieve("c.officer")
        );
        let parameters =
            named_params! {":scope": self.sight.value(), ":user": self.actor.user.as_str()};
        self.db.prepare_cached(&sql)?.query_row(parameters, |row| count(row, 0))
    }
}

/// So many days of `n` delays on average, in tenths.
fn mean_in_tenths(days: i64, n: i64) -> Option<u32> {
    (20 * days + n).checked_div(2 * n).and_then(|tenths| u32::try_from(tenths).ok())
}

/// The duties of a bundle, as they were joined.
fn codes_of(row: &Row<'_>, index: usize) -> Result<Vec<DutyCode>> {
    let codes: String = row.get(index)?;
    Ok(codes.split(',').filter_map(DutyCode::from_code).collect())
}

fn read(row: &Row<'_>) -> Result<RequestEntry> {
    let decision = maybe_code(row, 12, Decision::from_code)?;
    let decided = (row.get(13)?, row.get(14)?);
    Ok(RequestEntry {
        bundle: id(row, 0)?,
        customer: id(row, 1)?,
        name: row.get(2)?,
        kind: code(row, 3, RequestKind::from_code)?,
        codes: codes_of(row, 4)?,
        due: day(row, 5)?,
        new_due: maybe_day(row, 6)?,
        ground: maybe_code(row, 15, RequestGround::from_code)?,
        reason: row.get(7)?,
        interim: row.get(8)?,
        by: row.get(9)?,
        at: shown_to_minute(&row.get::<_, String>(10)?),
        own: row.get(11)?,
        revision: row.get(16)?,
        decision,
        decided: decision.map(|_| decided),
    })
}
