//! The numbered sections of the dossier.

use chrono::NaiveDate;
use rusqlite::{Result, Row, named_params};

use super::super::Asked;
use crate::access::{mask_name, mask_phone};
use crate::domain::flag::Level;
use crate::domain::ids::CustomerId;
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier, days_past_due};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::visit::{VisitClass, VisitState};
use crate::protocol::page::{CollateralRow, ConditionRow, LoanRow, RelationRow, VisitRow};
use crate::store::collateral::counts;
use crate::store::instalment::{in_full, oldest_open, owed};
use crate::store::portfolio::purposes;
use crate::store::row::{code, count, day, id, maybe_code, maybe_day, maybe_id, strange};

/// A label with two values that belong to it.
pub(in crate::store::read) type Labelled<A, B> = (String, Option<A>, Option<B>);

/// Members of a group that are listed, the largest; the sum counts all of them.
const MEMBERS: u32 = 50;

fn fen(row: &Row<'_>, index: usize) -> Result<Option<Fen>> {
    Ok(row.get::<_, Option<i64>>(index)?.map(Fen))
}

impl Asked<'_> {
    /// Rows of one customer.
    pub(in crate::store::read) fn rows_of<T>(
        &self,
        customer: &CustomerId,
        sql: &str,
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.db
            .prepare_cached(sql)?
            .query_map(named_params! {":id": customer.as_str()}, read)?
            .collect()
    }

    pub(super) fn loans(&self, customer: &CustomerId) -> Result<Vec<LoanRow>> {
        // The next instalment is the first one not paid, even if its day has passed.
        const SQL: &str = concat!(
            "SELECT l.loan_id, l.product, l.purpose, l.guarantee_mode, l.amount, \
            l.balance, l.rate, l.disbursed_on, l.matures_on, l.status, l.days_past_due, l.tier, \
            r.due_on, coalesce(r.principal, 0) + coalesce(r.interest, 0), \
            (SELECT count(*) FROM drawdowns d WHERE d.loan_id = l.loan_id), ",
            oldest_open!(":day"),
            " FROM loans l LEFT JOIN repayments r ON r.loan_id = l.loan_id AND r.due_on = \
              (SELECT min(r.due_on) FROM repayments r WHERE r.loan_id = l.loan_id AND ",
            owed!(),
            " AND l.status <> 'settled' AND NOT ",
            in_full!(":day"),
            ") \
            WHERE l.customer_id = :id \
            ORDER BY l.status <> 'active', l.disbursed_on DESC, l.loan_id"
        );
        let sql = SQL.replace(":day", &format!("'{}'", self.today));
        self.rows_of(customer, &sql, |row| {
            let next = maybe_day(row, 12)?;
            Ok(LoanRow {
                loan: row.get(0)?,
                product: row.get(1)?,
                purpose: row.get(2)?,
                guarantee: maybe_code(row, 3, GuaranteeMode::from_code)?,
                amount: Fen(row.get(4)?),
                balance: fen(row, 5)?,
                rate: row.get::<_, Option<i64>>(6)?.map(Decimal4),
                disbursed_on: day(row, 7)?,
                matures_on: maybe_day(row, 8)?,
                status: code(row, 9, LoanStatus::from_code)?,
                days_past_due: days_past_due(row.get(10)?, maybe_day(row, 15)?, self.today),
                tier: maybe_code(row, 11, Tier::from_code)?,
                next: match next {
                    Some(on) => Some((on, Fen(row.get(13)?))),
                    None => None,
                },
                drawdowns: count(row, 14)?,
            })
        })
    }

    pub(in crate::store::read) fn flows(
        &self,
        customer: &CustomerId,
    ) -> Result<Vec<Labelled<Fen, Fen>>> {
        const SQL: &str = "SELECT month, inflow, outflow FROM (SELECT month, inflow, outflow \
            FROM account_flows WHERE customer_id = :id ORDER BY month DESC LIMIT 24) ORDER BY month";
        self.rows_of(customer, SQL, |row| Ok((row.get(0)?, fen(row, 1)?, fen(row, 2)?)))
    }

    pub(super) fn power(&self, customer: &CustomerId) -> Result<Vec<(String, Option<Decimal4>)>> {
        const SQL: &str = "SELECT month, quantity FROM (SELECT month, quantity FROM utilities \
            WHERE customer_id = :id AND kind = 'power' ORDER BY month DESC LIMIT 24) ORDER BY month";
        self.rows_of(customer, SQL, |row| {
            Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(Decimal4)))
        })
    }

    pub(super) fn collateral(&self, customer: &CustomerId) -> Result<Vec<CollateralRow>> {
        const SQL: &str = concat!(
            "SELECT k.collateral_id, k.kind, k.place, k.value, k.valued_on, k.next_valuation_on, \
            k.insured_until, ",
            counts!(),
            " FROM collateral k WHERE k.customer_id = :id ORDER BY k.value DESC, k.collateral_id"
        );
        self.rows_of(customer, SQL, |row| {
            Ok(CollateralRow {
                id: row.get(0)?,
                kind: row.get(1)?,
                place: row.get(2)?,
                value: Fen(row.get(3)?),
                valued_on: maybe_day(row, 4)?,
                next_valuation_on: maybe_day(row, 5)?,
                insured_until: maybe_day(row, 6)?,
                counts: row.get(7)?,
            })
        })
    }

    pub(super) fn guarantors(&self, customer: &CustomerId) -> Result<Vec<Labelled<Fen, String>>> {
        const SQL: &str =
            "SELECT name, amount, relation FROM guarantors WHERE customer_id = :id ORDER BY name";
        self.rows_of(customer, SQL, |row| {
            let name: String = row.get(0)?;
            Ok((self.shown(mask_name, &name), fen(row, 1)?, row.get(2)?))
        })
    }

    pub(super) fn contacts(&self, customer: &CustomerId) -> Result<Vec<Labelled<String, String>>> {
        const SQL: &str =
            "SELECT name, role, phone FROM contacts WHERE customer_id = :id ORDER BY name";
        self.rows_of(customer, SQL, |row| {
            let (name, phone): (String, Option<String>) = (row.get(0)?, row.get(2)?);
            let phone = phone.map(|phone| self.shown(mask_phone, &phone));
            Ok((self.shown(mask_name, &name), row.get(1)?, phone))
        })
    }

    /// Who is told to be related, and the members of her group in sight.
    pub(super) fn relations(&self, customer: &CustomerId) -> Result<Vec<RelationRow>> {
        let sight = self.sight.sieve("c.officer");
        let sql = format!(
            "SELECT t.related_name AS named, c.customer_id, t.kind AS kind, x.exposure, x.yellow, \
                x.orange, x.red, c.name \
             FROM relations t LEFT JOIN customers c ON c.customer_id = t.related_customer_id AND {sight} \
             LEFT JOIN customer_facts x ON x.customer_id = c.customer_id \
             WHERE t.customer_id = :id \
             UNION ALL SELECT * FROM (SELECT c.name, c.customer_id, 'group', x.exposure, x.yellow, \
                x.orange, x.red, c.name \
             FROM customers me JOIN customers c ON c.group_id = me.group_id \
             LEFT JOIN customer_facts x ON x.customer_id = c.customer_id \
             WHERE me.customer_id = :id AND me.group_id <> '' AND c.customer_id <> :id AND {sight} \
                AND NOT EXISTS (SELECT 1 FROM relations r \
                    WHERE r.customer_id = :id AND r.related_customer_id = c.customer_id) \
             ORDER BY x.exposure DESC, c.customer_id LIMIT {MEMBERS}) \
             ORDER BY kind, named"
        );
        let read = |row: &Row<'_>| {
            let name: String = row.get(0)?;
            let related: Option<CustomerId> = maybe_id(row, 1)?;
            let flags: [Option<i64>; 3] = [row.get(6)?, row.get(5)?, row.get(4)?];
            let levels = [Level::Red, Level::Orange, Level::Yellow];
            Ok(RelationRow {
                name: match &related {
                    Some(_) => row.get(7)?,
                    None => self.shown(mask_name, &name),
                },
                customer: related,
                kind: row.get(2)?,
                exposure: fen(row, 3)?,
                level: levels.into_iter().zip(flags).find(|(_, n)| *n > Some(0)).map(|(l, _)| l),
            })
        };
        self.db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {":id": customer.as_str(), ":scope": self.sight.value()},
                read,
            )?
            .collect()
    }

    pub(super) fn conditions(&self, customer: &CustomerId) -> Result<Vec<ConditionRow>> {
        const SQL: &str = "SELECT condition_id, text, due_on, done_on FROM conditions \
            WHERE customer_id = :id ORDER BY done_on IS NOT NULL, coalesce(due_on, '9999'), condition_id";
        self.rows_of(customer, SQL, |row| {
            Ok(ConditionRow {
                id: row.get(0)?,
                text: row.get(1)?,
                due_on: maybe_day(row, 2)?,
                done_on: maybe_day(row, 3)?,
            })
        })
    }

    pub(in crate::store::read) fn visits(
        &self,
        customer: &CustomerId,
        most: u32,
    ) -> Result<Vec<VisitRow>> {
        self.visits_until(customer, None, most)
    }

    /// The latest visits up to a day.
    pub(in crate::store::read) fn visits_until(
        &self,
        customer: &CustomerId,
        until: Option<NaiveDate>,
        most: u32,
    ) -> Result<Vec<VisitRow>> {
        let sql = format!(
            "SELECT v.visit_id, v.visited_on, v.class, v.channel, \
             coalesce(u.name, v.officer, ''), v.state, v.purposes, v.conclusion, \
             (SELECT r.version FROM records r INDEXED BY records_versions WHERE r.visit_id = v.visit_id \
             ORDER BY r.state = 'approved' DESC, r.state = 'submitted' DESC, r.version DESC LIMIT 1) \
             FROM visits v LEFT JOIN users u ON u.user = v.officer WHERE v.customer_id = :id \
             AND v.visited_on <= coalesce(:until, '9999-12-31') \
             ORDER BY v.visited_on DESC, v.visit_id DESC LIMIT {most}"
        );
        let until = until.map(|day| day.to_string());
        let parameters = named_params! {":id": customer.as_str(), ":until": until};
        let visit = |row: &Row<'_>| {
            let served: Option<String> = row.get(6)?;
            let conclusion: Option<String> = row.get(7)?;
            Ok(VisitRow {
                visit: id(row, 0)?,
                visited_on: day(row, 1)?,
                class: code(row, 2, VisitClass::from_code)?,
                channel: row.get(3)?,
                officer_name: row.get(4)?,
                state: maybe_code(row, 5, VisitState::from_code)?.unwrap_or(VisitState::Approved),
                purposes: purposes(&served.unwrap_or_default()).ok_or_else(|| strange(6))?,
                conclusion: conclusion.and_then(|text| text.lines().next().map(str::to_owned)),
                version: row.get(8)?,
            })
        };
        self.db.prepare_cached(&sql)?.query_map(parameters, visit)?.collect()
    }
}
