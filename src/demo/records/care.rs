//! What becomes of the flags that the demo's visits raised: seen by the head on the next day, acted
//! upon, and cleared with proof two weeks later. One is left lying past its date.

use chrono::{DateTime, Days, FixedOffset};

use super::Scribe;
use crate::demo::staff::actor;
use crate::domain::flag::{FlagState, FlagStep};
use crate::domain::ids::VisitId;
use crate::domain::user::Role;
use crate::protocol::command::Command;
use crate::protocol::reply::Refusal;

/// Place of the officer's customer whose flag nobody drives on.
const LEFT_LYING: u32 = 21;

/// By whom, how many days after the visit, to which step, with which words.
const WAY: [(Role, u64, FlagStep, &str); 5] = [
    (Role::Supervisor, 1, FlagStep::Acknowledged, ""),
    (Role::Supervisor, 1, FlagStep::MeasureDecided, "两周内核实"),
    (Role::Officer, 2, FlagStep::Acting, ""),
    (Role::Officer, 12, FlagStep::Verify, "已取得对账单和纳税申报表"),
    (Role::Supervisor, 14, FlagStep::Cleared, "对账单与流水相符，已复核"),
];

impl Scribe<'_> {
    /// Takes the confirmed flags of a visit as far as the days since allow.
    pub(super) fn care(
        &mut self,
        place: u32,
        visit: &VisitId,
        at: DateTime<FixedOffset>,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Refusal> {
        let head = actor("lifang", Role::Supervisor);
        let officer = self.officer.clone();
        let flags = self.page(visit, now)?.flags.clone();
        for flag in flags.iter().filter(|flag| flag.state == FlagState::Confirmed) {
            for (seen, (by, days, step, note)) in (flag.revision..).zip(WAY) {
                let day = at.checked_add_days(Days::new(days)).filter(|day| *day <= now);
                let Some(day) = day else { break };
                if place == LEFT_LYING && step == FlagStep::Verify {
                    break;
                }
                let by = if by == Role::Officer { &officer } else { &head };
                let command = Command::MoveFlag {
                    flag: flag.flag.clone(),
                    seen,
                    step,
                    note: note.to_owned(),
                    measure: String::new(),
                    left: None,
                };
                self.apply(by, day, &command)?;
            }
        }
        Ok(())
    }
}
