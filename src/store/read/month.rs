//! The month with load: counts by day over the due index, and done visits.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use rusqlite::{Result, named_params};

use super::Asked;
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
        let days = first.iter_days().take_while(|date| *date < next).map(|date| {
            let (due, onsite) = due.get(&date).copied().unwrap_or_default();
            MonthDay {
                date,
                due,
                onsite,
                overdue: if date < self.today { due } else { 0 },
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
}
