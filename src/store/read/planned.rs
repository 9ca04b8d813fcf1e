//! What the month plan says beside the due list: fixed days, pauses, and what was put off.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, named_params};

use super::Asked;
use super::board::fixed_day;
use super::scope::Sight;
use crate::domain::duty::Duty;
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
                row.asked = open_request(self.db, &row.customer, &duties)?;
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

/// What is asked for about a due visit with these duties, and not decided yet.
pub(super) fn open_request(
    db: &Connection,
    customer: &CustomerId,
    duties: &[Duty],
) -> Result<Option<OpenRequest>> {
    let mut statement = db.prepare_cached(
        "SELECT code, ref, raw_due, kind, new_due FROM requests \
         WHERE customer_id = ?1 AND decision IS NULL ORDER BY request_id",
    )?;
    let mut rows = statement.query([customer.as_str()])?;
    while let Some(row) = rows.next()? {
        let (code_of, reference) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
        let raw_due = day(row, 2)?;
        let is_of = |duty: &Duty| {
            duty.code.as_code() == code_of && duty.reference == reference && duty.raw_due == raw_due
        };
        if duties.iter().any(is_of) {
            let kind = code(row, 3, RequestKind::from_code)?;
            return Ok(Some(OpenRequest { kind, new_due: maybe_day(row, 4)? }));
        }
    }
    Ok(None)
}
