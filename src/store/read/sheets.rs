//! Contract sheet, borrower sheet and schedule, for looking up during a visit.

use rusqlite::{Result, named_params};

use super::Asked;
use crate::domain::ids::CustomerId;
use crate::protocol::page::{Contract, SheetsPage};

impl Asked<'_> {
    pub(super) fn sheets(&self, customer: &CustomerId) -> Result<Option<SheetsPage>> {
        const SQL: &str = "SELECT loan_id, contract_no, repayment FROM loans \
            WHERE customer_id = :id ORDER BY loan_id";
        let Some(dossier) = self.dossier(customer)? else { return Ok(None) };
        let contracts = self
            .db
            .prepare_cached(SQL)?
            .query_map(named_params! {":id": customer.as_str()}, |row| {
                Ok(Contract { loan: row.get(0)?, number: row.get(1)?, repayment: row.get(2)? })
            })?
            .collect::<Result<_>>()?;
        Ok(Some(SheetsPage { dossier, contracts, schedule: self.schedule(customer)? }))
    }
}
