//! The early-warning score: what is known of a customer, and the scores of each night.

pub(super) mod past;

use chrono::NaiveDate;
use rusqlite::{Connection, Result, Row, Transaction, named_params, params};

use super::deal::{Months, Whose, deal};
use super::instalment::oldest_open;
use super::read::scope::Sight;
use super::row::{day, id, maybe_day};
use super::{Error, Store, card, people};
use crate::access::{Action, Actor};
use crate::assets::signals;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::loan::days_past_due;
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
const STATEMENTS: usize = 25;
/// How many months of flows are looked at: three against the three before.
const MONTHS: usize = 6;
/// Customers that are read together.
const SLICE: usize = 256;
/// How many stored scores a page shows.
const HISTORY: u32 = 8;

/// What is known of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// Her statements, latest first.
    pub statements: Vec<Statement>,
    /// Figures of conduct.
    pub conduct: Vec<(Given, Decimal4)>,
}

/// Whose score it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredCustomer {
    /// 客户号
    pub id: CustomerId,
    /// Name, as lists show it.
    pub name: String,
    /// Officer: login name.
    pub officer: UserId,
    /// Officer: name for people.
    pub officer_name: String,
    /// End of her latest statement.
    pub statement_on: Option<NaiveDate>,
}

impl Known {
    /// The same as inputs of a card on a day.
    pub(crate) fn taken(&self, on: NaiveDate) -> Taken {
        Taken::of_customer(&self.statements, &self.conduct, signals::oldest_judged(on))
    }
}

impl Store {
    /// What is known of every customer that the actor sees, with her name and officer, in order of
    /// customer id; only one officer's if one is given.
    pub fn score_book(
        &self,
        actor: &Actor,
        today: NaiveDate,
        officer: Option<&UserId>,
    ) -> std::result::Result<Vec<(ScoredCustomer, Taken)>, Refusal> {
        const NAMED: &str = "SELECT c.name, c.officer, coalesce(u.name, c.officer) FROM customers c
            LEFT JOIN users u ON u.user = c.officer WHERE c.customer_id = ?1";
        let tx = self.conn().unchecked_transaction()?;
        people::check_standing(&tx, actor)?;
        if !actor.may(Action::Read) {
            return Err(Refusal::NotFound);
        }
        let sight = Sight::of(actor).narrowed(&tx, officer)?;
        let mut book = Vec::new();
        let mut named = tx.prepare_cached(NAMED)?;
        each_slice(&tx, &sight, today, |slice| {
            for one in slice.iter_mut() {
                let known = one.known();
                let statement_on = known.statements.first().map(|statement| statement.period_end);
                let customer = named.query_row([one.id.as_str()], |row| {
                    Ok(ScoredCustomer {
                        id: one.id.clone(),
                        name: row.get(0)?,
                        officer: id(row, 1)?,
                        officer_name: row.get(2)?,
                        statement_on,
                    })
                })?;
                book.push((customer, known.taken(today)));
            }
            Ok(())
        })?;
        drop(named);
        tx.commit()?;
        Ok(book)
    }

    /// Stores the scores of a day, as the job of the night does. Returns how many differ.
    pub fn score_all(&mut self, today: NaiveDate) -> std::result::Result<i64, Error> {
        let tx = self.begin()?;
        let changed = score_all(&tx, &card::in_force(&tx)?, today)?;
        tx.commit()?;
        Ok(changed)
    }
}

/// Stores the scores of a day where they differ from the last ones. Returns how many did.
pub(crate) fn score_all(
    tx: &Transaction<'_>,
    card: &Card,
    today: NaiveDate,
) -> std::result::Result<i64, Error> {
    let mut changed = 0;
    let everything = Sight::within(crate::access::Scope::All);
    each_slice(tx, &everything, today, |slice| {
        changed += keep(tx, card, today, slice)?;
        Ok(())
    })?;
    Ok(changed)
}

/// Stores the scores of some customers where they differ from the last ones. Returns how many did.
fn keep(tx: &Transaction<'_>, card: &Card, on: NaiveDate, slice: &mut [Reading]) -> Result<i64> {
    const KEEP: &str = "INSERT INTO scores \
        (customer_id, scored_on, card, score, probability, grade, known) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
        ON CONFLICT (customer_id, scored_on) DO UPDATE SET card = excluded.card, \
        score = excluded.score, probability = excluded.probability, grade = excluded.grade, \
        known = excluded.known";
    let mut changed = 0;
    let day = on.to_string();
    let mut keep = tx.prepare_cached(KEEP)?;
    read_last(tx, slice)?;
    for customer in slice {
        let taken = customer.known().taken(on);
        if taken.is_empty() {
            continue;
        }
        let scored = card.score(&taken);
        let same = |(by, score): &(String, i32)| *by == card.id && *score == scored.score;
        if customer.last.as_ref().is_some_and(same) {
            continue;
        }
        keep.execute(params![
            customer.id.as_str(),
            day,
            card.id,
            scored.score,
            scored.per_ten_thousand(),
            scored.grade.to_string(),
            i64::try_from(scored.known).unwrap_or(0),
        ])?;
        changed += 1;
    }
    Ok(changed)
}

/// The last score of each, with its card.
fn read_last(db: &Connection, slice: &mut [Reading]) -> Result<()> {
    const SQL: &str = "SELECT customer_id, card, score FROM scores \
        WHERE customer_id BETWEEN :first AND :last ORDER BY customer_id, scored_on";
    deal(db, SQL, &[], slice, |customer, row| {
        customer.last = Some((row.get(1)?, row.get(2)?));
        Ok(())
    })
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

/// What is read of one customer.
#[derive(Debug, Clone, Default)]
struct Reading {
    id: CustomerId,
    statements: Vec<Statement>,
    past_due: Option<i64>,
    /// Inflow and lowest balance of the six full months before today, the earliest first.
    flows: [Option<(Option<Fen>, Option<Fen>)>; MONTHS],
    /// Card and points of the last score that was stored.
    last: Option<(String, i32)>,
}

impl Whose for Reading {
    fn customer(&self) -> &CustomerId {
        &self.id
    }
}

impl Reading {
    fn known(&mut self) -> Known {
        let mut conduct = Vec::new();
        if let Some(days) = self.past_due {
            conduct.push((Given::PastDue, Decimal4::from_int(days)));
        }
        self.add_flows(&mut conduct);
        Known { statements: std::mem::take(&mut self.statements), conduct }
    }

    /// A series with a month missing is no series: not computable.
    fn add_flows(&self, conduct: &mut Vec<(Given, Decimal4)>) {
        let mut lows = self.flows.iter().flatten().filter_map(|(_, low)| *low).peekable();
        if lows.peek().is_some() {
            let below = i64::try_from(lows.filter(|low| low.0 < 0).count()).unwrap_or(0);
            conduct.push((Given::Overdrawn, Decimal4::from_int(below)));
        }
        let sum = |months: &[Option<(Option<Fen>, Option<Fen>)>]| -> Option<i128> {
            months.iter().map(|month| Some(i128::from((*month)?.0?.0))).sum()
        };
        let (before, now) = self.flows.split_at(MONTHS / 2);
        if let (Some(before), Some(now)) = (sum(before), sum(now))
            && before > 0
            && let Some(Ok(share)) =
                (now - before).checked_mul(10_000).map(|above| i64::try_from(above / before))
        {
            conduct.push((Given::Inflow, Decimal4(share)));
        }
    }
}

/// Calls `each` with the customers in sight, some at a time in the order of the book, and what is
/// read of them. Of whom only some are in sight, they lie apart: they are read one by one.
fn each_slice(
    db: &Connection,
    sight: &Sight,
    today: NaiveDate,
    mut each: impl FnMut(&mut [Reading]) -> Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT c.customer_id FROM customers c WHERE {} ORDER BY c.customer_id",
        sight.sieve("c.officer")
    );
    let together = if sight.is_all() { SLICE } else { 1 };
    let mut slice: Vec<Reading> = Vec::with_capacity(together);
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(named_params! {":scope": sight.value()})?;
    loop {
        let row = rows.next()?;
        let is_end = row.is_none();
        if let Some(row) = row {
            slice.push(Reading { id: id(row, 0)?, ..Reading::default() });
        }
        if is_end || slice.len() == together {
            read(db, &mut slice, today)?;
            each(&mut slice)?;
            slice.clear();
        }
        if is_end {
            return Ok(());
        }
    }
}

/// What is known of one customer.
pub(crate) fn known(db: &Connection, customer: &CustomerId, today: NaiveDate) -> Result<Known> {
    let mut one = [Reading { id: customer.clone(), ..Reading::default() }];
    read(db, &mut one, today)?;
    let [mut one] = one;
    Ok(one.known())
}

/// Reads what is known of customers that follow each other in the book.
fn read(db: &Connection, slice: &mut [Reading], today: NaiveDate) -> Result<()> {
    const PAST_DUE: &str = concat!(
        "SELECT l.customer_id, l.days_past_due, ",
        oldest_open!(":day"),
        " FROM loans l WHERE l.customer_id BETWEEN :first AND :last AND l.status = 'active' \
         ORDER BY l.customer_id"
    );
    // The most days of all running loans, as far as they are known.
    let until = today.to_string();
    deal(db, PAST_DUE, &[(":day", &until)], slice, |customer, row| {
        let days = days_past_due(row.get(1)?, maybe_day(row, 2)?, today);
        customer.past_due = customer.past_due.max(days);
        Ok(())
    })?;
    read_flows(db, slice, today)?;
    read_statements(db, slice, today)
}

/// Her latest statements, latest first.
fn read_statements(db: &Connection, slice: &mut [Reading], today: NaiveDate) -> Result<()> {
    // Where nobody says how many months, a statement runs from the beginning of its year.
    let columns: Vec<&str> = LINES.iter().map(|line| line.as_code()).collect();
    let sql = format!(
        "SELECT customer_id, period_end, \
         coalesce(period_months, CAST(substr(period_end, 6, 2) AS INTEGER)), {} \
         FROM statements WHERE customer_id BETWEEN :first AND :last \
         AND period_end <= :day \
         ORDER BY customer_id, period_end DESC",
        columns.join(", ")
    );
    let until = today.to_string();
    deal(db, &sql, &[(":day", &until)], slice, |customer, row| {
        if customer.statements.len() == STATEMENTS {
            return Ok(());
        }
        let mut statement = Statement { months: row.get(2)?, ..Statement::empty(day(row, 1)?) };
        for (index, line) in (3..).zip(LINES) {
            if let Some(amount) = fen(row, index)? {
                statement.amounts.insert(line, amount);
            }
        }
        customer.statements.push(statement);
        Ok(())
    })
}

/// The six full months before today.
fn read_flows(db: &Connection, slice: &mut [Reading], today: NaiveDate) -> Result<()> {
    const SQL: &str = "SELECT customer_id, month, inflow, min_balance FROM account_flows \
        WHERE customer_id BETWEEN :first AND :last AND month >= :from AND month < :to \
        ORDER BY customer_id, month";
    let before = Months::before(today);
    let months: Vec<String> =
        (0..=MONTHS).rev().map(|back| before.back(u32::try_from(back).unwrap_or(0))).collect();
    let (Some(from), Some(to)) = (months.first(), months.last()) else { return Ok(()) };
    deal(db, SQL, &[(":from", from), (":to", to)], slice, |customer, row| {
        let month = row.get_ref(1)?.as_str()?;
        let place = months.iter().position(|known| known == month);
        if let Some(place) = place.and_then(|place| customer.flows.get_mut(place)) {
            *place = Some((fen(row, 2)?, fen(row, 3)?));
        }
        Ok(())
    })
}

fn fen(row: &Row<'_>, index: usize) -> Result<Option<Fen>> {
    Ok(row.get::<_, Option<i64>>(index)?.map(Fen))
}

#[cfg(test)]
mod tests;
