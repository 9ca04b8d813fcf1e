//! Placeholder of branch `read` until the planning room is merged: same shapes, hardly any rules.
#![expect(missing_docs, reason = "replaced by the planning room")]
use chrono::{Days, NaiveDate};

use crate::domain::duty::{DueVisit, Duty, DutyClass, DutyCode};
use crate::domain::flag::Level;
use crate::domain::ids::VisitId;
use crate::domain::loan::{LoanStatus, Tier};
use crate::domain::money::Fen;
use crate::domain::portfolio::CustomerFile;
use crate::domain::workday::Workdays;

#[derive(Debug, Default)]
pub struct Policy;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell(pub String);
impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub field: &'static str,
    pub reference: String,
    pub blocks: bool,
}

#[derive(Debug)]
pub struct Plan {
    pub visits: Vec<DueVisit>,
    pub gaps: Vec<Gap>,
    pub cell: Option<Cell>,
    pub tier: Tier,
    pub exposure: Option<Fen>,
    pub level: Option<Level>,
}

pub fn plan(
    file: &CustomerFile,
    _policy: &Policy,
    days: &Workdays,
    as_of: NaiveDate,
    to: NaiveDate,
) -> Plan {
    let active: Vec<_> = file.loans.iter().filter(|l| l.status == LoanStatus::Active).collect();
    let exposure = active.iter().map(|l| l.balance).sum();
    let tier = active.iter().filter_map(|l| l.tier).max().unwrap_or(Tier::Normal);
    let level = file
        .flags
        .iter()
        .filter(|f| f.confirmed_on.is_some() && f.closed_on.is_none())
        .map(|f| f.level)
        .max();
    let done = file.visits.iter().filter(|v| v.visited_on <= as_of).map(|v| v.visited_on).max();
    let mut visits: Vec<DueVisit> = active
        .iter()
        .filter_map(|l| {
            let raw_due = l.matures_on? - Days::new(30);
            let opens = raw_due - Days::new(30);
            if done.is_some_and(|d| d >= opens) || raw_due > to {
                return None;
            }
            let due = days.on_or_before(raw_due);
            Some(DueVisit {
                customer: file.customer.id.clone(),
                class: DutyClass::Any,
                opens,
                due,
                tier,
                exposure,
                duties: vec![Duty {
                    code: DutyCode::BeforeMaturity,
                    reference: l.id.0.clone(),
                    class: DutyClass::Any,
                    opens,
                    raw_due,
                    due,
                    delayed_from: None,
                    rule: "node.before_maturity".into(),
                    policy: "default@1".into(),
                }],
            })
        })
        .collect();
    visits.sort_by_key(|v| v.due);
    let gaps = file
        .customer
        .line
        .is_none()
        .then(|| Gap {
            field: "customers.line",
            reference: file.customer.id.0.clone(),
            blocks: true,
        })
        .into_iter()
        .collect();
    let cell = file.customer.line.map(|l| Cell(format!("{}.{}", l.as_code(), tier.as_code())));
    Plan { visits, gaps, cell, tier, exposure, level }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Open,
    Met { visit: VisitId, on: NaiveDate, late_days: i64 },
    Terminated,
    NotOwed(&'static str),
}
pub struct Explained {
    pub duty: Duty,
    pub fate: Fate,
    pub source: String,
    pub verified: bool,
}
pub struct Explanation {
    pub policy: String,
    pub row: Option<String>,
    pub tier: Tier,
    pub inputs: Vec<(String, String)>,
    pub duties: Vec<Explained>,
    pub gaps: Vec<Gap>,
}
pub fn explain(
    file: &CustomerFile,
    policy: &Policy,
    days: &Workdays,
    as_of: NaiveDate,
    to: NaiveDate,
) -> Explanation {
    let plan = plan(file, policy, days, as_of, to);
    let duties = plan.visits.into_iter().flat_map(|v| v.duties).map(|duty| Explained {
        duty,
        fate: Fate::Open,
        source: "S".into(),
        verified: true,
    });
    Explanation {
        policy: "default@1".into(),
        row: None,
        tier: plan.tier,
        inputs: Vec::new(),
        duties: duties.collect(),
        gaps: plan.gaps,
    }
}
impl Cell {
    pub fn is_worse_than(&self, before: &Self) -> bool {
        self.0 > before.0
    }
}
impl std::str::FromStr for Cell {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(Self(text.to_owned()))
    }
}
