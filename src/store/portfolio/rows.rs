//! Rows of the portfolio as values.

use rusqlite::{Result, Row};

use crate::domain::customer::{Customer, Line};
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::flag::{Flag, FlagState, Level};
use crate::domain::loan::{Loan, LoanStatus, Tier};
use crate::domain::money::Fen;
use crate::domain::order::{Decision, Request, RequestKind, Task};
use crate::domain::portfolio::CustomerFile;
use crate::domain::visit::{Purpose, Visit, VisitClass, VisitState};
use crate::store::row::{code, day, id, maybe_code, maybe_day, maybe_id, strange};

pub(super) fn file_of(row: &Row<'_>) -> Result<CustomerFile> {
    Ok(CustomerFile {
        customer: Customer {
            id: id(row, 0)?,
            name: row.get(1)?,
            line: maybe_code(row, 2, Line::from_code)?,
            grade: row.get(3)?,
            industry: row.get(4)?,
            district: row.get(5)?,
            trade_circle: row.get(6)?,
            officer: id(row, 7)?,
            tier: maybe_code(row, 8, Tier::from_code)?,
            low_risk: row.get(9)?,
            onboarded_on: maybe_day(row, 10)?,
            cadence_since: maybe_day(row, 11)?,
            extra_visit_from: maybe_day(row, 12)?,
        },
        officer_known: row.get(13)?,
        loans: Vec::new(),
        visits: Vec::new(),
        flags: Vec::new(),
        tasks: Vec::new(),
        handovers: Vec::new(),
        requests: Vec::new(),
        kept: Vec::new(),
    })
}

pub(super) fn loan(row: &Row<'_>) -> Result<Loan> {
    Ok(Loan {
        id: id(row, 1)?,
        amount: Fen(row.get(2)?),
        balance: row.get::<_, Option<i64>>(3)?.map(Fen),
        disbursed_on: day(row, 4)?,
        matures_on: maybe_day(row, 5)?,
        status: code(row, 6, LoanStatus::from_code)?,
        settled_on: maybe_day(row, 7)?,
        days_past_due: row.get(8)?,
        tier: maybe_code(row, 9, Tier::from_code)?,
        drawdowns: Vec::new(),
    })
}

pub(super) fn visit(row: &Row<'_>) -> Result<Visit> {
    Ok(Visit {
        id: id(row, 1)?,
        visited_on: day(row, 2)?,
        submitted_on: maybe_day(row, 3)?,
        class: code(row, 4, VisitClass::from_code)?,
        // Imported history without a state counts as approved.
        state: maybe_code(row, 5, VisitState::from_code)?.unwrap_or(VisitState::Approved),
        purposes: match row.get_ref(6)?.as_str_or_null()? {
            Some(text) => purposes(text).ok_or_else(|| strange(6))?,
            None => Vec::new(),
        },
    })
}

/// Reads `code;code:ref` as `visits.purposes` holds it; `None` if a code is unknown.
pub(crate) fn purposes(text: &str) -> Option<Vec<Purpose>> {
    let mut all = Vec::with_capacity(text.bytes().filter(|b| *b == b';').count() + 1);
    for entry in text.split(';').map(str::trim).filter(|entry| !entry.is_empty()) {
        let (code, reference) = match entry.split_once(':') {
            Some((code, reference)) => (code, Some(reference.to_owned())),
            None => (entry, None),
        };
        all.push(Purpose { code: DutyCode::from_code(code)?, reference });
    }
    Some(all)
}

pub(super) fn flag(row: &Row<'_>) -> Result<Flag> {
    let confirmed_on = maybe_day(row, 6)?;
    let closed_on = maybe_day(row, 8)?;
    let by_dates = match (closed_on, confirmed_on) {
        (Some(_), _) => FlagState::Closed,
        (None, Some(_)) => FlagState::Confirmed,
        (None, None) => FlagState::Proposed,
    };
    Ok(Flag {
        id: id(row, 1)?,
        signal: row.get(2)?,
        level: code(row, 3, Level::from_code)?,
        state: maybe_code(row, 4, FlagState::from_code)?.unwrap_or(by_dates),
        raised_on: day(row, 5)?,
        confirmed_on,
        level_since: maybe_day(row, 7)?,
        closed_on,
        owner: maybe_id(row, 9)?,
    })
}

pub(super) fn task(row: &Row<'_>) -> Result<Task> {
    Ok(Task {
        id: id(row, 1)?,
        issued_on: day(row, 2)?,
        due_on: day(row, 3)?,
        class: code(row, 4, DutyClass::from_code)?,
        points: row.get(5)?,
        closed_on: maybe_day(row, 6)?,
    })
}

pub(super) fn request(row: &Row<'_>) -> Result<Request> {
    Ok(Request {
        id: id(row, 1)?,
        code: code(row, 2, DutyCode::from_code)?,
        reference: row.get(3)?,
        raw_due: day(row, 4)?,
        kind: code(row, 5, RequestKind::from_code)?,
        new_due: maybe_day(row, 6)?,
        decided_on: maybe_day(row, 7)?,
        decision: maybe_code(row, 8, Decision::from_code)?,
    })
}
