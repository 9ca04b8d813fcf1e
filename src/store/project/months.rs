//! Rows of `month_duties`: how one customer's duties of each month were met.

use chrono::NaiveDate;
use rusqlite::{Connection, Result, Row, named_params};

use crate::domain::portfolio::CustomerFile;
use crate::planning::Plan;

/// A row of `month_duties`, in the order of its columns after the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MonthRow {
    month: String,
    officer: String,
    district: String,
    on_time: i64,
    late: i64,
    open: i64,
}

/// A month as the tables name it: `2026-11`.
pub(crate) fn month_key(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

pub(super) const MONTH_COLUMNS: &str = "month, officer, district, on_time, late, open";

pub(super) fn month_rows(file: &CustomerFile, plan: &Plan) -> Vec<MonthRow> {
    let row = |tally: &crate::planning::Tally| MonthRow {
        month: month_key(tally.month),
        officer: file.customer.officer.0.clone(),
        district: file.customer.district.clone().unwrap_or_default(),
        on_time: i64::from(tally.on_time),
        late: i64::from(tally.late),
        open: i64::from(tally.open),
    };
    plan.tallies.iter().map(row).collect()
}

/// Whether the row on disk is this one; its first column is the customer.
pub(super) fn same_month(row: &Row<'_>, new: &MonthRow) -> Result<bool> {
    Ok(row.get_ref(1)?.as_str()? == new.month
        && row.get_ref(2)?.as_str()? == new.officer
        && row.get_ref(3)?.as_str()? == new.district
        && row.get::<_, i64>(4)? == new.on_time
        && row.get::<_, i64>(5)? == new.late
        && row.get::<_, i64>(6)? == new.open)
}

pub(super) fn write_months(
    db: &Connection,
    customer: &str,
    new: &[MonthRow],
    seen: usize,
) -> Result<()> {
    if seen > 0 {
        db.prepare_cached("DELETE FROM month_duties WHERE customer_id = :id")?
            .execute(named_params! {":id": customer})?;
    }
    let sql = format!(
        "INSERT INTO month_duties (customer_id, {MONTH_COLUMNS}) \
         VALUES (:id, :month, :officer, :district, :on_time, :late, :open)"
    );
    let mut insert = db.prepare_cached(&sql)?;
    for row in new {
        insert.execute(named_params! {
            ":id": customer, ":month": row.month, ":officer": row.officer,
            ":district": row.district, ":on_time": row.on_time, ":late": row.late,
            ":open": row.open,
        })?;
    }
    Ok(())
}
