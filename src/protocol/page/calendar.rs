//! What is due when: the month, its days, the agenda.

use chrono::NaiveDate;

use super::DeadlineRow;
use super::board::OpenRequest;
use crate::domain::customer::Line;
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::occasion::OccasionOn;
use crate::domain::visit::VisitState;
use crate::domain::workday::DayKind;

/// A month with load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPage {
    /// First day of the month.
    pub first: NaiveDate,
    /// Each day of the month, in order.
    pub days: Vec<MonthDay>,
    /// Last day that the plan reaches; later days are empty because nothing is planned yet.
    pub planned_to: NaiveDate,
}

/// One day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDay {
    /// The date.
    pub date: NaiveDate,
    /// Due visits due on this day (on the business date without the overdue ones).
    pub due: u32,
    /// Of these, on-site.
    pub onsite: u32,
    /// Of those due on this day, how many are overdue now.
    pub overdue: u32,
    /// Due visits and appointments that are fixed on this day.
    pub planned: u32,
    /// Visits done on this day.
    pub done: u32,
    /// Whether work is done.
    pub workday: bool,
    /// Holiday or make-up workday with its name.
    pub special: Option<(DayKind, String)>,
    /// Of a year whose holidays are not yet announced.
    pub provisional: bool,
}

/// A part of the due list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaPage {
    /// How many there are in all.
    pub total: u32,
    /// Index of the first row here.
    pub offset: u32,
    /// The rows, in the order of `planning.md` section 7.
    pub rows: Vec<AgendaRow>,
    /// Visits that officers want to make sooner than the plan asks for them, by day.
    pub wishes: Vec<WishRow>,
    /// Occasions for a light-touch visit on the day asked for; no duties.
    pub occasions: Vec<OccasionOn>,
    /// What is fixed on the day shown and not due on it: visits and appointments.
    pub plans: Vec<PlanLine>,
    /// The first deadlines beside visits that fall due then; on the business date late ones come first.
    pub deadlines: Vec<DeadlineRow>,
    /// How many of them there are, as far as they are counted.
    pub deadlines_counted: u32,
}

/// Something that is fixed on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Whom; `None` for an appointment.
    pub customer: Option<CustomerId>,
    /// Name of the customer, or what the appointment is.
    pub title: String,
    /// 区域
    pub district: Option<String>,
    /// When the visit is due.
    pub due: Option<NaiveDate>,
}

/// A visit that an officer wants to make sooner than the plan asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WishRow {
    /// Whom.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// When.
    pub on: NaiveDate,
    /// What she wants to see then.
    pub why: String,
}

/// A due visit in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaRow {
    /// Of whom.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Line, if known.
    pub line: Option<Line>,
    /// Responsible officer: login name.
    pub officer: UserId,
    /// Responsible officer: name for people.
    pub officer_name: String,
    /// 区域
    pub district: Option<String>,
    /// Class.
    pub class: DutyClass,
    /// Window opens.
    pub opens: NaiveDate,
    /// Due.
    pub due: NaiveDate,
    /// Calendar days past due; 0 when not overdue.
    pub overdue_days: i64,
    /// Codes of its duties, each once, in order.
    pub codes: Vec<DutyCode>,
    /// Highest level of the confirmed open flags.
    pub level: Option<Level>,
    /// Customer tier.
    pub tier: Tier,
    /// Exposure; `None` if a balance is missing.
    pub exposure: Option<Fen>,
    /// The day that is fixed for it.
    pub planned: Option<NaiveDate>,
    /// Last day of a pause, and its revision.
    pub paused: Option<(NaiveDate, i64)>,
    /// The due date before it was put off.
    pub delayed_from: Option<NaiveDate>,
    /// A request for its delay or end that waits for a decision.
    pub asked: Option<OpenRequest>,
    /// The last day to which it may be put off.
    pub delay_to: Option<NaiveDate>,
    /// An open record of this customer: its id and state.
    pub record: Option<(VisitId, VisitState)>,
}
