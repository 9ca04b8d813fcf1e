//! What the month plan says beside the due list: fixed days, pauses, and what was put off.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, Row, named_params};

use super::Asked;
use super::board::fixed_day;
use super::scope::Sight;
use crate::domain::duty::{Duty, DutyCode};
use crate::domain::ids::CustomerId;
use crate::domain::order::RequestKind;
use crate::planning;
use crate::protocol::page::{AgendaRow, OpenRequest, PlanLine};
use crate::protocol::query::AgendaFilter;
use crate::store::project::decode_duties;
use crate::store::row::{code, day, id, maybe_day, strange};

/// How many lines beside the due list are shown at the most.
const PLANS: u32 = 20;

impl Asked<'_> {
    /// Adds to due visits what is planned for them. Where nothing is, three looks tell so.
    pub(super) fn add_plans(&self, rows: &mut [AgendaRow]) -> Result<()> {
        let any = |sql: &str| self.db.prepare_cached(sql)?.exists([]);
        let planned = any("SELECT 1 FROM planned_days LIMIT 1")?;
        let paused = any("SELECT 1 FROM pauses LIMIT 1")?;
        let delayed = any("SELECT 1 FROM requests LIMIT 1")?;
        for row in rows.iter_mut() {
            if paused {
                row.paused = self.pause(&row.customer)?;
            }
            let known = planned && self.has_row(PLANNED, &row.customer)?
                || delayed && self.has_row(REQUESTED, &row.customer)?;
            let policy = &self.packs.policy;
            if known {
                let duties = self.duties_due(&row.customer, row.due)?;
                row.planned = fixed_day(self.db, &row.customer, &duties)?;
                row.delayed_from = duties.iter().filter_map(|duty| duty.delayed_from).min();
                row.asked =
                    Requests::of_customer(self.db, &row.customer)?.about(&row.customer, &duties);
                row.delay_to = planning::last_delay(&duties, policy, self.today);
            } else {
                row.delay_to = planning::last_first_delay(row.due, policy, self.today);
            }
        }
        Ok(())
    }

    fn has_row(&self, sql: &str, customer: &CustomerId) -> Result<bool> {
        self.db.prepare_cached(sql)?.exists([customer.as_str()])
    }

    /// The pause of a customer that holds today: its last day and its revision.
    pub(super) fn pause(&self, customer: &CustomerId) -> Result<Option<(NaiveDate, i64)>> {
        self.db
            .prepare_cached(
                "SELECT until, revision FROM pauses WHERE customer_id = :id AND until >= :today",
            )?
            .query_row(
                named_params! {":id": customer.as_str(), ":today": self.today.to_string()},
                |row| Ok((day(row, 0)?, row.get(1)?)),
            )
            .optional()
    }

    fn duties_due(&self, customer: &CustomerId, due: NaiveDate) -> Result<Vec<Duty>> {
        let mut statement = self.db.prepare_cached(
            "SELECT duties FROM due_visits WHERE customer_id = :id AND due = :due ORDER BY n",
        )?;
        let mut rows =
            statement.query(named_params! {":id": customer.as_str(), ":due": due.to_string()})?;
        let Some(row) = rows.next()? else { return Ok(Vec::new()) };
        decode_duties(row.get_ref(0)?.as_str()?).ok_or_else(|| strange(0))
    }

    /// What is fixed on the day of a list and not due on it.
    pub(super) fn plans(&self, sight: &Sight, filter: AgendaFilter) -> Result<Vec<PlanLine>> {
        let AgendaFilter::Day(shown) = filter else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT d.customer_id, c.name, c.district, d.due, d.duties FROM planned_days p \
             CROSS JOIN customers c ON c.customer_id = p.customer_id \
             CROSS JOIN due_visits d ON d.customer_id = p.customer_id \
             WHERE p.day = :day AND d.due > :day AND {} ORDER BY d.due, d.customer_id LIMIT :most",
            sight.sieve("c.officer")
        );
        let parameters = named_params! {
            ":scope": sight.value(), ":day": shown.to_string(), ":most": PLANS,
        };
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(parameters)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let customer: CustomerId = id(row, 0)?;
            let duties = decode_duties(row.get_ref(4)?.as_str()?).ok_or_else(|| strange(4))?;
            if fixed_day(self.db, &customer, &duties)? == Some(shown) {
                let (title, district) = (row.get(1)?, row.get(2)?);
                let (customer, due) = (Some(customer), Some(day(row, 3)?));
                found.push(PlanLine { customer, title, district, due });
            }
        }
        let sql = format!(
            "SELECT a.title, a.district FROM appointments a WHERE {} AND a.day = :day \
             ORDER BY a.appointment_id LIMIT :most",
            sight.seek("a.officer")
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let lines = statement.query_map(parameters, |row| {
            Ok(PlanLine { customer: None, title: row.get(0)?, district: row.get(1)?, due: None })
        })?;
        found.extend(lines.collect::<Result<Vec<_>>>()?);
        Ok(found)
    }
}

const PLANNED: &str = "SELECT 1 FROM planned_days WHERE customer_id = ?1";
const REQUESTED: &str = "SELECT 1 FROM requests WHERE customer_id = ?1 \
    AND (decision IS NULL OR decision = 'approved')";

/// What is asked for about duties and not decided yet.
#[derive(Debug, Default)]
pub(super) struct Requests(HashMap<CustomerId, Vec<Request>>);

#[derive(Debug)]
struct Request {
    code: DutyCode,
    reference: String,
    raw_due: NaiveDate,
    asks: OpenRequest,
}

impl Requests {
    /// All about one customer.
    fn of_customer(db: &Connection, customer: &CustomerId) -> Result<Self> {
        let mut found = Self::default();
        let mut statement = db.prepare_cached(&Self::of_one())?;
        let mut rows = statement.query([customer.as_str()])?;
        while let Some(row) = rows.next()? {
            found.take(row)?;
        }
        Ok(found)
    }

    /// All about everybody in sight, with one query.
    pub(super) fn in_sight(db: &Connection, sight: &Sight) -> Result<Self> {
        let mut found = Self::default();
        let mut statement = db.prepare_cached(&Self::of_all(sight))?;
        let mut rows = statement.query(named_params! {":scope": sight.value()})?;
        while let Some(row) = rows.next()? {
            found.take(row)?;
        }
        Ok(found)
    }

    fn of_all(sight: &Sight) -> String {
        let whose = sight.sieve("c.officer");
        format!(
            "{OPEN_REQUESTS} CROSS JOIN customers c ON c.customer_id = r.customer_id \
             WHERE {whose} {OPEN}"
        )
    }

    fn of_one() -> String {
        format!("{OPEN_REQUESTS} WHERE r.customer_id = ?1 {OPEN}")
    }

    fn take(&mut self, row: &Row<'_>) -> Result<()> {
        let asks = OpenRequest {
            kind: code(row, 4, RequestKind::from_code)?,
            new_due: maybe_day(row, 5)?,
        };
        self.0.entry(id(row, 0)?).or_default().push(Request {
            code: code(row, 1, DutyCode::from_code)?,
            reference: row.get(2)?,
            raw_due: day(row, 3)?,
            asks,
        });
        Ok(())
    }

    /// The first that is about a due visit of this customer with these duties.
    pub(super) fn about(&self, customer: &CustomerId, duties: &[Duty]) -> Option<OpenRequest> {
        let is_of = |one: &&Request| {
            duties.iter().any(|duty| {
                (duty.code, &duty.reference, duty.raw_due)
                    == (one.code, &one.reference, one.raw_due)
            })
        };
        Some(self.0.get(customer)?.iter().find(is_of)?.asks)
    }
}

const OPEN_REQUESTS: &str =
    "SELECT r.customer_id, r.code, r.ref, r.raw_due, r.kind, r.new_due FROM requests r";
const OPEN: &str = "AND r.decision IS NULL ORDER BY r.request_id";

#[cfg(test)]
mod tests;
