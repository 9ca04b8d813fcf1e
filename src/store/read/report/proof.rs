//! 尽职免责包: what was owed and made, delayed, warned of, asked for; and the chain that proves it.

use rusqlite::{Result, named_params};

use super::super::Asked;
use super::to_minute;
use crate::domain::duty::DutyCode;
use crate::domain::ids::CustomerId;
use crate::protocol::page::{
    DiligenceReport, FlagChangeRow, HandoverRow, JournalRow, RequestRow, WarningRow,
};
use crate::store::row::{code, count, day, maybe_day};

/// Subjects of the journal that belong to a customer.
const SUBJECTS: &str = "SELECT :id UNION SELECT visit_id FROM visits WHERE customer_id = :id \
    UNION SELECT flag_id FROM flags WHERE customer_id = :id";

impl Asked<'_> {
    pub(super) fn diligence(&self, customer: &CustomerId) -> Result<DiligenceReport> {
        Ok(DiligenceReport {
            visits: self.past(customer)?,
            duties: self.duties(customer)?,
            requests: self.requests(customer)?,
            warnings: self.warnings(customer)?,
            changes: self.flag_changes(customer)?,
            handovers: self.handovers(customer)?,
            journal: self.journal_of(customer)?,
            answers: self.answer_rows(customer)?,
        })
    }

    fn requests(&self, customer: &CustomerId) -> Result<Vec<RequestRow>> {
        const SQL: &str = "SELECT r.code, r.ref, r.raw_due, r.kind = 'termination', r.new_due, \
            r.reason, coalesce(a.name, r.requested_by), coalesce(d.name, r.decided_by), \
            r.decided_on, r.decision = 'approved' FROM requests r \
            LEFT JOIN users a ON a.user = r.requested_by LEFT JOIN users d ON d.user = r.decided_by \
            WHERE r.customer_id = :id ORDER BY r.raw_due, r.request_id";
        self.rows_of(customer, SQL, |row| {
            let reason: Option<String> = row.get(5)?;
            Ok(RequestRow {
                code: code(row, 0, DutyCode::from_code)?,
                reference: row.get(1)?,
                raw_due: day(row, 2)?,
                termination: row.get(3)?,
                new_due: maybe_day(row, 4)?,
                reason: reason.map(|text| self.told(&text)),
                requested_by: row.get(6)?,
                decided_by: row.get(7)?,
                decided_on: maybe_day(row, 8)?,
                approved: row.get(9)?,
            })
        })
    }

    /// Messages about this customer, each with the minute in which it was acknowledged.
    fn warnings(&self, customer: &CustomerId) -> Result<Vec<WarningRow>> {
        const SQL: &str = "SELECT n.kind, coalesce(u.name, n.to_user), n.created_at, n.acknowledged_at \
            FROM notices n LEFT JOIN users u ON u.user = n.to_user WHERE n.customer_id = :id \
            ORDER BY n.created_at, n.notice_id";
        self.rows_of(customer, SQL, |row| {
            let (sent, seen): (String, Option<String>) = (row.get(2)?, row.get(3)?);
            Ok(WarningRow {
                kind: row.get(0)?,
                to: row.get(1)?,
                sent_at: to_minute(&sent),
                acknowledged_at: seen.as_deref().map(to_minute),
            })
        })
    }

    fn flag_changes(&self, customer: &CustomerId) -> Result<Vec<FlagChangeRow>> {
        const SQL: &str = "SELECT h.flag_id, h.at, coalesce(u.name, h.by), h.what, h.note \
            FROM flags f CROSS JOIN flag_history h ON h.flag_id = f.flag_id \
            LEFT JOIN users u ON u.user = h.by WHERE f.customer_id = :id ORDER BY h.at, h.flag_id, h.n";
        self.rows_of(customer, SQL, |row| {
            let (at, note): (String, String) = (row.get(1)?, row.get(4)?);
            Ok(FlagChangeRow {
                flag: row.get(0)?,
                at: to_minute(&at),
                by: row.get(2)?,
                what: row.get(3)?,
                note: self.told(&note),
            })
        })
    }

    pub(in crate::store::read) fn handovers(
        &self,
        customer: &CustomerId,
    ) -> Result<Vec<HandoverRow>> {
        const SQL: &str = "SELECT h.\"on\", coalesce(a.name, h.\"from\"), coalesce(b.name, h.\"to\"), \
            coalesce(w.name, h.witness) FROM handovers h LEFT JOIN users a ON a.user = h.\"from\" \
            LEFT JOIN users b ON b.user = h.\"to\" LEFT JOIN users w ON w.user = h.witness \
            WHERE h.customer_id = :id ORDER BY h.\"on\", h.handover_id";
        self.rows_of(customer, SQL, |row| {
            Ok(HandoverRow {
                on: day(row, 0)?,
                from: row.get(1)?,
                to: row.get(2)?,
                witness: row.get(3)?,
            })
        })
    }

    fn journal_of(&self, customer: &CustomerId) -> Result<Vec<JournalRow>> {
        let sql = format!(
            "SELECT j.seq, j.at, coalesce(u.name, j.actor), j.command, j.subject, j.hash \
             FROM journal j LEFT JOIN users u ON u.user = j.actor WHERE j.subject IN ({SUBJECTS}) \
             AND j.command NOT IN ('answer', 'report', 'export', 'note_copy', 'read', 'read_refused') ORDER BY j.seq"
        );
        self.rows_of(customer, &sql, |row| {
            let at: String = row.get(1)?;
            Ok(JournalRow {
                seq: row.get(0)?,
                at: to_minute(&at),
                actor: row.get(2)?,
                command: row.get(3)?,
                subject: row.get(4)?,
                hash: row.get(5)?,
            })
        })
    }

    fn answer_rows(&self, customer: &CustomerId) -> Result<u32> {
        let sql = format!(
            "SELECT count(*) FROM journal WHERE command = 'answer' AND subject IN ({SUBJECTS})"
        );
        self.db
            .prepare_cached(&sql)?
            .query_row(named_params! {":id": customer.as_str()}, |row| count(row, 0))
    }
}
