//! The early-warning score: what is known of a customer, and the scores of each night.

use chrono::{Datelike as _, Months, NaiveDate};
use rusqlite::{Connection, OptionalExtension as _, Result, Row, Transaction, named_params};

use super::read::scope::Sight;
use super::row::{day, id};
use super::{Error, Store, people};
use crate::access::{Action, Actor};
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine};
use crate::protocol::page::StoredScore;
use crate::protocol::reply::Refusal;
use crate::risk::score::{Card, Given, Taken};

/// The lines of a statement that a score needs.
const LINES: [StatementLine; 10] = [
    StatementLine::Inventory,
    StatementLine::CurrentAssets,
    StatementLine::TotalAssets,
    StatementLine::CurrentLiabilities,
    StatementLine::TotalLiabilities,
    StatementLine::RetainedEarnings,
    StatementLine::Revenue,
    StatementLine::Ebit,
    StatementLine::InterestExpense,
    StatementLine::NetProfit,
];
/// How many statements are looked at: those of two years of months.
const STATEMENTS: u32 = 25;
/// How many months of flows are looked at: three against the three before.
const MONTHS: u32 = 6;
/// How many stored scores a page shows.
const HISTORY: u32 = 8;

/// What is known of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// Statements that know the assets, latest first.
    pub statements: Vec<Statement>,
    /// Figures of conduct.
    pub conduct: Vec<(Given, Decimal4)>,
}

impl Known {
    /// The same as inputs of a card.
    pub(crate) fn taken(&self) -> Taken {
        Taken::of_customer(&self.statements, &self.conduct)
    }
}

impl Store {
    /// What is known of every customer that the actor sees, in order of customer id; only one
    /// officer's if one is given.
    pub fn score_book(
        &self,
        actor: &Actor,
        today: NaiveDate,
        officer: Option<&UserId>,
    ) -> std::result::Result<Vec<(CustomerId, Taken)>, Refusal> {
        let tx = self.conn().unchecked_transaction()?;
        people::check_standing(&tx, actor)?;
        if !actor.may(Action::Read) {
            return Err(Refusal::NotFound);
        }
        let sight = Sight::of(actor).narrowed(&tx, officer)?;
        let mut book = Vec::new();
        each(&tx, &sight, today, |customer, known| {
            book.push((customer, known.taken()));
            Ok(())
        })?;
        tx.commit()?;
        Ok(book)
    }
}

/// Stores the scores of a day where they differ from the last ones. Returns how many did.
pub(crate) fn score_all(
    tx: &Transaction<'_>,
    card: &Card,
    today: NaiveDate,
) -> std::result::Result<i64, Error> {
    const LAST: &str = "SELECT card, score FROM scores WHERE customer_id = :id \
        ORDER BY scored_on DESC LIMIT 1";
    const KEEP: &str = "INSERT INTO scores \
        (customer_id, scored_on, card, score, probability, grade, known) \
        VALUES (:id, :on, :card, :score, :probability, :grade, :known) \
        ON CONFLICT (customer_id, scored_on) DO UPDATE SET card = excluded.card, \
        score = excluded.score, probability = excluded.probability, grade = excluded.grade, \
        known = excluded.known";
    let mut changed = 0;
    let on = today.to_string();
    let everything = Sight::within(crate::access::Scope::All);
    each(tx, &everything, today, |customer, known| {
        let taken = known.taken();
        if taken.is_empty() {
            return Ok(());
        }
        let scored = card.score(&taken);
        let last: Option<(String, i32)> = tx
            .prepare_cached(LAST)?
            .query_row(named_params! {":id": customer.as_str()}, |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if last.is_some_and(|(by, score)| by == card.id && score == scored.score) {
            return Ok(());
        }
        tx.prepare_cached(KEEP)?.execute(named_params! {
            ":id": customer.as_str(),
            ":on": on,
            ":card": card.id,
            ":score": scored.score,
            ":probability": scored.per_ten_thousand(),
            ":grade": scored.grade.to_string(),
            ":known": i64::try_from(scored.known).unwrap_or(0),
        })?;
        changed += 1;
        Ok(())
    })?;
    Ok(changed)
}

/// Scores as they were stored, latest first.
pub(crate) fn history(db: &Connection, customer: &CustomerId) -> Result<Vec<StoredScore>> {
    let sql = format!(
        "SELECT scored_on, card, score, grade FROM scores WHERE customer_id = :id \
         ORDER BY scored_on DESC LIMIT {HISTORY}"
    );
    db.prepare_cached(&sql)?
        .query_map(named_params! {":id": customer.as_str()}, |row| {
            Ok(StoredScore {
                on: day(row, 0)?,
                card: row.get(1)?,
                score: row.get(2)?,
                grade: row.get(3)?,
            })
        })?
        .collect()
}

/// Calls `each` with every customer in sight and what is known of her.
fn each(
    db: &Connection,
    sight: &Sight,
    today: NaiveDate,
    mut each: impl FnMut(CustomerId, Known) -> Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT c.customer_id FROM customers c WHERE {} ORDER BY c.customer_id",
        sight.sieve("c.officer")
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(named_params! {":scope": sight.value()})?;
    while let Some(row) = rows.next()? {
        let customer: CustomerId = id(row, 0)?;
        let known = known(db, &customer, today)?;
        each(customer, known)?;
    }
    Ok(())
}

/// What is known of one customer.
pub(crate) fn known(db: &Connection, customer: &CustomerId, today: NaiveDate) -> Result<Known> {
    let mut conduct = Vec::new();
    if let Some(days) = past_due(db, customer)? {
        conduct.push((Given::PastDue, Decimal4::from_int(days)));
    }
    flows(db, customer, today, &mut conduct)?;
    Ok(Known { statements: statements(db, customer, today)?, conduct })
}

/// The latest statements that know the assets, latest first.
fn statements(db: &Connection, customer: &CustomerId, today: NaiveDate) -> Result<Vec<Statement>> {
    // Where nobody says how many months, a statement runs from the beginning of its year.
    let columns: Vec<&str> = LINES.iter().map(|line| line.as_code()).collect();
    let sql = format!(
        "SELECT period_end, coalesce(period_months, CAST(substr(period_end, 6, 2) AS INTEGER)), {} \
         FROM statements WHERE customer_id = :id AND total_assets IS NOT NULL \
         AND period_end <= :day ORDER BY period_end DESC LIMIT {STATEMENTS}",
        columns.join(", ")
    );
    let read = |row: &Row<'_>| {
        let mut statement = Statement { months: row.get(1)?, ..Statement::empty(day(row, 0)?) };
        for (index, line) in (2..).zip(LINES) {
            if let Some(amount) = fen(row, index)? {
                statement.amounts.insert(line, amount);
            }
        }
        Ok(statement)
    };
    let until = today.to_string();
    db.prepare_cached(&sql)?
        .query_map(named_params! {":id": customer.as_str(), ":day": until}, read)?
        .collect()
}

fn fen(row: &Row<'_>, index: usize) -> Result<Option<Fen>> {
    Ok(row.get::<_, Option<i64>>(index)?.map(Fen))
}

/// The most days of all running loans, as far as they are known.
fn past_due(db: &Connection, customer: &CustomerId) -> Result<Option<i64>> {
    const SQL: &str =
        "SELECT max(days_past_due) FROM loans WHERE customer_id = :id AND status = 'active'";
    db.prepare_cached(SQL)?.query_row(named_params! {":id": customer.as_str()}, |row| row.get(0))
}

/// The six full months before today. A series with a month missing is no series: not computable.
fn flows(
    db: &Connection,
    customer: &CustomerId,
    today: NaiveDate,
    conduct: &mut Vec<(Given, Decimal4)>,
) -> Result<()> {
    const SQL: &str = "SELECT month, inflow, min_balance FROM account_flows \
        WHERE customer_id = :id AND month >= :from AND month < :to ORDER BY month";
    let first = today.with_day(1).unwrap_or(today);
    let Some(from) = first.checked_sub_months(Months::new(MONTHS)) else { return Ok(()) };
    let month = |day: NaiveDate| day.format("%Y-%m").to_string();
    let mut statement = db.prepare_cached(SQL)?;
    let rows: Vec<(String, Option<Fen>, Option<Fen>)> = statement
        .query_map(
            named_params! {":id": customer.as_str(), ":from": month(from), ":to": month(first)},
            |row| Ok((row.get(0)?, fen(row, 1)?, fen(row, 2)?)),
        )?
        .collect::<Result<_>>()?;
    if rows.iter().any(|(_, _, low)| low.is_some()) {
        let below = rows.iter().filter(|(_, _, low)| low.is_some_and(|low| low.0 < 0)).count();
        let below = i64::try_from(below).unwrap_or(0);
        conduct.push((Given::Overdrawn, Decimal4::from_int(below)));
    }
    let of = |months: std::ops::Range<u32>| -> Option<i128> {
        let mut sum = 0;
        for at in months {
            let wanted = month(from.checked_add_months(Months::new(at))?);
            let (_, inflow, _) = rows.iter().find(|(month, ..)| *month == wanted)?;
            sum += i128::from(inflow.as_ref()?.0);
        }
        Some(sum)
    };
    if let (Some(before), Some(now)) = (of(0..MONTHS / 2), of(MONTHS / 2..MONTHS))
        && before > 0
        && let Some(Ok(share)) =
            (now - before).checked_mul(10_000).map(|above| i64::try_from(above / before))
    {
        conduct.push((Given::Inflow, Decimal4(share)));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
