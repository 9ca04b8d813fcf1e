//! Small portfolios for tests.

use crate::domain::customer::{Customer, Line};
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::flag::{Flag, FlagState, Level};
use crate::domain::loan::{Drawdown, Loan, LoanStatus, Tier};
use crate::domain::money::Fen;
use crate::domain::order::{Decision, Handover, Request, RequestKind, Task};
use crate::domain::portfolio::CustomerFile;
pub(super) use crate::domain::sample::day;
use crate::domain::visit::{Purpose, Visit, VisitClass, VisitState};

/// Texts with the remainder that their digest has.
pub(in crate::planning) const SAMPLE_SHARES: &[(&str, u32)] =
    &[("C001:2026", 60), ("C001:2027", 24), ("客户7:2025", 92), ("K-9:2030", 56)];

/// Customer C001 with loan L001 of so many yuan from 2026-01-05 to 2027-01-05, onboarded that day.
pub(in crate::planning) fn book(line: Line, yuan: i64) -> CustomerFile {
    CustomerFile {
        customer: Customer {
            id: "C001".into(),
            name: "甲公司".to_owned(),
            line: Some(line),
            grade: None,
            industry: None,
            district: Some("东区".to_owned()),
            trade_circle: None,
            officer: "zhangwei".into(),
            tier: None,
            low_risk: false,
            onboarded_on: Some(day("2026-01-05")),
            cadence_since: None,
            extra_visit_from: None,
        },
        officer_known: true,
        loans: vec![loan("L001", "2026-01-05", "2027-01-05", yuan)],
        visits: Vec::new(),
        flags: Vec::new(),
        tasks: Vec::new(),
        handovers: Vec::new(),
        requests: Vec::new(),
        kept: Vec::new(),
    }
}

pub(in crate::planning) fn loan(id: &str, from: &str, to: &str, yuan: i64) -> Loan {
    Loan {
        id: id.into(),
        amount: Fen::from_yuan(yuan),
        balance: Some(Fen::from_yuan(yuan)),
        disbursed_on: day(from),
        matures_on: Some(day(to)),
        status: LoanStatus::Active,
        settled_on: None,
        days_past_due: None,
        tier: Some(Tier::Normal),
        drawdowns: Vec::new(),
    }
}

pub(in crate::planning) fn drawdown(id: &str, on: &str) -> Drawdown {
    Drawdown { id: id.into(), drawn_on: day(on), amount: Fen::from_yuan(1) }
}

/// An approved visit; `purposes` as in the exchange, parted by `;`.
pub(in crate::planning) fn visit(id: &str, on: &str, class: VisitClass, purposes: &str) -> Visit {
    let purposes = purposes.split(';').filter(|p| !p.is_empty()).map(|purpose| {
        let (code, reference) = match purpose.split_once(':') {
            Some((code, reference)) => (code, Some(reference.to_owned())),
            None => (purpose, None),
        };
        Purpose { code: DutyCode::from_code(code).unwrap(), reference }
    });
    Visit {
        id: id.into(),
        visited_on: day(on),
        submitted_on: None,
        class,
        state: VisitState::Approved,
        purposes: purposes.collect(),
    }
}

pub(in crate::planning) fn flag(id: &str, level: Level, confirmed: &str) -> Flag {
    Flag {
        id: id.into(),
        signal: "OPS-01".to_owned(),
        level,
        state: FlagState::Confirmed,
        raised_on: day(confirmed),
        confirmed_on: Some(day(confirmed)),
        level_since: None,
        closed_on: None,
        owner: None,
    }
}

pub(in crate::planning) fn task(id: &str, issued: &str, due: &str, class: DutyClass) -> Task {
    Task {
        id: id.into(),
        issued_on: day(issued),
        due_on: day(due),
        class,
        points: None,
        closed_on: None,
    }
}

pub(in crate::planning) fn handover(id: &str, on: &str) -> Handover {
    Handover { id: id.into(), from: "a".into(), to: "b".into(), on: day(on) }
}

/// An approved delay.
pub(in crate::planning) fn delay(
    id: &str,
    code: DutyCode,
    reference: &str,
    raw_due: &str,
    decided: &str,
    new_due: Option<&str>,
) -> Request {
    Request {
        id: id.into(),
        code,
        reference: reference.to_owned(),
        raw_due: day(raw_due),
        kind: RequestKind::Delay,
        new_due: new_due.map(day),
        decided_on: Some(day(decided)),
        decision: Some(Decision::Approved),
    }
}
