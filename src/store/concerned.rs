//! The customers whom an event concerns: those that are looked at once it is entered, and those that
//! are told before.

use rusqlite::{Connection, OptionalExtension as _, Result, named_params};

use super::read::scope::Sight;
use super::row::id;
use crate::assets::drivers::{self, Driver};
use crate::domain::event::Reach;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::money::{Decimal4, Fen};

/// A customer whom an event concerns.
pub(crate) struct Met {
    /// Who.
    pub(crate) customer: CustomerId,
    /// Her name.
    pub(crate) name: String,
    /// Her officer.
    pub(crate) officer: UserId,
    /// Her exposure, where it is known.
    pub(crate) exposure: Option<Fen>,
}

/// A change of the price of drivers.
pub(crate) struct Price<'a> {
    /// By how many percent; `None` = no price has changed, or nobody has said yet by how much.
    pub(crate) change: Option<Decimal4>,
    /// The drivers that there are.
    pub(crate) known: &'a [Driver],
    /// Codes of those that are meant.
    pub(crate) codes: &'a [String],
}

impl Price<'_> {
    /// Whether a customer of this industry, whom a driver concerns and nothing else, is hurt: a rise
    /// is no trouble for who sells, nor a fall for who buys.
    fn hurts(&self, reach: &Reach, industry: Option<&str>) -> bool {
        let Some(change) = self.change else { return true };
        if reach.names(industry) {
            return true;
        }
        drivers::side(self.known, self.codes.iter().map(String::as_str), industry).is_hurt(change)
    }
}

/// The customers in sight with an active loan whom an event concerns, by number.
pub(crate) fn concerned(
    db: &Connection,
    sight: &Sight,
    (reach, price): (&Reach, &Price<'_>),
) -> Result<Vec<Met>> {
    // Finds a row for whoever has an active loan.
    const OWES: &str = "
        SELECT (SELECT exposure FROM customer_facts WHERE customer_id = ?1) FROM loans
        WHERE customer_id = ?1 AND status = 'active' LIMIT 1";
    let sql = format!(
        "SELECT c.customer_id, c.name, c.officer, c.industry, c.district FROM customers c
         WHERE {} ORDER BY c.customer_id",
        sight.sieve("c.officer")
    );
    // Few of a book are met: only these are looked at further.
    let mut owes = db.prepare_cached(OWES)?;
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {":scope": sight.value()})?;
    let mut met = Vec::new();
    while let Some(row) = rows.next()? {
        let (industry, district) = (row.get_ref(3)?, row.get_ref(4)?);
        let industry = industry.as_str_or_null().ok().flatten();
        let district = district.as_str_or_null().ok().flatten();
        if !reach.meets(industry, district) || !price.hurts(reach, industry) {
            continue;
        }
        let customer: CustomerId = id(row, 0)?;
        let exposure: Option<Option<i64>> =
            owes.query_row([customer.as_str()], |row| row.get(0)).optional()?;
        if let Some(exposure) = exposure {
            met.push(Met {
                customer,
                name: row.get(1)?,
                officer: id(row, 2)?,
                exposure: exposure.map(Fen),
            });
        }
    }
    Ok(met)
}
