//! Financing strategies: those that wait or go by a plan, and everything about one customer's.

use std::collections::HashMap;

use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::Asked;
use super::person::wrote_sql;
use crate::assets::strategy as pack;
use crate::domain::deadline::DeadlineMark;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::money::Fen;
use crate::domain::strategy::{PlanStep, Strategy, StrategyState};
use crate::protocol::page::{StepRow, StrategiesPage, StrategyDecision, StrategyRow};
use crate::store::row::{branch_time, code, count, day, id, maybe_code, maybe_day, strange, sum};

/// More than anybody decides in a week; the rest shows as these are done.
const MOST: u32 = 500;

/// A customer, and what stands beside her in each row.
const HEAD: &str =
    "SELECT c.customer_id, c.name, c.officer, coalesce(u.name, c.officer), x.exposure";
const BESIDE: &str = "LEFT JOIN customer_facts x ON x.customer_id = c.customer_id \
    LEFT JOIN users u ON u.user = c.officer";

impl Asked<'_> {
    /// The list, or one customer; `None` = she is not there or not in scope.
    pub(super) fn strategies_page(
        &self,
        customer: Option<&CustomerId>,
        officer: Option<&UserId>,
    ) -> Result<Option<StrategiesPage>> {
        let rules = pack::shared();
        let (verified, pack) = (rules.verified, rules.id.clone());
        if let Some(customer) = customer {
            let Some(row) = self.strategy_of(customer)? else { return Ok(None) };
            let waiting = u32::from(row.open.is_some());
            let page = StrategiesPage { rows: vec![row], total: 1, waiting, verified, pack };
            return Ok(Some(page));
        }
        let sight = self.sight.clone().narrowed(self.db, officer)?;
        let from = format!(
            "FROM (SELECT customer_id, max(state = 'proposed') AS waits FROM strategies \
             WHERE state = 'proposed' OR in_force = 1 AND strategy IN ('reduce', 'exit') \
             GROUP BY customer_id) s JOIN customers c ON c.customer_id = s.customer_id {BESIDE} \
             WHERE {}",
            sight.sieve("c.officer")
        );
        let parameters = named_params! {":scope": sight.value()};
        let (total, waiting) = self
            .db
            .prepare_cached(&format!("SELECT count(*), sum(s.waits) {from}"))?
            .query_row(parameters, |row| Ok((count(row, 0)?, sum(row, 1)?)))?;
        let sql = format!(
            "{HEAD} {from} ORDER BY NOT s.waits, coalesce((SELECT min(p.due_on) \
             FROM strategies x JOIN strategy_steps p ON p.customer_id = x.customer_id AND p.n = x.n \
             WHERE x.customer_id = s.customer_id AND x.in_force = 1 AND p.met_on IS NULL \
             AND p.mark IS NULL), '9'), s.customer_id LIMIT {MOST}"
        );
        let mut rows: Vec<StrategyRow> =
            self.db.prepare_cached(&sql)?.query_map(parameters, head)?.collect::<Result<_>>()?;
        self.fill(&mut rows)?;
        Ok(Some(StrategiesPage { rows, total, waiting, verified, pack }))
    }

    /// Everything about the strategy of a customer in scope.
    pub(super) fn strategy_of(&self, customer: &CustomerId) -> Result<Option<StrategyRow>> {
        let sql = format!(
            "{HEAD} FROM customers c {BESIDE} WHERE c.customer_id = :id AND {}",
            self.sight.sieve("c.officer")
        );
        let parameters = named_params! {":id": customer.as_str(), ":scope": self.sight.value()};
        let found = self.db.prepare_cached(&sql)?.query_row(parameters, head).optional()?;
        let Some(mut row) = found else { return Ok(None) };
        self.fill(std::slice::from_mut(&mut row))?;
        Ok(Some(row))
    }

    /// Adds what was put forward, latest first: two queries, however many customers there are.
    fn fill(&self, rows: &mut [StrategyRow]) -> Result<()> {
        let wrote = wrote_sql("s.visit_id", None, ":me");
        let sql = format!(
            "SELECT s.n, s.revision, s.state, s.before, s.strategy, s.reason, \
             s.visit_id, v.visited_on, s.balance, coalesce(b.name, s.proposed_by), \
             s.proposed_by IS :me, s.proposed_at, coalesce(d.name, s.decided_by), s.decided_at, \
             coalesce(s.note, ''), s.in_force, s.state = 'proposed' AND EXISTS ({wrote}), j.key, \
             s.proposed_by, s.decided_by \
             FROM json_each(:ids) j CROSS JOIN strategies s ON s.customer_id = j.value \
             LEFT JOIN visits v ON v.visit_id = s.visit_id \
             LEFT JOIN users b ON b.user = s.proposed_by LEFT JOIN users d ON d.user = s.decided_by \
             ORDER BY j.key, s.n DESC"
        );
        let ids: Vec<&str> = rows.iter().map(|row| row.customer.as_str()).collect();
        let ids = serde_json::json!(ids).to_string();
        let mut steps = self.steps(&ids)?;
        let parameters = named_params! {":ids": ids, ":me": self.actor.user.as_str()};
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut found = statement.query(parameters)?;
        while let Some(one) = found.next()? {
            let (mut decision, in_force, at) = (decision(one)?, one.get(15)?, count(one, 17)?);
            let Some(row) = rows.get_mut(at as usize) else { continue };
            if decision.strategy.has_plan() {
                decision.steps = steps.remove(&(at, decision.n)).unwrap_or_default();
            }
            if in_force {
                row.current = Some(decision);
            } else if decision.state == StrategyState::Proposed {
                row.open = Some(decision);
            } else {
                row.past.push(decision);
            }
        }
        Ok(())
    }

    /// The steps of all plans, by the place of the customer and the number of the strategy.
    fn steps(&self, ids: &str) -> Result<HashMap<(u32, i64), Vec<StepRow>>> {
        const SQL: &str = "SELECT p.step, p.due_on, p.target, p.measure, p.met_on, p.met_balance, \
            p.mark, p.marked_on, coalesce(u.name, p.marked_by, ''), coalesce(p.proof, ''), j.key, p.n \
            FROM json_each(:ids) j CROSS JOIN strategy_steps p ON p.customer_id = j.value \
            LEFT JOIN users u ON u.user = p.marked_by ORDER BY j.key, p.n, p.step";
        let mut all: HashMap<(u32, i64), Vec<StepRow>> = HashMap::new();
        let mut statement = self.db.prepare_cached(SQL)?;
        let mut rows = statement.query(named_params! {":ids": ids})?;
        while let Some(row) = rows.next()? {
            all.entry((count(row, 10)?, row.get(11)?)).or_default().push(step(row)?);
        }
        Ok(all)
    }
}

fn head(row: &Row<'_>) -> Result<StrategyRow> {
    Ok(StrategyRow {
        customer: id(row, 0)?,
        name: row.get(1)?,
        officer: row.get(2)?,
        officer_name: row.get(3)?,
        balance: row.get::<_, Option<i64>>(4)?.map(Fen),
        current: None,
        assumed: pack::shared().assumed,
        open: None,
        past: Vec::new(),
    })
}

/// The day of an instant in the branch.
fn branch_day(row: &Row<'_>, index: usize) -> Result<chrono::NaiveDate> {
    let stored: String = row.get(index)?;
    let at = branch_time(&stored).ok_or_else(|| strange(index))?;
    Ok(at.date_naive())
}

fn decision(row: &Row<'_>) -> Result<StrategyDecision> {
    let visit: Option<VisitId> = row.get::<_, Option<String>>(6)?.map(VisitId);
    let decided = match row.get::<_, Option<String>>(12)? {
        Some(by) => Some((by, branch_day(row, 13)?, row.get(14)?)),
        None => None,
    };
    Ok(StrategyDecision {
        n: row.get(0)?,
        revision: row.get(1)?,
        state: code(row, 2, StrategyState::from_code)?,
        before: code(row, 3, Strategy::from_code)?,
        strategy: code(row, 4, Strategy::from_code)?,
        reason: row.get(5)?,
        visit: visit.zip(maybe_day(row, 7)?),
        balance: row.get::<_, Option<i64>>(8)?.map(Fen),
        by: row.get(9)?,
        by_login: id(row, 18)?,
        own: row.get(10)?,
        wrote: row.get(16)?,
        on: branch_day(row, 11)?,
        decided,
        decided_login: row.get::<_, Option<String>>(19)?.map(UserId),
        steps: Vec::new(),
    })
}

fn step(row: &Row<'_>) -> Result<StepRow> {
    let met = maybe_day(row, 4)?.zip(row.get::<_, Option<i64>>(5)?.map(Fen));
    let marked = match (maybe_code(row, 6, DeadlineMark::from_code)?, maybe_day(row, 7)?) {
        (Some(mark), Some(on)) => Some((mark, on, row.get(8)?, row.get(9)?)),
        _ => None,
    };
    Ok(StepRow {
        step: row.get(0)?,
        plan: PlanStep { due: day(row, 1)?, target: Fen(row.get(2)?), measure: row.get(3)? },
        met,
        marked,
    })
}
