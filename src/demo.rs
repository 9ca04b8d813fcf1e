//! The invented portfolio: the same for the same seed and day, of any size, with every line, tier,
//! flag and state in it, and three years of history that the planner itself asked for.

pub mod album;
pub mod borrower;
pub mod chance;
mod declared;
mod details;
mod events;
pub mod figures;
mod fit;
mod flags;
pub mod history;
pub mod names;
mod past;
pub mod photos;
mod prepared;
pub mod records;
pub mod rounds;
pub mod row;
mod seen;
pub mod staff;
mod statements;
mod strategies;
mod trouble;

use chrono::NaiveDate;

use self::borrower::Book;
use self::chance::Chance;
use self::history::Rules;
use self::names::Names;
use self::row::Row;

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

#[cfg(test)]
mod tests;
