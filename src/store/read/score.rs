//! What the early-warning score of a customer is made of.

use rusqlite::{OptionalExtension as _, Result, named_params};

use super::Asked;
use crate::domain::ids::CustomerId;
use crate::protocol::page::ScorePage;
use crate::store::{card, score};

impl Asked<'_> {
    pub(super) fn score(&self, customer: &CustomerId) -> Result<Option<ScorePage>> {
        const NAME: &str = "SELECT name FROM customers WHERE customer_id = :id";
        if !self.sight.sees(self.db, customer)? {
            return Ok(None);
        }
        let name: Option<String> = self
            .db
            .prepare_cached(NAME)?
            .query_row(named_params! {":id": customer.as_str()}, |row| row.get(0))
            .optional()?;
        let Some(name) = name else { return Ok(None) };
        let known = score::known(self.db, customer, self.today)?;
        Ok(Some(ScorePage {
            customer: customer.clone(),
            name,
            as_of: self.today,
            statements: known.statements,
            conduct: known.conduct.iter().map(|(given, n)| (given.as_code(), *n)).collect(),
            card: card::own(self.db)?,
            history: score::history(self.db, customer)?,
        }))
    }
}
