//! One point a night of how the portfolio stands, by officer and tier: the trend of the portfolio.

pub(super) mod past;

use chrono::NaiveDate;
use rusqlite::{Connection, Result, params};

/// Keeps the point of a day; a second time on one day replaces it.
pub(crate) fn keep(db: &Connection, today: NaiveDate) -> Result<()> {
    const KEEP: &str = "
        INSERT INTO portfolio_days (day, officer, tier, customers, exposure)
        SELECT ?1, officer, tier, count(*), sum(exposure) FROM customer_facts
        WHERE exposure > 0 GROUP BY officer, tier";
    let day = today.to_string();
    db.prepare_cached("DELETE FROM portfolio_days WHERE day = ?1")?.execute([&day])?;
    db.prepare_cached(KEEP)?.execute(params![day])?;
    Ok(())
}
