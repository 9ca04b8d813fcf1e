//! The invented portfolio: the same for the same seed and day, of any size, with every line, tier,
//! flag and state in it, and three years of history that the planner itself asked for.
//!
//! [`generate`] makes rows and keeps nothing; [`enact`] lets the staff work in them as on the screen.
//! Names, numbers and places belong to nobody.

mod album;
mod borrower;
mod chance;
mod declared;
mod details;
mod events;
mod figures;
mod fit;
mod flags;
pub mod history;
mod names;
mod past;
pub mod photos;
mod prepared;
mod records;
mod repayments;
mod rounds;
pub mod row;
mod seen;
pub mod staff;
mod statements;
mod strategies;
mod tiers;
mod trouble;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};

use self::borrower::Book;
use self::chance::Chance;
use self::history::Rules;
use self::names::Names;
use self::row::Row;
use crate::clock::china;
use crate::domain::user::Role;
use crate::store::Store;

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// How many customers; 1 to 999,999.
    pub customers: u32,
    /// Another seed, another portfolio.
    pub seed: u64,
    /// The day for which it is made.
    pub today: NaiveDate,
}

impl Recipe {
    /// Half past nine on the day so many days ago, but never later than now.
    fn moment(self, ago: i64, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        let day = self.today.checked_sub_days(Days::new(ago.unsigned_abs()))?;
        let at = day.and_time(NaiveTime::from_hms_opt(9, 30, 0)?);
        Some(at.and_local_timezone(china()).single()?.min(now))
    }
}

/// Customers up to this number have statements, flows and relations; more would only cost time.
const DETAILED: u32 = 2_000;

/// Makes the portfolio row by row: people first, then each customer with all that belongs to it, so
/// that a row never names one that comes later. Nothing is kept; the first error of `put` ends it.
pub fn generate<E>(
    recipe: Recipe,
    rules: Rules<'_>,
    mut put: impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let names = Names::load();
    let people = staff::people(recipe.customers);
    let book = Book { names: &names, people: &people, today: recipe.today, detailed: DETAILED };
    for row in staff::rows(&people) {
        put(row)?;
    }
    for n in 1..=recipe.customers {
        let mut chance = Chance::of(recipe.seed, u64::from(n));
        let mut made = borrower::make(&book, n, &mut chance);
        let figures = figures::rows(&book, &made, n, &mut chance);
        let past = past::rows(&book, &made, recipe.seed, n);
        let history = history::rows(&book, rules, &mut made, n, &mut chance);
        for row in made.rows.into_iter().chain(past).chain(figures).chain(history) {
            put(row)?;
        }
    }
    Ok(())
}

/// Lets the staff work in a portfolio that was generated: the records of the last weeks and all that
/// follows from them, through the same commands as on the screen. What the store refuses is left out.
pub fn enact(store: &mut Store, recipe: Recipe, now: DateTime<FixedOffset>) {
    let first = staff::actor(staff::login(Role::Officer), Role::Officer);
    records::make(store, recipe, now);
    album::wait_to_be_registered(store, &first, now);
    album::prove(store, &first, now);
    prepared::make(store, &first, now);
    declared::make(store, &first, now);
    seen::make(store, recipe, now);
    rounds::make(store, recipe, now);
    strategies::make(store, recipe, now);
    tiers::make(store, recipe, now);
    events::make(store, recipe, now);
    // A record of October projected its customer as October knew her: today knows more.
    if let Err(error) = store.plan_book(recipe.today) {
        tracing::warn!(%error, "the plan of the demo is not of today");
    }
}

#[cfg(test)]
mod tests;
