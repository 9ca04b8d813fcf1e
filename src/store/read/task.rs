//! Inspections that were ordered, with what became of them.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::domain::duty::DutyClass;
use crate::domain::ids::{BatchId, VisitId};
use crate::protocol::page::{BatchRow, TaskFate, TaskRow, TasksPage};
use crate::store::row::{code, day, id, maybe_day};

/// The visit that made task `t`, as `day id`: the earliest done one of its class that served it.
pub(crate) const MADE: &str = "(
    SELECT min(v.visited_on || ' ' || v.visit_id) FROM visits v
    WHERE v.customer_id = t.customer_id AND v.visited_on >= t.issued_on
        AND (v.state IS NULL OR v.state IN ('submitted', 'approved'))
        AND (t.class = 'any' OR v.class = 'onsite')
        AND (instr(';' || replace(v.purposes, ' ', '') || ';', ';directed;') > 0
            OR instr(';' || replace(v.purposes, ' ', '') || ';', ';directed:' || t.task_id || ';') > 0))";

/// The request about task `t` that counts: the one approved last.
const DECIDED: &str = "FROM requests r WHERE r.customer_id = t.customer_id AND r.code = 'directed'
    AND r.ref = t.task_id AND r.decision = 'approved'";

impl Asked<'_> {
    pub(super) fn tasks(&self) -> Result<TasksPage> {
        let sql = format!(
            "SELECT coalesce(k.batch, t.task_id), t.issued_on, t.due_on, t.class, \
             coalesce(t.points, ''), coalesce(b.name, t.issued_by, ''), t.task_id, c.customer_id, \
             c.name, coalesce(u.name, c.officer), \
             (SELECT r.new_due {DECIDED} AND r.kind = 'delay' \
              ORDER BY r.decided_on DESC, r.request_id DESC LIMIT 1), \
             {MADE}, t.closed_on IS NOT NULL OR EXISTS (SELECT 1 {DECIDED} AND r.kind = 'termination'), \
             k.cancelled_at IS NOT NULL, k.cancel_reason, k.task_id IS NOT NULL, t.revision \
             FROM tasks t CROSS JOIN customers c ON c.customer_id = t.customer_id \
             LEFT JOIN task_care k ON k.task_id = t.task_id \
             LEFT JOIN users b ON b.user = t.issued_by LEFT JOIN users u ON u.user = c.officer \
             WHERE (t.issued_on >= :since OR t.closed_on IS NULL) AND {} \
             ORDER BY t.issued_on DESC, t.task_id",
            self.sight.sieve("c.officer")
        );
        let since = self.today.checked_sub_months(Months::new(12)).unwrap_or(self.today);
        let since = since.to_string();
        let parameters = named_params! {":scope": self.sight.value(), ":since": since};
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(parameters)?;
        let mut batches: BTreeMap<BatchId, BatchRow> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let batch: BatchId = id(row, 0)?;
            let task = self.task(row)?;
            match batches.get_mut(&batch) {
                Some(known) => known.tasks.push(task),
                None => {
                    batches.insert(batch.clone(), of_batch(row, batch, task)?);
                }
            }
        }
        let mut batches: Vec<BatchRow> = batches.into_values().collect();
        for batch in &mut batches {
            batch.tasks.sort_by_key(|task| (urgency(task.fate), task.customer.clone()));
        }
        batches.sort_by_key(|batch| {
            let open = batch.open() > 0;
            let day = if open { batch.due_on } else { batch.issued_on };
            let days = (day - NaiveDate::MIN).num_days();
            (!open, if open { days } else { -days }, batch.batch.clone())
        });
        Ok(TasksPage { batches })
    }

    fn task(&self, row: &Row<'_>) -> Result<TaskRow> {
        let due = maybe_day(row, 10)?.map_or_else(|| day(row, 2), Ok)?;
        let made: Option<String> = row.get(11)?;
        let made = made.as_deref().and_then(|made| {
            let (on, visit) = made.split_once(' ')?;
            Some((on.parse::<NaiveDate>().ok()?, VisitId::from(visit)))
        });
        let fate = match &made {
            _ if row.get(13)? => TaskFate::Cancelled,
            Some((on, _)) => TaskFate::Done { on: *on, late: *on > due },
            None if row.get(12)? => TaskFate::Ended,
            None => TaskFate::Open((self.today - due).num_days()),
        };
        Ok(TaskRow {
            task: id(row, 6)?,
            customer: id(row, 7)?,
            name: row.get(8)?,
            officer_name: row.get(9)?,
            due,
            fate,
            visit: made.map(|(_, visit)| visit),
            reason: row.get(14)?,
            here: row.get(15)?,
            revision: row.get(16)?,
        })
    }
}

fn of_batch(row: &Row<'_>, batch: BatchId, task: TaskRow) -> Result<BatchRow> {
    let points: String = row.get(4)?;
    let lines = points.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(BatchRow {
        batch,
        issued_on: day(row, 1)?,
        due_on: day(row, 2)?,
        class: code(row, 3, DutyClass::from_code)?,
        points: lines.map(str::to_owned).collect(),
        by: row.get(5)?,
        tasks: vec![task],
    })
}

/// Overdue first, most days first; then open, done, ended.
const fn urgency(fate: TaskFate) -> (u8, i64) {
    match fate {
        TaskFate::Open(days) if days > 0 => (0, -days),
        TaskFate::Open(_) => (1, 0),
        TaskFate::Done { .. } => (2, 0),
        TaskFate::Ended => (3, 0),
        TaskFate::Cancelled => (4, 0),
    }
}
