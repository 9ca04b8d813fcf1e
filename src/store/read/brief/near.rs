//! Customers near by that are due soon, and the next instalments.

use chrono::Days;
use rusqlite::{Result, Row, named_params};

use crate::domain::customer::Line;
use crate::domain::duty::DutyCode;
use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::protocol::page::{DossierPage, Instalment, Neighbour};
use crate::store::instalment::in_full;
use crate::store::read::Asked;
use crate::store::row::{day, id, maybe_code, maybe_day, strange};

/// More than this no trip takes in.
const MOST: usize = 8;

/// Columns of [`instalment`].
const INSTALMENTS: &str = concat!(
    "SELECT r.loan_id, r.due_on, r.principal, r.interest, r.paid_on, r.paid_amount, NOT ",
    in_full!(":day"),
    " FROM repayments r JOIN loans l ON l.loan_id = r.loan_id
    WHERE l.customer_id = :id AND l.status = 'active'"
);

impl Asked<'_> {
    /// Due within so many days in the same trade circle or district, the same circle first: own
    /// customers, for a supervisor those of the branch.
    pub(super) fn neighbours(&self, dossier: &DossierPage, days: u64) -> Result<Vec<Neighbour>> {
        if dossier.district.is_none() && dossier.trade_circle.is_none() {
            return Ok(Vec::new());
        }
        let to = self.today.checked_add_days(Days::new(days)).unwrap_or(self.today);
        // The way leads over what is due soon, in order, and stops when enough were found.
        let sql = format!(
            "SELECT d.customer_id, c.name, d.due, d.codes, \
             coalesce(c.trade_circle = :circle, 0), c.line \
             FROM due_visits d CROSS JOIN customers c ON c.customer_id = d.customer_id \
             WHERE {} AND d.due <= :to AND d.customer_id <> :id \
             AND (c.trade_circle = :circle OR c.district = :district) \
             ORDER BY d.due, d.urgency, d.customer_id, d.n LIMIT :most",
            self.sight.seek("d.officer")
        );
        // Some are due more than once.
        let most = i64::try_from(MOST * 4).unwrap_or(i64::MAX);
        let mut rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {
                    ":scope": self.sight.value(), ":to": to.to_string(),
                    ":id": dossier.customer.as_str(), ":circle": dossier.trade_circle,
                    ":district": dossier.district, ":most": most,
                },
                |row| {
                    let codes = row.get_ref(3)?.as_str()?.split(';').map(DutyCode::from_code);
                    Ok(Neighbour {
                        customer: id(row, 0)?,
                        name: row.get(1)?,
                        due: day(row, 2)?,
                        codes: codes.collect::<Option<_>>().ok_or_else(|| strange(3))?,
                        circle: row.get(4)?,
                        line: maybe_code(row, 5, Line::from_code)?,
                    })
                },
            )?
            .collect::<Result<Vec<_>>>()?;
        let mut seen = std::collections::BTreeSet::new();
        rows.retain(|row| seen.insert(row.customer.as_str().to_owned()));
        rows.sort_by_key(|row| !row.circle);
        rows.truncate(MOST);
        Ok(rows)
    }

    /// The next instalments not paid of all active loans, also those whose day has passed.
    pub(super) fn next_instalments(
        &self,
        customer: &CustomerId,
        most: usize,
    ) -> Result<Vec<Instalment>> {
        const OPEN: &str = concat!("NOT ", in_full!(":day"));
        let sql = format!("{INSTALMENTS} AND {OPEN} ORDER BY r.due_on, r.loan_id LIMIT :most");
        let (day, most) = (self.today.to_string(), i64::try_from(most).unwrap_or(i64::MAX));
        let key = named_params! {":id": customer.as_str(), ":day": day, ":most": most};
        self.db.prepare_cached(&sql)?.query_map(key, instalment)?.collect()
    }

    /// The whole schedule of the active loans, by day.
    pub(in crate::store::read) fn schedule(
        &self,
        customer: &CustomerId,
    ) -> Result<Vec<Instalment>> {
        let sql = format!("{INSTALMENTS} ORDER BY r.due_on, r.loan_id");
        let key = named_params! {":id": customer.as_str(), ":day": self.today.to_string()};
        self.db.prepare_cached(&sql)?.query_map(key, instalment)?.collect()
    }
}

fn instalment(row: &Row<'_>) -> Result<Instalment> {
    let fen = |index| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(index)?.map(Fen));
    Ok(Instalment {
        loan: row.get(0)?,
        due_on: day(row, 1)?,
        principal: fen(2)?,
        interest: fen(3)?,
        paid_on: maybe_day(row, 4)?,
        paid: fen(5)?,
        open: row.get(6)?,
    })
}
