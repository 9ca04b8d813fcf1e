//! The month with load: counts by day over the due index, and done visits.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use rusqlite::{Result, named_params};

use super::Asked;
use super::scope::Sight;
use crate::domain::ids::UserId;
use crate::protocol::page::{MonthDay, MonthPage};
use crate::store::project::{HORIZON, planned_on};
use crate::store::row::{count, day, sum};

impl Asked<'_> {
    pub(super) fn month(&self, first: NaiveDate, officer: Option<&UserId>) -> Result<MonthPage> {
        let first = first.with_day(1).unwrap_or(first);
        let next = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
        let last = next - Days::new(1);
        let sight = self.sight.clone().narrowed(self.db, officer)?;
        let parameters = named_params! {
            ":scope": sight.value(), ":first": first.to_string(), ":last": last.to_string(),
        };
        let sql = format!(
            "SELECT d.due, sum(d.visits), sum(d.visits) FILTER (WHERE d.class = 'onsite') \
             FROM due_load d WHERE {} AND d.due BETWEEN :first AND :last GROUP BY d.due",
            sight.seek("d.officer")
        );
        let due: BTreeMap<NaiveDate, (u32, u32)> = self
            .db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| Ok((day(row, 0)?, (sum(row, 1)?, sum(row, 2)?))))?
            .collect::<Result<_>>()?;
        // From the people to their visits: the index leads to each one's month, day by day, for all as
        // well, and has the groups in order; only one row a day and officer is left to add up.
        let whose = sight.seek("o.user");
        let sql = format!(
            "SELECT v.visited_on, count(*) FROM users o CROSS JOIN visits v ON v.officer = o.user \
             WHERE {whose} AND v.visited_on BETWEEN :first AND :last \
             AND (v.state IS NULL OR v.state IN ('submitted', 'approved')) \
             GROUP BY o.user, v.visited_on"
        );
        let mut done: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(parameters)?;
        while let Some(row) = rows.next()? {
            *done.entry(day(row, 0)?).or_default() += count(row, 1)?;
        }
        let planned = self.planned_by_day(&sight, first, last)?;
        let days = first.iter_days().take_while(|date| *date < next).map(|date| {
            let (due, onsite) = due.get(&date).copied().unwrap_or_default();
            MonthDay {
                date,
                due,
                onsite,
                overdue: if date < self.today { due } else { 0 },
                planned: planned.get(&date).copied().unwrap_or_default(),
                done: done.get(&date).copied().unwrap_or_default(),
                workday: self.packs.workdays.is_workday(date),
                special: self
                    .packs
                    .workdays
                    .special(date)
                    .map(|special| (special.kind, special.name.clone())),
                provisional: self.packs.workdays.is_provisional(date),
            }
        });
        let planned = planned_on(self.db)?.unwrap_or(self.today);
        Ok(MonthPage {
            first,
            days: days.collect(),
            planned_to: planned.checked_add_days(HORIZON).unwrap_or(planned),
        })
    }

    /// Fixed days and appointments, counted by day.
    fn planned_by_day(
        &self,
        sight: &Sight,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, u32>> {
        let sql = format!(
            "SELECT p.day, count(*) FROM planned_days p \
             CROSS JOIN customers c ON c.customer_id = p.customer_id \
             WHERE p.day BETWEEN :first AND :last AND {} GROUP BY p.day \
             UNION ALL SELECT a.day, count(*) FROM appointments a \
             WHERE {} AND a.day BETWEEN :first AND :last GROUP BY a.day",
            sight.sieve("c.officer"),
            sight.seek("a.officer")
        );
        let parameters = named_params! {
            ":scope": sight.value(), ":first": first.to_string(), ":last": last.to_string(),
        };
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(parameters)?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next()? {
            *found.entry(day(row, 0)?).or_default() += count(row, 1)?;
        }
        Ok(found)
    }
}
