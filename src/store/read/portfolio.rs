//! The portfolio within the actor's scope: sums over the projection, by one column at a time.

use rusqlite::{Result, Row, named_params, params_from_iter};

use super::Asked;
use super::groups::{self, LENT};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::portfolio_by::PortfolioBy;
use crate::protocol::page::{PortfolioCustomer, PortfolioPage, PortfolioPartPage, PortfolioRow};
use crate::store::row::{code, count, day, id};

/// Rows that a screen has.
const MOST: usize = 200;
/// Nights of the trend.
const NIGHTS: u32 = 60;
/// Sums over `customer_facts x`, in the order in which [`sums`] reads them.
const SUMS: &str = "count(*), coalesce(sum(x.exposure), 0), \
    coalesce(sum(iif(x.tier_rank = 1, x.exposure, 0)), 0), \
    coalesce(sum(iif(x.tier_rank >= 2, x.exposure, 0)), 0), \
    sum(x.days_past_due > 0), sum(x.red), sum(x.orange), sum(x.exposure IS NULL)";
/// The same of one customer.
const ONE: &str = "1, coalesce(x.exposure, 0), iif(x.tier_rank = 1, coalesce(x.exposure, 0), 0), \
    iif(x.tier_rank >= 2, coalesce(x.exposure, 0), 0), x.days_past_due > 0, x.red, x.orange, \
    x.exposure IS NULL";
/// The strategy in force, found by its index: few customers have one, and it joins nothing.
const DECIDED: &str = "coalesce((SELECT s.strategy FROM strategies s \
    WHERE s.customer_id = x.customer_id AND s.in_force = 1), '')";

fn sums(row: &Row<'_>, from: usize) -> Result<PortfolioRow> {
    let fen = |at: usize| row.get(from + at).map(Fen);
    let number = |at: usize| -> Result<u32> {
        let found: Option<i64> = row.get(from + at)?;
        Ok(found.and_then(|n| u32::try_from(n).ok()).unwrap_or(0))
    };
    Ok(PortfolioRow {
        customers: count(row, from)?,
        exposure: fen(1)?,
        mention: fen(2)?,
        bad: fen(3)?,
        past_due: number(4)?,
        flags: [number(5)?, number(6)?],
        unknown: number(7)?,
        ..PortfolioRow::default()
    })
}

/// Key and name of a row, and what has to be joined for them.
const fn column(by: PortfolioBy) -> (&'static str, &'static str, &'static str) {
    const CUSTOMERS: &str = "JOIN customers c ON c.customer_id = x.customer_id";
    match by {
        PortfolioBy::Tier => ("x.tier", "''", ""),
        PortfolioBy::Industry => ("coalesce(c.industry, '')", "''", CUSTOMERS),
        PortfolioBy::District => ("coalesce(c.district, '')", "''", CUSTOMERS),
        PortfolioBy::Strategy => (DECIDED, "''", ""),
        PortfolioBy::Officer => {
            ("x.officer", "coalesce(max(u.name), '')", "LEFT JOIN users u ON u.user = x.officer")
        }
        PortfolioBy::Group | PortfolioBy::Single => ("x.customer_id", "max(c.name)", CUSTOMERS),
    }
}

impl Asked<'_> {
    /// The portfolio by one of its columns; whole = every row, as a file has them.
    pub(super) fn portfolio(&self, by: PortfolioBy, whole: bool) -> Result<PortfolioPage> {
        let total = self.everything()?;
        let most = if whole { usize::MAX } else { MOST };
        let mut rows: Vec<PortfolioRow> = match by {
            PortfolioBy::Group => self.groups()?.into_iter().map(|(row, _)| row).collect(),
            PortfolioBy::Single => self.singles(most)?,
            _ => self.summed(by)?,
        };
        // Of single customers there is a row for each whose balance is known.
        let all = match by {
            PortfolioBy::Single => total.customers.saturating_sub(total.unknown),
            _ => u32::try_from(rows.len()).unwrap_or(u32::MAX),
        };
        rows.truncate(most);
        let ten = self.singles(10)?.iter().map(|row| row.exposure.0).sum();
        Ok(PortfolioPage { by, rows, all, total, ten: Fen(ten), trend: self.nights()? })
    }

    fn everything(&self) -> Result<PortfolioRow> {
        let sql = format!(
            "SELECT {SUMS} FROM customer_facts x WHERE {LENT} AND {}",
            self.sight.sieve("x.officer")
        );
        let parameters = named_params! {":scope": self.sight.value()};
        self.db.prepare_cached(&sql)?.query_row(parameters, |row| sums(row, 0))
    }

    fn summed(&self, by: PortfolioBy) -> Result<Vec<PortfolioRow>> {
        let (key, name, join) = column(by);
        let order = if by == PortfolioBy::Tier { "max(x.tier_rank)" } else { "4 DESC, 1" };
        let sql = format!(
            "SELECT {key}, {name}, {SUMS} FROM customer_facts x {join} WHERE {LENT} AND {} \
             GROUP BY {key} ORDER BY {order}",
            self.sight.sieve("x.officer")
        );
        let parameters = named_params! {":scope": self.sight.value()};
        self.db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| {
                Ok(PortfolioRow { key: row.get(0)?, name: row.get(1)?, ..sums(row, 2)? })
            })?
            .collect()
    }

    /// The largest customers, by the index of exposures.
    fn singles(&self, most: usize) -> Result<Vec<PortfolioRow>> {
        let most = limit(most);
        let sql = format!(
            "SELECT x.customer_id, c.name, {ONE} FROM customer_facts x \
             CROSS JOIN customers c ON c.customer_id = x.customer_id \
             WHERE x.exposure > 0 AND {} ORDER BY x.exposure DESC, x.customer_id LIMIT {most}",
            self.sight.walk("x.officer")
        );
        let parameters = named_params! {":scope": self.sight.value()};
        self.db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| {
                Ok(PortfolioRow { key: row.get(0)?, name: row.get(1)?, ..sums(row, 2)? })
            })?
            .collect()
    }

    /// Customers that are one risk, with the ids of those in sight. Who has paid back everything is in
    /// none; of which only one is left, that one is none.
    fn groups(&self) -> Result<Vec<(PortfolioRow, Vec<String>)>> {
        let one = format!(
            "SELECT {sight}, c.name, {ONE} FROM customer_facts x \
             JOIN customers c ON c.customer_id = x.customer_id \
             WHERE x.customer_id = :id AND {LENT}",
            sight = self.sight.sieve("c.officer")
        );
        let mut statement = self.db.prepare_cached(&one)?;
        let mut groups = Vec::new();
        for part in groups::all(self.db, &self.sight)? {
            let (mut sum, mut members) = (PortfolioRow::default(), Vec::new());
            let mut largest = -1;
            for member in part {
                let named = named_params! {":id": member, ":scope": self.sight.value()};
                let mut rows = statement.query(named)?;
                let Some(row) = rows.next()? else { continue };
                if !row.get::<_, bool>(0)? {
                    sum.hidden += 1;
                    continue;
                }
                let own = sums(row, 2)?;
                if own.exposure.0 > largest {
                    largest = own.exposure.0;
                    sum.name = row.get(1)?;
                    sum.key.clone_from(&member);
                }
                add(&mut sum, &own);
                members.push(member);
            }
            if sum.customers + sum.hidden > 1 && sum.exposure.0 > 0 {
                groups.push((sum, members));
            }
        }
        groups
            .sort_by(|(a, _), (b, _)| b.exposure.cmp(&a.exposure).then_with(|| a.key.cmp(&b.key)));
        Ok(groups)
    }

    /// The customers of a part, largest exposure first; whole = all of them, as a file has them.
    pub(super) fn portfolio_part(
        &self,
        by: PortfolioBy,
        key: &str,
        whole: bool,
    ) -> Result<PortfolioPartPage> {
        let members: Vec<String> = match by {
            PortfolioBy::Group => {
                let groups = self.groups()?;
                let found = groups.into_iter().find(|(row, _)| row.key == key);
                found.map(|(_, members)| members).unwrap_or_default()
            }
            _ => vec![key.to_owned()],
        };
        let of = match by {
            PortfolioBy::Group | PortfolioBy::Single => "x.customer_id",
            _ => column(by).0,
        };
        let places = vec!["?"; members.len()].join(", ");
        // Numbered behind `:scope`, which is the first of the parameters.
        let of_part = format!(
            "FROM customer_facts x JOIN customers c ON c.customer_id = x.customer_id \
             LEFT JOIN users u ON u.user = x.officer \
             WHERE {} AND {LENT} AND {of} IN ({places})",
            self.sight.sieve("x.officer")
        );
        let most = limit(if whole { usize::MAX } else { MOST });
        let sql = format!(
            "SELECT x.customer_id, c.name, coalesce(u.name, x.officer), x.exposure, x.tier, \
             x.days_past_due, x.red, x.orange {of_part} \
             ORDER BY x.exposure DESC, x.customer_id LIMIT {most}"
        );
        let scope = self.sight.value().to_owned();
        let named: Vec<String> = std::iter::once(scope).chain(members).collect();
        let rows: Vec<PortfolioCustomer> = self
            .db
            .prepare_cached(&sql)?
            .query_map(params_from_iter(&named), |row| {
                Ok(PortfolioCustomer {
                    customer: id(row, 0)?,
                    name: row.get(1)?,
                    officer_name: row.get(2)?,
                    exposure: row.get::<_, Option<i64>>(3)?.map(Fen),
                    tier: code(row, 4, Tier::from_code)?,
                    days_past_due: row.get(5)?,
                    flags: [count(row, 6)?, count(row, 7)?],
                })
            })?
            .collect::<Result<_>>()?;
        let all = if whole || rows.len() < MOST {
            u32::try_from(rows.len()).unwrap_or(u32::MAX)
        } else {
            let sql = format!("SELECT count(*) {of_part}");
            let mut statement = self.db.prepare_cached(&sql)?;
            statement.query_row(params_from_iter(&named), |row| count(row, 0))?
        };
        Ok(PortfolioPartPage { rows, all })
    }

    /// The nights that were kept, summed over who is in sight.
    fn nights(&self) -> Result<Vec<(chrono::NaiveDate, Fen, Fen)>> {
        let sql = format!(
            "SELECT day, sum(exposure), sum(iif(tier IN ('substandard', 'doubtful', 'loss'), exposure, 0)) \
             FROM portfolio_days d WHERE {} GROUP BY day ORDER BY day DESC LIMIT {NIGHTS}",
            self.sight.sieve("d.officer")
        );
        let parameters = named_params! {":scope": self.sight.value()};
        let mut nights: Vec<_> = self
            .db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| Ok((day(row, 0)?, Fen(row.get(1)?), Fen(row.get(2)?))))?
            .collect::<Result<_>>()?;
        nights.reverse();
        Ok(nights)
    }
}

/// So many rows as SQL says it; without end it is less than nothing.
fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(-1)
}

fn add(sum: &mut PortfolioRow, own: &PortfolioRow) {
    sum.customers += 1;
    for (sum, own) in [
        (&mut sum.exposure, own.exposure),
        (&mut sum.mention, own.mention),
        (&mut sum.bad, own.bad),
    ] {
        sum.0 = sum.0.saturating_add(own.0);
    }
    sum.past_due += own.past_due;
    sum.unknown += own.unknown;
    for (sum, own) in sum.flags.iter_mut().zip(own.flags) {
        *sum += own;
    }
}

#[cfg(test)]
mod tests;
