//! The customers whom an event concerns: those that are looked at once it is entered, and those that
//! are told before.

use rusqlite::{Connection, Result, named_params};

use super::read::scope::Sight;
use super::row::id;
use crate::domain::event::Reach;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::money::Fen;

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

/// The customers in sight with an active loan whom an event concerns, by number.
pub(crate) fn concerned(db: &Connection, sight: &Sight, reach: &Reach) -> Result<Vec<Met>> {
    let sql = format!(
        "SELECT c.customer_id, c.name, c.officer, x.exposure, c.industry, c.district
         FROM customers c LEFT JOIN customer_facts x ON x.customer_id = c.customer_id
         WHERE {} AND EXISTS (SELECT 1 FROM loans l
            WHERE l.customer_id = c.customer_id AND l.status = 'active')
         ORDER BY c.customer_id",
        sight.sieve("c.officer")
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {":scope": sight.value()})?;
    let mut met = Vec::new();
    while let Some(row) = rows.next()? {
        let (industry, district) = (row.get_ref(4)?, row.get_ref(5)?);
        let industry = industry.as_str_or_null().ok().flatten();
        let district = district.as_str_or_null().ok().flatten();
        if reach.meets(industry, district) {
            met.push(Met {
                customer: id(row, 0)?,
                name: row.get(1)?,
                officer: id(row, 2)?,
                exposure: row.get::<_, Option<i64>>(3)?.map(Fen),
            });
        }
    }
    Ok(met)
}
