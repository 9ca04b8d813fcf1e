//! The JSON shapes of section 9, field by field in the order in which they are printed.

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use crate::domain::duty::Duty;
use crate::domain::duty::Fate;
use crate::planning::{Explained, Explanation, Gap, Listed, ListedGap, Placed};
use crate::protocol::page::PlanAppointment;

/// A day as `2026-11-23`. The general formatter would be a tenth of a whole book's list.
struct Day(NaiveDate);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Ok(year @ 0..=9999) = u32::try_from(self.0.year()) else {
            return to.collect_str(&self.0);
        };
        let (month, day) = (self.0.month(), self.0.day());
        let digit = |n: u32| b"0123456789".get((n % 10) as usize).copied().unwrap_or(b'0');
        let text = [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ];
        to.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

/// A duty.
#[derive(Serialize)]
pub(super) struct DutyRow<'a> {
    code: &'static str,
    r#ref: &'a str,
    class: &'static str,
    opens: Day,
    raw_due: Day,
    due: Day,
    delayed_from: Option<Day>,
    rule: &'a str,
    policy: &'a str,
}

impl<'a> DutyRow<'a> {
    pub(super) fn new(duty: &'a Duty) -> Self {
        Self {
            code: duty.code.as_code(),
            r#ref: &duty.reference,
            class: duty.class.as_code(),
            opens: Day(duty.opens),
            raw_due: Day(duty.raw_due),
            due: Day(duty.due),
            delayed_from: duty.delayed_from.map(Day),
            rule: &duty.rule,
            policy: &duty.policy,
        }
    }
}

/// A due visit.
#[derive(Serialize)]
pub(super) struct VisitRow<'a> {
    customer_id: &'a str,
    customer: &'a str,
    officer: &'a str,
    district: Option<&'a str>,
    class: &'static str,
    opens: Day,
    due: Day,
    overdue_days: i64,
    tier: &'static str,
    exposure: Option<String>,
    duties: Vec<DutyRow<'a>>,
}

impl<'a> VisitRow<'a> {
    pub(super) fn new(listed: &'a Listed, as_of: NaiveDate) -> Self {
        let visit = &listed.visit;
        Self {
            customer_id: visit.customer.as_str(),
            customer: &listed.name,
            officer: listed.officer.as_str(),
            district: listed.district.as_deref(),
            class: visit.class.as_code(),
            opens: Day(visit.opens),
            due: Day(visit.due),
            overdue_days: visit.overdue_days(as_of),
            tier: visit.tier.as_code(),
            exposure: visit.exposure.map(|sum| sum.to_string()),
            duties: visit.duties.iter().map(DutyRow::new).collect(),
        }
    }
}

/// A due visit with its day.
#[derive(Serialize)]
pub(super) struct MonthRow<'a> {
    #[serde(flatten)]
    visit: VisitRow<'a>,
    day: Option<Day>,
    reason: Option<&'static str>,
    /// Said only where it is so: a plan of which nobody chose a day is the plain proposal.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    fixed: bool,
}

/// An element of a month.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum MonthLine<'a> {
    /// A due visit.
    Visit(MonthRow<'a>),
    /// Something else.
    Other(AppointmentRow<'a>),
}

/// An appointment.
#[derive(Serialize)]
pub(super) struct AppointmentRow<'a> {
    appointment_id: &'a str,
    appointment: &'a str,
    kind: &'static str,
    officer: &'a str,
    district: Option<&'a str>,
    trade_circle: Option<&'a str>,
    points: u32,
    day: Day,
}

impl<'a> AppointmentRow<'a> {
    pub(super) fn new(one: &'a PlanAppointment) -> Self {
        Self {
            appointment_id: one.id.as_str(),
            appointment: &one.title,
            kind: one.kind.as_code(),
            officer: one.officer.as_str(),
            district: one.district.as_deref(),
            trade_circle: one.trade_circle.as_deref(),
            points: one.points,
            day: Day(one.day),
        }
    }
}

impl<'a> MonthRow<'a> {
    pub(super) fn new(placed: &'a Placed, as_of: NaiveDate) -> Self {
        Self {
            visit: VisitRow::new(&placed.listed, as_of),
            day: placed.day.map(Day),
            reason: placed.reason.map(crate::planning::Unplaced::as_code),
            fixed: placed.fixed,
        }
    }
}

/// A gap.
#[derive(Serialize)]
pub(super) struct GapRow<'a> {
    customer_id: &'a str,
    customer: &'a str,
    officer: &'a str,
    kind: &'static str,
    field: &'static str,
    r#ref: &'a str,
    blocks: bool,
}

impl<'a> GapRow<'a> {
    pub(super) fn new(listed: &'a ListedGap) -> Self {
        Self {
            customer_id: listed.customer.as_str(),
            customer: &listed.name,
            officer: listed.officer.as_str(),
            kind: listed.gap.kind.as_code(),
            field: listed.gap.field,
            r#ref: &listed.gap.reference,
            blocks: listed.gap.blocks,
        }
    }
}

/// A duty with its fate: `open`, `met`, `missed`, `terminated` or `not_owed`.
#[derive(Serialize)]
pub(super) struct ExplainedRow<'a> {
    #[serde(flatten)]
    duty: DutyRow<'a>,
    fate: &'static str,
    met_by: Option<&'a str>,
    met_on: Option<String>,
    late_days: Option<i64>,
    reason: Option<&'static str>,
    source: &'a str,
    verified: bool,
    uncounted: Vec<UncountedRow<'a>>,
}

/// A visit that was made and does not count.
#[derive(Serialize)]
struct UncountedRow<'a> {
    visit_id: &'a str,
    visited_on: String,
    reason: &'static str,
}

impl<'a> ExplainedRow<'a> {
    fn new(explained: &'a Explained) -> Self {
        let (fate, reason) = match explained.fate {
            Fate::Open => ("open", None),
            Fate::Met { .. } => ("met", None),
            Fate::Missed => ("missed", None),
            Fate::Terminated => ("terminated", None),
            Fate::NotOwed(reason) => ("not_owed", Some(reason)),
        };
        let (met_by, met_on, late_days) = match &explained.fate {
            Fate::Met { visit, on, late_days } => {
                (Some(visit.as_str()), Some(on.to_string()), Some(*late_days))
            }
            _ => (None, None, None),
        };
        Self {
            duty: DutyRow::new(&explained.duty),
            fate,
            met_by,
            met_on,
            late_days,
            reason,
            source: &explained.source,
            verified: explained.verified,
            uncounted: explained
                .uncounted
                .iter()
                .map(|seen| UncountedRow {
                    visit_id: seen.visit.as_str(),
                    visited_on: seen.on.to_string(),
                    reason: seen.why.as_code(),
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct PlainGap<'a> {
    kind: &'static str,
    field: &'static str,
    r#ref: &'a str,
    blocks: bool,
}

/// A customer's explanation.
#[derive(Serialize)]
pub(super) struct ExplanationRow<'a> {
    customer_id: &'a str,
    customer: &'a str,
    as_of: String,
    policy: &'a str,
    row: Option<&'a str>,
    tier: &'static str,
    cell: Option<String>,
    inputs: serde_json::Map<String, serde_json::Value>,
    duties: Vec<ExplainedRow<'a>>,
    gaps: Vec<PlainGap<'a>>,
}

impl<'a> ExplanationRow<'a> {
    pub(super) fn new(page: &'a Explanation) -> Self {
        let gap = |gap: &'a Gap| PlainGap {
            kind: gap.kind.as_code(),
            field: gap.field,
            r#ref: &gap.reference,
            blocks: gap.blocks,
        };
        Self {
            customer_id: page.customer.as_str(),
            customer: &page.name,
            as_of: page.as_of.to_string(),
            policy: &page.policy,
            row: page.row.as_deref(),
            tier: page.tier.as_code(),
            cell: page.cell.as_ref().map(ToString::to_string),
            inputs: page
                .inputs
                .iter()
                .map(|(name, value)| (name.clone(), value.as_str().into()))
                .collect(),
            duties: page.duties.iter().map(ExplainedRow::new).collect(),
            gaps: page.gaps.iter().map(gap).collect(),
        }
    }
}
