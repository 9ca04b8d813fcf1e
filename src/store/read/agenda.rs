//! The due list, in the order of `planning.md` section 7: by due date, then by what the projection
//! folded into `urgency`, then by customer. An overdue visit is simply due earlier.

use chrono::{Days, NaiveDate};
use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::domain::customer::Line;
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::visit::VisitState;
use crate::protocol::page::{AgendaPage, AgendaRow, WishRow};
use crate::protocol::query::{AgendaFilter, Window};
use crate::store::project::level_of;
use crate::store::read::scope::Sight;
use crate::store::row::{code, day, id, maybe_code, strange, sum};

/// Columns of [`row`]; `d` is the due visit, `c` its customer, `u` the officer.
const COLUMNS: &str = "d.customer_id, c.name, c.line, c.officer, coalesce(u.name, c.officer), \
    c.district, d.class, d.opens, d.due, d.codes, d.level, d.tier, d.exposure";

/// How many wishes are shown at the most.
const WISHES: u32 = 20;
/// A wish stays on the business date for so long after its day.
const WISHED_SINCE: Days = Days::new(30);

const ORDER: &str = "d.due, d.urgency, d.customer_id, d.n";

impl Asked<'_> {
    pub(super) fn agenda(
        &self,
        filter: AgendaFilter,
        class: Option<DutyClass>,
        officer: Option<&UserId>,
        window: Window,
    ) -> Result<AgendaPage> {
        let (from, to) = self.span(filter);
        let sight = self.sight.clone().narrowed(self.db, officer)?;
        let class_is = match class {
            Some(_) => "d.class = :class",
            None => ":class IS NULL",
        };
        let within = format!("d.due BETWEEN :from AND :to AND {class_is}");
        let (deadlines, deadlines_counted) = self.deadlines_within(&sight, from, to)?;
        let (from, to) = (from.to_string(), to.to_string());
        let sql = format!(
            "SELECT sum(d.visits) FROM due_load d WHERE {} AND {within}",
            sight.seek("d.officer")
        );
        let total = self.db.prepare_cached(&sql)?.query_row(
            named_params! {
                ":scope": sight.value(), ":from": from, ":to": to,
                ":class": class.map(DutyClass::as_code),
            },
            |row| sum(row, 0),
        )?;
        // The window is cut from the index alone; only its rows are read in full.
        let sql = format!(
            "SELECT {COLUMNS} FROM (SELECT d.customer_id, d.n FROM due_visits d \
             WHERE {} AND {within} ORDER BY {ORDER} LIMIT :limit OFFSET :offset) k \
             CROSS JOIN due_visits d ON d.customer_id = k.customer_id AND d.n = k.n \
             CROSS JOIN customers c ON c.customer_id = d.customer_id \
             LEFT JOIN users u ON u.user = c.officer ORDER BY {ORDER}",
            sight.sieve("d.officer")
        );
        let mut rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {
                    ":scope": sight.value(), ":from": from, ":to": to,
                    ":class": class.map(DutyClass::as_code),
                    ":limit": window.limit, ":offset": window.offset,
                },
                |row| self.agenda_row(row),
            )?
            .collect::<Result<Vec<_>>>()?;
        self.add_records(&mut rows)?;
        let wishes = self.wishes(&sight, filter)?;
        let occasions = match filter {
            AgendaFilter::Day(day) => self.packs.occasions.told_on(day, &self.packs.workdays),
            AgendaFilter::Until(_) => {
                self.packs.occasions.told_on(self.today, &self.packs.workdays)
            }
            AgendaFilter::Overdue => Vec::new(),
        };
        let plans = self.plans(&sight, filter)?;
        Ok(AgendaPage {
            total,
            offset: window.offset,
            rows,
            wishes,
            occasions,
            plans,
            deadlines,
            deadlines_counted,
        })
    }

    /// What officers want to do sooner than the plan: from their last record in force, and as long
    /// as nobody was there since. On the business date those of the last weeks stay.
    fn wishes(&self, sight: &Sight, filter: AgendaFilter) -> Result<Vec<WishRow>> {
        let (from, to) = match filter {
            AgendaFilter::Overdue => return Ok(Vec::new()),
            AgendaFilter::Day(day) if day != self.today => (day, day),
            AgendaFilter::Day(day) | AgendaFilter::Until(day) => {
                (self.today.checked_sub_days(WISHED_SINCE).unwrap_or(self.today), day)
            }
        };
        let sql = format!(
            "SELECT c.customer_id, c.name, h.wished_next, coalesce(h.wish_reason, '') \
             FROM handings h INDEXED BY handings_wished \
             CROSS JOIN visits v ON v.visit_id = h.visit_id \
             CROSS JOIN customers c ON c.customer_id = v.customer_id \
             WHERE h.wished_next BETWEEN :from AND :to AND v.state IN ('submitted', 'approved') AND {} \
             AND NOT EXISTS (SELECT 1 FROM handings x WHERE x.visit_id = h.visit_id AND x.version > h.version) \
             AND NOT EXISTS (SELECT 1 FROM visits n WHERE n.customer_id = v.customer_id \
               AND n.visited_on > v.visited_on AND (n.state IS NULL OR n.state <> 'draft')) \
             ORDER BY h.wished_next, h.visit_id LIMIT :most",
            sight.sieve("c.officer")
        );
        let parameters = named_params! {
            ":scope": sight.value(), ":from": from.to_string(), ":to": to.to_string(),
            ":most": WISHES,
        };
        self.db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| {
                Ok(WishRow {
                    customer: id(row, 0)?,
                    name: row.get(1)?,
                    on: day(row, 2)?,
                    why: row.get(3)?,
                })
            })?
            .collect()
    }

    /// The due visits of one customer, in order.
    pub(super) fn agenda_of(&self, customer: &CustomerId) -> Result<Vec<AgendaRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM due_visits d JOIN customers c ON c.customer_id = d.customer_id \
             LEFT JOIN users u ON u.user = c.officer WHERE d.customer_id = :id ORDER BY {ORDER}"
        );
        let mut rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(named_params! {":id": customer.as_str()}, |row| self.agenda_row(row))?
            .collect::<Result<Vec<_>>>()?;
        self.add_records(&mut rows)?;
        Ok(rows)
    }

    /// First and last due date of a filter.
    fn span(&self, filter: AgendaFilter) -> (NaiveDate, NaiveDate) {
        let yesterday = self.today.pred_opt().unwrap_or(self.today);
        let always = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
        match filter {
            AgendaFilter::Overdue => (always, yesterday),
            AgendaFilter::Day(day) if day == self.today => (always, day),
            AgendaFilter::Day(day) => (day, day),
            AgendaFilter::Until(day) => (always, day.max(yesterday)),
        }
    }

    fn agenda_row(&self, row: &Row<'_>) -> Result<AgendaRow> {
        let due = day(row, 8)?;
        let codes = row.get_ref(9)?.as_str()?.split(';').map(DutyCode::from_code);
        Ok(AgendaRow {
            customer: id(row, 0)?,
            name: row.get(1)?,
            line: maybe_code(row, 2, Line::from_code)?,
            officer: id(row, 3)?,
            officer_name: row.get(4)?,
            district: row.get(5)?,
            class: code(row, 6, DutyClass::from_code)?,
            opens: day(row, 7)?,
            due,
            overdue_days: (self.today - due).num_days().max(0),
            codes: codes.collect::<Option<_>>().ok_or_else(|| strange(9))?,
            level: level_of(row.get(10)?),
            tier: code(row, 11, Tier::from_code)?,
            exposure: row.get::<_, Option<i64>>(12)?.map(Fen),
            planned: None,
            paused: None,
            delayed_from: None,
            asked: None,
            delay_to: None,
            record: None,
        })
    }

    fn add_records(&self, rows: &mut [AgendaRow]) -> Result<()> {
        for row in rows.iter_mut() {
            row.record = self.open_record(&row.customer)?;
        }
        self.add_plans(rows)
    }

    /// The customer's open record, if there is one.
    pub(super) fn open_record(
        &self,
        customer: &CustomerId,
    ) -> Result<Option<(VisitId, VisitState)>> {
        use rusqlite::OptionalExtension as _;
        self.db
            .prepare_cached(
                "SELECT r.visit_id, r.state FROM visits v INDEXED BY visits_here CROSS JOIN records r ON r.visit_id = v.visit_id \
                 WHERE v.customer_id = :id AND v.origin = 'here' \
                 AND r.state IN ('draft', 'submitted', 'returned') AND r.state <> 'submitted' \
                 AND NOT EXISTS (SELECT 1 FROM records n INDEXED BY records_versions \
                 WHERE n.visit_id = r.visit_id AND n.version > r.version) \
                 ORDER BY v.visited_on DESC, v.visit_id LIMIT 1",
            )?
            .query_row(named_params! {":id": customer.as_str()}, |row| {
                Ok((id(row, 0)?, code(row, 1, VisitState::from_code)?))
            })
            .optional()
    }
}
