//! Who am I, what waits: a handful of counts over indices.

use chrono::{Datelike as _, Days, NaiveDate};
use rusqlite::{OptionalExtension as _, Result, named_params};

use super::Asked;
use super::person::wrote_sql;
use crate::access::Action;
use crate::domain::ids::VisitId;
use crate::protocol::page::HomePage;
use crate::store::project::{HORIZON, planned_on};
use crate::store::row::{count, id, shown_to_minute, sum};
use crate::store::{Error, meta};

/// Version in force = the last one.
pub(super) const LAST_VERSION: &str = "NOT EXISTS (SELECT 1 FROM records n INDEXED BY records_versions \
    WHERE n.visit_id = r.visit_id AND n.version > r.version)";

/// Needs care: nobody acts on it, or its date is past. Uses `:today`.
pub(super) const ROTTING: &str = "coalesce(f.rots_on < :today, 0)";

impl Asked<'_> {
    pub(super) fn home(&self) -> Result<HomePage, Error> {
        let (overdue, due_today, due_week) = self.due_counts()?;
        let (drafts, returned) = self.my_open_records()?;
        let empty = !self.db.prepare_cached("SELECT 1 FROM customers LIMIT 1")?.exists([])?;
        let clock = meta::clock_state(self.db, self.now)?;
        let mut page = HomePage {
            user: self.actor.user.clone(),
            name: self.actor.name.clone(),
            role: self.actor.role,
            branch: self.actor.branch.clone(),
            today: self.today,
            demo: meta::get(self.db, meta::DEMO)?.is_some_and(|mark| mark == "1"),
            empty,
            unseen: !empty && !self.sees_any()?,
            planned_on: planned_on(self.db)?,
            overdue,
            due_today,
            due_week,
            drafts,
            returned,
            to_review: self.to_review()?,
            requests: self.requests_to_decide()?,
            to_sign: self.packets_to_sign()?,
            todos_overdue: self.todos_overdue()?,
            deadlines_late: self.deadlines_late()?,
            unread: self.unread()?,
            gaps: 0,
            provisional_year: self.provisional_year(),
            clock_back: clock == meta::ClockState::Back,
            clock_ahead: clock == meta::ClockState::Ahead,
            pin: self.one("SELECT count(*) FROM pins WHERE user = :user")? > 0,
            resume: self.resume()?,
        };
        let sql = format!(
            "SELECT count(*) FROM customer_facts f WHERE f.gaps > 0 AND {}",
            self.sight.seek("f.officer")
        );
        page.gaps = self
            .db
            .prepare_cached(&sql)?
            .query_row(named_params! {":scope": self.sight.value()}, |row| count(row, 0))?;
        Ok(page)
    }

    /// Whether any customer lies in scope.
    fn sees_any(&self) -> Result<bool> {
        let seek = self.sight.seek("c.officer");
        self.db
            .prepare_cached(&format!("SELECT 1 FROM customers c WHERE {seek} LIMIT 1"))?
            .exists(named_params! {":scope": self.sight.value()})
    }

    /// A count of what is the actor's own.
    fn one(&self, sql: &str) -> Result<u32> {
        self.db
            .prepare_cached(sql)?
            .query_row(named_params! {":user": self.actor.user.as_str()}, |row| count(row, 0))
    }

    /// Overdue, due today, due from today to Sunday.
    fn due_counts(&self) -> Result<(u32, u32, u32)> {
        let sunday =
            self.today + Days::new(u64::from(6 - self.today.weekday().num_days_from_monday()));
        let sql = format!(
            "SELECT sum(d.visits) FILTER (WHERE d.due < :today), \
             sum(d.visits) FILTER (WHERE d.due = :today), \
             sum(d.visits) FILTER (WHERE d.due >= :today) FROM due_load d \
             WHERE {} AND d.due <= :sunday",
            self.sight.seek("d.officer")
        );
        let parameters = named_params! {
            ":scope": self.sight.value(),
            ":today": self.today.to_string(),
            ":sunday": sunday.to_string(),
        };
        self.db
            .prepare_cached(&sql)?
            .query_row(parameters, |row| Ok((sum(row, 0)?, sum(row, 1)?, sum(row, 2)?)))
    }

    /// Her drafts and what was returned to her, of customers she sees: those handed over are with whoever
    /// has them now.
    fn my_open_records(&self) -> Result<(u32, u32)> {
        let sql = format!(
            "SELECT count(*) FILTER (WHERE r.state = 'draft'), \
             count(*) FILTER (WHERE r.state = 'returned') FROM records r INDEXED BY records_by_author \
             CROSS JOIN visits v ON v.visit_id = r.visit_id \
             CROSS JOIN customers c ON c.customer_id = v.customer_id \
             WHERE r.state IN ('draft', 'submitted', 'returned') AND r.author = :user \
             AND {LAST_VERSION} AND {}",
            self.sight.sieve("c.officer")
        );
        let parameters =
            named_params! {":scope": self.sight.value(), ":user": self.actor.user.as_str()};
        self.db
            .prepare_cached(&sql)?
            .query_row(parameters, |row| Ok((count(row, 0)?, count(row, 1)?)))
    }

    fn to_review(&self) -> Result<u32> {
        // Whose turn it is: a reviewer's until one has approved the content, then those whose
        // opinions it needs and who have not spoken.
        let turn = if !self.actor.may(Action::Opine) {
            return Ok(0);
        } else if self.actor.may(Action::Review) {
            "(NOT EXISTS (SELECT 1 FROM opinions o WHERE o.visit_id = r.visit_id \
             AND o.version = r.version AND o.content_hash IS r.content_hash AND o.level = 'review') \
             OR EXISTS (SELECT 1 FROM opinion_needs n WHERE n.visit_id = r.visit_id \
             AND n.version = r.version AND n.level = 'second' AND NOT EXISTS (SELECT 1 FROM opinions o \
             WHERE o.visit_id = r.visit_id AND o.version = r.version \
             AND o.content_hash IS r.content_hash AND (o.level = 'second' OR o.user = :user))))"
        } else {
            "EXISTS (SELECT 1 FROM opinion_needs n WHERE n.visit_id = r.visit_id \
             AND n.version = r.version AND n.level = :role AND NOT EXISTS (SELECT 1 FROM opinions o \
             WHERE o.visit_id = r.visit_id AND o.version = r.version \
             AND o.content_hash IS r.content_hash AND o.level = n.level))"
        };
        let sql = format!(
            "SELECT count(*) FROM records r CROSS JOIN visits v ON v.visit_id = r.visit_id \
             CROSS JOIN customers c ON c.customer_id = v.customer_id \
             WHERE r.state IN ('draft', 'submitted', 'returned') AND r.state = 'submitted' \
             AND {LAST_VERSION} AND {} AND v.officer IS NOT :user AND c.officer <> :user \
             AND NOT EXISTS ({}) AND {turn} AND :role IS NOT NULL",
            self.sight.sieve("c.officer"),
            wrote_sql("r.visit_id", Some("r.version"), ":user")
        );
        let parameters = named_params! {
            ":scope": self.sight.value(), ":user": self.actor.user.as_str(),
            ":role": self.actor.role.as_code(),
        };
        self.db.prepare_cached(&sql)?.query_row(parameters, |row| count(row, 0))
    }

    /// The first year that the plan reaches whose holidays are not announced yet.
    fn provisional_year(&self) -> Option<i32> {
        let last = self.today.checked_add_days(HORIZON)?;
        (self.today.year()..=last.year()).find(|year| {
            NaiveDate::from_ymd_opt(*year, 1, 1)
                .is_some_and(|day| self.packs.workdays.is_provisional(day))
        })
    }

    /// The draft that was written in last; a field that was being typed counts as well.
    fn resume(&self) -> Result<Option<(VisitId, String, String)>> {
        let sql = format!(
            "SELECT r.visit_id, c.name, max(r.started_at, \
             coalesce((SELECT max(a.answered_at) FROM answers a \
             WHERE a.visit_id = r.visit_id AND a.version = r.version), ''), \
             coalesce((SELECT d.at FROM field_drafts d \
             WHERE d.visit_id = r.visit_id AND d.user = :user), '')) AS at \
             FROM records r INDEXED BY records_by_author \
             CROSS JOIN visits v ON v.visit_id = r.visit_id \
             CROSS JOIN customers c ON c.customer_id = v.customer_id \
             WHERE r.state IN ('draft', 'submitted', 'returned') AND r.state <> 'submitted' \
             AND r.author = :user AND {LAST_VERSION} AND {} ORDER BY at DESC, r.visit_id LIMIT 1",
            self.sight.sieve("c.officer")
        );
        let parameters =
            named_params! {":scope": self.sight.value(), ":user": self.actor.user.as_str()};
        self.db
            .prepare_cached(&sql)?
            .query_row(parameters, |row| {
                let at: String = row.get(2)?;
                Ok((id(row, 0)?, row.get(1)?, shown_to_minute(&at)))
            })
            .optional()
    }
}
