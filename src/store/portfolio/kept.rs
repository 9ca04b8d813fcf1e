//! Duties that an earlier policy or cell judges, as planning reads them from `kept_duties`.

use rusqlite::{Result, Row};

use crate::domain::duty::{Duty, DutyClass, DutyCode, KeptDuty, Standing};
use crate::store::row::{code, day, maybe_day};

/// Columns of [`kept_of`], after the customer.
pub(super) const COLUMNS: &str = "t.code, t.ref, t.raw_due, t.class, t.opens, t.due, t.rule, \
    t.policy, t.source, t.verified, t.met_on, t.kept_on, t.instead, t.standing";

/// Reads a kept duty; the first column is the customer.
pub(super) fn kept_of(row: &Row<'_>) -> Result<KeptDuty> {
    Ok(KeptDuty {
        duty: Duty {
            code: code(row, 1, DutyCode::from_code)?,
            reference: row.get(2)?,
            raw_due: day(row, 3)?,
            class: code(row, 4, DutyClass::from_code)?,
            opens: day(row, 5)?,
            due: day(row, 6)?,
            delayed_from: None,
            rule: row.get(7)?,
            policy: row.get(8)?,
        },
        source: row.get(9)?,
        verified: row.get(10)?,
        met_on: maybe_day(row, 11)?,
        kept_on: day(row, 12)?,
        instead: maybe_day(row, 13)?,
        standing: code(row, 14, Standing::from_code)?,
    })
}
