//! The due list of many customers, as it was projected: what `huifang plan` prints when it is asked
//! for the day that the book stands at.

use chrono::NaiveDate;
use rusqlite::{Result, Row, named_params};

use super::scope::Sight;
use crate::access::Actor;
use crate::domain::duty::{DueVisit, DutyClass};
use crate::domain::ids::UserId;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::planning::Listed;
use crate::store::project::{decode_duties, is_projected, level_of, reaches};
use crate::store::row::{code, day, id, strange};
use crate::store::{Error, Store};

impl Store {
    /// The due visits of everybody in sight up to a day, in no order; only one officer's if one is
    /// given. `None` if the book is not projected for this day, this policy and that far: then it has
    /// to be planned from the files. The answer is the same, some five times sooner.
    pub fn projected(
        &self,
        actor: &Actor,
        officer: Option<&UserId>,
        as_of: NaiveDate,
        to: NaiveDate,
    ) -> Result<Option<Vec<Listed>>, Error> {
        let tx = self.conn().unchecked_transaction()?;
        if !reaches(as_of, to) || !is_projected(&tx, &self.packs, as_of)? {
            return Ok(None);
        }
        let sight = Sight::of(actor).narrowed(&tx, officer)?;
        // One officer's rows are sought; of more, both tables are walked through as they lie.
        let (within, order) = if sight.officer().is_some() {
            (format!("{} AND d.due <= :to", sight.seek("d.officer")), "")
        } else {
            let within = format!("{} AND +d.due <= :to", sight.sieve("d.officer"));
            (within, "ORDER BY d.customer_id, d.n")
        };
        let sql = format!(
            "SELECT d.customer_id, c.name, c.officer, c.district, c.trade_circle, d.level, d.class, \
             d.opens, d.due, d.tier, d.exposure, d.duties \
             FROM due_visits d CROSS JOIN customers c ON c.customer_id = d.customer_id \
             WHERE {within} {order}"
        );
        let mut statement = tx.prepare_cached(&sql)?;
        let found = statement
            .query_map(named_params! {":scope": sight.value(), ":to": to.to_string()}, listed)?
            .collect::<Result<Vec<_>>>()?;
        Ok(Some(found))
    }
}

fn listed(row: &Row<'_>) -> Result<Listed> {
    let visit = DueVisit {
        customer: id(row, 0)?,
        class: code(row, 6, DutyClass::from_code)?,
        opens: day(row, 7)?,
        due: day(row, 8)?,
        tier: code(row, 9, Tier::from_code)?,
        exposure: row.get::<_, Option<i64>>(10)?.map(Fen),
        duties: decode_duties(row.get_ref(11)?.as_str()?).ok_or_else(|| strange(11))?,
    };
    Ok(Listed {
        name: row.get(1)?,
        officer: id(row, 2)?,
        district: row.get(3)?,
        trade_circle: row.get(4)?,
        level: level_of(row.get(5)?),
        visit,
    })
}
