//! Rows of customers as material for rules: per slice each table is read once, in order of customer,
//! and dealt out; sums of months are made by the engine.

mod months;

use std::fmt::Write as _;

use chrono::{Days, Months as Later, NaiveDate};
use rusqlite::types::ToSql;
use rusqlite::{Connection, Result, Row};

use super::around::Around;
use crate::assets::Packs;
use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine};
use crate::store::deal::{Whose, deal};
use crate::store::instalment::{in_full, late, oldest_open, owed};
use crate::store::proposal::{LAPSED, LOWERED};
use crate::store::read::statements;
use crate::store::row::{code, day, id, maybe_code, maybe_day, maybe_id};
use crate::warning::facts::Answered;
use crate::warning::material::{CollateralLine, Instalments, LoanLine, PastFlag, RecordLine};
use crate::warning::{Ended, Input, Material, Same};

/// Everything about the customers from the first to the last.
pub(super) fn between(
    db: &Connection,
    (packs, around): (&Packs, &Around),
    (first, last): (&CustomerId, &CustomerId),
    today: NaiveDate,
    answers: bool,
) -> Result<Vec<Material>> {
    let slice = Slice { db, first, last };
    let mut all = slice.customers(around)?;
    slice.lateness(&mut all)?;
    slice.unfinished(&mut all)?;
    slice.loans(&mut all, today)?;
    slice.instalments(&mut all, today)?;
    slice.series(&mut all, today)?;
    slice.collateral(&mut all)?;
    slice.statements(&mut all, today)?;
    slice.flags(&mut all, packs)?;
    slice.ends(&mut all)?;
    slice.visits(&mut all, packs, today)?;
    if answers {
        slice.records(&mut all, today)?;
    }
    Ok(all)
}

impl Whose for Material {
    fn customer(&self) -> &CustomerId {
        &self.customer
    }
}

struct Slice<'a> {
    db: &'a Connection,
    first: &'a CustomerId,
    last: &'a CustomerId,
}

impl Slice<'_> {
    /// Reads a table and hands each row to its customer.
    fn deal(
        &self,
        sql: &str,
        more: &[(&str, &dyn ToSql)],
        all: &mut [Material],
        take: impl FnMut(&mut Material, &Row<'_>) -> Result<()>,
    ) -> Result<()> {
        deal(self.db, sql, more, all, take)
    }

    fn customers(&self, around: &Around) -> Result<Vec<Material>> {
        const SQL: &str = "
            SELECT customer_id, officer, line, tier, industry, low_risk, trade_circle
            FROM customers WHERE customer_id BETWEEN ?1 AND ?2 ORDER BY customer_id";
        let mut statement = self.db.prepare_cached(SQL)?;
        let key = (self.first.as_str(), self.last.as_str());
        let rows = statement.query_map(key, |row| {
            let customer: CustomerId = id(row, 0)?;
            let officer = row.get_ref(1)?.as_str()?;
            let circle: Option<String> = row.get(6)?;
            let circle = circle.filter(|circle| !circle.is_empty());
            let line = maybe_code(row, 2, Line::from_code)?;
            let industry: Option<String> = row.get(4)?;
            Ok(Material {
                branch: around.branches.get(officer).cloned().unwrap_or_default(),
                unfinished: line == Some(Line::Project),
                line,
                tier: maybe_code(row, 3, Tier::from_code)?,
                events: around.events(&customer, industry.as_deref()),
                industry,
                low_risk: row.get(5)?,
                near_defaults: around.near(&customer),
                circle_flagged: circle.as_deref().map(|c| around.flagged(c, &customer)),
                circle_drop: circle.as_deref().and_then(|c| around.drop_of(c)),
                customer,
                ..Material::default()
            })
        })?;
        rows.collect()
    }

    /// Of several agreements the one with most late statements counts. Whoever has to send some has
    /// a row: those of the next period stand there too.
    fn lateness(&self, all: &mut [Material]) -> Result<()> {
        const SQL: &str = "
            SELECT customer_id, in_a_row, period_end FROM deadlines
            WHERE customer_id BETWEEN :first AND :last AND kind = 'statement'
            ORDER BY customer_id, due";
        self.deal(SQL, &[], all, |material, row| {
            let late: u32 = row.get(1)?;
            let end = if late > 0 { maybe_day(row, 2)? } else { None };
            material.statements_late = material.statements_late.max(Some((late, end)));
            Ok(())
        })
    }

    /// Projects are still being built until a record says that they are completed.
    fn unfinished(&self, all: &mut [Material]) -> Result<()> {
        if all.iter().all(|material| !material.unfinished) {
            return Ok(());
        }
        let sql = format!(
            "SELECT DISTINCT c.customer_id FROM customers c CROSS JOIN {} \
             AND v.customer_id = c.customer_id AND c.line = :project \
             AND c.customer_id BETWEEN :first AND :last ORDER BY c.customer_id",
            statements::COMPLETED
        );
        let (project, yes) = (Line::Project.as_code(), Value::Bool(true).encode());
        self.deal(&sql, &[(":project", &project), (":yes", &yes)], all, |material, _| {
            material.unfinished = false;
            Ok(())
        })
    }

    fn loans(&self, all: &mut [Material], today: NaiveDate) -> Result<()> {
        const SQL: &str = concat!(
            "SELECT l.customer_id, l.balance, l.disbursed_on, l.matures_on, l.settled_on, l.status,
                l.days_past_due, l.tier, l.guarantee_mode, ",
            oldest_open!(":today"),
            ", l.loan_id, coalesce(l.product, '') || ' ' || coalesce(l.purpose, '')
             FROM loans l WHERE l.customer_id BETWEEN :first AND :last ORDER BY l.customer_id"
        );
        let today = today.to_string();
        self.deal(SQL, &[(":today", &today)], all, |material, row| {
            material.loans.push(LoanLine {
                id: id(row, 10)?,
                about: row.get(11)?,
                balance: row.get::<_, Option<i64>>(1)?.map(Fen),
                disbursed_on: day(row, 2)?,
                matures_on: maybe_day(row, 3)?,
                settled_on: maybe_day(row, 4)?,
                status: code(row, 5, LoanStatus::from_code)?,
                days_past_due: row.get(6)?,
                tier: maybe_code(row, 7, Tier::from_code)?,
                mode: maybe_code(row, 8, GuaranteeMode::from_code)?,
                unpaid_since: maybe_day(row, 9)?,
            });
            Ok(())
        })
    }

    /// Whoever renews is no punctual payer for it: what was late of a settled loan counts. What is
    /// open is a matter of running ones.
    fn instalments(&self, all: &mut [Material], today: NaiveDate) -> Result<()> {
        const UNPAID: &str = concat!("NOT ", in_full!(":today"));
        // What is paid of an instalment pays its interest first (Civil Code, art. 561).
        const INTEREST: &str = "r.interest > coalesce(r.paid_amount, 0)";
        const LATE: &str = concat!(late!(), " AND ", owed!());
        let sql = format!(
            "SELECT l.customer_id, count(*) FILTER (WHERE l.status = 'active'), \
             min(r.due_on) FILTER (WHERE l.status = 'active' AND {UNPAID}), \
             min(r.due_on) FILTER (WHERE l.status = 'active' AND {UNPAID} AND {INTEREST}), \
             count(*) FILTER (WHERE {LATE} AND r.due_on >= :half), \
             count(*) FILTER (WHERE {LATE} AND r.due_on >= :year) \
             FROM loans l CROSS JOIN repayments r ON r.loan_id = l.loan_id AND r.due_on < :today \
                AND (l.status = 'active' OR r.due_on >= :year) \
             WHERE l.customer_id BETWEEN :first AND :last AND l.status <> 'written_off' \
             GROUP BY l.customer_id ORDER BY l.customer_id"
        );
        let back =
            |months| today.checked_sub_months(Later::new(months)).unwrap_or(today).to_string();
        let (day, half, year) = (today.to_string(), back(6), back(12));
        let named: [(&str, &dyn ToSql); 3] = [(":today", &day), (":half", &half), (":year", &year)];
        self.deal(&sql, &named, all, |material, row| {
            material.instalments = Some(Instalments {
                running: row.get::<_, i64>(1)? > 0,
                oldest_unpaid: maybe_day(row, 2)?,
                oldest_interest: maybe_day(row, 3)?,
                late_6m: row.get(4)?,
                late_12m: row.get(5)?,
            });
            Ok(())
        })
    }

    fn collateral(&self, all: &mut [Material]) -> Result<()> {
        const SQL: &str = "
            SELECT customer_id, value, next_valuation_on, coalesce(registered_no, '') <> '',
                insured_until, loan_id
            FROM collateral WHERE customer_id BETWEEN :first AND :last ORDER BY customer_id";
        self.deal(SQL, &[], all, |material, row| {
            material.collateral.push(CollateralLine {
                loan: maybe_id(row, 5)?,
                value: Fen(row.get(1)?),
                next_valuation_on: maybe_day(row, 2)?,
                registered: row.get(3)?,
                insured_until: maybe_day(row, 4)?,
            });
            Ok(())
        })
    }

    fn statements(&self, all: &mut [Material], today: NaiveDate) -> Result<()> {
        let mut sql = String::from(
            "SELECT s.customer_id, s.period_end, \
             coalesce(s.period_months, CAST(substr(s.period_end, 6, 2) AS INTEGER)), d.shares_pledged",
        );
        for line in StatementLine::ALL {
            let of = if line.is_basic() { "s" } else { "d" };
            let _ = write!(sql, ", {of}.{}", line.as_code());
        }
        sql.push_str(
            " FROM statements s LEFT JOIN statement_details d \
             ON d.customer_id = s.customer_id AND d.period_end = s.period_end \
             WHERE s.customer_id BETWEEN :first AND :last AND s.period_end >= :since \
             ORDER BY s.customer_id, s.period_end DESC",
        );
        let since = today.checked_sub_months(Later::new(30)).unwrap_or(today).to_string();
        self.deal(&sql, &[(":since", &since)], all, |material, row| {
            let mut statement = Statement::empty(day(row, 1)?);
            statement.months = row.get(2)?;
            statement.pledged = row.get::<_, Option<i64>>(3)?.map(Decimal4);
            for (at, line) in (4..).zip(StatementLine::ALL) {
                if let Some(fen) = row.get::<_, Option<i64>>(at)? {
                    statement.amounts.insert(*line, Fen(fen));
                }
            }
            material.statements.push(statement);
            Ok(())
        })
    }

    /// What the last two records of two years say, as far as rules can name it.
    fn records(&self, all: &mut [Material], today: NaiveDate) -> Result<()> {
        let names: Vec<String> =
            Answered::ALL.iter().map(|item| format!("'{}'", item.as_code())).collect();
        let sql = format!(
            "SELECT v.customer_id, v.visit_id, v.visited_on, a.item, a.value
             FROM visits v CROSS JOIN records r ON r.visit_id = v.visit_id AND r.version = (
                SELECT max(x.version) FROM records x
                WHERE x.visit_id = v.visit_id AND x.state IN ('submitted', 'approved'))
             LEFT JOIN answers a ON a.visit_id = r.visit_id AND a.version = r.version
                AND a.item IN ({})
             WHERE v.customer_id BETWEEN :first AND :last AND v.visited_on BETWEEN :since AND :today
             ORDER BY v.customer_id, v.visited_on DESC, v.visit_id DESC",
            names.join(", ")
        );
        let since = today.checked_sub_months(Later::new(24)).unwrap_or(today).to_string();
        let today = today.to_string();
        self.deal(&sql, &[(":since", &since), (":today", &today)], all, |material, row| {
            let visit: VisitId = id(row, 1)?;
            if material.records.last().is_none_or(|record| record.visit != visit) {
                if material.records.len() == 2 {
                    return Ok(());
                }
                let (visited_on, answers) = (day(row, 2)?, Vec::new());
                material.records.push(RecordLine { visit, visited_on, answers });
            }
            let item: Option<String> = row.get(3)?;
            let item = item.as_deref().and_then(Answered::from_code);
            let value: Option<String> = row.get(4)?;
            let value = value.as_deref().and_then(Value::decode);
            if let (Some(record), Some(known)) = (material.records.last_mut(), item.zip(value)) {
                record.answers.push(known);
            }
            Ok(())
        })
    }

    fn flags(&self, all: &mut [Material], packs: &Packs) -> Result<()> {
        const SQL: &str = "
            SELECT f.customer_id, f.flag_id, f.signal, f.level,
                coalesce(f.state, CASE WHEN f.closed_on IS NOT NULL THEN 'closed'
                    WHEN f.confirmed_on IS NOT NULL THEN 'confirmed' ELSE 'proposed' END),
                f.raised_on,
                CASE WHEN f.state IN ('proposed', 'confirmed')
                    THEN coalesce(k.lowered_stamp, k.rule_stamp) ELSE k.rule_stamp END,
                coalesce(f.closed_on, f.raised_on),
                coalesce(k.step, 'cleared'), k.held_at_end,
                k.rule IS NOT NULL AND coalesce(k.rule_stamp, 'text:') NOT LIKE 'text:%',
                {LOWERED}, {LAPSED}
            FROM flags f INDEXED BY flags_by_customer LEFT JOIN flag_care k ON k.flag_id = f.flag_id
            WHERE f.customer_id BETWEEN :first AND :last ORDER BY f.customer_id";
        let sql = SQL.replace("{LOWERED}", LOWERED).replace("{LAPSED}", LAPSED);
        self.deal(&sql, &[], all, |material, row| {
            let state = code(row, 4, FlagState::from_code)?;
            let (on, step) = (day(row, 7)?, code(row, 8, FlagStep::from_code)?);
            let quiet = packs.care.quiet_days(step).unwrap_or(0);
            let ended = Ended {
                on,
                quiet_until: on.checked_add_days(Days::new(u64::from(quiet))).unwrap_or(on),
                moved: packs.care.moved,
                held: row.get(9)?,
                inputs: Vec::new(),
            };
            material.flags.push(PastFlag {
                ended: (state == FlagState::Closed).then_some(ended),
                id: row.get(1)?,
                signal: row.get(2)?,
                level: code(row, 3, Level::from_code)?,
                state,
                raised_on: day(row, 5)?,
                stamp: row.get(6)?,
                by_rule: row.get(10)?,
                lowered: row.get(11)?,
                lapsed: row.get(12)?,
            });
            Ok(())
        })
    }

    /// The days of visits, where a signal was raised often enough that they tell something.
    fn visits(&self, all: &mut [Material], packs: &Packs, today: NaiveDate) -> Result<()> {
        const SQL: &str = "
            SELECT customer_id, visited_on FROM visits
            WHERE customer_id BETWEEN :first AND :last AND visited_on BETWEEN :since AND :today
                AND (state IS NULL OR state IN ('submitted', 'approved'))
            ORDER BY customer_id, visited_on DESC";
        let again = packs.signals.combinations().iter().filter(|made| made.same == Same::Signal);
        let asked = again.map(|made| (made.count as usize, made.days, made.of)).max();
        let Some((count, days, of)) = asked else { return Ok(()) };
        if !all.iter().any(|material| material.may_run(of, count)) {
            return Ok(());
        }
        let since = today.checked_sub_days(Days::new(days.into())).unwrap_or(today).to_string();
        let today = today.to_string();
        self.deal(SQL, &[(":since", &since), (":today", &today)], all, |material, row| {
            let on = day(row, 1)?;
            if material.visits.len() < count && material.visits.last() != Some(&on) {
                material.visits.push(on);
            }
            Ok(())
        })
    }

    /// What the rules saw when flags ended.
    fn ends(&self, all: &mut [Material]) -> Result<()> {
        const SQL: &str = "
            SELECT f.customer_id, f.flag_id, e.fact, e.value, e.as_of
            FROM flags f INDEXED BY flags_by_customer
            CROSS JOIN flag_end_inputs e ON e.flag_id = f.flag_id
            WHERE f.customer_id BETWEEN :first AND :last ORDER BY f.customer_id, e.flag_id, e.n";
        self.deal(SQL, &[], all, |material, row| {
            let flag = row.get_ref(1)?.as_str()?;
            let ended = material.flags.iter_mut().find(|known| known.id == flag);
            if let Some(ended) = ended.and_then(|flag| flag.ended.as_mut())
                && let Some(value) = Value::decode(row.get_ref(3)?.as_str()?)
            {
                ended.inputs.push(Input { fact: row.get(2)?, value, day: maybe_day(row, 4)? });
            }
            Ok(())
        })
    }
}
