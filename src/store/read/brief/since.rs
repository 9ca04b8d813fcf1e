//! What changed since the last done visit.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use crate::domain::answer::Value;
use crate::domain::facts::{self, Facts};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::protocol::page::Since;
use crate::store::read::Asked;
use crate::store::row::{day, id};

impl Asked<'_> {
    /// `None` = there was no visit before. `open` is the draft being written now.
    pub(super) fn since(
        &self,
        customer: &CustomerId,
        open: Option<&VisitId>,
        before: NaiveDate,
    ) -> Result<Option<Since>> {
        // The facts of a record made here say how things stood then; an imported visit has none.
        const LAST: &str = "
            SELECT v.visited_on, v.visit_id, r.facts
            FROM visits v LEFT JOIN records r ON r.visit_id = v.visit_id
                AND r.version = (SELECT min(f.version) FROM records f WHERE f.visit_id = v.visit_id)
            WHERE v.customer_id = :id AND v.visited_on <= :day AND v.visit_id <> :open
                AND (v.state IS NULL OR v.state IN ('submitted', 'approved'))
            ORDER BY v.visited_on DESC, v.visit_id DESC LIMIT 1";
        let found = self
            .db
            .prepare_cached(LAST)?
            .query_row(
                named_params! {
                    ":id": customer.as_str(), ":day": before.to_string(),
                    ":open": open.map_or("", VisitId::as_str),
                },
                |row| Ok((day(row, 0)?, id::<VisitId>(row, 1)?, row.get::<_, Option<String>>(2)?)),
            )
            .optional()?;
        let Some((on, visit, facts)) = found else { return Ok(None) };
        let mut since =
            Since { day: on, visit: facts.is_some().then_some(visit), ..Since::default() };
        if let Some(facts) = facts.as_deref().map(Facts::decode) {
            then(&mut since, &facts);
        }
        since.flags_raised = self.since_rows(
            customer,
            on,
            "SELECT signal, raised_on FROM flags WHERE customer_id = :id AND raised_on > :on \
             AND coalesce(state, '') <> 'rejected' ORDER BY raised_on, flag_id",
            |row| Ok((row.get(0)?, day(row, 1)?)),
        )?;
        since.flags_closed = self.since_rows(
            customer,
            on,
            "SELECT signal, closed_on FROM flags WHERE customer_id = :id AND closed_on > :on \
             ORDER BY closed_on, flag_id",
            |row| Ok((row.get(0)?, day(row, 1)?)),
        )?;
        let loan = |row: &Row<'_>| Ok((row.get(0)?, day(row, 1)?, Fen(row.get(2)?)));
        since.loans_new = self.since_rows(
            customer,
            on,
            "SELECT loan_id, disbursed_on, amount FROM loans WHERE customer_id = :id \
             AND disbursed_on > :on ORDER BY disbursed_on, loan_id",
            loan,
        )?;
        since.loans_settled = self.since_rows(
            customer,
            on,
            "SELECT loan_id, settled_on, amount FROM loans WHERE customer_id = :id \
             AND settled_on > :on ORDER BY settled_on, loan_id",
            loan,
        )?;
        since.statements = self.since_rows(
            customer,
            on,
            "SELECT period_end FROM statements WHERE customer_id = :id AND period_end > :on \
             ORDER BY period_end",
            |row| day(row, 0),
        )?;
        Ok(Some(since))
    }

    fn since_rows<T>(
        &self,
        customer: &CustomerId,
        on: NaiveDate,
        sql: &str,
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.db
            .prepare_cached(sql)?
            .query_map(named_params! {":id": customer.as_str(), ":on": on.to_string()}, read)?
            .collect()
    }
}

/// How things stood at the visit.
fn then(since: &mut Since, facts: &Facts) {
    if let Some(Value::Choice(code)) = facts.get(facts::TIER) {
        since.tier = Tier::from_code(code);
    }
    if let Some(Value::Money(fen)) = facts.get(facts::EXPOSURE) {
        since.exposure = Some(*fen);
    }
    if let Some(Value::Number(days)) = facts.get(facts::DAYS_PAST_DUE) {
        since.days_past_due = Some(days.0 / 10_000);
    }
}
