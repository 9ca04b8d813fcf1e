//! The month plan: load by officer and day, and one officer's month.

use chrono::NaiveDate;

use crate::domain::duty::{DueKey, DutyClass, DutyCode};
use crate::domain::flag::Level;
use crate::domain::ids::{AppointmentId, CustomerId, UserId};
use crate::domain::order::RequestKind;
use crate::domain::plan::{AppointmentKind, Unplaced};
use crate::domain::workday::DayKind;

/// The load of a month, by officer and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardPage {
    /// First day of the month.
    pub first: NaiveDate,
    /// Points of an officer's day.
    pub capacity: u32,
    /// Each day of the month, in order.
    pub days: Vec<BoardDay>,
    /// Officers in scope, by name.
    pub officers: Vec<BoardOfficer>,
    /// The actor sees nobody's month but her own.
    pub own: bool,
}

/// A day of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardDay {
    /// The date.
    pub date: NaiveDate,
    /// Whether work is done.
    pub workday: bool,
    /// Holiday or make-up workday with its name.
    pub special: Option<(DayKind, String)>,
    /// Of a year whose holidays are not yet announced.
    pub provisional: bool,
}

/// An officer's month in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardOfficer {
    /// Login name.
    pub user: UserId,
    /// Name for people.
    pub name: String,
    /// Points of each day of the month.
    pub loads: Vec<DayLoad>,
    /// Due visits with a fixed day in the month.
    pub fixed: u32,
    /// Due visits for which a day of the month is proposed.
    pub proposed: u32,
    /// Due visits for which there is no day.
    pub unplaced: u32,
}

/// What a day of an officer holds, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayLoad {
    /// Of fixed visits and appointments.
    pub fixed: u32,
    /// Of proposed visits.
    pub proposed: u32,
}

/// One officer's month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPlanPage {
    /// First day of the month.
    pub first: NaiveDate,
    /// Whose.
    pub officer: UserId,
    /// Her name for people.
    pub name: String,
    /// Points of a day.
    pub capacity: u32,
    /// Each day of the month, in order.
    pub days: Vec<BoardDay>,
    /// Due visits in order of urgency; those that are only offered somewhere come last.
    pub visits: Vec<PlanVisit>,
    /// Appointments of the month, by day.
    pub appointments: Vec<PlanAppointment>,
    /// Who is near by on which day: positions in `visits`, nearest first.
    pub near: Vec<(NaiveDate, usize)>,
    /// The plan reaches to this day; of later ones nothing is known yet.
    pub planned_to: NaiveDate,
}

/// How a due visit stands in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// The officer has fixed its day.
    Fixed(NaiveDate),
    /// A day is proposed.
    Proposed(NaiveDate),
    /// There is no day for it.
    Unplaced(Unplaced),
    /// It is due later, and only offered where somebody is near by.
    Later,
}

/// A due visit in an officer's month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanVisit {
    /// Whom.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// 区域
    pub district: Option<String>,
    /// 商圈
    pub trade_circle: Option<String>,
    /// Class.
    pub class: DutyClass,
    /// Points that it takes.
    pub points: u32,
    /// Codes of its duties, each once, in order.
    pub codes: Vec<DutyCode>,
    /// Due.
    pub due: NaiveDate,
    /// `raw_due` of its first duty.
    pub first: NaiveDate,
    /// The due date before it was put off.
    pub delayed_from: Option<NaiveDate>,
    /// Calendar days past due; 0 when not overdue.
    pub overdue_days: i64,
    /// Highest level of the confirmed open flags.
    pub level: Option<Level>,
    /// First day that it may have.
    pub from: NaiveDate,
    /// Last day that it may have: its due date, or the last for what is overdue.
    pub until: NaiveDate,
    /// How it stands.
    pub stand: Stand,
    /// A day that was fixed and does not hold any more: it is past or outside the window now.
    pub lapsed: Option<NaiveDate>,
    /// Last day of a pause.
    pub paused: Option<NaiveDate>,
    /// A request for its delay or end that waits for a decision.
    pub asked: Option<OpenRequest>,
    /// The last day to which it may be put off.
    pub delay_to: Option<NaiveDate>,
    /// Revision of the fixed day, held or lapsed; 0 = none.
    pub revision: i64,
}

impl PlanVisit {
    /// What tells it from the others.
    pub fn key(&self) -> DueKey {
        DueKey { customer: self.customer.clone(), due: self.due, first: self.first }
    }
}

/// What an open request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenRequest {
    /// Delay or end.
    pub kind: RequestKind,
    /// Of a delay: to when.
    pub new_due: Option<NaiveDate>,
}

impl Stand {
    /// The day, if there is one.
    pub const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Fixed(day) | Self::Proposed(day) => Some(day),
            Self::Unplaced(_) | Self::Later => None,
        }
    }
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAppointment {
    /// Which.
    pub id: AppointmentId,
    /// Whose.
    pub officer: UserId,
    /// When.
    pub day: NaiveDate,
    /// What kind of thing.
    pub kind: AppointmentKind,
    /// What.
    pub title: String,
    /// 区域
    pub district: Option<String>,
    /// 商圈
    pub trade_circle: Option<String>,
    /// Points that it takes.
    pub points: u32,
    /// Revision.
    pub revision: i64,
}

impl DayLoad {
    /// Both together.
    pub const fn taken(self) -> u32 {
        self.fixed + self.proposed
    }
}

impl MonthPlanPage {
    /// What a day holds.
    pub fn load(&self, day: NaiveDate) -> DayLoad {
        let mut load = DayLoad::default();
        for visit in self.visits.iter().filter(|visit| visit.stand.day() == Some(day)) {
            match visit.stand {
                Stand::Fixed(_) => load.fixed += visit.points,
                _ => load.proposed += visit.points,
            }
        }
        let others = self.appointments.iter().filter(|one| one.day == day);
        load.fixed += others.map(|one| one.points).sum::<u32>();
        load
    }

    /// Positions of the due visits of a day: by district, so that a trip stands together, and
    /// within it fixed ones first.
    pub fn on(&self, day: NaiveDate) -> Vec<usize> {
        let mut found: Vec<(usize, &PlanVisit)> =
            self.visits.iter().enumerate().filter(|(_, v)| v.stand.day() == Some(day)).collect();
        found.sort_by_key(|(at, visit)| {
            let place = (visit.class != DutyClass::Onsite, visit.district.as_deref());
            (place, visit.trade_circle.as_deref(), matches!(visit.stand, Stand::Proposed(_)), *at)
        });
        found.into_iter().map(|(at, _)| at).collect()
    }

    /// What is known of a day of the month.
    pub fn day(&self, day: NaiveDate) -> Option<&BoardDay> {
        self.days.iter().find(|one| one.date == day)
    }

    /// How many are fixed in the month, proposed in it, and without a day.
    pub fn sums(&self) -> (u32, u32, u32) {
        let mut sums = (0, 0, 0);
        for visit in &self.visits {
            match visit.stand {
                Stand::Fixed(day) if self.day(day).is_some() => sums.0 += 1,
                Stand::Proposed(day) if self.day(day).is_some() => sums.1 += 1,
                Stand::Unplaced(_) => sums.2 += 1,
                _ => {}
            }
        }
        sums
    }
}
