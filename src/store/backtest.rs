//! What was raised and scored, and which instalments were late: the material of the back-test.

use chrono::NaiveDate;
use rusqlite::{Connection, Result, named_params};

use super::read::scope::Sight;
use super::row::day;
use super::{Store, people};
use crate::access::{Action, Actor};
use crate::protocol::reply::Refusal;
use crate::risk::backtest::{Events, Raised, Stood};

/// The material of a back-test, within what the actor may see.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Material {
    /// Signals that were raised.
    pub raised: Vec<Raised>,
    /// Scores as they stood.
    pub stood: Vec<Stood>,
    /// Events by customer.
    pub events: Events,
}

impl Store {
    /// Reads the material: an instalment is an event on the day on which it was so many days late.
    pub fn backtest(
        &self,
        actor: &Actor,
        today: NaiveDate,
        late_days: u32,
    ) -> std::result::Result<Material, Refusal> {
        let tx = self.conn().unchecked_transaction()?;
        people::check_standing(&tx, actor)?;
        if !actor.may(Action::Read) {
            return Err(Refusal::NotFound);
        }
        let sight = Sight::of(actor);
        let material = Material {
            raised: raised(&tx, &sight)?,
            stood: stood(&tx, &sight)?,
            events: events(&tx, &sight, today, late_days)?,
        };
        tx.commit()?;
        Ok(material)
    }
}

fn raised(db: &Connection, sight: &Sight) -> Result<Vec<Raised>> {
    let sql = format!(
        "SELECT f.customer_id, f.signal, f.raised_on, f.confirmed_on IS NOT NULL FROM flags f \
         JOIN customers c ON c.customer_id = f.customer_id WHERE {} ORDER BY f.raised_on, f.flag_id",
        sight.sieve("c.officer")
    );
    db.prepare(&sql)?
        .query_map(named_params! {":scope": sight.value()}, |row| {
            Ok(Raised {
                customer: row.get(0)?,
                signal: row.get(1)?,
                on: day(row, 2)?,
                confirmed: row.get(3)?,
            })
        })?
        .collect()
}

fn stood(db: &Connection, sight: &Sight) -> Result<Vec<Stood>> {
    let sql = format!(
        "SELECT s.customer_id, s.scored_on, s.grade, s.probability FROM scores s \
         JOIN customers c ON c.customer_id = s.customer_id WHERE {} \
         ORDER BY s.customer_id, s.scored_on",
        sight.sieve("c.officer")
    );
    db.prepare(&sql)?
        .query_map(named_params! {":scope": sight.value()}, |row| {
            let grade: String = row.get(2)?;
            Ok(Stood {
                customer: row.get(0)?,
                on: day(row, 1)?,
                grade: grade.chars().next().unwrap_or('?'),
                probability: row.get(3)?,
            })
        })?
        .collect()
}

/// The day on which each late instalment was late enough.
fn events(db: &Connection, sight: &Sight, today: NaiveDate, late_days: u32) -> Result<Events> {
    let sql = format!(
        "SELECT l.customer_id, date(r.due_on, :late) AS late_on FROM repayments r \
         JOIN loans l ON l.loan_id = r.loan_id JOIN customers c ON c.customer_id = l.customer_id \
         WHERE {} AND late_on <= :today AND coalesce(r.paid_on, '9999-12-31') >= late_on \
         ORDER BY l.customer_id, late_on",
        sight.sieve("c.officer")
    );
    let late = format!("+{late_days} days");
    let today = today.to_string();
    let mut statement = db.prepare(&sql)?;
    let mut rows =
        statement.query(named_params! {":scope": sight.value(), ":late": late, ":today": today})?;
    let mut events = Events::new();
    while let Some(row) = rows.next()? {
        let customer: String = row.get(0)?;
        events.entry(customer).or_default().push(day(row, 1)?);
    }
    Ok(events)
}

#[cfg(test)]
mod tests;
