//! The nights before today of an invented book, that its trend has a past: who owes today owed since
//! her loans were paid out, and who is overdue today was so for fewer days then.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, params};

use crate::domain::loan::Tier;
use crate::risk::tiers::{Rules, by_days};
use crate::store::Error;
use crate::store::row::{code, day};

/// How many nights before today are told.
const NIGHTS: usize = 59;

/// What one officer's customers of a tier owed in one night.
#[derive(Debug, Default, Clone, Copy)]
struct Point {
    customers: i64,
    exposure: i64,
}

/// The same of each night, the latest first.
struct Nights([Point; NIGHTS]);

impl Default for Nights {
    fn default() -> Self {
        Self([Point::default(); NIGHTS])
    }
}

/// Keeps the points of the nights before today.
pub(in crate::store) fn keep_past(
    db: &Connection,
    rules: &Rules,
    today: NaiveDate,
) -> Result<(), Error> {
    const LOANS: &str = "
        SELECT x.customer_id, x.officer, x.tier, x.days_past_due, l.disbursed_on, l.balance
        FROM customer_facts x JOIN loans l ON l.customer_id = x.customer_id
        WHERE l.status = 'active' AND l.balance > 0 AND x.exposure > 0 ORDER BY x.customer_id";
    const KEEP: &str = "
        INSERT OR IGNORE INTO portfolio_days (day, officer, tier, customers, exposure)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut points: BTreeMap<String, BTreeMap<Tier, Nights>> = BTreeMap::new();
    let mut statement = db.prepare(LOANS)?;
    let mut rows = statement.query([])?;
    let mut last = String::new();
    // The nights in which a loan of this customer was counted already.
    let mut counted = [false; NIGHTS];
    while let Some(row) = rows.next()? {
        let customer: String = row.get(0)?;
        if customer != last {
            (last, counted) = (customer, [false; NIGHTS]);
        }
        let tier: Tier = code(row, 2, Tier::from_code)?;
        let (overdue, balance): (i64, i64) = (row.get(3)?, row.get(5)?);
        let owed = (today - day(row, 4)?).num_days();
        let of_officer = points.entry(row.get(1)?).or_default();
        for ((at, back), counted) in (0..).zip(1..=owed).zip(&mut counted) {
            let then = tier_then(rules, tier, overdue, (overdue - back).max(0));
            let Some(point) = of_officer.entry(then).or_default().0.get_mut(at) else { break };
            point.customers += i64::from(!*counted);
            point.exposure += balance;
            *counted = true;
        }
    }
    let mut keep = db.prepare(KEEP)?;
    for (officer, tiers) in &points {
        for (tier, nights) in tiers {
            for (back, point) in (1..).zip(&nights.0).filter(|(_, point)| point.customers > 0) {
                let Some(night) = today.checked_sub_days(Days::new(back)) else { continue };
                let Point { customers, exposure } = point;
                let tier = tier.as_code();
                keep.execute(params![night.to_string(), officer, tier, customers, exposure])?;
            }
        }
    }
    Ok(())
}

/// The tier of a night in which she was overdue for fewer days: where the days alone ask for the tier
/// of today, those of then asked for that of then.
fn tier_then(rules: &Rules, tier: Tier, overdue: i64, then: i64) -> Tier {
    let of = |days| by_days(rules, days).map_or(Tier::Normal, |(tier, _)| tier);
    if of(overdue) == tier { of(then) } else { tier }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tier_of_then_follows_from_the_days_of_then() {
        let rules = crate::assets::tiers::shared();
        let cases = [
            (Tier::Substandard, 100, 95, Tier::Substandard),
            (Tier::Substandard, 100, 90, Tier::SpecialMention),
            (Tier::Substandard, 100, 7, Tier::Normal),
            // People lowered it for something else: nothing is known of when.
            (Tier::Doubtful, 100, 0, Tier::Doubtful),
            (Tier::Normal, 0, 0, Tier::Normal),
        ];
        for (tier, overdue, then, wanted) in cases {
            assert_eq!(tier_then(rules, tier, overdue, then), wanted, "{tier:?} {then}");
        }
    }

    #[test]
    fn a_night_has_what_was_paid_out_by_then_and_the_days_of_then() {
        use crate::store::tests::{Branch, day as at};
        let mut branch = Branch::new();
        let today = at(0).date_naive();
        let tx = branch.store.begin().unwrap();
        // A second loan of ten days ago; she is twenty days overdue.
        tx.execute_batch(
            "INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status)
             VALUES ('L2', 'C1', 100, 5000, '2026-11-13', 'active');
             UPDATE loans SET days_past_due = 20, tier = 'special_mention'",
        )
        .unwrap();
        crate::store::project::project_book(&tx, &branch.packs, today).unwrap();
        keep_past(&tx, crate::assets::tiers::shared(), today).unwrap();
        tx.commit().unwrap();
        let of = |night: &str| {
            let sql = format!(
                "SELECT group_concat(officer || ' ' || tier || ' ' || customers || ' ' || exposure)
                 FROM portfolio_days WHERE day = '{night}'"
            );
            branch.text(&sql)
        };
        assert_eq!(of("2026-11-22"), "zhang special_mention 1 80005000");
        assert_eq!(of("2026-11-12"), "zhang special_mention 1 80000000");
        // Seven days are within the grace.
        assert_eq!(of("2026-11-10"), "zhang normal 1 80000000");
        assert_eq!(branch.text("SELECT count(DISTINCT day) FROM portfolio_days"), "59");
    }
}
