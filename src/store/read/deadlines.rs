//! Deadlines beside visits, as the projection has them: those that stand in lists today.

use chrono::NaiveDate;
use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::access::Actor;
use crate::assets::Packs;
use crate::domain::ids::{CustomerId, UserId};
use crate::protocol::page::{DeadlineRow, DeadlinesPage};
use crate::store::project::deadline_of;
use crate::store::read::scope::Sight;
use crate::store::row::{count, id, sum};
use crate::store::{Error, Store};

/// More than anybody works off in a day; the rest shows as these are done.
const MOST: u32 = 500;
/// The count in the status line stops here: it is read after every write.
const MOST_LATE: u32 = 999;
/// As many as stand beside the due list.
const BESIDE: u32 = 8;
/// The count of those that do not stand there stops here.
const MOST_BESIDE: u32 = 50;

const COLUMNS: &str = "d.customer_id, c.name, d.kind, d.ref, d.due, d.officer, d.opens, d.about, \
    d.period_end, d.headroom, d.figure, d.in_a_row, d.loan_id, d.target, d.balance";

impl Store {
    /// All in sight that are late or fall due up to a day, for calendars; only one officer's if one
    /// is given.
    pub fn deadlines_until(
        &self,
        actor: &Actor,
        officer: Option<&UserId>,
        to: NaiveDate,
    ) -> std::result::Result<Vec<DeadlineRow>, Error> {
        let sight = Sight::of(actor).narrowed(self.conn(), officer)?;
        let sql = format!(
            "SELECT {COLUMNS} FROM deadlines d CROSS JOIN customers c ON c.customer_id = d.customer_id \
             WHERE {} AND d.due <= :to ORDER BY d.due, d.customer_id, d.kind, d.ref",
            sight.seek("d.officer")
        );
        let parameters = named_params! {":scope": sight.value(), ":to": to.to_string()};
        let mut statement = self.conn().prepare_cached(&sql)?;
        // How late each is says a calendar itself.
        let day = NaiveDate::MIN;
        let rows = statement.query_map(parameters, |row| deadline(row, &self.packs, day))?;
        Ok(rows.collect::<Result<_>>()?)
    }
}

impl Asked<'_> {
    /// Those of one customer, or those in scope that stand in lists; `None` = she is not there or not
    /// in scope.
    pub(super) fn deadlines(
        &self,
        customer: Option<&CustomerId>,
        officer: Option<&UserId>,
    ) -> Result<Option<DeadlinesPage>> {
        let sight = self.sight.clone().narrowed(self.db, officer)?;
        if let Some(customer) = customer
            && !sight.sees(self.db, customer)?
        {
            return Ok(None);
        }
        let today = self.today.to_string();
        let whose = match customer {
            Some(_) => "d.customer_id = :customer",
            None => ":customer IS NULL AND d.opens <= :today",
        };
        let sql = format!(
            "SELECT count(*), sum(d.due < :today) FROM deadlines d WHERE {} AND {whose}",
            if customer.is_some() { sight.sieve("d.officer") } else { sight.seek("d.officer") }
        );
        let parameters = named_params! {
            ":scope": sight.value(), ":today": today, ":customer": customer.map(CustomerId::as_str),
        };
        let (total, late) = self
            .db
            .prepare_cached(&sql)?
            .query_row(parameters, |row| Ok((count(row, 0)?, sum(row, 1)?)))?;
        let rows = self.deadline_rows(&sight, customer, (None, None), MOST)?;
        Ok(Some(DeadlinesPage { total, late, rows }))
    }

    /// Those of one customer in scope, late or not.
    pub(super) fn deadlines_of(&self, customer: &CustomerId) -> Result<Vec<DeadlineRow>> {
        self.deadline_rows(&self.sight, Some(customer), (None, None), MOST)
    }

    /// The first of those that fall due within some days, or that are late on the business date, and
    /// how many these are up to [`MOST_BESIDE`].
    pub(super) fn deadlines_within(
        &self,
        sight: &Sight,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<(Vec<DeadlineRow>, u32)> {
        // Counted in the index: only what is shown is read in full.
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM deadlines d WHERE {} \
             AND d.due BETWEEN :from AND :to LIMIT :most)",
            sight.seek("d.officer")
        );
        let parameters = named_params! {
            ":scope": sight.value(), ":from": from.to_string(), ":to": to.to_string(),
            ":most": MOST_BESIDE,
        };
        let counted = self.db.prepare_cached(&sql)?.query_row(parameters, |row| count(row, 0))?;
        if counted == 0 {
            return Ok((Vec::new(), 0));
        }
        let rows = self.deadline_rows(sight, None, (Some(from), Some(to)), BESIDE)?;
        Ok((rows, counted))
    }

    /// How many have passed, up to [`MOST_LATE`]: who has more counts no more exactly.
    pub(super) fn deadlines_late(&self) -> Result<u32> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM deadlines d WHERE {} AND d.due < :today LIMIT :most)",
            self.sight.seek("d.officer")
        );
        let parameters = named_params! {
            ":scope": self.sight.value(), ":today": self.today.to_string(), ":most": MOST_LATE,
        };
        self.db.prepare_cached(&sql)?.query_row(parameters, |row| count(row, 0))
    }

    fn deadline_rows(
        &self,
        sight: &Sight,
        customer: Option<&CustomerId>,
        (from, to): (Option<NaiveDate>, Option<NaiveDate>),
        most: u32,
    ) -> Result<Vec<DeadlineRow>> {
        let today = self.today.to_string();
        let which = match (customer, from) {
            (Some(_), _) => {
                "d.customer_id = :customer AND :from IS NULL AND :to IS NULL AND :today > ''"
            }
            (None, Some(_)) => "d.due BETWEEN :from AND :to AND :customer IS NULL AND :today > ''",
            (None, None) => {
                "d.opens <= :today AND :customer IS NULL AND :from IS NULL AND :to IS NULL"
            }
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM deadlines d CROSS JOIN customers c ON c.customer_id = d.customer_id \
             WHERE {which} AND {} ORDER BY d.due, d.customer_id, d.kind, d.ref LIMIT :most",
            if customer.is_some() { sight.sieve("d.officer") } else { sight.seek("d.officer") }
        );
        let parameters = named_params! {
            ":scope": sight.value(), ":today": today, ":customer": customer.map(CustomerId::as_str),
            ":from": from.map(|day| day.to_string()), ":to": to.map(|day| day.to_string()),
            ":most": most,
        };
        self.db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| deadline(row, self.packs, self.today))?
            .collect()
    }
}

fn deadline(row: &Row<'_>, packs: &Packs, today: NaiveDate) -> Result<DeadlineRow> {
    let (officer, deadline) = deadline_of(row, 2)?;
    let verified = packs.deadlines.of(deadline.kind).is_some_and(|rule| rule.verified);
    Ok(DeadlineRow {
        customer: id(row, 0)?,
        name: row.get(1)?,
        officer: UserId(officer),
        late_days: (today - deadline.due).num_days().max(0),
        deadline,
        verified,
    })
}
