//! Requests in scope, and how many of them the actor may decide.

use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::access::Action;
use crate::domain::duty::DutyCode;
use crate::domain::order::{Decision, RequestKind};
use crate::protocol::page::{RequestEntry, RequestsPage};
use crate::store::row::{code, count, day, id, maybe_code, maybe_day, shown_to_minute};

/// More than anybody decides in a week; the rest shows as these are done.
const MOST: i64 = 200;

impl Asked<'_> {
    pub(super) fn requests_page(&self) -> Result<RequestsPage> {
        let sql = format!(
            "SELECT k.bundle, c.customer_id, c.name, r.kind, group_concat(DISTINCT r.code), \
             min(r.raw_due), r.new_due, coalesce(r.reason, ''), k.interim, \
             coalesce(a.name, r.requested_by, ''), k.asked_at, r.requested_by IS :user, \
             r.decision, coalesce(d.name, r.decided_by, ''), k.note \
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
        let rows =
            self.db.prepare_cached(&sql)?.query_map(parameters, read)?.collect::<Result<_>>()?;
        Ok(RequestsPage { rows })
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

fn read(row: &Row<'_>) -> Result<RequestEntry> {
    let codes: String = row.get(4)?;
    let decision = maybe_code(row, 12, Decision::from_code)?;
    let decided = (row.get(13)?, row.get(14)?);
    Ok(RequestEntry {
        bundle: id(row, 0)?,
        customer: id(row, 1)?,
        name: row.get(2)?,
        kind: code(row, 3, RequestKind::from_code)?,
        codes: codes.split(',').filter_map(DutyCode::from_code).collect(),
        raw_due: day(row, 5)?,
        new_due: maybe_day(row, 6)?,
        reason: row.get(7)?,
        interim: row.get(8)?,
        by: row.get(9)?,
        at: shown_to_minute(&row.get::<_, String>(10)?),
        own: row.get(11)?,
        decision,
        decided: decision.map(|_| decided),
    })
}
