//! What is known about a customer on the day of a visit: kept with the record, so that it is
//! composed and judged again exactly as it was made. A figure that is not known is absent.

mod entries;
mod prepared;
mod ratios;
mod statements;

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};

use crate::assets::Packs;
use crate::domain::answer::Value;
use crate::domain::duty::DutyCode;
use crate::domain::facts::{self, Facts, as_key};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::loan::{Tier, days_past_due};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::visit::{Purpose, VisitClass};
use crate::form::own;
use crate::protocol::reply::Refusal;
use crate::store::collateral::{counts, held};
use crate::store::instalment::{oldest_open, open_after};
use crate::store::read::statements::SECURED;
use crate::store::row::{maybe_code, maybe_day};
use crate::store::warning;

pub(super) use prepared::prepare;
pub(in crate::store) use prepared::{add_preparation, focus};

/// The facts being gathered.
struct Gathering<'a> {
    tx: &'a Connection,
    packs: &'a Packs,
    customer: &'a str,
    day: NaiveDate,
    facts: BTreeMap<String, Value>,
}

/// All facts of a customer for a visit on this day.
pub(in crate::store) fn gather(
    tx: &Connection,
    packs: &Packs,
    customer: &CustomerId,
    visit: &VisitId,
    class: VisitClass,
    day: NaiveDate,
    purposes: &[Purpose],
) -> Result<Facts, Refusal> {
    let mut all = Gathering { tx, packs, customer: customer.as_str(), day, facts: BTreeMap::new() };
    all.put(facts::CLASS, Some(Value::Choice(class.as_code().to_owned())));
    all.put(facts::TODAY, Some(Value::Date(day)));
    let mut duties: Vec<_> = purposes.iter().map(|p| p.code.as_code().to_owned()).collect();
    duties.dedup();
    all.put(facts::DUTIES, Some(Value::Multi(duties)));
    all.customer()?;
    all.loans()?;
    all.security()?;
    all.figures()?;
    all.flags()?;
    all.strategy()?;
    all.points(visit, purposes)?;
    all.promises(visit)?;
    all.last_visit(visit)?;
    all.entries(purposes)?;
    all.last_problems(visit)?;
    all.statements()?;
    all.limits()?;
    Ok(Facts(all.facts))
}

impl Gathering<'_> {
    fn put(&mut self, name: &str, value: Option<Value>) {
        if let Some(value) = value {
            self.facts.insert(name.to_owned(), value);
        }
    }

    /// A sum; null = nothing there, or not all of it.
    fn one(&self, sql: &str, with: impl rusqlite::Params) -> Result<Option<i64>, Refusal> {
        let mut statement = self.tx.prepare_cached(sql)?;
        Ok(statement.query_row(with, |row| row.get(0))?)
    }

    /// Texts in order.
    fn texts(&self, sql: &str) -> Result<Vec<String>, Refusal> {
        let mut statement = self.tx.prepare_cached(sql)?;
        let rows = statement.query_map([self.customer], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn customer(&mut self) -> Result<(), Refusal> {
        const SQL: &str = "SELECT line, industry, low_risk FROM customers WHERE customer_id = ?1";
        let mut statement = self.tx.prepare_cached(SQL)?;
        let (line, industry, low_risk) = statement.query_row([self.customer], |row| {
            Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?, row.get(2)?))
        })?;
        self.put(facts::LINE, line.map(Value::Choice));
        self.put(facts::INDUSTRY, industry.map(Value::Text));
        self.put(facts::LOW_RISK, Some(Value::Bool(low_risk)));
        Ok(())
    }

    fn loans(&mut self) -> Result<(), Refusal> {
        const RUNNING: &str = concat!(
            "SELECT l.balance, l.days_past_due, ",
            oldest_open!("?2"),
            " FROM loans l WHERE l.customer_id = ?1 AND l.status = 'active'"
        );
        const TIERS: &str = "
            SELECT tier FROM loans WHERE customer_id = ?1 AND status = 'active' AND tier IS NOT NULL
            UNION SELECT tier FROM customers WHERE customer_id = ?1 AND tier IS NOT NULL";
        const PURPOSE: &str = "
            SELECT purpose FROM loans WHERE customer_id = ?1 AND status = 'active'
            ORDER BY disbursed_on DESC, loan_id DESC LIMIT 1";
        // Who has no running loan is not past due; of whom neither days nor a schedule are told, it
        // is not known.
        let (mut exposure, mut past_due) = (Some(0), None);
        let mut running = false;
        {
            let mut statement = self.tx.prepare_cached(RUNNING)?;
            let mut rows = statement.query(params![self.customer, self.day.to_string()])?;
            while let Some(row) = rows.next()? {
                exposure = exposure.zip(row.get(0)?).map(|(sum, one): (i64, i64)| sum + one);
                let days = days_past_due(row.get(1)?, maybe_day(row, 2)?, self.day);
                past_due = past_due.max(days);
                running = true;
            }
        }
        let past_due = past_due.or((!running).then_some(0));
        self.put(facts::EXPOSURE, exposure.map(|fen| Value::Money(Fen(fen))));
        let sql = format!("SELECT ({SECURED}) FROM customers c WHERE c.customer_id = ?1");
        let secured = self.one(&sql, [self.customer])?;
        self.put(facts::SECURED_EXPOSURE, secured.map(|fen| Value::Money(Fen(fen))));
        self.put(facts::DAYS_PAST_DUE, past_due.map(whole));
        let worst = {
            let mut statement = self.tx.prepare_cached(TIERS)?;
            let rows =
                statement.query_map([self.customer], |row| maybe_code(row, 0, Tier::from_code))?;
            rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().max()
        };
        let tier = worst.unwrap_or(Tier::Normal);
        self.put(facts::TIER, Some(Value::Choice(tier.as_code().to_owned())));
        let products = self.texts(
            "SELECT DISTINCT product FROM loans
             WHERE customer_id = ?1 AND status = 'active' AND product IS NOT NULL ORDER BY product",
        )?;
        // A list is kept with `;` between its parts.
        let products = products.into_iter().map(|product| product.replace(';', "；")).collect();
        self.put(facts::PRODUCTS, Some(Value::Multi(products)));
        let modes = self.texts(
            "SELECT DISTINCT guarantee_mode FROM loans WHERE customer_id = ?1
             AND status = 'active' AND guarantee_mode IS NOT NULL ORDER BY guarantee_mode",
        )?;
        self.put(facts::GUARANTEE_MODES, Some(Value::Multi(modes)));
        let purpose: Option<Option<String>> = {
            let mut statement = self.tx.prepare_cached(PURPOSE)?;
            statement.query_row([self.customer], |row| row.get(0)).optional()?
        };
        self.put(facts::PURPOSE, purpose.flatten().map(Value::Text));
        Ok(())
    }

    fn security(&mut self) -> Result<(), Refusal> {
        const SQL: &str = concat!(
            "SELECT (SELECT count(*) FROM collateral k WHERE k.customer_id = ?1 AND ",
            held!(),
            "), (SELECT coalesce(sum(k.value), 0) FROM collateral k WHERE k.customer_id = ?1 AND ",
            counts!(),
            "), (SELECT count(*) FROM guarantors WHERE customer_id = ?1)"
        );
        let mut statement = self.tx.prepare_cached(SQL)?;
        let (items, value, guarantors): (i64, i64, i64) = statement
            .query_row([self.customer], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        self.put(facts::COLLATERAL_COUNT, Some(whole(items)));
        self.put(facts::COLLATERAL_VALUE, Some(Value::Money(Fen(value))));
        self.put(facts::GUARANTOR_COUNT, Some(whole(guarantors)));
        Ok(())
    }

    fn figures(&mut self) -> Result<(), Refusal> {
        const DUE: &str = concat!(
            "SELECT sum(coalesce(r.principal, 0) + coalesce(r.interest, 0))
            FROM repayments r JOIN loans l ON l.loan_id = r.loan_id
            WHERE l.customer_id = ?1 AND l.status = 'active' AND r.due_on > ?2 AND r.due_on <= ?3
                AND ",
            open_after!("?2")
        );
        // Half a sum would look like a fall: where a month is missing there is none.
        const INFLOW: &str = "
            SELECT CASE WHEN count(inflow) = ?4 THEN sum(inflow) END FROM account_flows
            WHERE customer_id = ?1 AND month >= ?2 AND month < ?3";
        const POWER: &str = "
            SELECT CASE WHEN count(quantity) = ?4 THEN sum(quantity) END FROM utilities
            WHERE customer_id = ?1 AND kind = 'power' AND month >= ?2 AND month < ?3";
        const REVENUE: &str = "
            SELECT revenue, period_months, period_end FROM statements
            WHERE customer_id = ?1 AND revenue IS NOT NULL AND period_end <= ?2
            ORDER BY period_end DESC LIMIT 1";
        let later = self.day + Months::new(3);
        let due = self.one(DUE, params![self.customer, self.day.to_string(), later.to_string()])?;
        self.put(facts::NEXT_INSTALMENTS, due.map(|fen| Value::Money(Fen(fen))));
        let (this, three, six, year) =
            (month(self.day, 0), month(self.day, 3), month(self.day, 6), month(self.day, 12));
        for (name, from, months) in [(facts::INFLOW_3M, &three, 3), (facts::INFLOW_12M, &year, 12)]
        {
            let sum = self.one(INFLOW, params![self.customer, from, this, months])?;
            self.put(name, sum.map(|fen| Value::Money(Fen(fen))));
        }
        for (name, from, to) in
            [(facts::POWER_3M, &three, &this), (facts::POWER_BEFORE_3M, &six, &three)]
        {
            let sum = self.one(POWER, params![self.customer, from, to, 3])?;
            self.put(name, sum.map(|quantity| Value::Number(Decimal4(quantity))));
        }
        let revenue: Option<(i64, Option<i64>, Option<NaiveDate>)> = {
            let mut statement = self.tx.prepare_cached(REVENUE)?;
            let day = self.day.to_string();
            statement
                .query_row(params![self.customer, day], |row| {
                    Ok((row.get(0)?, row.get(1)?, maybe_day(row, 2)?))
                })
                .optional()?
        };
        let revenue = revenue.and_then(|(fen, months, end)| to_a_year(fen, months, end));
        self.put(facts::REVENUE_12M, revenue.map(|fen| Value::Money(Fen(fen))));
        Ok(())
    }

    fn flags(&mut self) -> Result<(), Refusal> {
        let flags = self.texts(
            "SELECT DISTINCT signal FROM flags WHERE customer_id = ?1 AND state = 'confirmed' ORDER BY signal",
        )?;
        let flags = flags.into_iter().map(|signal| signal.replace(';', "；")).collect();
        self.put(facts::OPEN_FLAGS, Some(Value::Multi(flags)));
        let library = warning::library_of(self.tx, &CustomerId::from(self.customer))?;
        for (name, value) in own::as_facts(&library) {
            self.put(name, value);
        }
        Ok(())
    }

    /// The strategy in force, and the balance that its plan asks for next.
    fn strategy(&mut self) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT s.strategy, (SELECT p.target FROM strategy_steps p
                WHERE p.customer_id = s.customer_id AND p.n = s.n AND p.met_on IS NULL
                    AND p.mark IS NULL ORDER BY p.step LIMIT 1)
            FROM strategies s WHERE s.customer_id = ?1 AND s.in_force = 1";
        let found: Option<(String, Option<i64>)> = {
            let mut statement = self.tx.prepare_cached(SQL)?;
            statement.query_row([self.customer], |row| Ok((row.get(0)?, row.get(1)?))).optional()?
        };
        let (strategy, target) = found.unzip();
        self.put(facts::STRATEGY_NOW, strategy.map(Value::Choice));
        self.put(facts::PLAN_TARGET, target.flatten().map(|fen| Value::Money(Fen(fen))));
        Ok(())
    }

    /// What to check by order: the points of the open tasks that this visit serves, each once, but
    /// for those that another visit has made already.
    fn points(&mut self, visit: &VisitId, purposes: &[Purpose]) -> Result<(), Refusal> {
        let sql = format!(
            "SELECT t.task_id, t.points, {} FROM tasks t
            WHERE t.customer_id = ?1 AND t.closed_on IS NULL AND t.points IS NOT NULL
            ORDER BY t.due_on, t.task_id",
            crate::store::read::task::MADE
        );
        let mut points: Vec<String> = Vec::new();
        {
            let mut statement = self.tx.prepare_cached(&sql)?;
            let mut rows = statement.query([self.customer])?;
            while let Some(row) = rows.next()? {
                let task: String = row.get(0)?;
                let made: Option<String> = row.get(2)?;
                let elsewhere = made
                    .as_deref()
                    .and_then(|made| made.split_once(' '))
                    .is_some_and(|(_, by)| by != visit.as_str());
                let served = purposes.iter().any(|p| p.covers(DutyCode::Directed, &task));
                if elsewhere || !served {
                    continue;
                }
                let lines: String = row.get(1)?;
                for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    if !points.iter().any(|known| known == line) {
                        points.push(line.to_owned());
                    }
                }
            }
        }
        let points = Some(points.join("\n")).filter(|points| !points.is_empty());
        self.put(facts::POINTS, points.map(Value::Text));
        Ok(())
    }

    /// What is open, but for what this very visit has noted.
    fn promises(&mut self, visit: &VisitId) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT text FROM todos WHERE customer_id = ?1 AND state = 'open'
                AND coalesce(visit_id, '') <> ?2
            ORDER BY due_on, todo_id";
        let mut promises: Vec<String> = Vec::new();
        {
            let mut statement = self.tx.prepare_cached(SQL)?;
            let rows = statement
                .query_map([self.customer, visit.as_str()], |row| row.get::<_, String>(0))?;
            for text in rows {
                let text = as_key(&text?);
                if !promises.contains(&text) {
                    promises.push(text);
                }
            }
        }
        let promises = (!promises.is_empty()).then_some(promises);
        self.put(facts::OPEN_PROMISES, promises.map(Value::Multi));
        Ok(())
    }

    fn last_visit(&mut self, visit: &VisitId) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT max(visited_on) FROM visits WHERE customer_id = ?1 AND visited_on <= ?2
            AND visit_id <> ?3 AND (state IS NULL OR state IN ('submitted', 'approved'))";
        let last = {
            let mut statement = self.tx.prepare_cached(SQL)?;
            let day = self.day.to_string();
            statement
                .query_row(params![self.customer, day, visit.as_str()], |row| maybe_day(row, 0))?
        };
        self.put(facts::LAST_VISIT, last.map(Value::Date));
        Ok(())
    }
}

fn whole(n: i64) -> Value {
    Value::Number(Decimal4(n.saturating_mul(10_000)))
}

/// `YYYY-MM` of the month so many before the day's.
fn month(day: NaiveDate, before: u32) -> String {
    (day - Months::new(before)).format("%Y-%m").to_string()
}

/// Revenue of some months as that of twelve. Without the count of months, a statement is taken to
/// run from January to its end.
fn to_a_year(fen: i64, months: Option<i64>, end: Option<NaiveDate>) -> Option<i64> {
    let months = months.or_else(|| end.map(|day| i64::from(day.month())))?;
    if months <= 0 {
        return None;
    }
    i64::try_from(i128::from(fen) * 12 / i128::from(months)).ok()
}

#[cfg(test)]
mod tests;
