//! The cockpit. What stands behind a figure is one statement, for its count and for the list of its
//! customers alike, so that both always agree.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike as _, Days, NaiveDate};
use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::Asked;
use super::home::LAST_VERSION;
use super::scope::Sight;
use crate::access::{Actor, Scope};
use crate::assets::Packs;
use crate::domain::cockpit::{Figure, Grouping};
use crate::planning::first_counted;
use crate::protocol::page::{Closing, CockpitPage, CockpitRow};
use crate::store::project::month_key;
use crate::store::row::{count, shown_to_minute, sum};

impl Asked<'_> {
    pub(super) fn cockpit(&self, by: Grouping, month: NaiveDate) -> Result<CockpitPage> {
        let earliest = first_counted(self.today);
        let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
        let month = first(month).clamp(earliest, first(self.today));
        let rows = self.figures(by, month)?;
        let mut total = CockpitRow::default();
        for row in &rows {
            total.add(row);
        }
        Ok(CockpitPage {
            by,
            month,
            earliest,
            rule: ***self.packs.cockpit,
            total,
            rows,
            exempt: self.exempt()?,
            closed: self.closing(by, month)?,
        })
    }

    /// The rows of everybody or everything in scope, by name.
    pub(crate) fn figures(&self, by: Grouping, month: NaiveDate) -> Result<Vec<CockpitRow>> {
        let mut rows: BTreeMap<String, CockpitRow> = BTreeMap::new();
        let key = key_of(by, "c");
        let sql = format!(
            "SELECT {key}, count(*) FROM customers c WHERE {} GROUP BY 1",
            if by == Grouping::Officer {
                self.sight.seek("c.officer")
            } else {
                self.sight.sieve("c.officer")
            }
        );
        self.each(&sql, |key, row| {
            let n = count(row, 1)?;
            of(&mut rows, key).set(Figure::Customers, n);
            Ok(())
        })?;
        for figure in Figure::ALL.iter().copied() {
            if matches!(figure, Figure::Customers | Figure::OnTime) {
                continue;
            }
            let sql = format!(
                "SELECT {key}, sum(f.n) FROM ({}) f \
                 CROSS JOIN customers c ON c.customer_id = f.customer_id WHERE {} GROUP BY 1",
                self.behind(figure, month),
                self.sight.sieve("c.officer")
            );
            self.each(&sql, |key, row| {
                let n = sum(row, 1)?;
                of(&mut rows, key).set(figure, n);
                Ok(())
            })?;
        }
        let sql = format!(
            "SELECT {}, sum(l.on_time), sum(l.on_time + l.late + l.open) FROM month_load l \
             WHERE l.month = '{}' AND {} GROUP BY 1",
            if by == Grouping::Officer { "l.officer" } else { "l.district" },
            month_key(month),
            self.sight.sieve("l.officer")
        );
        self.each(&sql, |key, row| {
            let (met, asked) = (sum(row, 1)?, sum(row, 2)?);
            let row = of(&mut rows, key);
            (row.met, row.asked) = (met, asked);
            Ok(())
        })?;
        let mut rows: Vec<CockpitRow> = rows.into_values().collect();
        if by == Grouping::Officer {
            let names = self.names()?;
            for row in &mut rows {
                if let Some(name) = names.get(&row.key) {
                    row.name.clone_from(name);
                }
            }
        }
        rows.sort_by(|a, b| (&a.name, &a.key).cmp(&(&b.name, &b.key)));
        Ok(rows)
    }

    /// The customers behind a figure, each with her count. Only dates of our own stand in it.
    pub(super) fn behind(&self, figure: Figure, month: NaiveDate) -> String {
        let today = self.today;
        if let Some(age) = figure.age() {
            let (first, last) = self.packs.cockpit.span(age);
            let back = |days: u32| today.checked_sub_days(Days::new(u64::from(days)));
            let latest = back(first).unwrap_or(today);
            let earliest = last.and_then(back).unwrap_or(NaiveDate::MIN);
            let from = last.map_or_else(String::new, |_| format!(" AND d.due >= '{earliest}'"));
            return format!(
                "SELECT d.customer_id, count(*) AS n FROM due_visits d \
                 WHERE d.due <= '{latest}'{from} GROUP BY d.customer_id"
            );
        }
        match figure {
            Figure::OnTime => format!(
                "SELECT m.customer_id, m.late + m.open AS n FROM month_duties m \
                 WHERE m.month = '{}' AND m.late + m.open > 0",
                month_key(month)
            ),
            Figure::Unplanned => "SELECT x.customer_id, x.unplanned AS n FROM customer_facts x \
                WHERE x.unplanned > 0"
                .to_owned(),
            Figure::Gaps => {
                "SELECT x.customer_id, x.gaps AS n FROM customer_facts x WHERE x.gaps > 0"
                    .to_owned()
            }
            Figure::Requests => "SELECT r.customer_id, \
                count(DISTINCT coalesce(k.bundle, r.request_id)) AS n FROM requests r \
                LEFT JOIN request_care k ON k.request_id = r.request_id \
                WHERE r.decision IS NULL GROUP BY r.customer_id"
                .to_owned(),
            Figure::Flags => format!(
                "SELECT f.customer_id, count(*) AS n FROM flags f \
                 WHERE f.rots_on IS NOT NULL AND f.rots_on < '{today}' GROUP BY f.customer_id"
            ),
            Figure::Reviews => format!(
                "SELECT v.customer_id, count(*) AS n FROM records r \
                 CROSS JOIN visits v ON v.visit_id = r.visit_id \
                 WHERE r.state IN ('draft', 'submitted', 'returned') AND r.state = 'submitted' \
                 AND {LAST_VERSION} GROUP BY v.customer_id"
            ),
            _ => "SELECT c.customer_id, 1 AS n FROM customers c".to_owned(),
        }
    }

    fn each(&self, sql: &str, mut take: impl FnMut(String, &Row<'_>) -> Result<()>) -> Result<()> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(named_params! {":scope": self.sight.value()})?;
        while let Some(row) = rows.next()? {
            take(row.get(0)?, row)?;
        }
        Ok(())
    }

    fn names(&self) -> Result<HashMap<String, String>> {
        self.db
            .prepare_cached("SELECT user, name FROM users")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }

    fn exempt(&self) -> Result<u32> {
        let sql = format!(
            "SELECT sum(x.exempt) FROM customer_facts x WHERE x.exempt > 0 AND {}",
            self.sight.seek("x.officer")
        );
        self.db
            .prepare_cached(&sql)?
            .query_row(named_params! {":scope": self.sight.value()}, |row| sum(row, 0))
    }

    /// The month as the actor's branch closed it.
    fn closing(&self, by: Grouping, month: NaiveDate) -> Result<Option<Closing>> {
        const CLOSED: &str = "SELECT coalesce(u.name, m.closed_by), m.closed_at \
            FROM closed_months m LEFT JOIN users u ON u.user = m.closed_by \
            WHERE m.branch = :branch AND m.month = :month";
        const ROWS: &str = "SELECT key, name, figure, n, of FROM closed_figures \
            WHERE branch = :branch AND month = :month AND grouping = :by ORDER BY name, key";
        let (branch, month) = (&self.actor.branch, month_key(month));
        let head = self
            .db
            .prepare_cached(CLOSED)?
            .query_row(named_params! {":branch": branch, ":month": month}, |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
        let Some((closed_by, at)) = head else { return Ok(None) };
        let mut rows: BTreeMap<(String, String), CockpitRow> = BTreeMap::new();
        let mut statement = self.db.prepare_cached(ROWS)?;
        let mut found = statement
            .query(named_params! {":branch": branch, ":month": month, ":by": by.as_code()})?;
        while let Some(row) = found.next()? {
            let (key, name): (String, String) = (row.get(0)?, row.get(1)?);
            // An officer's own figures are hers; those of a district are others' as well.
            let own = by == Grouping::Officer && key == self.actor.user.as_str();
            if self.sight.officer().is_some() && !own {
                continue;
            }
            let blank = CockpitRow::new(&key, &name);
            let one = rows.entry((name, key)).or_insert(blank);
            let (figure, n): (String, u32) = (row.get(2)?, count(row, 3)?);
            match Figure::from_code(&figure) {
                Some(Figure::OnTime) => (one.met, one.asked) = (n, count(row, 4)?),
                Some(figure) => one.set(figure, n),
                None => {}
            }
        }
        Ok(Some(Closing {
            by: closed_by,
            at: shown_to_minute(&at),
            rows: rows.into_values().collect(),
        }))
    }
}

/// The figures of a branch, for whoever closes its month within the same transaction.
pub(crate) fn of_branch(
    db: &rusqlite::Connection,
    packs: &Packs,
    actor: &Actor,
    now: chrono::DateTime<chrono::FixedOffset>,
    (by, month): (Grouping, NaiveDate),
) -> Result<Vec<CockpitRow>> {
    let sight = Sight::within(Scope::Branch(actor.branch.clone()));
    let today = now.with_timezone(&crate::clock::china()).date_naive();
    Asked { db, packs, actor, sight, now, today, clear: false }.figures(by, month)
}

fn key_of(by: Grouping, table: &str) -> String {
    match by {
        Grouping::Officer => format!("{table}.officer"),
        Grouping::District => format!("coalesce({table}.district, '')"),
    }
}

fn of(rows: &mut BTreeMap<String, CockpitRow>, key: String) -> &mut CockpitRow {
    let blank = CockpitRow::new(&key, &key);
    rows.entry(key).or_insert(blank)
}
