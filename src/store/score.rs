//! What is known of customers for the early-warning score: statements, conduct, flows.

use chrono::{Datelike as _, Months, NaiveDate};
use rusqlite::{Connection, Result, Row, named_params};

use super::read::scope::Sight;
use super::row::day;
use super::{Store, people};
use crate::access::{Action, Actor};
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::money::Fen;
use crate::domain::statement::{Statement, StatementLine, years_before};
use crate::protocol::reply::Refusal;
use crate::risk::score::{Given, Taken, Unknown};

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
        each(&tx, &sight, today, |id, taken, _on| {
            book.push((id, taken));
            Ok(())
        })
        .map_err(Refusal::from)?;
        tx.commit()?;
        Ok(book)
    }
}

fn fen(row: &Row<'_>, index: usize) -> Result<Option<Fen>> {
    Ok(row.get::<_, Option<i64>>(index)?.map(Fen))
}

/// Calls `each` with every customer in sight, what is known of her, and the day of the statement.
pub(crate) fn each(
    db: &Connection,
    sight: &Sight,
    today: NaiveDate,
    mut each: impl FnMut(CustomerId, Taken, Option<NaiveDate>) -> Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT c.customer_id FROM customers c WHERE {} ORDER BY c.customer_id",
        sight.sieve("c.officer")
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(named_params! {":scope": sight.value()})?;
    while let Some(row) = rows.next()? {
        let customer: CustomerId = super::row::id(row, 0)?;
        let (taken, on) = taken(db, &customer, today)?;
        each(customer, taken, on)?;
    }
    Ok(())
}

/// What is known of one customer, and the day of the statement that says it.
pub(crate) fn taken(
    db: &Connection,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<(Taken, Option<NaiveDate>)> {
    let statements = statements(db, customer, today)?;
    let (mut taken, on) = match statements.first() {
        None => (Taken::default(), None),
        Some(now) => {
            let before = years_before(&statements, now.period_end, 1);
            (Taken::of_statements(now, before), Some(now.period_end))
        }
    };
    past_due(db, customer, &mut taken)?;
    flows(db, customer, today, &mut taken)?;
    Ok((taken, on))
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
    let day = today.to_string();
    db.prepare_cached(&sql)?
        .query_map(named_params! {":id": customer.as_str(), ":day": day}, read)?
        .collect()
}

fn past_due(db: &Connection, customer: &CustomerId, taken: &mut Taken) -> Result<()> {
    const SQL: &str =
        "SELECT max(days_past_due) FROM loans WHERE customer_id = :id AND status = 'active'";
    let days: Option<u32> = db
        .prepare_cached(SQL)?
        .query_row(named_params! {":id": customer.as_str()}, |row| row.get(0))?;
    if let Some(days) = days {
        taken.set(Given::PastDue, Ok(f64::from(days)));
    }
    Ok(())
}

/// The six full months before today. A series with a month missing is no series: not computable.
fn flows(
    db: &Connection,
    customer: &CustomerId,
    today: NaiveDate,
    taken: &mut Taken,
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
    let lows: Vec<Fen> = rows.iter().filter_map(|(_, _, low)| *low).collect();
    if !lows.is_empty() {
        let below = lows.iter().filter(|low| low.0 < 0).count();
        taken.set(Given::Overdrawn, Ok(f64::from(u32::try_from(below).unwrap_or(MONTHS))));
    }
    let of = |months: std::ops::Range<u32>| -> Option<f64> {
        let mut sum = 0;
        for at in months {
            let wanted = month(from.checked_add_months(Months::new(at))?);
            let (_, inflow, _) = rows.iter().find(|(month, ..)| *month == wanted)?;
            sum += i128::from(inflow.as_ref()?.0);
        }
        // Cents do not matter to a share.
        i32::try_from(sum / 100_000).ok().map(f64::from)
    };
    let change = match (of(0..MONTHS / 2), of(MONTHS / 2..MONTHS)) {
        (Some(before), Some(now)) if before > 0.0 => Ok(now / before - 1.0),
        _ => Err(Unknown::NotGiven(Given::Inflow)),
    };
    taken.set(Given::Inflow, change);
    Ok(())
}
