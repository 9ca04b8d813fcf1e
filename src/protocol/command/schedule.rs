//! The month plan: days of due visits, appointments, pauses.

use chrono::NaiveDate;

use super::Revision;
use crate::domain::duty::DueKey;
use crate::domain::ids::{AppointmentId, CustomerId, UserId};
use crate::domain::plan::AppointmentKind;

/// A day for a due visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedDay {
    /// The due visit that is meant.
    pub visit: DueKey,
    /// The day; `None` = no day is fixed any more.
    pub day: Option<NaiveDate>,
    /// Revision of the fixed day that the writer saw; 0 = none was fixed.
    pub seen: Revision,
}

/// An appointment as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Which; `None` = a new one.
    pub id: Option<AppointmentId>,
    /// Revision that the writer saw; 0 = a new one.
    pub seen: Revision,
    /// Whose.
    pub officer: UserId,
    /// When.
    pub day: NaiveDate,
    /// What kind of thing.
    pub kind: AppointmentKind,
    /// What.
    pub title: String,
    /// Where it leads; empty = nowhere that visits could join.
    pub district: String,
    /// The trade circle there; may be empty.
    pub trade_circle: String,
    /// How much of the day's points it takes.
    pub points: u32,
}

/// What is done about the month plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScheduleCommand {
    /// Fixes days of due visits, moves them or lets them go: all of them or none.
    Fix(Vec<FixedDay>),
    /// Enters an appointment or changes it.
    Appoint(Box<Appointment>),
    /// Takes an appointment out.
    Cancel {
        /// Which.
        appointment: AppointmentId,
        /// Revision that the writer saw.
        seen: Revision,
    },
    /// Nothing is asked of a customer up to and including a day. What is due stays due.
    Pause {
        /// Whom.
        customer: CustomerId,
        /// Last day.
        until: NaiveDate,
        /// Why.
        reason: String,
        /// Revision of the pause that the writer saw; 0 = none.
        seen: Revision,
    },
    /// Ends a pause.
    Resume {
        /// Whom.
        customer: CustomerId,
        /// Revision that the writer saw.
        seen: Revision,
    },
}

impl ScheduleCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Fix(_) => "fix_days",
            Self::Appoint(_) => "set_appointment",
            Self::Cancel { .. } => "cancel_appointment",
            Self::Pause { .. } => "pause",
            Self::Resume { .. } => "resume",
        }
    }
}
