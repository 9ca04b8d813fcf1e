//! What lies around customers: who near them is in default, how their trade circle does, which
//! events concern them. Read once for a whole look; for a few customers only what is around these.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Result, Row, named_params};

use crate::assets::{Packs, drivers};
use crate::domain::event::PriceSide;
use crate::domain::ids::CustomerId;
use crate::domain::money::Decimal4;
use crate::risk::backtest::median;
use crate::store::deal::Months;
use crate::store::row::{day, id};
use crate::warning::material::{EventKind, EventLine};

/// Condition: the customer `x` owes something, or it was written off. The tier of who has paid back
/// everything may stand where it was, and tells of no default.
macro_rules! owes {
    () => {
        "EXISTS (SELECT 1 FROM loans o WHERE o.customer_id = x.customer_id AND o.status <> 'settled')"
    };
}

/// Days for which a confirmed flag counts in its trade circle.
const OF_LATE: Days = Days::new(90);
/// For more customers than these the whole book is read: it is faster.
const FEW: usize = 64;
/// Fewer customers than these have no median that says anything.
const LEAST: usize = 5;

/// What lies around customers.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Branch of each officer.
    pub(super) branches: HashMap<String, String>,
    near: HashMap<CustomerId, Vec<CustomerId>>,
    flagged: HashMap<String, HashSet<CustomerId>>,
    /// How many customers each circle has.
    sizes: HashMap<String, u32>,
    drops: HashMap<String, Decimal4>,
    /// Each with the codes of its drivers.
    events: HashMap<CustomerId, Vec<(EventLine, String)>>,
}

impl Around {
    pub(super) fn read(
        db: &Connection,
        packs: &Packs,
        customers: Option<&[CustomerId]>,
        today: NaiveDate,
    ) -> Result<Self> {
        let mut around = Self::default();
        let days = packs.care.contagion.default_days;
        let few = customers.filter(|customers| customers.len() <= FEW);
        around.read_branches(db)?;
        if let Some(few) = few {
            around.read_near_to(db, few, days)?;
        } else {
            around.read_near(db, days)?;
        }
        let circles = few.map(|few| circles_of(db, few)).transpose()?;
        around.read_sizes(db, circles.as_deref())?;
        around.read_flagged(db, packs, circles.as_deref(), today)?;
        around.read_drops(db, circles.as_deref(), today)?;
        around.read_events(db, few)?;
        Ok(around)
    }

    /// Members of her group and mutual guarantors in default.
    pub(super) fn near(&self, customer: &CustomerId) -> Vec<CustomerId> {
        self.near.get(customer).cloned().unwrap_or_default()
    }

    /// Other customers of the circle with a confirmed flag of late, and how many others there are.
    pub(super) fn flagged(&self, circle: &str, customer: &CustomerId) -> (u32, u32) {
        let others = self.sizes.get(circle).map_or(0, |all| all.saturating_sub(1));
        let Some(all) = self.flagged.get(circle) else { return (0, others) };
        let flagged = all.len() - usize::from(all.contains(customer));
        (u32::try_from(flagged).unwrap_or(u32::MAX), others)
    }

    /// Median fall of inflow in the circle.
    pub(super) fn drop_of(&self, circle: &str) -> Option<Decimal4> {
        self.drops.get(circle).copied()
    }

    /// Open events that concern her; of prices, on which side she stands.
    pub(super) fn events(&self, customer: &CustomerId, industry: Option<&str>) -> Vec<EventLine> {
        let Some(events) = self.events.get(customer) else { return Vec::new() };
        let known = drivers::shared().unwrap_or_default();
        let sided = |(event, codes): &(EventLine, String)| {
            let mut event = event.clone();
            if let EventKind::Price(change, _) = event.kind {
                let side = drivers::side(&known, codes.split(';'), industry);
                event.kind = EventKind::Price(change, side);
            }
            event
        };
        events.iter().map(sided).collect()
    }

    fn read_branches(&mut self, db: &Connection) -> Result<()> {
        let mut statement = db.prepare_cached("SELECT user, coalesce(branch, '') FROM users")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.branches = rows.collect::<Result<_>>()?;
        Ok(())
    }

    /// The way leads from those in default, who are few, to who is near them.
    fn read_near(&mut self, db: &Connection, days: u32) -> Result<()> {
        const NEAR: &str = concat!(
            "WITH bad AS MATERIALIZED (
                SELECT x.customer_id FROM customer_facts x
                WHERE x.days_past_due > :days OR (x.tier_rank >= 2 AND ",
            owes!(),
            "))
            SELECT o.customer_id, bad.customer_id FROM bad
            CROSS JOIN customers c ON c.customer_id = bad.customer_id AND c.group_id <> ''
            CROSS JOIN customers o ON o.group_id = c.group_id AND o.customer_id <> c.customer_id
            UNION
            SELECT r.related_customer_id, bad.customer_id FROM bad
            CROSS JOIN relations r ON r.customer_id = bad.customer_id
            WHERE r.related_customer_id <> bad.customer_id AND r.kind IN ('mutual_guarantee', 'group')
            UNION
            SELECT r.customer_id, bad.customer_id FROM bad
            CROSS JOIN relations r ON r.related_customer_id = bad.customer_id
            WHERE r.customer_id <> bad.customer_id AND r.kind IN ('mutual_guarantee', 'group')
            ORDER BY 1, 2"
        );
        let mut statement = db.prepare_cached(NEAR)?;
        let rows = statement.query_map(named_params! {":days": days}, |row| {
            Ok((id::<CustomerId>(row, 0)?, id::<CustomerId>(row, 1)?))
        })?;
        for row in rows {
            let (customer, bad) = row?;
            self.near.entry(customer).or_default().push(bad);
        }
        Ok(())
    }

    /// The same from the other end: who is in default near these customers.
    fn read_near_to(&mut self, db: &Connection, few: &[CustomerId], days: u32) -> Result<()> {
        const NEAR: &str = concat!(
            "WITH near AS (
                SELECT o.customer_id AS id FROM customers c
                CROSS JOIN customers o ON o.group_id = c.group_id
                WHERE c.customer_id = :me AND c.group_id <> ''
                UNION
                SELECT customer_id FROM relations
                WHERE related_customer_id = :me AND kind IN ('mutual_guarantee', 'group')
                UNION
                SELECT related_customer_id FROM relations
                WHERE customer_id = :me AND kind IN ('mutual_guarantee', 'group'))
            SELECT x.customer_id FROM near CROSS JOIN customer_facts x ON x.customer_id = near.id
            WHERE near.id <> :me
                AND (x.days_past_due > :days OR (x.tier_rank >= 2 AND ",
            owes!(),
            ")) ORDER BY 1"
        );
        let mut statement = db.prepare_cached(NEAR)?;
        for customer in few {
            let rows = statement
                .query_map(named_params! {":me": customer.as_str(), ":days": days}, |row| {
                    id::<CustomerId>(row, 0)
                })?;
            let near: Vec<CustomerId> = rows.collect::<Result<_>>()?;
            if !near.is_empty() {
                self.near.insert(customer.clone(), near);
            }
        }
        Ok(())
    }

    /// Sizes of all circles, or of these.
    fn read_sizes(&mut self, db: &Connection, circles: Option<&[String]>) -> Result<()> {
        const ALL: &str = "
            SELECT trade_circle, count(*) FROM customers WHERE trade_circle <> '' GROUP BY trade_circle";
        const ONE: &str =
            "SELECT count(*) FROM customers WHERE trade_circle = ?1 AND trade_circle <> ''";
        let Some(circles) = circles else {
            let mut statement = db.prepare_cached(ALL)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.sizes = rows.collect::<Result<_>>()?;
            return Ok(());
        };
        let mut statement = db.prepare_cached(ONE)?;
        for circle in circles {
            let size = statement.query_row([circle], |row| row.get(0))?;
            self.sizes.insert(circle.clone(), size);
        }
        Ok(())
    }

    /// Who was flagged of late in all circles, or in these.
    fn read_flagged(
        &mut self,
        db: &Connection,
        packs: &Packs,
        circles: Option<&[String]>,
        today: NaiveDate,
    ) -> Result<()> {
        const ALL: &str = "
            SELECT c.customer_id, c.trade_circle FROM flags f
            CROSS JOIN customers c ON c.customer_id = f.customer_id AND c.trade_circle <> ''
            WHERE f.state = 'confirmed' AND f.confirmed_on >= :since
                AND f.signal NOT IN (SELECT value FROM json_each(:echoes))";
        const ONE: &str = "
            SELECT c.customer_id FROM customers c
            CROSS JOIN flags f ON f.customer_id = c.customer_id
            WHERE c.trade_circle = :circle AND c.trade_circle <> ''
                AND f.state = 'confirmed' AND f.confirmed_on >= :since
                AND f.signal NOT IN (SELECT value FROM json_each(:echoes))";
        let since = today.checked_sub_days(OF_LATE).unwrap_or(today).to_string();
        let echoes = serde_json::Value::from(packs.care.contagion.echoes.as_slice()).to_string();
        let Some(circles) = circles else {
            let mut statement = db.prepare_cached(ALL)?;
            let mut rows = statement.query(named_params! {":since": since, ":echoes": echoes})?;
            while let Some(row) = rows.next()? {
                self.flagged.entry(row.get(1)?).or_default().insert(id(row, 0)?);
            }
            return Ok(());
        };
        let mut statement = db.prepare_cached(ONE)?;
        for circle in circles {
            let key = named_params! {":circle": circle, ":since": since, ":echoes": echoes};
            let flagged = statement.query_map(key, |row| id(row, 0))?.collect::<Result<_>>()?;
            self.flagged.insert(circle.clone(), flagged);
        }
        Ok(())
    }

    /// Median falls of all circles, or of these.
    fn read_drops(
        &mut self,
        db: &Connection,
        circles: Option<&[String]>,
        today: NaiveDate,
    ) -> Result<()> {
        let months = Months::before(today);
        let mut of_circle: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let circles: Vec<Option<&String>> = match circles {
            None => vec![None],
            Some(circles) => circles.iter().map(Some).collect(),
        };
        for circle in circles {
            let from = if circle.is_some() {
                "customers c CROSS JOIN account_flows f ON f.customer_id = c.customer_id \
                 WHERE c.trade_circle = :circle AND c.trade_circle <> ''"
            } else {
                "account_flows f CROSS JOIN customers c ON c.customer_id = f.customer_id \
                 WHERE c.trade_circle <> '' AND :circle IS NULL"
            };
            let sql = format!(
                "SELECT c.trade_circle, \
                 sum(f.inflow) FILTER (WHERE f.month >= :m3), \
                 sum(f.inflow) FILTER (WHERE f.month < :m3) \
                 FROM {from} AND f.month BETWEEN :m6 AND :m1 GROUP BY f.customer_id \
                 HAVING count(f.inflow) = 6"
            );
            let mut statement = db.prepare_cached(&sql)?;
            let mut rows = statement.query(named_params! {
                ":circle": circle, ":m1": months.back(1), ":m3": months.back(3),
                ":m6": months.back(6),
            })?;
            while let Some(row) = rows.next()? {
                let (last, before): (i64, i64) = (row.get(1)?, row.get(2)?);
                if before > 0 {
                    let drop = i128::from(before - last) * 1_000_000 / i128::from(before);
                    let circle = row.get_ref(0)?.as_str()?;
                    let drop = i64::try_from(drop).unwrap_or(i64::MIN);
                    of_circle.entry(circle.to_owned()).or_default().push(drop);
                }
            }
        }
        for (circle, mut all) in of_circle {
            if all.len() >= LEAST
                && let Some(median) = median(&mut all)
            {
                self.drops.insert(circle, Decimal4(median));
            }
        }
        Ok(())
    }

    /// The open events of everybody whom one concerns, or of these.
    fn read_events(&mut self, db: &Connection, few: Option<&[CustomerId]>) -> Result<()> {
        const ALL: &str = "
            SELECT e.event_id, e.kind, e.change, e.happened_on, e.drivers, k.customer_id
            FROM events e CROSS JOIN look_ats k ON k.origin = e.event_id
            WHERE e.closed_on IS NULL ORDER BY e.event_id";
        const ONE: &str = "
            SELECT e.event_id, e.kind, e.change, e.happened_on, e.drivers
            FROM events e CROSS JOIN look_ats k ON k.origin = e.event_id AND k.customer_id = ?1
            WHERE e.closed_on IS NULL ORDER BY e.event_id";
        let Some(few) = few else {
            let mut statement = db.prepare_cached(ALL)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                self.events.entry(id(row, 5)?).or_default().push(event(row)?);
            }
            return Ok(());
        };
        let mut statement = db.prepare_cached(ONE)?;
        for customer in few {
            let events = statement.query_map([customer.as_str()], event)?.collect::<Result<_>>()?;
            self.events.insert(customer.clone(), events);
        }
        Ok(())
    }
}

fn event(row: &Row<'_>) -> Result<(EventLine, String)> {
    let change: Option<i64> = row.get(2)?;
    let kind = match (row.get_ref(1)?.as_str()?, change) {
        ("price", Some(change)) => EventKind::Price(Decimal4(change), PriceSide::Either),
        ("policy", _) => EventKind::Policy,
        ("disaster", _) => EventKind::Disaster,
        _ => EventKind::Other,
    };
    Ok((EventLine { id: row.get(0)?, kind, on: day(row, 3)? }, row.get(4)?))
}

/// The trade circles of these customers, each once.
fn circles_of(db: &Connection, customers: &[CustomerId]) -> Result<Vec<String>> {
    const SQL: &str =
        "SELECT trade_circle FROM customers WHERE customer_id = ?1 AND trade_circle <> ''";
    let mut statement = db.prepare_cached(SQL)?;
    let mut circles = Vec::new();
    for customer in customers {
        let mut rows = statement.query([customer.as_str()])?;
        if let Some(row) = rows.next()? {
            circles.push(row.get(0)?);
        }
    }
    circles.sort();
    circles.dedup();
    Ok(circles)
}
